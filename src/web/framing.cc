// See framing.h. The cases are the table of malformed requests in src/web/README.md, each a test.
#include "web/framing.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "web/incoming.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

const std::string none;

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}

std::string_view phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 416: return "Range Not Satisfiable";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return status < 500 ? "Error" : "Internal Server Error";
  }
}

}  // namespace

const std::string& Framing::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same(key, name)) return value;
  return none;
}

int check_framing(const Framing& f) {
  int hosts = 0, lengths = 0, codings = 0;
  for (const auto& [name, value] : f.headers) {
    hosts += same(name, "host");
    if (same(name, "content-length")) {
      ++lengths;
      if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string::npos) return 400;
    }
    if (same(name, "transfer-encoding")) {
      ++codings;
      if (!same(value, "chunked")) return 501;
    }
    if (value.find('\r') != std::string::npos || value.find('\n') != std::string::npos || value.find('\0') != std::string::npos)
      return 400;
  }
  if (lengths > 1 || codings > 1 || (lengths && codings) || (codings && f.version < 11)) return 400;
  if (hosts > 1 || (hosts == 0 && f.version >= 11)) return 400;
  if (!decode_path(f.path())) return 400;
  if (f.method != "GET" && f.method != "HEAD" && f.method != "POST")
    return f.method == "CONNECT" || f.method == "TRACE" ? 501 : 405;
  return 0;
}

namespace {

std::string malformed_sentence(int status) {
  switch (status) {
    case 405: return "Cara meminta ini tidak dikenal di sini. / This method is not known here.\n";
    case 408: return "Permintaan terlalu lama dikirim. / The request took too long to arrive.\n";
    case 413: return "Kiriman terlalu besar. / What was sent is too large.\n";
    case 431: return "Kepala permintaan terlalu besar. / The request's header is too large.\n";
    case 500: return "Ada gangguan pada sistem kami. / Something failed on our side.\n";
    case 501: return "Cara kirim ini tidak didukung. / This transfer is not supported.\n";
    case 503: return "Tempat untuk berkas sedang penuh. Coba lagi nanti. / There is no room for files now. Try again later.\n";
    default: return "Permintaan ini tidak dapat dibaca. / This request cannot be read.\n";
  }
}

}  // namespace

Reply malformed_reply(int status) {
  Reply reply = text(malformed_sentence(status), "text/plain; charset=utf-8", status);
  if (status == 405) reply.headers.emplace_back("Allow", "GET, HEAD, POST");
  if (status == 503) reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

Reply busy_reply() {
  Reply reply = text("Sedang penuh. Coba lagi beberapa detik lagi. / The office is full just now. Try again in a few seconds.\n",
                     "text/plain; charset=utf-8", 503);
  reply.headers.emplace_back("Retry-After", "3");
  return reply;
}

std::string frame(const Reply& reply, bool keep_alive, bool head_only) {
  std::string out = "HTTP/1.1 " + std::to_string(reply.status) + " " + std::string(phrase(reply.status)) + "\r\n";
  const bool stream = !reply.sse_topic.empty();
  const bool no_body = reply.status == 304 || reply.status == 204;
  if (!no_body) out += "Content-Type: " + (stream ? std::string("text/event-stream") : reply.type) + "\r\n";
  for (const auto& [name, value] : reply.headers) {
    if (value.find_first_of("\r\n") != std::string::npos) continue;  // a value never becomes a header of its own
    out += name + ": " + value + "\r\n";
  }
  if (stream)
    out += "X-Accel-Buffering: no\r\nConnection: close\r\n";
  else if (!no_body)
    out += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  if (!stream) out += keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
  out += "\r\n";
  if (stream) return out + ": ready\n\n";
  return head_only || no_body ? out : out + reply.body;
}

std::string http_date(std::int64_t seconds) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t at = seconds;
  std::tm t{};
  ::gmtime_r(&at, &t);
  char out[40];
  std::snprintf(out, sizeof out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
  return out;
}

const std::string& DateLine::at(Instant now) {
  const std::int64_t second = now.ms / 1000;
  if (second != second_) line_ = "Date: " + http_date(second) + "\r\n";
  second_ = second;
  return line_;
}

std::string with_close(const std::string& framed) {
  const std::string_view kept = "Connection: keep-alive\r\n";
  std::string out = framed;
  const auto at = out.find(kept);
  if (at != std::string::npos) out.replace(at, kept.size(), "Connection: close\r\n");
  return out;
}

std::size_t body_limit(const Router& router, const Framing& f) {
  constexpr std::size_t usual = 64 * 1024;
  if (f.method != "POST") return usual;
  Pairs values;
  bool wrong = false;
  const auto path = decode_path(f.path());
  const Route* route = path ? router.find(f.method, *path, values, wrong) : nullptr;
  return route ? route->body_limit : usual;
}

std::string public_site(const std::string& site, bool behind_proxy, const Framing& f) {
  if (behind_proxy && site.starts_with("http://") && f.header("x-forwarded-proto") == "https") return "https://" + site.substr(7);
  return site;
}

std::string forwarded_client(const Framing& f, const std::string& peer) {
  const auto& forwarded = f.header("x-forwarded-for");
  const auto comma = forwarded.rfind(',');
  auto last = comma == std::string::npos ? forwarded : forwarded.substr(comma + 1);
  while (!last.empty() && last[0] == ' ') last.erase(0, 1);
  return last.empty() ? peer : last;
}

Reply browser_reply(std::string_view name, std::string_view accepts, std::string_view known, std::string_view range) {
  const auto file = browser_file(name);
  if (!file) return text("Berkas ini tidak ada. / This file does not exist.\n", "text/plain; charset=utf-8", 404);
  Reply reply{.status = 200, .type = file->type, .body = {}};
  const std::string etag = "\"" + std::string(name) + "\"";
  reply.headers = {{"ETag", etag}, {"Cache-Control", "public, max-age=31536000, immutable"}, {"Vary", "Accept-Encoding"}};
  if (known == etag) {
    reply.status = 304;
    return reply;
  }
  if (range.starts_with("bytes=") && range.find(',') == std::string_view::npos) {
    const auto dash = range.find('-');
    const auto from = parse_id("1" + std::string(range.substr(6, dash == std::string_view::npos ? 0 : dash - 6)));
    const std::string first(range.substr(6, dash == std::string_view::npos ? 0 : dash - 6)),
        last(dash == std::string_view::npos ? "" : range.substr(dash + 1));
    if (from && !first.empty() && first.size() < 10 && last.size() < 10) {
      const std::size_t start = std::stoul(first), size = file->bytes.size();
      const std::size_t end = std::min(
          size - 1, last.empty() || last.find_first_not_of("0123456789") != std::string::npos ? size - 1 : std::stoul(last));
      if (start >= size || end < start) {
        reply.status = 416;
        reply.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
        return reply;
      }
      reply.status = 206;
      reply.body = file->bytes.substr(start, end - start + 1);
      reply.headers.emplace_back("Content-Range", "bytes " + first + "-" + std::to_string(end) + "/" + std::to_string(size));
      return reply;
    }
  }
  if (takes(accepts, "br") && !file->brotli.empty()) {
    reply.body = file->brotli;
    reply.headers.emplace_back("Content-Encoding", "br");
  } else if (takes(accepts, "gzip") && !file->gzip.empty()) {
    reply.body = file->gzip;
    reply.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    reply.body = file->bytes;
  }
  return reply;
}

}  // namespace rantau::web
