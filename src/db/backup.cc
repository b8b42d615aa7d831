// Copies of the office, and the proof that they can be restored.
#include "db/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <filesystem>

#include "db/journal.h"
#include "db/sqlite.h"

namespace rantau::db {

namespace fs = std::filesystem;

namespace {

class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "rantau-drill-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw Fault("There is no temporary place for the drill.");
    folder_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string file() const { return folder_ + "/rantau.db"; }

 private:
  std::string folder_;
};

void count_rows(Sqlite& db, Drill& drill) {
  const auto tables = db("SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name");
  std::deque<std::string> kept;  // a connection knows its statements by where their text lies
  for (const auto& table : tables) {
    ++drill.tables;
    const auto& counting = kept.emplace_back("SELECT count(*) FROM \"" + table.text(0) + "\"");
    drill.rows += static_cast<Engine&>(db).run(counting, {}).number();
  }
}

}  // namespace

std::string backup(const std::string& data_folder, const std::string& folder, Instant now) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw Fault("The backup folder cannot be made: " + folder);
  std::string name = folder + "/rantau-" + iso_utc(now) + ".db";
  for (std::size_t i = folder.size(); i < name.size(); ++i)
    if (name[i] == ':') name[i] = '-';
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);  // empty, and the owner's alone
  if (file < 0) throw Fault("The backup cannot be written: " + name);
  ::close(file);
  try {
    Sqlite db(data_folder + "/rantau.db", Sqlite::Use::write);  // reads only; a read-only connection may not make the copy
    db("VACUUM INTO $1", name);
  } catch (...) {
    ::unlink(name.c_str());
    throw;
  }
  return name;
}

bool same_disk(const std::string& a, const std::string& b) {
  struct stat one {
  }, other{};
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev;
}

Drill restore_drill(const std::string& file, std::string_view public_key) {
  Drill drill;
  const auto start = std::chrono::steady_clock::now();
  try {
    const Scratch scratch;
    std::error_code failed;
    fs::copy_file(file, scratch.file(), failed);
    if (failed) throw Fault("the copy cannot be read: " + failed.message());
    Sqlite db(scratch.file(), Sqlite::Use::audit);
    if (const auto said = db("PRAGMA integrity_check(1)").one(); !said || said->text(0) != "ok")
      throw Fault(said ? said->text(0) : "integrity cannot be checked");
    if (const auto broken = db("PRAGMA foreign_key_check").one()) throw Fault("a row of " + broken->text(0) + " refers to nothing");
    count_rows(db, drill);
    const auto verdict = verify_journal(db, public_key);
    drill.entries = verdict.entries + verdict.unsealed;
    if (!verdict.intact) throw Fault("the journal: " + verdict.what);
    drill.good = true;
  } catch (const std::exception& e) { drill.what = e.what(); }
  drill.ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  return drill;
}

}  // namespace rantau::db
