// Every page of job orders in both languages, the share card, JSON-LD, the form that keeps what was typed, the 409 page.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "modules/offers/card.h"
#include "modules/offers/pages_world.h"
#include "web/form.h"
#include "web/page.h"
#include "web/web.h"

namespace rantau::offers {
namespace {

namespace json = boost::json;
using orders_world::decent;
using namespace pages_world;
using orders_world::today;

web::Pairs good_form() {
  web::Pairs form{{"revision", "1"},
                  {"number", "DL-JP-9"},
                  {"letter_date", "1 November 2026"},
                  {"employer_name", "Sakura Care"},
                  {"employer_kind", "legal_entity"},
                  {"country", "JP"},
                  {"city", "Osaka"},
                  {"scheme", "P2P"},
                  {"currency", "JPY"},
                  {"contract_months", "36"},
                  {"hours_week", "40"},
                  {"rest_days_week", "2"},
                  {"leave_days", "10"},
                  {"deductions", "20.000"},
                  {"fee", "0"},
                  {"min_age", "18"},
                  {"recruit_from", "24 11 2026"},
                  {"recruit_until", "24 12 2026"},
                  {"p1_title_id", "Perawat lansia"},
                  {"p1_occupation", "5322"},
                  {"p1_pay", "198.000"},
                  {"p1_quota_any", "7"},
                  {"p2_title_id", "Juru masak"},
                  {"p2_occupation", "5120"},
                  {"p2_pay", "190.000"},
                  {"p2_quota_women", "2"},
                  {"p2_quota_men", "2"}};
  for (int i = 0; i < item_count; ++i) form.emplace_back("item_" + std::string(word(static_cast<Item>(i))), "1");
  return form;
}

TEST(Pages, EveryPageIsPaintedInBothLanguages) {
  House house;
  const OrderId open = house.opened(), waiting = house.examined(), draft_id = house.drafted(), fresh = house.endorsed();
  const std::string code = house.order(open).code;
  for (const std::string lang : {"id", "en"}) {
    const auto ok = [&](test::TestDb& who, const std::string& path) {
      EXPECT_EQ(house.get(who, path, lang).status, 200) << path << " " << lang;
    };
    for (const auto& path : std::vector<std::string>{
             "/lowongan", "/lowongan?country=DE&occupation=perawat", "/lowongan?country=Negeri", "/lowongan/" + code,
             std::string("/umpan/lowongan.xml"), std::string("/api/v1/jobs"), "/api/v1/jobs/" + code})
      ok(house.visitor, path);
    for (auto* who : {&house.examiner, &house.decider, &house.attache, &house.both})
      for (const auto& path : std::vector<std::string>{std::string("/k/pesanan"), std::string("/k/pesanan?lihat=mine"),
                                                       std::string("/k/pesanan?lihat=open"), k(open), k(waiting), k(fresh),
                                                       std::string("/k/pesanan/keadaan")})
        ok(*who, path);
    for (const auto& path :
         std::vector<std::string>{std::string("/mitra/pesanan"), std::string("/mitra/pesanan/baru"), mitra(open), mitra(draft_id),
                                  mitra(draft_id) + "/ubah", "/mitra/pesanan/baru?from=" + std::to_string(open.value)})
      ok(house.clerk, path);
    ok(house.licences, "/k/pesanan/atase");
  }
}

TEST(Pages, AJobSaysWhatAWorkerNeedsFirst) {
  House house;
  ASSERT_TRUE(house.licences.write([&](Act& act) { return set_rate(act, "JPY", today.plus_days(-4), 1'050'000, "Bank contoh"); }));
  const std::string code = house.order(house.opened()).code;
  const auto page = house.get(house.visitor, "/lowongan/" + code);
  for (const char* said :
       {"Perawat lansia (kaigo)", "Osaka, Jepang", "7 dari 7", "Rp 0", "kira-kira Rp 20,8 juta (kurs 20 Nov 2026, Bank contoh)",
        "Diperiksa 24 Nov 2026 oleh BP3MI", "Izin berlaku hari ini", "SIP2MI-1/2026", "og:image"})
    EXPECT_TRUE(has(page, said)) << said;
  EXPECT_TRUE(page.is_public);
  EXPECT_TRUE(has(house.get(house.visitor, "/lowongan/" + code, "en"), "Caregiver for the elderly"));
  EXPECT_EQ(location(house.get(house.visitor, "/lowongan/" + show_code(code))), "/lowongan/" + code);
}

TEST(Pages, WithoutARateNoRupiahIsShown) {
  House house;
  EXPECT_FALSE(has(house.get(house.visitor, "/lowongan/" + house.order(house.opened()).code), "kira-kira"));
}

std::string json_ld_of(const web::Reply& page) {
  const std::string begin = "<script type=\"application/ld+json\">";
  const auto at = page.body.find(begin);
  if (at == std::string::npos) return {};
  return page.body.substr(at + begin.size(), page.body.find("</script>", at) - at - begin.size());
}

TEST(Pages, JsonLdParsesAndAClosedJobKeepsItsAddressAndInvitesNobody) {
  House house;
  auto o = decent();
  o.posts[0].title_id = "Perawat </script><b>lansia";
  const OrderId id = house.endorsed(o);
  ASSERT_TRUE(house.examiner.write([&](Act& act) { return examine(act, id, house.revision(id), true, {}, ""); }));
  ASSERT_TRUE(house.agree(house.decider, id, "SIP2MI-5"));
  const std::string path = "/lowongan/" + house.order(id).code;
  auto posting = json::parse(json_ld_of(house.get(house.visitor, path))).as_object();
  EXPECT_EQ(posting["@type"], "JobPosting");
  EXPECT_EQ(posting["title"], "Perawat </script><b>lansia");
  EXPECT_EQ(posting["validThrough"], "2026-12-24");
  EXPECT_EQ(posting["baseSalary"].at("value").at("value"), 198'000);
  EXPECT_EQ(house.listed(path), 2) << "sitemap and feed";
  house.suspend(house.company);
  const auto closed = house.get(house.visitor, path);
  EXPECT_EQ(closed.status, 200);
  EXPECT_TRUE(has(closed, "Lowongan ini ditutup."));
  EXPECT_TRUE(has(closed, "Sejak 24 November 2026."));
  EXPECT_TRUE(has(closed, "content=\"Lowongan ini ditutup. Izin perusahaannya tidak berlaku hari ini.\""));
  for (const char* inviting : {"application/ld+json", "Sisa ", "hari lagi", "7 dari 7", "href=\"tel:08000000017\">Tanya"})
    EXPECT_FALSE(has(closed, inviting)) << inviting;
  EXPECT_EQ(house.listed(path), 0) << "neither in the sitemap nor in the feed";
}

TEST(Pages, AHaltedJobSaysWhatHappenedAndSinceWhenAlsoOnItsCard) {
  House house;
  const OrderId id = house.opened();
  const std::string code = house.order(id).code, path = "/lowongan/" + code;
  const auto card = [&] { return house.get(house.visitor, "/kartu/" + code + ".1.jpg").body; };
  const std::string before = card();
  ASSERT_TRUE(house.decider.write([&](Act& act) { return halt(act, id, house.revision(id), Stage::suspended, "contoh"); }));
  for (const auto& [lang, said] :
       {std::pair{"id", "Pesanan ini dihentikan sementara. Sejak 24 November 2026."}, std::pair{"en", "Since 24 November 2026."}})
    EXPECT_TRUE(has(house.get(house.visitor, path, lang), said)) << lang;
  EXPECT_TRUE(has(house.get(house.visitor, path), "/kartu/" + code + "." + std::to_string(house.revision(id)) + "t.jpg"));
  EXPECT_NE(card(), before);
  EXPECT_EQ(house.listed(path), 0);
}

TEST(Pages, AClosedCountryClosesItsJobsEverywhereAsTheVerdictSays) {
  House house;
  const std::string code = house.order(house.opened()).code, path = "/lowongan/" + code, api = "/api/v1/jobs/" + code;
  ASSERT_TRUE(has(house.get(house.visitor, path), "application/ld+json"));
  ASSERT_EQ(house.listed(path), 2);
  auto keeper = house.db.as("izin", {Right::manage_licences});
  const partners::OpenRule shut{house.order(house.opened()).country, "", "", partners::Openness::closed, "KEP-7/CONTOH", today, {}};
  ASSERT_TRUE(keeper.write([&](Act& act) { return partners::set_openness(act, shut); }));
  EXPECT_EQ(house.db.read([&](Act& act) { return check(act, code); }).color, Color::bahaya);
  const auto closed = house.get(house.visitor, path);
  EXPECT_TRUE(has(closed, "Negara tujuan ditutup untuk pekerjaan ini."));
  EXPECT_TRUE(has(closed, "Sejak " + show(today, "id")));
  EXPECT_FALSE(has(closed, "application/ld+json"));
  EXPECT_EQ(house.listed(path), 0) << "neither in the sitemap nor in the feed";
  EXPECT_TRUE(has(house.get(house.visitor, api), "\"state\":\"country_closed\",\"open\":false"));
  EXPECT_FALSE(has(house.get(house.visitor, "/lowongan"), path));
}

TEST(Pages, OfADraftWithoutAnEndOfRecruitmentNothingIsSaidToHaveEnded) {
  House house;
  web::Pairs form = good_form();
  for (auto& [name, value] : form)
    if (name == "recruit_until") value.clear();
  const auto sent = house.post(house.clerk, "/mitra/pesanan/baru", form);
  ASSERT_EQ(sent.status, 303);
  std::string where;
  for (const auto& [name, value] : sent.headers)
    if (name == "Location") where = value.substr(0, value.find('?'));
  const auto page = house.get(house.clerk, where);
  EXPECT_TRUE(has(page, "Akhir masa berlakunya belum diisi.")) << where;
  EXPECT_FALSE(has(page, "habis pada ."));
}

TEST(Pages, ADoublePressOnSaveMakesOneDraft) {
  House house;
  const auto orders = [&] { return test::rows(house.db, "SELECT id FROM offers_order").size(); };
  web::Pairs form = good_form();
  form.emplace_back("csrf", web::mask_csrf(house.secret));
  const auto before = orders();
  const auto first = house.ask(house.clerk, "POST", "/mitra/pesanan/baru", form);
  ASSERT_EQ(first.status, 303);
  const auto second = house.ask(house.clerk, "POST", "/mitra/pesanan/baru", form);
  EXPECT_EQ(second.status, 303);
  EXPECT_EQ(orders(), before + 1);
}

TEST(Pages, ForTheReaderOfEnglishIndonesianPassagesAreMarked) {
  House house;
  const std::string path = "/lowongan/" + house.order(house.opened()).code;
  const auto en = house.get(house.visitor, path, "en");
  EXPECT_TRUE(has(en, "<span lang=\"id\">Asrama dan asuransi</span>"));
  EXPECT_TRUE(has(en, "<strong lang=\"id\">Bahasa Jepang N4</strong>"));
  EXPECT_TRUE(has(en, "written in Indonesian"));
  EXPECT_FALSE(has(house.get(house.visitor, path), "bahasa Indonesia"));
}

TEST(Pages, TheEmptyListNamesWhatIsNear) {
  House house;
  house.opened();
  const auto page = house.get(house.visitor, "/lowongan?country=DE&occupation=perawat");
  EXPECT_TRUE(has(page, "Belum ada lowongan perawat di Jerman."));
  EXPECT_TRUE(has(page, "1 lowongan perawat di Jepang"));
  const auto other = house.get(house.visitor, "/lowongan?country=JP&occupation=penyelam");
  EXPECT_TRUE(has(other, "Belum ada lowongan penyelam di Jepang."));
  EXPECT_TRUE(has(other, "1 lowongan di Jepang"));
  // The free search asks the same: what nobody looks for is not said to be sought elsewhere.
  for (const char* typed : {"zzzz", "penyelam"}) {
    const auto none = house.get(house.visitor, "/lowongan?q=" + std::string(typed));
    EXPECT_TRUE(has(none, "Belum ada lowongan " + std::string(typed)));
    EXPECT_FALSE(has(none, "lowongan " + std::string(typed) + " di")) << typed;
    EXPECT_TRUE(has(none, "1 lowongan di Jepang"));
  }
  EXPECT_TRUE(has(house.get(house.visitor, "/lowongan?country=DE&q=perawat"), "1 lowongan perawat di Jepang"));
  EXPECT_FALSE(has(house.get(house.visitor, "/lowongan?country=DE&q=perawat&education=SD"), "perawat di Jepang"))
      << "counted as the link behind it counts";
}

TEST(Pages, TheApiOfJobsDescribesItsQueryAndRefusesWhatItCannotRead) {
  House house;
  house.opened();
  const auto found = std::find_if(house.router.all().begin(), house.router.all().end(),
                                  [](const auto& r) { return r->pattern == "/api/v1/jobs"; });
  ASSERT_NE(found, house.router.all().end());
  ASSERT_NE((*found)->takes, nullptr);
  std::string names;
  for (const auto& f : (*found)->takes->fields()) names += f.name + " ";
  EXPECT_EQ(names, "country occupation education q page ");
  EXPECT_EQ(house.get(house.visitor, "/api/v1/jobs?page=1").status, 200);
  for (const char* wrong : {"page=x", "page=0", "education=ZZ"})
    EXPECT_EQ(house.get(house.visitor, "/api/v1/jobs?" + std::string(wrong)).status, 422) << wrong;
}

TEST(Pages, TenAPageAndALinkToTheNextTen) {
  House house;
  for (int i = 0; i < 12; ++i) house.opened();
  const auto first = house.get(house.visitor, "/lowongan"), second = house.get(house.visitor, "/lowongan?page=2");
  EXPECT_TRUE(has(first, "12 lowongan."));
  EXPECT_TRUE(has(first, "href=\"/lowongan?page=2\""));
  const auto cards = [](const web::Reply& r) {
    int n = 0;
    for (auto at = r.body.find("card job"); at != std::string::npos; at = r.body.find("card job", at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(cards(first), 10);
  EXPECT_EQ(cards(second), 2);
  EXPECT_FALSE(has(second, "Muat 10 lagi"));
}

TEST(Card, IsAJpegOf1200By630WithinItsLimit) {
  House house;
  const Order o = house.order(house.opened());
  const auto card = house.get(house.visitor, "/kartu/" + o.code + "." + std::to_string(o.revision) + ".jpg");
  ASSERT_EQ(card.status, 200);
  EXPECT_EQ(card.type, "image/jpeg");
  EXPECT_LE(card.body.size(), largest_card);
  EXPECT_GT(card.body.size(), 5'000U);
  EXPECT_EQ(card.body.substr(0, 3), "\xFF\xD8\xFF");
  EXPECT_EQ(house.get(house.visitor, "/kartu/0000-0000-0.1.jpg").status, 404);
  EXPECT_EQ(house.get(house.visitor, "/kartu/" + o.code).status, 404);
  const std::string longest(400, 'W');
  EXPECT_LE(
      share_card({.kind = longest, .title = longest, .place = longest, .pay = longest, .cost = longest, .address = longest}).size(),
      largest_card);
}

TEST(Form, AnOrderWithTwoPostsIsTypedOnceAndSent) {
  House house;
  auto form = good_form();
  form.emplace_back("do", "submit");
  const auto sent = house.post(house.clerk, "/mitra/pesanan/baru", form);
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto orders = house.clerk.read([](Act& act) { return my_orders(act, {}).page; });
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].stage, Stage::submitted);
  ASSERT_EQ(orders[0].posts.size(), 2U);
  EXPECT_EQ(orders[0].posts[0].pay, (Money{198'000, "JPY"}));
  EXPECT_EQ(orders[0].posts[1].quota_women, 2);
  EXPECT_EQ(orders[0].contract_items.size(), static_cast<std::size_t>(item_count));
  EXPECT_EQ(orders[0].letter_date.iso(), "2026-11-01");
}

TEST(Form, WhatWasTypedWrongIsShownAgain) {
  House house;
  auto form = good_form();
  for (auto& [name, value] : form) {
    if (name == "letter_date") value = "31 Februari 2026";
    if (name == "p1_pay") value = "banyak <b>";
  }
  const auto again = house.post(house.clerk, "/mitra/pesanan/baru", form);
  EXPECT_EQ(again.status, 422);
  for (const char* kept : {"31 Februari 2026", "banyak &lt;b&gt;", "href=\"#f-p1_pay\"", "Juru masak"})
    EXPECT_TRUE(has(again, kept)) << kept;
  EXPECT_TRUE(house.clerk.read([](Act& act) { return my_orders(act, {}).page; }).empty());
}

TEST(Form, AWordThatIsNoChoiceIsWrongEvenInADraft) {
  House house;
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", {{"employer_kind", "kapal bajak"}, {"country", "JP"}}).status, 422);
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", {{"country", "ZZ"}}).status, 422);
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", {{"p1_occupation", "12"}, {"p1_quota_any", "-4"}}).status, 422);
}

TEST(Form, AnUnfinishedOrderIsKeptAndSaysWhatIsMissing) {
  House house;
  const auto again = house.post(house.clerk, "/mitra/pesanan/baru", {{"country", "JP"}, {"do", "submit"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "Isi nomor surat permintaan."));
  EXPECT_TRUE(has(again, "Draf sudah disimpan"));
  EXPECT_EQ(house.clerk.read([](Act& act) { return my_orders(act, {}).page; }).size(), 1U);
}

TEST(Form, AReturnedOrderOpensAtItsField) {
  House house;
  const OrderId id = house.drafted();
  ASSERT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, 1); }));
  const auto back = house.post(
      house.attache, k(id) + "/kembalikan",
      {{"revision", std::to_string(house.revision(id))}, {"field1", "p1_pay"}, {"reason1", "Upah tidak sama dengan surat"}});
  ASSERT_EQ(back.status, 303) << back.body;
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), mitra(id) + "/ubah#f-p1_pay"));
  const auto form = house.get(house.clerk, mitra(id) + "/ubah");
  EXPECT_TRUE(has(form, "Upah tidak sama dengan surat"));
  EXPECT_TRUE(has(form, "aria-describedby=\"f-p1_pay-error\""));
}

TEST(Desk, TheSlowerOfTwoDecidersSeesBothVersions) {
  House house;
  const OrderId id = house.examined();
  const std::string seen = std::to_string(house.revision(id));
  const web::Pairs form{
      {"revision", seen}, {"stage", "examined"}, {"sip2mi", "SIP2MI-1/2026"}, {"sip2mi_until", "24 10 2027"}, {"note", "lengkap"}};
  auto chief = house.db.as("kepala", {Right::see_job_orders, Right::decide_job_orders});
  EXPECT_EQ(house.post(house.decider, k(id) + "/setuju", form).status, 303);
  const auto slower = house.post(chief, k(id) + "/setuju", form);
  EXPECT_EQ(slower.status, 409);
  for (const char* said : {"Pesanan ini sudah berubah", "Menunggu keputusan", "Dibuka", "Disetujui dan dibuka", "lengkap"})
    EXPECT_TRUE(has(slower, said)) << said;
}

TEST(Desk, AnEndorsementOfAnOlderVersionShowsBothVersions) {
  House house;
  const OrderId id = house.drafted();
  ASSERT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, 1); }));
  EXPECT_TRUE(has(house.get(house.attache, k(id)), "name=\"revision\" value=\"2\""));
  ASSERT_EQ(house.post(house.attache, k(id) + "/mulai", {{"revision", "2"}}).status, 303);
  for (const char* late : {"/mulai", "/sahkan"}) {
    const auto slower = house.post(house.attache, k(id) + late, {{"revision", "2"}, {"stage", "submitted"}});
    EXPECT_EQ(slower.status, 409) << late;
    EXPECT_TRUE(has(slower, "Pesanan ini sudah berubah"));
    EXPECT_TRUE(has(slower, "Atnaker mulai memeriksa"));
  }
  EXPECT_EQ(house.post(house.attache, k(id) + "/sahkan", {}).status, 409);  // a form that names no version at all
  EXPECT_EQ(house.order(id).stage, Stage::verif_atnaker);
}

