// Brings a database to the schema this program carries.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/date.h"
#include "db/engine.h"

namespace rantau::db {

struct SchemaFile {
  std::string module, file, text;
};
// db's own files first, then the modules' in the order of MODULES; within a module by number.
struct Schema {
  std::vector<SchemaFile> steps, views;
};
Schema carried_schema();

// Forward only, one transaction each. Throws Fault with a sentence for the operator when a file was changed after it was
// applied or when the database is newer than the program. `before` is called once, when an older database is about to
// change: the place to copy it.
// True when it laid the lanes of the journal down (003_lanes.sql): only then may a journal be counted as it stands.
bool migrate(Engine&, const Schema&, Instant now, const std::function<void()>& before);

}  // namespace rantau::db
