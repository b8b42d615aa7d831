// One line a fact, written whole, so that lines of two threads never mix. The time is added by the system's journal.
#include "base/log.h"

#include <cstdio>

namespace rantau {

namespace {

// Quoted when it holds a blank, a quote or an equals sign; line ends never reach the output.
void put(std::string& line, std::string_view key, std::string_view value) {
  line += ' ';
  line += key;
  line += '=';
  const bool plain = !value.empty() && value.find_first_of(" \"=\\\n\r\t") == std::string_view::npos;
  if (plain) {
    line += value;
    return;
  }
  line += '"';
  for (char c : value) {
    if (c == '"' || c == '\\') line += '\\';
    line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  line += '"';
}

}  // namespace

LogLine::LogLine(Literal event) : line_("event=") { line_ += event.text; }

LogLine::~LogLine() {
  line_ += '\n';
  std::fwrite(line_.data(), 1, line_.size(), stderr);
}

LogLine& LogLine::with(Literal key, Literal value) { return with_system(key, value.text); }

LogLine& LogLine::with_system(Literal key, std::string_view made_by_program) {
  put(line_, key.text, made_by_program);
  return *this;
}

LogLine& LogLine::number(std::string_view key, std::int64_t n) {
  put(line_, key, std::to_string(n));
  return *this;
}

}  // namespace rantau