TEST(Desk, TheMessageAfterAStepCarriesTheWayBack) {
  House house;
  const OrderId id = house.examined();
  const auto done =
      house.post(house.decider, k(id) + "/setuju",
                 {{"revision", std::to_string(house.revision(id))}, {"sip2mi", "X-1"}, {"sip2mi_until", "24 10 2027"}});
  const std::string where = location(done);
  ASSERT_TRUE(where.starts_with(k(id) + "?pesan=offers.flash.taken&id=")) << where;
  const std::string undo = "/k/pesanan/langkah/" + where.substr(where.rfind('=') + 1) + "/urungkan";
  for (const char* lang : {"id", "en"}) {
    const auto page = house.get(house.decider, where, lang);
    EXPECT_TRUE(has(page, "action=\"" + undo + "\"")) << lang;
  }
  EXPECT_FALSE(has(house.get(house.both, k(id)), undo)) << "only to the person who took the step";
  const std::string code = house.order(id).code;
  EXPECT_EQ(house.get(house.visitor, "/lowongan/" + code).status, 200);
  EXPECT_EQ(house.post(house.both, undo, {}).status, 403);
  EXPECT_EQ(location(house.post(house.decider, undo, {})), k(id) + "?pesan=offers.flash.undone");
  EXPECT_EQ(house.get(house.visitor, "/lowongan/" + code).status, 404);
  EXPECT_TRUE(has(house.get(house.decider, k(id)), "Diurungkan: Disetujui dan dibuka"));
  EXPECT_EQ(house.post(house.decider, undo, {}).status, 409);
}

