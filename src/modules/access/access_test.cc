// The promises of module access: the policy, sessions that die at once, few tries, each proof once, the first run.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/crypto.h"
#include "db/journal.h"
#include "db/testing.h"
#include "modules/access/first_run.h"
#include "modules/access/sign_in.h"
#include "web/form.h"

namespace rantau::access {
namespace {

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
std::string totp_now(std::string_view secret, std::int64_t now_ms) {
  for (int n = 0; n < 1'000'000; ++n) {
    std::string code = std::to_string(1'000'000 + n).substr(1);
    const auto step = crypto::totp_step(secret, code, now_ms);
    if (step && *step == now_ms / 30'000) return code;
  }
  return "";
}

// --- organisations and people ----------------------------------------------------------------------------------------

TEST(People, TwoInstitutionsWithoutAnAgreementAreRefused) {
  auto db = test::db();
  Db all(db.store(), system_actor());
  const OrgId agency = *all.write([](Act& act) { return register_org(act, {.kind = OrgKind::agency, .name = "BP3MI"}); });
  const User u{.org = agency, .login = "satu", .name = "Satu", .role = Role::counter_officer};
  EXPECT_TRUE(all.write([&](Act& act) { return register_user(act, u, "kapal-lampu-91"); }));
  const OrgId province = *all.write([](Act& act) { return register_org(act, {.kind = OrgKind::province, .name = "Dinas"}); });
  const User two{.org = province, .login = "dua", .name = "Dua", .role = Role::leader};
  const auto refused = all.write([&](Act& act) { return register_user(act, two, "kapal-lampu-91"); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().key, "access.agreement_missing");
  Db nobody(db.store(), {});
  const auto in = sign_in(nobody, "satu", "kapal-lampu-91", {});
  ASSERT_FALSE(in);
  EXPECT_EQ(in.refusal().key, "access.agreement_missing");
}

TEST(People, AnAgreementNamesEveryFault) {
  Office o;
  const auto bad =
      o.program().write([&](Act& act) { return record_agreement(act, {.agency = o.province.id, .province = o.agency.id}); });
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.refusal().fields.size(), 6U);
}

// --- the agreement of the two controllers ------------------------------------------------------------------------------

TEST(Agreement, NeedsTheAssentOfTheOtherInstitution) {
  Office o;
  test::rows(o.db, "SELECT 1");
  Db admin = o.as(o.admin, o.agency), dki = o.as(o.admin_dki, o.province);
  o.program().write([](Act& act) {
    act.db("DELETE FROM access_agreement");
    return Done{};
  });
  const auto state = [&] { return o.program().read([](Act& act) { return agreement_state(act); }); };
  EXPECT_EQ(state(), AgreementState::missing);
  const auto id = admin.write([&](Act& act) { return propose_agreement(act, o.agreement()); });
  ASSERT_TRUE(id);
  EXPECT_EQ(state(), AgreementState::missing);  // one word is not two
  Db nobody = o.visitor();
  EXPECT_EQ(sign_in(nobody, "sari", o.word, {}).refusal().key, "access.agreement_missing");
  EXPECT_TRUE(sign_in(nobody, "admin.dki", o.word, {}));
  EXPECT_EQ(admin.write([&](Act& act) { return assent_agreement(act, *id); }).refusal().key, "access.agreement_needs_the_other");
  EXPECT_FALSE(o.as(o.sari, o.agency).write([&](Act& act) { return assent_agreement(act, *id); }));
  EXPECT_TRUE(dki.write([&](Act& act) { return assent_agreement(act, *id); }));
  EXPECT_EQ(state(), AgreementState::running);
  EXPECT_TRUE(sign_in(nobody, "sari", o.word, {}));
  EXPECT_EQ(admin.write([&](Act& act) { return withdraw_agreement(act, *id); }).refusal().key, "access.agreement_has_assent");
  for (const char* event : {"access.agreement_proposed", "access.agreement_assented"}) EXPECT_GE(o.recorded(event), 2) << event;
}

TEST(Agreement, EitherWithdrawsItBeforeTheAssent) {
  Office o;
  Db admin = o.as(o.admin, o.agency), dki = o.as(o.admin_dki, o.province);
  for (Db* who : {&admin, &dki}) {
    const auto id = admin.write([&](Act& act) { return propose_agreement(act, o.agreement()); });
    EXPECT_TRUE(who->write([&](Act& act) { return withdraw_agreement(act, *id); }));
    EXPECT_EQ(dki.write([&](Act& act) { return assent_agreement(act, *id); }).refusal().key, "access.agreement_was_withdrawn");
  }
  EXPECT_EQ(o.recorded("access.agreement_withdrawn"), 2);
  Agreement forged = o.agreement();
  forged.proposed_by = o.province.id;  // nobody proposes in the other's name, to assent to it themselves
  const auto id = admin.write([&](Act& act) { return propose_agreement(act, forged); });
  EXPECT_EQ(admin.write([&](Act& act) { return assent_agreement(act, *id); }).refusal().key, "access.agreement_needs_the_other");
}

TEST(Agreement, WarnsSixtyDaysBeforeItsEndAndIsOverTheDayAfter) {
  const std::vector<Agreement> all{
      {.agency = {1}, .province = {2}, .valid_until = year(2027) / 3 / 1, .assented_at = {1}},
      {.agency = {1}, .province = {2}, .valid_until = year(2030) / 1 / 1},  // proposed only
  };
  const auto on = [&](Date day) { return state_of(all, {1}, {2}, day); };
  const Date end = year(2027) / 3 / 1;
  EXPECT_EQ(on(end.plus_days(-60)), AgreementState::running);
  EXPECT_EQ(on(end.plus_days(-59)), AgreementState::ending);
  EXPECT_EQ(on(end), AgreementState::ending);
  EXPECT_EQ(on(end.plus_days(1)), AgreementState::over);
  EXPECT_EQ(state_of(all, {1}, {3}, end), AgreementState::missing);
}

TEST(Agreement, WhenItIsOverTheOtherInstitutionsDataAreClosedWithASentence) {
  Office o;
  const User reader = o.add(o.province, "loket.dki", Role::counter_officer);
  o.router.get("/k/perusahaan", Right::see_licences, [](const web::Request&, Db&) { return web::text("isi", "text/plain"); });
  const auto reply = [&](const char* login, const char* path) {
    Office::Visit v{o};
    EXPECT_EQ(v.go("POST", "/masuk", {{"login", login}, {"password", o.word}}).status, 303);
    return v.go("GET", path);
  };
  EXPECT_EQ(reply("loket.dki", "/k/perusahaan").status, 200);
  o.db = o.db.on(year(2029) / 1 / 3);
  const auto closed = reply("loket.dki", "/k/perusahaan");
  EXPECT_EQ(closed.status, 403);
  EXPECT_NE(closed.body.find("Masa perjanjian kedua lembaga sudah habis"), std::string::npos);
  EXPECT_EQ(reply("sari", "/k/perusahaan").status, 200);  // the agency's own
  EXPECT_NE(reply("admin.dki", "/k/admin").body.find("Masa perjanjian sudah habis"), std::string::npos);
  Agreement next = o.agreement();
  next.signed_on = year(2029) / 1 / 3;
  next.valid_until = year(2031) / 1 / 3;
  const auto id = o.as(o.admin, o.agency).write([&](Act& act) { return propose_agreement(act, next); });
  EXPECT_EQ(reply("loket.dki", "/k/perusahaan").status, 403);
  EXPECT_TRUE(o.as(o.admin_dki, o.province).write([&](Act& act) { return assent_agreement(act, *id); }));
  EXPECT_EQ(reply("loket.dki", "/k/perusahaan").status, 200);
}

TEST(Agreement, IsProposedAndAssentedOnItsPage) {
  Office o;
  Office::Visit ours{o}, theirs{o};
  ours.go("POST", "/masuk", {{"login", "admin"}, {"password", o.word}});
  theirs.go("POST", "/masuk", {{"login", "admin.dki"}, {"password", o.word}});
  EXPECT_EQ(ours.go("POST", "/k/admin/perjanjian",
                    {{"agency", to_string_id(o.agency.id.value)},
                     {"province", to_string_id(o.province.id.value)},
                     {"number", "PKS-2"},
                     {"signed_on", "3 1 2027"},
                     {"valid_until", "3 1 2030"},
                     {"contact", "kontak@rantau.example"}})
                .status,
            303);
  EXPECT_EQ(ours.go("GET", "/k/admin/perjanjian").body.find("/setuju"), std::string::npos);
  const auto page = theirs.go("GET", "/k/admin/perjanjian").body;
  const auto id = Office::Visit::between(page, "action=\"/k/admin/perjanjian/", "/setuju");
  ASSERT_FALSE(id.empty());
  EXPECT_EQ(ours.go("POST", "/k/admin/perjanjian/" + id + "/setuju").status, 409);
  EXPECT_EQ(theirs.go("POST", "/k/admin/perjanjian/" + id + "/setuju").status, 303);
  EXPECT_EQ(theirs.go("POST", "/k/admin/perjanjian/" + id + "/tarik").status, 409);
  EXPECT_EQ(theirs.go("POST", "/k/admin/perjanjian/999/setuju").status, 404);
}

TEST(People, AnAdministratorReachesOnlyTheOwnInstitution) {
  Office o;
  Db admin = o.as(o.admin, o.agency), dki = o.as(o.admin_dki, o.province);
  const auto foreign = dki.write([&](Act& act) { return change_role(act, o.sari.id, Role::leader); });
  const auto absent = dki.write([&](Act& act) { return change_role(act, UserId{5}, Role::leader); });
  ASSERT_FALSE(foreign);
  ASSERT_FALSE(absent);
  EXPECT_EQ(foreign.refusal().kind, absent.refusal().kind);
  EXPECT_EQ(foreign.refusal().key, absent.refusal().key);
  EXPECT_FALSE(dki.write([&](Act& act) { return deactivate(act, o.clerk.id); }));
  EXPECT_TRUE(admin.write([&](Act& act) { return deactivate(act, o.clerk.id); }));
  EXPECT_FALSE(admin.write([&](Act& act) { return deactivate(act, o.admin_dki.id); }));
  const User intruder{.org = o.province.id, .login = "penyusup", .name = "X", .role = Role::administrator};
  EXPECT_FALSE(admin.write([&](Act& act) { return register_user(act, intruder, ""); }));
}

TEST(People, NobodyRaisesThemselvesAndTheLastAdministratorStays) {
  Office o;
  Db admin = o.as(o.admin, o.agency);
  EXPECT_EQ(admin.write([&](Act& act) { return change_role(act, o.admin.id, Role::placement_chief); }).refusal().key,
            "access.not_yourself");
  EXPECT_EQ(o.program().write([&](Act& act) { return deactivate(act, o.admin.id); }).refusal().key, "access.last_administrator");
  EXPECT_EQ(
      o.as(o.sari, o.agency).write([&](Act& act) { return change_role(act, o.clerk.id, Role::company_clerk); }).refusal().kind,
      Refusal::forbidden);
}

TEST(People, ARoleFitsItsOrganisation) {
  Office o;
  const User u{.org = o.company.id, .login = "putus", .name = "P", .role = Role::offer_decider};
  EXPECT_EQ(o.program().write([&](Act& act) { return register_user(act, u, o.word); }).refusal().fields.at(0).second.key,
            "access.role_not_here");
}

TEST(People, EveryWriteIsInTheJournal) {
  Office o;
  Db admin = o.as(o.admin, o.agency);
  EXPECT_TRUE(admin.write([&](Act& act) { return change_role(act, o.sari.id, Role::leader); }));
  EXPECT_TRUE(admin.write([&](Act& act) { return invite(act, o.sari.id); }));
  EXPECT_TRUE(admin.write([&](Act& act) { return deactivate(act, o.sari.id); }));
  EXPECT_TRUE(admin.write([&](Act& act) { return reactivate(act, o.sari.id); }));
  for (const char* event :
       {"access.org_registered", "access.agreement_proposed", "access.agreement_assented", "access.user_registered",
        "access.role_changed", "access.invited", "access.user_deactivated", "access.user_reactivated"})
    EXPECT_GE(o.recorded(event), 1) << event;
}

// --- signing in ------------------------------------------------------------------------------------------------------

TEST(SignIn, AnUnknownAccountIsAnsweredLikeAWrongPassword) {
  Office o;
  Db nobody = o.visitor();
  const auto unknown = sign_in(nobody, "tidak.ada", "apa-saja-boleh", {});
  const auto wrong = sign_in(nobody, "sari", "apa-saja-boleh", {});
  ASSERT_FALSE(unknown);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(unknown.refusal().key, wrong.refusal().key);
  EXPECT_EQ(unknown.refusal().kind, wrong.refusal().kind);
  EXPECT_EQ(o.recorded("access.sign_in_refused"), 2);
  for (const auto& line : test::rows(o.db, "SELECT detail FROM db_journal WHERE event = 'access.sign_in_refused'"))
    EXPECT_EQ(line, "reason=wrong");
}

TEST(SignIn, TenWrongTriesAnHourAndTheOwnerStillEnters) {
  Office o;
  Db nobody = o.visitor();
  auto first = sign_in(nobody, "sari", o.word, {});
  ASSERT_TRUE(first);
  const Browser own{.known = first->known};
  for (const char* login : {"sari", "tidak.ada"}) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(sign_in(nobody, login, "salah-sekali", {}).refusal().kind, Refusal::invalid) << i;
    EXPECT_EQ(sign_in(nobody, login, "salah-sekali", {}).refusal().kind, Refusal::too_many);
  }
  EXPECT_EQ(sign_in(nobody, "sari", o.word, {}).refusal().kind, Refusal::too_many);  // not even the right one tells a guesser
  EXPECT_TRUE(sign_in(nobody, "sari", o.word, own));                                 // the person's own browser is not locked out
  EXPECT_FALSE(sign_in(nobody, "sari", o.word, {.known = "made-up"}));
  o.db.later(3601);
  EXPECT_TRUE(sign_in(nobody, "sari", o.word, {}));
}

TEST(SignIn, ATotpCodeAndARecoveryCodeWorkOnce) {
  Office o;
  const std::string secret = crypto::random_bytes(20);
  Db me = o.as(o.sari, o.agency), nobody = o.visitor();
  const auto now = [&] { return o.db.store().now().ms; };
  ASSERT_TRUE(set_totp(me, o.word, secret, totp_now(secret, now()), {}));
  const auto codes = new_recovery_codes(me, o.word);
  ASSERT_TRUE(codes);
  ASSERT_EQ(codes->size(), 10U);
  o.db.later(60);
  const auto ticket = [&] {
    auto half = sign_in(nobody, "sari", o.word, {});
    EXPECT_TRUE(half && half->session.empty() && !half->ticket.empty());
    return half ? half->ticket : std::string();
  };
  const std::string code = totp_now(secret, now());
  EXPECT_TRUE(second_proof(nobody, ticket(), code, {}));
  EXPECT_FALSE(second_proof(nobody, ticket(), code, {}));  // replay
  EXPECT_TRUE(second_proof(nobody, ticket(), codes->front(), {}));
  EXPECT_FALSE(second_proof(nobody, ticket(), codes->front(), {}));
  EXPECT_FALSE(second_proof(nobody, "no ticket", totp_now(secret, now()), {}));
  const auto stored = test::rows(o.db, "SELECT totp FROM access_user WHERE login = 'sari'").at(0);
  EXPECT_FALSE(stored.empty());
  EXPECT_EQ(stored.find(crypto::base32(secret)), std::string::npos);
  EXPECT_EQ(crypto::open(access_key(o.db.store()), *crypto::unbase64url(stored), "access_user|totp|1|1"),
            std::nullopt);  // another row
}

TEST(SignIn, AnInvitationWorksOnceAndADayAtMost) {
  Office o;
  Db admin = o.as(o.admin, o.agency), nobody = o.visitor();
  User u{.org = o.agency.id, .login = "baru", .name = "Baru", .role = Role::leader};
  u.id = *admin.write([&](Act& act) { return register_user(act, u, ""); });
  EXPECT_FALSE(sign_in(nobody, "baru", "", {}));
  const auto code = admin.write([&](Act& act) { return invite(act, u.id); });
  ASSERT_TRUE(code);
  EXPECT_FALSE(accept_invitation(nobody, "baru", "AAAAA-AAAAA-AAAA", o.word));
  EXPECT_EQ(accept_invitation(nobody, "baru", *code, "password1").refusal().fields.at(0).second.key, "access.password_common");
  EXPECT_TRUE(accept_invitation(nobody, "baru", *code, o.word));
  EXPECT_FALSE(accept_invitation(nobody, "baru", *code, o.word));
  EXPECT_TRUE(sign_in(nobody, "baru", o.word, {}));
  const auto late = admin.write([&](Act& act) { return invite(act, u.id); });
  o.db.later(24 * 3600 + 1);
  EXPECT_FALSE(accept_invitation(nobody, "baru", *late, o.word));
}

TEST(SignIn, GuessablePasswordsAreRefused) {
  for (const char* bad : {"pendek", "password", "P@ssw0rd123", "12345678", "87654321", "aaaaaaaa", "abcabcabc", "qwerty123!",
                          "bismillah99", "Jakarta2026", "sayang123", "20260101", "sari.izin1"})
    EXPECT_TRUE(weakness(bad, "sari.izin", "Sari Umpama")) << bad;
  for (const char* good : {"kapal-lampu-91", "tiga kata acak sekali", "Zx9!mkQ2rt"})
    EXPECT_FALSE(weakness(good, "sari.izin", "Sari Umpama")) << good;
}

// --- sessions --------------------------------------------------------------------------------------------------------

TEST(Sessions, OnlyAHashIsKeptAndTheTokenChangesAtEachSignIn) {
  Office o;
  const std::string first = o.enter("sari"), second = o.enter("sari", {.session = first});
  EXPECT_NE(first, second);
  EXPECT_FALSE(o.alive(first));  // the browser's old session ended
  EXPECT_TRUE(o.alive(second));
  EXPECT_NE(o.enter("sari", {.session = "planted-by-somebody"}), "planted-by-somebody");
  EXPECT_FALSE(o.alive("planted-by-somebody"));
  for (const auto& kept : test::rows(o.db, "SELECT token FROM access_session")) EXPECT_NE(kept, second);
}

TEST(Sessions, AreDeadAtOnceAfterEveryChange) {
  Office o;
  Db admin = o.as(o.admin, o.agency), me = o.as(o.sari, o.agency);
  std::string token = o.enter("sari");
  ASSERT_TRUE(o.alive(token));
  EXPECT_TRUE(admin.write([&](Act& act) { return change_role(act, o.sari.id, Role::leader); }));
  EXPECT_FALSE(o.alive(token));

  token = o.enter("sari");
  EXPECT_TRUE(admin.write([&](Act& act) { return deactivate(act, o.sari.id); }));
  EXPECT_FALSE(o.alive(token));
  EXPECT_TRUE(admin.write([&](Act& act) { return reactivate(act, o.sari.id); }));
  EXPECT_FALSE(o.alive(token));

  token = o.enter("sari");
  const auto fresh = change_password(me, o.word, "perahu-kertas-biru-4", {.session = token});
  ASSERT_TRUE(fresh);
  EXPECT_FALSE(o.alive(token));
  EXPECT_TRUE(o.alive(*fresh));

  const std::string secret = crypto::random_bytes(20);
  const auto after = set_totp(me, "perahu-kertas-biru-4", secret, totp_now(secret, o.db.store().now().ms), {.session = *fresh});
  ASSERT_TRUE(after);
  EXPECT_FALSE(o.alive(*fresh));
  sign_out(me, *after);
  EXPECT_FALSE(o.alive(*after));
}

TEST(Sessions, EndAfterAQuarterOfAnHourWithoutUse) {
  Office o;
  const std::string token = o.enter("sari");
  for (int i = 0; i < 5; ++i) {
    o.db.later(14 * 60);
    EXPECT_TRUE(o.alive(token)) << i;
  }
  o.db.later(15 * 60 + 1);
  EXPECT_FALSE(o.alive(token));
}

TEST(Sessions, EndAfterEightHoursInAnyCase) {
  Office o;
  const std::string token = o.enter("sari");
  for (int i = 0; i < 48; ++i) {
    EXPECT_TRUE(o.alive(token)) << i;
    o.db.later(10 * 60);
  }
  o.db.later(1);
  EXPECT_FALSE(o.alive(token));
}

TEST(Sessions, ChangingThePasswordNeedsThePresentOne) {
  Office o;
  Db me = o.as(o.sari, o.agency);
  EXPECT_EQ(change_password(me, "bukan-ini-sandinya", "perahu-kertas-biru-4", {}).refusal().fields.at(0).first, "present");
  EXPECT_EQ(drop_totp(*std::make_unique<Db>(o.as(o.admin, o.agency)), o.word, {}).refusal().key, "access.totp_kept");
}

// --- through the pages -----------------------------------------------------------------------------------------------

TEST(Pages, SignInAccountAndSignOut) {
  Office o;
  Office::Visit v{o};
  EXPECT_EQ(v.go("GET", "/masuk").status, 200);
  auto wrong = v.go("POST", "/masuk", {{"login", "sari"}, {"password", "salah-sekali"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find("value=\"sari\""), std::string::npos);  // what was typed stays
  EXPECT_EQ(wrong.body.find("salah-sekali"), std::string::npos);
  auto unknown = Office::Visit{o}.go("POST", "/masuk", {{"login", "sard"}, {"password", "salah-sekali"}});
  EXPECT_EQ(unknown.status, wrong.status);
  auto in = v.go("POST", "/masuk", {{"login", "sari"}, {"password", o.word}, {"kembali", "//jahat.example/"}});
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(Office::where(in), "/k/perusahaan");
  EXPECT_EQ(v.go("GET", "/akun").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin").status, 403);
  const auto cookies = v.cookies;
  EXPECT_EQ(v.go("POST", "/keluar").status, 303);
  v.cookies = cookies;
  EXPECT_EQ(Office::where(v.go("GET", "/akun")), "/masuk?kembali=%2Fakun");
}

TEST(Pages, TheDeskAsksTheSameOfForeignAndAbsentPeople) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin.dki"}, {"password", o.word}}).status, 303);
  const auto foreign = v.go("GET", "/k/admin/orang/" + to_string_id(o.sari.id.value)), absent = v.go("GET", "/k/admin/orang/12345");
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.status, absent.status);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + to_string_id(o.admin_dki.id.value)).status, 200);
  EXPECT_EQ(v.go("GET", "/k/kebijakan").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin/perjanjian").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin/pembukaan").status, 200);
  EXPECT_EQ(v.go("GET", "/k/jurnal").status, 403);
}

