// Rows, the text of one engine, and what both engines do alike.
#include "db/db.h"

#include <cstdlib>

#include "db/engine.h"

namespace rantau::db {

std::int64_t Row::num(std::size_t i) const {
  const Value& v = values_.at(i);
  if (const auto* n = std::get_if<std::int64_t>(&v)) return *n;
  if (const auto* d = std::get_if<double>(&v)) return static_cast<std::int64_t>(*d);
  if (const auto* s = std::get_if<std::string>(&v)) return std::strtoll(s->c_str(), nullptr, 10);
  return 0;
}

double Row::real(std::size_t i) const {
  const Value& v = values_.at(i);
  if (const auto* d = std::get_if<double>(&v)) return *d;
  if (const auto* n = std::get_if<std::int64_t>(&v)) return static_cast<double>(*n);
  if (const auto* s = std::get_if<std::string>(&v)) return std::strtod(s->c_str(), nullptr);
  return 0;
}

const std::string& Row::text(std::size_t i) const {
  static const std::string none;
  const Value& v = values_.at(i);
  if (const auto* s = std::get_if<std::string>(&v)) return *s;
  if (std::holds_alternative<std::monostate>(v)) return none;
  throw std::logic_error("db: text() asked of a column that holds a number");
}

Date Row::day(std::size_t i) const { return parse_iso(text(i)).value_or(Date{}); }

Rows Engine::run(std::string_view sql, std::span<const Value> values) {
  if (failure_) throw Fault("db: a statement of this transaction failed before; nothing more runs in it");
  try {
    return execute(sql, values);
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

namespace {

// A single BIGINT key is, in SQLite's words, an INTEGER PRIMARY KEY: the table is then ordered by it, and needs no second
// tree that finds its rows.
std::string rows_ordered_by_key(std::string sql) {
  for (const std::string_view declared : {"BIGINT NOT NULL PRIMARY KEY", "BIGINT PRIMARY KEY"})
    for (auto at = sql.find(declared); at != std::string::npos; at = sql.find(declared, at)) sql.replace(at, 6, "INTEGER");
  return sql;
}

}  // namespace

std::string for_engine(std::string_view sql, bool sqlite) {
  if (sql.find("-- @") == std::string_view::npos) return sqlite ? rows_ordered_by_key(std::string(sql)) : std::string(sql);
  std::string out;
  enum { both, sqlite_only, pg_only } part = both;
  while (!sql.empty()) {
    const auto end = sql.find('\n');
    const std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    const auto first = line.find_first_not_of(" \t");
    const auto last = line.find_last_not_of(" \t\r");
    const auto mark = first == std::string_view::npos ? std::string_view{} : line.substr(first, last - first + 1);
    if (mark == "-- @sqlite")
      part = sqlite_only;
    else if (mark == "-- @pg")
      part = pg_only;
    else if (mark == "-- @end")
      part = both;
    else if (part == both || (part == sqlite_only) == sqlite)
      out.append(line).append("\n");
  }
  return sqlite ? rows_ordered_by_key(std::move(out)) : out;
}

bool is_postgres(std::string_view location) { return location.starts_with("postgres://") || location.starts_with("postgresql://"); }

}  // namespace rantau::db
