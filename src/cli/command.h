// One command of the terminal: its words, its help in two languages, and what it does.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/config.h"

namespace rantau::cli {

struct Words {
  std::vector<std::string> plain;                            // what is not an option
  std::vector<std::pair<std::string, std::string>> options;  // --name value
  const std::string& option(std::string_view name) const;    // "" when absent
  bool has(std::string_view name) const;
};

struct Option {
  std::string_view name, value, id, en;
  bool is_setting = false;
};  // a setting of Config is passed on to it
struct Command {
  std::string_view name;    // "journal verify"
  std::string_view usage;   // "rantau journal verify [--data DIR]"
  std::string_view id, en;  // what it does
  std::vector<Option> options;
  std::size_t least, most;  // plain words
  int (*act)(const Words&, const Config&);
};
const std::vector<Command>& commands();

// A sentence in the terminal's language: Indonesian when LANG begins with "id" or is unset, else English.
std::string_view in_words(std::string_view id, std::string_view en);
int complain(std::string_view id, std::string_view en, int code = 2);  // to stderr

int serve(const Words&, const Config&);
int make_demo(const Words&, const Config&);
int show_config(const Words&, const Config&);
int import_statistics(const Words&, const Config&);
int check_offer(const Words&, const Config&);
int verify_journal(const Words&, const Config&);
int show_checkpoint(const Words&, const Config&);
int make_backup(const Words&, const Config&);
int restore_drill(const Words&, const Config&);
int restore(const Words&, const Config&);
int help(const Words&, const Config&);
int show_routes(const Words&, const Config&);
int version(const Words&, const Config&);

}  // namespace rantau::cli
