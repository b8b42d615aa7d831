// See pagecache.h.
#include "web/pagecache.h"

#include <algorithm>

#include "web/incoming.h"

namespace rantau::web {

namespace {

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}

}  // namespace

std::shared_ptr<const Kept> kept_of(Reply reply, const std::string& etag) {
  std::erase_if(reply.headers,
                [](const auto& h) { return h.first == "X-Request-Id" || h.first == "Server-Timing" || h.first == "Set-Cookie"; });
  auto kept = std::make_shared<Kept>();
  kept->etag = etag;
  kept->bytes = frame(reply, true, false);
  kept->head = frame(reply, true, true);
  reply.status = 304;
  reply.body.clear();
  kept->unchanged = frame(reply, true, false);
  return kept;
}

bool sets_cookie(const Reply& reply) {
  return std::ranges::any_of(reply.headers, [](const auto& h) { return h.first == "Set-Cookie"; });
}

bool visitor(const Framing& f) {
  for (const auto& [name, value] : f.headers)
    if (same(name, "cookie") && value.find("rantau=") != std::string::npos) return false;
  return true;
}

std::int64_t stamp(db::Store& store) { return store.version() * 100'000 + (store.now().ms + 7 * 3'600'000) / 86'400'000 % 100'000; }

std::string page_key(const Framing& f, const std::string& site) {
  Request q;
  q.method = "GET";
  q.site = site;
  q.query_text = f.query();
  std::string key = site + f.target;
  for (const auto& h : f.headers)
    if (same(h.first, "cookie") || same(h.first, "accept-language") || same(h.first, "accept") || same(h.first, "hx-request"))
      q.headers.push_back(h);
  fill(q);
  const auto& accepts = f.header("accept-encoding");
  key += q.lang == "en" ? "\ne" : "\ni";
  key += q.large_text ? 'L' : 'n';
  key += q.partial ? 'p' : 'f';
  key += q.wants_json ? 'j' : 'h';
  key += takes(accepts, "br") ? 'b' : takes(accepts, "gzip") ? 'g' : '-';
  return key;
}

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
