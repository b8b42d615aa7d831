// The settings, their built-in values and the four places they may come from.
#include "base/config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "base/text.h"

namespace rantau {

namespace {

enum class Shape { text, number, flag, folder, database, address, site, language };
struct Known {
  std::string_view key, value, meaning;
  Shape shape = Shape::text;
  int from = 0, to = 0;
  bool secret = false;
};

constexpr std::array<Known, 17> known{{
    {"data", "./data", "folder of the SQLite database, the keys and the backups", Shape::folder},
    {"db", "", "postgres://user@host/database; empty: SQLite in the data folder", Shape::database, 0, 0, true},
    {"keys", "", "folder of the key files; empty: keys/ in the data folder", Shape::folder},
    {"bind", "127.0.0.1", "address to listen on", Shape::address},
    {"port", "8080", "port to listen on", Shape::number, 0, 65535},
    {"site", "", "public address, as in https://rantau.example; empty: http://localhost:port", Shape::site},
    {"workers", "64", "threads that answer requests", Shape::number, 1, 1024},
    {"readers", "16", "read connections to the database", Shape::number, 1, 256},
    {"rate_limit", "1", "0: no limits per address; for benches and journeys on this machine only", Shape::flag},
    {"dev", "0", "1: pages and browser files are re-read from disk", Shape::flag},
    {"trust_proxy", "0", "1: believe X-Forwarded-For of the one proxy in front", Shape::flag},
    {"import_mb", "200", "largest table a terminal may import, in megabytes", Shape::number, 1, 4096},
    {"lang", "", "language of the terminal, id or en; empty: as LANG says", Shape::language},
    {"hotline", "0800-0000-017", "free telephone line, on every page"},
    {"whatsapp", "6281200000017", "WhatsApp number of the office, digits only"},
    {"office_address", "Jalan Contoh Pelabuhan 17, Jakarta Timur", "address of the service office"},
    {"office_hours", "Senin-Jumat 08.00-15.00 WIB", "opening hours of the service office"},
}};

const Known* find_known(std::string_view key) {
  for (const Known& k : known)
    if (k.key == key) return &k;
  return nullptr;
}

// What the environment may hold beside the settings: words for the tests and the benches.
constexpr std::array<std::string_view, 4> not_settings{"RANTAU_BINARY", "RANTAU_BUILD", "RANTAU_PAGES", "RANTAU_TEST_PG"};

bool is_address(const std::string& value) {
  in6_addr any{};
  return ::inet_pton(AF_INET, value.c_str(), &any) == 1 || ::inet_pton(AF_INET6, value.c_str(), &any) == 1;
}

// https://host or http://host:port, nothing behind it: browsers' Origin is compared with it.
bool is_site(std::string_view value) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (!value.starts_with(scheme)) continue;
    const auto host = value.substr(scheme.size());
    return !host.empty() && host.front() != ':' &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == std::string_view::npos;
  }
  return false;
}

// Nothing when the value fits; else the sentence that says what is expected.
std::optional<Sentence> misfit(const Known& k, const std::string& value) {
  const auto unless = [](bool good, std::string_view key, Words words = {}) -> std::optional<Sentence> {
    if (good) return std::nullopt;
    return Sentence{std::string(key), std::move(words)};
  };
  switch (k.shape) {
    case Shape::text: return unless(text::valid_utf8(value), "base.config_not_text");
    case Shape::flag: return unless(value == "0" || value == "1", "base.config_not_flag");
    case Shape::folder: return unless(value.find("://") == std::string::npos, "base.config_not_folder");
    case Shape::database:
      return unless(value.empty() || value.starts_with("postgres://") || value.starts_with("postgresql://"),
                    "base.config_not_database");
    case Shape::address: return unless(is_address(value), "base.config_not_address");
    case Shape::site: return unless(value.empty() || is_site(value), "base.config_not_site");
    case Shape::language:
      return unless(value.empty() || value.starts_with("id") || value.starts_with("en"), "base.config_not_language");
    case Shape::number: {
      int n = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
      return unless(error == std::errc{} && end == value.data() + value.size() && n >= k.from && n <= k.to,
                    "base.config_not_number", {{"from", std::to_string(k.from)}, {"to", std::to_string(k.to)}});
    }
  }
  return std::nullopt;
}

Setting* find(std::vector<Setting>& settings, std::string_view key) {
  for (Setting& s : settings)
    if (s.key == key) return &s;
  return nullptr;
}

