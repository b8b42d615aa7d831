// One request against the routes, without sockets: right, session, form token, limits, idempotency, refusal and fault.
#include <arpa/inet.h>

#include <thread>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <exception>

#include "base/crypto.h"
#include "base/log.h"
#include "base/money.h"
#include "base/text.h"
#include "web/answer.h"
#include "web/idempotency_store.h"
#include "web/incoming.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

constexpr double usual_per_second = 4, usual_burst = 240;  // 240 requests a minute and address

// What fill() reads of a header to choose language, letters and kind of a reply, and the session: no cache between may give
// one reader the reply of another.
constexpr std::string_view varies_by = "Accept-Language, Cookie, Accept, HX-Request";

bool secure(const Request& q) { return q.site.starts_with("https://"); }

Refusal refusal(Refusal::Kind kind, std::string_view key, Words words = {}) {
  return {.kind = kind, .key = std::string(key), .words = std::move(words)};
}

Reply too_many(const Request& q, int seconds) {
  Reply reply = refuse(q, refusal(Refusal::too_many, "web.too_many", {{"seconds", std::to_string(seconds)}}));
  reply.headers.emplace_back("Retry-After", std::to_string(seconds));
  return reply;
}

// Whether an address a browser names ("https://host:port…") is this site's. Over https nothing of http is ours.
bool is_ours(const Request& q, std::string_view address) {
  const auto scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos) return false;  // "null": a sandboxed frame, a file, a redirect between sites
  const auto origin = address.substr(0, address.find('/', scheme_end + 3));
  if (origin == q.site) return true;
  return origin.substr(scheme_end + 3) == q.header("host") && (!secure(q) || origin.starts_with("https://"));
}

// A form posted from another site must do nothing, whoever is signed in here or nobody (docs/decisions/007). Browsers say
// where a post comes from, and a page cannot change what they say. Who says nothing is no browser.
bool from_elsewhere(const Request& q) {
  const auto& fetch = q.header("sec-fetch-site");
  if (!fetch.empty()) return fetch != "same-origin" && fetch != "none";  // a sibling host is elsewhere, too
  for (const char* named : {"origin", "referer"})
    if (const auto& address = q.header(named); !address.empty()) return !is_ours(q, address);
  return false;
}

// A call of the API that takes a form takes it as JSON and in no other coat: nothing is guessed from a body.
bool is_json(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  constexpr std::string_view want = "application/json";
  return std::equal(type.begin(), type.end(), want.begin(), want.end(), [](char a, char b) { return std::tolower(a) == b; });
}
Reply not_json(const Request& q) {
  Reply reply = problem(q, 415, "web.not_json");
  reply.headers.emplace_back("Accept", "application/json");  // RFC 9110, 15.5.16
  return reply;
}

Reply sign_in_first(const Request& q) {
  if (q.wants_json) {
    Reply reply = refuse(q, refusal(Refusal::forbidden, "web.sign_in_first"));
    reply.status = 401;
    return reply;
  }
  const std::string back = q.method == "GET" ? q.path + (q.query_text.empty() ? "" : "?" + q.query_text) : "";
  return see("/masuk" + (back.empty() ? std::string() : "?kembali=" + text::url(back)));
}

struct Asked;  // what an address named, whatever it is
void refuse_in_journal(Db& db, const std::string& detail, Id<Asked> asked = {}) {
  db.write([&](Act& act) {
    act.record("access.refused", asked, detail);
    return Done{};
  });
}

// Somebody signed in asked for an object by its address and was told there is none: absent and foreign look alike to them,
// and stand in the journal alike, so that who tries one number after another is seen.
void note_probe(const Request& q, Db& db, const Route& route) {
  if (!q.who.user || q.path_values.empty() || route.right == Right::anyone || db.store().read_only()) return;
  refuse_in_journal(db, "status=404 route=" + route.pattern, {parse_id(q.path_values.front().second).value_or(0)});
}

// Who may meet an earlier answer: the account; a visitor is known by the network alone (/24, /64), so that a telephone that
// was given another address still finds its answer. It goes into a hash with the key and is not stored.
std::string client_of(const Request& q) {
  if (q.who.user) return "user " + to_string_id(q.who.user.value);
  unsigned char bytes[16];
  if (::inet_pton(AF_INET, q.address.c_str(), bytes) == 1) return "net4 " + crypto::hex({reinterpret_cast<char*>(bytes), 3});
  if (::inet_pton(AF_INET6, q.address.c_str(), bytes) != 1) return "net";
  const bool mapped = IN6_IS_ADDR_V4MAPPED(reinterpret_cast<in6_addr*>(bytes));
  return mapped ? "net4 " + crypto::hex({reinterpret_cast<char*>(bytes) + 12, 3})
                : "net6 " + crypto::hex({reinterpret_cast<char*>(bytes), 8});
}

// Every piece with its length before it: no two requests are told alike.
std::string digest(const std::vector<std::string_view>& pieces) {
  std::string all;
  for (const auto piece : pieces) (all += std::to_string(piece.size()) + ":") += piece;
  return crypto::hex(crypto::sha256(all));
}