TEST(Pages, APersonIsInvitedChangedAndSwitchedOff) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin"}, {"password", o.word}}).status, 303);
  EXPECT_EQ(v.go("GET", "/k/admin").status, 200);
  auto bad = v.go("POST", "/k/admin/orang/baru",
                  {{"org", to_string_id(o.agency.id.value)}, {"name", "Budi"}, {"login", "sari"}, {"role", "leader"}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_NE(bad.body.find("value=\"Budi\""), std::string::npos);
  auto made = v.go("POST", "/k/admin/orang/baru",
                   {{"org", to_string_id(o.agency.id.value)}, {"name", "Budi"}, {"login", "budi"}, {"role", "leader"}});
  EXPECT_EQ(made.status, 200);
  const std::string id = to_string_id(o.sari.id.value);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/peran", {{"role", "leader"}}).status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/nonaktif").status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/aktif").status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/undangan").status, 200);
}

TEST(Pages, ReadingTheJournalIsInTheJournal) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  Office::Visit v{o};
  ASSERT_EQ(Office::where(v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}})), "/k/jurnal");
  EXPECT_EQ(v.go("GET", "/k/jurnal").status, 200);
  EXPECT_EQ(v.go("GET", "/k/jurnal", {{"peristiwa", "access.user"}}).status, 200);
  EXPECT_EQ(o.recorded("access.journal_read"), 2);
}

