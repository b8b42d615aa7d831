// PostgreSQL: one connection over libpq, and the running store on a pool of them.
#include <libpq-fe.h>
#include <poll.h>

#include <cstdlib>
#include <random>
#include <thread>
#include <unordered_map>

#include "base/log.h"
#include "db/migrate.h"
#include "db/running.h"

namespace rantau::db {

namespace {

struct ResultEnd {
  void operator()(PGresult* r) const { PQclear(r); }
};
using Answer = std::unique_ptr<PGresult, ResultEnd>;

class Postgres final : public Engine {
 public:
  explicit Postgres(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      const std::string why = PQerrorMessage(connection_);
      PQfinish(connection_);
      throw Lost("PostgreSQL cannot be reached: " + why, false);
    }
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    try {
      script("SET client_encoding = 'UTF8'");
    } catch (...) {  // nobody destroys what was never made
      PQfinish(connection_);
      throw;
    }
  }
  ~Postgres() override { PQfinish(connection_); }
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  bool is_sqlite() const override { return false; }
  // An idle connection has nothing to say: when it does, it is the server's farewell.
  bool lost() override {
    pollfd socket{.fd = PQsocket(connection_), .events = POLLIN};
    while (!gone() && ::poll(&socket, 1, 0) == 1)
      if (PQconsumeInput(connection_) != 1) lost_ = true;
    return gone();
  }

  void prepare(std::string_view sql) override {
    const Answer made(PQprepare(connection_, "", for_engine(sql, false).c_str(), 0, nullptr));
    check(made.get(), sql);
  }

  void script(std::string_view many_statements) override {
    const Answer done(PQexec(connection_, for_engine(many_statements, false).c_str()));
    check(done.get(), many_statements);
  }

  // Sent together with the first statement: a transaction costs no round trip of its own to begin.
  void begin(bool to_write) override {
    forgive();
    to_write_ = to_write;
    begin_ = to_write ? "BEGIN ISOLATION LEVEL SERIALIZABLE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    open_ = false;
  }

  void commit() override {
    begin_ = nullptr;
    if (!open_) return;
    open_ = false;
    committing_ = true;
    const Answer done(PQexec(connection_, "COMMIT"));
    check(done.get(), "COMMIT");
    committing_ = false;
    if (std::string_view(PQcmdStatus(done.get())) != "COMMIT") throw Fault("PostgreSQL rolled back instead of committing");
  }

  void rollback() noexcept override {
    forgive();
    begin_ = nullptr;
    if (!open_) return;
    open_ = false;
    const Answer done(PQexec(connection_, "ROLLBACK"));
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) lost_ = true;
  }

 protected:
  Rows execute(std::string_view sql, std::span<const Value> values) override;

 private:
  struct Parameters {
    std::vector<std::string> texts;
    std::vector<const char*> at;
    explicit Parameters(std::span<const Value>);
  };
  [[noreturn]] void fail(const PGresult*, std::string_view doing);
  void check(const PGresult* r, std::string_view doing) {
    const auto status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(r, doing);
  }
  Rows rows_of(const PGresult*) const;
  bool gone() const { return lost_ || PQstatus(connection_) != CONNECTION_OK; }

  PGconn* connection_;
  const char* begin_ = nullptr;  // a transaction that has not been sent yet
  bool open_ = false, lost_ = false, to_write_ = false, committing_ = false;
  // Keyed by address, as SQL is always a literal; `names` are the server's prepared statements.
  std::unordered_map<const char*, std::unordered_map<std::size_t, std::string>> names_;
  int made_ = 0;
};

Postgres::Parameters::Parameters(std::span<const Value> values) : texts(values.size()), at(values.size(), nullptr) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (const auto* n = std::get_if<std::int64_t>(&values[i])) {
      texts[i] = std::to_string(*n);
    } else if (const auto* d = std::get_if<double>(&values[i])) {
      char shortest[32];
      std::snprintf(shortest, sizeof shortest, "%.17g", *d);
      texts[i] = shortest;
    } else if (const auto* s = std::get_if<std::string>(&values[i])) {
      texts[i] = *s;
      if (s->find('\0') != std::string::npos) throw Fault("db: a text with a zero byte");
    } else {
      continue;
    }
    at[i] = texts[i].c_str();
  }
}