TEST(Desk, RatesAreReadByOfficersAndEnteredByAnExaminer) {
  House house;
  const web::Pairs form{{"currency", "JPY"}, {"day", "20 11 2026"}, {"value", "105,45"}, {"source", "Bank contoh"}};
  EXPECT_EQ(house.post(house.decider, "/k/kurs", form).status, 403);
  ASSERT_EQ(house.post(house.examiner, "/k/kurs", form).status, 303);
  EXPECT_TRUE(has(house.get(house.decider, "/k/kurs"), "Rp 105,45"));
  EXPECT_TRUE(has(house.get(house.decider, "/k/kurs", "en"), "Rp 105.45"));
  EXPECT_FALSE(has(house.get(house.decider, "/k/kurs"), "name=\"value\""));
  auto slipped = form;
  slipped[2].second = "10.545";
  const auto again = house.post(house.examiner, "/k/kurs", slipped);
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "10.545")) << "what was typed is kept";
  slipped[2].second = "seratus";
  EXPECT_EQ(house.post(house.examiner, "/k/kurs", slipped).status, 422);
}

TEST(Desk, PayFloorsAreReadByOfficersAndEnteredByAnExaminer) {
  House house;
  const web::Pairs form{{"country", "TW"},    {"occupation", "8160"}, {"currency", "TWD"},
                        {"amount", "29.500"}, {"from", "1 1 2026"},   {"source", "Surat KDEI contoh 7/2026"},
                        {"page", "hal. 2"}};
  EXPECT_EQ(house.post(house.decider, "/k/batas-gaji", form).status, 403);
  EXPECT_EQ(house.post(house.clerk, "/k/batas-gaji", form).status, 403) << "the company never enters it";
  ASSERT_EQ(house.post(house.examiner, "/k/batas-gaji", form).status, 303);
  const auto page = house.get(house.decider, "/k/batas-gaji");
  for (const char* said : {"29.500", "Surat KDEI contoh 7/2026", "hal. 2", "ISCO-08 8160", "berlaku hari ini"})
    EXPECT_TRUE(has(page, said)) << said;
  EXPECT_FALSE(has(page, "name=\"amount\""));
  auto slipped = form;
  slipped[3].second = "2.950";
  const auto again = house.post(house.examiner, "/k/batas-gaji", slipped);
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "2.950")) << "what was typed is kept";
  slipped.emplace_back("sure", "1");
  EXPECT_EQ(house.post(house.examiner, "/k/batas-gaji", slipped).status, 303);
  EXPECT_TRUE(has(house.get(house.examiner, "/k/batas-gaji"), "29.500")) << "the older entry stays";
  auto unknown = form;
  unknown[1].second = "7777";
  EXPECT_TRUE(has(house.post(house.examiner, "/k/batas-gaji", unknown), "Kode ini tidak ada di ISCO-08."));
}