TEST(Pages, ReadingAPersonAndTryingNumbersIsInTheJournal) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin.dki"}, {"password", o.word}}).status, 303);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + to_string_id(o.admin_dki.id.value)).status, 200);
  EXPECT_EQ(test::rows(o.db, "SELECT subject FROM db_journal WHERE event = 'access.person_read'"),
            std::vector<std::string>{to_string_id(o.admin_dki.id.value)});
  const std::string foreign = to_string_id(o.sari.id.value);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + foreign).status, 404);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/12345").status, 404);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + foreign + "/nonaktif").status, 404);
  EXPECT_EQ(
      test::rows(o.db, "SELECT subject, detail FROM db_journal WHERE event = 'access.refused' ORDER BY id"),
      (std::vector<std::string>{foreign + "|status=404 route=/k/admin/orang/{id}", "12345|status=404 route=/k/admin/orang/{id}",
                                foreign + "|status=404 route=/k/admin/orang/{id}/nonaktif"}));
  EXPECT_EQ(o.recorded("access.person_read"), 1);
}

TEST(Pages, ALoginNameIsKeptAndShownInSmallLetters) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "Admin"}, {"password", o.word}}).status, 303);
  const auto made = v.go("POST", "/k/admin/orang/baru",
                         {{"org", to_string_id(o.agency.id.value)}, {"name", "Sari"}, {"login", "Sari.Baru"}, {"role", "leader"}});
  EXPECT_EQ(made.status, 200);
  EXPECT_NE(made.body.find("<dd>sari.baru</dd>"), std::string::npos);
  EXPECT_EQ(made.body.find("Sari.Baru"), std::string::npos);
}

