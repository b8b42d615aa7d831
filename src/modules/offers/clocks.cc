// The deadlines of an order and who has had it for how long.
#include "modules/offers/clocks.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace rantau::offers {
namespace {

bool over(Stage s) { return s == Stage::refused || s == Stage::revoked || s == Stage::withdrawn || s == Stage::discarded; }

}  // namespace

std::vector<Clock> clocks(const Order& o, const partners::Company& company, Date today) {
  std::vector<Clock> all;
  if (over(o.stage)) return all;
  if (holder(o.stage) != Holder::nobody) all.push_back({"turn", today.plus_days(turn_days - days_there(o, today))});
  if (o.recruit_until.known()) all.push_back({"recruitment", o.recruit_until});
  if (o.sip2mi_until.known()) all.push_back({"permit", o.sip2mi_until});
  if (company.licence_until.known()) all.push_back({"licence", company.licence_until});
  std::stable_sort(all.begin(), all.end(), [](const Clock& a, const Clock& b) { return a.until < b.until; });
  return all;
}

std::vector<Held> held(const std::vector<Step>& steps, bool served, Date today) {
  std::array<Held, 4> by_holder{};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Holder who = holder(steps[i].stage);
    if (who == Holder::mission && !served) who = Holder::examiner;
    if (who == Holder::nobody) continue;
    const bool last = i + 1 == steps.size();
    const Date from = day_of(steps[i].at), to = last ? today : day_of(steps[i + 1].at);
    Held& line = by_holder.at(static_cast<std::size_t>(who));
    line.holder = who;
    line.days += static_cast<int>(std::max<std::int64_t>(0, (to.days() - from.days()).count()));
    line.now = last;
    // A turn of several steps began with the first of them.
    const bool same = i > 0 && line.since.known() &&
                      (holder(steps[i - 1].stage) == who ||
                       (!served && who == Holder::examiner && holder(steps[i - 1].stage) == Holder::mission));
    if (!same) line.since = from;
  }
  std::vector<Held> all;
  for (const Held& line : by_holder)
    if (line.since.known()) all.push_back(line);
  return all;
}

double axis_at(std::int64_t days) {
  if (days < 0) return 50 - 10 * static_cast<double>(std::min<std::int64_t>(4, -days));
  return 50 + 160 * std::log1p(static_cast<double>(std::min<std::int64_t>(days, 365))) / std::log1p(365.0);
}

std::string axis_svg(std::int64_t days, std::string_view label) {
  std::string lines;
  for (const int tick : {-4, 1, 7, 30, 90, 365}) lines += fmt::format("M{:.1f} 0v20", axis_at(tick));
  const double now = axis_at(0), end = axis_at(days);
  return fmt::format(
      "<svg class=\"databar\" viewBox=\"0 0 220 20\" width=\"220\" height=\"20\" role=\"img\" aria-label=\"{}\">"
      "<path class=\"l-line\" d=\"{}\"/><path class=\"l-ink\" stroke-width=\"2\" d=\"M{:.1f} 0v20\"/>"
      "<path class=\"{}\" stroke-width=\"4\" d=\"M{:.1f} 10H{:.1f}\"/><path class=\"{}\" d=\"M{:.1f} 4l6 6-6 6-6-6z\"/></svg>",
      text::html(label), lines, now, days < 0 ? "l-danger" : "l-data", std::min(now, end), std::max(now, end),
      days < 0 ? "p-danger" : "p-data", end);
}

}  // namespace rantau::offers
