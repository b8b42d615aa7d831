// The pages of the register in both languages, as a browser asks for them.
#include <gtest/gtest.h>

#include "base/text.h"
#include "db/testing.h"
#include "modules/partners/partners.h"
#include "web/incoming.h"

namespace rantau::partners {
namespace {

using namespace std::chrono_literals;

const Date today{2026y / 11 / 24};

struct Office {
  test::TestDb db = test::db().as("izin", {Right::manage_licences, Right::see_licences}).on(today);
  web::Router router;
  CompanyId maju, lentera;
  Actor officer;

  Office() {
    routes(router);
    db.write([&](Act& act) {
      officer = act.who;
      return Done{};
    });
    maju = add("PT Maju Jaya Abadi", "SIP3MI-1001/2022", Licence::active);
    lentera = add("PT Lentera <b>Selat", "SIP3MI-1002/2022", Licence::active);
  }

  CompanyId add(std::string name, std::string number, Licence state) {
    Company c;
    c.name = std::move(name);
    c.licence_number = std::move(number);
    c.licence_until = today.plus_days(20);
    c.address = "Jl. Contoh No. 1";
    c.region = "31.75";
    c.phone = "021-0000-1001, 0812-0000-1001";
    c.accounts = "000-100-1001";
    return *db.write([&](Act& act) { return register_company(act, c, {.state = state, .from = today.plus_days(-10)}); });
  }
  Company read(CompanyId id) {
    return db.read([&](Act& act) { return *find(act, id); });
  }

