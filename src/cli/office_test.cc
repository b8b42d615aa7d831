// The data folder from a terminal: who may read it, who may make one, an interrupted demo, two programs on one folder; and what
// the operator is told.
#include "cli/office.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "cli/cli.h"

namespace rantau::cli {
namespace {

namespace fs = std::filesystem;

struct OfficeTest : testing::Test {
  fs::path place = fs::temp_directory_path() / ("rantau_office_" + std::to_string(::getpid()));
  OfficeTest() {
    if (std::getenv("RANTAU_TEST_PG")) return;
    ::setenv("RANTAU_LANG", "id", 1);
    fs::create_directories(place);
  }
  void SetUp() override {
    if (std::getenv("RANTAU_TEST_PG")) GTEST_SKIP() << "a folder is SQLite's";
  }
  ~OfficeTest() override {
    ::unsetenv("RANTAU_LANG");
    fs::remove_all(place);
  }
  std::string folder(const char* name = "kantor") const { return (place / name).string(); }
  std::string file(const char* name, std::string_view text) const {
    std::ofstream(place / name, std::ios::binary) << text;
    return (place / name).string();
  }
  // Exit code, and what was written to stderr.
  std::pair<int, std::string> tell(std::vector<std::string> words) const {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = run(words);
    testing::internal::GetCapturedStdout();
    return {code, testing::internal::GetCapturedStderr()};
  }
  int demo(const std::string& where, const char* seed = "7") const {
    return tell({"demo", "--data", where, "--people", "100", "--companies", "5", "--orders", "24", "--seed", seed, "--today",
                 "2026-05-04"})
        .first;
  }
  static unsigned mode(const std::string& path) {
    struct stat s {};
    return ::stat(path.c_str(), &s) == 0 ? s.st_mode & 0777U : 0U;
  }
};

TEST_F(OfficeTest, NobodyElseOnTheMachineReadsTheFolder) {
  ::umask(022);
  ASSERT_EQ(demo(folder()), 0);
  EXPECT_EQ(mode(folder()), 0700U);
  EXPECT_EQ(mode(folder() + "/rantau.db"), 0600U);
  EXPECT_EQ(mode(folder() + "/akun-contoh.txt"), 0600U);
}

TEST_F(OfficeTest, WhatAnOlderProgramLeftOpenIsClosedAtTheStart) {
  ASSERT_EQ(demo(folder()), 0);
  fs::create_directories(folder() + "/backup");
  std::ofstream(folder() + "/backup/old.db") << "x";
  ::chmod(folder().c_str(), 0755);
  ::chmod((folder() + "/backup").c_str(), 0755);
  for (const char* name : {"/rantau.db", "/backup/old.db"}) ::chmod((folder() + name).c_str(), 0644);
  ASSERT_EQ(tell({"offers", "check", "lowongan", "--data", folder()}).first, 0);
  EXPECT_EQ(mode(folder()), 0700U);
  EXPECT_EQ(mode(folder() + "/backup"), 0700U);
  for (const char* name : {"/rantau.db", "/backup/old.db"}) EXPECT_EQ(mode(folder() + name), 0600U) << name;
}

TEST_F(OfficeTest, CopiesOfAPostgresOfficeAreNotMadeFromAFolder) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"backup", folder("salinan")}, {"restore", folder("salinan.db")}}) {
    ::setenv("RANTAU_DB", "postgres://nobody@/none", 1);
    auto typed = words;
    typed.insert(typed.end(), {"--data", folder()});
    const auto [code, said] = tell(typed);
    ::unsetenv("RANTAU_DB");
    EXPECT_EQ(code, 1);
    EXPECT_NE(said.find(words[0] == "backup" ? "pg_dump" : "pg_restore"), std::string::npos) << said;
  }
  EXPECT_FALSE(fs::exists(folder() + "/rantau.db"));
  EXPECT_FALSE(fs::exists(folder("salinan")));
}

TEST_F(OfficeTest, WhereKeysStandWithoutADatabaseNoNewOfficeIsMade) {
  fs::create_directories(folder() + "/keys");
  std::ofstream(folder() + "/keys/journal.key") << "00\n";
  for (const char* command : {"serve", "demo"}) {
    const auto [code, said] = tell({command, "--data", folder()});
    EXPECT_EQ(code, 1) << command;
    EXPECT_NE(said.find("rantau restore"), std::string::npos) << said;
  }
  EXPECT_FALSE(fs::exists(folder() + "/rantau.db"));
}

