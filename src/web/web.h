// What a handler sees of HTTP: Request in, Reply out, Router to say where. Standard headers only; Boost.Beast lives in
// server.cc.
//
//   void routes(web::Router& r) {
//     r.get("/lowongan/{code}", Right::anyone, show_job);
//     r.post("/k/pesanan/{id}/periksa", Right::examine_job_orders, examine);
//   }
// A route without a right does not compile. `{name}` matches one segment; a segment that is no id where one is asked
// answers 404, like an absent object.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/right.h"
#include "db/act.h"

namespace rantau::web {

using Pairs = std::vector<std::pair<std::string, std::string>>;

class Held;  // a file in quarantine: web/quarantine.h

// The bytes of one uploaded file. What came over a socket lies in a quarantined file below the data folder, mapped when it
// is looked at and removed with the request, unless a handler claims it; a test gives a string.
class Bytes {
 public:
  Bytes() = default;
  Bytes(std::string text) : text_(std::move(text)) {}
  Bytes(std::string_view text) : text_(text) {}
  Bytes(const char* text) : text_(text) {}
  explicit Bytes(std::shared_ptr<Held> held) : held_(std::move(held)) {}
  std::string_view view() const;
  operator std::string_view() const { return view(); }
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  std::string sha256() const;  // 32 bytes, counted while they arrived
  // Moves the file to a path of the same file system, mode 0600, synced; never over another file. False: it stays here.
  bool claim(const std::string& path) const;
  friend bool operator==(const Bytes& a, std::string_view b) { return a.view() == b; }

 private:
  std::string text_;
  std::shared_ptr<Held> held_;
};

struct Upload {
  std::string field, name, type;  // name and type as the browser claims them: never trusted
  Bytes bytes;
};

struct Metrics;  // what the server counts of itself: web/metrics.h

struct NoSuchPage {};  // thrown by id(): answered as 404

struct Request {
  std::string method, path;  // path decoded, without the query
  std::string query_text;    // raw
  Pairs path_values, query, form, headers, cookies;
  std::vector<Upload> files;
  std::string body;         // JSON and other non-form bodies
  std::string lang = "id";  // "id" or "en": ?bahasa=, then cookie, then Accept-Language
  std::string request_id;
  std::string address;      // of the client, for rate limits; never stored
  std::string csrf;         // masked token to put into forms
  bool large_text = false;  // ?huruf=besar, then cookie
  bool wants_json = false;  // under /api/, or Accept: application/json
  bool partial = false;     // HX-Request: the frame may be left out
  Actor who;
  std::string reads_at;              // what a GET may ask for: the path itself or, of a path for posts alone, the nearest above it
  std::string site;                  // "http://localhost:8080": for absolute addresses in feeds and share cards
  const Metrics* metrics = nullptr;  // see pace() in kit.h

  // The first value, or "". Text from people is NFKC, valid UTF-8, trimmed, without control characters.
  const std::string& field(std::string_view name) const;   // form (POST)
  const std::string& param(std::string_view name) const;   // query (GET)
  const std::string& at(std::string_view name) const;      // path
  const std::string& header(std::string_view name) const;  // case-insensitive
  const std::string& cookie(std::string_view name) const;
  template <class IdType>
  IdType id(std::string_view name = "id") const {
    auto n = parse_id(at(name));
    if (!n) throw NoSuchPage{};
    return IdType{*n};
  }
  // A sentence of src/text in the reader's language.
  std::string t(std::string_view key, const Words& words = {}) const;
  std::string t(const Sentence& s) const { return t(s.key, s.words); }
};

struct Reply {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  Pairs headers{};
  // Public and equal for everybody who is not signed in: may be kept by the server's page cache until the next commit
  // and by browsers with an ETag. Everything else is `no-store`.
  bool is_public = false;
  std::string sse_topic{};  // not empty: an event stream of that topic, kept open by the I/O thread
};

using Handler = std::function<Reply(const Request&, Db&)>;

class Form;  // form.h

struct Route {
  std::string method, pattern;
  Right right;
  Handler handler;
  // For /api/openapi.json and its page. Only routes under /api/ are described there.
  std::string summary_key{};
  const Form* takes = nullptr;
  std::string returns{};  // name of a JSON schema registered with Router::schema
  // Limits other than the usual: body 64 KiB, 240 requests a minute and address.
  std::size_t body_limit = 64 * 1024;
  int per_hour = 0;             // for one address; 0: the usual
  bool idempotent_key = false;  // POST that honours Idempotency-Key (24 h)
  bool reads_person = false;    // a sensitive read: the handler must journal it (checked by a test)

