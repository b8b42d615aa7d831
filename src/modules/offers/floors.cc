// The lowest pay of a destination: which one counts on a day, and who may enter one. A company never does.
#include <tuple>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/floor_store.h"
#include "modules/offers/offers.h"

namespace rantau::offers {
namespace {

constexpr int most_floors = 500;     // of one country: more than are ever in force
constexpr int far_ahead_days = 366;  // rises are announced for the next year, not for later ones

}  // namespace

std::optional<Floor> floor_on(const std::vector<Floor>& all, std::string_view country, std::string_view isco, Date day) {
  const Floor* best = nullptr;
  for (const Floor& f : all) {
    if (f.country != country || f.from > day || isco.substr(0, f.occupation.size()) != f.occupation) continue;
    const auto rank = [](const Floor& x) { return std::tuple(x.occupation.size(), x.from, x.id.value); };
    if (best == nullptr || rank(*best) < rank(f)) best = &f;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

Result<FloorId> set_floor(Act& act, Floor f, bool sure) {
  if (!act.may(Right::examine_job_orders)) return Refusal{Refusal::forbidden, "offers.not_your_duty"};
  Refusal no{Refusal::invalid, "offers.floor_wrong"};
  const auto wrong = [&](const char* field, const char* key) { no.fields.emplace_back(field, Sentence{key}); };
  f.source = text::trim(f.source);
  f.page = text::trim(f.page);
  if (reference::country(f.country) == nullptr) wrong("country", "offers.order.country_wrong");
  if (!f.occupation.empty() && !isco_known(f.occupation)) wrong("occupation", "offers.post.occupation_unknown");
  if (f.amount.minor <= 0) wrong("amount", "offers.floor.amount_wrong");
  if (!f.from.known() || f.from > act.today.plus_days(far_ahead_days)) wrong("from", "offers.floor.from_far");
  if (f.source.empty()) wrong("source", "offers.floor.source_missing");
  if (!no.fields.empty()) return no;
  // A slipped zero would judge every pay of that country.
  const auto before = floor_on(floors(act, f.country, most_floors), f.country, f.occupation, f.from);
  const bool same = before && before->occupation == f.occupation && before->amount.currency == f.amount.currency;
  if (!sure && same && (f.amount.minor > 2 * before->amount.minor || 2 * f.amount.minor < before->amount.minor)) {
    wrong("amount", "offers.floor.amount_far");
    return no;
  }
  f.id = act.fresh<FloorId>();
  f.by = act.who.user;
  f.at = act.now;
  store::add_floor(act.db, f);
  act.record("offers.floor_set", f.id,
             f.country + (f.occupation.empty() ? "" : " " + f.occupation) + " from=" + f.from.iso() +
                 " amount=" + std::to_string(f.amount.minor) + " " + f.amount.currency);
  return f.id;
}

std::vector<Floor> floors(Act& act, std::string_view country, int count) { return store::floors(act.db, country, count); }

}  // namespace rantau::offers
