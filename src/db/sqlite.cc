// SQLite: one connection, its settings, its prepared statements and what its errors mean here.
#include "db/sqlite.h"

#include <sqlite3.h>

#include <filesystem>
#include <unordered_map>

namespace rantau::db {

namespace {

constexpr int application_id = 0x524E5455;  // "RNTU"

// Literals live as long as the program: their address is enough to know them again.
struct Literal {
  const char* at;
  std::size_t size;
  bool operator==(const Literal&) const = default;
};
struct LiteralHash {
  std::size_t operator()(const Literal& l) const noexcept { return std::hash<const void*>{}(l.at) ^ l.size; }
};

Value column(sqlite3_stmt* s, int i) {
  const auto bytes = [&](const void* at) {
    return std::string(static_cast<const char*>(at), static_cast<std::size_t>(sqlite3_column_bytes(s, i)));
  };
  switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(s, i)};
    case SQLITE_FLOAT: return sqlite3_column_double(s, i);
    case SQLITE_TEXT: return bytes(sqlite3_column_text(s, i));
    case SQLITE_BLOB: return bytes(sqlite3_column_blob(s, i));
    default: return {};
  }
}

bool write_failed(int code) {
  const int primary = code & 0xff;
  return primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN;
}

}  // namespace

struct Sqlite::Statement {
  sqlite3_stmt* compiled = nullptr;
  std::vector<int> places;  // of $1, $2, ...: SQLite numbers them by first appearance
  bool reads = true;
  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(compiled); }
};

struct Sqlite::Cache {
  std::unordered_map<Literal, Statement, LiteralHash> statements;
};

Sqlite::Sqlite(const std::string& file, Use use) : use_(use), cache_(std::make_unique<Cache>()) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  std::string name = file;
  if (use == Use::audit) {
    flags |= SQLITE_OPEN_READONLY;
    // A store that was closed well has no log: then nothing beside the file is needed, nor made.
    if (!std::filesystem::exists(file + "-wal")) {
      flags |= SQLITE_OPEN_URI;
      std::string path;
      for (const char c : file)
        path += c == '?' || c == '#' || c == '%' ? "%" + std::string(c == '?' ? "3f" : c == '#' ? "23" : "25") : std::string(1, c);
      name = "file:" + path + "?immutable=1";
    }
  } else {
    flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  const int code = sqlite3_open_v2(name.c_str(), &db_, flags, nullptr);
  try {
    if (code != SQLITE_OK) fail(code, "open " + file);
    settings(use);
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

Sqlite::~Sqlite() {
  cache_.reset();
  sqlite3_close_v2(db_);
}

void Sqlite::settings(Use use) {
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  script("PRAGMA busy_timeout = 10000");  // first: the rest may need a lock
  if (use != Use::audit) script("PRAGMA journal_mode = WAL");
  script("PRAGMA synchronous = FULL");
  script("PRAGMA foreign_keys = ON");
  script("PRAGMA trusted_schema = OFF");
  script("PRAGMA cell_size_check = ON");
  script("PRAGMA secure_delete = ON");
  script("PRAGMA temp_store = MEMORY");
  script("PRAGMA mmap_size = 0");
  script("PRAGMA journal_size_limit = 67108864");
  script("PRAGMA wal_autocheckpoint = 0");  // the writer does it, between two groups
  const auto owner = execute("PRAGMA application_id", {}).number();
  const auto holds = execute("SELECT count(*) FROM sqlite_master", {}).number();
  if (owner != application_id && (owner != 0 || holds != 0)) throw Fault("This file is not a Rantau database.");
  if (use == Use::write) {
    sqlite3_wal_hook(
        db_,
        [](void* me, sqlite3*, const char*, int pages) {
          static_cast<Sqlite*>(me)->wal_pages_ = pages;
          return SQLITE_OK;
        },
        this);
    if (owner == 0) script("PRAGMA application_id = 1380865109; PRAGMA user_version = 1");
    if (execute("PRAGMA user_version", {}).number() > 1) throw Fault("This database was written by a newer Rantau.");
  } else {
    script("PRAGMA query_only = ON");
  }
}

void Sqlite::fail(int code, std::string_view doing) const {
  const std::string said = "SQLite: " + std::string(db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code)) + " (" +
                           std::to_string(code) + ") in " + std::string(doing.substr(0, 200));
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID)
    throw Unique(said);
  if (use_ == Use::write && write_failed(code)) throw ReadOnly(said);
  throw Fault(said);
}

