// What surrounds a request and a reply on the wire: our checks beside the parser's, and a reply as bytes.
#pragma once
#include <string>
#include <string_view>

#include "web/web.h"

namespace rantau::web {

struct Framing {
  std::string method, target;
  int version = 11;
  Pairs headers;
  std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
  std::string query() const { return target.find('?') == std::string::npos ? std::string() : target.substr(target.find('?') + 1); }
  const std::string& header(std::string_view name) const;
};

// "http://host/path" is "/path" of that host, whatever Host says (RFC 9112, 3.2.2).
void to_origin_form(Framing&);
bool is_host(std::string_view value);  // a name or an address, and a port if any

// 0, or the status of what is wrong: Host missing, twice or no host, lengths that contradict, a transfer coding that is not
// exactly "chunked", a path that hides something, a method nobody knows.
int check_framing(const Framing&);
// A plain sentence in both languages; to programs, below /api/, as problem+json.
Reply malformed_reply(int status, std::string_view target = {});
Reply busy_reply();  // 503: the queue is full

bool is_own(std::string_view path);  // answered by the server itself: browser files, health, metrics
// OPTIONS, and methods that no address has: 204 or 405 with the methods that this one has, else 404.
Reply other_method(const Router&, const Framing&);

std::string frame(const Reply&, bool keep_alive, bool head_only);
std::string http_date(std::int64_t seconds);  // "Tue, 24 Nov 2026 02:00:00 GMT", whatever the locale
// "Date: …\r\n", written anew each second.
class DateLine {
 public:
  const std::string& at(Instant);

 private:
  std::int64_t second_ = -1;
  std::string line_;
};
std::string with_close(const std::string& framed);  // the same reply, saying that the connection ends

// What may follow a header, by its route.
std::size_t body_limit(const Router&, const Framing&);

// The address people see: behind the proxy it may be https while the setting says nothing.
std::string public_site(const std::string& site, bool behind_proxy, const Framing&);

// The last address of X-Forwarded-For: the one that the proxy in front saw.
std::string forwarded_client(const Framing&, const std::string& peer);

}  // namespace rantau::web
