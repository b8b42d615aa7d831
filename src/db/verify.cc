// Verification of the journal: is what stands there what was sealed? It trusts the public key and nothing in the tables.
#include <algorithm>

#include "db/engine.h"
#include "db/merkle.h"
#include "db/sealing.h"
#include "db/sqlite.h"

namespace rantau::db {

namespace {

constexpr std::int64_t rows_at_once = 5000;

class Verification {
 public:
  Verification(Connection& db, std::string_view key, const std::optional<Known>& known) : db_(db), key_(key), known_(known) {}
  Verdict run();

 private:
  bool checkpoint(const Checkpoint&);
  bool entries(std::int64_t first, const std::vector<std::string>& leaves);
  bool nothing_else();
  bool known_is_contained();
  bool bad(std::int64_t at, std::string what) {
    verdict_.first_bad = at;
    verdict_.what = std::move(what);
    return false;
  }
  static std::string entry(std::int64_t seq) { return "entry " + std::to_string(seq); }

  Connection& db_;
  const std::string key_;
  const std::optional<Known> known_;
  Frontier tree_;
  std::string root_at_known_;
  Verdict verdict_;
};

Verdict Verification::run() {
  verdict_.unsealed = count_unsealed(db_);
  if (known_ && known_->size == 0) root_at_known_ = crypto::hex(tree_.root());
  bool good = true;
  for (std::int64_t after = -1; good;) {
    const auto next =
        db_("SELECT size, root, at, leaves, frontier, signature FROM db_checkpoint WHERE size > $1 ORDER BY size LIMIT 1", after)
            .one();
    if (!next) break;
    after = next->num(0);
    good = checkpoint(read_checkpoint(*next));
  }
  good = good && nothing_else() && known_is_contained();
  verdict_.intact = good;
  return verdict_;
}

bool Verification::checkpoint(const Checkpoint& c) {
  const std::int64_t first = tree_.size();
  const std::string name = "the checkpoint of " + std::to_string(c.size) + " entries";
  const auto signature = crypto::unhex(c.signature);
  if (!signature || signature->size() != 64 || !crypto::verify(key_, c.signed_text(), *signature))
    return bad(first, name + " is not what was signed: nothing from entry " + std::to_string(first) + " on is proved by it");
  const auto leaves = split_hex(c.leaves);
  if (!leaves || leaves->empty()) return bad(first, name + " names no entries");
  if (c.size - static_cast<std::int64_t>(leaves->size()) != first)
    return bad(first, "the checkpoint that sealed " + entry(first) + " is missing");
  for (const auto& leaf : *leaves) {
    tree_.append(leaf);
    if (known_ && known_->size == tree_.size()) root_at_known_ = crypto::hex(tree_.root());
  }
  if (crypto::hex(tree_.root()) != c.root || join_hex(tree_.roots()) != c.frontier)
    return bad(first, name + " does not follow from the one before it");
  if (!entries(first, *leaves)) return false;
  ++verdict_.checkpoints;
  return true;
}

bool Verification::entries(std::int64_t first, const std::vector<std::string>& leaves) {
  const std::int64_t end = first + static_cast<std::int64_t>(leaves.size());
  for (std::int64_t seq = first; seq < end;) {
    const auto rows =
        db_("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal "
            "WHERE seq >= $1 AND seq < $2 ORDER BY seq, id",
            seq, std::min(end, seq + rows_at_once));
    const std::int64_t stop = std::min(end, seq + rows_at_once);
    for (const auto& row : rows) {
      const Entry e = read_entry(row);
      if (e.seq < seq) return bad(e.seq, entry(e.seq) + " stands there twice");
      if (e.seq > seq) return bad(seq, entry(seq) + " is missing");
      const std::string& sealed = leaves[static_cast<std::size_t>(seq - first)];
      const std::string now = leaf_hash(commitment(e));
      if (now != sealed || e.leaf != crypto::hex(sealed)) return bad(seq, entry(seq) + ": its content is not what was sealed");
      ++seq;
      ++verdict_.entries;
    }
    if (seq < stop) return bad(seq, entry(seq) + " is missing");
  }
  return true;
}

// No row may claim a place that no checkpoint gave.
bool Verification::nothing_else() {
  const auto other = db_("SELECT seq FROM db_journal WHERE seq < 0 OR seq >= $1 ORDER BY seq LIMIT 1", tree_.size());
  if (other.empty()) return true;
  const std::int64_t seq = other.number();
  return bad(std::max<std::int64_t>(seq, 0), entry(seq) + " claims to be sealed, and no checkpoint knows it");
}

bool Verification::known_is_contained() {
  if (!known_) return true;
  if (known_->size > tree_.size())
    return bad(tree_.size(), entry(tree_.size()) + " is missing: the checkpoint noted outside holds " +
                                 std::to_string(known_->size) + " entries");
  if (known_->root != root_at_known_)
    return bad(-1, "the first " + std::to_string(known_->size) +
                       " entries are not those of the checkpoint noted outside: the journal was written anew");
  return true;
}

// A connection that changes nothing, to a store that may be running or not.
std::unique_ptr<Engine> open_for_audit(const std::string& location) {
  if (is_postgres(location)) {
    auto db = open_postgres(location);
    db->script("SET default_transaction_read_only = on");
    return db;
  }
  return std::make_unique<Sqlite>(location + "/rantau.db", Sqlite::Use::audit);
}

}  // namespace

Verdict verify_journal(Connection& db, std::string_view public_key) { return Verification(db, public_key, std::nullopt).run(); }

Verdict verify_journal(Connection& db, std::string_view public_key, const std::optional<Known>& known) {
  return Verification(db, public_key, known).run();
}

Verdict verify_journal_at(const std::string& location, std::string_view public_key, const std::optional<Known>& known) {
  crypto::init();
  auto db = open_for_audit(location);
  db->begin(false);  // one moment, whatever is being written meanwhile
  return Verification(*db, public_key, known).run();
}

std::optional<Known> last_checkpoint_at(const std::string& location) {
  auto db = open_for_audit(location);
  const auto last = (*db)("SELECT size, root FROM db_checkpoint ORDER BY size DESC LIMIT 1").one();
  if (!last) return std::nullopt;
  return Known{last->num(0), last->text(1)};
}

}  // namespace rantau::db
