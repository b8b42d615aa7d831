// rantau demo on PostgreSQL: told twice, told while another makes it, and after one that was killed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/crypto.h"
#include "cli/cli.h"
#include "db/making.h"

namespace rantau::cli {
namespace {

namespace fs = std::filesystem;

// A schema and a folder of their own.
struct DemoPostgres : testing::Test {
  fs::path place = fs::temp_directory_path() / ("rantau_demo_pg_" + std::to_string(::getpid()));
  std::string server, schema, url;
  std::unique_ptr<db::Engine> engine;  // beside the program, to look and to count

  void SetUp() override {
    const char* given = std::getenv("RANTAU_TEST_PG");
    if (given == nullptr) GTEST_SKIP() << "PostgreSQL's alone; a folder is office_test's";
    crypto::init();
    ::setenv("RANTAU_LANG", "id", 1);
    fs::create_directories(place);
    server = given;
    schema = "d_" + crypto::hex(crypto::random_bytes(8));
    db::open_postgres(server)->script("CREATE SCHEMA " + schema);
    url = server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
    engine = db::open_postgres(url);
  }
  void TearDown() override {
    engine.reset();
    if (!schema.empty()) db::open_postgres(server)->script("DROP SCHEMA " + schema + " CASCADE");
    std::error_code ignored;
    fs::remove_all(place, ignored);
    ::unsetenv("RANTAU_LANG");
  }
  // Exit code, and what was written to stderr.
  std::pair<int, std::string> tell(std::vector<std::string> words) const {
    words.insert(words.end(), {"--db", url, "--data", place.string()});
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = run(words);
    testing::internal::GetCapturedStdout();
    return {code, testing::internal::GetCapturedStderr()};
  }
  std::pair<int, std::string> demo() const {
    return tell({"demo", "--people", "100", "--companies", "5", "--orders", "24", "--seed", "7", "--today", "2026-05-04"});
  }
  // Rows of every table but the counters of the journal, which sealing alone moves.
  std::string counted() {
    std::string all;
    for (const auto& row : (*engine)(
             "SELECT tablename, CAST((xpath('//n/text()', query_to_xml('SELECT count(*) AS n FROM ' || tablename, false, true, "
             "'')))[1] AS TEXT) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"))
      if (row.text(0) != "db_lane" && row.text(0) != "db_checkpoint") all += row.text(0) + "=" + row.text(1) + "\n";
    return all;
  }
  bool stands(const std::string& table) {
    return !(*engine)("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1", table).empty();
  }
  // A demo that is killed when it has made some of its companies.
  void killed_demo() {
    const pid_t child = ::fork();
    if (child == 0) {
      (void)!::freopen("/dev/null", "w", stdout);
      (void)!::freopen("/dev/null", "w", stderr);
      ::execl(RANTAU_BINARY, "rantau", "demo", "--db", url.c_str(), "--data", place.c_str(), "--people", "1000000", nullptr);
      ::_exit(127);
    }
    while (!stands("partners_company") || (*engine)("SELECT count(*) FROM partners_company").number() < 3) {
      ASSERT_EQ(::waitpid(child, nullptr, WNOHANG), 0) << "it ended by itself";
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
};

TEST_F(DemoPostgres, ToldTwiceItIsMadeOnce) {
  const auto first = demo();
  ASSERT_EQ(first.first, 0) << first.second;
  EXPECT_FALSE(db::half_made(url));
  const auto made = counted();
  EXPECT_NE(made.find("partners_company=5\n"), std::string::npos) << made;
  const auto [code, said] = demo();
  EXPECT_EQ(code, 1);
  EXPECT_NE(said.find("sudah ada kantor"), std::string::npos) << said;
  EXPECT_EQ(counted(), made);
  EXPECT_FALSE(db::half_made(url));
  EXPECT_EQ(tell({"journal", "verify"}).first, 0);
}

TEST_F(DemoPostgres, AnInterruptedOneIsNoOfficeAndIsMadeAgainFromNothing) {
  engine->script("CREATE TABLE kept_by_the_operator (id BIGINT); INSERT INTO kept_by_the_operator VALUES (1)");
  killed_demo();
  ASSERT_TRUE(db::half_made(url));
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"serve", "--port", "0"}, {"offers", "check", "lowongan"}, {"journal", "verify"}}) {
    const auto [code, said] = tell(words);
    EXPECT_EQ(code, 1) << words[0];
    EXPECT_NE(said.find("belum selesai"), std::string::npos) << said;
  }
  std::pair<int, std::string> again = demo();
  for (int i = 0; i < 200 && again.second.find("sedang diisi") != std::string::npos; ++i) {  // the server lets go of the dead
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    again = demo();
  }
  ASSERT_EQ(again.first, 0) << again.second;
  EXPECT_FALSE(db::half_made(url));
  EXPECT_NE(counted().find("partners_company=5\n"), std::string::npos) << "nothing of the first is left";
  EXPECT_EQ((*engine)("SELECT count(*) FROM kept_by_the_operator").number(), 1);
  EXPECT_EQ(tell({"journal", "verify"}).first, 0);
  EXPECT_EQ(demo().first, 1) << "a whole office is never made anew";
}

TEST_F(DemoPostgres, WhileOneMakesItAnotherIsRefused) {
  auto one = db::Making::begin(url);
  ASSERT_TRUE(one);
  const auto [code, said] = demo();
  EXPECT_EQ(code, 1);
  EXPECT_NE(said.find("sedang diisi"), std::string::npos) << said;
  EXPECT_EQ(counted(), "");
  one.reset();
  EXPECT_EQ(demo().first, 0);
}

}  // namespace
}  // namespace rantau::cli
