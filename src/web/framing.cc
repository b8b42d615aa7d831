// See framing.h. The cases are the table of malformed requests in src/web/README.md, each a test.
#include "web/framing.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <ctime>

#include "web/incoming.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

const std::string none;

// Those that RFC 9110 and 5789 know and that act on one address; the rest are not ours to judge by address: 501.
constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"};

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
    case 415: return "Unsupported Media Type";
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

void to_origin_form(Framing& f) {
  const auto scheme = f.target.find("://");
  if (scheme == std::string::npos || f.target.starts_with('/')) return;
  if (!same(std::string_view(f.target).substr(0, scheme), "http") && !same(std::string_view(f.target).substr(0, scheme), "https"))
    return;
  const auto end = std::min(f.target.find_first_of("/?", scheme + 3), f.target.size());
  const std::string authority = f.target.substr(scheme + 3, end - scheme - 3);
  for (auto& [name, value] : f.headers)
    if (same(name, "host")) value = authority;
  f.target.erase(0, end);
  if (!f.target.starts_with('/')) f.target.insert(0, "/");
}

bool is_host(std::string_view value) {
  std::string_view port;
  if (value.starts_with('[')) {  // [2001:db8::1]:8080
    const auto end = value.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    if (value.substr(1, end - 1).find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return false;
    port = value.substr(end + 1);
  } else {
    const auto colon = std::min(value.find(':'), value.size());
    if (colon == 0) return false;
    for (const char c : value.substr(0, colon))
      if (!std::isalnum(static_cast<unsigned char>(c)) && std::string_view("-._~!$&'()*+,;=%").find(c) == std::string_view::npos)
        return false;
    port = value.substr(colon);
  }
  if (port.empty()) return true;
  return port[0] == ':' && port.size() <= 6 && port.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

int check_framing(const Framing& f) {
  int hosts = 0, lengths = 0, codings = 0;
  for (const auto& [name, value] : f.headers) {
    if (same(name, "host")) {
      ++hosts;
      if (!is_host(value)) return 400;
    }
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
  if (!decode_path(f.path()) && !(f.method == "OPTIONS" && f.target == "*")) return 400;
  return std::ranges::find(methods, f.method) == std::end(methods) ? 501 : 0;
}

namespace {

std::string_view malformed_sentence(int status) {
  switch (status) {
    case 404: return "Halaman ini tidak ada. / There is no such page.";
    case 405: return "Alamat ini tidak menerima cara meminta itu. / This address does not take that method.";
    case 408: return "Permintaan terlalu lama dikirim. / The request took too long to arrive.";
    case 413: return "Kiriman terlalu besar. / What was sent is too large.";
    case 431: return "Kepala permintaan terlalu besar. / The request's header is too large.";
    case 500: return "Ada gangguan pada sistem kami. / Something failed on our side.";
    case 501: return "Cara kirim ini tidak didukung. / This transfer is not supported.";
    case 503: return "Tempat untuk berkas sedang penuh. Coba lagi nanti. / There is no room for files now. Try again later.";
    default: return "Permintaan ini tidak dapat dibaca. / This request cannot be read.";
  }
}

}  // namespace

Reply malformed_reply(int status, std::string_view target) {
  const std::string said(malformed_sentence(status));
  Reply reply = text(said + "\n", "text/plain; charset=utf-8", status);
  if (target.starts_with("/api/")) {
    reply.type = "application/problem+json";
    reply.body = R"({"type":"about:blank","title":")" + said + R"(","status":)" + std::to_string(status) +
                 R"(,"code":"web.error.)" + std::to_string(status) + "\"}";
  }
  if (status == 503) reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

bool is_own(std::string_view path) {
  return path.starts_with("/s/") || path == "/health" || path == "/ready" || path == "/health/ready" || path == "/metrics";
}

Reply other_method(const Router& router, const Framing& f) {
  const auto path = decode_path(f.path());
  const std::string allow = !path ? "GET, HEAD, POST, OPTIONS" : is_own(*path) ? "GET, HEAD, OPTIONS" : router.allowed(*path);
  if (allow.empty()) return malformed_reply(404, f.target);
  Reply reply = f.method == "OPTIONS" ? Reply{.status = 204, .body = {}} : malformed_reply(405, f.target);
  reply.headers.emplace_back("Allow", allow);
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
    (((out += name) += ": ") += value) += "\r\n";
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

}  // namespace rantau::web
