// The pool of connections and what both running stores share.
#include <filesystem>

#include "base/log.h"
#include "db/running.h"
#include "db/sealing.h"

namespace rantau::db {

Pool::Loan Pool::lend() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return !idle_.empty() || out_ < most_; });
  ++out_;
  while (!idle_.empty()) {
    auto engine = std::move(idle_.back());
    idle_.pop_back();
    if (!engine->lost()) return {*this, std::move(engine)};
  }
  lock.unlock();
  try {
    return {*this, open_()};
  } catch (...) {
    back(nullptr);
    throw;
  }
}

void Pool::back(std::unique_ptr<Engine> engine) {
  const std::scoped_lock lock(mutex_);
  --out_;
  if (engine && !engine->lost()) idle_.push_back(std::move(engine));
  returned_.notify_one();
}

Running::Running(const Options& options) : options_(options), ids_(options.node) { crypto::init(); }

Running::~Running() = default;

Instant Running::now() const {
  if (options_.clock) return options_.clock();
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::int64_t Running::fresh_id() {
  const std::int64_t ms = now().ms;
  const std::scoped_lock lock(ids_mutex_);
  return ids_.next(ms);
}

Act Running::act_on(Connection& connection, const Actor& who, Written* journalled) {
  const Instant at = now();
  return {.db = connection,
          .who = who,
          .now = at,
          .today = day_of(at),
          .fresh_id = [this] { return fresh_id(); },
          .random = options_.random ? options_.random : [] {
            std::uint64_t bits = 0;
            for (const char c : crypto::random_bytes(sizeof bits)) bits = bits << 8 | static_cast<unsigned char>(c);
            return bits;
          },
          .journal =
              [this, &connection, &who, at, journalled](std::string_view event, std::int64_t subject, std::string_view detail) {
                if (!journalled) throw std::logic_error("db: what is recorded in the journal belongs into a write");
                journalled->sum.add(write_entry(connection, who, fresh_id(), at, event, subject, detail));
                ++journalled->count;
              }};
}

void Running::record_refusal(Connection& connection, const Actor& who, std::string_view key, Written& journalled) {
  act_on(connection, who, &journalled).record("access.refused", key);
}

std::string Running::keys_folder() const {
  if (!options_.keys.empty()) return options_.keys;
  return is_postgres(options_.location) ? "data/keys" : options_.location + "/keys";
}

void Running::load_journal_key(Connection& connection, bool lanes_are_new) {
  key_ = journal_key(keys_folder(), connection("SELECT count(*) FROM db_checkpoint").number() == 0);
  if (lanes_are_new && connection("SELECT 1 FROM db_lane LIMIT 1").empty()) adopt_lanes(connection, key_, now());
  unsealed_ = count_unsealed(connection);
  note_check(verify_journal_tail(connection, key_.public_key));
}

void Running::count_entries(Connection& connection, const Written& written) { lanes_.count(connection, key_, now(), written); }
void Running::forget_count(const Connection& connection) { lanes_.forget(connection); }

JournalCheck Running::journal_check() const {
  const std::scoped_lock lock(check_mutex_);
  return check_;
}

void Running::note_check(const Verdict& verdict) {
  if (!verdict.intact) log("db.journal_damaged").with_system("what", verdict.what);
  const std::scoped_lock lock(check_mutex_);
  // A good look at the end does not take back what a look at everything found.
  if (verdict.intact && !verdict.whole && check_.at.ms && !check_.intact) return;
  check_ = {.at = now(), .intact = verdict.intact, .whole = verdict.whole, .entries = verdict.entries, .what = verdict.what};
}

void Running::journalled(std::int64_t entries) {
  if (entries == 0) return;
  if ((unsealed_ += entries) < entries_per_checkpoint) return;
  const std::scoped_lock lock(wake_mutex_);
  many_ = true;
  wake_.notify_one();
}

void Running::seal_now() {
  const std::scoped_lock one(seal_mutex_);
  const Actor office{.role = "system"};
  for (int sealed = entries_per_checkpoint; sealed == entries_per_checkpoint;) {
    write(office, [&](Act& act) -> Outcome {
      sealed = seal(act.db, key_, act.now);
      return {};
    });
    unsealed_ -= sealed;
  }
}

Store::Trouble Running::trouble() const {
  const Trouble seen = seen_trouble_;
  return seen == Trouble::none && read_only_ ? Trouble::read_only : seen;
}

void Running::start_sealer() {
  sealer_ = std::thread([this] { seal_loop(); });
}

void Running::seal_loop() {
  std::unique_lock lock(wake_mutex_);
  for (int second = 1; !stop_; ++second) {
    wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stop_ || many_; });
    const bool due = many_ || second % 5 == 0;
    many_ = false;
    lock.unlock();
    try {
      seen_trouble_ = look();
      if (read_only_)
        probe_from_sealer();
      else if (due && unsealed_ != 0)
        seal_now();
    } catch (const std::exception& e) { log("db.not_sealed").with_system("why", e.what()); }
    lock.lock();
  }
}

void Running::stop_sealer() {
  {
    const std::scoped_lock lock(wake_mutex_);
    stop_ = true;
    wake_.notify_one();
  }
  if (sealer_.joinable()) sealer_.join();
  try {
    if (unsealed_ != 0 && !read_only_) seal_now();
  } catch (const std::exception&) {  // sealed at the next start
  }
}

Store::Figures Running::figures() const {
  return {.commits = commits_,
          .writes = writes_,
          .refused = refused_,
          .faults = faults_,
          .retries = retries_,
          .queued = queued_,
          .unsealed = unsealed_};
}

std::unique_ptr<Store> Store::open(const Options& options) {
  return is_postgres(options.location) ? open_postgres_store(options) : open_sqlite_store(options);
}

}  // namespace rantau::db
