// An amount in one currency, as a whole number of its smallest unit. Two currencies are never compared or added.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rantau {

struct Money {
  std::int64_t minor = 0;       // IDR, JPY, KRW, TWD (as used in contracts): whole units; HKD, MYR, SGD...: cents
  std::string currency{"IDR"};  // ISO 4217
  bool operator==(const Money&) const = default;
};
// Throw std::logic_error on two currencies: that is a bug, not a refusal.
bool operator<(const Money&, const Money&);
Money operator+(const Money&, const Money&);
Money operator-(const Money&, const Money&);

int minor_digits(std::string_view currency);            // digits after the point: JPY 0, MYR 2; IDR and TWD 0 by custom
std::string show(const Money&, std::string_view lang);  // "Rp 8.000.000", "NT$ 28.590", "RM 1.700,00" (id) / "RM 1,700.00" (en)
std::string show_number(std::int64_t, std::string_view lang);                        // "1.234" / "1,234"
std::string show_decimal(std::int64_t scaled, int decimals, std::string_view lang);  // (3904, 2, id) -> "39,04"
// "Rp 7,5 juta", "7.500.000", "7jt", "40 JT", "Rp. 4.500.000,-", "USD 3,200": what a message or a form says.
std::optional<Money> parse_money(std::string_view typed, std::string_view default_currency = "IDR");
// Has it more digits after the mark than its currency, so that parse_money rounds it? "198.000,50" in JPY.
bool finer_than_money(std::string_view typed, std::string_view default_currency = "IDR");
std::optional<std::int64_t> parse_whole(std::string_view typed);  // "1.234", "1,234", "1234" -> 1234

}  // namespace rantau