std::string digest_of_body(const Request& q) {
  std::vector<std::string_view> pieces{q.query_text, q.body};
  for (const auto& [name, value] : q.form)
    if (name != "csrf") pieces.insert(pieces.end(), {name, value});
  std::vector<std::string> sums;
  sums.reserve(q.files.size());
  for (const auto& file : q.files) pieces.insert(pieces.end(), {file.field, sums.emplace_back(file.bytes.sha256())});
  return digest(pieces);
}

// What makes two sendings one. A program names it by a key of its own. A page of somebody signed in has one already: its
// csrf token is drawn anew for every page, so a form sent twice from the same page with the same content is one sending, and
// with other content another.
struct Sending {
  std::string key_hash, body_hash;
  bool of_form = false;
};
Sending sending_of(const Request& q) {
  Sending s{.body_hash = digest_of_body(q)};
  if (const auto& key = q.header("idempotency-key"); !key.empty()) {
    s.key_hash = digest({key, q.method, q.path, client_of(q)});
  } else if (const auto& page = q.field("csrf"); q.who.user && !page.empty()) {
    s.key_hash = digest({"form", page, q.method, q.path, client_of(q), s.body_hash});
    s.of_form = true;
  }
  return s;
}

// Whoever pressed twice sees the answer to the first press: the second waits for it, two seconds at most.
idempotency::Before reserve(Db& db, const Sending& s, std::int64_t now) {
  idempotency::Before before;
  for (int tries = 0; tries < (s.of_form ? 40 : 1); ++tries) {
    if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    before = db.write([&](Act& act) { return idempotency::reserve(act, s.key_hash, s.body_hash, now); });
    if (before.state != idempotency::State::running) break;
  }
  return before;
}

// The same sending gets the same reply again; the effect happens once. It is reserved before the handler runs. Of a form
// only success is kept: what was refused may be tried again as it stands.
Reply once(const Route& route, const Request& q, Db& db, std::int64_t now) {
  if (!route.idempotent_key) return route.handler(q, db);
  if (q.header("idempotency-key").size() > 200) return refuse(q, refusal(Refusal::invalid, "web.key_too_long"));
  const Sending sending = sending_of(q);
  if (sending.key_hash.empty()) return route.handler(q, db);
  const auto before = reserve(db, sending, now);
  switch (before.state) {
    case idempotency::State::fresh: break;
    case idempotency::State::other_body: return refuse(q, refusal(Refusal::invalid, "web.key_reused"));
    case idempotency::State::running: {
      Reply reply = refuse(q, refusal(Refusal::conflict, "web.key_running"));
      reply.headers.emplace_back("Retry-After", "2");
      return reply;
    }
    case idempotency::State::answered:
      return {.status = before.status,
              .type = before.type,
              .body = before.body,
              .headers = before.location.empty() ? Pairs{} : Pairs{{"Location", before.location}}};
  }
  Reply reply;
  try {
    reply = route.handler(q, db);
  } catch (...) {
    db.write([&](Act& act) { return idempotency::forget(act, sending.key_hash); });
    throw;
  }
  std::string location;
  for (const auto& [name, value] : reply.headers)
    if (name == "Location") location = value;
  const bool keeps = sending.of_form ? reply.status == 303 : reply.status < 500 && reply.status != 429;
  db.write([&](Act& act) {
    if (!keeps) return idempotency::forget(act, sending.key_hash);
    return idempotency::keep(act, sending.key_hash, reply.status, reply.type, reply.body, location);
  });
  return reply;
}

// Language and letter size stay for a year once chosen.
void remember_choices(const Request& q, Reply& reply) {
  if (const auto& lang = q.param("bahasa"); lang == "id" || lang == "en")
    reply = set_cookie(std::move(reply), "bahasa", lang, 31'536'000);
  if (const auto& size = q.param("huruf"); size == "besar" || size == "biasa")
    reply = set_cookie(std::move(reply), "huruf", size, 31'536'000);
}

