// Copies of the office, and the proof that they can be restored.
#include "db/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>

#include "base/crypto.h"
#include "db/journal.h"
#include "db/sealing.h"
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

struct Bytes {
  std::string sha256;  // hex
  std::uint64_t size = 0;
};
Bytes sum_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Fault("the copy cannot be read: " + file);
  crypto::Sha256 hash;
  Bytes sum;
  std::string piece(1 << 16, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    hash.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
    sum.size += static_cast<std::uint64_t>(in.gcount());
  }
  if (in.bad()) throw Fault("the copy cannot be read: " + file);
  sum.sha256 = crypto::hex(hash.digest());
  return sum;
}

constexpr std::string_view behind_signed = "signature ";
std::string signed_text(const Bytes& sum, std::string_view at) {
  return "rantau backup 1\nsize " + std::to_string(sum.size) + "\nsha256 " + sum.sha256 + "\nat " + std::string(at) + "\n";
}

void to_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool kept = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!kept) throw Fault("It is not known whether the disk holds " + path);
}

// False: there is no manifest. Throws when there is one and it does not fit.
bool proved(const std::string& file, const std::string& bytes_at, std::string_view public_key) {
  if (!fs::exists(manifest_of(file))) return false;
  std::ifstream in(manifest_of(file), std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto at = text.find("\nat "), end = text.find(std::string("\n") += behind_signed);
  if (at == std::string::npos || end == std::string::npos || end < at + 4) throw Fault("the manifest is damaged");
  const std::string told = text.substr(0, end + 1);
  const auto signature = crypto::unhex(std::string_view(text).substr(end + 1 + behind_signed.size(), 128));
  if (!signature || !crypto::verify(public_key, told, *signature))
    throw Fault("the manifest is damaged, or signed by the key of another office");
  if (told != signed_text(sum_of(bytes_at), std::string_view(text).substr(at + 4, end - at - 4)))
    throw Fault("the copy is not what its manifest says: its bytes have changed since it was made");
  return true;
}

}  // namespace

std::string manifest_of(const std::string& copy) { return copy + ".manifest"; }

void write_manifest(const std::string& copy, const std::string& keys_folder, Instant now) {
  const auto key = journal_key(keys_folder, false);
  const std::string text = signed_text(sum_of(copy), iso_utc(now));
  const std::string all = text + std::string(behind_signed) + crypto::hex(crypto::sign(key, text)) + "\n";
  const std::string path = manifest_of(copy);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw Fault("The manifest cannot be written: " + path);
  const bool whole = ::write(file, all.data(), all.size()) == static_cast<ssize_t>(all.size()) && ::fsync(file) == 0;
  if (::close(file) == 0 && whole) return;
  ::unlink(path.c_str());
  throw Fault("The manifest cannot be written: " + path);
}

std::string backup(const std::string& data_folder, const std::string& keys_folder, const std::string& folder, Instant now) {
  if (!fs::exists(data_folder + "/rantau.db")) throw Fault("There is no SQLite office in " + data_folder);
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
    to_disk(name);
    write_manifest(name, keys_folder, now);
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
    drill.unproven = !proved(file, scratch.file(), public_key);
    Sqlite db(scratch.file(), Sqlite::Use::audit);
    if (const auto said = db("PRAGMA integrity_check(1)").one(); !said || said->text(0) != "ok")
      throw Fault(said ? said->text(0) : "integrity cannot be checked");
    if (const auto broken = db("PRAGMA foreign_key_check").one()) throw Fault("a row of " + broken->text(0) + " refers to nothing");
    count_rows(db, drill);
    const auto verdict = verify_journal(db, public_key);
    drill.entries = verdict.entries + verdict.unsealed;
    if (!verdict.intact) throw Fault("the journal: " + verdict.what);
    drill.good = !drill.unproven;
    if (drill.unproven) drill.what = "there is no manifest beside the copy: " + manifest_of(file);
  } catch (const std::exception& e) {
    drill.what = e.what();
    drill.unproven = false;
  }
  drill.ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  return drill;
}

void restore(const std::string& file, std::string_view public_key, const std::string& data_folder) {
  const std::string place = data_folder + "/rantau.db", half = place + ".restoring";
  if (fs::exists(place)) throw Fault("An office stands there already: " + place);
  fs::create_directories(data_folder);
  try {
    fs::copy_file(file, half, fs::copy_options::overwrite_existing);
    ::chmod(half.c_str(), 0600);
    if (!proved(file, half, public_key)) throw Fault("there is no manifest beside the copy: " + manifest_of(file));
    to_disk(half);
    fs::rename(half, place);
    to_disk(data_folder);
  } catch (...) {
    ::unlink(half.c_str());
    throw;
  }
}

}  // namespace rantau::db
