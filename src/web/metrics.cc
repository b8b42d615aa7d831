// See metrics.h.
#include "web/metrics.h"

#include <string>

namespace rantau::web {

void Metrics::note(int status, std::int64_t micros) {
  const auto group = static_cast<std::size_t>(status / 100);
  statuses[group < statuses.size() ? group : 0].fetch_add(1, std::memory_order_relaxed);
  std::size_t i = 0;
  while (i < limits.size() && micros > limits[i]) ++i;
  took[i].fetch_add(1, std::memory_order_relaxed);
  total_us.fetch_add(micros, std::memory_order_relaxed);
}

Reply own_page(std::string_view path, const Metrics& m, db::Store& store) {
  if (path == "/health") return text("ok\n", "text/plain; charset=utf-8");
  if (path == "/health/ready")
    return store.read_only() ? text("read-only\n", "text/plain; charset=utf-8", 503) : text("ready\n", "text/plain; charset=utf-8");
  std::string out;
  const auto line = [&](std::string_view name, std::int64_t value) {
    out += std::string(name) + " " + std::to_string(value) + "\n";
  };
  out += "# TYPE rantau_http_requests counter\n";
  constexpr std::array<std::string_view, 6> names{"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
  for (std::size_t i = 0; i < names.size(); ++i)
    line("rantau_http_requests_total{status=\"" + std::string(names[i]) + "\"}", m.statuses[i]);
  line("rantau_http_requests_total{status=\"kept\"}", m.kept);
  out += "# TYPE rantau_http_seconds histogram\n";
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < m.limits.size(); ++i) {
    sum += m.took[i];
    line("rantau_http_seconds_bucket{le=\"" + std::to_string(static_cast<double>(m.limits[i]) / 1e6) + "\"}", sum);
  }
  sum += m.took.back();
  line("rantau_http_seconds_bucket{le=\"+Inf\"}", sum);
  line("rantau_http_seconds_count", sum);
  out += "rantau_http_seconds_sum " + std::to_string(static_cast<double>(m.total_us) / 1e6) + "\n";
  const auto f = store.figures();
  for (const auto& [name, value] : {std::pair{"rantau_db_commits", f.commits},
                                    {"rantau_db_writes", f.writes},
                                    {"rantau_db_refused", f.refused},
                                    {"rantau_db_faults", f.faults},
                                    {"rantau_db_retries", f.retries}}) {
    out += "# TYPE " + std::string(name) + " counter\n";
    line(std::string(name) + "_total", value);
  }
  for (const auto& [name, value] : {std::pair{"rantau_db_queued", f.queued},
                                    {"rantau_journal_unsealed", f.unsealed},
                                    {"rantau_db_read_only", std::int64_t{store.read_only()}}}) {
    out += "# TYPE " + std::string(name) + " gauge\n";
    line(name, value);
  }
  return text(out + "# EOF\n", "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

}  // namespace rantau::web