TEST(Pages, TheJournalIsToldInSentences) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  Db admin = o.as(o.admin, o.agency);
  EXPECT_TRUE(admin.write([&](Act& act) { return change_role(act, o.sari.id, Role::leader); }));
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}}).status, 303);
  const auto page = v.go("GET", "/k/jurnal").body;
  EXPECT_NE(page.find("Tugas Orang sari diubah. Dari Petugas izin. Menjadi Pimpinan."), std::string::npos) << page;
  EXPECT_NE(page.find("Orang periksa masuk. Dengan kata sandi."), std::string::npos);
  // Codes stand inside the details only.
  const auto raw = page.find("access.role_changed");
  ASSERT_NE(raw, std::string::npos);
  EXPECT_GT(page.rfind("<details>", raw), page.rfind("</details>", raw));
  EXPECT_NE(page.find("Akhir jurnal diperiksa"), std::string::npos);
  const auto about = v.go("GET", "/k/jurnal", {{"tentang", to_string_id(o.sari.id.value)}}).body;
  EXPECT_NE(about.find("Tugas Orang sari diubah"), std::string::npos);
  EXPECT_EQ(about.find("Orang periksa masuk"), std::string::npos);
}

// Every event that access records has its sentence in both languages.
TEST(Pages, EveryEventHasItsSentence) {
  for (const char* lang : {"id", "en"})
    for (const char* verb : {"agreement_proposed",
                             "agreement_assented",
                             "agreement_withdrawn",
                             "first_run_entered",
                             "first_run_probe",
                             "first_run_step",
                             "invitation_used",
                             "invited",
                             "journal_read",
                             "office_opened",
                             "org_registered",
                             "password_changed",
                             "password_proved",
                             "person_read",
                             "recovery_codes_made",
                             "refused",
                             "role_changed",
                             "session_ended",
                             "sign_in_refused",
                             "signed_in",
                             "signed_out",
                             "totp_dropped",
                             "totp_set",
                             "user_deactivated",
                             "user_reactivated",
                             "user_registered"})
      EXPECT_NE(web::Texts::in(lang).find("access.event." + std::string(verb)), nullptr) << verb;
}

