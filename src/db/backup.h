// A copy of a running SQLite office, and the drill that proves a copy can be restored. PostgreSQL has its own tools.
#pragma once
#include <string>
#include <string_view>

#include "base/date.h"
#include "db/db.h"

namespace rantau::db {

// Writes FOLDER/rantau-<time>.db, one moment of the office, readable by its owner only, and beside it its manifest: size and
// SHA-256 of the copy, signed with the journal's key. SQLite has no checksums of its own: without the manifest a flipped bit
// in a row, in an index or in a free page is seen by nobody. The keys are no part of the copy.
// Returns the file; throws Fault when it cannot be written.
std::string backup(const std::string& data_folder, const std::string& keys_folder, const std::string& folder, Instant now);
std::string manifest_of(const std::string& copy);  // where it stands: COPY.manifest
void write_manifest(const std::string& copy, const std::string& keys_folder, Instant now);
// Both places on one disk: the copy goes when the disk goes.
bool same_disk(const std::string& a, const std::string& b);

struct Drill {
  bool good = false;      // every look found what it should, and the manifest proves each byte
  bool unproven = false;  // no manifest: the looks found nothing, which proves little
  std::string what;       // the first thing that is wrong
  std::int64_t tables = 0, rows = 0, entries = 0, ms = 0;
};
// Restores the copy into a temporary place, opens it there, and looks: the manifest, integrity, references, rows, the whole
// journal. The copy itself is not touched, and nothing of the drill stays.
Drill restore_drill(const std::string& file, std::string_view public_key);
// Puts a copy, byte for byte as its manifest says, where an office stands: DATA/rantau.db, which must not be there yet.
void restore(const std::string& file, std::string_view public_key, const std::string& data_folder);

}  // namespace rantau::db
