// The store: one SQL text for SQLite and PostgreSQL, one writer, many readers. Nothing here knows a module.
//
// Start here. A use case gets an Act (act.h) and runs SQL on act.db:
//     auto row = act.db("SELECT name FROM partners_company WHERE id = $1", id).one();
//     if (row) use(row->text(0));
// A request handler gets a Db and opens Acts: db.read(...) and db.write(...).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/id.h"

namespace rantau::db {

// Only a literal can become SQL. Placeholders are $1..$n. A part that differs per engine is written
//   -- @sqlite … -- @pg … -- @end   (each marker alone on its line; the other engine's part is dropped).
struct Sql {
  std::string_view text;
  consteval Sql(const char* s) : text(s) {}
};

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

// What may be bound. Add an overload beside a type of your own.
inline Value bind(std::monostate) { return {}; }
inline Value bind(std::nullopt_t) { return {}; }
inline Value bind(bool b) { return std::int64_t{b ? 1 : 0}; }
inline Value bind(std::int64_t n) { return n; }
inline Value bind(int n) { return std::int64_t{n}; }
inline Value bind(std::size_t n) { return static_cast<std::int64_t>(n); }
inline Value bind(double d) { return d; }
inline Value bind(const char* s) { return std::string(s); }
inline Value bind(std::string_view s) { return std::string(s); }
inline Value bind(const std::string& s) { return s; }
inline Value bind(std::string&& s) { return std::move(s); }
inline Value bind(Instant t) { return t.ms; }
inline Value bind(const Date& d) { return d.known() ? Value{d.iso()} : Value{}; }  // unknown day = NULL
template <class Tag>
Value bind(Id<Tag> id) {
  return id ? Value{id.value} : Value{};
}  // no id = NULL
template <class T>
Value bind(const std::optional<T>& v) {
  return v ? bind(*v) : Value{};
}

// One row, owning its values. Columns by position, in the order of the SELECT. NULL reads as 0, "" or "no date".
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  bool null(std::size_t i) const { return std::holds_alternative<std::monostate>(values_.at(i)); }
  std::int64_t num(std::size_t i) const;
  double real(std::size_t i) const;
  const std::string& text(std::size_t i) const;
  Date day(std::size_t i) const;
  Instant at(std::size_t i) const { return {num(i)}; }
  bool flag(std::size_t i) const { return num(i) != 0; }
  template <class IdType>
  IdType id(std::size_t i) const {
    return {num(i)};
  }
  std::size_t size() const { return values_.size(); }
  const Value& value(std::size_t i) const { return values_.at(i); }

 private:
  std::vector<Value> values_;
};

class Rows {
 public:
  explicit Rows(std::vector<Row> rows, std::int64_t changed = 0) : rows_(std::move(rows)), changed_(changed) {}
  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  const Row& operator[](std::size_t i) const { return rows_.at(i); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  std::optional<Row> one() const { return rows_.empty() ? std::nullopt : std::optional<Row>(rows_.front()); }
  std::int64_t number() const { return rows_.empty() ? 0 : rows_.front().num(0); }  // SELECT count(*) and the like
  std::int64_t changed() const { return changed_; }                                 // rows inserted, updated or deleted

 private:
  std::vector<Row> rows_;
  std::int64_t changed_;
};

// One connection, used by one thread at a time. Statements are prepared once and kept.
class Connection {
 public:
  virtual ~Connection() = default;
  template <class... A>
  Rows operator()(Sql sql, const A&... a) {
    const std::vector<Value> values{bind(a)...};
    return run(sql.text, values);
  }
  // Prepares without running: the tests ask this of every statement of the project, on both engines.
  virtual void prepare(std::string_view sql) = 0;
  virtual bool is_sqlite() const = 0;

 protected:
  friend class Store;
  virtual Rows run(std::string_view sql, std::span<const Value> values) = 0;
  virtual void script(std::string_view many_statements) = 0;  // migrations, BEGIN, COMMIT
};

// Faults of the store. Everything else that goes wrong is a plain std::runtime_error.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Unique : Fault {
  using Fault::Fault;
};  // a UNIQUE or PRIMARY KEY said no
struct ReadOnly : Fault {
  using Fault::Fault;
};  // the disk is full or the store was opened read-only: 503, try later
struct Unreachable : Fault {
  using Fault::Fault;
};  // the database server is away: 503, try later
struct Serialization : Fault {
  using Fault::Fault;
};  // PostgreSQL 40001/40P01: run the closure again

}  // namespace rantau::db