TEST(Desk, WithoutAFloorOnRecordNobodyVerifiesAndThePageSaysWhoMustEnterIt) {
  House house;
  auto o = decent();
  o.country = "TW";
  o.posts[0].pay = {900'000'000, "TWD"};
  EXPECT_TRUE(house.licences.write([&](Act& act) { return set_mission(act, house.mission, "TW"); }));
  EXPECT_TRUE(house.licences.write([&](Act& act) {
    return partners::set_openness(act, {.country = "TW",
                                        .occupation = "",
                                        .employer_kind = "",
                                        .state = partners::Openness::open,
                                        .legal_basis = "Daftar contoh",
                                        .from = today.plus_days(-100)});
  }));
  const OrderId id = house.endorsed(o);
  EXPECT_TRUE(has(house.get(house.examiner, k(id)), "Pemeriksa BP3MI harus mencatatnya dulu, bukan perusahaan."));
  EXPECT_EQ(house.post(house.examiner, k(id) + "/usul-sah", {{"revision", std::to_string(house.revision(id))}}).status, 409);
  house.floor({2'700'000, "TWD"}, today, "", "TW");
  EXPECT_EQ(house.post(house.examiner, k(id) + "/usul-sah", {{"revision", std::to_string(house.revision(id))}}).status, 303);
}

