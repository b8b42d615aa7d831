// Verification of the journal: is what stands there what was sealed? It trusts the public key and nothing in the tables.
#include <algorithm>
#include <deque>
#include <future>
#include <thread>

#include "db/engine.h"
#include "db/lanes.h"
#include "db/merkle.h"
#include "db/sealing.h"
#include "db/sqlite.h"

namespace rantau::db {

namespace {

std::string entry(std::int64_t seq) { return "entry " + std::to_string(seq); }
std::string name_of(const Checkpoint& c) { return "the checkpoint of " + std::to_string(c.size) + " entries"; }

struct Break {
  std::int64_t at;
  std::string what;
};

// What can be proved of one checkpoint and the entries under it without the others: every core proves some of them.
struct Proof {
  Checkpoint mark;
  std::int64_t first = 0;
  std::vector<std::string> leaves;
  std::int64_t entries = 0;
  std::optional<Break> mark_broken, entry_broken;
};

std::optional<Break> signature_broken(const Proof& p, std::string_view key) {
  const auto signature = crypto::unhex(p.mark.signature);
  if (signature && signature->size() == 64 && crypto::verify(key, p.mark.signed_text(), *signature)) return std::nullopt;
  return Break{p.first, name_of(p.mark) + " is not what was signed: nothing from " + entry(p.first) + " on is proved by it"};
}

// The rows are those with a place from `first` on, in order: each must be the next, and what its leaf says.
std::optional<Break> entry_broken(Proof& p, const Rows& rows) {
  std::int64_t seq = p.first;
  std::string text;
  for (const auto& row : rows) {
    if (row.num(9) < seq) return Break{row.num(9), entry(row.num(9)) + " stands there twice"};
    if (row.num(9) > seq) return Break{seq, entry(seq) + " is missing"};
    const auto place = static_cast<std::size_t>(seq - p.first);
    const bool same_leaf = row.text(10) == std::string_view(p.mark.leaves).substr(place * 64, 64);
    if (!same_leaf || leaf_of(row, text) != p.leaves[place]) return Break{seq, entry(seq) + ": its content is not what was sealed"};
    ++seq;
    ++p.entries;
  }
  if (seq < p.mark.size) return Break{seq, entry(seq) + " is missing"};
  return std::nullopt;
}

Proof prove(std::string_view key, Checkpoint mark, std::int64_t first, const Rows& rows) {
  Proof p{.mark = std::move(mark), .first = first};
  if ((p.mark_broken = signature_broken(p, key))) return p;
  auto leaves = split_hex(p.mark.leaves);
  if (!leaves || leaves->empty())
    p.mark_broken = Break{first, name_of(p.mark) + " names no entries"};
  else if (p.mark.size - static_cast<std::int64_t>(leaves->size()) != first)
    p.mark_broken = Break{first, "the checkpoint that sealed " + entry(first) + " is missing"};
  if (p.mark_broken) return p;
  p.leaves = std::move(*leaves);
  p.entry_broken = entry_broken(p, rows);
  return p;
}

class Verification {
 public:
  Verification(Connection& db, std::string_view key, const std::optional<Known>& known) : db_(db), key_(key), known_(known) {}
  Verdict run();

 private:
  Rows rows_of(const Checkpoint&, std::int64_t first, std::int64_t count);
  bool joined(const Proof&);
  bool nothing_else();
  bool known_is_contained();
  bool lanes_fit();
  bool bad(std::int64_t at, std::string what) {
    verdict_.first_bad = at;
    verdict_.what = std::move(what);
    return false;
  }
  bool bad(const Break& b) { return bad(b.at, b.what); }

