// One request without sockets: rights, the form token, limits, idempotency, refusals and faults.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/text.h"
#include "db/testing.h"
#include "web/answer.h"
#include "web/form.h"
#include "web/incoming.h"
#include "web/web.h"

namespace rantau::web {
namespace {

const std::string secret = "0123456789abcdef";

struct Office {
  test::TestDb db = test::db();
  Router router;
  Gate gate;
  int runs = 0;

  Office() {
    gate.who = [](Db&, std::string_view token) -> std::optional<Visitor> {
      if (token != "siti" && token != "budi") return std::nullopt;
      Visitor v;
      v.actor.user = {token == "siti" ? 1 : 2};
      v.actor.name = token;
      if (token == "siti") v.actor.rights.set(static_cast<std::size_t>(Right::see_licences));
      v.csrf_secret = secret;
      return v;
    };
    const auto run = [this](const Request&, Db&) {
      ++runs;
      return text("jalan " + std::to_string(runs), "text/plain");
    };
    router.get("/umum", Right::anyone, [](const Request&, Db&) {
      Reply r = text("umum", "text/plain");
      r.is_public = true;
      return r;
    });
    router.get("/k/izin/{id}", Right::see_licences, [](const Request& q, Db&) { return text(q.csrf, "text/plain"); });
    router.get("/api/v1/izin", Right::see_licences, run);
    router.post("/k/izin", Right::see_licences, run);
    router.post("/cek", Right::anyone, run).at_most(3);
    router.post("/masuk", Right::anyone, run);
    router.post("/api/v1/cek", Right::anyone, run).once();
    router.post("/api/v1/cek/{id}", Right::anyone, run).once();
    router.get("/tolak/{kind}", Right::anyone, [](const Request& q, Db&) {
      return refuse(q, {.kind = static_cast<Refusal::Kind>(std::stoi(q.at("kind"))), .key = "web.key_running"});
    });
    router.get("/orang/{id}", Right::anyone,
               [](const Request& q, Db&) { return text(std::to_string(q.id<UserId>().value), "text/plain"); });
    router.get("/rusak", Right::anyone, [](const Request&, Db&) -> Reply { throw std::runtime_error("the secret of the house"); });
    router.get("/penuh", Right::anyone, [](const Request&, Db&) -> Reply { throw db::ReadOnly("disk full"); });
    const auto gone = [](const Request&, Db&) -> Reply { throw db::Unreachable("postgres://of-the-house"); };
    router.get("/jauh", Right::anyone, gone);
    router.post("/api/v1/jauh", Right::anyone, gone).once();
    router
        .post("/api/v1/rusak", Right::anyone,
              [this](const Request&, Db&) -> Reply {
                if (++runs == 1) throw std::runtime_error("once");
                return json("{}");
              })
        .once();
  }

