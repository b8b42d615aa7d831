// The journal: writing entries, sealing them under signed checkpoints, showing a page of them.
#include "db/journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "db/lanes.h"
#include "db/merkle.h"
#include "db/sealing.h"

namespace rantau::db {

std::string merkle_root(const std::vector<std::string>& leaf_hashes) {
  Frontier tree;
  for (const auto& leaf : leaf_hashes) tree.append(leaf);
  return tree.root();
}

namespace {

// What a commitment covers, wherever it stands.
struct Covered {
  std::int64_t id, at, user, org;
  std::string_view role, event;
  std::int64_t subject;
  std::string_view detail, salt;
};

// Every field with its length before it, so that no two events are written alike.
void canonical(const Covered& c, std::string& text) {
  const auto digits = [&](auto n, char end) {
    std::array<char, 24> room;
    char* last = std::to_chars(room.begin(), room.end(), n).ptr;
    *last++ = end;
    text.append(room.begin(), last);
  };
  const auto field = [&](std::string_view s) {
    digits(s.size(), ':');
    text.append(s);
  };
  text.clear();
  if (const auto salt = crypto::unhex(c.salt)) text += *salt;
  digits(c.id, ';');
  digits(c.at, ';');
  digits(c.user, ';');
  digits(c.org, ';');
  field(c.role);
  field(c.event);
  digits(c.subject, ';');
  field(c.detail);
}

}  // namespace

std::string commitment(const Entry& e) {
  std::string text;
  canonical({e.id, e.at.ms, e.user.value, e.org.value, e.role, e.event, e.subject, e.detail, e.salt}, text);
  return crypto::sha256(text);
}

std::string leaf_of(const Row& r, std::string& text) {
  canonical({r.num(0), r.num(1), r.num(2), r.num(3), r.text(4), r.text(5), r.num(6), r.text(7), r.text(8)}, text);
  return leaf_hash(crypto::sha256(text));
}

std::string write_entry(Connection& db, const Actor& who, std::int64_t id, Instant at, std::string_view event, std::int64_t subject,
                        std::string_view detail) {
  const auto salt = crypto::hex(crypto::random_bytes(16));
  std::string text;
  canonical({id, at.ms, who.user.value, who.org.value, who.role, event, subject, detail, salt}, text);
  auto leaf = leaf_hash(crypto::sha256(text));
  db("INSERT INTO db_journal (id, at, actor, org, role, event, subject, detail, salt, leaf) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     id, at, who.user.value, who.org.value, who.role, event, subject, detail, salt, crypto::hex(leaf));
  return leaf;
}

std::int64_t count_unsealed(Connection& db) { return db("SELECT count(*) FROM db_journal WHERE seq IS NULL").number(); }

Entry read_entry(const Row& r) {
  return {.id = r.num(0),
          .seq = r.null(9) ? -1 : r.num(9),
          .at = r.at(1),
          .user = r.id<UserId>(2),
          .org = r.id<OrgId>(3),
          .role = r.text(4),
          .event = r.text(5),
          .subject = r.num(6),
          .detail = r.text(7),
          .salt = r.text(8),
          .leaf = r.text(10)};
}

std::string join_hex(const std::vector<std::string>& hashes) {
  std::string all;
  all.reserve(hashes.size() * 64);
  for (const auto& h : hashes) all += crypto::hex(h);
  return all;
}

std::optional<std::vector<std::string>> split_hex(std::string_view text) {
  std::vector<std::string> hashes;
  if (text.size() % 64 != 0) return std::nullopt;
  hashes.reserve(text.size() / 64);
  for (; !text.empty(); text.remove_prefix(64)) {
    auto hash = crypto::unhex(text.substr(0, 64));
    if (!hash) return std::nullopt;
    hashes.push_back(std::move(*hash));
  }
  return hashes;
}

std::string Checkpoint::signed_text() const {
  return "rantau journal checkpoint 1\n" + std::to_string(size) + "\n" + root + "\n" + std::to_string(at.ms) + "\n" + leaves +
         "\n" + frontier + "\n";
}

Checkpoint read_checkpoint(const Row& r) {
  return {.size = r.num(0), .root = r.text(1), .at = r.at(2), .leaves = r.text(3), .frontier = r.text(4), .signature = r.text(5)};
}

namespace {

struct Placed {
  std::int64_t seq;
  std::string hex;
};

// Gives the oldest unsealed entries their places, from `first` on, in one statement: what it returns is what it changed,
// whoever else writes meanwhile.
std::vector<Placed> place(Connection& db, std::int64_t first, int most) {
  std::vector<Placed> placed;
  for (const auto& row :
       db("UPDATE db_journal SET seq = $1 + waiting.n FROM (SELECT id AS entry, row_number() OVER (ORDER BY id) - 1 AS n "
          "FROM db_journal WHERE seq IS NULL ORDER BY id LIMIT $2) AS waiting WHERE id = waiting.entry RETURNING seq, leaf",
          first, most))
    placed.push_back({row.num(0), row.text(1)});
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.seq < b.seq; });
  return placed;
}

// For an entry that stands there without its leaf: an older Rantau wrote none before sealing.
std::string late_leaf(Connection& db, std::int64_t seq) {
  std::string text;
  auto leaf = crypto::hex(leaf_of(
      db("SELECT id, at, actor, org, role, event, subject, detail, salt FROM db_journal WHERE seq = $1", seq).one().value(), text));
  db("UPDATE db_journal SET leaf = $2 WHERE seq = $1", seq, leaf);
  return leaf;
}

}  // namespace

