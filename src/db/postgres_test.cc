// PostgreSQL when things go wrong: contention, a connection that breaks at each possible moment, a server that refuses to
// write. Runs on a database of its own (RANTAU_TEST_PG), through a wire that the test can listen to and cut.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

#include "base/crypto.h"
#include "db/act.h"
#include "db/engine.h"

namespace rantau {
namespace {

// Between the store and the server: a socket that hands everything on, counts the questions and breaks when told.
class Wire {
 public:
  enum class Cut { never, before_commit, after_commit };
  explicit Wire(std::string server) : server_(std::move(server)) {
    folder_ = (std::filesystem::temp_directory_path() / "rantau-wire-XXXXXX").string();
    if (!::mkdtemp(folder_.data())) throw std::runtime_error("no temporary folder");
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto at = address(folder_ + "/.s.PGSQL.5432");
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(listening_, 64) != 0)
      throw std::runtime_error("the wire cannot be laid");
    thread_ = std::thread([this] { accept(); });
  }
  ~Wire() {
    stop_ = true;
    thread_.join();
    for (auto& t : hands_) t.join();
    ::close(listening_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  const std::string& folder() const { return folder_; }
  void cut(Cut when) { cut_ = when; }
  int questions() const { return questions_; }
  int open() const { return open_; }

 private:
  static sockaddr_un address(const std::string& path) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof at.sun_path - 1);
    return at;
  }
  static bool readable(int fd) {
    pollfd p{.fd = fd, .events = POLLIN};
    return ::poll(&p, 1, 20) == 1;
  }
  void accept() {
    while (!stop_) {
      if (!readable(listening_)) continue;
      const int client = ::accept(listening_, nullptr, nullptr);
      if (client >= 0) hands_.emplace_back([this, client] { carry(client); });
    }
  }
  void carry(int client) {
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto at = address(server_ + "/.s.PGSQL.5432");
    ++open_;
    bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0, asked = false;
    std::string bytes(65536, '\0');
    while (open && !stop_) {
      pollfd both[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
      if (::poll(both, 2, 20) <= 0) continue;
      const bool question = both[0].revents != 0;
      const auto n = ::read(question ? client : server, bytes.data(), bytes.size());
      if (n <= 0) break;
      const std::string_view said(bytes.data(), static_cast<std::size_t>(n));
      const bool commit = question && said.find("COMMIT") != std::string_view::npos;
      if (question && !asked) ++questions_;
      asked = question;
      if (commit && take(Cut::before_commit)) break;
      if (::send(question ? server : client, said.data(), said.size(), MSG_NOSIGNAL) != n) break;
      if (commit && take(Cut::after_commit)) {
        open = ::read(server, bytes.data(), bytes.size()) > 0 && false;  // the answer is there, and nobody hears it
      }
    }
    ::close(client);
    ::close(server);
    --open_;
  }
  bool take(Cut what) {
    Cut expected = what;
    return cut_.compare_exchange_strong(expected, Cut::never);
  }

  std::string server_, folder_;
  int listening_ = -1;
  std::atomic<bool> stop_ = false;
  std::atomic<Cut> cut_ = Cut::never;
  std::atomic<int> questions_ = 0, open_ = 0;
  std::vector<std::thread> hands_;
  std::thread thread_;
};

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += crypto::unhex(text.substr(i + 1, 2)).value_or("?");
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

class PostgresTrouble : public testing::Test {
 protected:
  void SetUp() override {
    const char* given = std::getenv("RANTAU_TEST_PG");
    if (!given || !*given) GTEST_SKIP() << "asks for RANTAU_TEST_PG";
    crypto::init();
    url_ = given;
    name_ = "trouble_" + crypto::hex(crypto::random_bytes(6));
    db::open_postgres(url_)->script("CREATE DATABASE " + name_);
    keys_ = (std::filesystem::temp_directory_path() / "rantau-keys-XXXXXX").string();
    ASSERT_TRUE(::mkdtemp(keys_.data()));
    const auto host = url_.find("?host=");
    ASSERT_NE(host, std::string::npos) << "tests/with_postgres.sh gives the socket's folder";
    wire_ = std::make_unique<Wire>(decoded(std::string_view(url_).substr(host + 6)));
    open();
    write("CREATE TABLE t (n BIGINT PRIMARY KEY, v BIGINT NOT NULL)");
  }
  void TearDown() override {
    if (name_.empty()) return;
    store_.reset();
    wire_.reset();
    db::open_postgres(url_)->script("DROP DATABASE " + name_ + " WITH (FORCE)");
    std::error_code ignored;
    std::filesystem::remove_all(keys_, ignored);
  }
  void open() {
    store_ = db::Store::open({.location = "postgres://rantau@/" + name_ + "?host=" + wire_->folder(), .readers = 8, .keys = keys_});
  }
  Db office() { return {*store_, {}}; }
  // Past the store and past the wire: what stands in the database.
  std::unique_ptr<db::Engine> aside() {
    auto url = url_;
    url.replace(url.find("/rantau?"), 7, "/" + name_);
    return db::open_postgres(url);
  }
  void write(db::Sql sql) {
    office().write([&](Act& act) {
      act.db(sql);
      return 0;
    });
  }
  void add(int n) {
    office().write([&](Act& act) {
      act.db("INSERT INTO t (n, v) VALUES ($1, 0)", n);
      act.record("test.done", std::to_string(n));
      return 0;
    });
  }
  std::string count() {
    auto db = aside();
    return std::to_string((*db)("SELECT count(*) FROM t").number()) + " and " +
           std::to_string((*db)("SELECT count(*) FROM db_journal").number());
  }
  void end_all_sessions() {
    (*aside())(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
  void end_all_sessions_and_wait() {
    end_all_sessions();
    for (int i = 0; i < 1000 && wire_->open() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_EQ(wire_->open(), 0);
  }

  std::string url_, name_, keys_;
  std::unique_ptr<Wire> wire_;
  std::unique_ptr<db::Store> store_;
};

// --- contention --------------------------------------------------------------------------------------------------------

TEST_F(PostgresTrouble, CallersWhoReadAndWriteTheSameRowLoseNothing) {
  add(1);
  constexpr int callers = 6, each = 25;
  std::latch start(callers);
  std::atomic<int> kept = 0, gave_up = 0, runs = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < callers; ++t)
    threads.emplace_back([&] {
      start.arrive_and_wait();
      for (int i = 0; i < each; ++i) try {
          office().write([&](Act& act) {
            ++runs;
            const auto v = act.db("SELECT v FROM t WHERE n = 1").number();
            act.db("UPDATE t SET v = $1 WHERE n = 1", v + 1);
            act.record("test.counted");
            return 0;
          });
          ++kept;
        } catch (const db::Serialization&) { ++gave_up; }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(kept + gave_up, callers * each);
  EXPECT_EQ((*aside())("SELECT v FROM t WHERE n = 1").number(), kept) << "each acknowledged act counts once";
  EXPECT_EQ((*aside())("SELECT count(*) FROM db_journal WHERE event = 'test.counted'").number(), kept);
  EXPECT_GT(store_->figures().retries, 0) << "there was no contention to test";
  EXPECT_EQ(runs, kept + gave_up + store_->figures().retries);
}

// Two closures take two rows in opposite order; each waits in its first run until the other holds its first row.
TEST_F(PostgresTrouble, ADeadlockIsRunAgain) {
  add(1);
  add(2);
  write("INSERT INTO t (n, v) VALUES (3, 0)");
  std::latch both(2);
  std::atomic<int> runs = 0;
  const auto act_on = [&](int first, int second) {
    bool waited = false;
    office().write([&](Act& act) {
      ++runs;
      act.db("UPDATE t SET v = v + 1 WHERE n = $1", first);
      if (!std::exchange(waited, true)) both.arrive_and_wait();
      act.db("UPDATE t SET v = v + 1 WHERE n = $1", second);
      return 0;
    });
  };
  std::thread one([&] { act_on(1, 2); }), two([&] { act_on(2, 1); });
  one.join();
  two.join();
  EXPECT_EQ((*aside())("SELECT sum(v) FROM t").number(), 4);
  EXPECT_GE(runs, 3);
}

TEST_F(PostgresTrouble, WhatTheClosureMakesOfAConflictDoesNotHideIt) {
  add(1);
  int runs = 0;
  const auto answer = office().write([&](Act& act) -> Result<int> {
    if (++runs > 1) return runs;
    try {
      act.db("DO $$ BEGIN RAISE EXCEPTION 'made' USING ERRCODE = '40001'; END $$");
    } catch (const std::exception&) { throw std::runtime_error("something else"); }
    return 0;
  });
  EXPECT_EQ(*answer, 2);
}

TEST_F(PostgresTrouble, AConflictThatNeverEndsIsAFault) {
  int runs = 0;
  EXPECT_THROW(office().write([&](Act& act) {
    ++runs;
    act.db("DO $$ BEGIN RAISE EXCEPTION 'made' USING ERRCODE = '40P01'; END $$");
    return 0;
  }),
               db::Serialization);
  EXPECT_EQ(runs, 6);
  EXPECT_EQ(store_->figures().retries, 5);
  EXPECT_EQ(store_->figures().faults, 1);
}

// --- the connection breaks -----------------------------------------------------------------------------------------------

TEST_F(PostgresTrouble, SessionsEndedWhileIdleAreNotNoticedByAnybody) {
  add(1);
  end_all_sessions_and_wait();
  EXPECT_EQ(office().read([](Act& act) { return act.db("SELECT count(*) FROM t").number(); }), 1);
  end_all_sessions_and_wait();
  add(2);
  EXPECT_EQ(count(), "2 and 2");
}

TEST_F(PostgresTrouble, EndedInTheMiddleItIsRunAgainAndHappensOnce) {
  int runs = 0;
  office().write([&](Act& act) {
    act.db("INSERT INTO t (n, v) VALUES (1, 0)");
    act.record("test.done");
    if (++runs == 1) end_all_sessions_and_wait();
    act.db("INSERT INTO t (n, v) VALUES (2, 0)");
    return 0;
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), "2 and 1");
}

TEST_F(PostgresTrouble, AReadThatBreaksIsAFaultAndTheNextOneReads) {
  EXPECT_THROW(office().read([&](Act& act) {
    act.db("SELECT count(*) FROM t");
    end_all_sessions_and_wait();
    return act.db("SELECT count(*) FROM t").number();
  }),
               db::Fault);
  EXPECT_EQ(office().read([](Act& act) { return act.db("SELECT count(*) FROM t").number(); }), 0);
}

// Nobody can know what became of a COMMIT whose answer was not heard: the caller is told so, and it is not done twice.
TEST_F(PostgresTrouble, BrokenAtTheCommitIsNeverToldYes) {
  for (const auto& [cut, there] : {std::pair(Wire::Cut::before_commit, "1 and 1"), std::pair(Wire::Cut::after_commit, "2 and 2")}) {
    if (cut == Wire::Cut::before_commit) add(1);
    wire_->cut(cut);
    try {
      add(2);
      FAIL() << "told yes";
    } catch (const db::Lost& lost) {
      EXPECT_TRUE(lost.during_commit);
      EXPECT_NE(std::string(lost.what()).find("not known"), std::string::npos);
    }
    EXPECT_EQ(count(), there);
  }
  add(3);
  EXPECT_EQ(count(), "3 and 3");
}

TEST_F(PostgresTrouble, NothingAcknowledgedIsLostWhileSessionsAreEnded) {
  constexpr int callers = 4;
  std::mutex mutex;
  std::set<std::int64_t> kept, unknown, refused;
  std::atomic<bool> enough = false;
  std::vector<std::thread> threads;
  for (int t = 0; t < callers; ++t)
    threads.emplace_back([&, t] {
      for (int n = t * 100'000; !enough; ++n) {
        std::set<std::int64_t>* into = &kept;
        try {
          add(n);
        } catch (const db::Lost& lost) { into = lost.during_commit ? &unknown : &refused; } catch (const db::Serialization&) {
          into = &refused;
        }
        const std::scoped_lock lock(mutex);
        into->insert(n);
      }
    });
  for (int ends = 0; ends < 10; ++ends) {
    const auto commits = store_->figures().commits;
    while (store_->figures().commits < commits + 12) std::this_thread::yield();
    end_all_sessions();
  }
  enough = true;
  for (auto& t : threads) t.join();
  std::set<std::int64_t> there;
  auto db = aside();
  for (const auto& row : (*db)("SELECT n FROM t")) there.insert(row.num(0));
  for (const auto n : kept) EXPECT_TRUE(there.contains(n)) << "acknowledged and lost: " << n;
  for (const auto n : refused) EXPECT_FALSE(there.contains(n)) << "refused and kept: " << n;
  for (const auto n : there) EXPECT_TRUE(kept.contains(n) || unknown.contains(n)) << "from nobody: " << n;
  EXPECT_EQ((*db)("SELECT count(*) FROM db_journal").number(), static_cast<std::int64_t>(there.size())) << "half of an act";
  EXPECT_GT(kept.size(), 100U);
}

// --- the server does not write --------------------------------------------------------------------------------------------

TEST_F(PostgresTrouble, ToldToReadOnlyItReadsAndWritesAgainByItself) {
  add(1);
  aside()->script(
      "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$");
  end_all_sessions_and_wait();
  EXPECT_THROW(add(2), db::ReadOnly);
  EXPECT_TRUE(store_->read_only());
  EXPECT_EQ(office().read([](Act& act) { return act.db("SELECT count(*) FROM t").number(); }), 1);
  EXPECT_THROW(add(2), db::ReadOnly);
  auto db = aside();
  db->script("SET default_transaction_read_only = off");
  db->script("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' RESET default_transaction_read_only'; END $$");
  for (int i = 0; i < 1000 && store_->read_only(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(store_->read_only()) << "the probe wrote";
  add(2);
  EXPECT_EQ(count(), "2 and 2");
}

TEST_F(PostgresTrouble, AFullDiskIsReadOnlyUntilThereIsRoom) {
  write(
      "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN RAISE EXCEPTION ''could not extend file: No space left on device'' USING ERRCODE = ''53100''; END'");
  write("CREATE TRIGGER full_disk BEFORE INSERT ON db_journal FOR EACH ROW EXECUTE FUNCTION full_disk()");
  write("CREATE TRIGGER full_disk BEFORE UPDATE ON db_migration FOR EACH ROW EXECUTE FUNCTION full_disk()");
  EXPECT_THROW(add(1), db::ReadOnly);
  EXPECT_TRUE(store_->read_only());
  EXPECT_EQ(count(), "0 and 0") << "the row went with its entry";
  auto db = aside();
  db->script("DROP TRIGGER full_disk ON db_journal; DROP TRIGGER full_disk ON db_migration");
  for (int i = 0; i < 1000 && store_->read_only(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(store_->read_only());
  add(1);
  EXPECT_EQ(count(), "1 and 1");
}

TEST_F(PostgresTrouble, AReadThatWritesIsABugAndNotAFullDisk) {
  try {
    office().read([](Act& act) {
      act.db("INSERT INTO t (n, v) VALUES (1, 0)");
      return 0;
    });
    FAIL();
  } catch (const db::ReadOnly&) { FAIL() << "nothing is full"; } catch (const db::Fault&) {
  }
  EXPECT_FALSE(store_->read_only());
}

// --- one packet -----------------------------------------------------------------------------------------------------------

// BEGIN, Parse and Execute leave together; known statements need no Parse; a read that is over costs its ROLLBACK.
TEST_F(PostgresTrouble, ATransactionBeginsWithItsFirstStatement) {
  const auto questions_of = [&](auto&& work) {
    const int before = wire_->questions();
    work();
    return wire_->questions() - before;
  };
  const auto write_two = [&] {
    office().write([](Act& act) {
      act.db("UPDATE t SET v = 1 WHERE n = 1");
      act.db("UPDATE t SET v = 2 WHERE n = 1");
      return 0;
    });
  };
  write_two();
  EXPECT_EQ(questions_of(write_two), 3) << "two statements and COMMIT";
  EXPECT_EQ(questions_of([&] { office().write([](Act&) { return 0; }); }), 0) << "an empty act asks nothing";
  EXPECT_EQ(questions_of([&] { office().read([](Act& act) { return act.db("SELECT count(*) FROM t").number(); }); }), 2);
}

TEST_F(PostgresTrouble, AStatementThatFailsInAPacketLeavesTheConnectionWhole) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_THROW(write("SELECT nothing_of_this_name FROM t"), db::Fault);
    EXPECT_THROW(write("INSERT INTO t (n, v) VALUES (1, NULL)"), db::Fault);
    add(i);
    EXPECT_THROW(add(i), db::Unique);
  }
  EXPECT_EQ(count(), "3 and 3");
  EXPECT_EQ(
      (*aside())("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'").number(), 0);
}

}  // namespace
}  // namespace rantau