std::string environment_name(std::string_view key) {
  std::string name = "RANTAU_";
  for (char c : key) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

// Names the setting that was most likely meant, written the way it was typed.
Refusal unknown(std::string_view typed, const std::string& where, bool in_environment) {
  const Known* nearest = nullptr;
  int best = 49;
  for (const Known& k : known) {
    const std::string name = in_environment ? environment_name(k.key) : std::string(k.key);
    const int alike = in_environment ? text::likeness(text::fold(name.substr(7)), text::fold(typed.substr(7)))
                                     : text::likeness(name, text::fold(typed));
    if (alike > best) {
      best = alike;
      nearest = &k;
    }
  }
  Words words{{"key", std::string(typed)}, {"where", where}};
  if (nearest) words.emplace_back("near", in_environment ? environment_name(nearest->key) : std::string(nearest->key));
  return {Refusal::invalid, nearest ? "base.config_unknown_near" : "base.config_unknown_key", {}, {}, std::move(words)};
}

std::optional<Refusal> put(std::vector<Setting>& settings, std::string_view key, std::string_view typed, const std::string& origin,
                           const std::string& where) {
  const Known* k = find_known(key);
  if (!k) return unknown(key, where, false);
  std::string value(typed);
  if (k->shape == Shape::site && value.ends_with('/')) value.pop_back();  // as people copy it from a browser
  if (auto wrong = misfit(*k, value)) {
    wrong->words.emplace_back("key", key);
    wrong->words.emplace_back("where", where);
    return Refusal{Refusal::invalid, wrong->key, {}, {}, wrong->words};
  }
  Setting* s = find(settings, key);
  s->value = value;
  s->origin = origin;
  return std::nullopt;
}

// 0, or the error number that says why the file's bytes cannot be had.
int unreadable(const std::string& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (opened < 0) return errno;
  char byte = 0;
  const int why = ::read(opened, &byte, 1) < 0 ? errno : 0;
  ::close(opened);
  return why;
}

std::optional<Refusal> read_file(std::vector<Setting>& settings, const std::string& file, bool required) {
  // What stands there and cannot be read would be ignored in silence: an office on other settings than those written.
  if (const int why = unreadable(file); why == ENOENT || why == ENOTDIR) {
    if (!required) return std::nullopt;
    return Refusal{Refusal::not_found, "base.config_no_file", {}, {}, {{"file", file}}};
  } else if (why == EISDIR) {
    return Refusal{Refusal::invalid, "base.config_is_folder", {}, {}, {{"file", file}}};
  } else if (why != 0) {
    const std::string said = std::generic_category().message(why);
    return Refusal{Refusal::invalid, "base.config_unreadable", {}, {}, {{"file", file}, {"why", said}}};
  }
  std::ifstream in(file);
  const std::string name = std::filesystem::path(file).filename().string();
  std::string line;
  std::vector<std::pair<std::string, int>> seen;
  for (int number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    const std::string clean = text::trim(line);
    if (clean.empty() || clean.front() == '#') continue;
    const std::string at = file + ":" + std::to_string(number);
    const auto equals = clean.find('=');
    if (equals == std::string::npos) return Refusal{Refusal::invalid, "base.config_no_equals", {}, {}, {{"where", at}}};
    const std::string key = text::trim(std::string_view(clean).substr(0, equals));
    std::string_view behind = std::string_view(clean).substr(equals + 1);
    behind = behind.substr(0, behind.find(" # "));  // a comment behind a value; "Jalan Contoh #5" is none
    const std::string value = text::trim(behind);
    for (const auto& [before, on] : seen)
      if (before == key)
        return Refusal{Refusal::invalid, "base.config_twice", {}, {}, {{"where", at}, {"key", key}, {"line", std::to_string(on)}}};
    seen.emplace_back(key, number);
    if (auto refused = put(settings, key, value, "file " + name + ":" + std::to_string(number), at)) return refused;
  }
  return std::nullopt;
}

std::optional<Refusal> read_environment(std::vector<Setting>& settings) {
  for (char** each = environ; each && *each; ++each) {
    const std::string_view entry = *each;
    const std::string name(entry.substr(0, entry.find('=')));
    if (!name.starts_with("RANTAU_")) continue;
    const bool meant = std::any_of(known.begin(), known.end(), [&](const Known& k) { return environment_name(k.key) == name; });
    if (!meant && std::find(not_settings.begin(), not_settings.end(), name) == not_settings.end())
      return unknown(name, "environment", true);
  }
  for (const Known& k : known) {
    const std::string name = environment_name(k.key);
    if (const char* value = std::getenv(name.c_str()))
      if (auto refused = put(settings, k.key, value, "environment " + name, name)) return refused;
  }
  return std::nullopt;
}

std::optional<Refusal> read_arguments(std::vector<Setting>& settings,
                                      const std::vector<std::pair<std::string, std::string>>& arguments) {
  for (const auto& [key, value] : arguments)
    if (auto refused = put(settings, key, value, "--" + key, "--" + key)) return refused;
  return std::nullopt;
}

}  // namespace

Result<Config> Config::load(const std::string& file, const std::vector<std::pair<std::string, std::string>>& arguments) {
  Config config;
  for (const Known& k : known)
    config.settings_.push_back({std::string(k.key), std::string(k.value), "built-in", std::string(k.meaning), k.secret});
  // The data folder itself may come from the environment or the command line: they are read before the file, and again
  // after it, because they win.
  for (int round = 0; round < 2; ++round) {
    if (round == 1) {
      const std::string path = file.empty() ? config.text("data") + "/rantau.conf" : file;
      if (auto refused = read_file(config.settings_, path, !file.empty())) return *refused;
    }
    if (auto refused = read_environment(config.settings_)) return *refused;
    if (auto refused = read_arguments(config.settings_, arguments)) return *refused;
  }
  return config;
}

std::string_view Config::built_in(std::string_view key) {
  if (const Known* k = find_known(key)) return k->value;
  throw std::logic_error("no such setting: " + std::string(key));
}

const std::string& Config::text(std::string_view key) const {
  for (const Setting& s : settings_)
    if (s.key == key) return s.value;
  throw std::logic_error("no such setting: " + std::string(key));
}

int Config::number(std::string_view key) const {
  const std::string& value = text(key);
  int n = 0;
  std::from_chars(value.data(), value.data() + value.size(), n);
  return n;
}

bool Config::flag(std::string_view key) const { return text(key) == "1"; }

}  // namespace rantau
