// Figures, what may be computed from them, and how they come in.
#include "modules/targets/targets.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/embedded.h"
#include "base/money.h"
#include "base/text.h"
#include "modules/targets/shapes.h"
#include "modules/targets/store.h"

namespace rantau::targets {
namespace {

__extension__ typedef __int128 Wide;

std::int64_t power10(int n) {
  std::int64_t p = 1;
  while (n-- > 0) p *= 10;
  return p;
}

// a / b, half away from zero
std::optional<std::int64_t> rounded(Wide a, Wide b) {
  if (b == 0) return std::nullopt;
  const bool negative = (a < 0) != (b < 0);
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  const Wide q = (2 * a + b) / (2 * b);
  if (q > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(negative ? -q : q);
}

Refusal not_allowed() { return {Refusal::forbidden, "targets.import_forbidden"}; }

// A table whose columns the program knows, or why not.
Result<Table> open_table(std::string_view bytes) {
  Table table = read_table(bytes);
  if (table.error) return Refusal{Refusal::invalid, table.error->key, {}, {}, table.error->words};
  if (!table.known) return Refusal{Refusal::invalid, "targets.import_unknown", table.columns};
  return table;
}

// 55 and 55.00 are one value, printed twice.
bool same_value(const Figure& a, const Figure& b) {
  const int most = std::max(a.decimals, b.decimals);
  return a.scaled * power10(most - a.decimals) == b.scaled * power10(most - b.decimals);
}

// tables/figures.tsv in the own layout, tab separated; the shares that follow from it are computed.
const std::vector<Figure>& carried() {
  static const std::vector<Figure> all = [] {
    const auto file = embedded_file("modules/targets/tables/figures.tsv");
    if (!file) throw std::runtime_error("the carried figures are missing");
    Table table = read_table(file->bytes);
    if (!table.known || table.refused != 0) throw std::runtime_error("the carried figures cannot be read");
    const Figure *people = nullptr, *schooled = nullptr;
    for (const Figure& f : table.figures) {
      if (f.series != "jakarta_people" || f.period != "2023-04") continue;
      if (f.label.find("upper-secondary") != std::string::npos) {
        schooled = &f;
      } else if (f.label.starts_with("population")) {
        people = &f;
      }
    }
    if (people && schooled) {
      Figure share = *schooled;
      share.label = "share upper-secondary";
      share.unit = "percent";
      share.status = "derived";
      share.scaled = percent(schooled->scaled, people->scaled, 2).value_or(0);
      share.decimals = 2;
      table.figures.push_back(share);
    }
    return table.figures;
  }();
  return all;
}

// Sorts the figures into new, held and contradicted; `keep` writes the new ones. The carried figures count as held.
Import bring_in(Act& act, const Table& table, bool keep) {
  Import done{.rows = table.rows, .refused = table.refused, .problems = table.problems};
  std::vector<Figure> met;  // what a trial would have kept by now
  if (!keep && store::empty(act)) met = carried();
  const auto same_place = [](const Figure& a, const Figure& b) {
    return a.series == b.series && a.scope == b.scope && a.label == b.label && a.period == b.period && a.edition == b.edition &&
           a.source == b.source;
  };
  for (const Figure& f : table.figures) {
    std::optional<Figure> held = store::same_place(act, f);
    for (const Figure& m : met)
      if (!held && same_place(m, f)) held = m;
    if (!held) {
      ++done.added;
      if (keep) {
        store::add(act, f);
      } else {
        met.push_back(f);
      }
    } else if (same_value(*held, f)) {
      ++done.same;
    } else {
      ++done.refused;
      done.problems.push_back({"targets.row_other_value",
                               {{"label", f.label},
                                {"period", f.period},
                                {"held", show_decimal(held->scaled, held->decimals, "id")},
                                {"given", show_decimal(f.scaled, f.decimals, "id")}}});
    }
  }
  return done;
}

}  // namespace

std::string_view word(Axis a) {
  switch (a) {
    case Axis::origin_region: return "origin_region";
    case Axis::service_office: return "service_office";
    case Axis::departure_point: return "departure_point";
    case Axis::destination: return "destination";
    case Axis::national: return "national";
    case Axis::residents: return "residents";
    case Axis::place: return "place";
  }
  return "";
}

bool is_public(const Figure& f) { return f.status != "unverified"; }

std::optional<std::int64_t> percent(std::int64_t part, std::int64_t whole, int decimals) {
  return rounded(static_cast<Wide>(part) * 100 * power10(decimals), whole);
}

std::optional<std::int64_t> growth(std::int64_t value, std::int64_t base, int decimals) {
  return percent(value - base, base, decimals);
}

Range implied_base(std::int64_t value, std::int64_t printed_scaled, int decimals) {
  // 1 + p in units of half the last printed digit of a percent
  const Wide one = static_cast<Wide>(200) * power10(decimals);
  const Wide middle = one + 2 * static_cast<Wide>(printed_scaled);
  const Wide whole = one * value;
  return {.from = static_cast<std::int64_t>(whole / (middle + 1)) + 1,  // the upper half rounds away: not allowed any more
          .to = static_cast<std::int64_t>(whole / (middle - 1)),
          .nearest = static_cast<std::int64_t>(whole / middle)};
}

Result<Import> check_statistics(Act& act, std::string_view bytes) {
  if (!act.may(Right::import_statistics)) return not_allowed();
  auto table = open_table(bytes);
  if (!table) return table.refusal();
  return bring_in(act, *table, false);
}

Result<Import> import_statistics(Act& act, std::string_view file_name, std::string_view bytes) {
  if (!act.may(Right::import_statistics)) return not_allowed();
  auto table = open_table(bytes);
  if (!table) return table.refusal();
  // A first table joins the figures that were shown so far; it does not take their place.
  if (store::empty(act))
    for (const Figure& f : carried()) store::add(act, f);
  Import done = bring_in(act, *table, true);
  store::record_import(act, text::cut(text::nfkc(file_name), 120), done);
  act.record("targets.imported", "rows=" + std::to_string(done.rows) + " added=" + std::to_string(done.added) +
                                     " same=" + std::to_string(done.same) + " refused=" + std::to_string(done.refused));
  return done;
}

Result<Import> load_published(Act& act) {
  if (!act.may(Right::import_statistics)) return not_allowed();
  Table table;
  table.figures = carried();
  table.rows = static_cast<std::int64_t>(table.figures.size());
  Import done = bring_in(act, table, true);
  if (done.added) act.record("targets.published_loaded", "added=" + std::to_string(done.added));
  return done;
}

std::vector<Figure> figures(Act& act, std::string_view series, std::string_view scope) {
  if (!store::empty(act)) return store::list(act, series, scope);
  std::vector<Figure> out;
  for (const Figure& f : carried())
    if ((series.empty() || f.series == series) && (scope.empty() || f.scope == scope)) out.push_back(f);
  return out;
}

std::vector<Contradiction> contradictions(Act&) {
  static constexpr const char* known[] = {"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13"};
  // Computed once from the printed counts; said with the reader's decimal mark by the page.
  const Words words{
      {"growth_published", std::to_string(growth(279'700, 200'761, 1).value_or(0))},
      {"implied", std::to_string(implied_base(279'700, 2452, 2).nearest)},
      {"edition_gap", std::to_string(growth(297'108, 273'747, 1).value_or(0))},
      {"reached_2024", std::to_string(percent(35'945, 40'586, 1).value_or(0))},
      {"reached_2025", std::to_string(percent(40'790, 42'000, 1).value_or(0))},
  };
  std::vector<Contradiction> out;
  for (const char* id : known) {
    const std::string key = std::string("targets.contradiction.") + id;
    out.push_back({id, key + "_topic", key + "_a", key + "_b", key + "_why", key + "_sources", words});
  }
  return out;
}

}  // namespace rantau::targets
