// A copy of a running SQLite office, and the drill that proves a copy can be restored. PostgreSQL has its own tools.
#pragma once
#include <string>
#include <string_view>

#include "base/date.h"
#include "db/db.h"

namespace rantau::db {

// Writes FOLDER/rantau-<time>.db, one moment of the office, readable by its owner only. The keys are no part of it.
// Returns the file; throws Fault when it cannot be written.
std::string backup(const std::string& data_folder, const std::string& folder, Instant now);
// Both places on one disk: the copy goes when the disk goes.
bool same_disk(const std::string& a, const std::string& b);

struct Drill {
  bool good = false;
  std::string what;  // the first thing that is wrong
  std::int64_t tables = 0, rows = 0, entries = 0, ms = 0;
};
// Restores the copy into a temporary place, opens it there, and looks: integrity, references, rows, the whole journal.
// The copy itself is not touched, and nothing of the drill stays.
Drill restore_drill(const std::string& file, std::string_view public_key);

}  // namespace rantau::db
