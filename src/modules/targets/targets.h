// Published figures, each with value, axis, period, edition and source; two editions of one figure stay two facts.
// Percentages are computed here, never typed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::targets {

using FigureId = Id<struct FigureTag>;

enum class Axis {
  origin_region,
  service_office,
  departure_point,
  destination,
  national,
  residents,  // concept: register, census, survey
  place       // where it was recorded, held or has its seat
};
std::string_view word(Axis);

struct Figure {
  FigureId id;
  std::string series;       // "placements", "placements_by_country", "complaints", "target", "population"...
  std::string scope;        // "ID", "31", "JP", "P2P", "BP3MI DKI"...
  std::string label;        // as published
  std::int64_t scaled = 0;  // value x 10^decimals
  int decimals = 0;
  std::string unit;  // persons, percent, companies, reports, cases, vacancies, seats, days, hours, units
  Axis axis{};
  std::string period, edition, source, status, note;
};

struct Import {
  std::int64_t rows = 0, added = 0, same = 0, refused = 0;
  std::vector<Sentence> problems;
};
// A published table as CSV: recognised by its columns (README.md). Good rows are stored, the others
// are named with line and reason. The same file twice adds nothing.
Result<Import> import_statistics(Act&, std::string_view file_name, std::string_view bytes);
// The same without keeping anything: what would be added, what is already held, what is refused.
Result<Import> check_statistics(Act&, std::string_view bytes);

// The published figures this program carries (tables/). Idempotent.
Result<Import> load_published(Act&);

// Held figures in the order they came; what the program carries while nothing is held. "" = every series.
std::vector<Figure> figures(Act&, std::string_view series, std::string_view scope = {});
bool is_public(const Figure&);  // unverified figures never stand on a public page

// part / whole in percent with `decimals` digits, half away from zero. Pure. Nothing when whole is 0.
std::optional<std::int64_t> percent(std::int64_t part, std::int64_t whole, int decimals);
// Growth from base to value, in percent.
std::optional<std::int64_t> growth(std::int64_t value, std::int64_t base, int decimals);
// The bases that a printed growth allows: value / (1 + p) for every p that rounds to the printed one. `nearest` is the
// quotient of the printed growth itself, cut to whole people.
struct Range {
  std::int64_t from, to, nearest;
};
Range implied_base(std::int64_t value, std::int64_t printed_scaled, int decimals);

// Two published statements that cannot both be read as one fact. topic, figure_a, figure_b, why and sources are texts by key,
// so that both languages say them; their percentages are computed (`words`).
struct Contradiction {
  std::string id, topic, figure_a, figure_b, why, sources;
  Words words{};
};
std::vector<Contradiction> contradictions(Act&);

void routes(web::Router&);  // /angka (public) · /angka/{series} · /angka/{series}.csv · /k/angka (imports)

}  // namespace rantau::targets
