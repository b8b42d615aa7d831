// All SQL of pay floors.
#include "modules/offers/floor_store.h"

namespace rantau::offers::store {

void add_floor(db::Connection& db, const Floor& f) {
  db("INSERT INTO offers_floor (id, country, occupation, amount_minor, amount_currency, from_day, source, page, by_user, at)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     f.id, f.country, f.occupation, f.amount.minor, f.amount.currency, f.from, f.source, f.page, f.by, f.at);
}

std::vector<Floor> floors(db::Connection& db, std::string_view country, int count) {
  std::vector<Floor> all;
  for (const auto& r : db("SELECT id, country, occupation, amount_minor, amount_currency, from_day, source, page, by_user, at"
                          " FROM offers_floor WHERE ($1 = '' OR country = $1)"
                          " ORDER BY country, occupation, from_day DESC, id DESC LIMIT $2",
                          country, count))
    all.push_back(
        {r.id<FloorId>(0), r.text(1), r.text(2), {r.num(3), r.text(4)}, r.day(5), r.text(6), r.text(7), r.id<UserId>(8), r.at(9)});
  return all;
}

}  // namespace rantau::offers::store
