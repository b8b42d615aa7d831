// See metrics.h.
#include "web/metrics.h"

#include <algorithm>
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

void Metrics::note(int status, std::int64_t micros, std::int64_t now_ms) {
  note(status, micros);
  recent.note(now_ms, micros);
}

const std::array<std::int64_t, Recent::steps>& Recent::edges() {
  static const auto table = [] {
    std::array<std::int64_t, steps> all{};
    double edge = 50;
    for (auto& e : all) {
      e = static_cast<std::int64_t>(edge);
      edge *= 1.2;
    }
    return all;
  }();
  return table;
}

void Recent::note(std::int64_t now_ms, std::int64_t micros) {
  const std::int64_t number = now_ms / 60'000;
  const auto& edge = edges();
  const auto step = static_cast<std::size_t>(std::lower_bound(edge.begin(), edge.end() - 1, micros) - edge.begin());
  std::lock_guard lock(mutex_);
  Minute& minute = slots_[static_cast<std::size_t>(number % minutes)];
  if (minute.number != number) minute = {.number = number};
  ++minute.took[step];
}

std::optional<Pace> Recent::pace(std::int64_t now_ms) const {
  std::array<std::int64_t, steps> took{};
  std::int64_t answers = 0;
  {
    std::lock_guard lock(mutex_);
    for (const Minute& minute : slots_) {
      if (minute.number <= now_ms / 60'000 - minutes || minute.number > now_ms / 60'000) continue;
      for (std::size_t i = 0; i < steps; ++i) took[i] += minute.took[i];
    }
  }
  for (const auto n : took) answers += n;
  if (answers < enough) return std::nullopt;
  std::int64_t so_far = 0;
  for (std::size_t i = 0; i < steps; ++i)
    if ((so_far += took[i]) * 100 >= answers * 95) return Pace{.p95_us = edges()[i], .answers = answers};
  return std::nullopt;
}

std::optional<Pace> pace(const Request& q, Instant now) { return q.metrics ? q.metrics->recent.pace(now.ms) : std::nullopt; }

namespace {

Reply readiness(db::Store::Trouble trouble) {
  const auto away = [](std::string_view what) {
    Reply reply = text(std::string(what) + "\n", "text/plain; charset=utf-8", 503);
    reply.headers.emplace_back("Retry-After", "10");
    return reply;
  };
  switch (trouble) {
    case db::Store::Trouble::none: break;
    case db::Store::Trouble::unreachable: return away("database unreachable");
    case db::Store::Trouble::disk_full: return away("read-only: the disk is full");
    case db::Store::Trouble::read_only: return away("read-only");
  }
  return text("ready\n", "text/plain; charset=utf-8");
}

}  // namespace

Reply own_page(std::string_view path, const Metrics& m, db::Store& store) {
  if (path == "/health") return text("ok\n", "text/plain; charset=utf-8");
  if (path == "/ready" || path == "/health/ready") return readiness(store.trouble());
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
  if (const auto told = m.recent.pace(store.now().ms)) {
    out += "# TYPE rantau_http_recent_p95_seconds gauge\n";
    out += "rantau_http_recent_p95_seconds " + std::to_string(static_cast<double>(told->p95_us) / 1e6) + "\n";
  }
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
                                    {"rantau_db_read_only", std::int64_t{store.read_only()}},
                                    {"rantau_ready", std::int64_t{store.trouble() == db::Store::Trouble::none}}}) {
    out += "# TYPE " + std::string(name) + " gauge\n";
    line(name, value);
  }
  return text(out + "# EOF\n", "application/openmetrics-text; version=1.0.0; charset=utf-8");
}

}  // namespace rantau::web