  Route& says(std::string_view key) {
    summary_key = key;
    return *this;
  }
  Route& form(const Form& f) {
    takes = &f;
    return *this;
  }
  Route& gives(std::string_view schema) {
    returns = schema;
    return *this;
  }
  Route& limit(std::size_t bytes) {
    body_limit = bytes;
    return *this;
  }
  Route& at_most(int per_hour_and_address) {
    per_hour = per_hour_and_address;
    return *this;
  }
  // A sending that comes again has its effect once: by its Idempotency-Key, or of a form by the page it came from. Not for
  // replies that hold a secret or set a cookie: they are kept for a day.
  Route& once() {
    idempotent_key = true;
    return *this;
  }
  Route& personal() {
    reads_person = true;
    return *this;
  }
};

class Router {
 public:
  Route& get(std::string_view pattern, Right, Handler);
  Route& post(std::string_view pattern, Right, Handler);
  // A JSON schema (OpenAPI 3.1) for answers, as text.
  void schema(std::string_view name, std::string_view json);
  const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }
  const Pairs& schemas() const { return schemas_; }
  // The route for a request, its path values filled in. `wrong_method`: the path exists with another method (405).
  const Route* find(std::string_view method, std::string_view path, Pairs& values, bool& wrong_method) const;
  // "GET, HEAD, OPTIONS": the methods this path has, for Allow; "" when nothing is there.
  std::string allowed(std::string_view path) const;
  // The path if a GET of it is answered, else the nearest above it; "/" at last.
  std::string readable(std::string_view path) const;

 private:
  std::vector<std::unique_ptr<Route>> routes_;
  Pairs schemas_;
};

// --- replies -----------------------------------------------------------------------------------------------------
Reply see(std::string_view where);               // 303
Reply json(std::string body, int status = 200);  // body already JSON text
Reply text(std::string body, std::string_view type, int status = 200);
Reply download(std::string bytes, std::string_view type, std::string_view file_name);
// A refusal as the page or problem+json (RFC 9457) it deserves: 422, 403, 404, 409, 429, 503.
Reply refuse(const Request&, const Refusal&);
Reply set_cookie(Reply, std::string_view name, std::string_view value, int max_age_s, bool http_only = true);  // __Host- over https

// --- who is asking -------------------------------------------------------------------------------------------------
// Filled by module access in main.cc: the kit knows sessions only as tokens.
struct Visitor {
  Actor actor;
  std::string csrf_secret;
  Rights withheld{};           // of the duty, and closed at present
  std::string withheld_key{};  // the sentence that says why
};
struct Gate {
  std::function<std::optional<Visitor>(Db&, std::string_view session_token)> who;
  // The page for a post whose session ended or whose form token is old: it keeps what was typed. Without it: a refusal.
  std::function<Reply(const Request&, Db&)> ended{};
};

// --- the server ----------------------------------------------------------------------------------------------------
struct ServerOptions {
  std::string bind = "127.0.0.1";
  int port = 8080;
  int workers = 64;
  std::string site;          // public address; "" = http://localhost:port
  bool dev = false;          // pages and assets re-read from disk
  bool trust_proxy = false;  // X-Forwarded-For and -Proto from the one proxy in front
  std::string quarantine{};  // folder of files that are arriving, below the data folder; "": a temporary one
};
// The address or the port cannot be had; code() says why.
struct CannotListen : std::system_error {
  using std::system_error::system_error;
};
class Server {
 public:
  static std::unique_ptr<Server> start(const ServerOptions&, const Router&, const Gate&, db::Store&);
  virtual ~Server() = default;
  virtual int port() const = 0;
  virtual void publish(std::string_view topic, std::string_view event, std::string_view data) = 0;  // SSE
  virtual void wait() = 0;                                                                          // until SIGINT or SIGTERM
  virtual void stop() = 0;  // stop accepting, finish what runs, 20 s at most
};

// One request against the routes, without sockets: used by the server and by the tests of every page.
Reply answer(const Router&, const Gate&, db::Store&, Request&);

}  // namespace rantau::web
