// Brotli and gzip for text replies made on the fly.
#include <brotli/encode.h>
#include <zlib.h>

#include "web/incoming.h"

namespace rantau::web {

namespace {

constexpr std::size_t worth_it = 700;

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos || type.find("xml") != std::string_view::npos ||
         type.find("javascript") != std::string_view::npos;
}

// Of our pages (26 to 34 KB, with the style sheet inside) quality 5 makes 4 to 6 % less than gzip 6 in the same time, some
// 0.6 ms; quality 4 takes a fifth less and makes more than gzip. The window holds every page whole: a larger one gains nothing.
constexpr int brotli_quality = 5, brotli_window = 18;

std::string brotli(std::string_view plain) {
  std::size_t size = BrotliEncoderMaxCompressedSize(plain.size());
  std::string out(size, '\0');
  if (!BrotliEncoderCompress(brotli_quality, brotli_window, BROTLI_MODE_TEXT, plain.size(),
                             reinterpret_cast<const uint8_t*>(plain.data()), &size, reinterpret_cast<uint8_t*>(out.data())))
    return {};
  out.resize(size);
  return out;
}

std::string gzip(std::string_view plain) {
  z_stream z{};
  if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&z, plain.size()) + 32, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? z.total_out : 0);
  deflateEnd(&z);
  return out;
}

}  // namespace

bool takes(std::string_view accepts, std::string_view coding) {
  for (std::size_t from = 0; from < accepts.size();) {
    const auto end = std::min(accepts.find(',', from), accepts.size());
    auto part = accepts.substr(from, end - from);
    from = end + 1;
    while (part.starts_with(' ')) part.remove_prefix(1);
    const auto semicolon = part.find(';');
    if (part.substr(0, std::min(semicolon, part.find(' '))) != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    const auto q = part.find("q=", semicolon);
    return q == std::string_view::npos || part.find_first_of("123456789", q) != std::string_view::npos;
  }
  return false;
}

void vary(Reply& reply, std::string_view by) {
  for (auto& [name, value] : reply.headers)
    if (name == "Vary") return void(value += ", " + std::string(by));
  reply.headers.emplace_back("Vary", by);
}

void compress(Reply& reply, std::string_view accepts) {
  if (!is_text(reply.type) || !reply.sse_topic.empty()) return;
  vary(reply, "Accept-Encoding");
  if (reply.body.size() < worth_it) return;
  const bool br = takes(accepts, "br"), gz = takes(accepts, "gzip");
  if (!br && !gz) return;
  std::string packed = br ? brotli(reply.body) : gzip(reply.body);
  if (packed.empty() || packed.size() >= reply.body.size()) return;
  reply.body = std::move(packed);
  reply.headers.emplace_back("Content-Encoding", br ? "br" : "gzip");
}

}  // namespace rantau::web
