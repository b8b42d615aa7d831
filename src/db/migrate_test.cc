// Migrations: forward only, each once and whole, and never over a database this program does not know.
#include "db/migrate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/crypto.h"
#include "db/sqlite.h"
#include "db/testing.h"

namespace rantau {
namespace {

// A database of its own for schemas that no program carries.
class Migration : public ::testing::Test {
 protected:
  void SetUp() override {
    crypto::init();
    if (const char* url = std::getenv("RANTAU_TEST_PG")) {
      engine_ = db::open_postgres(url);
      schema_ = "m_" + crypto::hex(crypto::random_bytes(8));
      engine_->script("CREATE SCHEMA " + schema_ + "; SET search_path = " + schema_);
    } else {
      folder_ = (std::filesystem::temp_directory_path() / "rantau-migrate-XXXXXX").string();
      ASSERT_TRUE(::mkdtemp(folder_.data()));
      engine_ = std::make_unique<db::Sqlite>(folder_ + "/rantau.db", db::Sqlite::Use::write);
    }
  }
  void TearDown() override {
    if (!schema_.empty()) engine_->script("DROP SCHEMA " + schema_ + " CASCADE");
    engine_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  void migrate(const db::Schema& schema) {
    db::migrate(*engine_, schema, {1000}, [this] { ++copies_; });
  }
  std::int64_t number(db::Sql sql) { return (*engine_)(sql).number(); }

  std::unique_ptr<db::Engine> engine_;
  std::string folder_, schema_;
  int copies_ = 0;
};

const db::SchemaFile one{"a", "001_a.sql", "CREATE TABLE a_x (id BIGINT PRIMARY KEY);\nINSERT INTO a_x VALUES (1);"};
const db::SchemaFile two{"a", "002_a.sql", "INSERT INTO a_x VALUES (2);"};

TEST_F(Migration, EachFileIsAppliedOnce) {
  migrate({{one}, {}});
  migrate({{one}, {}});
  EXPECT_EQ(number("SELECT count(*) FROM a_x"), 1);
  migrate({{one, two}, {}});
  EXPECT_EQ(number("SELECT count(*) FROM a_x"), 2);
}

TEST_F(Migration, ATableIsOrderedByItsKeyInSqlite) {
  if (!engine_->is_sqlite()) GTEST_SKIP() << "PostgreSQL keeps a tree beside every table";
  migrate({{one}, {}});
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'a_x'"), 0);
  EXPECT_THROW((*engine_)("INSERT INTO a_x VALUES ('a word')"), db::Fault);
}

TEST_F(Migration, AnOlderJournalKeepsItsEntriesAndTheirPlaces) {
  db::Schema older, whole;
  for (const auto& step : db::carried_schema().steps) {
    if (step.module != "db") continue;
    whole.steps.push_back(step);
    if (step.file < "004") older.steps.push_back(step);
  }
  migrate(older);
  for (std::int64_t id = 1; id <= 3; ++id)
    (*engine_)(
        "INSERT INTO db_journal (id, at, actor, org, role, event, subject, detail, salt) VALUES ($1, 0, 0, 0, '', 'test.old', 7, "
        "'', "
        "'00')",
        id);
  (*engine_)("UPDATE db_journal SET seq = id - 1 WHERE id < 3");
  migrate(whole);
  EXPECT_EQ(copies_, 1);
  EXPECT_EQ(number("SELECT count(*) FROM db_journal WHERE subject = 7"), 3);
  EXPECT_EQ(number("SELECT id FROM db_journal WHERE seq = 1"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM db_journal WHERE seq IS NULL"), 1);
  EXPECT_THROW((*engine_)("UPDATE db_journal SET seq = 1 WHERE id = 3"), db::Unique);
}

TEST_F(Migration, OnlyAnOlderDatabaseIsCopiedFirst) {
  migrate({{one}, {}});
  EXPECT_EQ(copies_, 0);
  migrate({{one}, {}});
  EXPECT_EQ(copies_, 0);
  migrate({{one, two}, {}});
  EXPECT_EQ(copies_, 1);
}

TEST_F(Migration, AChangedFileRefusesTheStart) {
  migrate({{one}, {}});
  auto changed = one;
  changed.text += "\n-- a word more";
  EXPECT_THROW(migrate({{changed}, {}}), db::Fault);
}

TEST_F(Migration, ADatabaseNewerThanTheProgramRefusesTheStart) {
  migrate({{one, two}, {}});
  EXPECT_THROW(migrate({{one}, {}}), db::Fault);
}

TEST_F(Migration, AFileThatFailsLeavesNothing) {
  migrate({{one}, {}});
  EXPECT_THROW(migrate({{one, {"a", "002_a.sql", "INSERT INTO a_x VALUES (2); INSERT INTO a_nowhere VALUES (1);"}}, {}}),
               db::Fault);
  EXPECT_EQ(number("SELECT count(*) FROM a_x"), 1);
  migrate({{one, two}, {}});
  EXPECT_EQ(number("SELECT count(*) FROM a_x"), 2);
}

TEST_F(Migration, ViewsAreMadeAnewAtEveryStart) {
  migrate({{one},
           {{"a", "views.sql",
             "CREATE VIEW pub_a_n AS SELECT count(*) AS n FROM a_x; CREATE VIEW pub_a_m AS SELECT n FROM pub_a_n;"}}});
  EXPECT_EQ(number("SELECT n FROM pub_a_m"), 1);
  migrate({{one}, {{"a", "views.sql", "CREATE VIEW pub_a_n AS SELECT count(*) + 10 AS n FROM a_x;"}}});
  EXPECT_EQ(number("SELECT n FROM pub_a_n"), 11);
  EXPECT_THROW(number("SELECT n FROM pub_a_m"), db::Fault);
}

TEST_F(Migration, EachEngineReadsItsOwnPart) {
  migrate({{{"a", "001_a.sql", "CREATE TABLE a_e (\n  -- @sqlite\n  sqlite BIGINT\n  -- @pg\n  pg BIGINT\n  -- @end\n);"}}, {}});
  EXPECT_EQ(number(engine_->is_sqlite() ? db::Sql("SELECT count(sqlite) FROM a_e") : db::Sql("SELECT count(pg) FROM a_e")), 0);
}

TEST(CarriedSchema, BeginsWithTheJournalAndFollowsModules) {
  const auto schema = db::carried_schema();
  ASSERT_GT(schema.steps.size(), 2U);
  EXPECT_EQ(schema.steps[0].file, "001_journal.sql");
  const auto first = [&](std::string_view module) {
    std::size_t i = 0;
    while (i < schema.steps.size() && schema.steps[i].module != module) ++i;
    return i;
  };
  EXPECT_LT(first("partners"), first("offers"));
}

TEST(Open, AForeignFileIsLeftAlone) {
  if (std::getenv("RANTAU_TEST_PG")) GTEST_SKIP() << "a file is SQLite's";
  auto folder = (std::filesystem::temp_directory_path() / "rantau-foreign-XXXXXX").string();
  ASSERT_TRUE(::mkdtemp(folder.data()));
  {
    db::Sqlite other(folder + "/rantau.db", db::Sqlite::Use::write);
    other.script("PRAGMA application_id = 77; CREATE TABLE letters (id BIGINT)");
  }
  EXPECT_THROW(db::Store::open({.location = folder}), db::Fault);
  std::filesystem::remove_all(folder);
}

TEST(Open, ALostJournalKeyRefusesTheStart) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "the folder is SQLite's";
  const std::string folder = db.folder() + "/second";
  {
    auto store = db::Store::open({.location = folder});
    Db(*store, {}).write([](Act& act) {
      act.record("test.done");
      return 0;
    });
  }
  std::filesystem::remove(folder + "/keys/journal.key");
  EXPECT_THROW(db::Store::open({.location = folder}), db::Fault);
}

}  // namespace
}  // namespace rantau
