// Record numbers and public codes.
#include "base/id.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace rantau {

namespace {

constexpr std::int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01 UTC: 41 bits last until 2089
constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int code_length = 9;
constexpr std::uint64_t mask40 = (std::uint64_t{1} << 40) - 1;

// -1: no digit of a code. O, I and L are read as the digits they look like.
int value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  const auto at = crockford.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// ISO 7064 MOD 37-2 (the pure system): the sum of value x 2^(places to the right) leaves 1.
int residue(std::string_view digits) {
  int sum = 0;
  for (char c : digits) sum = (sum * 2 + value_of(c)) % 37;
  return sum;
}

bool check_holds(std::string_view code) { return residue(code) == 1; }

// The check value that completes eight digits, 0..36.
int check_value(std::string_view eight) { return ((1 - residue(eight) * 2) % 37 + 37) % 37; }

std::string eight_digits(std::uint64_t bits) {
  std::string out(8, '0');
  for (int i = 7; i >= 0; --i, bits >>= 5) out[static_cast<std::size_t>(i)] = crockford[bits & 31];
  return out;
}

// Every single substitution and adjacent swap of `typed` that is a valid, existing code.
void find_repairs(const std::string& typed, const std::function<bool(std::string_view)>& known, CodeReading& reading) {
  int found = 0;
  auto consider = [&](const std::string& candidate, int position) {
    if (!check_holds(candidate) || !known(candidate)) return;
    ++found;
    reading.suggestion = candidate;
    reading.wrong_at = position;
  };
  for (std::size_t i = 0; i < typed.size(); ++i) {
    std::string candidate = typed;
    for (char c : crockford) {
      if (c == typed[i]) continue;
      candidate[i] = c;
      consider(candidate, static_cast<int>(i) + 1);
    }
  }
  for (std::size_t i = 0; i + 1 < typed.size(); ++i) {
    if (typed[i] == typed[i + 1]) continue;
    std::string candidate = typed;
    std::swap(candidate[i], candidate[i + 1]);
    consider(candidate, static_cast<int>(i) + 1);
  }
  if (found == 1) return;  // two repairs would only be a guess
  reading.suggestion.clear();
  reading.wrong_at = 0;
}

}  // namespace

std::int64_t IdMaker::next(std::int64_t now_ms) {
  const std::int64_t at = std::max<std::int64_t>(now_ms - epoch_ms, 1);
  if (at > last_ms_) {
    last_ms_ = at;
    sequence_ = 0;
  } else if (++sequence_ == 4096U) {  // more than 4,096 in a millisecond, or a clock set back: run ahead of it
    ++last_ms_;
    sequence_ = 0;
  }
  return (last_ms_ << 22) | (static_cast<std::int64_t>(node_) << 12) | static_cast<std::int64_t>(sequence_);
}

std::string to_string_id(std::int64_t value) { return std::to_string(value); }

std::optional<std::int64_t> parse_id(std::string_view text) {
  if (text.empty() || text.size() > 19 || text.front() < '1' || text.front() > '9') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string make_code(std::uint64_t bits40) {
  // Check values 32..36 would need signs that nobody can say on the phone; letters alone are taken for a word and digits alone
  // for a phone number: such numbers are stepped over. The step is large and odd, so that neighbours do not meet.
  for (std::uint64_t bits = bits40 & mask40;; bits = (bits + 0x9E3779B97FULL) & mask40) {
    std::string code = eight_digits(bits);
    const int check = check_value(code);
    if (check >= 32) continue;
    code += crockford[static_cast<std::size_t>(check)];
    const auto digits = std::count_if(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits > 0 && digits < 9) return code;
  }
}

std::string show_code(std::string_view code) {
  if (code.size() != code_length) return std::string(code);
  std::string out(code.substr(0, 4));
  out += '-';
  out += code.substr(4, 4);
  out += '-';
  out += code.substr(8);
  return out;
}

CodeReading read_code(std::string_view typed, const std::function<bool(std::string_view)>& known) {
  CodeReading reading;
  std::string digits;
  for (char c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '.' || c == '_') continue;
    const int value = value_of(c);
    if (value < 0 || digits.size() == code_length) return reading;
    digits += crockford[static_cast<std::size_t>(value)];
  }
  if (digits.size() != code_length) return reading;
  reading.looks_like_code = true;
  if (check_holds(digits)) {
    reading.code = digits;
    return reading;
  }
  if (known) find_repairs(digits, known, reading);
  return reading;
}

}  // namespace rantau
