// A full or failing disk: every write and every sync of a run fails once, in turn. Nothing acknowledged is lost, nothing
// that failed is told yes, the store turns read-only and recovers by itself.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "db/sqlite.h"
#include "db/testing.h"

namespace rantau {
namespace {

// A disk between SQLite and the real one: from the k-th write or sync on, `failures` of them fail.
struct BadDisk {
  std::atomic<int> countdown{-1}, failures{0}, seen{0};
  std::atomic<int> code{SQLITE_FULL};
  bool fails() {
    ++seen;
    if (countdown < 0) return false;
    if (countdown > 0) {
      --countdown;
      return false;
    }
    if (failures == 0) return false;
    --failures;
    return true;
  }
} disk;

struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* mine(sqlite3_file* f) { return reinterpret_cast<File*>(f); }
#define REAL(f) mine(f)->real()->pMethods

const sqlite3_io_methods methods{
    .iVersion = 2,
    .xClose = [](sqlite3_file* f) { return REAL(f)->xClose(mine(f)->real()); },
    .xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return REAL(f)->xRead(mine(f)->real(), to, n, at); },
    .xWrite =
        [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
          if (disk.fails()) {
            if (disk.code == SQLITE_FULL && n > 1) REAL(f)->xWrite(mine(f)->real(), from, n / 2, at);  // torn: half of it is there
            return disk.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
          }
          return REAL(f)->xWrite(mine(f)->real(), from, n, at);
        },
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 size) { return REAL(f)->xTruncate(mine(f)->real(), size); },
    .xSync =
        [](sqlite3_file* f, int flags) {
          if (disk.fails()) return disk.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
          return REAL(f)->xSync(mine(f)->real(), flags);
        },
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return REAL(f)->xFileSize(mine(f)->real(), size); },
    .xLock = [](sqlite3_file* f, int how) { return REAL(f)->xLock(mine(f)->real(), how); },
    .xUnlock = [](sqlite3_file* f, int how) { return REAL(f)->xUnlock(mine(f)->real(), how); },
    .xCheckReservedLock = [](sqlite3_file* f, int* out) { return REAL(f)->xCheckReservedLock(mine(f)->real(), out); },
    .xFileControl = [](sqlite3_file* f, int op, void* arg) { return REAL(f)->xFileControl(mine(f)->real(), op, arg); },
    .xSectorSize = [](sqlite3_file* f) { return REAL(f)->xSectorSize(mine(f)->real()); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return REAL(f)->xDeviceCharacteristics(mine(f)->real()); },
    .xShmMap = [](sqlite3_file* f, int page, int size, int more,
                  void volatile** out) { return REAL(f)->xShmMap(mine(f)->real(), page, size, more, out); },
    .xShmLock = [](sqlite3_file* f, int at, int n, int flags) { return REAL(f)->xShmLock(mine(f)->real(), at, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { REAL(f)->xShmBarrier(mine(f)->real()); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return REAL(f)->xShmUnmap(mine(f)->real(), remove); },
};

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs bad_vfs;

void put_between() {
  if (real_vfs) return;
  real_vfs = sqlite3_vfs_find(nullptr);
  bad_vfs = *real_vfs;
  bad_vfs.zName = "bad-disk";
  bad_vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  bad_vfs.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out) {
    mine(f)->base.pMethods = nullptr;
    const int code = real_vfs->xOpen(real_vfs, name, mine(f)->real(), flags, out);
    if (code == SQLITE_OK) mine(f)->base.pMethods = &methods;
    return code;
  };
  sqlite3_vfs_register(&bad_vfs, 1);
}

std::set<std::string> details(const std::string& folder) {
  db::Sqlite after(folder + "/rantau.db", db::Sqlite::Use::write);
  EXPECT_EQ(after.run("PRAGMA integrity_check", {})[0].text(0), "ok");
  std::set<std::string> there;
  for (const auto& row : after.run("SELECT detail FROM db_journal", {})) there.insert(row.text(0));
  return there;
}

// Four threads write while the disk fails at its k-th touch. Returns whether the failure was reached.
bool run(int k, int code, const std::string& folder, std::set<std::string>& kept, std::set<std::string>& refused) {
  auto store = db::Store::open({.location = folder});
  disk.code = code;
  disk.failures = 1 + k % 3;
  disk.countdown = k;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 6; ++i) {
        const std::string name = std::to_string(k) + "." + std::to_string(code) + "." + std::to_string(t) + "." + std::to_string(i);
        bool done = false;
        try {
          Db(*store, {}).write([&](Act& act) {
            act.record("test.done", name + std::string(3000, '.'));  // a page each
            return 0;
          });
          done = true;
        } catch (const db::ReadOnly&) {}
        const std::scoped_lock lock(mutex);
        (done ? kept : refused).insert(name + std::string(3000, '.'));
      }
    });
  for (auto& t : threads) t.join();
  const bool reached = disk.failures < 1 + k % 3;
  disk.countdown = -1;
  EXPECT_EQ(Db(*store, {}).read([](Act& act) { return act.db("SELECT count(*) FROM db_journal WHERE id < 0").number(); }), 0)
      << "reading goes on";
  return reached;
}

TEST(FullDisk, NothingAcknowledgedIsLostWhereverItFails) {
  if (std::getenv("RANTAU_TEST_PG")) GTEST_SKIP() << "PostgreSQL's own promise";
  put_between();
  for (const int code : {SQLITE_FULL, SQLITE_IOERR}) {
    int reached = 0;
    for (int k = 0; k < 40; ++k) {
      std::string folder = (std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp") + std::string("/rantau-full-XXXXXX");
      ASSERT_TRUE(::mkdtemp(folder.data()));
      std::set<std::string> kept, refused;
      reached += run(k, code, folder, kept, refused);
      const auto there = details(folder);
      for (const auto& one : kept) EXPECT_TRUE(there.contains(one)) << "lost at touch " << k << ": " << one.substr(0, 12);
      for (const auto& one : refused) EXPECT_FALSE(there.contains(one)) << "kept at touch " << k << ": " << one.substr(0, 12);
      std::filesystem::remove_all(folder);
    }
    EXPECT_GT(reached, 20) << "the failures must be reached";
  }
}

TEST(FullDisk, ReadOnlyUntilThereIsRoomAgain) {
  if (std::getenv("RANTAU_TEST_PG")) GTEST_SKIP() << "PostgreSQL's own promise";
  put_between();
  std::string folder = (std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp") + std::string("/rantau-full-XXXXXX");
  ASSERT_TRUE(::mkdtemp(folder.data()));
  {
    auto store = db::Store::open({.location = folder});
    const auto write = [&] {
      return Db(*store, {}).write([](Act& act) {
        act.record("test.done");
        return 1;
      });
    };
    EXPECT_EQ(write(), 1);
    disk.code = SQLITE_FULL;
    disk.failures = 1'000'000;
    disk.countdown = 0;
    EXPECT_THROW(write(), db::ReadOnly);
    EXPECT_TRUE(store->read_only());
    EXPECT_THROW(write(), db::ReadOnly);
    EXPECT_EQ(Db(*store, {}).read([](Act& act) { return act.db("SELECT count(*) FROM db_journal").number(); }), 1);
    disk.failures = 0;
    for (int i = 0; i < 1000 && store->read_only(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(store->read_only());
    EXPECT_EQ(write(), 1);
    disk.countdown = -1;
  }
  EXPECT_EQ(details(folder).size(), 1U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace rantau
