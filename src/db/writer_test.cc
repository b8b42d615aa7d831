// One writer: groups, refusals, exceptions, order, and what happens when an error ends the transaction of a group.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
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

TEST(Write, ManyCallersShareCommitsAndEachKeepsItsOwnAnswer) {
  auto db = test::db();
  constexpr int callers = 16, each = 40;
  std::latch start(callers);
  std::atomic<int> kept = 0, refused = 0, thrown = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < callers; ++t)
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      for (int i = 0; i < each; ++i) {
        try {
          auto answer = db.handle().write([&](Act& act) -> Result<int> {
            act.record("test.done", std::to_string(t) + "." + std::to_string(i));
            if (i % 4 == 1) return Refusal{Refusal::conflict, "test.too_late"};
            if (i % 4 == 2) throw std::runtime_error("a bug");
            return t * 1000 + i;
          });
          if (answer && *answer == t * 1000 + i)
            ++kept;
          else if (!answer)
            ++refused;
        } catch (const std::runtime_error&) { ++thrown; }
      }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(kept, callers * each / 2);
  EXPECT_EQ(refused, callers * each / 4);
  EXPECT_EQ(thrown, callers * each / 4);
  EXPECT_EQ(events(db).size(), std::size_t{callers * each / 2});
  EXPECT_LE(db.store().figures().commits, callers * each / 2);
  EXPECT_EQ(db.store().figures().queued, 0);
}

TEST(Write, WhatOneCallerWroteStandsInItsOrder) {
  auto db = test::db();
  for (int i = 0; i < 20; ++i)
    db.write([&](Act& act) {
      act.record("test.done", std::to_string(i));
      return 0;
    });
  const auto details = test::rows(db, "SELECT detail FROM db_journal ORDER BY id");
  ASSERT_EQ(details.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(details[static_cast<std::size_t>(i)], std::to_string(i));
}

// A closure goes on after an error that another engine would not forgive: it is rolled back on both.
TEST(Write, AFailedStatementCannotBeSteppedOver) {
  auto db = test::db();
  const auto twice = [](Act& act) {
    act.db("INSERT INTO db_checkpoint (size, root, at, leaves, frontier, signature) VALUES (7, '', 0, '', '', '')");
  };
  EXPECT_THROW(db.write([&](Act& act) {
    act.record("test.done");
    twice(act);
    try {
      twice(act);
    } catch (const db::Unique&) {}
    return 1;
  }),
               db::Unique);
  EXPECT_TRUE(events(db).empty());
}

TEST(Write, PlacesAreBoundByNumber) {
  auto db = test::db();
  db.write([](Act& act) {
    act.record("test.done", "before");
    act.db("UPDATE db_journal SET detail = $2 WHERE event = $1", "test.done", "after");
    return 0;
  });
  EXPECT_EQ(test::rows(db, "SELECT detail FROM db_journal"), std::vector<std::string>{"after"});
}

TEST(Write, EveryCommitIsANewVersion) {
  auto db = test::db();
  const auto before = db.store().version();
  db.write([](Act& act) {
    act.record("test.done");
    return 0;
  });
  EXPECT_GT(db.store().version(), before);
}

// Closures in a known order behind one that keeps the writer busy until all of them wait: they form one group.
class Group {
 public:
  explicit Group(test::TestDb db) : db_(std::move(db)) {
    threads_.emplace_back([this] {
      db_.handle().write([this](Act&) {
        if (++held_ == 1) holding_.count_down();
        go_.wait();
        return 0;
      });
    });
    holding_.wait();
  }
  ~Group() { run(); }
  int held() const { return held_; }  // runs of the one that held the writer: it stands in the group, too
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  void add(std::function<void()> caller) {
    threads_.emplace_back(std::move(caller));
    const auto waiting = static_cast<std::int64_t>(threads_.size()) - 1;
    while (db_.store().figures().queued < waiting) std::this_thread::yield();
  }
  void run() {
    if (threads_.empty()) return;
    go_.count_down();
    for (auto& t : threads_) t.join();
    threads_.clear();
  }

 private:
  test::TestDb db_;
  std::latch holding_{1}, go_{1};
  std::atomic<int> held_ = 0;
  std::vector<std::thread> threads_;
};

// As an I/O error does: the statement fails and SQLite has ended the whole transaction.
void end_the_transaction(Act& act) {
  act.db("INSERT OR ROLLBACK INTO db_checkpoint (size, root, at, leaves, frontier, signature) VALUES (7, '', 0, '', '', '')");
  act.db("INSERT OR ROLLBACK INTO db_checkpoint (size, root, at, leaves, frontier, signature) VALUES (7, '', 0, '', '', '')");
}

struct Told {
  std::atomic<int> runs = 0, yes = 0, no = 0, fault = 0;
  int answers() const { return yes + no + fault; }
};

TEST(Group, MembersOfAnEndedTransactionRunAgainAndAreAnsweredOnce) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "SQLite's groups";
  constexpr std::size_t members = 12;
  std::vector<Told> told(members);
  // Every fourth ends the transaction, every fourth is refused; number 1 ends it when it runs the second time.
  const auto caller = [&](std::size_t n) {
    try {
      auto answer = db.handle().write([&, n](Act& act) -> Result<std::size_t> {
        const int run = ++told[n].runs;
        act.record("test.done", std::to_string(n));
        if (n % 4 == 3 || (n == 1 && run == 2)) end_the_transaction(act);
        if (n % 4 == 2) return Refusal{Refusal::conflict, "test.too_late"};
        return n;
      });
      if (answer && *answer != n) throw std::logic_error("the answer of another one");
      ++(answer ? told[n].yes : told[n].no);
    } catch (const db::Unique&) { ++told[n].fault; }
  };
  Group group(db);
  for (std::size_t n = 0; n < members; ++n) group.add([&, n] { caller(n); });
  group.run();
  int runs = group.held(), yes = 1;
  std::vector<std::string> kept;
  for (std::size_t n = 0; n < members; ++n) {
    EXPECT_EQ(told[n].answers(), 1) << n;
    EXPECT_EQ(told[n].fault, n % 4 == 3 || (n == 1 && told[n].runs > 1)) << n;
    EXPECT_EQ(told[n].no, n % 4 == 2) << n;
    runs += told[n].runs;
    yes += told[n].yes;
    if (told[n].yes) kept.push_back(std::to_string(n) + "|1");
  }
  const auto figures = db.store().figures();
  EXPECT_GT(figures.retries, 0) << "nobody stood in a group with one that ended it";
  EXPECT_EQ(runs, static_cast<int>(members) + 1 + figures.retries);
  EXPECT_EQ(test::rows(db, "SELECT detail, count(*) FROM db_journal GROUP BY detail ORDER BY CAST(detail AS BIGINT)"), kept);
  EXPECT_EQ(figures.writes, yes);
  EXPECT_EQ(figures.writes + figures.refused + figures.faults, static_cast<int>(members) + 1);
  EXPECT_TRUE(test::rows(db, "SELECT size FROM db_checkpoint WHERE size = 7").empty());
}