  web::Reply ask(std::string path, const std::optional<Actor>& who = {}, std::string lang = "id", web::Pairs query = {},
                 std::optional<web::Pairs> form = {}) {
    web::Request q;
    q.method = form ? "POST" : "GET";
    q.path = std::move(path);
    q.lang = std::move(lang);
    q.query = std::move(query);
    q.site = "http://localhost:8080";
    q.address = std::to_string(++visitors);
    q.wants_json = q.path.starts_with("/api/");
    web::Gate gate;
    if (who) {
      q.cookies = {{"rantau", "token"}};
      gate.who = [&](Db&, std::string_view) { return web::Visitor{*who, "secret-secret-secret-secret-1234"}; };
    }
    if (form) {
      q.form = *form;
      q.form.emplace_back("csrf", web::mask_csrf("secret-secret-secret-secret-1234"));
    }
    return web::answer(router, gate, db.store(), q);
  }
  int visitors = 0;
};

bool has(const web::Reply& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
std::string where(const web::Reply& r) {
  for (const auto& [name, value] : r.headers)
    if (name == "Location") return value;
  return {};
}
Actor clerk_of(CompanyId company) {
  Actor a{.user = {900}, .org = {901}, .company = company, .name = "Staf", .role = "company_clerk"};
  a.rights.set(static_cast<std::size_t>(Right::submit_job_orders));
  return a;
}
web::Pairs suspension(const std::string& revision, const std::string& how) {
  return {{"state", "suspended_full"},
          {"from", "24 11 2026"},
          {"until", ""},
          {"decree", "KEP-7/CONTOH"},
          {"reason", "Deposito kurang"},
          {"legal_basis", "Permen P2MI 4/2025"},
          {"revision", revision},
          {"do", how}};
}

TEST(PublicRegister, ShowsLicenceFactsInBothLanguagesAndEscapesNames) {
  Office office;
  for (const char* lang : {"id", "en"}) {
    const auto list = office.ask("/perusahaan", {}, lang);
    EXPECT_EQ(list.status, 200) << list.body;
    EXPECT_TRUE(has(list, "PT Maju Jaya Abadi"));
    EXPECT_TRUE(has(list, "PT Lentera &lt;b&gt;Selat"));
    EXPECT_TRUE(list.is_public);
    const auto one = office.ask("/perusahaan/" + office.read(office.maju).code, {}, lang);
    EXPECT_EQ(one.status, 200) << one.body;
    EXPECT_TRUE(has(one, "SIP3MI-1001/2022"));
    EXPECT_TRUE(has(one, lang == std::string("id") ? "Izin berlaku" : "Licence valid"));
    EXPECT_FALSE(has(one, "1001001")) << "bank accounts are not shown";
  }
}

TEST(PublicRegister, AsksWhetherASimilarNameWasMeant) {
  Office office;
  const auto r = office.ask("/perusahaan", {}, "id", {{"q", "pt. maju jya abadi"}});
  EXPECT_TRUE(has(r, "Maksud Anda?")) << r.body;
  EXPECT_TRUE(has(r, "PT Maju Jaya Abadi"));
  EXPECT_TRUE(has(office.ask("/perusahaan", {}, "id", {{"q", "maju jya"}}), "PT Maju Jaya Abadi")) << "half a name, mistyped";
  EXPECT_EQ(office.ask("/perusahaan", {}, "en", {{"q", "%_'\"<script>"}}).status, 200);
}

TEST(PublicRegister, AnUnknownOrWrongCodeIsAbsent) {
  Office office;
  for (const char* code : {"ZZZZZZZZZ", "baru", "%27", "1"}) EXPECT_EQ(office.ask(std::string("/perusahaan/") + code).status, 404);
}

TEST(Api, TellsStateBarsAndHistory) {
  Office office;
  const auto list = office.ask("/api/v1/companies", {}, "id", {{"q", "maju"}});
  EXPECT_TRUE(has(list, "\"state\":\"active\"") && has(list, "\"may_recruit\":true")) << list.body;
  const auto one = office.ask("/api/v1/companies/" + show_code(office.read(office.maju).code));
  EXPECT_TRUE(has(one, "\"history\":[{")) << one.body;
  EXPECT_FALSE(has(one, "1001001"));
}

TEST(LicenceDesk, SuspendsAfterAPreviewAndTheVerdictFollowsAtOnce) {
  Office office;
  const std::string page = "/k/perusahaan/" + std::to_string(office.maju.value);
  const auto look = office.ask(page + "/izin", office.officer, "id", {}, suspension("1", "preview"));
  EXPECT_EQ(look.status, 200) << look.body;
  EXPECT_TRUE(has(look, "PT Maju Jaya Abadi hari ini: Dihentikan sementara."));
  EXPECT_TRUE(has(look, "Alasan: Deposito kurang."));
  EXPECT_TRUE(bars(office.read(office.maju), today).empty());
  const auto set = office.ask(page + "/izin", office.officer, "id", {}, suspension("1", "set"));
  EXPECT_EQ(set.status, 303) << set.body;
  EXPECT_EQ(where(set), page + "?pesan=partners.flash_term&id=" + std::to_string(office.maju.value));
  const auto open = office.ask("/perusahaan/" + office.read(office.maju).code);
  EXPECT_TRUE(has(open, "Dihentikan sementara sejak 24 November 2026.") && has(open, "Alasan: Deposito kurang.")) << open.body;
  const auto second = office.ask(page + "/izin", office.officer, "id", {}, suspension("1", "set"));
  EXPECT_EQ(second.status, 409);
  EXPECT_TRUE(has(second, "Deposito kurang")) << "what was typed stays";
  EXPECT_EQ(office.ask(page + "/urungkan", office.officer, "id", {}, web::Pairs{}).status, 303);
  EXPECT_TRUE(bars(office.read(office.maju), today).empty());
  EXPECT_TRUE(has(office.ask(page, office.officer), "Ditarik"));
}

TEST(LicenceDesk, EveryPageOpensInBothLanguages) {
  Office office;
  const std::string page = "/k/perusahaan/" + std::to_string(office.maju.value);
  for (const char* lang : {"id", "en"})
    for (const std::string& path : {std::string("/k/perusahaan"), std::string("/k/perusahaan/baru"), page, page + "/izin",
                                    page + "/ubah", page + "/cabang", std::string("/k/negara"), std::string("/k/mitra-luar")}) {
      const auto r = office.ask(path, office.officer, lang);
      EXPECT_EQ(r.status, 200) << path << r.body;
      EXPECT_FALSE(r.is_public);
    }
  EXPECT_EQ(office.ask("/k/perusahaan/77", office.officer).status, 404);
  EXPECT_EQ(office.ask("/k/perusahaan/x", office.officer).status, 404);
}

TEST(LicenceDesk, ARegistrationOfAForeignPartnerIsExtendedOnItsPage) {
  Office office;
  web::Pairs typed{{"name", "Sakura Care Osaka"}, {"country", "JP"},
                   {"kind", "employer"},          {"registration", "REG-1"},
                   {"valid_from", "1 11 2026"},   {"valid_until", "20 11 2026"},
                   {"verified_on", "1 11 2026"},  {"verified_by", "KBRI contoh"}};
  ASSERT_EQ(office.ask("/k/mitra-luar", office.officer, "id", {}, typed).status, 303);
  const auto id = office.db.read([](Act& act) { return foreign_partners(act, "JP", "").front().id; });
  const std::string page = "/k/mitra-luar/" + std::to_string(id.value);
  const auto list = office.ask("/k/mitra-luar", office.officer);
  EXPECT_TRUE(has(list, "href=\"" + page + "\"") && has(list, ">berakhir</span>")) << list.body;
  EXPECT_TRUE(has(office.ask(page, office.officer, "en"), ">ended</span>"));
  typed = {{"registration", "REG-1"}, {"valid_from", "1 11 2026"}, {"valid_until", "31 10 2026"}, {"revision", "1"}};
  const auto wrong = office.ask(page, office.officer, "id", {}, typed);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, "Tanggal akhir mendahului tanggal mulai.") && has(wrong, "31 10 2026")) << wrong.body;
  typed[2].second = "31 10 2027";
  typed.insert(typed.end(), {{"verified_on", "1 11 2026"}, {"verified_by", "KBRI contoh"}});
  EXPECT_EQ(where(office.ask(page, office.officer, "id", {}, typed)), page + "?pesan=partners.flash_foreign_amended");
  EXPECT_TRUE(has(office.ask(page, office.officer), ">berlaku</span>"));
  EXPECT_EQ(office.ask(page, office.officer, "id", {}, typed).status, 409) << "seen before the change";
  EXPECT_EQ(office.ask("/k/mitra-luar/77", office.officer).status, 404);
}

TEST(LicenceDesk, WhatIsTypedWrongComesBackWithASentence) {
  Office office;
  const auto r = office.ask("/k/perusahaan/baru", office.officer, "id", {},
                            web::Pairs{{"name", "PT Baru Sekali"},
                                       {"region", "31.75"},
                                       {"address", "Jl. Contoh"},
                                       {"phone", "12"},
                                       {"state", "active"},
                                       {"from", "31 2 2026"}});
  EXPECT_EQ(r.status, 422);
  EXPECT_TRUE(has(r, "PT Baru Sekali") && has(r, "31 2 2026")) << r.body;
  const auto country =
      office.ask("/k/negara", office.officer, "en", {},
                 web::Pairs{{"country", "XX"}, {"state", "closed"}, {"legal_basis", "contoh"}, {"from", "24 11 2026"}});
  EXPECT_EQ(country.status, 422);
  EXPECT_TRUE(has(country, "Choose a country from the list."));
}

TEST(LicenceDesk, IsClosedToOthers) {
  Office office;
  EXPECT_EQ(where(office.ask("/k/perusahaan")).substr(0, 6), "/masuk");
  EXPECT_EQ(office.ask("/k/perusahaan", clerk_of(office.maju)).status, 403);
  EXPECT_EQ(office
                .ask("/k/perusahaan/" + std::to_string(office.maju.value) + "/izin", clerk_of(office.maju), "id", {},
                     suspension("1", "set"))
                .status,
            403);
}

TEST(OwnPage, ShowsTheOwnCompanyAndNoOther) {
  Office office;
  for (const char* lang : {"id", "en"}) {
    const auto own =
        office.ask("/mitra", clerk_of(office.maju), lang, {{"id", std::to_string(office.lentera.value)}, {"company", "2"}});
    EXPECT_EQ(own.status, 200) << own.body;
    EXPECT_TRUE(has(own, "PT Maju Jaya Abadi"));
    EXPECT_FALSE(has(own, "Lentera"));
  }
  EXPECT_TRUE(has(office.ask("/mitra", clerk_of(office.maju)), "Izin berakhir 20 hari lagi."));
  EXPECT_EQ(office.ask("/mitra", clerk_of({})).status, 404);
  EXPECT_EQ(office.ask("/mitra", clerk_of({12345})).status, 404);
  EXPECT_EQ(office.ask("/mitra", office.officer).status, 403);
}

TEST(Desk, ASecondCompanyOfTheSameNameNeedsATick) {
  Office office;
  const web::Pairs typed{{"name", "PT Maju Jaya Abadi"},
                         {"licence_number", "SIP3MI-9009/2025"},
                         {"licence_until", "1 1 2029"},
                         {"region", "31.71"},
                         {"address", "Jl. Lain 2"},
                         {"phone", "021-0000-2002"},
                         {"state", "active"},
                         {"from", "1 11 2026"}};
  const auto warned = office.ask("/k/perusahaan/baru", office.officer, "id", {}, typed);
  EXPECT_EQ(warned.status, 422);
  EXPECT_TRUE(has(warned, "Sudah ada PT Maju Jaya Abadi"));
  EXPECT_TRUE(has(warned, "name=\"other\""));
  EXPECT_TRUE(has(warned, "SIP3MI-9009/2025"));
  auto ticked = typed;
  ticked.emplace_back("other", "1");
  EXPECT_EQ(office.ask("/k/perusahaan/baru", office.officer, "id", {}, ticked).status, 303);
}

TEST(Desk, ReadingACompanyWithItsAccountsIsInTheJournal) {
  Office office;
  const std::string page = "/k/perusahaan/" + std::to_string(office.maju.value);
  EXPECT_EQ(office.ask(page, office.officer).status, 200);
  EXPECT_EQ(office.ask(page + "/ubah", office.officer).status, 200);
  EXPECT_EQ(test::rows(office.db, "SELECT subject FROM db_journal WHERE event = 'partners.read'"),
            (std::vector<std::string>(2, std::to_string(office.maju.value))));
}

TEST(Desk, ChangesAreToldWithDaysInWordsAndWhoMadeThem) {
  Office office;
  auto c = office.read(office.maju);
  c.licence_until = 2029y / 3 / 5;
  ASSERT_TRUE(office.db.write([&](Act& act) { return amend(act, office.maju, c); }));
  const auto r = office.ask("/k/perusahaan/" + std::to_string(office.maju.value), office.officer);
  EXPECT_FALSE(has(r, "2029-03-05"));
  EXPECT_TRUE(has(r, "5 Maret 2029")) << r.body;
  EXPECT_TRUE(has(r, "<td data-label=\"Oleh\">"));
}

TEST(Company, APartialSuspensionSaysWhatItMeans) {
  Office office;
  const auto id = office.add("PT Separuh Jalan", "SIP3MI-1003/2022", Licence::active);
  ASSERT_TRUE(office.db.write([&](Act& act) {
    return set_licence(act, id,
                       {.state = Licence::suspended_partial,
                        .from = today,
                        .decree = "KEP-1",
                        .reason = "Contoh",
                        .legal_basis = "Permen P2MI 4/2025"});
  }));
  const auto r = office.ask("/perusahaan/" + office.read(id).code);
  EXPECT_TRUE(has(r, "Perekrutan baru dihentikan"));
  EXPECT_FALSE(has(r, "tidak boleh merekrut"));
}

}  // namespace
}  // namespace rantau::partners