TEST(Desk, TheExaminerIsToldThatAnotherPersonDecides) {
  House house;
  const OrderId id = house.endorsed();
  ASSERT_EQ(house.post(house.both, k(id) + "/usul-sah", {{"revision", std::to_string(house.revision(id))}}).status, 303);
  const auto page = house.get(house.both, k(id));
  EXPECT_TRUE(has(page, "Anda yang memeriksa. Orang lain yang memutuskan."));
  EXPECT_FALSE(has(page, k(id) + "/setuju"));
  EXPECT_EQ(house
                .post(house.both, k(id) + "/setuju",
                      {{"revision", std::to_string(house.revision(id))}, {"sip2mi", "X-1"}, {"sip2mi_until", "24 10 2027"}})
                .status,
            403);
}

TEST(Desk, ABarredOrderShowsEveryReasonWithItsLaw) {
  House house;
  auto o = decent();
  o.fee_to_worker = {1'000'000, "IDR"};
  std::erase(o.contract_items, Item::wage);
  const OrderId id = house.endorsed(o);
  const auto page = house.get(house.examiner, k(id));
  for (const char* said : {"TAHAN", "UU 18/2017 Pasal 30", "Perban BP2MI 1/2020", "upah dan cara bayarnya"})
    EXPECT_TRUE(has(page, said)) << said;
  EXPECT_FALSE(has(page, k(id) + "/usul-sah"));
  const auto forced = house.post(house.examiner, k(id) + "/usul-sah", {{"revision", std::to_string(house.revision(id))}});
  EXPECT_EQ(forced.status, 409);
  EXPECT_TRUE(has(forced, "Pekerja diminta membayar Rp 1.000.000"));
  EXPECT_TRUE(has(forced, "upah dan cara bayarnya"));
}