int seal(Connection& db, const crypto::SigningKey& key, Instant at, int most) {
  Frontier tree;
  if (auto last = db("SELECT size, frontier FROM db_checkpoint ORDER BY size DESC LIMIT 1").one()) {
    auto roots = split_hex(last->text(1));
    if (!roots) throw Fault("The journal's last checkpoint is damaged: verify the journal.");
    tree = Frontier(last->num(0), std::move(*roots));
  }
  Checkpoint mark{.at = at};
  Written sealed;
  for (auto& [seq, hex] : place(db, tree.size(), most)) {
    auto leaf = crypto::unhex(hex);
    if (!leaf || leaf->size() != 32) leaf = crypto::unhex(hex = late_leaf(db, seq));
    sealed.sum.add(*leaf);
    ++sealed.count;
    mark.leaves += hex;
    tree.append(*leaf);
  }
  if (sealed.count == 0) return 0;
  mark.size = tree.size();
  mark.root = crypto::hex(tree.root());
  mark.frontier = join_hex(tree.roots());
  mark.signature = crypto::hex(crypto::sign(key, mark.signed_text()));
  db("INSERT INTO db_checkpoint (size, root, at, leaves, frontier, signature) VALUES ($1, $2, $3, $4, $5, $6)", mark.size,
     mark.root, mark.at, mark.leaves, mark.frontier, mark.signature);
  move_lane(db, key, at, sealed, sealed_lane, std::nullopt);
  return static_cast<int>(sealed.count);
}

Page journal_page(Connection& db, std::int64_t before_seq, int count, std::string_view event_prefix, std::int64_t subject) {
  Page page;
  const std::int64_t before = before_seq > 0 ? before_seq : INT64_MAX;
  const auto add = [&](const Rows& rows) {
    for (const auto& r : rows) page.entries.push_back(read_entry(r));
  };
  // Entries not yet sealed stand before all others: to a reader they are the newest.
  if (before_seq <= 0)
    add(
        db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal "
           "WHERE seq IS NULL AND substr(event, 1, length($1)) = $1 AND (CAST($3 AS BIGINT) = 0 OR subject = $3) ORDER BY id DESC "
           "LIMIT $2",
           event_prefix, count, subject));
  if (const int left = count - static_cast<int>(page.entries.size()); left > 0)
    add(
        db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal "
           "WHERE seq < $1 AND substr(event, 1, length($2)) = $2 AND (CAST($4 AS BIGINT) = 0 OR subject = $4) ORDER BY seq DESC "
           "LIMIT $3",
           before, event_prefix, left, subject));
  page.total =
      db("SELECT count(*) FROM db_journal WHERE substr(event, 1, length($1)) = $1 AND (CAST($2 AS BIGINT) = 0 OR subject = $2)",
         event_prefix, subject)
          .number();
  if (auto last = db("SELECT size, root, at FROM db_checkpoint ORDER BY size DESC LIMIT 1").one()) {
    page.sealed = last->num(0);
    page.root = last->text(1);
    page.checkpoint_at = last->at(2);
  }
  return page;
}

namespace {

void write_file(const std::string& path, const std::string& text, unsigned mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) throw Fault("The key file cannot be made: " + path);
  const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  if (::close(file) != 0 || !whole) {
    ::unlink(path.c_str());
    throw ReadOnly("The key file cannot be written: " + path);
  }
}

}  // namespace

std::string journal_public_key(const std::string& keys_folder) {
  std::ifstream in(keys_folder + "/journal.pub");
  std::string hex;
  in >> hex;
  return crypto::unhex(hex).value_or("");
}

crypto::SigningKey journal_key(const std::string& keys_folder, bool may_make) {
  const std::string path = keys_folder + "/journal.key";
  if (std::ifstream in(path); in) {
    std::string text(std::istreambuf_iterator<char>(in), {});
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    const auto secret = crypto::unhex(text);
    if (!secret || secret->size() != 64) throw Fault("The journal's key is damaged: " + path);
    return {.public_key = secret->substr(32), .secret_key = *secret};  // Ed25519: the second half is the public key
  }
  if (!may_make)
    throw Fault("The journal is signed with a key that is not there: put " + path +
                " back (keys are kept apart from the backups).");
  std::filesystem::create_directories(keys_folder);
  ::chmod(keys_folder.c_str(), 0700);
  auto key = crypto::new_signing_key();
  write_file(path, crypto::hex(key.secret_key) + "\n", 0600);
  std::error_code ignored;
  std::filesystem::remove(keys_folder + "/journal.pub", ignored);
  write_file(keys_folder + "/journal.pub", crypto::hex(key.public_key) + "\n", 0644);
  return key;
}

}  // namespace rantau::db
