// All SQL of published figures.
#include "modules/targets/store.h"

namespace rantau::targets::store {
namespace {

Axis axis_from(std::string_view w) {
  for (Axis a : {Axis::origin_region, Axis::service_office, Axis::departure_point, Axis::destination, Axis::national,
                 Axis::residents, Axis::place})
    if (word(a) == w) return a;
  return Axis::national;
}

Figure figure_from(const db::Row& r) {
  return {.id = r.id<FigureId>(0),
          .series = r.text(1),
          .scope = r.text(2),
          .label = r.text(3),
          .scaled = r.num(4),
          .decimals = static_cast<int>(r.num(5)),
          .unit = r.text(6),
          .axis = axis_from(r.text(7)),
          .period = r.text(8),
          .edition = r.text(9),
          .source = r.text(10),
          .status = r.text(11),
          .note = r.text(12)};
}

}  // namespace

bool empty(Act& act) { return act.db("SELECT id FROM targets_figure LIMIT 1").empty(); }

std::optional<Figure> same_place(Act& act, const Figure& f) {
  const auto row = act.db("SELECT id, series, scope, label, scaled, decimals, unit, axis, period, edition, source, status, note "
                          "FROM targets_figure WHERE series = $1 AND scope = $2 AND label = $3 AND period = $4 AND edition = $5 "
                          "AND source = $6",
                          f.series, f.scope, f.label, f.period, f.edition, f.source)
                       .one();
  if (!row) return std::nullopt;
  return figure_from(*row);
}

void add(Act& act, const Figure& f) {
  act.db(
      "INSERT INTO targets_figure (id, series, scope, label, scaled, decimals, unit, axis, period, edition, source, status, note) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      act.fresh<FigureId>(), f.series, f.scope, f.label, f.scaled, f.decimals, f.unit, word(f.axis), f.period, f.edition, f.source,
      f.status, f.note);
}

std::vector<Figure> list(Act& act, std::string_view series, std::string_view scope) {
  std::vector<Figure> out;
  for (const auto& row :
       act.db("SELECT id, series, scope, label, scaled, decimals, unit, axis, period, edition, source, status, note "
              "FROM targets_figure WHERE ($1 = '' OR series = $1) AND ($2 = '' OR scope = $2) ORDER BY id",
              series, scope))
    out.push_back(figure_from(row));
  return out;
}

void record_import(Act& act, std::string_view name, const Import& done) {
  act.db("INSERT INTO targets_import (id, at, by_user, name, rows, added, same, refused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
         act.fresh<FigureId>(), act.now, act.who.user, name, done.rows, done.added, done.same, done.refused);
}

std::vector<Record> imports(Act& act, int count) {
  std::vector<Record> out;
  for (const auto& row :
       act.db("SELECT at, by_user, name, rows, added, same, refused FROM targets_import ORDER BY at DESC, id DESC LIMIT $1", count))
    out.push_back({row.at(0), row.id<UserId>(1), row.text(2), {row.num(3), row.num(4), row.num(5), row.num(6), {}}});
  return out;
}

}  // namespace rantau::targets::store