TEST(Desk, ARefusalForAReasonThatDoesNotHoldIsNotKeptAndWhatWasTypedIs) {
  House house;
  const OrderId id = house.endorsed();
  const auto page = house.get(house.examiner, k(id));
  EXPECT_TRUE(has(page, "Aturan tidak menemukan alasan untuk menolak."));
  EXPECT_FALSE(has(page, "fault_worker_charged_fee")) << "what does not hold cannot be chosen";
  EXPECT_TRUE(has(page, "pemberi kerja atau mitra tidak layak <small>UU 18/2017 Pasal 10</small>"));
  const auto refuse = [&](web::Pairs form) {
    form.emplace_back("revision", std::to_string(house.revision(id)));
    return house.post(house.examiner, k(id) + "/usul-tolak", form);
  };
  const auto untrue = refuse({{"fault_worker_charged_fee", "1"}, {"note", "tampaknya ada pungutan"}});
  EXPECT_EQ(untrue.status, 422);
  EXPECT_TRUE(has(untrue, "Alasan ini tidak berlaku: pekerja dipungut biaya."));
  EXPECT_TRUE(has(untrue, "value=\"tampaknya ada pungutan\""));
  EXPECT_TRUE(has(untrue, "name=\"fault_worker_charged_fee\" value=\"1\" checked"));
  const auto silent = refuse({{"fault_employer_unfit", "1"}});
  EXPECT_EQ(silent.status, 422);
  EXPECT_TRUE(has(silent, "Jelaskan di catatan mengapa: pemberi kerja atau mitra tidak layak."));
  EXPECT_EQ(house.order(id).stage, Stage::endorsed);
  EXPECT_EQ(refuse({{"fault_employer_unfit", "1"}, {"note", "Alamat pemberi kerja tidak ada"}}).status, 303);
}

