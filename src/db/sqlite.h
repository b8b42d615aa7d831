// The SQLite side of a connection, with what only the writer thread needs.
#pragma once
#include <memory>
#include <string>

#include "db/engine.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rantau::db {

class Sqlite final : public Engine {
 public:
  enum class Use { write, read, audit };  // audit: read-only, touches no file beside the database
  Sqlite(const std::string& file, Use);
  ~Sqlite() override;
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void prepare(std::string_view sql) override;
  bool is_sqlite() const override { return true; }
  void script(std::string_view many_statements) override;
  void begin(bool to_write) override;
  void commit() override;
  void rollback() noexcept override;

  // One closure of a group stands between these.
  void savepoint();
  void keep();
  void undo();

  bool in_transaction() const;
  int wal_pages() const { return wal_pages_; }  // frames in the write-ahead log after the last commit
  void checkpoint(bool restart);                // never throws: what is not moved now is moved later
  std::int64_t seen();                          // changes when another connection or process committed

 protected:
  Rows execute(std::string_view sql, std::span<const Value> values) override;

 private:
  struct Statement;
  Statement& statement(std::string_view sql);
  sqlite3_stmt* compile(std::string_view sql);
  [[noreturn]] void fail(int code, std::string_view doing) const;
  void control(std::string_view sql) { execute(sql, {}); }
  void settings(Use);

  struct Cache;
  sqlite3* db_ = nullptr;
  Use use_;
  int wal_pages_ = 0;
  std::unique_ptr<Cache> cache_;
};

}  // namespace rantau::db