sqlite3_stmt* Sqlite::compile(std::string_view sql) {
  const std::string text = for_engine(sql, true);
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(db_, text.c_str(), static_cast<int>(text.size() + 1), SQLITE_PREPARE_PERSISTENT, &made, &rest);
  if (code != SQLITE_OK) fail(code, sql);
  if (!made) throw Fault("db: an empty statement");
  if (std::string_view(rest).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    sqlite3_finalize(made);
    throw Fault("db: two statements where one is run: " + std::string(sql.substr(0, 200)));
  }
  return made;
}

void Sqlite::prepare(std::string_view sql) { sqlite3_finalize(compile(sql)); }

Sqlite::Statement& Sqlite::statement(std::string_view sql) {
  const Literal key{sql.data(), sql.size()};
  if (const auto held = cache_->statements.find(key); held != cache_->statements.end()) return held->second;
  sqlite3_stmt* compiled = compile(sql);
  Statement& s = cache_->statements[key];
  s.compiled = compiled;
  s.reads = sqlite3_stmt_readonly(compiled) != 0;
  const int count = sqlite3_bind_parameter_count(compiled);
  for (int i = 1; i <= count; ++i) {
    const int place = sqlite3_bind_parameter_index(compiled, ("$" + std::to_string(i)).c_str());
    if (place == 0) {
      cache_->statements.erase(key);
      throw Fault("db: placeholders are $1..$n without a gap: " + std::string(sql.substr(0, 200)));
    }
    s.places.push_back(place);
  }
  return s;
}

Rows Sqlite::execute(std::string_view sql, std::span<const Value> values) {
  Statement& s = statement(sql);
  if (s.places.size() != values.size())
    throw Fault("db: " + std::to_string(values.size()) + " values for " + std::to_string(s.places.size()) +
                " places: " + std::string(sql.substr(0, 200)));
  struct Reset {  // also drops the bindings, which point into `values`
    sqlite3_stmt* statement;
    ~Reset() {
      sqlite3_reset(statement);
      sqlite3_clear_bindings(statement);
    }
  } const reset{s.compiled};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& v = values[i];
    int code = SQLITE_OK;
    if (const auto* n = std::get_if<std::int64_t>(&v))
      code = sqlite3_bind_int64(s.compiled, s.places[i], *n);
    else if (const auto* d = std::get_if<double>(&v))
      code = sqlite3_bind_double(s.compiled, s.places[i], *d);
    else if (const auto* t = std::get_if<std::string>(&v))
      code = sqlite3_bind_text64(s.compiled, s.places[i], t->data(), t->size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) fail(code, sql);
  }
  std::vector<Row> rows;
  const int columns = sqlite3_column_count(s.compiled);
  for (;;) {
    const int code = sqlite3_step(s.compiled);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_ROW) fail(code, sql);
    std::vector<Value> row;
    row.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) row.push_back(column(s.compiled, i));
    rows.emplace_back(std::move(row));
  }
  return Rows(std::move(rows), s.reads ? 0 : sqlite3_changes64(db_));
}

void Sqlite::script(std::string_view many_statements) {
  const int code = sqlite3_exec(db_, for_engine(many_statements, true).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, many_statements);
}

void Sqlite::begin(bool to_write) {
  forgive();
  control(to_write ? std::string_view("BEGIN IMMEDIATE") : std::string_view("BEGIN"));
}
void Sqlite::commit() { control("COMMIT"); }
void Sqlite::rollback() noexcept {
  forgive();
  if (!in_transaction()) return;
  try {
    control("ROLLBACK");
  } catch (...) {  // an error inside ROLLBACK has rolled back all the same
  }
}

void Sqlite::savepoint() {
  forgive();
  control("SAVEPOINT act");
}
void Sqlite::keep() { control("RELEASE act"); }
void Sqlite::undo() {
  forgive();
  control("ROLLBACK TO act");
  control("RELEASE act");
}

bool Sqlite::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

void Sqlite::checkpoint(bool restart) {
  int left = 0, moved = 0;
  if (restart) sqlite3_busy_timeout(db_, 200);  // waits for readers, but not long
  const int code =
      sqlite3_wal_checkpoint_v2(db_, nullptr, restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, &left, &moved);
  if (restart) sqlite3_busy_timeout(db_, 10000);
  if (code == SQLITE_OK && left == moved) wal_pages_ = 0;
}

std::int64_t Sqlite::seen() { return execute("PRAGMA data_version", {}).number(); }

}  // namespace rantau::db
