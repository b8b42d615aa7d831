// The deadlines of an order and who has had it: the nearest first, every day counted once.
#include "modules/offers/clocks.h"

#include <gtest/gtest.h>

#include "modules/offers/orders_world.h"

namespace rantau::offers {
namespace {

using orders_world::decent;
using orders_world::today;

Instant on(Date day) { return {std::chrono::duration_cast<std::chrono::milliseconds>(day.days().time_since_epoch()).count()}; }

TEST(Clocks, TheNearestStandsFirstAndAnOrderThatEndedHasNone) {
  auto o = decent();
  partners::Company c;
  c.licence_until = today.plus_days(10);
  o.stage = Stage::endorsed;
  o.stage_since = on(today.plus_days(-7));
  const auto all = clocks(o, c, today);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].what, "turn");
  EXPECT_EQ(all[0].until, today.plus_days(-2));
  EXPECT_EQ(all[1].what, "licence");
  EXPECT_EQ(all[2].what, "recruitment");
  o.stage = Stage::refused;
  EXPECT_TRUE(clocks(o, c, today).empty());
}

TEST(Clocks, EveryDayIsSomebodysAndOnlyOnce) {
  const auto step = [](Stage s, int days_ago) {
    Step one;
    one.stage = s;
    one.at = on(today.plus_days(-days_ago));
    return one;
  };
  const std::vector<Step> steps{step(Stage::draft, 20),    step(Stage::submitted, 17), step(Stage::verif_atnaker, 15),
                                step(Stage::endorsed, 11), step(Stage::examined, 6),   step(Stage::endorsed, 4)};
  const auto all = held(steps, true, today);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].days, 3);
  EXPECT_EQ(all[1].days, 6);
  EXPECT_EQ(all[1].since, today.plus_days(-17));
  EXPECT_EQ(all[2].days, 9) << "twice at the examiner";
  EXPECT_TRUE(all[2].now);
  EXPECT_EQ(all[2].since, today.plus_days(-4));
  EXPECT_EQ(all[3].days, 2);
  EXPECT_FALSE(all[3].now);
  const auto unserved = held(steps, false, today);
  ASSERT_EQ(unserved.size(), 3U);
  EXPECT_EQ(unserved[1].holder, Holder::examiner);
  EXPECT_EQ(unserved[1].days, 15);
}

TEST(Clocks, TheAxisKeepsTheOrderOfDays) {
  EXPECT_EQ(axis_at(0), 50);
  for (int day = -3; day < 365; ++day) EXPECT_LT(axis_at(day - 1), axis_at(day)) << day;
  EXPECT_EQ(axis_at(9000), axis_at(365));
  EXPECT_EQ(axis_at(-9000), axis_at(-4));
}

}  // namespace
}  // namespace rantau::offers
