// One key=value line a fact, to stderr. It accepts literals, numbers and ids, and no std::string: personal data cannot
// be printed by type. Who saw whom is the journal's business.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.h"

namespace rantau {

// A string that exists at compile time.
struct Literal {
  std::string_view text;
  consteval Literal(const char* s) : text(s) {}
};

class LogLine {
 public:
  explicit LogLine(Literal event);
  ~LogLine();  // writes the line, whole
  LogLine(const LogLine&) = delete;
  LogLine& operator=(const LogLine&) = delete;
  LogLine& with(Literal key, Literal value);
  LogLine& with(Literal key, std::integral auto value) { return number(key.text, static_cast<std::int64_t>(value)); }
  template <class Tag>
  LogLine& with(Literal key, Id<Tag> id) {
    return number(key.text, id.value);
  }
  // Text that the program itself made (a version, a file under the data folder, an SQLite message): never a user's.
  LogLine& with_system(Literal key, std::string_view made_by_program);

 private:
  LogLine& number(std::string_view key, std::int64_t);
  std::string line_;
};
inline LogLine log(Literal event) { return LogLine(event); }

}  // namespace rantau
