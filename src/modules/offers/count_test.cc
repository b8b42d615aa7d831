// The number of open jobs on a result page: kept, not counted, and never another number than counting gives.
#include <gtest/gtest.h>

#include "modules/offers/check_store.h"
#include "modules/offers/orders_world.h"

namespace rantau::offers {
namespace {

using orders_world::decent;
using orders_world::Office;
using orders_world::today;

struct Counted : Office {
  int all(Date day = today) {
    return db.read([&](Act& act) { return store::open_count(act.db, day); });
  }
  int there(std::string country, Date day = today) {
    return db.read([&](Act& act) { return store::open_count(act.db, country, day); });
  }
  void halted(OrderId id, Stage to) {
    EXPECT_TRUE(decider.write([&](Act& act) { return halt(act, id, revision(id), to, "contoh"); }));
  }
};

TEST(OpenCount, FollowsEveryStepOfAnOrder) {
  Counted c;
  const OrderId first = c.opened(), second = c.opened();
  c.examined();
  EXPECT_EQ(c.all(), 2);
  EXPECT_EQ(c.there("JP"), 2);
  EXPECT_EQ(c.there("KR"), 0);
  c.halted(first, Stage::suspended);
  EXPECT_EQ(c.all(), 1);
  c.halted(first, Stage::open);
  c.halted(second, Stage::revoked);
  EXPECT_EQ(c.there("JP"), 1);
  const auto steps_of = c.db.read([&](Act& act) { return steps(act, second); });
  ASSERT_TRUE(c.decider.write([&](Act& act) { return undo(act, steps_of.back().id); }));
  EXPECT_EQ(c.all(), 2);
  // A step that was refused counts nothing.
  EXPECT_FALSE(c.decider.write([&](Act& act) { return halt(act, second, 1, Stage::revoked, "contoh"); }));
  EXPECT_EQ(c.all(), 2);
}

TEST(OpenCount, AnOrderIsCountedUntilItsRecruitmentOrItsPermitEnds) {
  Counted c;
  c.opened();  // recruits for 30 days, permitted for 90
  EXPECT_EQ(c.all(today.plus_days(30)), 1);
  EXPECT_EQ(c.all(today.plus_days(31)), 0);
  EXPECT_EQ(c.there("JP", today.plus_days(31)), 0);
}

// By its key, not by walking the orders: on SQLite the plan is asked itself.
TEST(OpenCount, ReadsByItsKeyAndTouchesNoOrder) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "EXPLAIN QUERY PLAN is SQLite's";
  const auto plan = test::rows(
      db,
      "EXPLAIN QUERY PLAN SELECT COALESCE(SUM(n), 0) FROM offers_open_count WHERE country = 'JP' AND until_day >= '2026-11-24'");
  ASSERT_EQ(plan.size(), 1U);
  EXPECT_NE(plan[0].find("SEARCH offers_open_count USING"), std::string::npos) << plan[0];
  EXPECT_NE(plan[0].find("(country=? AND until_day>?)"), std::string::npos) << plan[0];
}

}  // namespace
}  // namespace rantau::offers