void Postgres::fail(const PGresult* r, std::string_view doing) {
  const char* code = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : nullptr;
  const std::string_view state = code ? code : "";
  const std::string said = "PostgreSQL: " + std::string(r ? PQresultErrorMessage(r) : PQerrorMessage(connection_)) + " (" +
                           std::string(state) + ") in " + std::string(doing.substr(0, 200));
  const bool at_commit = std::exchange(committing_, false);
  const bool told_to_read = state == "25006" && to_write_;  // this session: another one may write again
  if (state.empty() || state.starts_with("08") || state.starts_with("57P") || told_to_read) lost_ = true;
  if (state == "26000" || state == "0A000") lost_ = true;  // a plan of before a migration: begin anew on a new connection
  if (state == "23505") throw Unique(said);
  if (state == "40001" || state == "40P01") throw Serialization(said);
  if (state.starts_with("53") || told_to_read) throw ReadOnly(said);
  if (gone()) {
    if (at_commit) throw Lost("It is not known whether this was kept: look before it is entered again. " + said, true);
    throw Lost(said, false);
  }
  throw Fault(said);
}

Rows Postgres::execute(std::string_view sql, std::span<const Value> values) {
  const Parameters given(values);
  std::string& name = names_[sql.data()][sql.size()];
  const bool fresh = name.empty();
  const std::string made = fresh ? "s" + std::to_string(++made_) : name;

  // BEGIN, Parse and Execute leave in one packet. The first error makes the server skip what follows up to the sync.
  if (PQenterPipelineMode(connection_) != 1) fail(nullptr, sql);
  std::vector<const char*> sent;
  bool queued = true;
  if (begin_) {
    queued = PQsendQueryParams(connection_, begin_, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
    sent.push_back(begin_);
  }
  if (queued && fresh) {
    queued = PQsendPrepare(connection_, made.c_str(), for_engine(sql, false).c_str(), 0, nullptr) == 1;
    sent.push_back("prepare");
  }
  queued =
      queued &&
      PQsendQueryPrepared(connection_, made.c_str(), static_cast<int>(values.size()), given.at.data(), nullptr, nullptr, 0) == 1 &&
      PQpipelineSync(connection_) == 1;
  sent.push_back("run");
  if (!queued) {
    lost_ = true;
    fail(nullptr, sql);
  }

  Answer bad, good;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    Answer one(PQgetResult(connection_));
    if (!one) {
      lost_ = true;
      fail(nullptr, sql);
    }
    const auto status = PQresultStatus(one.get());
    if (i == 0 && begin_ && status == PGRES_COMMAND_OK) open_ = true;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
      good = std::move(one);
    else if (status != PGRES_PIPELINE_ABORTED && !bad)
      bad = std::move(one);
    else if (!bad)
      lost_ = true;
    while (Answer rest{PQgetResult(connection_)}) {  // a null ends each command's results
    }
  }
  begin_ = nullptr;
  const Answer sync(PQgetResult(connection_));
  if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(connection_) != 1) lost_ = true;
  if (bad) {
    names_[sql.data()].erase(sql.size());
    fail(bad.get(), sql);
  }
  if (lost_) fail(nullptr, sql);
  if (fresh) name = made;
  return rows_of(good.get());
}

Rows Postgres::rows_of(const PGresult* r) const {
  enum : Oid { boolean = 16, int8 = 20, int2 = 21, int4 = 23, float4 = 700, float8 = 701, numeric = 1700 };
  const int columns = PQnfields(r), count = PQntuples(r);
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(count));
  for (int y = 0; y < count; ++y) {
    std::vector<Value> row(static_cast<std::size_t>(columns));
    for (int x = 0; x < columns; ++x) {
      if (PQgetisnull(r, y, x)) continue;
      const char* text = PQgetvalue(r, y, x);
      Value& v = row[static_cast<std::size_t>(x)];
      switch (PQftype(r, x)) {
        case boolean: v = std::int64_t{text[0] == 't'}; break;
        case int2:
        case int4:
        case int8: v = std::int64_t{std::strtoll(text, nullptr, 10)}; break;
        case float4:
        case float8: v = std::strtod(text, nullptr); break;
        case numeric:  // sum() of a BIGINT
          if (std::string_view(text).find('.') == std::string_view::npos)
            v = std::int64_t{std::strtoll(text, nullptr, 10)};
          else
            v = std::strtod(text, nullptr);
          break;
        default: v = std::string(text, static_cast<std::size_t>(PQgetlength(r, y, x)));
      }
    }
    rows.emplace_back(std::move(row));
  }
  return Rows(std::move(rows), std::strtoll(PQcmdTuples(const_cast<PGresult*>(r)), nullptr, 10));
}

// --- the running store -------------------------------------------------------------------------------------------------

constexpr int most_attempts = 6;  // the first and five more

bool asks_again(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Serialization&) { return true; } catch (const Lost&) {
    return true;
  } catch (...) { return false; }
}

class PostgresStore final : public Running {
 public:
  explicit PostgresStore(const Options&);
  ~PostgresStore() override { stop_sealer(); }
  void write(const Actor&, const std::function<Outcome(Act&)>&) override;
  void read(const Actor&, const std::function<void(Act&)>&) override;
  // Other processes' commits are not announced: a version lives at most a second.
  std::int64_t version() const override {
    const auto open_for = std::chrono::steady_clock::now() - opened_;
    return 1 + commits_ + std::chrono::duration_cast<std::chrono::seconds>(open_for).count();
  }
  bool is_sqlite() const override { return false; }

