// One request without sockets: rights, the form token, limits, idempotency, refusals and faults.
#include <gtest/gtest.h>

#include "base/text.h"
#include "db/testing.h"
#include "web/answer.h"
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
    router.get("/tolak/{kind}", Right::anyone, [](const Request& q, Db&) {
      return refuse(q, {.kind = static_cast<Refusal::Kind>(std::stoi(q.at("kind"))), .key = "web.key_running"});
    });
    router.get("/orang/{id}", Right::anyone,
               [](const Request& q, Db&) { return text(std::to_string(q.id<UserId>().value), "text/plain"); });
    router.get("/rusak", Right::anyone, [](const Request&, Db&) -> Reply { throw std::runtime_error("the secret of the house"); });
    router.get("/penuh", Right::anyone, [](const Request&, Db&) -> Reply { throw db::ReadOnly("disk full"); });
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
TEST(Answer, APostFromAnotherSiteDoesNothing) {
  Office o;
  for (const Pairs& from : std::vector<Pairs>{{{"Sec-Fetch-Site", "cross-site"}},
                                              {{"Sec-Fetch-Site", "same-site"}},
                                              {{"Origin", "http://jahat.example"}},
                                              {{"Origin", "null"}}}) {
    Request q = o.post("/k/izin", "siti");
    q.headers.insert(q.headers.end(), from.begin(), from.end());
    EXPECT_EQ(o.send(q).status, 403) << from[0].second;
    Request in = o.ask("POST", "/masuk");  // nobody may be signed in as somebody else
    in.headers.insert(in.headers.end(), from.begin(), from.end());
    EXPECT_EQ(o.send(in).status, 403) << from[0].second;
  }
  EXPECT_EQ(o.runs, 0);
  Request own = o.post("/k/izin", "siti");
  own.headers.emplace_back("Origin", "http://localhost:8080");
  EXPECT_EQ(o.send(own).status, 200);
}
TEST(Answer, AVisitorMayCheckAnOfferWithoutAToken) {
  Office o;
  EXPECT_EQ(o.send(o.ask("POST", "/cek")).status, 200);
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
  EXPECT_EQ(header(o.get("/cek"), "Allow"), "POST");
  EXPECT_EQ(header(o.send(o.ask("POST", "/umum")), "Allow"), "GET, HEAD");
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
