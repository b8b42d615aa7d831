// Public pages kept, compressed, until the next commit: what a visitor without a session gets is the same for everybody.
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "web/web.h"

namespace rantau::web {

// A whole reply as bytes, ready to be written, and its ETag.
struct Kept {
  std::string bytes;      // status line, headers, body
  std::string head;       // the same without the body, for HEAD
  std::string unchanged;  // the 304
  std::string etag;
};

class PageCache {
 public:
  // `stamp` names the state of the office (commits seen, the day): anything kept under another stamp is forgotten.
  std::shared_ptr<const Kept> find(const std::string& key, std::int64_t stamp);
  void keep(const std::string& key, std::int64_t stamp, std::shared_ptr<const Kept>);

 private:
  static constexpr std::size_t most = 512;
  std::mutex mutex_;
  std::int64_t stamp_ = -1;
  std::unordered_map<std::string, std::shared_ptr<const Kept>> pages_;
};

}  // namespace rantau::web
