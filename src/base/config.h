// Settings an operator gives at start: built-in value, then one `key = value` file, then environment (RANTAU_KEY), then
// the command line. An unknown key stops the start, in the file and in the environment (RANTAU_PROT) alike; so does a key
// written twice. In the file "#" begins a line's comment, and " # " one behind a value. What an officer changes lives in the
// database instead.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rantau {

struct Setting {
  std::string key, value, origin;  // origin: "built-in", "file rantau.conf:3", "environment RANTAU_PORT", "--port"
  std::string meaning;             // one line for `rantau config`
  bool secret = false;             // shown as "(set)"
};

class Config {
 public:
  // `arguments`: pairs from the command line, already without the leading dashes.
  static Result<Config> load(const std::string& file, const std::vector<std::pair<std::string, std::string>>& arguments);
  const std::string& text(std::string_view key) const;  // throws std::logic_error on a key that is not declared
  int number(std::string_view key) const;
  bool flag(std::string_view key) const;
  static std::string_view built_in(std::string_view key);  // the value nobody changed
  const std::vector<Setting>& all() const { return settings_; }

 private:
  std::vector<Setting> settings_;
};

}  // namespace rantau
