// Files that arrive: each alone in a file below the data folder, mode 0600, under a random name; removed with its request
// unless a handler claims it. What a crash left behind is removed at the next start.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/crypto.h"

namespace rantau::web {

// One file in quarantine. Written by one thread, then read by one.
class Held {
 public:
  ~Held();
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  bool write(std::string_view);  // false: the disk or the quarantine is full
  void close();                  // no more bytes come
  std::size_t size() const { return size_; }
  const std::string& sha256() const { return digest_; }  // after close()
  const std::string& path() const { return path_; }
  std::string_view bytes() const;  // mapped, not copied
  bool claim(const std::string& to);

 private:
  friend class Quarantine;
  using Room = std::shared_ptr<std::atomic<std::int64_t>>;
  Held(std::string path, int file, Room room) : path_(std::move(path)), file_(file), room_(std::move(room)) {}
  std::string path_, digest_;
  int file_;  // kept open and locked: a second process on the same folder sees that it is in use
  Room room_;
  std::size_t size_ = 0;
  std::int64_t taken_ = 0;
  crypto::Sha256 counting_;
  mutable std::once_flag mapped_;
  mutable const char* map_ = nullptr;
  bool claimed_ = false;
};

class Quarantine {
 public:
  // All files together hold at most `most` bytes. "": a temporary folder of its own, removed at the end.
  explicit Quarantine(std::string folder, std::int64_t most = std::int64_t{1} << 30);
  ~Quarantine();
  Quarantine(const Quarantine&) = delete;
  Quarantine& operator=(const Quarantine&) = delete;
  std::shared_ptr<Held> begin();  // null: no file can be made
  const std::string& folder() const { return folder_; }

 private:
  void remove_leftovers() const;
  std::string folder_;
  bool own_ = false;
  Held::Room room_;
};

}  // namespace rantau::web
