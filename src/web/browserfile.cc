// See browserfile.h.
#include "web/browserfile.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "web/incoming.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

struct Range {
  std::size_t from = 0, to = 0;  // both of them sent
};

std::optional<std::size_t> number(std::string_view digits) {
  std::size_t n = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
  if (wrong != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return n;
}

// One range of `size` bytes: "bytes=10-19", "bytes=10-", "bytes=-5". `beyond`: well written, but none of the bytes are there.
// Anything else, several ranges too, is as if nobody had asked (RFC 9110, 14.2).
std::optional<Range> range_of(std::string_view asked, std::size_t size, bool& beyond) {
  beyond = false;
  if (!asked.starts_with("bytes=") || size == 0) return std::nullopt;
  asked.remove_prefix(6);
  const auto dash = asked.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(asked.substr(0, dash)), last = number(asked.substr(dash + 1));
  const bool open_start = dash == 0, open_end = dash + 1 == asked.size();
  if ((!first && !open_start) || (!last && !open_end) || (open_start && open_end)) return std::nullopt;
  if (open_start) {
    beyond = *last == 0;
    return beyond ? std::nullopt : std::optional<Range>({size - std::min(*last, size), size - 1});
  }
  if (last && *last < *first) return std::nullopt;
  beyond = *first >= size;
  return beyond ? std::nullopt : std::optional<Range>({*first, std::min(last.value_or(size - 1), size - 1)});
}

}  // namespace

bool knows(std::string_view names, std::string_view etag) {
  if (names == "*") return true;
  for (std::size_t from = 0; from < names.size();) {
    const auto end = std::min(names.find(',', from), names.size());
    auto one = names.substr(from, end - from);
    from = end + 1;
    while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
    while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == etag) return true;
  }
  return false;
}

Reply browser_reply(std::string_view name, const Framing& f) {
  const auto file = browser_file(name);
  if (!file) return malformed_reply(404);
  Reply reply{.status = 200, .type = file->type, .body = {}};
  reply.headers = {{"Cache-Control", "public, max-age=31536000, immutable"}, {"Vary", "Accept-Encoding"}};
  const std::string plain_etag = "\"" + std::string(name) + "\"";
  bool beyond = false;
  std::optional<Range> part;
  // A range of another state than the one its asker holds a part of would be no part: If-Range wants the very same bytes.
  if (const auto& held = f.header("if-range"); f.method == "GET" && (held.empty() || held == plain_etag))
    part = range_of(f.header("range"), file->bytes.size(), beyond);
  std::string_view coding;
  if (!part && !beyond) {
    if (takes(f.header("accept-encoding"), "br") && !file->brotli.empty())
      coding = "br";
    else if (takes(f.header("accept-encoding"), "gzip") && !file->gzip.empty())
      coding = "gzip";
  }
  // Two encodings of one file are two representations, each with its own strong ETag (RFC 9110, 8.8.3.3).
  const std::string etag = coding.empty() ? plain_etag : "\"" + std::string(name) + "-" + std::string(coding) + "\"";
  reply.headers.emplace_back("ETag", etag);
  reply.headers.emplace_back("Accept-Ranges", "bytes");
  if (knows(f.header("if-none-match"), etag)) {
    reply.status = 304;
  } else if (beyond) {
    reply.status = 416;
    reply.headers.emplace_back("Content-Range", "bytes */" + std::to_string(file->bytes.size()));
  } else if (part) {
    reply.status = 206;
    reply.body = file->bytes.substr(part->from, part->to - part->from + 1);
    reply.headers.emplace_back("Content-Range", "bytes " + std::to_string(part->from) + "-" + std::to_string(part->to) + "/" +
                                                    std::to_string(file->bytes.size()));
  } else {
    reply.body = coding == "br" ? file->brotli : coding == "gzip" ? file->gzip : file->bytes;
    if (!coding.empty()) reply.headers.emplace_back("Content-Encoding", coding);
  }
  return reply;
}

}  // namespace rantau::web