TEST_F(OfficeTest, ACopyIsRestoredIntoAFolderThatHoldsItsKeysAndNoOffice) {
  ASSERT_EQ(demo(folder()), 0);
  ASSERT_EQ(tell({"backup", folder("salinan"), "--data", folder()}).first, 0);
  std::string copy;
  for (const auto& entry : fs::directory_iterator(folder("salinan")))
    if (entry.path().extension() == ".db") copy = entry.path().string();
  ASSERT_FALSE(copy.empty());
  EXPECT_EQ(tell({"restore", copy, "--data", folder()}).first, 1) << "an office stands there";
  EXPECT_EQ(tell({"restore", copy, "--data", folder("baru")}).first, 1) << "its keys are missing";
  fs::copy(folder() + "/keys", folder("baru") + "/keys");
  EXPECT_EQ(tell({"restore", copy, "--data", folder("baru")}), (std::pair<int, std::string>{0, ""}));
  EXPECT_EQ(tell({"journal", "verify", "--data", folder("baru")}).first, 0);
  fs::remove(copy + ".manifest");
  const auto [code, said] = tell({"backup", "drill", copy, "--data", folder()});
  EXPECT_EQ(code, 1);
  EXPECT_NE(said.find("BELUM TERBUKTI"), std::string::npos) << said;
}

TEST_F(OfficeTest, AMistypedFolderIsNamedAndNoOfficeIsMade) {
  const std::string csv = file("t.csv", "period,scope,target,status,notes,source\n2031,national,1,found,,a.example\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"offers", "check", "lowongan"},
                                                                                     {"import", "statistics", csv},
                                                                                     {"journal", "verify"},
                                                                                     {"journal", "checkpoint"},
                                                                                     {"backup", folder("salinan")}}) {
    auto all = words;
    all.insert(all.end(), {"--data", folder("kantro")});
    const auto [code, said] = tell(all);
    EXPECT_EQ(code, 1) << words[0];
    EXPECT_NE(said.find("Tidak ada kantor di folder " + folder("kantro")), std::string::npos) << said;
    EXPECT_FALSE(fs::exists(folder("kantro"))) << words[0];
  }
}

TEST_F(OfficeTest, AnInterruptedDemoIsNoOfficeAndIsMadeAgain) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string where = folder();
    (void)!::freopen("/dev/null", "w", stdout);
    (void)!::freopen("/dev/null", "w", stderr);
    ::execl(RANTAU_BINARY, "rantau", "demo", "--data", where.c_str(), "--people", "1000000", nullptr);
    ::_exit(127);
  }
  while (!fs::exists(folder() + "/rantau.db-wal") || fs::file_size(folder() + "/rantau.db-wal") < 400'000)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_TRUE(fs::exists(demo_mark(folder())));
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"serve", "--port", "0"}, {"offers", "check", "lowongan"}}) {
    auto all = words;
    all.insert(all.end(), {"--data", folder()});
    const auto [code, said] = tell(all);
    EXPECT_EQ(code, 1);
    EXPECT_NE(said.find("belum selesai"), std::string::npos) << said;
  }
  EXPECT_EQ(demo(folder()), 0);
  EXPECT_FALSE(fs::exists(demo_mark(folder())));
  EXPECT_EQ(tell({"journal", "verify", "--data", folder()}).first, 0);
  EXPECT_EQ(demo(folder()), 1) << "a whole office is never made anew";
  EXPECT_FALSE(fs::exists(demo_mark(folder())));
}

// Every row of every table in the order of its columns, but for what chance must make: password hashes, the salts of the
// journal and what is computed from them, and the version by which a process knows its list of names.
std::string dump(const std::string& file) {
  sqlite3* db = nullptr;
  EXPECT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  const auto rows = [&](const std::string& sql) {
    std::vector<std::string> out;
    sqlite3_exec(
        db, sql.c_str(),
        [](void* to, int n, char** cells, char** names) {
          std::string row;
          for (int i = 0; i < n; ++i) {
            const std::string name = names[i];
            const bool chance = name == "password" || name == "salt" || name == "leaf" || name == "seq";
            row += name + "=" + (chance ? "" : cells[i] ? cells[i] : "NULL") + "|";
          }
          static_cast<std::vector<std::string>*>(to)->push_back(row);
          return 0;
        },
        &out, nullptr);
    std::sort(out.begin(), out.end());
    return out;
  };
  std::string all;
  for (const auto& table : rows("SELECT name FROM sqlite_master WHERE type = 'table'")) {
    const std::string name = table.substr(5, table.size() - 6);
    if (name == "db_checkpoint" || name == "db_lane" || name == "partners_names") continue;
    for (const auto& row : rows("SELECT * FROM \"" + name + "\"")) all += name + ": " + row + "\n";
  }
  sqlite3_close(db);
  return all;
}

