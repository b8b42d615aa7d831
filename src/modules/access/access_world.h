// The office that the tests of access work in.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/crypto.h"
#include "db/testing.h"
#include "modules/access/first_run.h"
#include "modules/access/sign_in.h"
#include "web/form.h"
#include "web/incoming.h"

namespace rantau::access::world {

using std::chrono::year;

// Two institutions with their agreement, an administrator each, an officer, a company with its clerk.
struct Office {
  test::TestDb db = test::db();
  Org agency{.kind = OrgKind::agency, .name = "BP3MI", .short_name = "BP3MI"},
      province{.kind = OrgKind::province, .name = "Dinas", .short_name = "Dinas"},
      company{.kind = OrgKind::company, .name = "PT Umpama", .short_name = "PT Umpama", .company = {77}};
  User admin, admin_dki, sari, clerk;
  const std::string word = "kapal-lampu-jendela-91";
  web::Router router;

  Office() {
    crypto::init();
    routes(router);
    Db all = program();
    all.write([&](Act& act) {
      agency.id = *register_org(act, agency);
      province.id = *register_org(act, province);
      company.id = *register_org(act, company);
      EXPECT_TRUE(record_agreement(act, agreement()));
      return Done{};
    });
    admin = add(agency, "admin", Role::administrator);
    admin_dki = add(province, "admin.dki", Role::administrator);
    sari = add(agency, "sari", Role::licence_officer);
    clerk = add(company, "klerk", Role::company_clerk);
  }
  Agreement agreement() const {
    return {.agency = agency.id,
            .province = province.id,
            .number = "PKS-1",
            .signed_on = year(2026) / 1 / 2,
            .valid_until = year(2029) / 1 / 2,
            .contact = "kontak@rantau.example"};
  }
  Db program() { return {db.store(), system_actor()}; }
  Db visitor() { return {db.store(), Actor{}}; }
  Db as(const User& u, const Org& o) { return {db.store(), acting(u, o)}; }
  User add(const Org& org, const char* login, Role role) {
    User u{.org = org.id, .login = login, .name = std::string("Orang ") + login, .role = role};
    u.id = *program().write([&](Act& act) { return register_user(act, u, word); });
    return u;
  }
  std::string enter(const char* login, const Browser& b = {}) {
    auto in = sign_in(*std::make_unique<Db>(visitor()), login, word, b);
    EXPECT_TRUE(in) << (in ? "" : in.refusal().key);
    return in ? in->session : "";
  }
  bool alive(const std::string& token) {
    Db nobody = visitor();
    return gate().who(nobody, token).has_value();
  }
  int recorded(std::string_view event) {
    const auto all = test::audit(db);
    return static_cast<int>(std::count(all.begin(), all.end(), event));
  }

  // A browser: cookies kept from reply to reply.
  struct Visit {
    Office& office;
    std::vector<std::pair<std::string, std::string>> cookies{};
    web::Reply go(std::string method, std::string path, web::Pairs fields = {}) {
      web::Request q{.method = std::move(method), .path = std::move(path)};
      q.cookies = cookies;
      q.headers = {{"host", "localhost"}};
      q.site = "http://localhost";
      if (q.method == "POST") {
        std::string token;
        for (const auto& [name, value] : cookies)
          if (name == "rantau") token = csrf_secret(value);
        q.form = std::move(fields);
        if (!token.empty()) q.form.emplace_back("csrf", csrf_of(token));
      } else {
        q.query = std::move(fields);
      }
      auto reply = web::answer(office.router, gate(), office.db.store(), q);
      for (const auto& [name, value] : reply.headers) {
        if (name != "Set-Cookie") continue;
        const auto eq = value.find('='), end = value.find(';');
        const std::string key = value.substr(0, eq), kept = value.substr(eq + 1, end - eq - 1);
        std::erase_if(cookies, [&](const auto& c) { return c.first == key; });
        if (!kept.empty()) cookies.emplace_back(key, kept);
      }
      return reply;
    }
    // The token as a page would carry it: asked from a page of the person's own.
    std::string csrf_of(const std::string&) {
      web::Request q{.method = "GET", .path = "/akun/sandi"};
      q.cookies = cookies;
      q.site = "http://localhost";
      return between(web::answer(office.router, gate(), office.db.store(), q).body, "name=\"csrf\" value=\"", "\"");
    }
    static std::string between(const std::string& text, std::string_view before, std::string_view after) {
      const auto at = text.find(before);
      if (at == std::string::npos) return "";
      const auto from = at + before.size();
      return text.substr(from, text.find(after, from) - from);
    }
  };
  static std::string where(const web::Reply& r) {
    for (const auto& [name, value] : r.headers)
      if (name == "Location") return value;
    return "";
  }
};

// The code an authenticator shows: found by asking, so that the test needs no second TOTP.
inline std::string totp_now(std::string_view secret, std::int64_t now_ms) {
  for (int n = 0; n < 1'000'000; ++n) {
    std::string code = std::to_string(1'000'000 + n).substr(1);
    const auto step = crypto::totp_step(secret, code, now_ms);
    if (step && *step == now_ms / 30'000) return code;
  }
  return "";
}

}  // namespace rantau::access::world