TEST(Pages, ADamagedJournalIsSaidOnItsPage) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  o.db.store().note_check({.intact = false, .what = "entry 3 is missing"});
  Office::Visit v{o};
  v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}});
  EXPECT_NE(v.go("GET", "/k/jurnal").body.find("entry 3 is missing"), std::string::npos);
}

// --- what was typed when the session ended ---------------------------------------------------------------------------

struct Late : Office {
  Visit v{*this};
  std::string page;
  Late() {
    router.post("/k/uji/{id}", Right::manage_users, [this](const web::Request& q, Db&) {
      static const web::Form form("access.org",
                                  {{.name = "name", .required = true}, {.name = "password", .kind = web::Kind::password}});
      const auto typed = form.read(q);
      if (!typed.good())
        return web::text("again: " + typed.text("name") + "|" + typed.errors.front().second.key, "text/plain", 422);
      done = typed.text("name");
      return web::see("/k/admin");
    });
    EXPECT_EQ(v.go("POST", "/masuk", {{"login", "admin"}, {"password", word}}).status, 303);
  }
  std::string done;
  // As browsers do: every hidden field of the page, and what is typed besides.
  web::Pairs fields(const std::string& body) {
    web::Pairs all;
    for (std::size_t at = body.find("<form method=\"post\""); (at = body.find("name=\"", at)) != std::string::npos;) {
      const auto name = Visit::between(body.substr(at), "name=\"", "\"");
      const auto piece = body.substr(at, body.find('>', at) - at);
      const bool area = body.compare(body.rfind('<', at), 9, "<textarea") == 0;
      all.emplace_back(name, area ? Visit::between(body.substr(at), ">", "</textarea>") : Visit::between(piece, "value=\"", "\""));
      at += 6;
    }
    return all;
  }
};

