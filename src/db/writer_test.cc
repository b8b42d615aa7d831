// One writer: groups, refusals, exceptions, order, and what happens when an error ends the transaction of a group.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "db/testing.h"

namespace rantau {
namespace {

// The journal is the only table of the kit: these tests write entries and read them.
std::vector<std::string> events(test::TestDb& db) { return test::audit(db); }

TEST(Write, KeepsWhatTheClosureDid) {
  auto db = test::db();
  const int answer = db.write([](Act& act) {
    act.record("test.done", "n=1");
    return 7;
  });
  EXPECT_EQ(answer, 7);
  EXPECT_EQ(test::rows(db, "SELECT event, detail, subject FROM db_journal"), std::vector<std::string>{"test.done|n=1|0"});
}

TEST(Write, RefusalRollsBackAndIsReturned) {
  auto db = test::db();
  auto answer = db.write([](Act& act) -> Result<Done> {
    act.record("test.done");
    return Refusal{Refusal::conflict, "test.too_late"};
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.refusal().key, "test.too_late");
  EXPECT_TRUE(events(db).empty());
  EXPECT_EQ(db.store().figures().refused, 1);
}

TEST(Write, ForbiddenIsJournalledAfterTheRollback) {
  auto db = test::db().as("siti", {});
  auto answer = db.write([](Act& act) -> Result<Done> {
    act.record("test.done");
    return Refusal{Refusal::forbidden, "test.not_yours"};
  });
  EXPECT_FALSE(answer);
  EXPECT_EQ(test::rows(db, "SELECT event, detail FROM db_journal"), std::vector<std::string>{"access.refused|test.not_yours"});
}

TEST(Write, ExceptionRollsBackAndReachesTheCaller) {
  auto db = test::db();
  EXPECT_THROW(db.write([](Act& act) -> int {
    act.record("test.done");
    throw std::runtime_error("a bug");
  }),
               std::runtime_error);
  EXPECT_TRUE(events(db).empty());
  EXPECT_EQ(db.write([](Act& act) {
    act.record("test.later");
    return 1;
  }),
            1);
}

TEST(Write, InsideAWriteIsABug) {
  auto db = test::db();
  EXPECT_THROW(db.write([&](Act&) { return db.write([](Act&) { return 1; }); }), std::logic_error);
}

TEST(Write, AReadRecordsNothing) {
  auto db = test::db();
  EXPECT_THROW(db.read([](Act& act) {
    act.record("test.seen");
    return 1;
  }),
               std::logic_error);
}

}  // namespace
}  // namespace rantau
