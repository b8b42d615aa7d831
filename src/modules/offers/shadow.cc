// Makes a message plain: full-width, bold and look-alike letters to ASCII, invisible marks away, every letter traceable.
#include "modules/offers/shadow.h"

#include <map>

#include "base/text.h"

namespace rantau::offers {

namespace {

// One UTF-8 sequence; a broken byte is one sign of its own.
struct Sign {
  char32_t value = 0xFFFD;
  std::size_t bytes = 1;
};
Sign next_sign(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char b = byte(at);
  if (b < 0x80) return {b, 1};
  const std::size_t n = b >= 0xF0 && b < 0xF8 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 1;
  if (n == 1 || b >= 0xF8 || at + n > s.size()) return {};
  char32_t v = b & (0x7FU >> n);
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    v = (v << 6) | (byte(at + i) & 0x3FU);
  }
  const bool overlong = v < (n == 2 ? 0x80U : n == 3 ? 0x800U : 0x10000U);
  if (overlong || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000)) return {};
  return {v, n};
}

bool all_ascii(std::string_view s) {
  for (char c : s)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

// Digits of other scripts are read as what they count.
char other_digit(char32_t c) {
  for (char32_t zero : {U'\x0660', U'\x06F0', U'\x0966', U'\x09E6', U'\x0E50'})
    if (c >= zero && c <= zero + 9) return static_cast<char>('0' + (c - zero));
  return 0;
}

// What a sign beyond ASCII stands for: "" when it is invisible, "*" when it is no letter that we read.
std::string plain_of(std::string_view bytes, char32_t c) {
  if (char d = other_digit(c)) return std::string(1, d);
  if (c == 0x20E3) return "";  // the box around a keycap digit
  std::string s = text::nfkc(bytes);
  if (s.empty()) return "";
  if (all_ascii(s)) return s.size() <= 4 ? s : "*";
  s = text::fold(bytes);
  if (s.empty()) {
    // Marks and invisible signs vanish; a blank of another width stays a blank.
    return c == 0x2028 || c == 0x2029 ? "\n" : (c >= 0x2000 && c <= 0x200A) || c == 0x3000 || c == 0xA0 ? " " : "";
  }
  if (s == "\xE2\x80\x9C" || s == "\xE2\x80\x9D") return "\"";
  return all_ascii(s) && s.size() <= 4 ? s : "*";
}

}  // namespace

bool Shadow::free(std::size_t a, std::size_t b) const {
  for (std::size_t i = a; i < b; ++i)
    if (taken[i]) return false;
  return true;
}

Piece Shadow::take(Kind kind, std::size_t a, std::size_t b, std::string value) {
  for (std::size_t i = a; i < b; ++i) taken[i] = true;
  Piece p;
  p.kind = kind;
  p.value = std::move(value);
  p.from = from[a];
  p.to = to[b - 1];
  p.shown = std::string(original.substr(p.from, p.to - p.from));
  return p;
}

Shadow shadow_of(std::string_view text) {
  Shadow s;
  s.original = text;
  std::map<char32_t, std::string> known;  // a message uses few different signs
  std::size_t read = 0;
  for (std::size_t at = 0; at < text.size() && read < most_characters; ++read) {
    const Sign sign = next_sign(text, at);
    const auto put = [&](char c) {
      const auto u = static_cast<unsigned char>(c);
      if (u < 0x20 && c != '\n') c = ' ';
      if (u == 0x7F) return;
      s.plain += c;
      s.lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      s.from.push_back(static_cast<std::uint32_t>(at));
      s.to.push_back(static_cast<std::uint32_t>(at + sign.bytes));
      s.sign.push_back(sign.value);
    };
    if (sign.value < 0x80) {
      put(static_cast<char>(sign.value));
    } else {
      auto found = known.find(sign.value);
      if (found == known.end()) found = known.emplace(sign.value, plain_of(text.substr(at, sign.bytes), sign.value)).first;
      for (char c : found->second) put(c);
    }
    at += sign.bytes;
  }
  s.taken.assign(s.plain.size(), false);
  return s;
}

std::vector<Token> tokens_of(const Shadow& s) {
  std::vector<Token> out;
  const std::string_view low = s.lower;
  for (std::size_t i = 0; i < low.size();) {
    std::size_t end = i + 1;
    Token::Type type = Token::other;
    if (is_lower(low[i])) {
      while (end < low.size() && (is_lower(low[end]) || (low[end] == '\'' && end + 1 < low.size() && is_lower(low[end + 1]))))
        ++end;
      type = Token::word;
    } else if (is_digit(low[i])) {
      while (end < low.size() && is_digit(low[end])) ++end;
      type = Token::number;
    } else if (low[i] == '\n') {
      type = Token::line;
    } else if (low[i] == ' ') {
      i = end;
      continue;
    }
    out.push_back({type, i, end, low.substr(i, end - i)});
    i = end;
  }
  return out;
}

}  // namespace rantau::offers