  Connection& db_;
  const std::string key_;
  const std::optional<Known> known_;
  Frontier tree_;
  std::string root_at_known_;
  Verdict verdict_;
};

// This thread reads and joins, the others prove; the proofs are joined in order, so that the first break is the one named.
Verdict Verification::run() {
  verdict_.unsealed = count_unsealed(db_);
  if (known_ && known_->size == 0) root_at_known_ = crypto::hex(tree_.root());
  const std::size_t at_once = std::max(2U, std::thread::hardware_concurrency());
  std::deque<std::future<Proof>> proofs;
  const auto join_next = [&] {
    const auto proof = proofs.front().get();
    proofs.pop_front();
    return joined(proof);
  };
  bool good = true;
  std::int64_t first = 0;
  for (std::int64_t after = -1; good;) {
    const auto next =
        db_("SELECT size, root, at, leaves, frontier, signature FROM db_checkpoint WHERE size > $1 ORDER BY size LIMIT 1", after)
            .one();
    if (!next) break;
    after = next->num(0);
    auto mark = read_checkpoint(*next);
    const auto count = static_cast<std::int64_t>(mark.leaves.size() / 64);
    auto rows = rows_of(mark, first, count);
    proofs.push_back(std::async(std::launch::async, [this, first, mark = std::move(mark), rows = std::move(rows)]() mutable {
      return prove(key_, std::move(mark), first, rows);
    }));
    first += count;
    if (proofs.size() > at_once) good = join_next();
  }
  while (good && !proofs.empty()) good = join_next();
  good = good && nothing_else() && known_is_contained() && lanes_fit();
  verdict_.intact = good;
  return verdict_;
}

Rows Verification::rows_of(const Checkpoint& mark, std::int64_t first, std::int64_t count) {
  if (mark.size - count != first) return Rows({});  // it does not follow: prove() says so
  return db_(
      "SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal "
      "WHERE seq >= $1 AND seq < $2 ORDER BY seq",
      first, mark.size);
}

// Appends what was proved to the tree of all before it.
bool Verification::joined(const Proof& p) {
  if (p.mark_broken) return bad(*p.mark_broken);
  for (const auto& leaf : p.leaves) {
    tree_.append(leaf);
    if (known_ && known_->size == tree_.size()) root_at_known_ = crypto::hex(tree_.root());
  }
  if (crypto::hex(tree_.root()) != p.mark.root || join_hex(tree_.roots()) != p.mark.frontier)
    return bad(p.first, name_of(p.mark) + " does not follow from the one before it");
  verdict_.entries += p.entries;
  if (p.entry_broken) return bad(*p.entry_broken);
  ++verdict_.checkpoints;
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

// What no checkpoint proves: that there is an end, and that what waits to be sealed is what was written.
bool Verification::lanes_fit() {
  const auto broken = lanes_broken(db_, key_);
  return !broken || bad(tree_.size(), *broken);
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

Verdict verify_journal_tail(Connection& db, std::string_view public_key) {
  Verdict verdict{.intact = true, .unsealed = count_unsealed(db), .whole = false};
  const auto bad = [&](std::int64_t at, std::string what) {
    verdict.intact = false;
    verdict.first_bad = at;
    verdict.what = std::move(what);
    return verdict;
  };
  const auto last = db("SELECT size, root, at, leaves, frontier, signature FROM db_checkpoint ORDER BY size DESC LIMIT 1").one();
  const auto mark = last ? read_checkpoint(*last) : Checkpoint{};
  if (last) {
    const auto first = mark.size - static_cast<std::int64_t>(mark.leaves.size() / 64);
    const auto rows =
        db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal "
           "WHERE seq >= $1 ORDER BY seq",
           first);
    const auto proof = prove(public_key, mark, first, rows);
    if (proof.mark_broken) return bad(proof.mark_broken->at, proof.mark_broken->what);
    verdict.entries = proof.entries;
    verdict.checkpoints = 1;
    if (proof.entry_broken) return bad(proof.entry_broken->at, proof.entry_broken->what);
  }
  if (const auto broken = lanes_broken(db, public_key)) return bad(mark.size, *broken);
  return verdict;
}

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
