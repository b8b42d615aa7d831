// The signed counters beside the journal.
#include "db/lanes.h"

#include <bit>
#include <cstring>

#include "db/sealing.h"

namespace rantau::db {

namespace {

constexpr std::int64_t most_lanes = 64;

std::optional<Lane> lane_of(Connection& db, std::int64_t number) {
  const auto row = db("SELECT lane, entries, sum, at, signature FROM db_lane WHERE lane = $1", number).one();
  if (!row) return std::nullopt;
  const auto sum = Sum::from_hex(row->text(2));
  return Lane{
      .number = row->num(0), .entries = row->num(1), .sum = sum.value_or(Sum{}), .at = row->at(3), .signature = row->text(4)};
}

Written unsealed(Connection& db) {
  Written w;
  std::string text;
  for (const auto& row :
       db("SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal WHERE seq IS NULL")) {
    ++w.count;
    w.sum.add(leaf_of(row, text));
  }
  return w;
}

std::string number(std::int64_t n) { return std::to_string(n); }

}  // namespace

// The leaf is stretched to 512 bits: in so wide a sum nobody finds other leaves that add up to the same.
void Sum::add(std::string_view leaf) {
  const std::string wide = crypto::sha256("\x02" + std::string(leaf)) + crypto::sha256("\x03" + std::string(leaf));
  Sum other;
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(other.limbs_.data(), wide.data(), wide.size());
  add(other);
}

void Sum::add(const Sum& other) {
  unsigned __int128 carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    carry += static_cast<unsigned __int128>(limbs_[i]) + other.limbs_[i];
    limbs_[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
}

void Sum::subtract(const Sum& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    const auto taken = static_cast<unsigned __int128>(other.limbs_[i]) + borrow;
    borrow = limbs_[i] < taken;
    limbs_[i] -= static_cast<std::uint64_t>(taken);
  }
}

std::string Sum::hex() const { return crypto::hex({reinterpret_cast<const char*>(limbs_.data()), sizeof limbs_}); }

std::optional<Sum> Sum::from_hex(std::string_view text) {
  const auto bytes = crypto::unhex(text);
  Sum sum;
  if (!bytes || bytes->size() != sizeof sum.limbs_) return std::nullopt;
  std::memcpy(sum.limbs_.data(), bytes->data(), bytes->size());
  return sum;
}

std::string Lane::signed_text() const {
  return "rantau journal lane 1\n" + std::to_string(number) + "\n" + std::to_string(entries) + "\n" + sum.hex() + "\n" +
         std::to_string(at.ms) + "\n";
}

Lane move_lane(Connection& db, const crypto::SigningKey& key, Instant at, const Written& more, std::int64_t number,
               const std::optional<Lane>& as_known) {
  std::optional<Lane> before = as_known ? as_known : lane_of(db, number);
  for (;;) {
    Lane lane{.number = number, .entries = more.count, .sum = more.sum, .at = at};
    if (before) {
      lane.entries += before->entries;
      lane.sum.add(before->sum);
    }
    lane.signature = crypto::hex(crypto::sign(key, lane.signed_text()));
    const auto moved =
        before ? db("UPDATE db_lane SET entries = $2, sum = $3, at = $4, signature = $5 WHERE lane = $1 AND signature = $6", number,
                    lane.entries, lane.sum.hex(), lane.at, lane.signature, before->signature)
               : db("INSERT INTO db_lane (lane, entries, sum, at, signature) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                    number, lane.entries, lane.sum.hex(), lane.at, lane.signature);
    if (moved.changed() == 1) return lane;
    before = lane_of(db, number);  // another process was here
  }
}

void Lanes::count(Connection& db, const crypto::SigningKey& key, Instant at, const Written& more) {
  if (more.count == 0) return;
  std::optional<Lane> known;
  std::int64_t number = 0;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto held = held_.find(&db); held != held_.end()) known = held->second;
    number = known ? known->number : db.is_sqlite() ? 0 : next_++ % most_lanes;
  }
  auto lane = move_lane(db, key, at, more, number, known);
  const std::scoped_lock lock(mutex_);
  held_[&db] = std::move(lane);
}

void Lanes::forget(const Connection& db) {
  const std::scoped_lock lock(mutex_);
  held_.erase(&db);
}

void adopt_lanes(Connection& db, const crypto::SigningKey& key, Instant at) {
  const auto last = db("SELECT size FROM db_checkpoint ORDER BY size DESC LIMIT 1").number();
  Written open = unsealed(db);
  open.count += last;
  move_lane(db, key, at, {.count = last, .sum = {}}, sealed_lane, std::nullopt);
  move_lane(db, key, at, open, 0, std::nullopt);
}

std::optional<std::string> lanes_broken(Connection& db, std::string_view public_key) {
  if (db("SELECT 1 FROM db_migration WHERE module = 'db' AND file = '003_lanes.sql'").empty())
    return "it was written by an older Rantau, which kept no counters beside it: start this one on it once";
  const auto rows = db("SELECT lane, entries, sum, at, signature FROM db_lane ORDER BY lane");
  if (rows.empty()) return "the counters beside it are gone";
  std::int64_t written = 0, sealed = 0;
  Sum open;
  for (const auto& row : rows) {
    const auto sum = Sum::from_hex(row.text(2));
    const auto signature = crypto::unhex(row.text(4));
    const Lane lane{.number = row.num(0), .entries = row.num(1), .sum = sum.value_or(Sum{}), .at = row.at(3)};
    if (!sum || !signature || signature->size() != 64 || !crypto::verify(public_key, lane.signed_text(), *signature))
      return "its counter " + number(lane.number) + " is not what was signed";
    (lane.number == sealed_lane ? sealed : written) += lane.entries;
    if (lane.number == sealed_lane)
      open.subtract(lane.sum);
    else
      open.add(lane.sum);
  }
  const std::int64_t held = db("SELECT size FROM db_checkpoint ORDER BY size DESC LIMIT 1").number();
  if (held != sealed)
    return number(sealed) + " entries were sealed, and its last checkpoint holds " + number(held) +
           (held < sealed ? ": the end was cut off" : "");
  const Written found = unsealed(db);
  if (found.count != written - sealed)
    return number(written - sealed) + " entries wait to be sealed by the count, and " + number(found.count) + " stand there";
  if (!(found.sum == open)) return "the entries that wait to be sealed are not those that were written";
  return std::nullopt;
}

}  // namespace rantau::db