TEST(Late, WhatWasTypedComesBackAfterSigningInAndIsNotDone) {
  Late o;
  o.db.later(16 * 60);
  const auto late = o.v.go("POST", "/k/uji/7", {{"name", "Dinas & <b>kawan</b>"}, {"password", "rahasia-sekali"}});
  EXPECT_EQ(late.status, 401);
  EXPECT_NE(late.body.find("Sesi Anda sudah berakhir"), std::string::npos);
  EXPECT_EQ(late.body.find("rahasia-sekali"), std::string::npos);
  auto sign_in_fields = o.fields(late.body);
  for (auto& [name, value] : sign_in_fields) {
    if (name == "login") value = "admin";
    if (name == "password") value = o.word;
  }
  const auto in = o.v.go("POST", "/masuk", sign_in_fields);
  EXPECT_EQ(in.status, 200);
  EXPECT_NE(in.body.find("action=\"/k/uji/7\""), std::string::npos);
  EXPECT_NE(in.body.find("Dinas &amp; &lt;b&gt;kawan&lt;/b&gt;"), std::string::npos);
  EXPECT_EQ(in.body.find("rahasia-sekali"), std::string::npos);
  const auto again = o.v.go("POST", "/k/uji/7", {{"dibawa", "1"}, {"name", "Dinas & kawan"}});
  EXPECT_EQ(again.body, "again: Dinas & kawan|web.brought_back");
  EXPECT_EQ(o.done, "");
  EXPECT_EQ(o.v.go("POST", "/k/uji/7", {{"name", "Dinas & kawan"}}).status, 303);
  EXPECT_EQ(o.done, "Dinas & kawan");
}

