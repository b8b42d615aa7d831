// Lists of orders: counted and paged by key, out of an index that holds all that is asked.
#include "modules/offers/list_store.h"

#include "base/text.h"
#include "modules/offers/store.h"

namespace rantau::offers::store {
namespace {

// An open order whose days are over is expired, one without places is full: as stage_on() says.
#define SHOWN                                                                             \
  "CASE WHEN stage = 'open' AND (recruit_until < $5 OR sip2mi_until < $5) THEN 'expired'" \
  " WHEN stage = 'open' AND places_left <= 0 THEN 'full' ELSE stage END"
#define COUNTED                                                                                                                   \
  "SUM(CASE WHEN stage = 'open' AND (recruit_until < $5 OR sip2mi_until < $5) THEN 1 ELSE 0 END),"                                \
  " SUM(CASE WHEN stage = 'open' AND places_left <= 0 AND COALESCE(recruit_until, $5) >= $5 AND COALESCE(sip2mi_until, $5) >= $5" \
  " THEN 1 ELSE 0 END)"
// Whose turn it is: the mission's; the examiner's, also where no mission serves the country; the second eye's.
#define MINE                                                                                    \
  "CASE WHEN ($6 = 1 AND stage IN ('submitted', 'verif_atnaker'))"                              \
  " OR ($7 = 1 AND (stage = 'endorsed' OR (stage IN ('submitted', 'verif_atnaker')"             \
  "  AND NOT EXISTS (SELECT 1 FROM offers_mission m WHERE m.country = offers_order.country))))" \
  " OR ($8 = 1 AND stage = 'examined' AND COALESCE(examined_by, 0) <> $9) THEN 1 ELSE 0 END"
#define LOOKED_FOR                                                    \
  " AND ($2 = '' OR country = $2 OR $2 LIKE '%,' || country || ',%')" \
  " AND ($3 = '' OR search LIKE $3 OR $4 LIKE '%,' || CAST(company AS TEXT) || ',%')"
#define OWN " company = $1"
#define SENT " $1 = 0 AND stage NOT IN ('draft', 'discarded')"
#define AFTER " AND (stage_since, id) > ($13, $14) ORDER BY stage_since, id LIMIT $15"

int flag(bool b) { return b ? 1 : 0; }
std::string_view stored(Stage s) { return s == Stage::full || s == Stage::expired ? "open" : word(s); }

}  // namespace

std::vector<Tally> tally(db::Connection& db, const Scope& s) {
  const std::string like = pattern(s.text);
  // Grouped in the order of the index: nothing is sorted. Whose turn it is, is asked of the few that are in work.
  const auto rows = s.company ? db("SELECT stage, COUNT(*), " COUNTED " FROM offers_order WHERE" OWN LOOKED_FOR " GROUP BY stage",
                                   s.company.value, s.countries, like, s.companies, s.today)
                              : db("SELECT stage, COUNT(*), " COUNTED " FROM offers_order WHERE" SENT LOOKED_FOR " GROUP BY stage",
                                   0, s.countries, like, s.companies, s.today);
  std::vector<Tally> all;
  for (const auto& row : rows) {
    const Stage stage = stage_from(row.text(0)).value_or(Stage::draft);
    const int orders = static_cast<int>(row.num(1)), over = static_cast<int>(row.num(2)), full = static_cast<int>(row.num(3));
    all.push_back({stage, false, orders - over - full});
    if (full > 0) all.push_back({Stage::full, false, full});
    if (over > 0) all.push_back({Stage::expired, false, over});
  }
  if (s.company) return all;
  for (const auto& row :
       db("SELECT stage, COUNT(*) FROM offers_order WHERE $1 = 0 AND $5 <> ''" LOOKED_FOR
          " AND stage IN ('submitted', 'verif_atnaker', 'endorsed', 'examined') AND " MINE " = 1 GROUP BY stage",
          0, s.countries, like, s.companies, s.today, flag(s.mission), flag(s.examiner), flag(s.decider), s.me.value))
    all.push_back({stage_from(row.text(0)).value_or(Stage::draft), true, static_cast<int>(row.num(1))});
  return all;
}

std::vector<Place> page(db::Connection& db, const Scope& s, bool mine, const Place& after, int count) {
  const std::string like = pattern(s.text);
  const auto rows =
      s.company ? db("SELECT stage_since, id FROM offers_order WHERE" OWN LOOKED_FOR " AND stage = $10 AND " SHOWN
                     " = $11 AND ($12 = 0 OR " MINE " = 1)" AFTER,
                     s.company.value, s.countries, like, s.companies, s.today, flag(s.mission), flag(s.examiner), flag(s.decider),
                     s.me.value, stored(after.stage), word(after.stage), flag(mine), after.since, after.id.value, count)
                : db("SELECT stage_since, id FROM offers_order WHERE" SENT LOOKED_FOR " AND stage = $10 AND " SHOWN
                     " = $11 AND ($12 = 0 OR " MINE " = 1)" AFTER,
                     0, s.countries, like, s.companies, s.today, flag(s.mission), flag(s.examiner), flag(s.decider), s.me.value,
                     stored(after.stage), word(after.stage), flag(mine), after.since, after.id.value, count);
  std::vector<Place> all;
  for (const auto& row : rows) all.push_back({after.stage, row.at(0), row.id<OrderId>(1)});
  return all;
}

std::pair<std::int64_t, std::int64_t> pulse(db::Connection& db, const Scope& s) {
  const auto row = db("SELECT COUNT(*), COALESCE(MAX(stage_since), 0) FROM offers_order WHERE stage NOT IN ('draft', 'discarded')"
                      " AND ($1 = '' OR $1 LIKE '%,' || country || ',%')",
                      s.countries)
                       .one();
  return row ? std::pair{row->num(0), row->num(1)} : std::pair<std::int64_t, std::int64_t>{};
}

void index_order(db::Connection& db, const Order& o) {
  std::string all = o.number + " " + o.employer_name + " " + o.city + " " + o.sip2mi + " " + o.code + " " + show_code(o.code);
  for (const Post& p : o.posts) all += " " + p.title_id + " " + p.title_en;
  db("UPDATE offers_order SET search = $2, places_left = $3 WHERE id = $1", o.id, text::fold(all), left(o));
}

void count_place(db::Connection& db, PostId post, int more) {
  db("UPDATE offers_order SET places_left = places_left + $2 WHERE id = (SELECT of_order FROM offers_post WHERE id = $1)", post,
     more);
}

}  // namespace rantau::offers::store
