// The invented province: one deterministic generator for the demo, the tests and the benches. Same seed, same province.
// Everything goes through the modules' use cases, so what the demo holds the rules have allowed.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "db/act.h"

namespace rantau::demo {

struct Plan {
  int people = 20000;  // size of the province; companies and orders follow from it unless given
  int companies = 0;   // 0: people / 200
  int orders = 0;      // 0: people / 50
  std::uint64_t seed = 1;
  Date today;  // the day the stories are told on; unknown: the day of the store's clock
  // Moves the clock of the store while the past is told; without it everything happens on one day.
  std::function<void(Instant)> set_clock{};
};

struct Account {
  std::string login, password, name, role, org;
};

struct Made {
  std::vector<Account> accounts;  // with the passwords that `rantau demo` prints
  int companies = 0, orders = 0, open_orders = 0, warnings = 0;
  std::vector<std::string> examples;  // texts to paste into "Cek tawaran", one for each verdict
};

// `progress` is told what is being made, done and in all.
using Progress = std::function<void(std::string_view, int, int)>;
Made make(db::Store&, const Plan&, const Progress& = {});

}  // namespace rantau::demo
