// Invented words: companies, people, places and employers of the demo province. No real company, no real person.
#pragma once
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace rantau::demo {

// Own arithmetic on the engine's bits, so that a seed means the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }
  template <class T>
  const T& pick(std::span<const T> from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }

 private:
  std::mt19937_64 engine_;
};

std::string company_name(int number);  // distinct for 0 <= number < 6,912: "PT Sauh Senja Perkasa"
std::string person_name(Dice&);
std::string employer_name(Dice&, std::string_view country);
std::string password(Dice&);                                // "perahu-jingga-lentera-417"
std::string in_city(const std::string& address, int city);  // 1..5: the last digit of the regions 31.71 to 31.75
std::string street(Dice&);

// Work abroad as the demo knows it.
struct Work {
  std::string_view isco, title_id, title_en, employer_kind;
  std::string_view requirements, education;
};
std::span<const Work> works();

struct Destination {
  std::string_view country, city, currency;
  std::int64_t pay_floor_minor;  // a month, in the currency's smallest unit: invented for the demo
  std::int64_t rupiah_scaled;    // rupiah for one whole unit x 10,000: invented for the demo
};
std::span<const Destination> destinations();

// A page that says what it is: an invented demand letter, as PDF.
std::string letter_pdf(std::string_view number, std::string_view employer);

}  // namespace rantau::demo
