// Power off: a process that answered "done" and was killed has lost nothing it answered for.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <thread>

#include "db/sqlite.h"
#include "db/testing.h"

namespace rantau {
namespace {

// Writes from eight threads and tells each number through the pipe after it was acknowledged.
[[noreturn]] void child(const std::string& folder, int pipe, int from) {
  auto store = db::Store::open({.location = folder});
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = from + t;; i += 8) {
        Db(*store, {}).write([&](Act& act) {
          act.record("test.done", std::to_string(i));
          return 0;
        });
        if (::write(pipe, &i, sizeof i) != sizeof i) ::_exit(1);
      }
    });
  for (auto& t : threads) t.join();
  ::_exit(0);
}

TEST(Crash, NothingAcknowledgedIsLost) {
  if (std::getenv("RANTAU_TEST_PG")) GTEST_SKIP() << "PostgreSQL's own promise";
  std::string folder = (std::filesystem::temp_directory_path() / "rantau-crash-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(folder.data()));
  std::set<int> acknowledged;
  std::mt19937 random(20261124);
  int kills = 0;
  for (int from = 0; acknowledged.size() < 1000 && kills < 500; from += 1'000'000, ++kills) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      ::close(ends[0]);
      child(folder, ends[1], from);
    }
    ::close(ends[1]);
    // The moment is counted in answers, with a little more of nothing: it falls anywhere inside a commit.
    const std::size_t enough = acknowledged.size() + 1 + random() % 60;
    int number = 0;
    while (acknowledged.size() < enough && ::read(ends[0], &number, sizeof number) == sizeof number) acknowledged.insert(number);
    ::usleep(random() % 3000);
    ::kill(pid, SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) acknowledged.insert(number);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
  }
  EXPECT_GE(acknowledged.size(), 1000U);
  EXPECT_GE(kills, 5);
  db::Sqlite after(folder + "/rantau.db", db::Sqlite::Use::write);
  EXPECT_EQ(after.run("PRAGMA integrity_check", {})[0].text(0), "ok");
  std::set<int> there;
  for (const auto& row : after.run("SELECT detail FROM db_journal", {})) there.insert(std::atoi(row.text(0).c_str()));
  for (const int n : acknowledged) EXPECT_TRUE(there.contains(n)) << "lost: " << n;
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace rantau