TEST(Late, SomebodyElseWhoSignsInSeesNothingOfIt) {
  Late o;
  o.db.later(16 * 60);
  auto fields = o.fields(o.v.go("POST", "/k/uji/7", {{"name", "isian admin"}}).body);
  for (auto& [name, value] : fields) {
    if (name == "login") value = "sari";
    if (name == "password") value = o.word;
  }
  const auto in = o.v.go("POST", "/masuk", fields);
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(Office::where(in), "/k/perusahaan");
}

TEST(Late, AnOldFormOfALivingSessionIsShownAgainFilled) {
  Late o;
  web::Request q{.method = "POST", .path = "/k/uji/7"};
  q.cookies = o.v.cookies;
  q.site = "http://localhost";
  q.form = {{"name", "ketikan"}, {"csrf", "lama"}};
  const auto reply = web::answer(o.router, gate(), o.db.store(), q);
  EXPECT_EQ(reply.status, 403);
  EXPECT_NE(reply.body.find(">ketikan</textarea>"), std::string::npos);
  EXPECT_EQ(o.done, "");
}

TEST(Late, AfterSigningOutItIsShownToBeCopiedOnly) {
  Late o;
  const auto cookies = o.v.cookies;
  o.v.go("POST", "/keluar");
  o.v.cookies = cookies;
  const auto late = o.v.go("POST", "/k/uji/7", {{"name", "ketikan"}});
  EXPECT_EQ(late.status, 401);
  EXPECT_NE(late.body.find("ketikan"), std::string::npos);
  EXPECT_NE(late.body.find("name=\"titip\" value=\"\""), std::string::npos);
}

// --- the first run ---------------------------------------------------------------------------------------------------

struct FirstRun {
  test::TestDb db = test::db();
  web::Router router;
  std::vector<std::pair<std::string, std::string>> cookies;
  FirstRun() {
    crypto::init();
    routes(router);
  }
  web::Reply go(std::string method, std::string path, web::Pairs fields = {}) {
    web::Request q{.method = std::move(method), .path = std::move(path)};
    q.cookies = cookies;
    q.site = "http://localhost";
    q.form = std::move(fields);
    auto reply = web::answer(router, gate(), db.store(), q);
    for (const auto& [name, value] : reply.headers)
      if (name == "Set-Cookie" && value.starts_with("rantau=")) cookies = {{"rantau", value.substr(7, value.find(';') - 7)}};
    return reply;
  }
};

