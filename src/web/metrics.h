// What the server counts of itself: /health, /health/ready and /metrics (OpenMetrics).
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "web/web.h"

namespace rantau::web {

struct Metrics {
  static constexpr std::array<std::int64_t, 10> limits{500,    1000,   2000,    5000,    10'000,
                                                       20'000, 50'000, 100'000, 500'000, 2'000'000};  // µs
  std::array<std::atomic<std::int64_t>, 11> took{};
  std::array<std::atomic<std::int64_t>, 6> statuses{};  // 0: others; 1..5: 1xx..5xx
  std::atomic<std::int64_t> total_us{0}, kept{0};
  void note(int status, std::int64_t micros);
};

Reply own_page(std::string_view path, const Metrics&, db::Store&);

}  // namespace rantau::web
