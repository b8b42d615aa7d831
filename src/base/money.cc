// Amounts and numbers: reading what people type ("Rp 7,5 juta"), writing what they read.
#include "base/money.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/reference.h"
#include "base/text.h"

namespace rantau {

namespace {

void same_currency(const Money& a, const Money& b) {
  if (a.currency != b.currency) throw std::logic_error("two currencies in one sum: " + a.currency + " and " + b.currency);
}

std::int64_t power10(int n) {
  std::int64_t p = 1;
  while (n-- > 0) p *= 10;
  return p;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> signs{{{"IDR", "Rp"},
                                                                               {"TWD", "NT$"},
                                                                               {"MYR", "RM"},
                                                                               {"HKD", "HK$"},
                                                                               {"SGD", "S$"},
                                                                               {"JPY", "¥"},
                                                                               {"KRW", "₩"},
                                                                               {"USD", "US$"},
                                                                               {"EUR", "€"},
                                                                               {"TRY", "₺"},
                                                                               {"AUD", "A$"},
                                                                               {"BND", "B$"}}};

// What people write for a currency, folded. Longer names first: "nt$" before "$".
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> names{
    {{"rupiah", "IDR"}, {"ringgit", "MYR"}, {"riyal", "SAR"}, {"dirham", "AED"}, {"euro", "EUR"}, {"yen", "JPY"}, {"won", "KRW"},
     {"nt$", "TWD"},    {"ntd", "TWD"},     {"hk$", "HKD"},   {"us$", "USD"},    {"usd", "USD"},  {"rp", "IDR"},  {"rm", "MYR"},
     {"s$", "SGD"},     {"nt", "TWD"},      {"¥", "JPY"},     {"円", "JPY"},     {"₩", "KRW"},    {"€", "EUR"},   {"$", "USD"},
     {"idr", "IDR"},    {"lira", "TRY"},    {"₺", "TRY"},     {"a$", "AUD"},     {"b$", "BND"}}};

constexpr std::array<std::pair<std::string_view, int>, 19> powers{{{"rb", 3},
                                                                   {"ribu", 3},
                                                                   {"k", 3},
                                                                   {"thousand", 3},
                                                                   {"jt", 6},
                                                                   {"juta", 6},
                                                                   {"jta", 6},
                                                                   {"mio", 6},
                                                                   {"million", 6},
                                                                   {"mln", 6},
                                                                   {"miliar", 9},
                                                                   {"m", 9},
                                                                   {"milyar", 9},
                                                                   {"mil", 9},
                                                                   {"billion", 9},
                                                                   {"bn", 9},
                                                                   {"triliun", 12},
                                                                   {"t", 12},
                                                                   {"trillion", 12}}};

constexpr std::array<std::string_view, 12> rates{"/bulan",    "/bln",    "/month",  "per bulan", "perbulan", "sebulan",
                                                 "per month", "a month", "/ bulan", "/ bln",     "/ month",  "per bln"};

bool digit(char c) { return c >= '0' && c <= '9'; }

struct Reader {
  std::string text;
  void trim() { text = text::trim(text); }
  bool drop_front(std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.erase(0, what.size());
    trim();
    return true;
  }
  bool drop_back(std::string_view what) {
    if (!text.ends_with(what)) return false;
    text.erase(text.size() - what.size());
    trim();
    return true;
  }
};

// The currency named before or after the number; removed from the text.
std::optional<std::string> take_currency(Reader& r) {
  const auto whole_word = [](char next) { return !(next >= 'a' && next <= 'z'); };
  for (const auto& [name, code] : names) {
    if (r.text.starts_with(name) && (r.text.size() == name.size() || whole_word(r.text[name.size()]))) {
      r.drop_front(name);
      r.drop_front(".");
      return std::string(code);
    }
    if (r.text.ends_with(name) && r.text.size() > name.size() &&
        (whole_word(r.text[r.text.size() - name.size() - 1]) || name.size() > 4)) {
      r.drop_back(name);
      return std::string(code);
    }
  }
  const auto code_at = [&](std::size_t at) -> std::optional<std::string> {
    std::string code = r.text.substr(at, 3);
    for (char& c : code) {
      if (c < 'a' || c > 'z') return std::nullopt;
      c = static_cast<char>(c - 'a' + 'A');
    }
    return reference::currency(code) ? std::optional(code) : std::nullopt;
  };
  if (r.text.size() <= 3) return std::nullopt;
  if (whole_word(r.text[3]))
    if (auto code = code_at(0)) {
      r.drop_front(r.text.substr(0, 3));
      return code;
    }
  if (whole_word(r.text[r.text.size() - 4]))
    if (auto code = code_at(r.text.size() - 3)) {
      r.drop_back(r.text.substr(r.text.size() - 3));
      return code;
    }
  return std::nullopt;
}

// Groups of three after the first: 1.234.567
bool grouped(std::string_view s, char mark) {
  std::size_t run = 0, groups = 0;
  for (char c : s) {
    if (c != mark) {
      ++run;
      continue;
    }
    if (groups == 0 ? run < 1 || run > 3 : run != 3) return false;
    run = 0;
    ++groups;
  }
  return groups > 0 && run == 3;
}

struct Decimal {
  std::int64_t digits = 0;
  int after = 0;  // digits behind the decimal mark
};

std::optional<Decimal> to_decimal(std::string_view whole, std::string_view fraction) {
  Decimal out;
  int used = 0;
  for (auto part : {whole, fraction})
    for (char c : part) {
      if (!digit(c)) continue;
      if (++used > 17) return std::nullopt;
      out.digits = out.digits * 10 + (c - '0');
    }
  out.after = static_cast<int>(fraction.size());
  return used ? std::optional(out) : std::nullopt;
}

// Either mark may group or divide. Two kinds: the last one divides. One kind: groups of three, unless the currency has
// three digits after its mark.
std::optional<Decimal> read_decimal(std::string_view s, int three_digit_decimals) {
  if (s.empty() || !digit(s.front()) || !digit(s.back())) return std::nullopt;
  for (char c : s)
    if (!digit(c) && c != '.' && c != ',') return std::nullopt;
  const auto dot = s.rfind('.'), comma = s.rfind(',');
  if (dot == std::string_view::npos && comma == std::string_view::npos) return to_decimal(s, {});
  if (dot != std::string_view::npos && comma != std::string_view::npos) {
    const auto at = std::max(dot, comma);
    const char grouping = dot > comma ? ',' : '.';
    if (s.find(s[at]) != at || !grouped(s.substr(0, at), grouping)) return std::nullopt;
    return to_decimal(s.substr(0, at), s.substr(at + 1));
  }
  const char mark = dot != std::string_view::npos ? '.' : ',';
  const auto at = s.find(mark);
  const bool single = s.find(mark, at + 1) == std::string_view::npos;
  if (single && three_digit_decimals == 3 && s.size() - at - 1 == 3) return to_decimal(s.substr(0, at), s.substr(at + 1));
  if (grouped(s, mark)) return to_decimal(s, {});
  if (!single || s.size() - at - 1 > 2) return std::nullopt;
  return to_decimal(s.substr(0, at), s.substr(at + 1));
}

// value x 10^shift, half away from zero.
std::optional<std::int64_t> scale(Decimal d, int shift) {
  shift -= d.after;
  for (; shift > 0; --shift)
    if (__builtin_mul_overflow(d.digits, std::int64_t{10}, &d.digits)) return std::nullopt;
  if (shift < 0) d.digits = (d.digits + power10(-shift) / 2) / power10(-shift);
  return d.digits > 1'000'000'000'000'000'000 ? std::nullopt : std::optional(d.digits);
}

int take_power(Reader& r) {
  for (const auto& [name, power] : powers) {
    if (!r.text.ends_with(name) || r.text.size() == name.size()) continue;
    const char before = r.text[r.text.size() - name.size() - 1];
    if (!digit(before) && before != ' ') continue;
    r.drop_back(name);
    return power;
  }
  return 0;
}

std::string group(std::string digits, char mark) {
  for (std::ptrdiff_t i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), 1, mark);
  return digits;
}

}  // namespace

bool operator<(const Money& a, const Money& b) {
  same_currency(a, b);
  return a.minor < b.minor;
}
Money operator+(const Money& a, const Money& b) {
  same_currency(a, b);
  return {a.minor + b.minor, a.currency};
}
Money operator-(const Money& a, const Money& b) {
  same_currency(a, b);
  return {a.minor - b.minor, a.currency};
}

int minor_digits(std::string_view currency) {
  for (auto none : {"IDR", "TWD", "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF", "KMF", "GNF", "DJF",
                    "BIF", "VUV"})
    if (currency == none) return 0;
  for (auto three : {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
    if (currency == three) return 3;
  return 2;
}

std::string show_decimal(std::int64_t scaled, int decimals, std::string_view lang) {
  const bool english = lang == "en";
  const std::uint64_t size = scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  std::string digits = std::to_string(size);
  const auto after = static_cast<std::size_t>(std::max(decimals, 0));
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  std::string out = scaled < 0 ? "-" : "";
  out += group(digits.substr(0, digits.size() - after), english ? ',' : '.');
  if (after) out += (english ? "." : ",") + digits.substr(digits.size() - after);
  return out;
}

std::string show_number(std::int64_t n, std::string_view lang) { return show_decimal(n, 0, lang); }

std::string show(const Money& m, std::string_view lang) {
  std::string sign = m.currency;
  for (const auto& [code, written] : signs)
    if (m.currency == code) sign = written;
  std::string number = show_decimal(m.minor, minor_digits(m.currency), lang);
  if (m.minor < 0) return "-" + sign + " " + number.substr(1);
  return sign + " " + number;
}

namespace {

struct Said {
  Decimal number;
  int shift = 0;  // to the smallest unit
  bool negative = false;
  std::string currency;
};

std::optional<Said> read_money(std::string_view typed, std::string_view default_currency) {
  if (typed.size() > 200) return std::nullopt;
  Reader r{text::fold(typed)};
  for (auto rate : rates)
    if (r.drop_back(rate)) break;
  for (auto end : {",-", ".-", ",--", "/-"})
    if (r.drop_back(end)) break;
  const bool negative = r.drop_front("-");
  auto currency = take_currency(r);
  const int power = take_power(r);
  if (!currency) currency = take_currency(r);
  const std::string code = currency.value_or(std::string(default_currency));
  const auto number = read_decimal(r.text, power ? 0 : minor_digits(code));
  if (!number) return std::nullopt;
  return Said{*number, power + minor_digits(code), negative, code};
}

}  // namespace

std::optional<Money> parse_money(std::string_view typed, std::string_view default_currency) {
  const auto said = read_money(typed, default_currency);
  if (!said) return std::nullopt;
  const auto minor = scale(said->number, said->shift);
  if (!minor) return std::nullopt;
  return Money{said->negative ? -*minor : *minor, said->currency};
}

bool finer_than_money(std::string_view typed, std::string_view default_currency) {
  const auto said = read_money(typed, default_currency);
  return said && said->number.after > said->shift && said->number.digits % power10(said->number.after - said->shift) != 0;
}

std::optional<std::int64_t> parse_whole(std::string_view typed) {
  std::string s = text::nfkc(text::trim(typed));
  const bool negative = s.starts_with('-');
  if (negative) s.erase(0, 1);
  if (s.empty() || s.size() > 24) return std::nullopt;
  for (char mark : {'.', ',', ' '})
    if (s.find(mark) != std::string::npos) {
      if (!grouped(s, mark)) return std::nullopt;
      std::erase(s, mark);
    }
  if (s.size() > 18 || !std::all_of(s.begin(), s.end(), digit)) return std::nullopt;
  std::int64_t n = 0;
  for (char c : s) n = n * 10 + (c - '0');
  return negative ? -n : n;
}

}  // namespace rantau
