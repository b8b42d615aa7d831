// CSV as offices write it: `;` `,` or tab, with or without BOM, UTF-8 or Windows-1252.
#include <algorithm>
#include <array>

#include "base/text.h"

namespace rantau::text {

namespace {

void put_utf8(std::string& out, unsigned code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

std::string from_windows_1252(std::string_view s) {
  // 0x80..0x9F; the five places without a character become U+FFFD
  constexpr std::array<unsigned, 32> upper{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                           0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                           0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  std::string out;
  for (char c : s) {
    const auto u = static_cast<unsigned char>(c);
    put_utf8(out, u >= 0x80 && u < 0xA0 ? upper[u - 0x80U] : u);
  }
  return out;
}

// The mark that is most frequent outside quotes in the first record.
char sniff(std::string_view s) {
  std::array<std::size_t, 3> count{};
  constexpr std::string_view marks = ",;\t";
  bool quoted = false;
  for (char c : s) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const auto at = marks.find(c);
    if (at != std::string_view::npos) ++count[at];
  }
  return marks[static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin())];
}

struct Reader {
  std::string_view s;
  char mark;
  std::size_t at = 0, line = 1;
  std::string error{};
  Csv::Fault fault = Csv::Fault::none;
  std::size_t fault_line = 0;

  void fail(Csv::Fault what, std::size_t where, std::string_view said) {
    fault = what;
    fault_line = where;
    error = "line " + std::to_string(where) + ": " + std::string(said);
  }
  bool done() const { return at >= s.size(); }
  bool line_end() const { return done() || s[at] == '\n' || s[at] == '\r'; }

  void skip_line_end() {
    if (done()) return;
    if (s[at] == '\r' && at + 1 < s.size() && s[at + 1] == '\n') ++at;
    ++at;
    ++line;
  }

  std::string quoted_cell() {
    const std::size_t began = line;
    std::string cell;
    for (++at;; ++at) {
      if (done()) {
        fail(Csv::Fault::open_quote, began, "quote not closed");
        return cell;
      }
      if (s[at] == '"') {
        if (at + 1 < s.size() && s[at + 1] == '"') {
          ++at;
        } else {
          ++at;
          break;
        }
      }
      if (s[at] == '\n' || (s[at] == '\r' && !(at + 1 < s.size() && s[at + 1] == '\n'))) ++line;
      cell += s[at];
    }
    if (!line_end() && s[at] != mark) fail(Csv::Fault::after_quote, line, "text after a closing quote");
    return cell;
  }

  std::string cell() {
    if (!done() && s[at] == '"') return quoted_cell();
    const std::size_t began = at;
    while (!line_end() && s[at] != mark) ++at;
    return std::string(s.substr(began, at - began));
  }

  std::vector<std::string> record() {
    std::vector<std::string> cells;
    for (;;) {
      cells.push_back(cell());
      if (!error.empty() || line_end()) return cells;
      ++at;  // the mark
    }
  }
};

}  // namespace

std::string csv_cell(std::string_view s) {
  std::string out;
  if (!s.empty()) {
    const char first = s.front();
    const bool number = first == '-' && s.size() > 1 && s.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
    // A spreadsheet would run such a cell as a formula; a negative number is none.
    if ((std::string_view("=+-@\t\r").find(first) != std::string_view::npos) && !number) out = "'";
  }
  out += s;
  const bool plain =
      out.find_first_of(",;\"\t\r\n") == std::string::npos && (out.empty() || (out.front() != ' ' && out.back() != ' '));
  if (plain) return out;
  std::string quoted = "\"";
  for (char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

Csv read_csv(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.substr(0, 200).find('\0') != std::string_view::npos) {
    Csv none;
    none.fault = Csv::Fault::utf16;
    none.fault_line = 1;
    none.error = "line 1: UTF-16, or no text";
    return none;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string converted;
  if (!valid_utf8(bytes)) {
    converted = from_windows_1252(bytes);
    bytes = converted;
  }
  Reader reader{.s = bytes, .mark = sniff(bytes)};
  Csv csv;
  while (!reader.done() && reader.error.empty()) {
    const std::size_t began = reader.line;
    auto cells = reader.record();
    reader.skip_line_end();
    if (!reader.error.empty()) break;
    if (cells.size() == 1 && trim(cells[0]).empty()) continue;
    if (csv.header.empty()) {
      for (auto& c : cells) csv.header.push_back(trim(c));
      continue;
    }
    csv.rows.push_back(std::move(cells));
    csv.lines.push_back(began);
  }
  csv.error = reader.error;
  csv.fault = reader.fault;
  csv.fault_line = reader.fault_line;
  return csv;
}

}  // namespace rantau::text