 private:
  void once(Engine&, const Actor&, const std::function<Outcome(Act&)>&);
  void again(int attempt, std::uint_fast32_t random);
  void probe_from_sealer() override;
  Trouble look() override;

  Pool pool_;
  const std::chrono::steady_clock::time_point opened_ = std::chrono::steady_clock::now();
};

PostgresStore::PostgresStore(const Options& options)
    : Running(options), pool_([this] { return open_postgres(options_.location); }, options.readers) {
  auto db = pool_.lend();
  db->script("SELECT pg_advisory_lock(7233161)");  // one process migrates, the others wait
  try {
    const bool lanes_are_new = migrate(*db, carried_schema(), now(), [] {});
    load_journal_key(*db, lanes_are_new);
  } catch (...) {
    db->script("SELECT pg_advisory_unlock(7233161)");
    throw;
  }
  db->script("SELECT pg_advisory_unlock(7233161)");
  start_sealer();
}

// Inside a catch: waits a little and returns for the next attempt, or rethrows when there have been enough.
void PostgresStore::again(int attempt, std::uint_fast32_t random) {
  if (attempt == most_attempts) {
    ++faults_;
    throw;
  }
  ++retries_;
  std::this_thread::sleep_for(std::chrono::microseconds(random % (2000U << attempt)));
}

void PostgresStore::write(const Actor& who, const std::function<Outcome(Act&)>& work) {
  static thread_local std::minstd_rand random(std::random_device{}());
  static thread_local bool inside = false;
  if (inside) throw std::logic_error("db: a write inside a write");
  struct Inside {
    Inside() { inside = true; }
    ~Inside() { inside = false; }
  } const mark;
  for (int attempt = 1;; ++attempt) {
    try {
      auto db = pool_.lend();
      try {
        return once(*db, who, work);
      } catch (...) {
        const auto first = db->failure();
        forget_count(*db);
        db->rollback();
        if (first && asks_again(first)) std::rethrow_exception(first);  // whatever the closure made of it
        throw;
      }
    } catch (const Serialization&) {
      again(attempt, random());
    } catch (const Lost& lost) {  // what was not committed is gone with the connection
      if (lost.during_commit) {
        ++faults_;
        throw;
      }
      again(attempt, random());
    } catch (const ReadOnly& e) {
      ++faults_;
      if (!read_only_.exchange(true)) log("db.read_only").with_system("why", e.what());
      throw;
    } catch (...) {
      ++faults_;
      throw;
    }
  }
}

void PostgresStore::once(Engine& db, const Actor& who, const std::function<Outcome(Act&)>& work) {
  Written entries;
  db.begin(true);
  Act act = act_on(db, who, &entries);
  const Outcome outcome = work(act);
  if (db.failure()) {
    if (outcome.kept) std::rethrow_exception(db.failure());
    if (asks_again(db.failure())) std::rethrow_exception(db.failure());  // refused because of it: the next attempt may say yes
  }
  if (!outcome.kept) {
    db.rollback();
    entries = {};
    if (outcome.forbidden) {
      db.begin(true);
      record_refusal(db, who, outcome.refused_event, entries);
    }
  }
  if (outcome.kept || entries.count > 0) {
    count_entries(db, entries);
    db.commit();
    read_only_ = false;
    ++commits_;
    journalled(entries.count);
  }
  ++(outcome.kept ? writes_ : refused_);
}

Store::Trouble PostgresStore::look() {
  try {
    pool_.lend()->script("SELECT 1");
    return Trouble::none;
  } catch (const Lost&) { return Trouble::unreachable; }
}

// Writes a row as it is: a new version of it, which needs room as any other.
void PostgresStore::probe_from_sealer() {
  auto db = pool_.lend();
  try {
    db->begin(true);
    (*db)("UPDATE db_migration SET applied_at = applied_at WHERE module = 'db'");
    db->commit();
    read_only_ = false;
    log("db.writes_again");
  } catch (const Fault&) { db->rollback(); }
}

void PostgresStore::read(const Actor& who, const std::function<void(Act&)>& work) {
  auto db = pool_.lend();
  db->begin(false);
  struct End {
    Engine& engine;
    ~End() { engine.rollback(); }
  } const end{*db};
  Act act = act_on(*db, who, nullptr);
  work(act);
}

}  // namespace

std::unique_ptr<Engine> open_postgres(const std::string& url) { return std::make_unique<Postgres>(url); }
std::unique_ptr<Store> open_postgres_store(const Options& options) { return std::make_unique<PostgresStore>(options); }

}  // namespace rantau::db
