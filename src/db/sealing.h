// How the store writes and seals the journal. Use cases call Act::record; readers use journal.h.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "db/act.h"
#include "db/journal.h"

namespace rantau::db {

// Returns the entry's leaf.
std::string write_entry(Connection&, const Actor&, std::int64_t id, Instant at, std::string_view event, std::int64_t subject,
                        std::string_view detail);
constexpr int entries_per_checkpoint = 1000;
// Seals the oldest unsealed entries, at most so many, under one new checkpoint. Returns how many.
int seal(Connection&, const crypto::SigningKey&, Instant at, int most = entries_per_checkpoint);
std::int64_t count_unsealed(Connection&);

// The journal's signing key: KEYS/journal.key (mode 0600) with journal.pub beside it, in hex. Made when `may_make`.
crypto::SigningKey journal_key(const std::string& keys_folder, bool may_make);

// A checkpoint as it is kept and as it is signed.
struct Checkpoint {
  std::int64_t size = 0;
  std::string root;  // this and the following in hex
  Instant at;
  std::string leaves, frontier, signature;
  std::string signed_text() const;
};
Checkpoint read_checkpoint(const Row&);  // size, root, at, leaves, frontier, signature
Entry read_entry(const Row&);            // id, at, actor, org, role, event, subject, detail, salt, seq, leaf
// The leaf of such a row: leaf_hash(commitment(read_entry(row))). `text` is room that is used again from row to row.
std::string leaf_of(const Row&, std::string& text);
std::string join_hex(const std::vector<std::string>& hashes);
std::optional<std::vector<std::string>> split_hex(std::string_view);

}  // namespace rantau::db