  Request ask(std::string method, std::string path, std::string token = "") {
    Request q;
    q.method = std::move(method);
    q.path = std::move(path);
    q.wants_json = q.path.starts_with("/api/");
    q.site = "http://localhost:8080";
    q.headers = {{"Host", "localhost:8080"}};
    q.request_id = "req-7";
    if (!token.empty()) q.cookies = {{"rantau", std::move(token)}};
    return q;
  }
  Reply get(std::string path, std::string token = "") { return send(ask("GET", std::move(path), std::move(token))); }
  Reply send(Request q) { return answer(router, gate, db.store(), q); }
  // A post of a signed-in person with a good token.
  Request post(std::string path, std::string token) {
    Request q = ask("POST", std::move(path), std::move(token));
    q.form = {{"csrf", mask_csrf(secret)}};
    return q;
  }
};
std::string header(const Reply& r, std::string_view name) {
  for (const auto& [key, value] : r.headers)
    if (key == name) return value;
  return "";
}

TEST(Answer, WhoIsNotSignedInIsLedToSignInAndBack) {
  Office o;
  Request q = o.ask("GET", "/k/izin/7");
  q.query_text = "a=1&b=2";
  const Reply r = o.send(q);
  EXPECT_EQ(r.status, 303);
  EXPECT_EQ(header(r, "Location"), "/masuk?kembali=" + text::url("/k/izin/7?a=1&b=2"));
  EXPECT_EQ(o.get("/api/v1/izin").status, 401);
  EXPECT_EQ(o.get("/api/v1/izin").type, "application/problem+json");
  EXPECT_EQ(o.get("/k/izin/7", "forged").status, 303);
}
TEST(Answer, WithoutTheRightTheAnswerIsTheSameWhateverTheObjectAndIsInTheJournal) {
  Office o;
  EXPECT_EQ(o.get("/k/izin/7", "budi").status, 403);
  Request q = o.ask("GET", "/k/izin/8", "budi");
  q.wants_json = true;  // a page carries its own address in its frame
  const Reply other = o.send(q);
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(other.body.find("izin"), std::string::npos);
  EXPECT_EQ(test::audit(o.db), (std::vector<std::string>{"access.refused", "access.refused"}));
  EXPECT_EQ(o.get("/k/izin/7", "siti").status, 200);
}
TEST(Answer, APostOfASignedInPersonNeedsTheTokenOfTheForm) {
  Office o;
  Request q = o.post("/k/izin", "siti");
  EXPECT_EQ(o.send(q).status, 200);
  q.form.clear();
  EXPECT_EQ(o.send(q).status, 403);
  q.form = {{"csrf", mask_csrf("another secret..")}};
  EXPECT_EQ(o.send(q).status, 403);
  q.form.clear();
  q.headers.emplace_back("X-CSRF-Token", mask_csrf(secret));
  EXPECT_EQ(o.send(q).status, 200);
  EXPECT_EQ(o.runs, 2);
}
TEST(Answer, TheTokenLooksDifferentInEveryPageAndFits) {
  EXPECT_NE(mask_csrf(secret), mask_csrf(secret));
  EXPECT_TRUE(csrf_fits(mask_csrf(secret), secret));
  EXPECT_FALSE(csrf_fits(mask_csrf(""), ""));
  EXPECT_FALSE(csrf_fits("", secret));
  Office o;
  EXPECT_TRUE(csrf_fits(o.get("/k/izin/7", "siti").body, secret));
}
const std::vector<Pairs> elsewhere{{{"Sec-Fetch-Site", "cross-site"}},
                                   {{"Sec-Fetch-Site", "same-site"}},
                                   {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://localhost:8080"}},
                                   {{"Origin", "http://jahat.example"}},
                                   {{"Origin", "http://localhost:8080.jahat.example"}},
                                   {{"Origin", "http://localhost"}},
                                   {{"Origin", "null"}},
                                   {{"Referer", "http://jahat.example/http://localhost:8080/"}}};
TEST(Answer, APostFromAnotherSiteDoesNothingWhoeverIsSignedIn) {
  Office o;
  for (const Pairs& from : elsewhere)
    for (Request q : {o.post("/k/izin", "siti"), o.post("/k/izin", "budi"), o.ask("POST", "/k/izin"), o.ask("POST", "/masuk"),
                      o.ask("POST", "/cek"), o.ask("POST", "/api/v1/cek")}) {
      q.headers.insert(q.headers.end(), from.begin(), from.end());
      EXPECT_EQ(o.send(q).status, 403) << q.path << " " << from[0].second;
    }
  EXPECT_EQ(o.runs, 0);
  EXPECT_EQ(test::audit(o.db), std::vector<std::string>{}) << "not even the journal";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(o.send(o.ask("POST", "/cek")).status, 200) << "nor the visitor's hourly number";
}
TEST(Answer, APostOfTheSitesOwnPageIsTaken) {
  Office o;
  int taken = 0;
  for (const Pairs& from : std::vector<Pairs>{{{"Sec-Fetch-Site", "same-origin"}},
                                              {{"Sec-Fetch-Site", "none"}},  // typed, or shared to the installed page
                                              {{"Origin", "http://localhost:8080"}},
                                              {{"Referer", "http://localhost:8080/cek"}},
                                              {}}) {  // a program
    for (Request q : {o.post("/k/izin", "siti"), o.ask("POST", "/masuk"), o.ask("POST", "/cek")}) {
      q.address = "from " + std::to_string(taken);  // each its own limit
      q.headers.insert(q.headers.end(), from.begin(), from.end());
      EXPECT_EQ(o.send(q).status, 200);
      ++taken;
    }
  }
  EXPECT_EQ(o.runs, taken);
}
TEST(Answer, OverHttpsAPageOfHttpIsElsewhere) {
  Office o;
  Request q = o.ask("POST", "/cek");
  q.site = "https://rantau.example";
  q.headers = {{"Host", "rantau.example"}, {"Origin", "http://rantau.example"}};
  EXPECT_EQ(o.send(q).status, 403);
  q.headers[1].second = "https://rantau.example";
  q.address = "a";
  EXPECT_EQ(o.send(q).status, 200);
  q.headers[0].second = "inside:8080";  // the proxy in front asks by another name
  EXPECT_EQ(o.send(q).status, 200);
}
TEST(Answer, AVisitorMayCheckAnOfferWithoutAToken) {
  Office o;
  Request q = o.ask("POST", "/cek");
  q.address = "192.0.2.99";
  EXPECT_EQ(o.send(q).status, 200);
}
TEST(Answer, TheLimitOfARouteIsForEachAddress) {
  Office o;
  Request q = o.ask("POST", "/cek");
  q.address = "192.0.2.1";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(o.send(q).status, 200);
  const Reply r = o.send(q);
  EXPECT_EQ(r.status, 429);
  EXPECT_GT(std::stoi(header(r, "Retry-After")), 0);
  q.address = "192.0.2.2";
  EXPECT_EQ(o.send(q).status, 200);
  q.address = "192.0.2.1";
  o.db.later(3600);
  EXPECT_EQ(o.send(q).status, 200);
}
TEST(Answer, ACallThatTakesAFormTakesItAsJsonAlone) {
  static const Form form{"web.ui", {{.name = "name"}}};
  Office o;
  o.router.post("/api/v1/nama", Right::anyone, [](const Request&, Db&) { return json("{}"); }).form(form);
  const auto send = [&](const std::string& type, const std::string& lang) {
    Request q = o.ask("POST", "/api/v1/nama");
    q.lang = lang;
    q.body = R"({"name":"Sari"})";
    if (!type.empty()) q.headers.emplace_back("Content-Type", type);
    return o.send(q);
  };
  for (const char* type : {"application/json", "Application/JSON", "application/json; charset=utf-8", "application/json ;a=b"})
    EXPECT_EQ(send(type, "id").status, 200) << type;
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B",
                           "application/jsonp", "application/problem+json"}) {
    const Reply r = send(type, "id");
    EXPECT_EQ(r.status, 415) << type;
    EXPECT_EQ(r.type, "application/problem+json");
    EXPECT_EQ(header(r, "Accept"), "application/json");
    EXPECT_NE(r.body.find("Isi permintaan ini bukan JSON"), std::string::npos) << r.body;
    EXPECT_NE(send(type, "en").body.find("This body is not JSON"), std::string::npos);
  }
}
TEST(Answer, EveryReplyNamesWhatItDependsOn) {
  Office o;
  for (const char* path : {"/umum", "/tidak-ada", "/rusak", "/k/izin/7", "/api/v1/izin"})
    EXPECT_EQ(header(o.get(path), "Vary"), "Accept-Language, Cookie, Accept, HX-Request") << path;
  Reply twice = o.get("/umum");
  compress(twice, "");
  EXPECT_EQ(header(twice, "Vary"), "Accept-Language, Cookie, Accept, HX-Request, Accept-Encoding") << "one line says all";
}
TEST(Answer, TheSameKeyAndBodyActOnce) {
  Office o;
  Request q = o.ask("POST", "/api/v1/cek");
  q.headers.emplace_back("Idempotency-Key", "k1");
  q.body = R"({"teks":"a"})";
  const Reply first = o.send(q), again = o.send(q);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(o.runs, 1);
  q.body = R"({"teks":"b"})";
  EXPECT_EQ(o.send(q).status, 422);
  EXPECT_EQ(o.runs, 1);
  o.db.later(25 * 3600);
  EXPECT_EQ(o.send(q).status, 200);
  EXPECT_EQ(o.runs, 2);
}
TEST(Answer, AKeyIsOnesOwn) {
  Office o;
  Request q = o.post("/api/v1/cek", "siti"), other = o.post("/api/v1/cek", "budi");
  q.headers.emplace_back("Idempotency-Key", "k1");
  other.headers.emplace_back("Idempotency-Key", "k1");
  EXPECT_NE(o.send(q).body, o.send(other).body);
}
TEST(Answer, AVisitorsKeyIsOfOnePathAndOneNetwork) {
  Office o;
  const auto ask = [&](const char* path, const char* address) {
    Request q = o.ask("POST", path);
    q.headers.emplace_back("Idempotency-Key", "k1");
    q.address = address;
    return o.send(q).body;
  };
  const auto first = ask("/api/v1/cek", "192.0.2.7");
  EXPECT_EQ(ask("/api/v1/cek", "192.0.2.200"), first) << "a telephone that was given another address";
  EXPECT_EQ(ask("/api/v1/cek", "::ffff:192.0.2.9"), first);
  EXPECT_NE(ask("/api/v1/cek", "192.0.3.7"), first);
  EXPECT_NE(ask("/api/v1/cek/7", "192.0.2.7"), first);
  EXPECT_NE(ask("/api/v1/cek/7", "192.0.2.7"), ask("/api/v1/cek/8", "192.0.2.7")) << "the path, not only its pattern";
  const auto six = ask("/api/v1/cek", "2001:db8:1:2::7");
  EXPECT_EQ(ask("/api/v1/cek", "2001:db8:1:2:9::1"), six);
  EXPECT_NE(ask("/api/v1/cek", "2001:db8:1:3::7"), six);
}
TEST(Answer, AnotherBodyUnderTheSameKeyIsRefusedWithAProblem) {
  Office o;
  Request q = o.ask("POST", "/api/v1/cek");
  q.headers.emplace_back("Idempotency-Key", "k1");
  q.form = {{"a", "1"}, {"b", "2"}};
  q.files = {{"f", "a.txt", "text/plain", "satu"}};
  ASSERT_EQ(o.send(q).status, 200);
  const auto refused = [&](auto change) {
    Request other = q;
    change(other);
    const Reply r = o.send(other);
    EXPECT_EQ(r.status, 422);
    EXPECT_EQ(r.type, "application/problem+json");
    EXPECT_NE(r.body.find("web.key_reused"), std::string::npos) << r.body;
  };
  refused([](Request& r) { r.form = {{"a", "1&b=2"}}; });
  refused([](Request& r) { r.form[1].second = "3"; });
  refused([](Request& r) { r.files[0].bytes = "dua"; });
  refused([](Request& r) { r.body = "x"; });
  refused([](Request& r) { r.query_text = "lang=en"; });
  EXPECT_EQ(o.runs, 1);
}
TEST(Answer, AFormSentTwiceFromOnePageIsOneSending) {
  Office o;
  std::atomic<int> made = 0;
  std::atomic<bool> slow = false;
  std::promise<void> entered, go_on;
  o.router
      .post("/k/buat", Right::anyone,
            [&](const Request& q, Db&) -> Reply {
              if (q.field("nama").empty()) return text("isi nama", "text/plain", 422);
              if (slow) {
                entered.set_value();
                go_on.get_future().wait();
              }
              return see("/k/buat/" + std::to_string(++made));
            })
      .once();
  Request page = o.post("/k/buat", "siti");
  page.form.emplace_back("nama", "A");
  EXPECT_EQ(header(o.send(page), "Location"), "/k/buat/1");
  const Reply again = o.send(page);
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(header(again, "Location"), "/k/buat/1") << "a second press, or Back and the same once more";
  EXPECT_EQ(made, 1);
  Request other = page;
  other.form.back().second = "B";
  EXPECT_EQ(header(o.send(other), "Location"), "/k/buat/2") << "Back, and something else typed";
  Request fresh = o.post("/k/buat", "siti");
  fresh.form.emplace_back("nama", "A");
  EXPECT_EQ(header(o.send(fresh), "Location"), "/k/buat/3") << "the same again, meant: from a page of its own";
  Request wrong = o.post("/k/buat", "siti");
  EXPECT_EQ(o.send(wrong).status, 422);
  EXPECT_EQ(o.send(wrong).status, 422) << "a refusal is not kept";
  slow = true;
  Request twice = o.post("/k/buat", "siti");
  twice.form.emplace_back("nama", "C");
  Reply first;
  std::thread press([&] { first = o.send(twice); });
  entered.get_future().wait();
  auto second_press = std::async(std::launch::async, [&] { return o.send(twice); });
  go_on.set_value();
  const Reply second = second_press.get();
  press.join();
  EXPECT_EQ(header(first, "Location"), header(second, "Location")) << "pressed while the first was on its way";
  EXPECT_EQ(made, 4);
}
TEST(Answer, TheSameRequestWhileTheFirstRunsIsToldSo) {
  Office o;
  std::promise<void> entered, go_on;
  o.router
      .post("/api/v1/lama", Right::anyone,
            [&](const Request&, Db&) {
              ++o.runs;
              entered.set_value();
              go_on.get_future().wait();
              return json("{}");
            })
      .once();
  Request q = o.ask("POST", "/api/v1/lama");
  q.headers.emplace_back("Idempotency-Key", "k1");
  std::thread first([&] { EXPECT_EQ(o.send(q).status, 200); });
  entered.get_future().wait();
  const Reply again = o.send(q);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.type, "application/problem+json");
  EXPECT_EQ(header(again, "Retry-After"), "2");
  go_on.set_value();
  first.join();
  EXPECT_EQ(o.send(q).status, 200);
  EXPECT_EQ(o.runs, 1);
}
TEST(Answer, OfAKeyOnlyItsHashIsKept) {
  Office o;
  Request q = o.ask("POST", "/api/v1/cek");
  q.headers.emplace_back("Idempotency-Key", "kunci-satu");
  q.address = "192.0.2.7";
  o.send(q);
  const auto kept = test::rows(o.db, "SELECT key_hash, body_hash, type, location FROM web_idempotency");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].find("kunci-satu"), std::string::npos);
  EXPECT_EQ(kept[0].find("192.0.2"), std::string::npos);
}
TEST(Answer, AFaultFreesTheKey) {
  Office o;
  Request q = o.ask("POST", "/api/v1/rusak");
  q.headers.emplace_back("Idempotency-Key", "k1");
  EXPECT_EQ(o.send(q).status, 500);
  EXPECT_EQ(o.send(q).status, 200);
}
TEST(Answer, ARefusalBecomesItsStatus) {
  Office o;
  const std::vector<int> want{422, 403, 404, 409, 429, 503};
  for (std::size_t kind = 0; kind < want.size(); ++kind) EXPECT_EQ(o.get("/tolak/" + std::to_string(kind)).status, want[kind]);
}
TEST(Answer, WhatIsNoIdIsAbsentLikeAnAbsentObject) {
  Office o;
  EXPECT_EQ(o.get("/orang/7").status, 200);
  for (const char* path : {"/orang/x", "/orang/-1", "/orang/0", "/orang/99999999999999999999", "/tidak-ada"})
    EXPECT_EQ(o.get(path).status, 404) << path;
}
TEST(Answer, AnotherMethodIsNamed) {
  Office o;
  EXPECT_EQ(o.get("/cek").status, 405);
  EXPECT_EQ(header(o.get("/cek"), "Allow"), "POST, OPTIONS");
  EXPECT_EQ(header(o.send(o.ask("POST", "/umum")), "Allow"), "GET, HEAD, OPTIONS");
}
TEST(Answer, AFaultSaysItsNumberAndNothingOfTheHouse) {
  Office o;
  const Reply r = o.get("/rusak");
  EXPECT_EQ(r.status, 500);
  EXPECT_NE(r.body.find("req-7"), std::string::npos);
  EXPECT_EQ(r.body.find("secret of the house"), std::string::npos);
  const Reply full = o.get("/penuh");
  EXPECT_EQ(full.status, 503);
  EXPECT_NE(header(full, "Retry-After"), "");
}
TEST(Answer, ALostDatabaseIs503AndAFaultIs500OnPagesAndInTheApi) {
  Office o;
  const Reply page = o.get("/jauh"), call = o.send(o.ask("POST", "/api/v1/jauh")), fault = o.send(o.ask("POST", "/api/v1/rusak"));
  for (const Reply* r : {&page, &call}) {
    EXPECT_EQ(r->status, 503);
    EXPECT_NE(header(*r, "Retry-After"), "");
    EXPECT_EQ(r->body.find("of-the-house"), std::string::npos);
  }
  EXPECT_NE(call.body.find("\"status\":503"), std::string::npos) << call.body;
  EXPECT_EQ(fault.status, 500);
  EXPECT_NE(fault.body.find("\"status\":500"), std::string::npos) << fault.body;
  EXPECT_EQ(header(fault, "Retry-After"), "");
}
TEST(Answer, APublicPageOfASignedInPersonIsNotKept) {
  Office o;
  EXPECT_TRUE(o.get("/umum").is_public);
  EXPECT_FALSE(o.get("/umum", "siti").is_public);
}
TEST(Answer, TheChosenLanguageIsRememberedForAYear) {
  Office o;
  Request q = o.ask("GET", "/umum");
  q.query = {{"bahasa", "en"}, {"huruf", "besar"}};
  Reply r = o.send(q);
  EXPECT_NE(header(r, "Set-Cookie").find("bahasa=en; Path=/; SameSite=Lax; Max-Age=31536000"), std::string::npos);
  harden(q, r);
  EXPECT_EQ(header(r, "Cache-Control"), "no-store");
}
TEST(Answer, EveryReplyIsHardened) {
  Request q;
  q.site = "http://localhost:8080";
  Reply plain;
  harden(q, plain);
  EXPECT_NE(header(plain, "Content-Security-Policy").find("default-src 'self'; script-src 'self'; style-src 'self' 'sha256-"),
            std::string::npos);
  EXPECT_EQ(header(plain, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(plain, "Cache-Control"), "no-store");
  EXPECT_EQ(header(plain, "Strict-Transport-Security"), "");
  q.site = "https://rantau.example";
  Reply over = set_cookie({}, "rantau", "x", 60);
  harden(q, over);
  EXPECT_TRUE(header(over, "Set-Cookie").starts_with("__Host-rantau=x; Path=/"));
  EXPECT_NE(header(over, "Set-Cookie").find("; Secure"), std::string::npos);
  EXPECT_NE(header(over, "Set-Cookie").find("; HttpOnly"), std::string::npos);
  EXPECT_NE(header(over, "Strict-Transport-Security"), "");
}

}  // namespace
}  // namespace rantau::web
