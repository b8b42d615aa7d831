// The promises of module access: people, sessions that die at once, few tries, each proof once.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "db/journal.h"
#include "modules/access/access_world.h"

namespace rantau::access {
namespace {

using namespace world;

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

}  // namespace
}  // namespace rantau::access
