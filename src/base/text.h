// Indonesian names, phones and numbers in the one shape the program compares. ICU works here and nowhere else.
#pragma once
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rantau::text {

std::string trim(std::string_view);
std::string nfkc(std::string_view);  // Unicode NFKC, invalid UTF-8 replaced by U+FFFD
bool valid_utf8(std::string_view);
std::size_t length(std::string_view);                        // in code points
std::string cut(std::string_view, std::size_t code_points);  // never splits a character
std::string fold(std::string_view);  // NFKC, case folded, accents and confusables to Latin, blanks single, RTL marks dropped
std::vector<std::string> words(std::string_view folded);
// What stands between any of `marks`, trimmed; empty pieces are left out. "a, b;" between ",;" is {"a", "b"}.
std::vector<std::string> lines(std::string_view, std::string_view marks);
template <class List>
bool in(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// A person's or company's name as a comparison key: titles dropped (H., Hj., Drs., S.E.), old spelling (oe=u, dj=j, tj=c,
// ch=kh, sj=sy, nj=ny, ie=i), double letters single, h dropped, f/v/p one letter. "Moh. Djumadi" and "Muhammad Jumadi" meet.
std::string name_key(std::string_view name);
// A company's name without its legal form and noise: "PT. Maju Jaya Abadi (P3MI)" -> "maju jaya abadi".
std::string company_key(std::string_view name);
// 0..100: how alike two keys are, by characters (Damerau) and by words in any order. 100 = equal.
int likeness(std::string_view key_a, std::string_view key_b);

// E.164 without blanks: "0812-3456-7890", "62 812...", "+62812..." -> "+62812...". Foreign numbers need their +.
std::optional<std::string> phone(std::string_view typed);
std::string show_phone(std::string_view e164);  // "0812-3456-7890" at home, "+886 ..." abroad
std::string digits(std::string_view);           // only 0-9

// NIK: 16 digits, soft reading of region, birth date and sex. A doubt is a flag for the officer, never a refusal.
struct NikReading {
  std::string digits;
  bool sixteen = false, plausible_date = false, synthetic = false;  // synthetic: serial 0000
  bool woman = false;
  int day = 0, month = 0, year2 = 0;
};
NikReading nik(std::string_view typed);

std::string csv_cell(std::string_view);  // quoted for CSV, and a leading = + - @ tab neutralised
std::string html(std::string_view);      // escaped
std::string url(std::string_view);       // percent-encoded component

// RFC 4180 rows, `;` `,` or tab by sniffing, BOM dropped, Windows-1252 converted; UTF-16 is refused. Errors name the line.
struct Csv {
  enum class Fault { none, open_quote, after_quote, utf16 } fault = Fault::none;
  std::size_t fault_line = 0;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;  // line number each row began on
  std::string error;               // empty when all is well: "line 7: quote not closed"
};
Csv read_csv(std::string_view bytes);

}  // namespace rantau::text
