// The tamper-evident journal: RFC 6962-style Merkle log over salted commitments, signed checkpoints.
// A row is written in the transaction of the act it records; the sealer gives it its place (seq) and its hash.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "db/act.h"

namespace rantau::db {

// 0x00 | leaf and 0x01 | left | right, as RFC 6962 section 2.1. The root of nothing is SHA-256("").
std::string leaf_hash(std::string_view commitment);
std::string merkle_root(const std::vector<std::string>& leaf_hashes);

struct Entry {
  std::int64_t id = 0, seq = 0;  // seq counts from 0; -1: not sealed yet
  Instant at;
  UserId user;
  OrgId org;
  std::string role, event;
  std::int64_t subject = 0;
  std::string detail, salt, leaf;  // salt and leaf in hex
};
// SHA-256(salt | canonical event): what the leaf hides and proves.
std::string commitment(const Entry&);

struct Page {
  std::vector<Entry> entries;
  std::int64_t total = 0, sealed = 0;
  std::string root;
  Instant checkpoint_at;
};
// `subject` other than 0: entries about it alone.
Page journal_page(Connection&, std::int64_t before_seq, int count, std::string_view event_prefix, std::int64_t subject = 0);

struct Verdict {
  bool intact = false;
  std::int64_t entries = 0, checkpoints = 0, unsealed = 0;
  std::int64_t first_bad = -1;  // sequence number of the first entry that is not what was sealed
  bool whole = true;            // every entry was looked at, or (false) the end only
  std::string what;             // "entry 17: its content is not what was sealed", "entry 18 is missing", ...
};
// Recomputes every leaf, every checkpoint and every signature. Each checkpoint carries the leaves it sealed inside the
// signature, so that a consistently rewritten entry is named, not only its interval. Needs no running server.
Verdict verify_journal(Connection&, std::string_view public_key);

// What can be looked at within a start: the counters, the entries not sealed yet, and those of the last checkpoint.
Verdict verify_journal_tail(Connection&, std::string_view public_key);

// A checkpoint somebody outside noted earlier: the journal of today must contain it.
struct Known {
  std::int64_t size = 0;
  std::string root;  // hex
};
Verdict verify_journal(Connection&, std::string_view public_key, const std::optional<Known>& known);
// The same on a store that is not running: a data folder or postgres://… . Opens read-only, changes nothing.
Verdict verify_journal_at(const std::string& location, std::string_view public_key, const std::optional<Known>& known);
std::string journal_public_key(const std::string& keys_folder);  // of KEYS/journal.pub; "" when it cannot be read
std::optional<Known> last_checkpoint_at(const std::string& location);

}  // namespace rantau::db
