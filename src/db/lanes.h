// Counters beside the journal, signed in the transaction that moves them: they bind the entries no checkpoint holds yet, and
// know how many entries there must be when rows and checkpoints are cut together.
#pragma once
#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/crypto.h"
#include "db/db.h"

namespace rantau::db {

// A sum of leaves modulo 2^512: the order in which connections wrote does not matter, what they wrote does.
class Sum {
 public:
  void add(std::string_view leaf);
  void add(const Sum&);
  void subtract(const Sum&);
  std::string hex() const;
  static std::optional<Sum> from_hex(std::string_view);
  friend bool operator==(const Sum&, const Sum&) = default;

 private:
  std::array<std::uint64_t, 8> limbs_{};  // the lowest first
};

// Entries written by one act, or by one group of acts.
struct Written {
  std::int64_t count = 0;
  Sum sum;
  void add(const Written& other) {
    count += other.count;
    sum.add(other.sum);
  }
};

struct Lane {
  std::int64_t number = 0, entries = 0;
  Sum sum;
  Instant at;
  std::string signature;  // hex
  std::string signed_text() const;
};
constexpr std::int64_t sealed_lane = -1;

// The lanes of this process. A connection keeps to one, so that two never wait for each other; what another process did to
// the same lane is noticed by its signature, and the lane read again.
class Lanes {
 public:
  // Inside the transaction that wrote the entries, as its last statement.
  void count(Connection&, const crypto::SigningKey&, Instant at, const Written&);
  void forget(const Connection&);  // its transaction did not hold

 private:
  std::mutex mutex_;
  std::unordered_map<const Connection*, Lane> held_;
  std::int64_t next_ = 0;
};

// Adds to the lane, or makes it. Returns the lane as it stands now.
Lane move_lane(Connection&, const crypto::SigningKey&, Instant at, const Written&, std::int64_t number,
               const std::optional<Lane>& as_known);
// Lanes for a journal that was written before there were any.
void adopt_lanes(Connection&, const crypto::SigningKey&, Instant at);

// Nothing: lanes and journal fit. Otherwise what is wrong, in words for the operator. Reads the unsealed rows only.
std::optional<std::string> lanes_broken(Connection&, std::string_view public_key);

}  // namespace rantau::db
