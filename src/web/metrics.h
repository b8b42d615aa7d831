// What the server counts of itself: /health, /health/ready and /metrics (OpenMetrics).
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>

#include "web/kit.h"
#include "web/web.h"

namespace rantau::web {

// How long answers took in the last five minutes, a slot a minute. Steps of a fifth: a told time is at most so much too long.
class Recent {
 public:
  static constexpr std::int64_t minutes = 5;
  void note(std::int64_t now_ms, std::int64_t micros);
  std::optional<Pace> pace(std::int64_t now_ms) const;  // nothing before `enough` answers

 private:
  static constexpr std::int64_t enough = 20;
  static constexpr std::size_t steps = 80;  // 50 µs × 1.2^79: 90 s
  static const std::array<std::int64_t, steps>& edges();
  struct Minute {
    std::int64_t number = -1;
    std::array<std::int64_t, steps> took{};
  };
  mutable std::mutex mutex_;
  std::array<Minute, minutes> slots_{};
};

struct Metrics {
  static constexpr std::array<std::int64_t, 10> limits{500,    1000,   2000,    5000,    10'000,
                                                       20'000, 50'000, 100'000, 500'000, 2'000'000};  // µs
  std::array<std::atomic<std::int64_t>, 11> took{};
  std::array<std::atomic<std::int64_t>, 6> statuses{};  // 0: others; 1..5: 1xx..5xx
  std::atomic<std::int64_t> total_us{0}, kept{0};
  Recent recent;
  void note(int status, std::int64_t micros);                       // said by the I/O thread: no handler ran
  void note(int status, std::int64_t micros, std::int64_t now_ms);  // made by a handler
};

Reply own_page(std::string_view path, const Metrics&, db::Store&);

}  // namespace rantau::web
