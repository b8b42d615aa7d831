// See quarantine.h.
#include "web/quarantine.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "web/web.h"

namespace rantau::web {

namespace {

namespace fs = std::filesystem;
constexpr std::string_view ending = ".part";
constexpr std::size_t name_bytes = 16;

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Ours by its name: 32 hexadecimal digits and ".part". Anything else in the folder is somebody's own.
bool is_part(const std::string& name) {
  return name.size() == 2 * name_bytes + ending.size() && name.ends_with(ending) &&
         name.find_first_not_of("0123456789abcdef") == 2 * name_bytes;
}

void sync_folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  const int dir = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir < 0) return;
  ::fsync(dir);
  ::close(dir);
}

}  // namespace

// --- one file ------------------------------------------------------------------------------------------------------------
Held::~Held() {
  if (map_ != nullptr) ::munmap(const_cast<char*>(map_), size_);
  if (!claimed_) ::unlink(path_.c_str());
  ::close(file_);
  *room_ += taken_;
}

bool Held::write(std::string_view bytes) {
  const auto n = static_cast<std::int64_t>(bytes.size());
  if (room_->fetch_sub(n) < n) {
    *room_ += n;
    return false;
  }
  taken_ += n;
  if (!write_all(file_, bytes)) return false;
  counting_.add(bytes);
  size_ += bytes.size();
  return true;
}

void Held::close() {
  if (digest_.empty()) digest_ = counting_.digest();
}

std::string_view Held::bytes() const {
  std::call_once(mapped_, [this] {
    if (size_ == 0) return;
    void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
    if (at == MAP_FAILED) throw std::runtime_error("a quarantined file cannot be read");
    map_ = static_cast<const char*>(at);
  });
  return {map_, map_ == nullptr ? 0 : size_};
}

bool Held::claim(const std::string& to) {
  if (claimed_ || ::fsync(file_) != 0) return false;
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) return false;
  sync_folder_of(to);
  path_ = to;
  claimed_ = true;
  return true;
}

// --- the folder ------------------------------------------------------------------------------------------------------------
Quarantine::Quarantine(std::string folder, std::int64_t most)
    : folder_(std::move(folder)), room_(std::make_shared<std::atomic<std::int64_t>>(most)) {
  own_ = folder_.empty();
  if (own_) {
    folder_ = (fs::temp_directory_path() / "rantau-quarantine-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder for files that arrive");
    return;
  }
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms::owner_all);
  remove_leftovers();
}

Quarantine::~Quarantine() {
  std::error_code ignored;
  if (own_) fs::remove_all(folder_, ignored);
}

void Quarantine::remove_leftovers() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored)) {
    if (!is_part(entry.path().filename().string())) continue;
    const int file = ::open(entry.path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) continue;
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
    ::close(file);
  }
}

std::shared_ptr<Held> Quarantine::begin() {
  std::string path = folder_ + "/" + crypto::hex(crypto::random_bytes(name_bytes)) + std::string(ending);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return nullptr;
  ::flock(file, LOCK_EX | LOCK_NB);
  return std::shared_ptr<Held>(new Held(std::move(path), file, room_));
}

// --- what a handler holds ----------------------------------------------------------------------------------------------------
std::string_view Bytes::view() const { return held_ ? held_->bytes() : std::string_view(text_); }
std::size_t Bytes::size() const { return held_ ? held_->size() : text_.size(); }
std::string Bytes::sha256() const { return held_ ? held_->sha256() : crypto::sha256(text_); }
bool Bytes::claim(const std::string& path) const {
  if (held_) return held_->claim(path);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool good = write_all(file, text_) && ::fsync(file) == 0;
  ::close(file);
  if (good)
    sync_folder_of(path);
  else
    ::unlink(path.c_str());
  return good;
}

}  // namespace rantau::web
