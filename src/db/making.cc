// See making.h.
#include "db/making.h"

#include "base/log.h"

namespace rantau::db {

namespace {

constexpr std::int64_t lock_of_making = 7233162;  // 7233161 is held while the schema is brought up to date

bool marked(Engine& db) {
  const auto table = db("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'db_making'");
  return !table.empty() && !db("SELECT 1 FROM db_making").empty();
}

// Our tables and views alone: whatever else an operator keeps in this database stays. db_migration names the modules (the
// web's tables come with those of db), and goes with the rest, in one transaction.
void drop_everything_of_ours(Engine& db) {
  db.begin(true);
  try {
    const auto ours = db(
        "SELECT 'VIEW' AS kind, viewname AS name FROM pg_views WHERE schemaname = current_schema() AND substr(viewname, 1, 4) = "
        "'pub_' UNION ALL SELECT 'TABLE', tablename FROM pg_tables WHERE schemaname = current_schema() AND split_part(tablename, "
        "'_', 1) IN (SELECT module FROM db_migration UNION SELECT 'web') ORDER BY kind DESC, name");
    for (const auto& row : ours) db.script("DROP " + row.text(0) + " IF EXISTS \"" + row.text(1) + "\" CASCADE");
    db.commit();
  } catch (...) {
    db.rollback();
    throw;
  }
}

}  // namespace

bool half_made(const std::string& url) { return marked(*open_postgres(url)); }

std::optional<Making> Making::begin(const std::string& url) {
  auto db = open_postgres(url);
  if ((*db)("SELECT CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END", lock_of_making).number() == 0) return std::nullopt;
  if (marked(*db)) {
    drop_everything_of_ours(*db);
    log("db.half_made_dropped");
  }
  return Making(std::move(db));
}

void Making::mark(Instant now) { (*held_)("INSERT INTO db_making (id, since) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", now); }
void Making::done() { (*held_)("DELETE FROM db_making"); }

}  // namespace rantau::db
