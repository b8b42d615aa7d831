// The doors of the house, opened in both languages.
#include "modules/portal/portal.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "base/version.h"
#include "db/testing.h"
#include "modules/offers/offers.h"
#include "modules/partners/partners.h"
#include "web/incoming.h"
#include "web/kit.h"
#include "web/metrics.h"
#include "web/page.h"

namespace rantau::portal {
namespace {

using namespace std::chrono_literals;

struct House {
  test::TestDb db = test::db().as("izin", {Right::manage_licences, Right::publish_warnings}).on(2026y / 11 / 24);
  web::Router router;
  int visitors = 0;

  House() {
    partners::routes(router);
    routes(router);
  }
  web::Reply ask(std::string path, std::string lang = "id") {
    web::Request q;
    q.method = "GET";
    q.path = std::move(path);
    q.lang = std::move(lang);
    q.site = "http://localhost:8080";
    q.address = std::to_string(++visitors);
    return web::answer(router, {}, db.store(), q);
  }
};

bool has(const web::Reply& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

TEST(Doors, OpenInBothLanguagesInAnEmptyOffice) {
  House house;
  for (const char* lang : {"id", "en"})
    for (const char* path : {"/", "/bantuan", "/mengenali", "/privasi", "/aksesibilitas", "/status", "/api"}) {
      const auto r = house.ask(path, lang);
      EXPECT_EQ(r.status, 200) << path << r.body;
      EXPECT_TRUE(has(r, "<h1>")) << path;
      EXPECT_FALSE(has(r, "{{")) << path;
      EXPECT_EQ(r.is_public, std::string_view(path) != "/status") << path;
    }
}

TEST(Status, SaysTheVersionAndHowFastTheServerWas) {
  House house;
  EXPECT_TRUE(has(house.ask("/status"), "Rantau " + std::string(version)));
  EXPECT_TRUE(has(house.ask("/status"), "belum cukup jawaban"));
  web::Metrics measured;
  for (int i = 0; i < 40; ++i) measured.note(200, 3'900, house.db.store().now().ms);
  const auto told = [&](std::string lang) {
    web::Request q;
    q.method = "GET";
    q.path = "/status";
    q.lang = std::move(lang);
    q.site = "http://localhost:8080";
    q.metrics = &measured;
    return web::answer(house.router, {}, house.db.store(), q);
  };
  EXPECT_TRUE(has(told("id"), "95 dari 100 jawaban siap dalam 4,0 milidetik atau kurang (40 jawaban)")) << told("id").body;
  EXPECT_TRUE(has(told("en"), "95 of 100 answers were ready within 4.0 milliseconds (40 answers)"));
}

TEST(Home, HasSixNumberedTilesAndSaysWhatIsNotThere) {
  House house;
  const auto r = house.ask("/");
  std::size_t at = 0;
  for (const char* href : {"/cek", "/lowongan", "/perusahaan", "/peringatan", "/angka", "/bantuan"}) {
    const auto next = r.body.find("<a href=\"" + std::string(href) + "\"><svg", at);
    ASSERT_NE(next, std::string::npos) << href;
    at = next;
  }
  EXPECT_TRUE(has(r, "Belum ada lowongan yang terbuka hari ini."));
  EXPECT_TRUE(has(r, "Tidak ada peringatan yang berlaku."));
}

TEST(Home, ShowsTheNewestWarningAndNoWithdrawnOne) {
  House house;
  offers::Warning w;
  w.title = "Nomor meminta transfer";
  w.reason = "Tiga orang diminta membayar di muka.";
  w.marks = {{offers::Mark::phone, "+6281200000900"}};
  const auto id = house.db.write([&](Act& act) { return offers::publish_warning(act, w); });
  ASSERT_TRUE(id);
  EXPECT_TRUE(has(house.ask("/"), "Nomor meminta transfer"));
  EXPECT_TRUE(has(house.ask("/sitemap.xml"), "/peringatan/"));
  ASSERT_TRUE(house.db.write([&](Act& act) { return offers::withdraw_warning(act, *id, "keliru"); }));
  EXPECT_FALSE(has(house.ask("/"), "Nomor meminta transfer"));
  EXPECT_FALSE(has(house.ask("/sitemap.xml"), "/peringatan/"));
}

TEST(Home, SaysTheGrowthAsThePageOfFiguresDoes) {
  House house;
  EXPECT_TRUE(has(house.ask("/"), "kenaikannya 39,3\u00a0%"));
  EXPECT_TRUE(has(house.ask("/", "en"), "39.3\u00a0%"));
}

TEST(Doors, ShowNumbersAndHoursAsTheReaderWritesThem) {
  House house;
  web::Office office;
  office.whatsapp = "620000000017";
  office.hours = "Senin-Jumat 08.00-15.00 WIB";
  web::set_office(office);
  for (const char* path : {"/bantuan", "/aksesibilitas"}) {
    const auto r = house.ask(path);
    EXPECT_FALSE(has(r, ">620000000017<") || has(r, " 620000000017")) << path;
    EXPECT_TRUE(has(r, "0000-0000-017")) << path;
  }
  EXPECT_TRUE(has(house.ask("/bantuan"), "Senin-Jumat 08.00"));
  EXPECT_TRUE(has(house.ask("/bantuan", "en"), "Monday-Friday 08.00"));
  web::set_office({});
}

TEST(Machines, FindWhatTheyLookFor) {
  House house;
  EXPECT_TRUE(has(house.ask("/robots.txt"), "Sitemap: http://localhost:8080/sitemap.xml"));
  EXPECT_TRUE(has(house.ask("/robots.txt"), "Disallow: /k/"));
  const auto security = house.ask("/.well-known/security.txt");
  EXPECT_TRUE(has(security, "Contact: http")) << security.body;
  EXPECT_TRUE(has(security, "Expires: 2027-"));
  EXPECT_EQ(house.ask("/favicon.ico").type, "image/svg+xml");
  EXPECT_EQ(house.ask("/humans.txt").status, 200);
  partners::Company c;
  c.name = "PT Maju Jaya Abadi";
  c.licence_number = "1/2022";
  c.licence_until = 2027y / 1 / 1;
  ASSERT_TRUE(house.db.write(
      [&](Act& act) { return partners::register_company(act, c, {.state = partners::Licence::active, .from = 2026y / 1 / 1}); }));
  const auto code = house.db.read([](Act& act) { return partners::list(act, "", 1).front().code; });
  EXPECT_TRUE(has(house.ask("/sitemap.xml"), "<loc>http://localhost:8080/perusahaan/" + code + "</loc>"));
}

TEST(ApiPage, NamesEveryPublicCallWithItsFieldsAndAnExample) {
  House house;
  const auto r = house.ask("/api");
  for (const auto& route : house.router.all()) {
    if (!route->pattern.starts_with("/api/")) continue;
    EXPECT_TRUE(has(r, text::html(route->pattern))) << route->pattern;
  }
  EXPECT_TRUE(has(r, "curl http://localhost:8080/api/v1/companies"));
  EXPECT_TRUE(has(r, "Nama atau nomor izin"));
}

}  // namespace
}  // namespace rantau::portal