TEST(Desk, WhatARuleRefusesSaysItsReasonAndNeverThatSomebodyChangedIt) {
  House house;
  const OrderId open = house.opened(), id = house.examined();
  const PostId post = house.order(open).posts[0].id;
  house.suspend(house.company);
  const auto agreed =
      house.post(house.decider, k(id) + "/setuju",
                 {{"revision", std::to_string(house.revision(id))}, {"sip2mi", "SIP2MI-7"}, {"sip2mi_until", "24 5 2027"}});
  const auto place = house.post(house.clerk, mitra(open) + "/pesan", {{"post", std::to_string(post.value)}, {"seat", "any"}});
  for (const auto* reply : {&agreed, &place}) {
    EXPECT_EQ(reply->status, 409);
    EXPECT_TRUE(has(*reply, "Izin perusahaan ini sedang dihentikan."));
    for (const char* untrue : {"mengubahnya", "sudah berubah", ". suspended", "suspended_full"})
      EXPECT_FALSE(has(*reply, untrue)) << untrue;
  }
  EXPECT_TRUE(has(agreed, "SIP2MI-7")) << "what was typed is kept, also where the step is no longer offered";
}

TEST(Desk, TheOrderShowsItsDeadlinesAndWhoHoldsIt) {
  House house;
  const OrderId id = house.endorsed();
  house.db.later(7 * 86400);
  const auto page = house.get(house.examiner, k(id));
  for (const char* said :
       {"Bola di siapa", "Giliran ini selesai", "lewat 2 hari", "Perekrutan ditutup", "23 hari lagi", "sejak 24 "})
    EXPECT_TRUE(has(page, said)) << said;
}

