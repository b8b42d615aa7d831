// A company throws away, withdraws and takes back; an order of a country without a mission is never stuck.
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/offers/pages_world.h"

namespace rantau::offers {
namespace {

using namespace pages_world;
using orders_world::decent;
using orders_world::today;

template <class T>
std::string why(const Result<T>& r) {
  return r ? "done" : r.refusal().key;
}

struct Company : House {
  OrderId sent(Order o = decent()) {
    const OrderId id = drafted(std::move(o));
    EXPECT_TRUE(clerk.write([&](Act& act) { return submit(act, id, revision(id)); }));
    return id;
  }
  OrderId without_mission() {
    Order o = decent();
    o.country = "NZ";
    o.city = "Auckland";
    floor({180'000, "JPY"}, today.plus_days(-200), "", "NZ");
    EXPECT_TRUE(licences.write([&](Act& act) {
      return partners::set_openness(act, {.country = "NZ",
                                          .occupation = "",
                                          .employer_kind = "",
                                          .state = partners::Openness::open,
                                          .legal_basis = "Daftar contoh",
                                          .from = today.plus_days(-100)});
    }));
    return sent(std::move(o));
  }
  web::Reply act_on(test::TestDb& who, const std::string& path, OrderId id, web::Pairs form = {}) {
    form.emplace_back("revision", std::to_string(revision(id)));
    return post(who, path, std::move(form));
  }
  StepId last(OrderId id) {
    return db.read([&](Act& act) { return steps(act, id).back().id; });
  }
};

TEST(Discard, ADraftIsThrownAwayAndComesBackWhole) {
  Company c;
  const OrderId id = c.drafted();
  const auto gone = c.act_on(c.clerk, mitra(id) + "/buang", id);
  EXPECT_EQ(location(gone), mitra(id) + "?pesan=offers.flash.discarded&id=" + std::to_string(c.last(id).value));
  EXPECT_EQ(c.order(id).stage, Stage::discarded);
  EXPECT_EQ(c.get(c.examiner, k(id)).status, 404) << "officers never see it";
  EXPECT_TRUE(has(c.get(c.clerk, mitra(id)), "Buka lagi sebagai draf baru"));
  EXPECT_TRUE(has(c.get(c.clerk, "/mitra/pesanan/baru?from=" + std::to_string(id.value)), "DL-JP-1")) << "with its letter";
  EXPECT_EQ(c.post(c.rival, "/mitra/pesanan/langkah/" + std::to_string(c.last(id).value) + "/urungkan", {}).status, 404);
  EXPECT_EQ(c.post(c.clerk, "/mitra/pesanan/langkah/" + std::to_string(c.last(id).value) + "/urungkan", {}).status, 303);
  EXPECT_EQ(c.order(id).stage, Stage::draft);
}

TEST(Discard, OnlyADraftAndOnlyItsCompany) {
  Company c;
  const OrderId draft_id = c.drafted(), sent = c.sent();
  EXPECT_EQ(why(c.rival.write([&](Act& act) { return discard(act, draft_id, 1); })), "offers.unknown");
  EXPECT_EQ(why(c.clerk.write([&](Act& act) { return discard(act, sent, c.revision(sent)); })), "offers.wrong_stage");
  EXPECT_EQ(why(c.clerk.write([&](Act& act) { return withdraw(act, draft_id, 1, ""); })), "offers.wrong_stage");
}

TEST(Withdraw, WhatWasSentIsWithdrawnWithItsReasonForTheOfficerToRead) {
  Company c;
  const OrderId id = c.sent();
  EXPECT_EQ(c.act_on(c.clerk, mitra(id) + "/tarik", id, {{"reason", "Pemberi kerja batal"}}).status, 303);
  EXPECT_EQ(c.order(id).stage, Stage::withdrawn);
  const auto page = c.get(c.examiner, k(id));
  EXPECT_TRUE(has(page, "Ditarik P3MI"));
  EXPECT_TRUE(has(page, "Pemberi kerja batal"));
  EXPECT_EQ(why(c.attache.write([&](Act& act) { return endorse(act, id, c.revision(id), ""); })), "offers.wrong_stage");
  EXPECT_EQ(why(c.clerk.write([&](Act& act) { return undo(act, c.last(id)); })), "done");
  EXPECT_EQ(c.order(id).stage, Stage::submitted);
}

TEST(Withdraw, UntilADecisionIsProposed) {
  Company c;
  const OrderId endorsed = c.endorsed(), examined = c.examined();
  EXPECT_EQ(why(c.clerk.write([&](Act& act) { return withdraw(act, endorsed, c.revision(endorsed), ""); })), "done");
  EXPECT_EQ(why(c.clerk.write([&](Act& act) { return withdraw(act, examined, c.revision(examined), ""); })), "offers.wrong_stage");
  EXPECT_FALSE(has(c.get(c.clerk, mitra(examined)), "/tarik"));
}

TEST(Withdraw, ATooLongReasonComesBackWhole) {
  Company c;
  const OrderId id = c.sent();
  const std::string reason(1001, 'a');
  const auto page = c.act_on(c.clerk, mitra(id) + "/tarik", id, {{"reason", reason}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, reason));
  EXPECT_EQ(c.order(id).stage, Stage::submitted);
}

TEST(NoMission, CompanyAndOfficerAreToldAtOnce) {
  Company c;
  const OrderId id = c.without_mission();
  for (auto& [who, path] : std::vector<std::pair<test::TestDb*, std::string>>{{&c.clerk, mitra(id)}, {&c.examiner, k(id)}})
    EXPECT_TRUE(has(c.get(*who, path), "Belum ada perwakilan RI di daftar kami untuk Selandia Baru")) << path;
  EXPECT_FALSE(has(c.get(c.clerk, mitra(c.sent())), "Belum ada perwakilan")) << "Japan has one";
}

TEST(NoMission, TheExaminerRecordsTheLetterOfTheAccreditedMissionAndTheChainGoesOn) {
  Company c;
  const OrderId id = c.without_mission();
  EXPECT_TRUE(has(c.get(c.examiner, "/k/pesanan?lihat=mine"), "Auckland")) << "it waits for the examiner";
  const auto bad = c.act_on(c.examiner, k(id) + "/sahkan-surat", id, {{"mission", "KBRI Canberra (contoh)"}, {"letter", ""}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_TRUE(has(bad, "KBRI Canberra (contoh)")) << "what was typed stays";
  EXPECT_EQ(c.act_on(c.examiner, k(id) + "/sahkan-surat", id,
                     {{"mission", "KBRI Canberra (contoh)"}, {"letter", "12/KONS/2026"}, {"letter_day", "20 11 2026"}})
                .status,
            303);
  EXPECT_EQ(c.order(id).stage, Stage::endorsed);
  EXPECT_TRUE(has(c.get(c.decider, k(id)), "12/KONS/2026"));
  EXPECT_EQ(why(c.examiner.write([&](Act& act) { return examine(act, id, c.revision(id), true, {}, ""); })), "done");
  EXPECT_TRUE(c.agree(c.decider, id, "SIP2MI-NZ"));
}

TEST(NoMission, OrItIsReturnedByTheExaminer) {
  Company c;
  const OrderId id = c.without_mission();
  const auto done = c.examiner.write([&](Act& act) {
    return give_back(act, id, c.revision(id), {{"country", "Lampirkan surat"}});
  });
  EXPECT_EQ(why(done), "done");
  EXPECT_EQ(c.order(id).stage, Stage::returned);
}

TEST(NoMission, NoOfficerEndorsesInAMissionsPlace) {
  Company c;
  const OrderId id = c.sent();
  const Endorsement letter{"KBRI Tokyo (contoh)", "1/2026", today};
  EXPECT_EQ(why(c.examiner.write([&](Act& act) { return endorse_on_paper(act, id, c.revision(id), letter); })),
            "offers.mission_serves");
  const auto back = c.examiner.write([&](Act& act) { return give_back(act, id, c.revision(id), {{"country", "x"}}); });
  EXPECT_EQ(why(back), "offers.wrong_stage");
  EXPECT_EQ(why(c.decider.write([&](Act& act) { return endorse_on_paper(act, id, c.revision(id), letter); })),
            "offers.not_your_duty");
}

TEST(Notes, ATooLongNoteIsRefusedWholeAndComesBackWhole) {
  Company c;
  const OrderId id = c.endorsed();
  const std::string note(1001, 'n');
  const auto page = c.act_on(c.examiner, k(id) + "/usul-sah", id, {{"note", note}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "value=\"" + note + "\""));
  EXPECT_TRUE(has(page, "maxlength=\"1000\""));
  EXPECT_TRUE(has(page, "1.000")) << "and how long it may be";
  EXPECT_EQ(c.order(id).stage, Stage::endorsed);
  EXPECT_EQ(c.act_on(c.examiner, k(id) + "/usul-sah", id, {{"note", note.substr(1)}}).status, 303);
  EXPECT_TRUE(has(c.get(c.decider, k(id)), note.substr(1))) << "kept to its last letter";
}

TEST(Notes, WhatWasTypedIntoAStepThatARuleRefusesIsStillThere) {
  Company c;
  const OrderId id = c.endorsed(), returned = c.endorsed();
  c.suspend(c.company);
  const auto page = c.act_on(c.examiner, k(id) + "/usul-sah", id, {{"note", "Sudah saya telepon"}});
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(has(page, "Sudah saya telepon"));
  const auto empty = c.act_on(c.examiner, k(returned) + "/kembalikan", returned, {{"reason1", std::string(501, 'r')}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_TRUE(has(empty, std::string(501, 'r')));
}

TEST(Home, ACompanyReadsThatDraftsAndReturnedOrdersWaitForIt) {
  Company c;
  partners::routes(c.router);
  EXPECT_FALSE(has(c.get(c.clerk, "/mitra"), "draf pesanan"));
  c.drafted();
  const OrderId back = c.sent();
  ASSERT_TRUE(c.attache.write([&](Act& act) { return give_back(act, back, c.revision(back), {{"number", "Salah nomor"}}); }));
  const auto home = c.get(c.clerk, "/mitra");
  EXPECT_TRUE(has(home, "<a href=\"/mitra/pesanan?lihat=returned\">1 pesanan dikembalikan."));
  EXPECT_TRUE(has(home, "<a href=\"/mitra/pesanan?lihat=draft\">1 draf pesanan belum dikirim."));
  EXPECT_FALSE(has(c.get(c.rival, "/mitra"), "pesanan dikembalikan")) << "of its own only";
}

// --- lists -----------------------------------------------------------------------------------------------------------------

TEST(Lists, PagesShowEveryOrderOnceAndSayHowManyThereAre) {
  Company c;
  for (int i = 0; i < 7; ++i) i % 2 == 0 ? c.sent() : c.endorsed();
  c.drafted();
  std::vector<std::int64_t> seen;
  Asked asked{.view = "", .text = "", .after = "", .count = 2};
  int pages = 0;
  do {
    const auto some = c.examiner.read([&](Act& act) { return my_orders(act, asked); });
    EXPECT_EQ(some.total, 7) << "a draft is its company's alone";
    EXPECT_EQ(some.mine, 3) << "what the mission endorsed";
    for (const Order& o : some.page) seen.push_back(o.id.value);
    asked.after = some.next;
    ++pages;
  } while (!asked.after.empty() && pages < 10);
  EXPECT_EQ(pages, 4);
  EXPECT_EQ(seen.size(), 7U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST(Lists, AreFoundByCompanyWorkNumberAndCode) {
  Company c;
  Order o = decent();
  o.number = "DL-KHUSUS-77";
  o.posts[0].title_id = "Juru las bawah air";
  const OrderId special = c.sent(o), open = c.opened();
  const std::string code = c.order(open).code;
  const auto found = [&](test::TestDb& who, std::string text, std::string view = "") {
    const auto some = who.read([&](Act& act) { return my_orders(act, {.view = view, .text = text, .after = ""}); });
    EXPECT_EQ(static_cast<std::size_t>(some.total), some.page.size());
    return some.page.size() == 1 ? some.page[0].id.value : -static_cast<std::int64_t>(some.page.size());
  };
  EXPECT_EQ(found(c.examiner, "khusus-77"), special.value);
  EXPECT_EQ(found(c.examiner, "JURU LAS"), special.value);
  EXPECT_EQ(found(c.examiner, "samudra"), special.value) << "the company; what is open is not in work";
  EXPECT_EQ(found(c.examiner, "samudra", "open"), open.value);
  EXPECT_EQ(found(c.examiner, "bahari"), 0) << "a company without orders";
  EXPECT_EQ(found(c.clerk, code), open.value);
  EXPECT_EQ(found(c.clerk, show_code(code)), open.value);
  EXPECT_EQ(found(c.clerk, "SIP2MI-1/2026"), open.value);
  EXPECT_EQ(found(c.clerk, "%"), -2) << "no wildcard: nothing is looked for";
  EXPECT_EQ(found(c.rival, "khusus"), 0);
}

TEST(Lists, CountAnOrderWhereItStandsToday) {
  Company c;
  Order o = decent();
  o.posts[0].quota_any = 1;
  const OrderId id = c.endorsed(o);
  ASSERT_TRUE(c.examiner.write([&](Act& act) { return examine(act, id, c.revision(id), true, {}, ""); }));
  ASSERT_TRUE(c.agree(c.decider, id, "SIP2MI-9"));
  const auto counted = [&](Stage s) {
    const auto all =
        c.examiner.read([&](Act& act) { return my_orders(act, {.view = std::string(word(s)), .text = "", .after = ""}); });
    EXPECT_EQ(static_cast<std::size_t>(all.total), all.page.size());
    return all.total;
  };
  EXPECT_EQ(counted(Stage::open), 1);
  const PostId post = c.order(id).posts[0].id;
  ASSERT_TRUE(c.clerk.write([&](Act& act) { return reserve(act, post); }));
  EXPECT_EQ(counted(Stage::full), 1);
  EXPECT_EQ(counted(Stage::open), 0);
  ASSERT_TRUE(c.clerk.write([&](Act& act) { return release(act, post); }));
  EXPECT_EQ(counted(Stage::open), 1);
  c.db.later(40 * 24 * 3600);
  EXPECT_EQ(counted(Stage::expired), 1);
}

TEST(Lists, TheSecondEyeDoesNotWaitForTheFirst) {
  Company c;
  const OrderId id = c.endorsed();
  ASSERT_TRUE(c.both.write([&](Act& act) { return examine(act, id, c.revision(id), true, {}, ""); }));
  const auto mine = [&](test::TestDb& who) {
    return who.read([&](Act& act) { return my_orders(act, {.view = "mine", .text = "", .after = ""}).page.size(); });
  };
  EXPECT_EQ(mine(c.both), 0U) << "it was this person who proposed";
  EXPECT_EQ(mine(c.decider), 1U);
}

TEST(Lists, PagesHaveSearchPagerAndANameForADraftWithoutTitle) {
  Company c;
  Order o = decent();
  o.posts.clear();
  o.number.clear();
  const OrderId id = c.drafted(o);
  for (int i = 0; i < 51; ++i) c.sent();
  const auto own = c.get(c.clerk, "/mitra/pesanan?lihat=draft");
  EXPECT_TRUE(has(own, "Cari pekerjaan, nomor, atau kode")) << "its own company it need not look for";
  EXPECT_TRUE(has(own, "<a href=\"" + mitra(id) + "\">Draf tanpa judul</a>"));
  const auto first = c.get(c.examiner, "/k/pesanan?q=perawat");
  EXPECT_TRUE(has(first, "51 pesanan"));
  EXPECT_TRUE(has(first, "value=\"perawat\""));
  const auto at = first.body.find("rel=\"next\" href=\"") + 17;
  std::string next = first.body.substr(at, first.body.find('"', at) - at);
  for (std::size_t amp; (amp = next.find("&amp;")) != std::string::npos;) next.replace(amp, 5, "&");
  EXPECT_NE(next.find("q=perawat"), std::string::npos);
  const auto second = c.get(c.examiner, next);
  EXPECT_TRUE(has(second, "Dari awal"));
  EXPECT_FALSE(has(second, "Berikutnya"));
  EXPECT_EQ(c.get(c.examiner, "/k/pesanan?sesudah=x.1.-&lihat=%3Cb%3E&q=%25").status, 200);
}

// Counting and paging are answered by the indexes; on SQLite the plan is asked itself.
TEST(Lists, AreReadFromTheirIndexes) {
  auto db = test::db();
  if (!db.store().is_sqlite()) GTEST_SKIP() << "EXPLAIN QUERY PLAN is SQLite's";
  const auto plan = [&](db::Sql sql) {
    std::string all;
    for (const std::string& row : test::rows(db, sql)) all += row + "; ";
    return all;
  };
  EXPECT_NE(plan("EXPLAIN QUERY PLAN SELECT stage_since, id FROM offers_order WHERE stage NOT IN ('draft', 'discarded') AND stage ="
                 " 'open' AND search LIKE '%a%' AND (stage_since, id) > (1, 2) ORDER BY stage_since, id LIMIT 51")
                .find("SEARCH offers_order USING COVERING INDEX offers_order_stage"),
            std::string::npos);
  EXPECT_NE(plan("EXPLAIN QUERY PLAN SELECT stage, COUNT(*) FROM offers_order WHERE search LIKE '%a%' GROUP BY stage")
                .find("COVERING INDEX offers_order_stage"),
            std::string::npos);
  const auto own = plan(
      "EXPLAIN QUERY PLAN SELECT stage_since, id FROM offers_order WHERE company = 1 AND stage = 'open' AND"
      " (stage_since, id) > (1, 2) ORDER BY stage_since, id LIMIT 51");
  EXPECT_NE(own.find("offers_order_own"), std::string::npos) << own;
  EXPECT_EQ(own.find("TEMP B-TREE"), std::string::npos) << own;
  const auto check = plan(
      "EXPLAIN QUERY PLAN SELECT id FROM offers_order WHERE company = 1 AND stage || '' = 'open' AND ('JP' = '' OR country = 'JP')"
      " ORDER BY stage_since DESC, id DESC LIMIT 5");
  EXPECT_NE(check.find("(company=?)"), std::string::npos) << check;
}

}  // namespace
}  // namespace rantau::offers
