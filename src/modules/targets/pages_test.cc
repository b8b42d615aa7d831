// The page Angka and the officers' desk, asked as a browser does.
#include <algorithm>

#include "db/testing.h"
#include "modules/targets/targets.h"
#include "web/incoming.h"
#include "web/web.h"

namespace rantau::targets {

struct Pages : testing::Test {
  test::TestDb db = test::db().as("ratna", {Right::import_statistics, Right::see_figures_desk});
  web::Router router;
  Actor officer;
  Pages() {
    routes(router);
    officer.user = {7};
    officer.name = "Ratna";
    officer.role = "statistician";
    officer.rights.set(static_cast<std::size_t>(Right::import_statistics));
    officer.rights.set(static_cast<std::size_t>(Right::see_figures_desk));
  }
  web::Reply as_officer(std::string path, std::optional<web::Pairs> form = {}, std::vector<web::Upload> files = {},
                        std::string lang = "id") {
    web::Request q;
    q.method = form ? "POST" : "GET";
    q.path = std::move(path);
    q.lang = std::move(lang);
    q.cookies = {{"rantau", "token"}};
    q.files = std::move(files);
    const std::string secret = "secret-secret-secret-secret-1234";
    if (form) {
      q.form = *form;
      q.form.emplace_back("csrf", web::mask_csrf(secret));
    }
    web::Gate gate{[&](Db&, std::string_view) { return web::Visitor{officer, secret}; }};
    return web::answer(router, gate, db.store(), q);
  }
  web::Reply ask(web::Request q) {
    web::Gate gate{[&](Db&, std::string_view token) -> std::optional<web::Visitor> {
      if (token.empty()) return std::nullopt;
      return web::Visitor{officer, ""};
    }};
    return web::answer(router, gate, db.store(), q);
  }
  web::Reply get(std::string path, std::string lang = "id", std::string query = "") {
    web::Request q;
    q.method = "GET";
    q.path = std::move(path);
    q.lang = lang;
    q.query_text = query;
    q.query = {{"bahasa", lang}};
    if (!query.empty()) q.query.emplace_back(query.substr(0, query.find('=')), query.substr(query.find('=') + 1));
    return ask(std::move(q));
  }
};

bool has(const web::Reply& r, std::string_view words) { return r.body.find(words) != std::string::npos; }

TEST_F(Pages, TheFiguresOfTheNewsStandFirstWithEveryBase) {
  const auto id = get("/angka"), en = get("/angka", "en");
  ASSERT_EQ(id.status, 200);
  ASSERT_EQ(en.status, 200);
  for (auto words : {"279.700", "+24,52\u00a0%", "224.622", "224.614", "224.631", "200.761", "+39,3\u00a0%", "11.249.585",
                     "4.391.947", "39,04\u00a0%"})
    EXPECT_TRUE(has(id, words)) << words;
  for (auto words : {"279,700", "+24.52\u00a0%", "224,622", "224,614", "224,631", "200,761", "+39.3\u00a0%", "11,249,585",
                     "4,391,947", "39.04\u00a0%"})
    EXPECT_TRUE(has(en, words)) << words;
  EXPECT_LT(id.body.find("279.700"), id.body.find("297.108"));
}

TEST_F(Pages, ReportsAndVacanciesAreNotCountedAsPeople) {
  const auto police = get("/angka/police_task_force"), fairs = get("/angka/jakarta_job_fairs");
  EXPECT_TRUE(has(police, "855 <small>laporan</small>"));
  EXPECT_TRUE(has(police, "347 <small>kasus</small>"));
  EXPECT_TRUE(has(police, "1.024 <small>orang</small>"));
  EXPECT_TRUE(has(fairs, "5.457 <small>lowongan</small>"));
  EXPECT_FALSE(has(fairs, "<small>satuan</small>"));
  EXPECT_TRUE(has(get("/api/v1/figures", "id", "series=police_task_force"),
                  "\"label\":\"police reports (LP)\",\"value\":\"855\",\"unit\":\"reports\""));
}

TEST_F(Pages, PercentagesAndDaysReadAsPeopleWriteThem) {
  EXPECT_TRUE(has(get("/angka/complaints_resolved"), ">55\u00a0%<"));
  const auto target = get("/angka/target"), english = get("/angka/target", "en");
  EXPECT_TRUE(has(target, "indopos.co.id, 29 Desember 2023"));
  EXPECT_TRUE(has(english, "indopos.co.id, 29 December 2023"));
  EXPECT_FALSE(has(target, "2023-12-29") || has(target, "2023-<wbr>12"));
  for (auto path : {"/angka", "/angka/pertentangan"}) {
    const auto en = get(path, "en");
    for (auto word : {"Desember", "laporan tahunan", "Maret", "Januari", "rapat"}) EXPECT_FALSE(has(en, word)) << path << word;
    for (auto r : {get(path), en}) EXPECT_FALSE(has(r, "2 %") || has(r, "3 %") || has(r, "6 %")) << "a line may end before %";
  }
}

TEST_F(Pages, TheDemonstrationSaysThatPublishedFiguresAreReal) {
  EXPECT_TRUE(has(get("/angka/police_task_force"), "statistik di halaman Angka asli"));
  EXPECT_TRUE(has(get("/angka", "en"), "statistics on the Figures page are real"));
  EXPECT_FALSE(has(get("/angka"), "Semua nama, nomor, dan angka adalah rekaan"));
}

TEST_F(Pages, EverySeriesHasItsPageItsTableAndItsDrawingInBothLanguages) {
  std::vector<std::string> names;
  for (const auto& f : db.read([](Act& act) { return figures(act, ""); }))
    if (std::find(names.begin(), names.end(), f.series) == names.end()) names.push_back(f.series);
  EXPECT_EQ(names.size(), 21U);
  for (const auto& name : names)
    for (auto lang : {"id", "en"}) {
      const auto r = get("/angka/" + name, lang);
      EXPECT_EQ(r.status, 200) << name;
      EXPECT_TRUE(has(r, "<table>") && has(r, "<svg class=\"trend\"")) << name;
      EXPECT_FALSE(has(r, ">" + name + "<")) << name << " has no title";
      EXPECT_EQ(get("/angka/" + name + ".csv").status, 200) << name;
    }
  for (auto lang : {"id", "en"}) EXPECT_EQ(get("/angka/pertentangan", lang).status, 200);
}

TEST_F(Pages, LongTablesArePaged) {
  const auto first = get("/angka/placements_by_country"), second = get("/angka/placements_by_country", "id", "hal=2");
  EXPECT_TRUE(has(first, "hal=2"));
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(first.body, second.body);
  for (auto hal : {"hal=0", "hal=-1", "hal=999", "hal=x", "hal=99999999999999999999"})
    EXPECT_EQ(get("/angka/placements_by_country", "id", hal).status, 200) << hal;
}

TEST_F(Pages, UnknownTablesAreNotFound) {
  EXPECT_EQ(get("/angka/tidak_ada").status, 404);
  EXPECT_EQ(get("/angka/.csv").status, 404);
  EXPECT_EQ(get("/api/v1/figures", "id", "series=tidak_ada").status, 404);
}

TEST_F(Pages, UnverifiedFiguresStandOnNoPublicPage) {
  ASSERT_TRUE(db.write([](Act& act) { return load_published(act); }));
  ASSERT_TRUE(db.write([](Act& act) {
    return import_statistics(act, "x.csv",
                             "series,scope,label,value,unit,axis,period,edition,status,source,note\n"
                             "placements,ID,total,987654,persons,national,2024,hearsay,unverified,,\n"
                             "rumour,ID,total,987654,persons,national,2024,hearsay,unverified,,\n");
  }));
  EXPECT_EQ(db.read([](Act& act) { return figures(act, "rumour"); }).size(), 1U);
  for (auto path : {"/angka", "/angka/placements", "/angka/placements.csv"}) {
    const auto r = get(path);
    EXPECT_FALSE(has(r, "987.654") || has(r, "987654") || has(r, "hearsay")) << path;
  }
  EXPECT_EQ(get("/angka/rumour").status, 404);
  const auto api = get("/api/v1/figures", "id", "series=placements");
  EXPECT_EQ(api.status, 200);
  EXPECT_TRUE(has(api, "200761"));
  EXPECT_FALSE(has(api, "987654"));
}

TEST_F(Pages, WhatAnImportWritesCannotBecomeMarkup) {
  ASSERT_TRUE(db.write([](Act& act) {
    return import_statistics(act, "x.csv",
                             "series,scope,label,value,unit,axis,period,edition,status,source,note\n"
                             "odd,ID,<script>alert(1)</script>,5,persons,national,2024,<b>x,found,\"\"\"><img\",<i>\n");
  }));
  const auto r = get("/angka/odd");
  EXPECT_EQ(r.status, 200);
  for (auto bad : {"<script>alert", "<b>x", "<img", "<i>"}) EXPECT_FALSE(has(r, bad)) << bad;
}

TEST_F(Pages, ADrawingTellsEditionsApartAndNoBarHoldsAnother) {
  const auto years = get("/angka/placements");
  for (auto said : {"2021, semua, edisi BP2MI Maret 2022", "2025, semua"}) EXPECT_TRUE(has(years, said)) << said;
  const auto parts = get("/angka/return_and_prevention");
  const std::string drawing = parts.body.substr(0, parts.body.find("id=\"tabel\""));
  EXPECT_NE(drawing.find("16.053"), std::string::npos);
  EXPECT_EQ(drawing.find("21.945"), std::string::npos) << "the total beside its parts";
}

TEST_F(Pages, TheDeskIsClosedToVisitors) {
  const auto r = get("/k/angka");
  EXPECT_TRUE(r.status == 303 || r.status == 401 || r.status == 403) << r.status;
  EXPECT_FALSE(has(r, "enctype"));
}

const std::string good_and_bad =
    "period;scope;target;status;notes;source\n2031;national;11.000;found;;a.example\n2031;national;x;found;;b.example\n";

TEST_F(Pages, TheDeskTriesAFileFirstAndKeepsItWithTheTick) {
  for (auto lang : {"id", "en"}) EXPECT_EQ(as_officer("/k/angka", {}, {}, lang).status, 200);
  EXPECT_TRUE(has(as_officer("/k/angka"), "Belum ada."));
  const auto trial = as_officer("/k/angka", web::Pairs{}, {{"file", "sasaran.csv", "text/csv", good_and_bad}});
  EXPECT_EQ(trial.status, 200);
  EXPECT_TRUE(has(trial, "Percobaan"));
  EXPECT_TRUE(has(trial, "Baris 3"));
  EXPECT_TRUE(has(trial, "2031;national;11.000")) << "the file's text stands in the form";
  EXPECT_TRUE(db.read([](Act& act) { return figures(act, "target", "ID"); }).size() > 1) << "still the carried figures";
  const auto kept = as_officer("/k/angka", web::Pairs{{"text", good_and_bad}, {"keep", "1"}});
  EXPECT_EQ(kept.status, 200);
  EXPECT_TRUE(has(kept, "Tersimpan"));
  EXPECT_FALSE(has(kept, "Belum ada."));
  const auto held = db.read([](Act& act) { return figures(act, "target", "ID"); });
  ASSERT_GT(held.size(), 1U) << "the carried figures stay";
  EXPECT_EQ(held.back().scaled, 11'000);
}

TEST_F(Pages, TheDeskSaysWhatIsWrongAndKeepsWhatWasTyped) {
  EXPECT_EQ(as_officer("/k/angka", web::Pairs{}).status, 422);
  const auto unknown = as_officer("/k/angka", web::Pairs{{"text", "nama,nilai\nsatu,1"}});
  EXPECT_EQ(unknown.status, 422);
  EXPECT_TRUE(has(unknown, "nama,nilai"));
  EXPECT_EQ(as_officer("/k/angka", web::Pairs{{"text", std::string(300, '"')}}).status, 422);
  const auto binary = as_officer("/k/angka", web::Pairs{}, {{"file", "x.png", "image/png", std::string("\x89PNG\0\xff\r\n", 8)}});
  EXPECT_EQ(binary.status, 422);
}

TEST_F(Pages, TheDeskKeepsTheCarriedFiguresOnRequest) {
  const auto r = as_officer("/k/angka/muat", web::Pairs{});
  EXPECT_EQ(r.status, 303);
  EXPECT_FALSE(has(as_officer("/k/angka"), "/k/angka/muat")) << "offered only while nothing is kept";
}

}  // namespace rantau::targets
