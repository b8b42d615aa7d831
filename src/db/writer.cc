// The running SQLite store: one writer thread that commits in groups, readers beside it.
#include <semaphore.h>
#include <unistd.h>

#include <chrono>
#include <deque>
#include <filesystem>

#include "base/log.h"
#include "db/backup.h"
#include "db/migrate.h"
#include "db/running.h"
#include "db/sqlite.h"

namespace rantau::db {

namespace {

using std::chrono::steady_clock;
constexpr std::size_t most_in_group = 256;
constexpr auto longest_group = std::chrono::milliseconds(5);
constexpr auto probe_every = std::chrono::seconds(1);
constexpr auto look_every = std::chrono::milliseconds(200);
constexpr int log_is_long = 1000, log_is_too_long = 16000;  // pages

// Where a thread waits for its answer. It outlives every call of the thread, so that waking it needs no lock; and it does not
// spin first, as std::binary_semaphore does: the processor belongs to the writer.
class Answered {
 public:
  Answered() { ::sem_init(&given_, 0, 0); }
  ~Answered() { ::sem_destroy(&given_); }
  Answered(const Answered&) = delete;
  Answered& operator=(const Answered&) = delete;
  void give() { ::sem_post(&given_); }
  void await() {
    while (::sem_wait(&given_) != 0) {  // a signal came
    }
  }

 private:
  sem_t given_{};
};
thread_local Answered answered_here;

// A caller's closure. It lives on the caller's stack, and not a moment longer than until `answered`.
struct Job {
  const Actor& who;
  const std::function<Store::Outcome(Act&)>& work;
  std::exception_ptr error{};
  bool refused = false;
  Written journalled{};

  Answered& answered;
};

thread_local bool is_writer_thread = false;

class SqliteStore final : public Running {
 public:
  explicit SqliteStore(const Options&);
  ~SqliteStore() override;
  void write(const Actor&, const std::function<Outcome(Act&)>&) override;
  void read(const Actor&, const std::function<void(Act&)>&) override;
  std::int64_t version() const override { return version_.load(); }
  bool is_sqlite() const override { return true; }

 private:
  std::string file() const { return options_.location + "/rantau.db"; }
  void copy_before_migration();
  void loop();
  void idle();
  void probe();
  Trouble look() override;
  void group();
  Job* next_for(std::size_t in_group, steady_clock::time_point since);
  bool run(Job&);
  bool commit(std::vector<Job*>&);
  void answer(Job&);
  void checkpoint();

  std::unique_ptr<Sqlite> writer_;
  Pool readers_;
  std::atomic<std::int64_t> version_ = 1;
  std::int64_t seen_ = 0;
  steady_clock::time_point looked_{}, probed_{}, optimized_ = steady_clock::now();

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job*> queue_;
  bool stop_ = false;
  std::thread thread_;
};

SqliteStore::SqliteStore(const Options& options)
    : Running(options), readers_([this] { return std::make_unique<Sqlite>(file(), Sqlite::Use::read); }, options.readers) {
  std::filesystem::create_directories(options.location);
  writer_ = std::make_unique<Sqlite>(file(), Sqlite::Use::write);
  const bool lanes_are_new = migrate(*writer_, carried_schema(), now(), [this] { copy_before_migration(); });
  load_journal_key(*writer_, lanes_are_new);
  seen_ = writer_->seen();
  thread_ = std::thread([this] { loop(); });
  start_sealer();
}

SqliteStore::~SqliteStore() {
  stop_sealer();
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
    arrived_.notify_one();
  }
  thread_.join();
}

void SqliteStore::copy_before_migration() {
  const std::string folder = options_.location + "/backup";
  std::filesystem::create_directories(folder);
  std::string name = folder + "/before-migration-" + iso_utc(now()) + ".db";
  for (char& c : name)
    if (c == ':') c = '-';
  (*writer_)("VACUUM INTO $1", name);
  if (std::filesystem::exists(keys_folder() + "/journal.key")) write_manifest(name, keys_folder(), now());
  log("db.copied_before_migration").with_system("file", name);
}

void SqliteStore::write(const Actor& who, const std::function<Outcome(Act&)>& work) {
  if (is_writer_thread) throw std::logic_error("db: a write inside a write");
  if (read_only_) throw ReadOnly("The disk is full: the office reads, and writes again as soon as there is room.");
  Job job{.who = who, .work = work, .answered = answered_here};
  {
    const std::scoped_lock lock(mutex_);
    if (stop_) throw Fault("The store is closing.");
    queue_.push_back(&job);
    ++queued_;
  }
  arrived_.notify_one();
  job.answered.await();
  if (job.error) std::rethrow_exception(job.error);
}

void SqliteStore::read(const Actor& who, const std::function<void(Act&)>& work) {
  auto reader = readers_.lend();
  reader->begin(false);
  struct End {
    Engine& engine;
    ~End() { engine.rollback(); }
  } const end{*reader};
  Act act = act_on(*reader, who, nullptr);
  work(act);
}

void SqliteStore::loop() {
  is_writer_thread = true;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      arrived_.wait_for(lock, look_every, [&] { return stop_ || !queue_.empty(); });
      if (stop_ && queue_.empty()) return;
    }
    group();
    idle();
  }
}

