// The names of the register as three-letter pieces in memory. Five thousand names take about a megabyte; a look-up counts
// shared pieces in some tens of microseconds, where counting them in the database took milliseconds.
#include "modules/partners/names.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "base/text.h"

namespace rantau::partners {

namespace {

// Three-letter pieces of each word, with the word's edges, each as one number: " ma", "maj", "aju", "ju ".
std::vector<std::uint32_t> pieces(std::string_view key) {
  std::vector<std::uint32_t> out;
  const auto byte = [](char c) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c)); };
  for (const auto& w : text::words(key)) {
    const std::string padded = " " + w + " ";
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i)
      out.push_back(byte(padded[i]) << 16 | byte(padded[i + 1]) << 8 | byte(padded[i + 2]));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

struct Names {
  std::int64_t version = 0;
  std::vector<store::Candidate> all{};
  std::vector<std::uint32_t> pieces_of{};  // how many pieces each name has
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> holders{};

  explicit Names(std::int64_t v, std::vector<store::Candidate> names) : version(v), all(std::move(names)) {
    pieces_of.reserve(all.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const auto own = pieces(all[i].key);
      pieces_of.push_back(static_cast<std::uint32_t>(own.size()));
      for (const auto p : own) holders[p].push_back(i);
    }
  }
};

// A version names the content of one register: two registers, or one before and after a change, never share it. So whoever
// holds the same version may use the same names, whatever process or database it came from.
std::shared_ptr<const Names> names_of(db::Connection& db) {
  static std::mutex mutex;
  static std::deque<std::shared_ptr<const Names>> kept;  // newest first; a few, for programs that open several registers
  const std::int64_t version = store::names_version(db);
  const auto find = [&]() -> std::shared_ptr<const Names> {
    for (const auto& n : kept)
      if (n->version == version) return n;
    return nullptr;
  };
  {
    const std::lock_guard lock(mutex);
    if (auto found = find()) return found;
  }
  auto fresh = std::make_shared<const Names>(version, store::all_keys(db));
  const std::lock_guard lock(mutex);
  if (auto found = find()) return found;
  kept.push_front(fresh);
  if (kept.size() > 3) kept.pop_back();
  return fresh;
}

}  // namespace

std::vector<store::Candidate> candidates(db::Connection& db, std::string_view key, int count) {
  const auto names = names_of(db);
  const auto asked = pieces(key);
  std::vector<std::uint16_t> shared(names->all.size());
  std::vector<std::uint32_t> touched;
  for (const auto p : asked) {
    const auto at = names->holders.find(p);
    if (at == names->holders.end()) continue;
    for (const auto i : at->second)
      if (shared[i]++ == 0) touched.push_back(i);
  }
  const auto alike = [&](std::uint32_t i) { return 200U * shared[i] / (names->pieces_of[i] + asked.size()); };
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return alike(a) != alike(b) ? alike(a) > alike(b) : names->all[a].id.value < names->all[b].id.value;
  };
  const auto most = std::min(touched.size(), static_cast<std::size_t>(std::max(0, count)));
  std::partial_sort(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(most), touched.end(), better);
  std::vector<store::Candidate> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(names->all[touched[i]]);
  return out;
}

}  // namespace rantau::partners
