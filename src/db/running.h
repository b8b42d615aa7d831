// What both running stores share: clock, ids, journal, sealer, figures, and a pool of connections.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "base/crypto.h"
#include "db/act.h"
#include "db/engine.h"
#include "db/journal.h"
#include "db/lanes.h"

namespace rantau::db {

// Connections lent to one thread at a time; the last returned goes out first, its cache being warm.
class Pool {
 public:
  Pool(std::function<std::unique_ptr<Engine>()> open, int most) : open_(std::move(open)), most_(most < 1 ? 1 : most) {}

  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<Engine> engine) : pool_(pool), engine_(std::move(engine)) {}
    ~Loan() { pool_.back(std::move(engine_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Engine& operator*() { return *engine_; }
    Engine* operator->() { return engine_.get(); }

   private:
    Pool& pool_;
    std::unique_ptr<Engine> engine_;
  };
  Loan lend();

 private:
  void back(std::unique_ptr<Engine>);

  std::function<std::unique_ptr<Engine>()> open_;
  const int most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Engine>> idle_;
  int out_ = 0;
};

class Running : public Store {
 public:
  explicit Running(const Options&);
  ~Running() override;

  Instant now() const final;
  void seal_now() final;
  bool read_only() const final { return read_only_.load(); }
  Trouble trouble() const final;
  Figures figures() const override;
  std::string keys_folder() const final;
  std::string location() const final { return options_.location; }
  JournalCheck journal_check() const final;
  void note_check(const Verdict&) final;

 protected:
  void start_sealer();
  void stop_sealer();  // before the derived store goes away; seals what is left
  // `journalled` counts the entries of this act, nullptr: a read, which records nothing.
  Act act_on(Connection&, const Actor&, Written* journalled);
  void record_refusal(Connection&, const Actor&, std::string_view key, Written& journalled);
  std::int64_t fresh_id();
  void journalled(std::int64_t entries);  // after COMMIT
  // Before COMMIT: counts the entries in the lane of this connection.
  void count_entries(Connection&, const Written&);
  void forget_count(const Connection&);
  void load_journal_key(Connection&, bool lanes_are_new);
  virtual Trouble look() = 0;          // each second, on the sealer's thread: is the database there, has the disk room
  virtual void probe_from_sealer() {}  // each second while read-only; SQLite probes on its writer thread instead

  const Options options_;
  std::atomic<std::int64_t> commits_ = 0, writes_ = 0, refused_ = 0, faults_ = 0, retries_ = 0, queued_ = 0, unsealed_ = 0;
  std::atomic<bool> read_only_ = false;
  std::atomic<Trouble> seen_trouble_ = Trouble::none;

 private:
  void seal_loop();

  crypto::SigningKey key_;
  Lanes lanes_;
  mutable std::mutex ids_mutex_;
  IdMaker ids_;
  mutable std::mutex check_mutex_;
  JournalCheck check_;
  std::mutex seal_mutex_;  // one sealing at a time
  std::mutex wake_mutex_;
  std::condition_variable wake_;
  bool stop_ = false, many_ = false;
  std::thread sealer_;
};

std::unique_ptr<Store> open_sqlite_store(const Options&);
std::unique_ptr<Store> open_postgres_store(const Options&);

}  // namespace rantau::db
