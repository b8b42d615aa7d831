// The Merkle tree of RFC 6962 section 2.1, grown one leaf at a time: it holds one hash for each perfect subtree.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rantau::db {

std::string leaf_hash(std::string_view commitment);

class Frontier {
 public:
  Frontier() = default;
  Frontier(std::int64_t size, std::vector<std::string> roots) : size_(size), roots_(std::move(roots)) {}
  void append(std::string leaf_hash);
  std::string root() const;
  std::int64_t size() const { return size_; }
  const std::vector<std::string>& roots() const { return roots_; }

 private:
  std::int64_t size_ = 0;
  std::vector<std::string> roots_;  // from the largest subtree to the smallest
};

}  // namespace rantau::db
