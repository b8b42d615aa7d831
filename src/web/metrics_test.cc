// What the server counts of itself: the histogram, and how fast it was in the last five minutes.
#include "web/metrics.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "base/config.h"
#include "db/testing.h"

namespace rantau::web {
namespace {

constexpr std::int64_t minute = 60'000, noon = 1'000'000 * minute;

TEST(Recent, NinetyFiveOfAHundredTookNoLonger) {
  Recent r;
  for (int i = 0; i < 95; ++i) r.note(noon, 2'000);
  for (int i = 0; i < 5; ++i) r.note(noon, 900'000);
  const auto told = r.pace(noon);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->answers, 100);
  EXPECT_GE(told->p95_us, 2'000);
  EXPECT_LE(told->p95_us, 2'400) << "told a fifth too long at most";
  r.note(noon, 900'000);  // now the slow ones are more than five in a hundred
  EXPECT_GE(r.pace(noon)->p95_us, 900'000);
  EXPECT_LE(r.pace(noon)->p95_us, 1'080'000);
}
TEST(Recent, WhatIsOlderThanFiveMinutesIsForgotten) {
  Recent r;
  for (int i = 0; i < 100; ++i) r.note(noon, 1'000'000);
  EXPECT_TRUE(r.pace(noon + 4 * minute));
  EXPECT_FALSE(r.pace(noon + 5 * minute));
  for (int i = 0; i < 30; ++i) r.note(noon + 5 * minute, 1'000);  // the same slot again
  EXPECT_EQ(r.pace(noon + 5 * minute)->answers, 30);
  EXPECT_LE(r.pace(noon + 5 * minute)->p95_us, 1'200);
}
TEST(Recent, AFewAnswersAreNotEnoughToTell) {
  Recent r;
  EXPECT_FALSE(r.pace(noon));
  for (int i = 0; i < 19; ++i) r.note(noon, 1'000);
  EXPECT_FALSE(r.pace(noon));
  r.note(noon, 1'000);
  EXPECT_TRUE(r.pace(noon));
}
TEST(Recent, AnyTimeHasItsPlace) {
  Recent r;
  for (const std::int64_t micros : {0LL, 1LL, 50LL, 51LL, 1'000'000'000'000LL})
    for (int i = 0; i < 30; ++i) r.note(noon, micros);
  EXPECT_EQ(r.pace(noon)->answers, 150);
}
TEST(Metrics, SayTheRecentSpeedOnceThereIsOne) {
  auto db = test::db();
  Metrics m;
  const auto page = [&] { return own_page("/metrics", m, db.store()).body; };
  EXPECT_EQ(page().find("recent_p95"), std::string::npos);
  for (int i = 0; i < 30; ++i) m.note(200, 1'500, db.store().now().ms);
  EXPECT_NE(page().find("rantau_http_recent_p95_seconds 0.001"), std::string::npos) << page();
  Request q;
  EXPECT_FALSE(pace(q, db.store().now())) << "no server, no speed";
  q.metrics = &m;
  EXPECT_EQ(pace(q, db.store().now())->answers, 30);
}
TEST(Ready, ADatabaseThatIsAwayIsNamedAndTheProgramStillLives) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "a folder is SQLite's";
  Metrics m;
  const auto ask = [&](const char* path) { return own_page(path, m, db.store()); };
  EXPECT_EQ(ask("/ready").status, 200);
  std::filesystem::rename(db.folder() + "/rantau.db", db.folder() + "/away.db");
  for (int i = 0; i < 1000 && ask("/ready").status == 200; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  for (const char* path : {"/ready", "/health/ready"}) {
    EXPECT_EQ(ask(path).status, 503);
    EXPECT_EQ(ask(path).body, "database unreachable\n");
  }
  EXPECT_EQ(ask("/health").status, 200);
  EXPECT_NE(ask("/metrics").body.find("rantau_ready 0"), std::string::npos);
  std::filesystem::rename(db.folder() + "/away.db", db.folder() + "/rantau.db");
  for (int i = 0; i < 1000 && ask("/ready").status != 200; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(ask("/ready").body, "ready\n");
}
TEST(Office, OfTheKitIsTheOneOfTheSettings) {
  const auto config = Config::load("", {{"data", "/nonexistent"}});
  ASSERT_TRUE(config);
  const Office o;
  EXPECT_EQ(o.hotline, config->text("hotline"));
  EXPECT_EQ(o.whatsapp, config->text("whatsapp"));
  EXPECT_EQ(o.address, config->text("office_address"));
  EXPECT_EQ(o.hours, config->text("office_hours"));
  EXPECT_THROW(Config::built_in("no such key"), std::logic_error);
}

}  // namespace
}  // namespace rantau::web
