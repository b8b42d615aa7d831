// Where a setting comes from, and what stops the start.
#include "base/config.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace rantau {

struct ConfigTest : testing::Test {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("rantau_config_" + std::to_string(::getpid()));
  ConfigTest() { std::filesystem::create_directories(folder); }
  ~ConfigTest() override {
    std::filesystem::remove_all(folder);
    ::unsetenv("RANTAU_PORT");
  }
  std::string file(std::string_view text) {
    std::ofstream(folder / "rantau.conf") << text;
    return (folder / "rantau.conf").string();
  }
  std::string origin(const Config& c, std::string_view key) {
    for (const auto& s : c.all())
      if (s.key == key) return s.origin;
    return "";
  }
};

TEST_F(ConfigTest, BuiltInThenFileThenEnvironmentThenCommandLine) {
  auto c = Config::load("", {{"data", folder.string()}});
  ASSERT_TRUE(c);
  EXPECT_EQ(c->number("port"), 8080);
  EXPECT_EQ(origin(*c, "port"), "built-in");
  file("# office\n\nport = 8181\nsite=https://rantau.example\n");
  c = Config::load("", {{"data", folder.string()}});
  ASSERT_TRUE(c);
  EXPECT_EQ(c->number("port"), 8181);
  EXPECT_EQ(origin(*c, "port"), "file rantau.conf:3");
  ::setenv("RANTAU_PORT", "8282", 1);
  c = Config::load("", {{"data", folder.string()}});
  EXPECT_EQ(c->number("port"), 8282);
  EXPECT_EQ(origin(*c, "port"), "environment RANTAU_PORT");
  c = Config::load("", {{"data", folder.string()}, {"port", "8383"}});
  EXPECT_EQ(c->number("port"), 8383);
  EXPECT_EQ(origin(*c, "port"), "--port");
  EXPECT_EQ(c->text("site"), "https://rantau.example");
}

TEST_F(ConfigTest, AnUnknownKeyStopsTheStartAndIsNamedWithFileAndLine) {
  const auto c = Config::load(file("port = 1\nprot = 2\n"), {});
  ASSERT_FALSE(c);
  EXPECT_EQ(c.refusal().key, "base.config_unknown_near");
  EXPECT_EQ(c.refusal().words, (Words{{"key", "prot"}, {"where", (folder / "rantau.conf").string() + ":2"}, {"near", "port"}}));
  EXPECT_FALSE(Config::load("", {{"prot", "2"}}));
}

TEST_F(ConfigTest, ASettingsFileThatCannotBeReadStopsTheStart) {
  const std::string path = (folder / "rantau.conf").string();
  const auto told = [&](const std::string& named) {
    const auto c = Config::load(named, {{"data", folder.string()}});
    return c ? std::string("loaded") : c.refusal().key;
  };
  EXPECT_EQ(told(""), "loaded") << "none is needed";
  EXPECT_EQ(told(path), "base.config_no_file") << "but the one that was named";
  std::filesystem::create_directory(path);
  for (const auto& named : {std::string(), path}) EXPECT_EQ(told(named), "base.config_is_folder");
  std::filesystem::remove(path);
  std::filesystem::create_symlink("rantau.conf", path);  // goes round and round: unreadable for root as well
  for (const auto& named : {std::string(), path}) EXPECT_EQ(told(named), "base.config_unreadable");
  std::filesystem::remove(path);
  file("port = 1\n");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  if (::geteuid() != 0) {  // root reads whatever it likes
    EXPECT_EQ(told(""), "base.config_unreadable");
  }
}

TEST_F(ConfigTest, AValueThatDoesNotFitStopsTheStart) {
  for (auto line : {"db = mysql://x", "db = ./folder", "data = mysql://x", "bind = localhost", "bind = 1.2.3",
                    "site = javascript:alert(1)", "site = rantau.example", "site = https://x.example/a", "site = https://x\"y",
                    "lang = fr", "port = 70000", "port = 80a", "port =", "dev = ya", "workers = 0", "nothing here"})
    EXPECT_FALSE(Config::load(file(line), {})) << line;
  EXPECT_FALSE(Config::load((folder / "absent.conf").string(), {}));
}

TEST_F(ConfigTest, AnUnknownNameInTheEnvironmentStopsTheStartAndTheNearestIsNamed) {
  const auto with = [](const char* name) {
    ::setenv(name, "9", 1);
    auto c = Config::load("", {});
    ::unsetenv(name);
    return c;
  };
  const auto prot = with("RANTAU_PROT");
  ASSERT_FALSE(prot);
  EXPECT_EQ(prot.refusal().words, (Words{{"key", "RANTAU_PROT"}, {"where", "environment"}, {"near", "RANTAU_PORT"}}));
  const auto far = with("RANTAU_ZZZZ");
  ASSERT_FALSE(far);
  EXPECT_EQ(far.refusal().key, "base.config_unknown_key");
  EXPECT_TRUE(with("RANTAU_BINARY"));
  EXPECT_TRUE(with("RANTAU_WORKERS"));
}

TEST_F(ConfigTest, AKeyWrittenTwiceIsRefusedWithBothLines) {
  const auto c = Config::load(file("port = 1\n\nport = 2\n"), {});
  ASSERT_FALSE(c);
  EXPECT_EQ(c.refusal().key, "base.config_twice");
  EXPECT_EQ(c.refusal().words, (Words{{"where", (folder / "rantau.conf").string() + ":3"}, {"key", "port"}, {"line", "1"}}));
}

TEST_F(ConfigTest, ACommentBehindAValueIsNoPartOfIt) {
  const auto c = Config::load(file("bind = 0.0.0.0 # all\noffice_address = Jalan Contoh #5\nsite = https://rantau.example/\n"), {});
  ASSERT_TRUE(c) << c.refusal().key;
  EXPECT_EQ(c->text("bind"), "0.0.0.0");
  EXPECT_EQ(c->text("office_address"), "Jalan Contoh #5");
  EXPECT_EQ(c->text("site"), "https://rantau.example");
}

TEST_F(ConfigTest, HasFewSettingsAndEachIsExplained) {
  const auto c = Config::load("", {});
  ASSERT_TRUE(c);
  EXPECT_LE(c->all().size(), 25U);
  for (const auto& s : c->all()) EXPECT_FALSE(s.meaning.empty()) << s.key;
  EXPECT_THROW((void)c->text("no_such"), std::logic_error);
}

}  // namespace rantau
