// The pages and the API of the check, asked as a browser asks them.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>

#include "base/crypto.h"
#include "modules/offers/check_world.h"
#include "web/page.h"
#include "web/web.h"

namespace rantau::offers {
namespace {

struct Site {
  world::World w = world::make();
  web::Router router;
  web::Gate gate;
  Site() { check_routes(router); }

  web::Reply ask(web::Request q) {
    q.site = "https://rantau.example";
    return web::answer(router, gate, w.db.store(), q);
  }
  web::Reply get(std::string path, std::string lang = "id", web::Pairs query = {}) {
    web::Request q;
    q.method = "GET";
    q.path = std::move(path);
    q.query = std::move(query);
    for (const auto& [name, value] : q.query) q.query_text += (q.query_text.empty() ? "" : "&") + name + "=" + value;
    q.lang = lang;
    q.query.emplace_back("bahasa", lang);
    return ask(std::move(q));
  }
  web::Reply post(std::string path, web::Pairs form, std::string lang = "id") {
    web::Request q;
    q.method = "POST";
    q.path = std::move(path);
    q.form = std::move(form);
    q.lang = lang;
    q.query.emplace_back("bahasa", lang);
    static int n = 0;
    q.address = "10.0.0." + std::to_string(++n);
    return ask(std::move(q));
  }
  web::Reply officer(std::string path, web::Pairs form) {
    gate.who = [](Db&, std::string_view) -> std::optional<web::Visitor> {
      Actor a;
      a.user = {7};
      a.name = "Siti";
      a.rights.set(static_cast<std::size_t>(Right::publish_warnings));
      return web::Visitor{a, std::string(32, 's')};
    };
    web::Request q;
    q.method = form.empty() ? "GET" : "POST";
    q.path = std::move(path);
    q.form = std::move(form);
    return ask(std::move(q));
  }
};

bool holds(const web::Reply& r, std::string_view what) { return r.body.find(what) != std::string::npos; }

// RANTAU_PAGES=folder keeps the pages, to be looked at.
void keep(const std::string& name, const web::Reply& r) {
  if (const char* folder = std::getenv("RANTAU_PAGES")) std::ofstream(std::string(folder) + "/" + name + ".html") << r.body;
}

TEST(CheckPages, ShowTheFormAndTheThreeVerdictsInBothLanguages) {
  Site site;
  for (const std::string lang : {"id", "en"}) {
    const auto form = site.get("/cek", lang);
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(holds(form, "name=\"t\"")) << form.body;
    keep("cek-" + lang, form);
    const std::pair<const char*, std::string> asked[] = {
        {"bahaya",
         "Kerja pabrik di Eropa, gaji 40 jt! Visa turis dulu. Transfer 7.500.000 hari ini ke rek 000 0000 912, hub. 0812 0000 "
         "0900, PT Layar Semu Perkasa"},
        {"belum", "PT Samudera Karya Mandiri, operator gudang Korea Selatan"},
        {"resmi", "PT Maju Jaya Abadi, perawat lansia ke Jepang, gaji ¥198.000, kode " + show_code(world::caregiver)}};
    for (const auto& [name, text] : asked) {
      const auto page = site.post("/cek", {{"t", text}}, lang);
      EXPECT_EQ(page.status, 200) << page.body;
      keep("cek-" + std::string(name) + "-" + lang, page);
      const char* word = name == std::string("bahaya")  ? (lang == "id" ? "BAHAYA" : "DANGER")
                         : name == std::string("belum") ? (lang == "id" ? "BELUM TERBUKTI" : "NOT PROVEN")
                                                        : (lang == "id" ? "RESMI" : "OFFICIAL");
      EXPECT_TRUE(holds(page, word)) << name << lang;
      EXPECT_TRUE(holds(page, "<mark>")) << name;
    }
    const auto code = site.get("/v/" + world::caregiver, lang);
    EXPECT_EQ(code.status, 200);
    EXPECT_TRUE(code.is_public);
    EXPECT_FALSE(holds(code, "name=\"csrf\"")) << "a page for everybody carries nobody's token";
    keep("v-" + lang, code);
    const auto list = site.get("/peringatan", lang), one = site.get("/peringatan/0001-2026", lang);
    EXPECT_TRUE(holds(list, "Permintaan uang kursi"));
    for (const auto& r : {list, one}) {
      EXPECT_TRUE(holds(r, "lang=\"id\">"));
      EXPECT_EQ(holds(r, "written in Indonesian"), lang == "en") << "the reader is told why";
    }
    EXPECT_TRUE(holds(one, "0812-0000-0900"));
    keep("peringatan-" + lang, list);
    keep("peringatan-satu-" + lang, one);
  }
}

TEST(CheckPages, BadInputIsAnsweredPlainlyAndKept) {
  Site site;
  const auto empty = site.post("/cek", {{"t", ""}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(holds(empty, "Tulis nomor atau tempel pesannya"));
  keep("cek-kosong", empty);
  EXPECT_TRUE(holds(site.post("/cek", {{"t", "abc"}}), "terlalu pendek"));
  const auto longer = site.post("/cek", {{"t", "PERTAMA " + std::string(20'000, 'x')}});
  EXPECT_EQ(longer.status, 422);
  EXPECT_TRUE(holds(longer, "20.008"));
  EXPECT_TRUE(holds(longer, "PERTAMA xxx")) << "the text is kept";
  EXPECT_TRUE(holds(site.post("/cek", {{"t", "<script>alert(1)</script> PT Maju Jaya Abadi"}}), "&lt;script&gt;"));
  EXPECT_TRUE(holds(site.post("/cek/foto", {}), "Pilih foto dulu"));
}

TEST(CheckPages, LanguageAndLetterSizeOfAnAnswerChangeWithoutLoss) {
  Site site;
  const std::string typed = "PT Samudera Karya Mandiri, operator gudang Korea Selatan";
  const auto page = site.post("/cek", {{"t", typed}, {"kantor", "t"}});
  for (const char* there : {"form=\"again\" formaction=\"/cek?bahasa=en\"", "form=\"again\" formaction=\"/cek?huruf=besar\"",
                            "id=\"again\"", "name=\"kantor\" value=\"t\" checked"})
    EXPECT_TRUE(holds(page, there)) << there;
  EXPECT_TRUE(holds(page, "<textarea name=\"t\" hidden>" + typed + "</textarea>"));
  EXPECT_FALSE(holds(page, "href=\"/cek?"));
  const auto red = site.post("/cek", {{"t", "Transfer 7.500.000 ke rek 000 0000 912, hub. 0812 0000 0900"}, {"bayar", "y"}});
  EXPECT_TRUE(holds(red, "id=\"again\" hidden")) << "without the questions the text is kept, too";
  EXPECT_TRUE(holds(red, "name=\"bayar\" value=\"y\""));
  // A text that is refused is said again in the other language, not lost.
  EXPECT_TRUE(holds(site.post("/cek", {{"t", "abc"}}), "formaction=\"/cek?bahasa=en\""));
}

TEST(CheckPages, WhatAPhotoHeldIsCheckedAgainAsAPhotoAndIsNeverALink) {
  Site site;
  const auto page = site.post("/cek", {{"t", "https://kerja-cepat.example/daftar"}, {"dari", "qr"}});
  EXPECT_TRUE(holds(page, "QR ini menuju situs lain"));
  EXPECT_TRUE(holds(page, "name=\"dari\" value=\"qr\""));
  for (const auto& r : {page, site.post("/cek/foto", {})}) EXPECT_FALSE(holds(r, "\"/cek/foto?")) << "an address for posts alone";
  EXPECT_TRUE(holds(site.post("/cek/foto", {}), "href=\"/cek?bahasa=en\""));
}

TEST(CheckPages, AMisspeltCodeIsAButtonToTheRightOne) {
  Site site;
  bool offered = false;
  for (std::size_t i = 0; i + 1 < world::caregiver.size() && !offered; ++i)
    for (const char letter : {'7', 'K', 'P', '3'}) {
      std::string typed = world::caregiver;
      typed[i] = letter;
      offered = offered || holds(site.post("/cek", {{"t", "kode " + typed}}), "href=\"/v/" + show_code(world::caregiver) + "\"");
    }
  EXPECT_TRUE(offered);
}

TEST(CheckPages, ReportingSaysThatTheNumberIsSeenAndNoSecondCountOfJobsStands) {
  Site site;
  const auto page = site.post("/cek", {{"t", "PT Samudera Karya Mandiri, operator gudang Korea Selatan"}});
  EXPECT_TRUE(holds(page, "nomor HP Anda terlihat petugas"));
  EXPECT_FALSE(holds(page, "lowongan diperiksa"));
}

TEST(CheckPages, AHeavyPhotoIsToldTheLimitAndItsSize) {
  Site site;
  web::Request q;
  q.method = "POST";
  q.path = "/cek/foto";
  q.files = {{"f", "foto.jpg", "image/jpeg", std::string(8 * 1024 * 1024 + 1, 'x')}};
  const auto page = site.ask(std::move(q));
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(holds(page, "Foto ini 8,1 MB. Paling besar 8 MB."));
}

TEST(CheckPages, TheApiKeepsTheRulesOfThePage) {
  Site site;
  const auto ask = [&](const std::string& body, const std::string& method = "POST") {
    web::Request q;
    q.method = method;
    q.path = "/api/v1/offer-checks";
    q.headers = {{"content-type", "application/json"}};
    q.body = body;
    q.wants_json = true;
    return site.ask(std::move(q));
  };
  for (const auto& [text, key] :
       {std::pair{std::string("a"), "terlalu pendek"}, {"abc", "terlalu pendek"}, {std::string(20'001, 'x'), "20.001 huruf"}}) {
    const auto reply = ask("{\"text\": \"" + text + "\"}");
    EXPECT_EQ(reply.status, 422) << text.substr(0, 5);
    EXPECT_TRUE(holds(reply, key)) << reply.body;
    EXPECT_TRUE(holds(site.post("/cek", {{"t", text}}), key));
  }
  const auto broken = ask("{bad");
  EXPECT_EQ(broken.status, 422);
  EXPECT_TRUE(holds(broken, "bukan JSON yang utuh")) << broken.body;
  EXPECT_FALSE(holds(broken, "Isi Teks")) << "no field is missing: nothing was read";
  const auto get = ask("", "GET");
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(get.type, "application/problem+json");
  EXPECT_TRUE(holds(get, "\"status\":405")) << get.body;
}

TEST(CheckPages, ACodeInTheAddressLeadsToItsOwnPage) {
  Site site;
  const auto to = site.get("/cek", "id", {{"t", show_code(world::caregiver)}});
  EXPECT_EQ(to.status, 303);
  EXPECT_EQ(site.get("/v/nonsense").status, 404);
  EXPECT_TRUE(holds(site.get("/v/" + world::revoked_order), "BAHAYA"));
  EXPECT_TRUE(holds(site.get("/v/" + world::full_order), "sudah penuh"));
}

TEST(CheckPages, TheApiAnswersExactlyItsThreeMembers) {
  Site site;
  web::Request q;
  q.method = "POST";
  q.path = "/api/v1/offer-checks";
  q.headers = {{"content-type", "application/json"}};
  q.body = R"({"text": "Kerja di Kamboja gaji 12 juta"})";
  q.wants_json = true;
  const auto reply = site.ask(q);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto json = boost::json::parse(reply.body).as_object();
  EXPECT_EQ(json.size(), 3U);
  EXPECT_EQ(json.at("verdict").as_string(), "bahaya");
  for (const auto& reason : json.at("reasons").as_array()) EXPECT_EQ(reason.as_object().size(), 4U);
  for (const auto& piece : json.at("found").as_array()) EXPECT_EQ(piece.as_object().size(), 2U);
  q.body = R"({"text": ""})";
  const auto bad = site.ask(q);
  EXPECT_EQ(bad.status, 422);
  EXPECT_NE(bad.type.find("problem+json"), std::string::npos) << bad.type;
}

TEST(CheckPages, TheFeedNamesWarningsInForceOnly) {
  Site site;
  const auto feed = site.get("/umpan/peringatan.xml");
  EXPECT_NE(feed.type.find("atom+xml"), std::string::npos);
  EXPECT_TRUE(holds(feed, "/peringatan/0001-2026"));
  ASSERT_TRUE(site.w.db.write([&](Act& act) { return withdraw_warning(act, site.w.warning, "Salah nomor"); }));
  EXPECT_FALSE(holds(site.get("/umpan/peringatan.xml"), "/peringatan/0001-2026"));
  const auto one = site.get("/peringatan/0001-2026");
  EXPECT_TRUE(holds(one, "sudah dicabut"));
  EXPECT_FALSE(holds(one, "0812-0000-0900")) << "a withdrawn warning names nobody";
}

TEST(CheckPages, TheDeskIsForOfficersOnly) {
  Site site;
  EXPECT_NE(site.get("/k/peringatan").status, 200);
}

}  // namespace
}  // namespace rantau::offers
