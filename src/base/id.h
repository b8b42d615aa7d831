// Names of records: Id<Tag> inside the program, a short code with a check character for people.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rantau {

// A record's number, typed: an Id<UserTag> is not an Id<OfferTag>. 41 bits of milliseconds, 22 bits of sequence.
// JSON carries it as a string, because it exceeds 2^53.
template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

using UserId = Id<struct UserTag>;
using OrgId = Id<struct OrgTag>;          // an organisation: institution, service office or company
using CompanyId = Id<struct CompanyTag>;  // a placement company (P3MI), owned by module partners

// Makes ids that grow with time and never repeat within a process; two processes differ by `node` (0..1023).
class IdMaker {
 public:
  explicit IdMaker(unsigned node) : node_(node & 1023U) {}
  std::int64_t next(std::int64_t now_ms);

 private:
  unsigned node_;
  std::int64_t last_ms_ = 0;
  unsigned sequence_ = 0;
};

std::string to_string_id(std::int64_t value);
std::optional<std::int64_t> parse_id(std::string_view text);  // decimal digits only, > 0

// --- public codes ----------------------------------------------------------------------------------------------
// 8 Crockford base-32 characters and a check character, printed "9K4T-2M7Q-X". O reads as 0, I and L as 1; lower case,
// blanks and dashes are ignored. The check is ISO 7064 MOD 37-2 over the values 0..31: it finds every single wrong
// character and every swap of two (the hybrid MOD 37,36 misses some swaps). Numbers whose check value would be 32..36 are
// stepped over, and those of letters or digits alone: a code can be said on the phone, and is no word and no phone number.
std::string make_code(std::uint64_t bits40);   // "9K4T2M7QX" (no dashes): the form kept in the database
std::string show_code(std::string_view code);  // "9K4T-2M7Q-X"

struct CodeReading {
  std::optional<std::string> code;  // nine characters when the check holds
  bool looks_like_code = false;     // right length and letters, whatever the check says
  int wrong_at = 0;                 // 1-based position that most likely carries the typo; 0 = unknown
  std::string suggestion;           // the only single-character or swap repair found by `known`, if any
};
// `known` tells whether a code exists: with it the single repair that leads to an existing code names the position.
CodeReading read_code(std::string_view typed, const std::function<bool(std::string_view)>& known = {});

}  // namespace rantau

template <class Tag>
struct std::hash<rantau::Id<Tag>> {
  std::size_t operator()(rantau::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
