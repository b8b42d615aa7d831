// Text from people in one comparable shape, phones, account numbers and NIK. ICU is used here and nowhere else.
#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rantau::text {

namespace {

const icu::Normalizer2& normalizer(bool decompose) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* n = decompose ? icu::Normalizer2::getNFKDInstance(error) : icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no normaliser data");
  return *n;
}

icu::UnicodeString normalized(const icu::UnicodeString& s, bool decompose) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString out = normalizer(decompose).normalize(s, error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU could not normalise a text");
  return out;
}

icu::UnicodeString from_utf8(std::string_view s) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<std::int32_t>(s.size())));
}

std::string to_utf8(const icu::UnicodeString& s) {
  std::string out;
  s.toUTF8String(out);
  return out;
}

bool ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters of other scripts that look like Latin ones: no Indonesian name or advertisement needs them, and forged texts do.
// Capitals and small letters apart, because their looks differ (Greek Ν is an N, ν a v).
struct Lookalike {
  UChar32 from;
  char to;
};
constexpr std::array<Lookalike, 72> lookalikes{
    {{0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'},  {0x041E, 'O'},  {0x0420, 'P'},
     {0x0421, 'C'}, {0x0422, 'T'}, {0x0425, 'X'}, {0x0423, 'Y'}, {0x0406, 'I'}, {0x0408, 'J'},  {0x0405, 'S'},  {0x0430, 'a'},
     {0x0432, 'b'}, {0x0435, 'e'}, {0x043A, 'k'}, {0x043C, 'm'}, {0x043D, 'h'}, {0x043E, 'o'},  {0x0440, 'p'},  {0x0441, 'c'},
     {0x0442, 't'}, {0x0445, 'x'}, {0x0443, 'y'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x0455, 's'},  {0x0501, 'd'},  {0x04BB, 'h'},
     {0x04CF, 'l'}, {0x051B, 'q'}, {0x051D, 'w'}, {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'},  {0x0396, 'Z'},  {0x0397, 'H'},
     {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'},  {0x03A4, 'T'},  {0x03A5, 'Y'},
     {0x03A7, 'X'}, {0x03B1, 'a'}, {0x03B5, 'e'}, {0x03B7, 'n'}, {0x03B9, 'i'}, {0x03BA, 'k'},  {0x03BD, 'v'},  {0x03BF, 'o'},
     {0x03C1, 'p'}, {0x03C4, 't'}, {0x03C5, 'u'}, {0x03C7, 'x'}, {0x03F2, 'c'}, {0x0131, 'i'},  {0x0142, 'l'},  {0x0141, 'L'},
     {0x00F8, 'o'}, {0x00D8, 'O'}, {0x0111, 'd'}, {0x0110, 'D'}, {0x0261, 'g'}, {0x2019, '\''}, {0x2018, '\''}, {0x02BC, '\''}}};

UChar32 latin(UChar32 c) {
  for (const auto& l : lookalikes)
    if (l.from == c) return static_cast<UChar32>(l.to);
  if (c == 0x0060 || c == 0x00B4 || c == 0x02B9 || c == 0x2032) return '\'';
  if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212) return '-';
  return c;
}

std::string ascii_fold(std::string_view s) {
  std::string out;
  bool blank = false;
  for (char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if (c == ' ' || (u >= 9 && u <= 13)) {
      blank = true;
      continue;
    }
    if (u < 0x20 || u == 0x7F) continue;
    if (blank && !out.empty()) out += ' ';
    blank = false;
    if (c == '`') c = '\'';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// One round: decompose, drop marks and invisible characters, look-alikes to Latin, case away.
icu::UnicodeString fold_once(const icu::UnicodeString& s) {
  const icu::UnicodeString apart = normalized(s, true);
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) continue;
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
    if (u_isUWhiteSpace(c)) {
      plain.append(static_cast<UChar32>(' '));
    } else if (type != U_CONTROL_CHAR && type != U_FORMAT_CHAR) {
      plain.append(latin(c));
    }
  }
  return plain.foldCase();
}

}  // namespace

std::string trim(std::string_view s) {
  const auto blank = [](char c) { return c == ' ' || (c >= 9 && c <= 13); };
  while (!s.empty() && blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && blank(s.back())) s.remove_suffix(1);
  return std::string(s);
}

std::string nfkc(std::string_view s) {
  if (ascii(s)) return std::string(s);
  return to_utf8(normalized(from_utf8(s), false));
}

bool valid_utf8(std::string_view s) {
  const auto length = static_cast<std::int32_t>(s.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(s.data(), i, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::size_t length(std::string_view s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string cut(std::string_view s, std::size_t code_points) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < s.size(); ++i)
    if ((static_cast<unsigned char>(s[i]) & 0xC0) != 0x80 && seen++ == code_points) return std::string(s.substr(0, i));
  return std::string(s);
}

std::string fold(std::string_view s) {
  if (ascii(s)) return ascii_fold(s);
  // A second round, because case folding and decomposition can each uncover something for the other.
  return ascii_fold(to_utf8(normalized(fold_once(fold_once(from_utf8(s))), false)));
}

std::vector<std::string> words(std::string_view folded) {
  std::vector<std::string> out;
  std::string word;
  const auto end = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (char c : folded) {
    if (c == '\'') continue;  // Ma'ruf and Maruf are one word
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) {
      word += c;
    } else {
      end();
    }
  }
  end();
  return out;
}

std::vector<std::string> lines(std::string_view s, std::string_view marks) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= s.size();) {
    const auto end = std::min(s.find_first_of(marks, from), s.size());
    if (auto piece = trim(s.substr(from, end - from)); !piece.empty()) out.push_back(std::move(piece));
    from = end + 1;
  }
  return out;
}

