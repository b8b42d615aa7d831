// The data folder: looked at, held, marked.
#include "cli/office.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "cli/command.h"
#include "db/making.h"

namespace rantau::cli {

namespace fs = std::filesystem;

bool in_folder(const Config& config) { return config.text("db").empty(); }

std::optional<int> no_office(const Config& config) {
  if (!in_folder(config)) return demo_unfinished(config);
  const std::string& folder = config.text("data");
  if (!fs::exists(folder + "/rantau.db"))
    return complain("Tidak ada kantor di folder " + folder + ". Periksa --data; kantor baru dibuat oleh: rantau serve.",
                    "There is no office in the folder " + folder + ". Check --data; a new office is made by: rantau serve.", 1);
  return demo_unfinished(config);
}

std::optional<int> not_in_folder(const Config& config, std::string_view tool) {
  if (in_folder(config)) return std::nullopt;
  const std::string named(tool);
  return complain("Kantor ini berada di PostgreSQL (pengaturan db). Pakai " + named + "; folder keys/ disalin tersendiri.",
                  "This office is in PostgreSQL (setting db). Use " + named + "; the folder keys/ is copied on its own.", 1);
}

std::string keys_folder(const Config& config) {
  return config.text("keys").empty() ? config.text("data") + "/keys" : config.text("keys");
}

std::optional<int> keys_without_office(const Config& config) {
  const std::string folder = config.text("data"), key = keys_folder(config) + "/journal.key";
  if (!in_folder(config) || fs::exists(folder + "/rantau.db") || !fs::exists(key)) return std::nullopt;
  return complain(
      "Ada kunci kantor di " + key + ", tetapi tidak ada " + folder +
          "/rantau.db. Bila kantor berada di PostgreSQL, beri --db. Bila hilang, pulihkan: rantau restore SALINAN --data " +
          folder + ". Untuk kantor baru, pakai folder kosong.",
      "The key of an office stands at " + key + ", but there is no " + folder +
          "/rantau.db. If the office is in PostgreSQL, give --db. If it is lost, restore it: rantau restore COPY --data " + folder +
          ". For a new office, use an empty folder.",
      1);
}

std::string demo_mark(const std::string& folder) { return folder + "/demo.unfinished"; }

std::optional<int> demo_unfinished(const Config& config) {
  if (!in_folder(config)) {
    if (!db::half_made(config.text("db"))) return std::nullopt;
    return complain("Provinsi contoh di basis data ini belum selesai dibuat. Tunggu, atau ulangi: rantau demo --db URL",
                    "The demo province in this database is not finished. Wait, or make it again: rantau demo --db URL", 1);
  }
  const std::string& folder = config.text("data");
  if (!fs::exists(demo_mark(folder))) return std::nullopt;
  return complain("Provinsi contoh di " + folder + " belum selesai dibuat. Ulangi: rantau demo --data " + folder,
                  "The demo province in " + folder + " was not finished. Make it again: rantau demo --data " + folder, 1);
}

std::optional<Hold> Hold::take(const std::string& folder) {
  fs::create_directories(folder);
  const std::string path = folder + "/office.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path);
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return Hold(file);
  const int why = errno;
  ::close(file);
  if (why != EWOULDBLOCK) throw std::system_error(why, std::generic_category(), path);
  return std::nullopt;
}

Hold::Hold(Hold&& other) noexcept : file_(other.file_) { other.file_ = -1; }
Hold::~Hold() {
  if (file_ >= 0) ::close(file_);  // the lock goes with it; the file stays, or two could hold two files of one name
}

int held_already(const std::string& folder) {
  return complain("Folder " + folder + " sedang dipakai oleh rantau lain. Hentikan yang itu dahulu, atau pilih --data lain.",
                  "The folder " + folder + " is in use by another rantau. Stop that one first, or choose another --data.", 1);
}

}  // namespace rantau::cli
