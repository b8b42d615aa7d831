// See pagecache.h.
#include "web/pagecache.h"

namespace rantau::web {

std::shared_ptr<const Kept> PageCache::find(const std::string& key, std::int64_t stamp) {
  std::lock_guard lock(mutex_);
  if (stamp != stamp_) return nullptr;
  auto at = pages_.find(key);
  return at == pages_.end() ? nullptr : at->second;
}

void PageCache::keep(const std::string& key, std::int64_t stamp, std::shared_ptr<const Kept> page) {
  std::lock_guard lock(mutex_);
  if (stamp != stamp_ || pages_.size() >= most) {
    pages_.clear();
    stamp_ = stamp;
  }
  pages_[key] = std::move(page);
}

}  // namespace rantau::web