std::string digits(std::string_view s) {
  std::string out;
  for (char c : nfkc(s))
    if (c >= '0' && c <= '9') out += c;
  return out;
}

// --- phones ------------------------------------------------------------------------------------------------------

namespace {

bool national_fits(std::string_view n) { return n.size() >= 6 && n.size() <= 13 && n.front() != '0'; }

// Digits of the country calling code at the front (ITU E.164).
std::size_t calling_code(std::string_view n) {
  if (n.starts_with('1') || n.starts_with('7')) return 1;
  constexpr std::array<std::string_view, 44> two{"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41",
                                                 "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54",
                                                 "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
                                                 "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};
  return std::find(two.begin(), two.end(), n.substr(0, 2)) != two.end() ? 2 : 3;
}

std::string grouped(std::string_view n, std::size_t first, std::size_t each, char mark) {
  std::string out;
  for (std::size_t at = 0, size = first; at < n.size(); at += size, size = each) {
    if (n.size() - at < each + 2 && at > 0) size = n.size() - at;  // no group of one at the end
    if (at) out += mark;
    out += n.substr(at, size);
    if (at + size >= n.size()) break;
  }
  return out;
}

std::string at_home(std::string_view national) {  // without the leading 0
  const std::string n = "0" + std::string(national);
  if (national.front() == '8') return grouped(n, 4, 4, '-');
  for (auto city : {"021", "022", "024", "031", "061"})
    if (n.starts_with(city)) return grouped(n, 3, 4, '-');
  return grouped(n, 4, 4, '-');
}

}  // namespace

std::optional<std::string> phone(std::string_view typed) {
  if (typed.size() > 100) return std::nullopt;
  std::string n;
  bool plus = false;
  std::string shape = fold(typed);
  if (shape.starts_with("tel:")) shape.erase(0, 4);
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = shape[i];
    if (c >= '0' && c <= '9') {
      n += c;
    } else if (c == '+' && n.empty() && !plus) {
      plus = true;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '/') {
      return std::nullopt;
    }
  }
  if (!plus && n.starts_with("00")) {
    plus = true;
    n.erase(0, 2);
  }
  std::string national;
  if (n.starts_with("62") && (plus || n.size() >= 9)) {
    national = n.substr(2);
    if (national.starts_with('0')) national.erase(0, 1);  // +62 (0) 812 ...
  } else if (plus) {
    return n.size() >= 8 && n.size() <= 15 && n.front() != '0' ? std::optional("+" + n) : std::nullopt;
  } else if (n.starts_with('0')) {
    national = n.substr(1);
  }
  if (national.empty() || !national_fits(national)) return std::nullopt;
  return "+62" + national;
}

std::string show_phone(std::string_view e164) {
  if (e164.size() < 6 || e164.front() != '+') return std::string(e164);
  if (e164.starts_with("+62")) return at_home(e164.substr(3));
  const auto code = calling_code(e164.substr(1));
  return std::string(e164.substr(0, code + 1)) + " " + grouped(e164.substr(code + 1), 3, 3, ' ');
}

// --- NIK ---------------------------------------------------------------------------------------------------------

NikReading nik(std::string_view typed) {
  NikReading r;
  r.digits = digits(typed);
  r.sixteen = r.digits.size() == 16;
  if (!r.sixteen) return r;
  const auto two = [&](std::size_t at) { return (r.digits[at] - '0') * 10 + (r.digits[at + 1] - '0'); };
  r.day = two(6);
  r.woman = r.day > 40;
  if (r.woman) r.day -= 40;
  r.month = two(8);
  r.year2 = two(10);
  constexpr std::array<int, 13> longest{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  r.plausible_date = r.month >= 1 && r.month <= 12 && r.day >= 1 && r.day <= longest[static_cast<std::size_t>(r.month)] &&
                     !(r.month == 2 && r.day == 29 && r.year2 % 4 != 0);
  r.synthetic = r.digits.ends_with("0000");
  return r;
}

// --- writing into other notations ----------------------------------------------------------------------------------

std::string html(std::string_view s) {
  std::string out;
  out.reserve(s.size() + s.size() / 8);
  for (char c : s) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  return out;
}

std::string url(std::string_view s) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (char c : s) {
    const auto u = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
        c == '~') {
      out += c;
    } else {
      out += '%';
      out += hex[u >> 4];
      out += hex[u & 15];
    }
  }
  return out;
}

}  // namespace rantau::text