TEST(Group, AnExceptionOfOneMemberCostsTheOthersNothing) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "SQLite's groups";
  std::vector<Told> told(6);
  {
    Group group(db);
    for (std::size_t n = 0; n < told.size(); ++n)
      group.add([&, n] {
        try {
          db.handle().write([&, n](Act& act) {
            ++told[n].runs;
            act.record("test.done", std::to_string(n));
            if (n % 2 == 1) throw std::runtime_error("a bug");
            return 0;
          });
          ++told[n].yes;
        } catch (const std::runtime_error&) { ++told[n].fault; }
      });
  }
  for (std::size_t n = 0; n < told.size(); ++n) {
    EXPECT_EQ(told[n].runs, 1) << n;
    EXPECT_EQ(told[n].answers(), 1) << n;
    EXPECT_EQ(told[n].fault, n % 2 == 1) << n;
  }
  EXPECT_EQ(events(db).size(), 3U);
  EXPECT_LE(db.store().figures().commits, 2) << "one group, and the one that held the writer";
  EXPECT_EQ(db.store().figures().retries, 0);
}

TEST(Write, OneTransactionEachWhenAsked) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL always does";
  auto store = db::Store::open({.location = db.folder() + "/second", .group_commit = false});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i)
        Db(*store, {}).write([](Act& act) {
          act.record("test.done");
          return 0;
        });
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(store->figures().commits, 40);
}

}  // namespace
}  // namespace rantau
