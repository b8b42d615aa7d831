// The settings, their built-in values and the four places they may come from.
#include "base/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "base/text.h"

namespace rantau {

namespace {

enum class Shape { text, number, flag };
struct Known {
  std::string_view key, value, meaning;
  Shape shape = Shape::text;
  int from = 0, to = 0;
  bool secret = false;
};

constexpr std::array<Known, 15> known{{
    {"data", "./data", "folder of the SQLite database, the keys and the backups"},
    {"db", "", "postgres://user@host/database; empty: SQLite in the data folder", Shape::text, 0, 0, true},
    {"keys", "", "folder of the key files; empty: keys/ in the data folder"},
    {"bind", "127.0.0.1", "address to listen on"},
    {"port", "8080", "port to listen on", Shape::number, 0, 65535},
    {"site", "", "public address, as in https://rantau.example; empty: http://localhost:port"},
    {"workers", "64", "threads that answer requests", Shape::number, 1, 1024},
    {"readers", "16", "read connections to the database", Shape::number, 1, 256},
    {"rate_limit", "1", "0: no limits per address; for benches and journeys on this machine only", Shape::flag},
    {"dev", "0", "1: pages and browser files are re-read from disk", Shape::flag},
    {"trust_proxy", "0", "1: believe X-Forwarded-For of the one proxy in front", Shape::flag},
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

// Nothing when the value fits.
bool fits(const Known& k, std::string_view value) {
  switch (k.shape) {
    case Shape::text: return text::valid_utf8(value);
    case Shape::flag: return value == "0" || value == "1";
    case Shape::number: {
      int n = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
      return error == std::errc{} && end == value.data() + value.size() && n >= k.from && n <= k.to;
    }
  }
  return false;
}

Setting* find(std::vector<Setting>& settings, std::string_view key) {
  for (Setting& s : settings)
    if (s.key == key) return &s;
  return nullptr;
}

Refusal unknown(std::string_view key, const std::string& where) {
  return {Refusal::invalid, "base.config_unknown_key", {}, {}, {{"key", std::string(key)}, {"where", where}}};
}

std::optional<Refusal> put(std::vector<Setting>& settings, std::string_view key, std::string_view value, const std::string& origin,
                           const std::string& where) {
  const Known* k = find_known(key);
  if (!k) return unknown(key, where);
  if (!fits(*k, value))
    return Refusal{Refusal::invalid, "base.config_wrong_value", {}, {}, {{"key", std::string(key)}, {"where", where}}};
  Setting* s = find(settings, key);
  s->value = value;
  s->origin = origin;
  return std::nullopt;
}

std::optional<Refusal> read_file(std::vector<Setting>& settings, const std::string& file, bool required) {
  std::ifstream in(file);
  if (!in) {
    if (!required) return std::nullopt;
    return Refusal{Refusal::not_found, "base.config_no_file", {}, {}, {{"file", file}}};
  }
  const std::string name = std::filesystem::path(file).filename().string();
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    const std::string clean = text::trim(line);
    if (clean.empty() || clean.front() == '#') continue;
    const std::string at = file + ":" + std::to_string(number);
    const auto equals = clean.find('=');
    if (equals == std::string::npos) return Refusal{Refusal::invalid, "base.config_no_equals", {}, {}, {{"where", at}}};
    const std::string key = text::trim(std::string_view(clean).substr(0, equals));
    const std::string value = text::trim(std::string_view(clean).substr(equals + 1));
    if (auto refused = put(settings, key, value, "file " + name + ":" + std::to_string(number), at)) return refused;
  }
  return std::nullopt;
}

std::string environment_name(std::string_view key) {
  std::string name = "RANTAU_";
  for (char c : key) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

std::optional<Refusal> read_environment(std::vector<Setting>& settings) {
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
