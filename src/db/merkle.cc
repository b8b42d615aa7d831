// The Merkle tree of RFC 6962 section 2.1.
#include "db/merkle.h"

#include "base/crypto.h"

namespace rantau::db {

namespace {
std::string node_hash(const std::string& left, const std::string& right) {
  std::string both;
  both.reserve(1 + left.size() + right.size());
  both.push_back('\x01');
  both.append(left).append(right);
  return crypto::sha256(both);
}
}  // namespace

std::string leaf_hash(std::string_view commitment) {
  std::string marked(1, '\0');
  marked.append(commitment);
  return crypto::sha256(marked);
}

void Frontier::append(std::string leaf_hash) {
  for (std::int64_t n = size_; n & 1; n >>= 1) {
    leaf_hash = node_hash(roots_.back(), leaf_hash);
    roots_.pop_back();
  }
  roots_.push_back(std::move(leaf_hash));
  ++size_;
}

std::string Frontier::root() const {
  if (roots_.empty()) return crypto::sha256("");
  std::string r = roots_.back();
  for (auto left = roots_.rbegin() + 1; left != roots_.rend(); ++left) r = node_hash(*left, r);
  return r;
}

}  // namespace rantau::db
