// Public pages kept, compressed, until the next commit: what a visitor without a session gets is the same for everybody.
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "web/framing.h"
#include "web/web.h"

namespace rantau::web {

// A whole reply as bytes, ready to be written, and its ETag.
struct Kept {
  std::string bytes;      // status line, headers, body
  std::string head;       // the same without the body, for HEAD
  std::string unchanged;  // the 304
  std::string etag;
};

std::shared_ptr<const Kept> kept_of(Reply, const std::string& etag);  // without what belongs to one visitor alone
bool sets_cookie(const Reply&);

bool visitor(const Framing&);  // brings no session
// Everything of a visitor's request that a page can depend on, read as fill() reads it: nothing else may choose a page,
// or one visitor could leave a wrong page for the next.
std::string page_key(const Framing&, const std::string& site);

// Commits seen and the day in Jakarta: what a kept page may depend on.
std::int64_t stamp(db::Store&);

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