// Between two groups: what other processes wrote, whether the disk has room again, the log, the planner's statistics.
void SqliteStore::idle() {
  const auto at = steady_clock::now();
  try {
    if (at - looked_ >= look_every) {
      looked_ = at;
      if (const auto seen = writer_->seen(); seen != seen_) {
        seen_ = seen;
        ++version_;
      }
    }
    if (read_only_ && at - probed_ >= probe_every) {
      probed_ = at;
      probe();
    }
    checkpoint();
    if (at - optimized_ >= std::chrono::hours(24)) {
      optimized_ = at;
      writer_->script("PRAGMA optimize");
    }
  } catch (const Fault&) { writer_->forgive(); }
}

void SqliteStore::probe() {
  try {
    writer_->begin(true);
    writer_->script("PRAGMA user_version = 1");  // writes the first page, and changes nothing
    writer_->commit();
    read_only_ = false;
    log("db.writes_again");
  } catch (const Fault&) { writer_->rollback(); }
}

// A disk is full before somebody writes: the first who would must not be the one who finds out.
Store::Trouble SqliteStore::look() {
  constexpr std::uintmax_t least_room = 256 * 1024;
  std::error_code away;
  if (!std::filesystem::exists(file(), away)) return Trouble::unreachable;
  const auto room = std::filesystem::space(options_.location, away);
  if (away) return Trouble::none;
  return (::geteuid() == 0 ? room.free : room.available) < least_room ? Trouble::disk_full : Trouble::none;
}

void SqliteStore::checkpoint() {
  if (writer_->wal_pages() < log_is_long) return;
  writer_->checkpoint(writer_->wal_pages() >= log_is_too_long);
}

// The next closure for the group that is open: nothing when it is full, old, or nobody waits. While a group commits the
// next one gathers by itself, so nobody is ever made to wait for company.
Job* SqliteStore::next_for(std::size_t in_group, steady_clock::time_point since) {
  if (in_group >= (options_.group_commit ? most_in_group : 1)) return nullptr;
  if (in_group > 0 && steady_clock::now() - since >= longest_group) return nullptr;
  const std::scoped_lock lock(mutex_);
  if (queue_.empty()) return nullptr;
  Job* job = queue_.front();
  queue_.pop_front();
  --queued_;
  return job;
}

void SqliteStore::group() {
  std::deque<Job*> again;  // their transaction was ended by an error of another one
  bool first = true;
  while (first || !again.empty()) {
    const auto since = steady_clock::now();
    std::vector<Job*> ran;
    bool alive = true;
    while (alive) {
      Job* job = nullptr;
      if (!again.empty()) {
        job = again.front();
        again.pop_front();
      } else if (first) {
        job = next_for(ran.size(), since);
      }
      if (!job) break;
      ran.push_back(job);
      try {
        if (ran.size() == 1) writer_->begin(true);
        alive = run(*job);
      } catch (...) {
        job->error = std::current_exception();
        alive = false;
      }
    }
    first = false;
    if (ran.empty()) return;
    if (alive)
      alive = commit(ran);
    else {
      writer_->rollback();
      answer(*ran.back());
      ran.pop_back();
      again.insert(again.begin(), ran.begin(), ran.end());
      retries_ += static_cast<std::int64_t>(ran.size());
    }
  }
}

// Runs one closure between its savepoint and its end. False: the transaction is gone, and with it the whole group.
bool SqliteStore::run(Job& job) {
  job.error = nullptr;
  job.refused = false;
  job.journalled = {};
  writer_->savepoint();
  try {
    Act act = act_on(*writer_, job.who, &job.journalled);
    const Outcome outcome = job.work(act);
    if (writer_->failure() && (outcome.kept || !writer_->in_transaction())) std::rethrow_exception(writer_->failure());
    if (outcome.kept) {
      writer_->keep();
      return true;
    }
    job.refused = true;
    job.journalled = {};
    writer_->undo();
    if (outcome.forbidden) record_refusal(*writer_, job.who, outcome.refused_event, job.journalled);
    return true;
  } catch (...) {
    job.error = std::current_exception();
    job.journalled = {};
  }
  if (!writer_->in_transaction()) return false;
  try {
    writer_->undo();
  } catch (...) { return false; }
  return true;
}

bool SqliteStore::commit(std::vector<Job*>& ran) {
  std::int64_t kept = 0;
  Written entries;
  for (const Job* job : ran) entries.add(job->journalled);
  std::exception_ptr error;
  try {
    count_entries(*writer_, entries);
    writer_->commit();
  } catch (...) {
    forget_count(*writer_);
    error = std::current_exception();
    writer_->rollback();
  }
  for (const Job* job : ran) { kept += !job->error && (!job->refused || job->journalled.count > 0); }
  if (!error && kept > 0) {
    ++commits_;
    ++version_;
    journalled(entries.count);
  }
  for (Job* job : ran) {
    if (error && !job->error) job->error = error;
    answer(*job);
  }
  return !error;
}

void SqliteStore::answer(Job& job) {
  if (job.error) {
    ++faults_;
    try {
      std::rethrow_exception(job.error);
    } catch (const ReadOnly& e) {
      if (!read_only_.exchange(true)) log("db.read_only").with_system("why", e.what());
      probed_ = steady_clock::now();
    } catch (...) {  // the caller's own
    }
  } else if (job.refused) {
    ++refused_;
  } else {
    ++writes_;
  }
  job.answered.give();  // from here on the job may be gone
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const Options& options) { return std::make_unique<SqliteStore>(options); }

}  // namespace rantau::db