TEST_F(OfficeTest, TheSameSeedOnTheSameDayIsTheSameProvince) {
  ASSERT_EQ(demo(folder("a")), 0);
  ASSERT_EQ(demo(folder("b")), 0);
  ASSERT_EQ(demo(folder("c"), "8"), 0);
  const auto a = dump(folder("a") + "/rantau.db"), b = dump(folder("b") + "/rantau.db");
  EXPECT_GT(a.size(), 50'000U);
  if (a != b) {
    std::istringstream one(a), other(b);
    for (std::string x, y; std::getline(one, x) && std::getline(other, y);) ASSERT_EQ(x, y);
  }
  EXPECT_EQ(a, b);
  EXPECT_NE(a, dump(folder("c") + "/rantau.db"));
}

TEST_F(OfficeTest, ASecondServeOnOneFolderIsRefusedAndReadingIsNot) {
  ASSERT_EQ(demo(folder()), 0);
  const auto hold = Hold::take(folder());
  ASSERT_TRUE(hold);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"serve", "--port", "0"}, {"demo"}}) {
    auto all = words;
    all.insert(all.end(), {"--data", folder()});
    const auto [code, said] = tell(all);
    EXPECT_EQ(code, 1);
    EXPECT_NE(said.find("Folder " + folder() + " sedang dipakai"), std::string::npos) << said;
  }
  EXPECT_EQ(tell({"offers", "check", "lowongan", "--data", folder()}).first, 0);
  EXPECT_EQ(tell({"journal", "verify", "--data", folder()}).first, 0);
}

TEST_F(OfficeTest, ABusyPortAndAForeignAddressAreSaidInWords) {
  const int taken = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  ASSERT_EQ(::bind(taken, reinterpret_cast<sockaddr*>(&at), size), 0);
  ASSERT_EQ(::listen(taken, 1), 0);
  ASSERT_EQ(::getsockname(taken, reinterpret_cast<sockaddr*>(&at), &size), 0);
  const std::string port = std::to_string(ntohs(at.sin_port));
  const auto busy = tell({"serve", "--data", folder(), "--port", port});
  EXPECT_EQ(busy.first, 1);
  EXPECT_NE(busy.second.find("Port " + port + " sudah dipakai program lain"), std::string::npos) << busy.second;
  EXPECT_EQ(busy.second.find("boost"), std::string::npos);
  ::close(taken);
  const auto foreign = tell({"serve", "--data", folder(), "--port", "0", "--bind", "192.0.2.1"});
  EXPECT_EQ(foreign.first, 1);
  EXPECT_NE(foreign.second.find("192.0.2.1 bukan milik mesin ini"), std::string::npos) << foreign.second;
  EXPECT_EQ(tell({"serve", "--data", folder(), "--bind", "localhost"}).first, 2);
}

TEST_F(OfficeTest, AFileThatIsNoTableIsRefusedWithTheReasonBeforeItFillsTheMemory) {
  ASSERT_EQ(demo(folder()), 0);
  const auto import = [&](const std::string& path) { return tell({"import", "statistics", path, "--data", folder()}); };
  const std::string head = "period,scope,target,status,notes,source\n";
  const auto says = [&](const std::string& path, const char* part) {
    const auto [code, said] = import(path);
    EXPECT_EQ(code, 1) << path;
    EXPECT_NE(said.find(part), std::string::npos) << said;
  };
  says(place.string(), "adalah folder");
  says(folder("tidak-ada.csv"), "tidak dapat dibaca");
  says(file("a.csv", head), "tanpa baris");
  says(file("b.csv", "period,scope,tarjet,status,notes,source\n2031,national,1,found,,a\n"), "tarjet");
  says(file("c.csv", std::string("\xFF\xFEp\0", 4)), "UTF-16");
  says(file("d.csv", head + std::string(std::size_t{3} << 20, 'x')), "d.csv:2: baris ini lebih dari 1 MB");
  ::setenv("RANTAU_IMPORT_MB", "1", 1);
  std::string many = head;
  while (many.size() < (std::size_t{3} << 19)) many += "2031,national,1,found,,a.example\n";
  says(file("e.csv", many), "lebih dari 1 MB. Bagi");
  ::unsetenv("RANTAU_IMPORT_MB");
}

TEST_F(OfficeTest, ConfigTakesWhateverServeTakesAndRefusesWhatServeRefuses) {
  EXPECT_EQ(tell({"config", "--workers", "3", "--site", "https://rantau.example", "--bind", "0.0.0.0"}).first, 0);
  EXPECT_EQ(tell({"config", "--site", "javascript:alert(1)"}).first, 2);
  EXPECT_EQ(tell({"config", "--db", "mysql://x"}).first, 2);
  ::setenv("RANTAU_PROT", "9", 1);
  const auto [code, said] = tell({"config"});
  ::unsetenv("RANTAU_PROT");
  EXPECT_EQ(code, 2);
  EXPECT_NE(said.find("RANTAU_PORT"), std::string::npos) << said;
}

}  // namespace
}  // namespace rantau::cli
