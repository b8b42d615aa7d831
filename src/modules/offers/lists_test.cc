// A company throws away, withdraws and takes back; an order of a country without a mission is never stuck.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace rantau::offers
