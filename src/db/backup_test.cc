// A copy of a running office can be restored; a broken copy fails loudly.
#include "db/backup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/crypto.h"
#include "db/testing.h"

namespace rantau {
namespace {

struct Copied {
  test::TestDb db = test::db();
  std::string file, key;
  Copied() {
    if (!db.store().is_sqlite()) return;
    for (int i = 0; i < 30; ++i)
      db.write([&](Act& act) {
        act.record("test.done", std::string(2000, 'x'));
        return 0;
      });
    db.store().seal_now();
    db.write([](Act& act) {  // not sealed when it is copied
      act.record("test.done");
      return 0;
    });
    file = db::backup(db.folder(), db.folder() + "/elsewhere", db.store().now());
    std::ifstream in(db.folder() + "/keys/journal.pub");
    std::string hex;
    in >> hex;
    key = *crypto::unhex(hex);
  }
};

TEST(Backup, ACopyOfARunningOfficeIsRestoredAndProved) {
  const Copied c;
  if (!c.db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL has its own tools";
  const auto drill = db::restore_drill(c.file, c.key);
  EXPECT_TRUE(drill.good) << drill.what;
  EXPECT_EQ(drill.entries, 31);
  EXPECT_GT(drill.tables, 5);
  EXPECT_GE(drill.rows, 31);
  EXPECT_EQ(std::filesystem::status(c.file).permissions() & std::filesystem::perms(0077), std::filesystem::perms::none);
  EXPECT_TRUE(db::same_disk(c.db.folder(), c.file));
}

TEST(Backup, ABrokenCopyFailsTheDrill) {
  const Copied c;
  if (!c.db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL has its own tools";
  const auto size = std::filesystem::file_size(c.file);
  const std::string cut = c.file + ".cut", flipped = c.file + ".flipped";
  std::filesystem::copy_file(c.file, cut);
  std::filesystem::resize_file(cut, size / 2);
  EXPECT_FALSE(db::restore_drill(cut, c.key).good);
  std::filesystem::copy_file(c.file, flipped);
  {
    std::ifstream in(c.file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    const auto at = bytes.find("xxxxxxxxxxxx");
    ASSERT_NE(at, std::string::npos);
    std::fstream out(flipped, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(at));
    out.put('y');
  }
  const auto drill = db::restore_drill(flipped, c.key);
  EXPECT_FALSE(drill.good);
  EXPECT_NE(drill.what.find("the journal: entry"), std::string::npos) << drill.what;
  EXPECT_FALSE(db::restore_drill(c.file, crypto::new_signing_key().public_key).good);
  EXPECT_FALSE(db::restore_drill(c.file + ".none", c.key).good);
}

}  // namespace
}  // namespace rantau
