// The agreement of the two controllers: proposed by one, assented by the other, and without effect when it is over.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "db/journal.h"
#include "modules/access/access_world.h"

namespace rantau::access {
namespace {

using namespace world;

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

}  // namespace
}  // namespace rantau::access
