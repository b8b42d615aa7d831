// Token buckets for addresses, and the masked token of forms.
#include <cmath>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/crypto.h"
#include "web/incoming.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

struct Bucket {
  std::string key;
  double tokens;
  std::int64_t at;
};

// At most `most` addresses are remembered; the longest unused is forgotten first. Nothing of it is ever stored.
class Buckets {
 public:
  bool take(std::string_view key, double per_second, double burst, std::int64_t now, int& wait) {
    std::lock_guard lock(mutex_);
    if (!on_) return true;
    auto found = index_.find(std::string(key));
    if (found == index_.end()) {
      order_.push_front({std::string(key), burst, now});
      found = index_.emplace(order_.front().key, order_.begin()).first;
      if (order_.size() > most) {
        index_.erase(order_.back().key);
        order_.pop_back();
      }
    } else {
      order_.splice(order_.begin(), order_, found->second);
    }
    Bucket& b = *found->second;
    b.tokens = std::min(burst, b.tokens + per_second * static_cast<double>(std::max<std::int64_t>(0, now - b.at)) / 1000);
    b.at = now;
    if (b.tokens >= 1) {
      b.tokens -= 1;
      return true;
    }
    wait = std::max(1, static_cast<int>(std::ceil((1 - b.tokens) / per_second)));
    return false;
  }
  void turn(bool on) {
    std::lock_guard lock(mutex_);
    on_ = on;
  }

 private:
  static constexpr std::size_t most = 100'000;
  std::mutex mutex_;
  bool on_ = true;
  std::list<Bucket> order_;
  std::unordered_map<std::string, std::list<Bucket>::iterator> index_;
};

Buckets& buckets() {
  static Buckets all;
  return all;
}

}  // namespace

bool allow(std::string_view key, double per_second, double burst, std::int64_t now_ms, int& wait_seconds) {
  return buckets().take(key, per_second, burst, now_ms, wait_seconds);
}
void set_rate_limit(bool on) { buckets().turn(on); }

// A fresh pad each time: compressing a page with the token in it tells nothing about the secret.
std::string mask_csrf(std::string_view secret) {
  const std::string pad = crypto::random_bytes(secret.size());
  std::string masked = pad;
  for (std::size_t i = 0; i < secret.size(); ++i) masked += static_cast<char>(secret[i] ^ pad[i]);
  return crypto::base64url(masked);
}

bool csrf_fits(std::string_view masked, std::string_view secret) {
  const auto bytes = crypto::unbase64url(masked);
  if (secret.empty() || !bytes || bytes->size() != 2 * secret.size()) return false;
  std::string plain;
  for (std::size_t i = 0; i < secret.size(); ++i) plain += static_cast<char>((*bytes)[i] ^ (*bytes)[secret.size() + i]);
  return crypto::equal(plain, secret);
}

}  // namespace rantau::web
