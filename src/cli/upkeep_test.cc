// The journal's commands: what they say, and with which exit code.
#include <gtest/gtest.h>

#include "cli/cli.h"
#include "db/testing.h"

namespace rantau::cli {
namespace {

int verify(const test::TestDb& db, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"journal", "verify", "--data", db.folder()};
  words.insert(words.end(), more.begin(), more.end());
  return run(words);
}

TEST(JournalVerify, ACheckpointThatIsNoneIsABadArgument) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "a folder is SQLite's";
  for (const char* typed : {"5:abc", "5", ":", "x:y", "5:", "5:zz"}) EXPECT_EQ(verify(db, {"--checkpoint", typed}), 2) << typed;
  EXPECT_EQ(verify(db, {"--checkpoint", "5:" + std::string(64, 'a')}), 1);
}

TEST(JournalVerify, AnEmptiedJournalIsDamaged) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "a folder is SQLite's";
  db.write([](Act& act) {
    act.record("test.done");
    return 0;
  });
  db.store().seal_now();
  EXPECT_EQ(verify(db), 0);
  db.write([](Act& act) {
    act.db("DELETE FROM db_journal");
    act.db("DELETE FROM db_checkpoint");
    return 0;
  });
  EXPECT_EQ(verify(db), 1);
}

}  // namespace
}  // namespace rantau::cli
