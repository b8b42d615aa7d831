// SQL of warnings, counts of checks and the look-ups of a check.
#include "modules/offers/check_store.h"

#include <cstdio>

namespace rantau::offers::store {

namespace {

Mark mark_from(std::string_view w) {
  for (Mark m : {Mark::phone, Mark::account, Mark::name, Mark::host})
    if (word(m) == w) return m;
  return Mark::text;
}

std::string number_of(std::int64_t year, std::int64_t serial) {
  char text[48];
  std::snprintf(text, sizeof text, "%04lld/%lld", static_cast<long long>(serial), static_cast<long long>(year));
  return text;
}

// id, year, serial, title, reason, company, published_at, published_by, withdrawn
Warning warning_of(db::Connection& db, const db::Row& row) {
  Warning w;
  w.id = row.id<WarningId>(0);
  w.number = number_of(row.num(1), row.num(2));
  w.title = row.text(3);
  w.reason = row.text(4);
  w.company = row.id<CompanyId>(5);
  w.published_at = row.at(6);
  w.published_by = row.id<UserId>(7);
  w.withdrawn = row.flag(8);
  for (const auto& m : db("SELECT mark, value, shown FROM offers_warning_mark WHERE warning = $1 ORDER BY mark, value", w.id))
    w.marks.push_back({mark_from(m.text(0)), m.text(1), m.text(2)});
  return w;
}

}  // namespace

void insert(db::Connection& db, const Warning& w, std::int64_t year, std::int64_t serial) {
  db("INSERT INTO offers_warning (id, year, serial, title, reason, company, published_at, published_by) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
     w.id, year, serial, w.title, w.reason, w.company, w.published_at, w.published_by);
  for (const auto& [mark, value, shown] : w.marks)
    db("INSERT INTO offers_warning_mark (warning, mark, value, shown) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", w.id,
       word(mark), value, shown);
}

std::int64_t next_serial(db::Connection& db, std::int64_t year) {
  return db("SELECT coalesce(max(serial), 0) + 1 FROM offers_warning WHERE year = $1", year).number();
}

bool withdraw(db::Connection& db, WarningId id, Instant at, UserId by, std::string_view reason) {
  return db("UPDATE offers_warning SET withdrawn = 1, withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 "
            "WHERE id = $1 AND withdrawn = 0",
            id, at, by, reason)
             .changed() == 1;
}

bool restore(db::Connection& db, WarningId id, Instant since) {
  return db("UPDATE offers_warning SET withdrawn = 0, withdrawn_at = 0, withdrawn_by = NULL, withdrawn_reason = '' "
            "WHERE id = $1 AND withdrawn = 1 AND withdrawn_at >= $2",
            id, since)
             .changed() == 1;
}

std::vector<Warning> warnings(db::Connection& db, bool withdrawn, int count) {
  std::vector<Warning> out;
  for (const auto& row : db("SELECT id, year, serial, title, reason, company, published_at, published_by, withdrawn "
                            "FROM offers_warning WHERE withdrawn = $1 ORDER BY published_at DESC, id DESC LIMIT $2",
                            withdrawn, count))
    out.push_back(warning_of(db, row));
  return out;
}

std::optional<Warning> find_warning(db::Connection& db, std::int64_t year, std::int64_t serial) {
  const auto row = db("SELECT id, year, serial, title, reason, company, published_at, published_by, withdrawn "
                      "FROM offers_warning WHERE year = $1 AND serial = $2",
                      year, serial)
                       .one();
  return row ? std::optional(warning_of(db, *row)) : std::nullopt;
}

std::optional<Warning> find_warning(db::Connection& db, WarningId id) {
  const auto row = db("SELECT id, year, serial, title, reason, company, published_at, published_by, withdrawn "
                      "FROM offers_warning WHERE id = $1",
                      id)
                       .one();
  return row ? std::optional(warning_of(db, *row)) : std::nullopt;
}

std::optional<Warning> marked(db::Connection& db, Mark mark, std::string_view value) {
  const auto row = db("SELECT w.id, w.year, w.serial, w.title, w.reason, w.company, w.published_at, w.published_by, w.withdrawn "
                      "FROM offers_warning_mark m JOIN offers_warning w ON w.id = m.warning "
                      "WHERE m.mark = $1 AND m.value = $2 AND w.withdrawn = 0 ORDER BY w.published_at DESC, w.id DESC LIMIT 1",
                      word(mark), value)
                       .one();
  return row ? std::optional(warning_of(db, *row)) : std::nullopt;
}

std::vector<Marked> marks_to_search(db::Connection& db, int count) {
  std::vector<Marked> out;
  for (const auto& row :
       db("SELECT m.warning, m.mark, m.value FROM offers_warning w JOIN offers_warning_mark m ON m.warning = w.id "
          "WHERE w.withdrawn = 0 AND m.mark IN ('name', 'text') ORDER BY w.published_at DESC, w.id DESC LIMIT $1",
          count))
    out.push_back({row.id<WarningId>(0), mark_from(row.text(1)), row.text(2)});
  return out;
}

// Asked so that SQLite goes by the company: by the stage it would walk all open orders to find those of one.
std::vector<OrderId> open_of(db::Connection& db, CompanyId company, std::string_view country, int count) {
  std::vector<OrderId> out;
  for (const auto& row : db("SELECT id FROM offers_order WHERE company = $1 AND stage || '' = 'open' AND ($2 = '' OR country = $2) "
                            "ORDER BY stage_since DESC, id DESC LIMIT $3",
                            company, country, count))
    out.push_back(row.id<OrderId>(0));
  return out;
}

int open_count(db::Connection& db, std::string_view country, Date today) {
  return static_cast<int>(
      db("SELECT COALESCE(SUM(n), 0) FROM offers_open_count WHERE country = $1 AND until_day >= $2", country, today).number());
}

int open_count(db::Connection& db, Date today) {
  return static_cast<int>(db("SELECT COALESCE(SUM(n), 0) FROM offers_open_count WHERE until_day >= $1", today).number());
}

void count_check(db::Connection& db, Date day, std::string_view kind, std::string_view verdict, std::string_view country) {
  db("INSERT INTO offers_check_count (day, kind, verdict, country, n) VALUES ($1, $2, $3, $4, 1) "
     "ON CONFLICT (day, kind, verdict, country) DO UPDATE SET n = offers_check_count.n + 1",
     day, kind, verdict, country);
}

}  // namespace rantau::offers::store
