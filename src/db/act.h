// Act: who, when, inside which transaction. Db: what a request handler holds to open one. Store: the process-wide part.
#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/date.h"
#include "base/id.h"
#include "base/result.h"
#include "base/right.h"
#include "db/db.h"

namespace rantau {

// The person (or program) on whose behalf something is done. Filled by module access from the session; never changed.
struct Actor {
  UserId user{};        // 0: nobody signed in
  OrgId org{};          // the organisation whose duty is done
  CompanyId company{};  // set for people of a placement company: the only company they may touch
  std::string name;     // shown on pages, kept in the journal as the id only
  std::string org_name;
  std::string role;  // the word of access::Role, "" for a visitor
  Rights rights{};
  bool may(Right r) const {
    return r == Right::anyone || (r == Right::sign_in && user) || rights.test(static_cast<std::size_t>(r));
  }
};

// Inside a transaction.
struct Act {
  db::Connection& db;
  const Actor& who;
  Instant now;
  Date today;  // in Jakarta
  std::function<std::int64_t()> fresh_id;
  std::function<std::uint64_t()> random;  // for public codes: nobody can guess it, unless the store was opened for a demo
  std::function<void(std::string_view event, std::int64_t subject, std::string_view detail)> journal;

  bool may(Right r) const { return who.may(r); }
  template <class IdType>
  IdType fresh() {
    return {fresh_id()};
  }
  // One journal row in this transaction. `event` is "module.verb" in the past ("offers.decided"); `detail` is what an
  // auditor needs beyond it, without personal data ("reasons=pay_below_floor", "purpose=verification").
  template <class Tag>
  void record(std::string_view event, Id<Tag> subject, std::string_view detail = {}) {
    journal(event, subject.value, detail);
  }
  void record(std::string_view event, std::string_view detail = {}) { journal(event, 0, detail); }
};

namespace db {

struct Options {
  std::string location;                     // a data folder (SQLite: DIR/rantau.db) or postgres://user@host/db
  int readers = 16;                         // read connections, at most
  bool group_commit = true;                 // false: one transaction each, for the bench's comparison
  std::function<Instant()> clock;           // real time when empty; tests give their own
  unsigned node = 0;                        // for ids, when several processes write one PostgreSQL
  std::function<std::uint64_t()> random{};  // for Act::random; a demo gives its own, so that a seed means one province
  std::string keys{};                       // folder of the journal's signing key; empty: LOCATION/keys (PostgreSQL: data/keys)
};

struct Verdict;  // journal.h
struct JournalCheck {
  Instant at;  // 0: not looked at yet
  bool intact = true;
  bool whole = false;  // every entry, or the end only
  std::int64_t entries = 0;
  std::string what{};  // what is wrong
};

// Opens the database, brings the schema up to date, runs the writer and the pools, seals the journal.
class Store {
 public:
  static std::unique_ptr<Store> open(const Options&);
  virtual ~Store() = default;

  // Runs a closure inside a write transaction on the writer; returns after COMMIT. It may run twice: it must not send,
  // log a person, wait, or touch captured state that it does not overwrite. `kept` false rolls its changes back.
  struct Outcome {
    bool kept = true;
    bool forbidden = false;
    std::string_view refused_event = {};
  };
  virtual void write(const Actor&, const std::function<Outcome(Act&)>&) = 0;
  virtual void read(const Actor&, const std::function<void(Act&)>&) = 0;

  virtual std::int64_t version() const = 0;  // grows with every commit seen: public page caches live as long as one version
  virtual Instant now() const = 0;
  virtual void seal_now() = 0;         // sequences, hashes and signs what the journal holds (also every 5 s or 1,000 events)
  virtual bool read_only() const = 0;  // the disk is full; turns false by itself when a probe write succeeds
  // What keeps the office from working now, looked at once a second without anybody writing. For /ready and /status.
  enum class Trouble { none, unreachable, disk_full, read_only };
  virtual Trouble trouble() const { return read_only() ? Trouble::read_only : Trouble::none; }
  virtual bool is_sqlite() const = 0;
  virtual std::string keys_folder() const { return "data/keys"; }  // where a module keeps a key file of its own
  // What the last look at the journal found: its end at every start, all of it by the nightly check of `serve`.
  virtual std::string location() const { return {}; }  // what it was opened with
  virtual JournalCheck journal_check() const { return {}; }
  virtual void note_check(const Verdict&) {}
  struct Figures {
    std::int64_t commits, writes, refused, faults, retries, queued, unsealed;
  };
  virtual Figures figures() const = 0;  // for /metrics
};

}  // namespace db

// What a handler holds: the store and on whose behalf. Cheap to copy.
class Db {
 public:
  Db(db::Store& store, Actor who) : store_(&store), who_(std::move(who)) {}
  const Actor& who() const { return who_; }
  db::Store& store() const { return *store_; }
  Db as(Actor other) const { return {*store_, std::move(other)}; }

  // F: Act& -> Result<T> (a refusal rolls back) or any plain T. Returns what F returned, after COMMIT.
  template <class F>
  auto write(F&& f) -> std::invoke_result_t<F&, Act&> {
    using R = std::invoke_result_t<F&, Act&>;
    std::optional<R> answer;
    store_->write(who_, [&](Act& act) -> db::Store::Outcome {
      answer.emplace(f(act));
      if constexpr (requires { answer->refusal(); }) {
        if (!*answer)
          return {.kept = false, .forbidden = answer->refusal().kind == Refusal::forbidden, .refused_event = answer->refusal().key};
      }
      return {};
    });
    return std::move(*answer);
  }
  template <class F>
  auto read(F&& f) -> std::invoke_result_t<F&, Act&> {
    std::optional<std::invoke_result_t<F&, Act&>> answer;
    store_->read(who_, [&](Act& act) { answer.emplace(f(act)); });
    return std::move(*answer);
  }

 private:
  db::Store* store_;
  Actor who_;
};

}  // namespace rantau