Reply routed(const Router& router, const Gate& gate, db::Store& store, Request& q) {
  bool wrong_method = false;
  const Route* route = router.find(q.method, q.path, q.path_values, wrong_method);
  if (q.method == "POST" || wrong_method) q.reads_at = router.readable(q.path);
  const std::int64_t now = store.now().ms;
  int wait = 0;  // before the session is looked up: a flood must not reach the database. No address: a test, or gone.
  if (!q.address.empty() && !allow("all|" + q.address, usual_per_second, usual_burst, now, wait)) return too_many(q, wait);
  Db nobody(store, {});
  std::string secret, withheld_key;
  Rights withheld;
  if (const auto& token = q.cookie("rantau"); !token.empty() && gate.who) {
    if (auto visitor = gate.who(nobody, token)) {
      q.who = std::move(visitor->actor);
      secret = std::move(visitor->csrf_secret);
      withheld = visitor->withheld;
      withheld_key = std::move(visitor->withheld_key);
      q.csrf = mask_csrf(secret);
    }
  }
  if (!route) {
    if (wrong_method) {
      Reply reply = q.wants_json ? problem(q, 405, "web.other_method") : error_page(q, 405);
      reply.headers.emplace_back("Allow", router.allowed(q.path));
      return reply;
    }
    return refuse(q, refusal(Refusal::not_found, "web.not_found"));
  }
  if (q.method == "POST" && from_elsewhere(q)) return refuse(q, refusal(Refusal::forbidden, "web.from_elsewhere"));
  if (route->per_hour > 0 && !allow(route->pattern + "|" + q.address, route->per_hour / 3600.0, route->per_hour, now, wait))
    return too_many(q, wait);
  Db db(store, q.who);
  if (!q.who.may(route->right)) {
    if (!q.who.user && q.method == "POST" && !q.wants_json && gate.ended) return gate.ended(q, db);
    if (!q.who.user) return sign_in_first(q);
    refuse_in_journal(db, "right=" + std::string(word(route->right)) + " route=" + route->pattern);
    if (withheld.test(static_cast<std::size_t>(route->right))) return refuse(q, refusal(Refusal::forbidden, withheld_key));
    return refuse(q, refusal(Refusal::forbidden, "web.not_your_duty"));
  }
  if (q.method == "POST") {
    const auto& typed = q.field("csrf").empty() ? q.header("x-csrf-token") : q.field("csrf");
    if (q.who.user && !csrf_fits(typed, secret)) {
      if (!q.wants_json && gate.ended) return gate.ended(q, db);
      return refuse(q, refusal(Refusal::forbidden, "web.form_too_old"));
    }
  }
  if (q.method == "POST" && route->takes && q.path.starts_with("/api/") && !is_json(q.header("content-type"))) return not_json(q);
  Reply reply = once(*route, q, db, now);
  if (reply.status == 404) note_probe(q, db, *route);
  return reply;
}

// 503: the store is away or full, which passes, and nobody need report it. 500: a fault of ours.
Reply failed(const Request& q, int status, std::string_view key) {
  Reply reply = q.wants_json ? problem(q, status, key) : error_page(q, status);
  if (status == 503) reply.headers.emplace_back("Retry-After", "10");
  return reply;
}

}  // namespace

// In megabytes as people count them: what the limit promises is cut, what was sent is rounded up to a tenth.
Reply too_large(const Router& router, const Request& asked, std::uint64_t sent, std::size_t limit) {
  constexpr std::uint64_t tenth = 1024 * 1024 / 10;
  Request q = asked;
  q.reads_at = router.readable(q.path);
  const std::string most = limit < 1024 * 1024 ? show_number(static_cast<std::int64_t>(limit / 1024), q.lang) + " KB"
                                               : show_number(static_cast<std::int64_t>(limit >> 20U), q.lang) + " MB";
  const Words words{{"limit", most},
                    {"sent", show_decimal(static_cast<std::int64_t>((sent + tenth - 1) / tenth), 1, q.lang) + " MB"}};
  const Sentence said{sent > limit ? "web.too_large" : "web.too_large_unknown", words};
  if (q.wants_json) return problem(q, 413, said.key, words);
  View extra;
  extra.set("detail", q.t(said));
  return error_page(q, 413, std::move(extra));
}

Reply header_too_large(const Request& q) { return q.wants_json ? problem(q, 431, "web.header_too_large") : error_page(q, 431); }

Reply answer(const Router& router, const Gate& gate, db::Store& store, Request& q) {
  Reply reply;
  try {
    reply = routed(router, gate, store, q);
  } catch (const NoSuchPage&) { reply = refuse(q, refusal(Refusal::not_found, "web.not_found")); } catch (const db::ReadOnly&) {
    reply = failed(q, 503, "web.read_only");
  } catch (const db::Unreachable& e) {
    log("web.database_unreachable").with_system("request", q.request_id).with_system("what", e.what());
    reply = failed(q, 503, "web.unreachable");
  } catch (const std::exception& e) {
    log("web.fault").with_system("request", q.request_id).with_system("what", e.what());
    reply = failed(q, 500, "web.fault");
  }
  remember_choices(q, reply);
  vary(reply, varies_by);
  if (q.who.user) reply.is_public = false;
  return reply;
}

void harden(const Request& q, Reply& reply) {
  auto& h = reply.headers;
  h.emplace_back("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' " + inline_style_hash() +
                                                "; img-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors "
                                                "'none'; base-uri 'none'; form-action 'self'");
  h.emplace_back("X-Content-Type-Options", "nosniff");
  h.emplace_back("X-Frame-Options", "DENY");
  h.emplace_back("Referrer-Policy", "same-origin");
  h.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  h.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  h.emplace_back("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()");
  if (secure(q)) h.emplace_back("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  bool said = false, personal = !reply.is_public;
  for (auto& [name, value] : h) {
    said = said || name == "Cache-Control";
    personal = personal || name == "Set-Cookie";
    if (name != "Set-Cookie" || !secure(q)) continue;
    value += "; Secure";
    if (!value.starts_with("__Host-")) value.insert(0, "__Host-");
  }
  if (!said) h.emplace_back("Cache-Control", personal ? "no-store" : "public, no-cache");
}

}  // namespace rantau::web