TEST(Desk, AStepThatDoesNotFitTheStageSaysSoWhenNobodyChangedTheOrder) {
  House house;
  const OrderId id = house.endorsed();
  const auto early = house.post(house.decider, k(id) + "/setuju", {{"revision", std::to_string(house.revision(id))}});
  EXPECT_EQ(early.status, 409);
  EXPECT_TRUE(has(early, "Langkah ini tidak dapat diambil pada tahap pesanan sekarang."));
  EXPECT_TRUE(has(early, "Disahkan Atnaker"));
  EXPECT_FALSE(has(early, "sudah berubah"));
}

TEST(Desk, AForeignOrderAnswersLikeAnAbsentOne) {
  House house;
  const OrderId id = house.drafted(), absent{1};
  for (const char* tail : {"", "/ubah"}) {
    const auto foreign = house.get(house.rival, mitra(id) + tail), none = house.get(house.rival, mitra(absent) + tail);
    EXPECT_EQ(foreign.status, 404);
    auto body = foreign.body;  // the address itself stands in the links for language and letters
    for (auto at = body.find(std::to_string(id.value)); at != std::string::npos; at = body.find(std::to_string(id.value)))
      body.replace(at, std::to_string(id.value).size(), "1");
    EXPECT_EQ(body, none.body);
  }
  for (const char* tail : {"/kirim", "/ubah", "/pesan"})
    EXPECT_EQ(house.post(house.rival, mitra(id) + tail, good_form()).status, 404) << tail;
  EXPECT_EQ(house.get(house.rival, "/mitra/pesanan/baru?from=" + std::to_string(id.value)).status, 404);
}

TEST(Api, AJobAndTheListAreJson) {
  House house;
  const std::string code = house.order(house.opened()).code;
  const auto job = json::parse(house.get(house.visitor, "/api/v1/jobs/" + show_code(code)).body).as_object();
  EXPECT_EQ(job.at("code").as_string(), show_code(code));
  EXPECT_EQ(job.at("posts").at(0).at("pay_month").at("amount"), "198000");
  EXPECT_EQ(json::parse(house.get(house.visitor, "/api/v1/jobs?country=Jepang").body).at("total"), 1);
  EXPECT_EQ(house.get(house.visitor, "/api/v1/jobs?country=Negeri").status, 422);
  EXPECT_EQ(house.get(house.visitor, "/api/v1/jobs/0000-0000-0").status, 404);
  EXPECT_TRUE(has(house.get(house.visitor, "/umpan/lowongan.xml"), "<entry><id>https://rantau.example/lowongan/" + code));
}

}  // namespace
}  // namespace rantau::offers