TEST(FirstRun, FromTheCodeToTheOpenOffice) {
  FirstRun run;
  const std::string code = first_run_code(run.db.store());
  ASSERT_FALSE(code.empty());
  EXPECT_EQ(first_run_code(run.db.store()), code);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai/bahasa")), "/masuk?kembali=%2Fmulai%2Fbahasa");
  EXPECT_EQ(run.go("GET", "/mulai").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", "0000-0000-0"}}).status, 422);
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", code}}).status, 303);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai")), "/mulai/bahasa");
  EXPECT_EQ(run.go("GET", "/mulai/bahasa").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai/bahasa", {{"language", "id"}, {"zone", "WIB"}}).status, 303);

  // Left half done: what was typed is there again.
  EXPECT_EQ(run.go("POST", "/mulai/lembaga", {{"agency", "BP3MI Umpama"}}).status, 422);
  EXPECT_NE(run.go("GET", "/mulai/lembaga").body.find("BP3MI Umpama"), std::string::npos);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai")), "/mulai/lembaga");
  EXPECT_EQ(run.go("POST", "/mulai/lembaga",
                   {{"agency", "BP3MI Umpama"},
                    {"agency_short", "BP3MI"},
                    {"province", "Dinas Umpama"},
                    {"province_short", "Dinas"},
                    {"number", "PKS-9"},
                    {"signed_on", "2 1 2026"},
                    {"valid_until", "2 1 2029"},
                    {"contact", "kontak@rantau.example"}})
                .status,
            303);
  EXPECT_EQ(
      run.go("POST", "/mulai/admin", {{"institution", "agency"}, {"name", "Rina"}, {"login", "rina"}, {"password", "password"}})
          .status,
      422);
  EXPECT_EQ(run.go("POST", "/mulai/admin",
                   {{"institution", "agency"}, {"name", "Rina"}, {"login", "rina"}, {"password", "kapal-lampu-jendela-91"}})
                .status,
            303);
  for (const auto& kept : test::rows(run.db, "SELECT value FROM access_setting"))
    EXPECT_EQ(kept.find("kapal-lampu"), std::string::npos);

  EXPECT_EQ(run.go("GET", "/mulai/pengaman").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai/pengaman", {{"code", "000000"}}).status, 422);
  const auto sealed = run.db.read([](Act& act) { return draft_value(draft(act, "proof"), "sealed"); });
  const auto secret = crypto::open(access_key(run.db.store()), *crypto::unbase64url(sealed), "access_user|totp|1|1");
  ASSERT_TRUE(secret);
  const std::string digits = totp_now(*secret, run.db.store().now().ms);
  EXPECT_EQ(run.go("POST", "/mulai/pengaman", {{"code", digits}}).status, 200);
  EXPECT_EQ(run.go("GET", "/mulai/cadangan").status, 200);
  if (run.db.store().is_sqlite()) {
    EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", "relatif"}}).status, 422);
    EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", "/proc/cadangan"}}).status, 422);
  }
  EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", run.db.folder() + "/cadangan"}}).status, 303);
  if (run.db.store().is_sqlite()) {
    EXPECT_NE(run.go("GET", "/mulai/cadangan").body.find("Salinan dapat dipulihkan"), std::string::npos);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(run.db.folder() + "/cadangan"), {}), 1);
  }
  for (const char* step : {"/mulai/basis-data", "/mulai/kunci", "/mulai/contoh"}) {
    EXPECT_EQ(run.go("GET", step).status, 200) << step;
    EXPECT_EQ(run.go("POST", step).status, 422) << step;
    if (std::string_view(step) == "/mulai/contoh") { EXPECT_EQ(Office::where(run.go("POST", "/mulai/periksa")), "/mulai"); }
    EXPECT_EQ(run.go("POST", step, {{"seen", "1"}}).status, 303) << step;
  }
  EXPECT_EQ(run.go("GET", "/mulai/periksa").status, 200);
  const auto starter = run.cookies;
  const auto opened = run.go("POST", "/mulai/periksa");
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(Office::where(opened), "/k/admin/pembukaan?pesan=access.opened_flash");
  EXPECT_EQ(run.go("GET", "/k/admin/pembukaan").status, 200);

  EXPECT_TRUE(first_run_code(run.db.store()).empty());
  run.cookies = starter;
  EXPECT_EQ(Office::where(run.go("GET", "/mulai/bahasa")), "/masuk?kembali=%2Fmulai%2Fbahasa");
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", code}}).status, 404);
  Db nobody(run.db.store(), {});
  auto half = sign_in(nobody, "rina", "kapal-lampu-jendela-91", {});
  ASSERT_TRUE(half);
  EXPECT_FALSE(half->ticket.empty());
  EXPECT_FALSE(second_proof(nobody, half->ticket, digits, {}));  // the code of the first run was used there
}

TEST(FirstRun, TheCodeCannotBeGuessedForLong) {
  FirstRun run;
  Db nobody(run.db.store(), {});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(enter_first_run(nobody, "9999-9999-9", {}).refusal().kind, Refusal::invalid);
  EXPECT_EQ(enter_first_run(nobody, first_run_code(run.db.store()), {}).refusal().kind, Refusal::too_many);
}

TEST(FirstRun, TheKeyFileIsForTheOwnerAlone) {
  FirstRun run;
  const auto key = access_key(run.db.store());
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(access_key(run.db.store()), key);
  const auto rights = std::filesystem::status(run.db.store().keys_folder() + "/access.key").permissions();
  EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all), std::filesystem::perms::none);
}

}  // namespace
}  // namespace rantau::access
