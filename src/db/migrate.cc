// Brings a database to the schema this program carries.
#include "db/migrate.h"

#include <map>

#include "base/crypto.h"
#include "base/embedded.h"
#include "base/log.h"

namespace rantau::db {

namespace {

std::vector<std::string> modules_in_order() {
  std::vector<std::string> names;
  const auto file = embedded_file("MODULES");
  std::string_view rest = file ? file->bytes : std::string_view{};
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.empty() || line[0] < 'a' || line[0] > 'z') continue;
    names.emplace_back(line.substr(0, colon));
  }
  return names;
}

using Applied = std::map<std::pair<std::string, std::string>, std::string>;  // module, file -> checksum

Applied applied_so_far(Engine& db) {
  db.script(
      "CREATE TABLE IF NOT EXISTS db_migration (module TEXT NOT NULL, file TEXT NOT NULL, checksum TEXT NOT NULL, "
      "applied_at BIGINT NOT NULL, PRIMARY KEY (module, file))");
  Applied applied;
  for (const auto& row : db("SELECT module, file, checksum FROM db_migration")) applied[{row.text(0), row.text(1)}] = row.text(2);
  return applied;
}

std::string checksum(const SchemaFile& f) { return crypto::hex(crypto::sha256(f.text)); }

void refuse_what_is_not_ours(const Schema& schema, const Applied& applied) {
  Applied carried;
  for (const auto& step : schema.steps) carried[{step.module, step.file}] = checksum(step);
  for (const auto& [name, sum] : applied) {
    const auto ours = carried.find(name);
    if (ours == carried.end())
      throw Fault("This database is newer than this program: it holds " + name.first + "/" + name.second +
                  ". Start the newer Rantau, or restore the copy made before it.");
    if (ours->second != sum)
      throw Fault("The schema file " + name.first + "/" + name.second +
                  " was changed after it was applied. Add a new file instead; an applied one is never edited.");
  }
}

void apply(Engine& db, const SchemaFile& step, Instant now) {
  db.begin(true);
  try {
    // Another process may have been faster.
    if (db("SELECT 1 FROM db_migration WHERE module = $1 AND file = $2", step.module, step.file).empty()) {
      db.script(step.text);
      db("INSERT INTO db_migration (module, file, checksum, applied_at) VALUES ($1, $2, $3, $4)", step.module, step.file,
         checksum(step), now);
    }
    db.commit();
  } catch (const Fault& e) {
    db.rollback();
    throw Fault("The schema file " + step.module + "/" + step.file + " could not be applied: " + e.what());
  }
  log("db.migrated").with_system("module", step.module).with_system("file", step.file);
}

// Published views are made anew at every start: they hold nothing, and follow the tables they read.
void make_views(Engine& db, const Schema& schema) {
  if (schema.views.empty()) return;
  db.begin(true);
  try {
    for (;;) {  // a view may stand on another one: drop from the top
      const auto held =
          db("SELECT name FROM (\n"
             "-- @sqlite\n"
             "SELECT name, rowid AS age FROM sqlite_master WHERE type = 'view' AND substr(name, 1, 4) = 'pub_'\n"
             "-- @pg\n"
             "SELECT viewname AS name, 0 AS age FROM pg_views WHERE schemaname = current_schema() AND substr(viewname, 1, 4) = "
             "'pub_'\n"
             "-- @end\n"
             ") AS held ORDER BY age DESC LIMIT 1");
      if (held.empty()) break;
      db.script("DROP VIEW \"" + held[0].text(0) + "\"" + (db.is_sqlite() ? "" : " CASCADE"));
    }
    for (const auto& view : schema.views) db.script(view.text);
    db.commit();
  } catch (...) {
    db.rollback();
    throw;
  }
}

}  // namespace

Schema carried_schema() {
  Schema schema;
  const auto take = [&](const std::string& module, const std::string& folder) {
    for (const auto& file : embedded_files()) {
      if (!file.path.starts_with(folder) || !file.path.ends_with(".sql")) continue;
      const std::string name(file.path.substr(folder.size()));
      auto& list = name == "views.sql" ? schema.views : schema.steps;
      list.push_back({module, name, std::string(file.bytes)});
    }
  };
  take("db", "db/schema/");
  for (const auto& module : modules_in_order()) take(module, "modules/" + module + "/schema/");
  return schema;
}

bool migrate(Engine& db, const Schema& schema, Instant now, const std::function<void()>& before) {
  const Applied applied = applied_so_far(db);
  refuse_what_is_not_ours(schema, applied);
  bool lanes = false;
  bool copied = applied.empty();  // a new database needs no copy
  for (const auto& step : schema.steps) {
    if (applied.contains({step.module, step.file})) continue;
    if (!copied) before();
    copied = true;
    apply(db, step, now);
    lanes = lanes || (step.module == "db" && step.file == "003_lanes.sql");
  }
  make_views(db, schema);
  return lanes;
}

}  // namespace rantau::db
