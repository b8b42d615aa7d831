// A copy of a running office can be restored; a broken copy fails loudly.
#include "db/backup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

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
    file = db::backup(db.folder(), db.folder() + "/keys", db.folder() + "/elsewhere", db.store().now());
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
  EXPECT_FALSE(drill.unproven) << "damaged, whatever it lacks";
  EXPECT_NE(drill.what.find("the journal: entry"), std::string::npos) << drill.what;
  EXPECT_FALSE(db::restore_drill(c.file, crypto::new_signing_key().public_key).good);
  EXPECT_FALSE(db::restore_drill(c.file + ".none", c.key).good);
}

// One bit anywhere: in a row, in an index, in a page that holds nothing. SQLite itself sees about half of them.
TEST(Backup, EveryFlippedBitIsFound) {
  const Copied c;
  if (!c.db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL has its own tools";
  const std::string flipped = c.file + ".flipped";
  std::filesystem::copy_file(db::manifest_of(c.file), db::manifest_of(flipped));
  std::ifstream in(c.file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  std::mt19937_64 chance(31);
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    std::string other = bytes;
    const auto bit = chance() % (bytes.size() * 8);
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
    std::ofstream(flipped, std::ios::binary | std::ios::trunc) << other;
    found += !db::restore_drill(flipped, c.key).good;
  }
  EXPECT_EQ(found, 100);
  std::ofstream(flipped, std::ios::binary | std::ios::trunc) << bytes;
  EXPECT_TRUE(db::restore_drill(flipped, c.key).good) << "the manifest is of the bytes, under whatever name";
}

TEST(Backup, WithoutItsManifestACopyIsUnproven) {
  const Copied c;
  if (!c.db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL has its own tools";
  const auto read = [&] {
    std::ifstream in(db::manifest_of(c.file));
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const std::string manifest = read();
  std::string larger = manifest;
  larger.replace(larger.find("size "), 5, "size 9");
  for (const std::string& changed : {larger, manifest.substr(0, manifest.size() / 2), std::string()}) {
    std::ofstream(db::manifest_of(c.file), std::ios::trunc) << changed;
    const auto drill = db::restore_drill(c.file, c.key);
    EXPECT_FALSE(drill.good || drill.unproven) << changed;
    EXPECT_NE(drill.what.find("manifest"), std::string::npos) << drill.what;
  }
  std::filesystem::remove(db::manifest_of(c.file));
  const auto drill = db::restore_drill(c.file, c.key);
  EXPECT_FALSE(drill.good);
  EXPECT_TRUE(drill.unproven);
}

TEST(Backup, RestorePutsTheCopyWhereNoOfficeStandsAndOnlyWhatItsManifestProves) {
  const Copied c;
  if (!c.db.store().is_sqlite()) GTEST_SKIP() << "PostgreSQL has its own tools";
  EXPECT_THROW(db::restore(c.file, c.key, c.db.folder()), db::Fault) << "an office stands there";
  const std::string fresh = c.db.folder() + "/fresh", bad = c.file + ".bad";
  db::restore(c.file, c.key, fresh);
  EXPECT_EQ(std::filesystem::file_size(fresh + "/rantau.db"), std::filesystem::file_size(c.file));
  std::filesystem::copy_file(c.file, bad);
  EXPECT_THROW(db::restore(bad, c.key, c.db.folder() + "/none"), db::Fault) << "no manifest";
  std::filesystem::copy_file(db::manifest_of(c.file), db::manifest_of(bad));
  std::filesystem::resize_file(bad, std::filesystem::file_size(bad) - 1);
  EXPECT_THROW(db::restore(bad, c.key, c.db.folder() + "/none"), db::Fault);
  EXPECT_FALSE(std::filesystem::exists(c.db.folder() + "/none/rantau.db"));
  EXPECT_FALSE(std::filesystem::exists(c.db.folder() + "/none/rantau.db.restoring"));
}

}  // namespace
}  // namespace rantau
