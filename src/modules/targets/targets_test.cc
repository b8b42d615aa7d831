// Published figures: computed percentages, tables of every known layout, what the public may see.
#include "modules/targets/targets.h"

#include <rapidcheck.h>

#include "db/testing.h"
#include "modules/targets/shapes.h"
#include "modules/targets/show.h"
#include "web/page.h"

namespace rantau::targets {

test::TestDb desk() { return test::db().as("ratna", {Right::import_statistics, Right::see_figures_desk}); }

Import import(test::TestDb& db, std::string_view csv) {
  auto done = db.write([&](Act& act) { return import_statistics(act, "tabel.csv", csv); });
  EXPECT_TRUE(done) << (done ? "" : done.refusal().key);
  return done ? *done : Import{};
}

const Figure* one(const std::vector<Figure>& all, std::string_view period, std::string_view label, std::int64_t scaled) {
  for (const Figure& f : all)
    if (f.period == period && f.label.starts_with(label) && f.scaled == scaled) return &f;
  return nullptr;
}

// --- the news of 12 April 2023 ---------------------------------------------------------------------------------------

// What a test brought in: the carried figures end before 2031.
std::vector<Figure> brought(test::TestDb& db, std::string_view series) {
  auto all = db.read([&](Act& act) { return figures(act, series); });
  std::erase_if(all, [](const Figure& f) { return !f.period.starts_with("2031"); });
  return all;
}

TEST(Percent, OfTheNewsOfTwelveAprilIsComputedAgain) {
  EXPECT_EQ(percent(4'391'947, 11'249'585, 2), 3904);
  EXPECT_EQ(growth(279'700, 224'622, 2), 2452);
  EXPECT_EQ(growth(279'700, 200'761, 1), 393);
  const auto range = implied_base(279'700, 2452, 2);
  EXPECT_EQ(range.from, 224'614);
  EXPECT_EQ(range.to, 224'631);
  EXPECT_EQ(range.nearest, 224'622);
}

TEST(Percent, RoundsHalfAwayFromZeroAndHasNoneOfNothing) {
  EXPECT_EQ(percent(1, 8, 0), 13);
  EXPECT_EQ(percent(-1, 8, 0), -13);
  EXPECT_EQ(percent(1, 3, 2), 3333);
  EXPECT_FALSE(percent(1, 0, 2));
  EXPECT_EQ(growth(50, 100, 1), -500);
}

TEST(ImpliedBase, HoldsExactlyTheBasesThatRoundToThePrintedGrowth) {
  EXPECT_TRUE(rc::check([] {
    const auto value = *rc::gen::inRange<std::int64_t>(1'000, 5'000'000);
    const auto printed = *rc::gen::inRange<std::int64_t>(1, 20'000);
    const auto range = implied_base(value, printed, 2);
    RC_PRE(range.from <= range.to);
    for (auto base : {range.from, range.to, (range.from + range.to) / 2}) RC_ASSERT(growth(value, base, 2) == printed);
    RC_ASSERT(growth(value, range.from - 1, 2) != printed);
    RC_ASSERT(growth(value, range.to + 1, 2) != printed);
  }));
}

TEST(Published, HoldsTheFiguresOfTheNewsAndTheirContradictions) {
  auto db = desk();
  ASSERT_TRUE(db.write([](Act& act) { return load_published(act); }));
  const auto targets = db.read([](Act& act) { return figures(act, "target", "ID"); });
  EXPECT_TRUE(one(targets, "2023", "target", 279'700));
  EXPECT_TRUE(one(targets, "2023", "target", 250'000)) << "two targets stay two facts";
  const auto people = db.read([](Act& act) { return figures(act, "jakarta_people"); });
  EXPECT_TRUE(one(people, "2023-04", "population (", 11'249'585));
  EXPECT_TRUE(one(people, "2023-04", "population with", 4'391'947));
  const auto* share = one(people, "2023-04", "share", 3904);
  ASSERT_TRUE(share);
  EXPECT_EQ(share->status, "derived");
  const auto totals = db.read([](Act& act) { return figures(act, "placements"); });
  EXPECT_TRUE(one(totals, "2022", "total", 200'761));
  for (auto edition : {273'747, 274'965, 297'108}) EXPECT_TRUE(one(totals, "2023", "total", edition)) << edition;
  EXPECT_EQ(db.read([](Act& act) { return contradictions(act); }).size(), 13U);
}

TEST(Published, IsLoadedOnceHoweverOftenAsked) {
  auto db = desk();
  const auto first = db.write([](Act& act) { return load_published(act); });
  const auto second = db.write([](Act& act) { return load_published(act); });
  ASSERT_TRUE(first && second);
  EXPECT_GT(first->added, 350);
  EXPECT_EQ(first->refused, 0);
  EXPECT_EQ(second->added, 0);
  EXPECT_EQ(second->same, first->added);
}

TEST(Published, EveryFigureHasPeriodAxisUnitAndSource) {
  auto db = desk();
  for (const auto& f : db.read([](Act& act) { return figures(act, ""); })) {
    EXPECT_TRUE(valid_period(f.period)) << f.series << " " << f.label;
    EXPECT_FALSE(f.source.empty()) << f.series << " " << f.label;
    EXPECT_FALSE(word(f.axis).empty());
    EXPECT_TRUE(is_public(f)) << f.series << " " << f.label;
    for (auto lang : {"id", "en"}) {
      EXPECT_FALSE(show_label(f, lang).empty());
      EXPECT_FALSE(show_period(f.period, lang).empty());
    }
  }
}

// --- tables of every known layout --------------------------------------------------------------------------------------

struct Sample {
  const char *what, *csv;
  std::int64_t figures;
};
const Sample samples[] = {
    {"totals by year",
     "period,total,formal,informal,male,female,as_of_or_edition,status,source\n"
     "2031,500,300,200,,,first edition,found,a.example\n2031,510,,,250,260,second "
     "edition,found,a.example\n2032,7,,,,,,unverified,\n",
     7},
    {"by country",
     "period,iso2,country,placements,edition,status,source\n2031,HK,Hong Kong,90,first,found,a.example\n"
     "2031,KR,\"Korea, South\",1200,first,found,a.example\n",
     2},
    {"by province",
     "period,kemendagri_code,province,placements,edition,status,source\n2030..2031-05-01,35,Jawa Timur,12,first,found,a.example\n",
     1},
    {"by occupation",
     "period,occupation_id_term,placements,share_pct,edition,status,source\n2031-H1,penjahit,40,,x,found,a.example\n"
     "2031-H1,perawat,20,33.7,x,found,a.example\n",
     3},
    {"by scheme",
     "period,scope,scheme,placements,status,notes,source\n2031,national,P2P,9,found,,a.example\n"
     "2031-01-01..2031-12-23,BP3MI DKI Jakarta,IND,3,found,n,a.example\n",
     2},
    {"the office's own", "period,measure,value,status,notes,source\n2031,placement target,\"42,000\",found,,a.example\n", 1},
    {"companies",
     "period,kemendagri_code,province,p3mi_count,status,source\n2031-04,31,DKI Jakarta,5,found,a.example\n"
     "2031-04,,INDONESIA (total),6,found,a.example\n",
     2},
    {"targets", "period,scope,target,status,notes,source\n2031,national,10,found,,a.example\n2031,BP3MI DKI,4,found,,a.example\n",
     2},
    {"complaints",
     "period,complaints,resolved_pct,non_procedural,procedural,other,notes,status,source\n2031,100,55,,,,,found,a.example\n"
     "2031-09,30,0.75,10,15,5,,found,a.example\n",
     7},
    {"by category",
     "period,period_total,category_code,published_label,count,status,source\n2031,100,UNPAID_WAGES,gaji,20,found,a.example\n", 1},
    {"complaints by country",
     "period,iso2,count,notes,status,source\n2031,MY,9,,found,a.example\n2031,,4,\"printed as \"\"Kongo\"\"\",found,a.example\n",
     2},
    {"returns", "period,scope,measure,part_of,value,status,source\n2031,BP2MI,sick,\"all, total\",8,found,a.example\n", 1},
    {"police", "period,measure,value,status,source\n2031-06-05..2031-06-20,suspects,2,found,a.example\n", 1},
    {"victims", "period,area,victims,status,source\n2031,Jakarta Barat,2,found,a.example\n", 1},
    {"labour",
     "period,measure,value,unit,notes,status,source\n2031-02,TPT open unemployment,8.0,%,,found,a.example\n"
     "2031-02,employed,4860000,persons,,found,a.example\n2031-08,TPT open unemployment,6.5,%,,unverified,\n",
     3},
    {"job fairs",
     "event,measure,ktp_dki,ktp_non_dki,total,notes,status,source\nBursa kerja 2031,hired,72,38,110,,found,a.example\n"
     "Bursa kerja 2031,vacancies,,,5457,,found,a.example\n",
     4},
};

TEST(Import, ReadsEveryKnownLayoutWithNoRowRefusedAndTwiceAddsNothing) {
  auto db = desk();
  for (const Sample& s : samples) {
    const auto first = import(db, s.csv);
    EXPECT_EQ(first.refused, 0) << s.what << (first.problems.empty() ? "" : " " + first.problems[0].key);
    EXPECT_EQ(first.added, s.figures) << s.what;
    const auto second = import(db, s.csv);
    EXPECT_EQ(second.added, 0) << s.what;
    EXPECT_EQ(second.same, s.figures) << s.what;
  }
}

TEST(Import, ReadsSemicolonsBomAndBothDecimalMarksAsTheSameFigure) {
  auto db = desk();
  const auto point =
      import(db, "period,measure,value,unit,notes,status,source\n2031-02,TPT open unemployment,7.57,%,,found,a.example\n");
  const auto comma = import(db,
                            "\xEF\xBB\xBFperiod;measure;value;unit;notes;status;source\r\n"
                            "2031-02;TPT open unemployment;7,57;%;;found;a.example\r\n");
  EXPECT_EQ(point.added, 1);
  EXPECT_EQ(comma.same, 1);
  const auto held = brought(db, "jakarta_unemployment");
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].scaled, 757);
  EXPECT_EQ(show_value(held[0], "id"), "7,57\u00a0%");
  EXPECT_EQ(show_value(held[0], "en"), "7.57\u00a0%");
}

TEST(Import, PrintsAsManyDecimalsAsWerePrinted) {
  auto db = desk();
  const std::string head = "period,complaints,resolved_pct,non_procedural,procedural,other,notes,status,source\n";
  EXPECT_EQ(import(db, head + "2031,100,55,,,,,found,a.example\n").added, 2);
  EXPECT_EQ(import(db, head + "2031,100,55.00,,,,,found,a.example\n").same, 2) << "one value, printed twice";
  const auto held = brought(db, "complaints_resolved");
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(show_value(held[0], "id"), "55\u00a0%");
}

TEST(Import, AFirstTableJoinsTheCarriedFigures) {
  auto db = desk();
  const auto count = [&] { return db.read([](Act& act) { return figures(act, "").size(); }); };
  const auto before = count();
  const std::string table = "period,scope,target,status,notes,source\n2031,national,10,found,,a.example\n";
  EXPECT_EQ(import(db, table).added, 1);
  EXPECT_EQ(count(), before + 1);
  EXPECT_EQ(import(db, table).same, 1);
  EXPECT_EQ(count(), before + 1);
}

TEST(Carried, OnlyPeopleAreCountedAsPeople) {
  auto db = desk();
  for (const auto& f : db.read([](Act& act) { return figures(act, ""); })) {
    const bool people = f.label.starts_with("suspects") || f.label.starts_with("victims");
    const bool police = f.series == "police_task_force", cases = f.label.find("cases") != std::string::npos;
    EXPECT_TRUE(!police || (f.unit == "persons") == people) << f.label << " in " << f.unit;
    EXPECT_TRUE(!cases || f.unit == "cases") << f.label;
    EXPECT_TRUE(f.series != "jakarta_job_fairs" || f.unit != "units") << f.label;
  }
  const auto police =
      import(db,
             "period,measure,value,status,source\n2031,police reports (LP),2,found,a.example\n2031,stage: P21,1,found,"
             "a.example\n2031,suspects,3,found,a.example\n");
  EXPECT_EQ(police.added, 3);
  std::string units;
  for (const auto& f : brought(db, "police_task_force")) units += f.unit + " ";
  EXPECT_EQ(units, "reports cases persons ");
}

TEST(Import, NamesEveryBadRowByLineAndKeepsTheGoodOnes) {
  auto db = desk();
  const auto done = import(db,
                           "period,iso2,country,placements,edition,status,source\n"
                           "2031,HK,Hong Kong,90,x,found,a.example\n"
                           "2031,QQ,Nowhere,90,x,found,a.example\n"
                           "2031,TW,Taiwan,7.57,x,found,a.example\n"
                           "kemarin,TW,Taiwan,7,x,found,a.example\n"
                           "2031,TW,Taiwan,7,x,guessed,a.example\n"
                           "2031,TW,Taiwan,7,x,found,\n"
                           "2031,TW,Taiwan,-7,x,found,a.example\n"
                           "2031,TW,7\n");
  EXPECT_EQ(done.added, 1);
  EXPECT_EQ(done.refused, 7);
  ASSERT_EQ(done.problems.size(), 7U);
  const char* keys[] = {"row_country", "row_number", "row_period", "row_status", "row_source", "row_number", "row_cells"};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(done.problems[i].key, std::string("targets.") + keys[i]);
    EXPECT_EQ(done.problems[i].words[0], (std::pair<std::string, std::string>{"line", std::to_string(i + 3)}));
    for (auto lang : {"id", "en"}) EXPECT_FALSE(web::Texts::in(lang).say(done.problems[i].key, done.problems[i].words).empty());
  }
}

TEST(Import, NeverOverwritesAFigureWithAnotherValueOfTheSameEdition) {
  auto db = desk();
  const std::string head = "period,scope,target,status,notes,source\n";
  import(db, head + "2031,national,10,found,,a.example\n");
  const auto other = import(db, head + "2031,national,11,found,,a.example\n");
  EXPECT_EQ(other.refused, 1);
  ASSERT_EQ(other.problems.size(), 1U);
  EXPECT_EQ(other.problems[0].key, "targets.row_other_value");
  const auto held = brought(db, "target");
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].scaled, 10);
}

TEST(Import, RefusesUnknownColumnsBrokenFilesAndPeopleWithoutTheRight) {
  auto db = desk();
  const auto refusal = [&](std::string_view csv) {
    return db.write([&](Act& act) { return import_statistics(act, "x.csv", csv); }).refusal();
  };
  EXPECT_EQ(refusal("").key, "targets.import_empty");
  EXPECT_EQ(refusal("period,scope,target,status,notes,source\n").key, "targets.import_no_rows");
  EXPECT_EQ(refusal("period,scope,target,status,notes,source\n\"2031,a").key, "targets.import_open_quote");
  EXPECT_EQ(refusal("period,scope,target,status,notes,source\n\"2031\"x,a").key, "targets.import_after_quote");
  EXPECT_EQ(refusal(std::string_view("\xFF\xFEp\0", 4)).key, "targets.import_utf16");
  auto visitor = db.as("tamu", {});
  const auto denied = visitor.write([](Act& act) { return import_statistics(act, "x.csv", samples[0].csv); });
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.refusal().kind, Refusal::forbidden);
  EXPECT_FALSE(visitor.write([](Act& act) { return load_published(act); }));
}

TEST(Import, NamesTheColumnsThatStandInTheWay) {
  auto db = desk();
  const auto r = db.write(
      [](Act& act) { return import_statistics(act, "x.csv", "period,scope,tarjet,status,notes,source,notes\n2031,a,5,,,,\n"); });
  ASSERT_FALSE(r);
  EXPECT_EQ(r.refusal().key, "targets.import_unknown");
  const std::vector<Sentence> said{{"targets.import_columns_unknown", {{"columns", "tarjet"}}},
                                   {"targets.import_columns_missing", {{"columns", "target"}}},
                                   {"targets.import_columns_twice", {{"columns", "notes"}}}};
  EXPECT_EQ(r.refusal().reasons, said);
}

TEST(Import, SaysThatAListOfCodesOrContradictionsIsNoTableOfFigures) {
  auto db = desk();
  for (const auto& [csv, key] :
       {std::pair{"id,topic,figure_a,figure_b,why_it_matters,sources\nC1,a,b,c,d,e\n", "targets.import_is_contradictions"},
        std::pair{"code,level,name,source\n31,province,a,b\n", "targets.import_is_codes"}}) {
    const auto r = db.write([&, text = csv](Act& act) { return import_statistics(act, "x.csv", text); });
    ASSERT_FALSE(r);
    EXPECT_EQ(r.refusal().key, key);
  }
}

TEST(Import, ATrialKeepsNothing) {
  auto db = desk();
  const auto trial = db.read([](Act& act) { return check_statistics(act, samples[0].csv); });
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->added, samples[0].figures);
  EXPECT_EQ(import(db, samples[0].csv).added, samples[0].figures);
}

TEST(Import, IsJournalledWithoutTheFileName) {
  auto db = desk();
  import(db, samples[0].csv);
  const auto events = test::audit(db);
  EXPECT_NE(std::find(events.begin(), events.end(), "targets.imported"), events.end());
}

TEST(OwnLayout, ReadsBackWhatItWrites) {
  auto db = desk();
  ASSERT_TRUE(db.write([](Act& act) { return load_published(act); }));
  const auto all = db.read([](Act& act) { return figures(act, ""); });
  std::string csv = own_header() + "\r\n";
  for (const Figure& f : all) csv += own_row(f) + "\r\n";
  const auto again = import(db, csv);
  EXPECT_EQ(again.refused, 0);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.same, static_cast<std::int64_t>(all.size()));
}

TEST(Period, IsOneOfAFewForms) {
  for (auto good : {"2024", "2024-H1", "2024-Q4", "2024-09", "2024-02-29", "2007..2024-11-14", "2024-01..2024-04"})
    EXPECT_TRUE(valid_period(good)) << good;
  for (auto bad : {"", "24", "2024-13", "2024-H3", "2023-02-29", "2024..", "2024-1", "0024", "tahun 2024"})
    EXPECT_FALSE(valid_period(bad)) << bad;
  EXPECT_EQ(show_period("2024-09", "id"), "September 2024");
  EXPECT_EQ(show_period("2024-H1", "en"), "half-year 1 2024");
}

}  // namespace rantau::targets
