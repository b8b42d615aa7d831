// Job orders: four eyes, decided once, quota without races, only one's own.
#include "modules/offers/offers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <rapidcheck/state.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/reference.h"
#include "modules/offers/orders_world.h"

namespace rantau::offers {
namespace {

using orders_world::decent;
using orders_world::Office;
using orders_world::today;

TEST(Rates, AreDatedHaveASourceAndASlippedCommaIsAskedAbout) {
  Office office;
  const auto enter = [&](test::TestDb& who, Date day, std::int64_t scaled, std::string source, bool sure = false) {
    const auto done = who.write([&](Act& act) { return set_rate(act, "JPY", day, scaled, source, sure); });
    return done ? "" : done.refusal().fields.empty() ? done.refusal().key : done.refusal().fields.front().second.key;
  };
  EXPECT_EQ(enter(office.examiner, today.plus_days(1), 1'050'000, "kurs contoh"), "offers.rate.day_in_future");
  EXPECT_EQ(enter(office.examiner, today, 1'050'000, "  "), "offers.rate_wrong");
  EXPECT_EQ(enter(office.decider, today, 1'050'000, "kurs contoh"), "offers.not_your_duty");
  EXPECT_EQ(enter(office.examiner, today.plus_days(-1), 1'050'000, "kurs contoh"), "");
  EXPECT_EQ(enter(office.examiner, today, 10'500'000, "kurs contoh"), "offers.rate.value_far");
  EXPECT_EQ(enter(office.examiner, today, 10'500'000, "kurs contoh", true), "");
  const auto newest = office.db.read([](Act& act) { return *rate_for(act, "JPY"); });
  EXPECT_EQ(newest.scaled, 10'500'000);
  EXPECT_EQ(newest.by, office.examiner.handle().who().user);
}

// --- the chain -----------------------------------------------------------------------------------------------------------------

TEST(Chain, FromDraftToOpenEveryStepIsRecorded) {
  Office office;
  const OrderId id = office.opened();
  const Order o = office.order(id);
  EXPECT_EQ(o.stage, Stage::open);
  EXPECT_EQ(o.sip2mi, "SIP2MI-1/2026");
  EXPECT_EQ(o.code.size(), 9U);
  EXPECT_TRUE(read_code(o.code).code);
  EXPECT_EQ(office.visitor.read([&](Act& act) { return find_by_code(act, o.code)->id; }), id);
  auto events = test::audit(office.db);
  std::erase_if(events, [](const std::string& e) {
    return !e.starts_with("offers.") || e == "offers.mission_set" || e == "offers.floor_set";
  });
  EXPECT_EQ(events, (std::vector<std::string>{"offers.drafted", "offers.submitted", "offers.endorsed", "offers.proposed_verify",
                                              "offers.agreed_verify"}));
  EXPECT_EQ(office.db.read([&](Act& act) { return steps(act, id).size(); }), 5U);
}

TEST(Chain, WhoExaminedMustNotDecide) {
  Office office;
  const OrderId id = office.endorsed();
  ASSERT_TRUE(office.both.write([&](Act& act) { return examine(act, id, office.revision(id), true, {}, ""); }));
  const auto own = office.agree(office.both, id, "SIP2MI-9");
  ASSERT_FALSE(own);
  EXPECT_EQ(own.refusal().key, "offers.four_eyes");
  EXPECT_EQ(office.order(id).stage, Stage::examined);
  EXPECT_TRUE(office.agree(office.decider, id, "SIP2MI-9"));
}

TEST(Chain, DecidedOnceAndTheLoserIsTold) {
  Office office;
  const OrderId id = office.examined();
  const int seen = office.revision(id);
  auto chief = office.db.as("kepala", {Right::see_job_orders, Right::decide_job_orders});
  std::atomic<int> won{0}, told{0};
  const auto decide_as = [&](test::TestDb who, std::string permit) {
    const auto done = who.write([&](Act& act) { return decide(act, id, seen, true, permit, today.plus_days(90), ""); });
    if (done)
      ++won;
    else if (done.refusal().kind == Refusal::conflict && done.refusal().key == "offers.overtaken" &&
             !done.refusal().reasons.empty())
      ++told;
  };
  std::thread one(decide_as, office.decider, "SIP2MI-1"), two(decide_as, chief, "SIP2MI-2");
  one.join();
  two.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(told, 1);
}

TEST(Chain, ABlockingFaultCannotBeVerifiedAndEveryReasonIsNamed) {
  Office office;
  auto o = decent();
  o.fee_to_worker = {1'000'000, "IDR"};
  o.min_age = 17;
  o.hours_week = 60;  // a doubt: not among the reasons
  const OrderId id = office.endorsed(o);
  const auto done = office.examiner.write([&](Act& act) { return examine(act, id, office.revision(id), true, {}, ""); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.refusal().key, "offers.blocked");
  ASSERT_EQ(done.refusal().reasons.size(), 2U);
  EXPECT_EQ(done.refusal().reasons[0].key, "offers.fault.worker_charged_fee");
  EXPECT_EQ(done.refusal().reasons[1].key, "offers.fault.age_below_minimum");
}

TEST(Chain, ALicenceSuspendedAfterTheFirstEyeStopsTheSecond) {
  Office office;
  const OrderId id = office.examined();
  office.suspend(office.company);
  const auto done = office.agree(office.decider, id, "SIP2MI-1");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.refusal().reasons.front().key, "offers.fault.licence_not_valid");
}

TEST(Chain, ASuspendedLicenceTakesOpenJobsOutOfTheListAtOnce) {
  Office office;
  office.opened();
  int total = 0;
  EXPECT_EQ(office.visitor.read([&](Act& act) { return open_orders(act, {}, 10, total).size(); }), 1U);
  office.suspend(office.company);
  EXPECT_EQ(office.visitor.read([&](Act& act) { return open_orders(act, {}, 10, total).size(); }), 0U);
  EXPECT_EQ(total, 0);
}

TEST(Chain, RefusingNeedsANamedReasonAndKeepsIt) {
  Office office;
  const OrderId id = office.endorsed();
  const int seen = office.revision(id);
  EXPECT_EQ(office.examiner.write([&](Act& act) { return examine(act, id, seen, false, {}, "tidak"); }).refusal().key,
            "offers.not_complete");
  ASSERT_TRUE(office.examiner.write([&](Act& act) { return examine(act, id, seen, false, {Fault::letter_doubtful}, "tidak"); }));
  ASSERT_TRUE(office.agree(office.decider, id, ""));
  EXPECT_EQ(office.order(id).stage, Stage::refused);
  const auto all = office.db.read([&](Act& act) { return steps(act, id); });
  EXPECT_EQ(all.back().what, "agreed_refuse");
  EXPECT_EQ(all.back().reasons.front().fault, "letter_doubtful");
}

TEST(Chain, APermitIsOfOneYearAtMost) {
  Office office;
  const OrderId id = office.examined();
  const auto agree_until = [&](Date until) {
    const int seen = office.revision(id);
    return office.decider.write([&](Act& act) { return decide(act, id, seen, true, "SIP2MI-5", until, ""); });
  };
  const auto far = agree_until(*parse_iso("9999-12-31"));
  ASSERT_FALSE(far);
  EXPECT_EQ(far.refusal().fields.front().second.key, "offers.sip2mi_until_far");
  EXPECT_TRUE(agree_until(today.plus_days(permit_days)));
}

TEST(Chain, OneLetterOnTwoOrdersIsADoubtThatNamesTheOtherAndNeverToARival) {
  Office office;
  const OrderId first = office.opened();
  auto o = decent();
  o.number = "dl jp/1";
  o.employer_name = "SAKURA Care  Osaka";
  const auto of_rival = office.rival.write([&](Act& act) { return draft(act, o); });
  ASSERT_TRUE(of_rival);
  const auto seen_by = [&](test::TestDb& who) {
    return who.read([&](Act& act) { return facts_for(act, *find(act, *of_rival)).same_letter; });
  };
  ASSERT_EQ(seen_by(office.examiner).size(), 1U);
  EXPECT_EQ(seen_by(office.examiner).front().order, first);
  EXPECT_EQ(seen_by(office.examiner).front().company, "PT Samudra Karya Mandiri");
  EXPECT_TRUE(seen_by(office.rival).empty());
  o.employer_name = "Lain Contoh";
  EXPECT_TRUE(office.examiner.read([&](Act& act) { return facts_for(act, o).same_letter.empty(); })) << "another employer's letter";
}

TEST(Chain, ARefusalStandsOnWhatTheRulesFindOnBothDays) {
  Office office;
  const OrderId id = office.endorsed();
  office.floor({250'000, "JPY"}, today);
  const auto refuse = [&](Fault f, std::string note) {
    const auto done = office.examiner.write([&](Act& act) { return examine(act, id, office.revision(id), false, {f}, note); });
    return done ? "" : done.refusal().fields.front().second.key;
  };
  EXPECT_EQ(refuse(Fault::country_closed, "tertutup"), "offers.reason_untrue");
  EXPECT_EQ(refuse(Fault::pay_floor_unknown, "belum ada"), "offers.reason_of_office");
  EXPECT_EQ(refuse(Fault::contract_unlawful, " "), "offers.judged_needs_note");
  EXPECT_EQ(refuse(Fault::pay_below_floor, ""), "");
  office.floor({180'000, "JPY"}, today);  // the entry of the morning was a mistake
  const auto agreed = office.agree(office.decider, id, "");
  ASSERT_FALSE(agreed);
  EXPECT_EQ(agreed.refusal().fields.front().second.key, "offers.reason_untrue");
}

TEST(Chain, DisagreeingSendsItBackToTheFirstEyeWithAReason) {
  Office office;
  const OrderId id = office.examined();
  const int seen = office.revision(id);
  const auto disagree = [&](std::string note) {
    return office.decider.write([&](Act& act) { return decide(act, id, seen, false, "", {}, note); });
  };
  EXPECT_FALSE(disagree(""));
  ASSERT_TRUE(disagree("Upah belum dibandingkan"));
  EXPECT_EQ(office.order(id).stage, Stage::endorsed);
  EXPECT_FALSE(office.order(id).examined_by);
}

TEST(Chain, AReturnedOrderReopensWithTheReasonOfEachField) {
  Office office;
  const OrderId id = office.drafted();
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return submit(act, id, office.revision(id)); }));
  const int seen = office.revision(id);
  EXPECT_EQ(office.attache.write([&](Act& act) { return give_back(act, id, seen, {}); }).refusal().fields.front().second.key,
            "offers.return_needs_reason");
  ASSERT_TRUE(office.attache.write([&](Act& act) { return give_back(act, id, seen, {{"city", "Kota belum sama dengan surat"}}); }));
  auto o = office.order(id);
  EXPECT_EQ(o.stage, Stage::returned);
  o.city = "Kobe";
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return amend(act, id, o); }));
  EXPECT_EQ(office.clerk.write([&](Act& act) { return amend(act, id, o); }).refusal().key, "offers.overtaken");  // the old version
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return submit(act, id, office.revision(id)); }));
  EXPECT_EQ(office.order(id).city, "Kobe");
}

TEST(Chain, AnUnfinishedDraftIsKeptButNotSent) {
  Office office;
  Order o;
  o.country = "JP";
  const OrderId id = office.drafted(o);
  const auto sent = office.clerk.write([&](Act& act) { return submit(act, id, office.revision(id)); });
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.refusal().kind, Refusal::invalid);
  EXPECT_GE(sent.refusal().fields.size(), 5U);
  EXPECT_EQ(office.order(id).stage, Stage::draft);
}

TEST(Chain, ASip2miNumberIsGivenOnce) {
  Office office;
  const OrderId first = office.examined(), second = office.examined();
  ASSERT_TRUE(office.agree(office.decider, first, "SIP2MI-1/2026"));
  EXPECT_EQ(office.agree(office.decider, second, "SIP2MI-1/2026").refusal().fields.front().second.key, "offers.sip2mi_taken");
  EXPECT_EQ(office.agree(office.decider, second, "  ").refusal().fields.front().first, "sip2mi");
}

TEST(Chain, AStoppedOrderCanBeResumedAndARevokedOneNot) {
  Office office;
  const OrderId id = office.opened();
  const auto go = [&](Stage to) {
    return office.decider.write([&](Act& act) { return halt(act, id, office.revision(id), to, "contoh"); });
  };
  ASSERT_TRUE(go(Stage::suspended));
  ASSERT_TRUE(go(Stage::open));
  ASSERT_TRUE(go(Stage::revoked));
  EXPECT_FALSE(go(Stage::open));
}

// Two people with the same page before them: one wins, the other is told, whatever the step.
TEST(Chain, OfEveryStepTheSlowerIsToldAndNothingOfHisIsWritten) {
  Office office;
  const OrderId id = office.drafted();
  const auto told = [&](const Result<Done>& slower, int seen) {
    EXPECT_EQ(slower.refusal().key, "offers.overtaken");
    EXPECT_EQ(slower.refusal().kind, Refusal::conflict);
    EXPECT_EQ(office.revision(id), seen + 1);
  };
  const auto twice = [&](test::TestDb& who, auto&& step) {
    const int seen = office.revision(id);
    ASSERT_TRUE(who.write([&](Act& act) { return step(act, seen); })) << seen;
    told(who.write([&](Act& act) { return step(act, seen); }), seen);
  };
  const auto send = [&](Act& act, int seen) { return submit(act, id, seen); };
  twice(office.clerk, send);
  twice(office.attache, [&](Act& act, int seen) { return take_up(act, id, seen); });
  // The stage still allows it, but the text has changed since the page was read.
  const int read = office.revision(id);
  ASSERT_TRUE(office.attache.write([&](Act& act) { return give_back(act, id, read, {{"city", "contoh"}}); }));
  auto o = office.order(id);
  o.city = "Kobe";
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return amend(act, id, o); }));
  EXPECT_EQ(office.clerk.write([&](Act& act) { return send(act, o.revision); }).refusal().key, "offers.overtaken");
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return send(act, office.revision(id)); }));
  EXPECT_EQ(office.attache.write([&](Act& act) { return take_up(act, id, read - 1); }).refusal().key, "offers.overtaken");
  EXPECT_EQ(office.attache.write([&](Act& act) { return endorse(act, id, read, ""); }).refusal().key, "offers.overtaken");
  EXPECT_EQ(office.order(id).stage, Stage::submitted);
  twice(office.attache, [&](Act& act, int seen) { return endorse(act, id, seen, ""); });
}

// --- only one's own --------------------------------------------------------------------------------------------------------------

TEST(Own, AnotherCompanysOrderAnswersLikeAnAbsentOne) {
  Office office;
  const OrderId id = office.drafted(), absent{1};
  const auto same = [](const Refusal& a, const Refusal& b) {
    return a.kind == b.kind && a.key == b.key && a.reasons == b.reasons && a.fields == b.fields && a.words == b.words;
  };
  const auto both = [&](auto&& f) {
    return same(office.rival.write([&](Act& act) { return f(act, id); }).refusal(),
                office.rival.write([&](Act& act) { return f(act, absent); }).refusal());
  };
  EXPECT_TRUE(both([](Act& act, OrderId x) { return amend(act, x, decent()); }));
  EXPECT_TRUE(both([](Act& act, OrderId x) { return submit(act, x, 1); }));
  EXPECT_FALSE(office.rival.read([&](Act& act) { return find_mine(act, id); }));
  EXPECT_TRUE(office.rival.read([&](Act& act) { return my_orders(act, {}).page; }).empty());
  EXPECT_TRUE(office.clerk.read([&](Act& act) { return find_mine(act, id); }));
  EXPECT_FALSE(office.examiner.read([&](Act& act) { return find_mine(act, id); }));  // a draft is the company's own
}

TEST(Own, AMissionEndorsesOnlyItsCountry) {
  Office office;
  auto o = decent();
  o.country = "KR";
  const OrderId id = office.drafted(o);
  ASSERT_TRUE(office.clerk.write([&](Act& act) { return submit(act, id, office.revision(id)); }));
  EXPECT_EQ(office.attache.write([&](Act& act) { return endorse(act, id, 2, ""); }).refusal().kind, Refusal::not_found);
  EXPECT_FALSE(office.attache.read([&](Act& act) { return find_mine(act, id); }));
  EXPECT_EQ(office.examiner.write([&](Act& act) { return endorse(act, id, 2, ""); }).refusal().kind, Refusal::not_found);
}

TEST(Own, WithoutTheDutyEverythingIsForbidden) {
  Office office;
  const OrderId id = office.examined();
  EXPECT_EQ(office.visitor.write([&](Act& act) { return draft(act, decent(office.company)); }).refusal().kind, Refusal::forbidden);
  EXPECT_EQ(office.clerk.write([&](Act& act) { return examine(act, id, 1, true, {}, ""); }).refusal().kind, Refusal::forbidden);
  EXPECT_EQ(office.examiner.write([&](Act& act) { return decide(act, id, 1, true, "x", today, ""); }).refusal().kind,
            Refusal::forbidden);
}

TEST(Own, AClerksOrderIsAlwaysItsOwnCompanys) {
  Office office;
  const auto id = office.clerk.write([&](Act& act) { return draft(act, decent(office.other)); });
  ASSERT_TRUE(id);
  EXPECT_EQ(office.order(*id).company, office.company);
}

// --- quota -----------------------------------------------------------------------------------------------------------------------

TEST(Quota, WhatOneSexHasLeftFillsNoPlaceOfTheOther) {
  Office office;
  auto o = decent();
  o.posts[0].quota_men = 2;
  o.posts[0].quota_women = 1;
  o.posts[0].sex_rule_kind = "agreement";
  o.posts[0].sex_rule_basis = "MoU 2/2021";
  o.posts[0].quota_any = 0;
  const OrderId id = office.endorsed(o);
  ASSERT_TRUE(office.examiner.write([&](Act& act) { return examine(act, id, office.revision(id), true, {}, ""); }));
  ASSERT_TRUE(office.agree(office.decider, id, "SIP2MI-1/2026"));
  const PostId post = office.order(id).posts[0].id;
  const auto take = [&](Seat s) { return office.clerk.write([&](Act& act) { return reserve(act, post, s); }); };
  ASSERT_TRUE(take(Seat::woman));
  EXPECT_EQ(take(Seat::woman).refusal().key, "offers.quota_full_women");
  ASSERT_TRUE(take(Seat::man));
  const Post now = office.order(id).posts[0];
  EXPECT_EQ(left(now, Seat::man), 1);
  EXPECT_EQ(left(now, Seat::woman), 0);
  EXPECT_EQ(taken(now, Seat::man).reserved, 1);
  EXPECT_EQ(now.reserved, 2);
}

TEST(Quota, TwoHundredAtOnceOnSevenPlacesEndWithExactlySeven) {
  Office office;
  const OrderId id = office.opened();
  const PostId post = office.order(id).posts[0].id;
  std::atomic<int> got{0}, full{0};
  std::vector<std::thread> people;
  for (int t = 0; t < 20; ++t)
    people.emplace_back([&, who = office.clerk]() mutable {
      for (int i = 0; i < 10; ++i) {
        const auto done = who.write([&](Act& act) { return reserve(act, post); });
        if (done)
          ++got;
        else if (done.refusal().key == "offers.quota_full")
          ++full;
      }
    });
  for (auto& p : people) p.join();
  EXPECT_EQ(got, 7);
  EXPECT_EQ(full, 193);
  EXPECT_EQ(office.order(id).posts[0].reserved, 7);
}

TEST(Quota, PlacesForMenAndWomenAreCountedApart) {
  Office office;
  auto o = decent();
  o.posts[0].quota_men = 1;
  o.posts[0].quota_women = 1;
  o.posts[0].quota_any = 1;
  const OrderId id = office.endorsed(o);
  ASSERT_TRUE(office.examiner.write([&](Act& act) { return examine(act, id, office.revision(id), true, {}, ""); }));
  ASSERT_TRUE(office.agree(office.decider, id, "SIP2MI-7"));
  const PostId post = office.order(id).posts[0].id;
  const auto take = [&](Seat s) { return bool(office.clerk.write([&](Act& act) { return reserve(act, post, s); })); };
  EXPECT_TRUE(take(Seat::man));
  EXPECT_TRUE(take(Seat::man));   // the place for anybody
  EXPECT_FALSE(take(Seat::man));  // the last one is a woman's
  EXPECT_TRUE(take(Seat::woman));
  EXPECT_FALSE(take(Seat::woman));
  EXPECT_TRUE(office.clerk.write([&](Act& act) { return release(act, post, Seat::man); }));
  EXPECT_TRUE(take(Seat::man));
}

TEST(Quota, OnlyTheOrdersCompanyReservesAndOnlyWhileOpen) {
  Office office;
  const OrderId id = office.opened();
  const PostId post = office.order(id).posts[0].id;
  EXPECT_EQ(office.rival.write([&](Act& act) { return reserve(act, post); }).refusal().kind, Refusal::not_found);
  office.suspend(office.company);
  EXPECT_EQ(office.clerk.write([&](Act& act) { return reserve(act, post); }).refusal().key, "offers.blocked");
  EXPECT_EQ(office.clerk.write([&](Act& act) { return release(act, post); }).refusal().key, "offers.nothing_reserved");
}

// --- public list
// -------------------------------------------------------------------------------------------------------------------

TEST(OpenOrders, AreFoundByCountryWorkAndEducation) {
  Office office;
  office.opened();
  const auto count = [&](Query q) {
    int total = 0;
    office.visitor.read([&](Act& act) { return open_orders(act, q, 10, total); });
    return total;
  };
  EXPECT_EQ(count({}), 1);
  EXPECT_EQ(count({.country = "JP"}), 1);
  EXPECT_EQ(count({.country = "DE"}), 0);
  EXPECT_EQ(count({.occupation = "PERAWAT"}), 1);
  EXPECT_EQ(count({.occupation = "caregiver"}), 1);
  EXPECT_EQ(count({.occupation = "%"}), 1);  // a wildcard means nothing: no filter
  EXPECT_EQ(count({.occupation = "lans"}), 1);
  EXPECT_EQ(count({.occupation = "5322"}), 1);
  EXPECT_EQ(count({.occupation = "tukang batu"}), 0);
  EXPECT_EQ(count({.education = "SMP"}), 0);
  EXPECT_EQ(count({.education = "SMA"}), 1);
  EXPECT_EQ(count({.education = "S1"}), 1);
  EXPECT_EQ(count({.text = "samudra"}), 1);  // by the company's name
  EXPECT_EQ(count({.text = "bahari"}), 0);
}

TEST(Reference, ACountryIsFoundByAnyOfItsNames) {
  EXPECT_EQ(reference::country_named("jepang")->alpha2, "JP");
  EXPECT_EQ(reference::country_named("Korsel")->alpha2, "KR");
  EXPECT_EQ(reference::country_named("HONG KONG")->alpha2, "HK");
  EXPECT_EQ(reference::country_named("Negeri Dongeng"), nullptr);
}

// --- no sequence of commands opens an order that has a bar or that its examiner decided
// ---------------------------------------------

struct Model {};
using Command = rc::state::Command<Model, struct Machine>;

struct Machine {
  Office office;
  OrderId id;
  std::vector<test::TestDb> people;  // one person with both duties, an examiner, a decider
};

void check_opened(Machine& m) {
  const Order o = m.office.order(m.id);
  const auto all = m.office.db.read([&](Act& act) { return steps(act, m.id); });
  UserId first;
  for (const auto& s : all) {
    if (s.what == "proposed_verify") first = s.by;
    if (s.what == "agreed_verify") RC_ASSERT(first && s.by != first);
  }
  if (o.stage == Stage::open) RC_ASSERT(o.examined_by && o.decided_by && o.examined_by != o.decided_by && !o.code.empty());
}

struct Any : Command {
  int chosen = *rc::gen::inRange(0, 18), who = *rc::gen::inRange(0, 3), late = *rc::gen::inRange(0, 2);
  bool good = *rc::gen::arbitrary<bool>();
  // Half of all steps follow the chain, so that walks reach its end.
  static int next(Stage s) {
    return s == Stage::draft || s == Stage::returned ? 1 : s == Stage::submitted ? 2 : s == Stage::endorsed ? 4 : 6;
  }
  void apply(Model&) const override {}
  void run(const Model&, Machine& m) const override {
    auto& office = m.office;
    auto& person = m.people[static_cast<std::size_t>(who)];
    const Order before = office.order(m.id);
    const int seen = before.revision - late;
    const bool barred = office.db.read([&](Act& act) { return blocked(act, before).has_value(); });
    bool opened = false;
    switch (chosen < 9 ? chosen : next(before.stage)) {
      case 0: {
        Order o = before;
        o.fee_to_worker = {good ? 0 : 1'000'000, "IDR"};
        (void)office.clerk.write([&](Act& act) { return amend(act, m.id, o); });
        break;
      }
      case 1: (void)office.clerk.write([&](Act& act) { return submit(act, m.id, seen); }); break;
      case 2: (void)office.attache.write([&](Act& act) { return endorse(act, m.id, seen, ""); }); break;
      case 3: (void)office.attache.write([&](Act& act) { return give_back(act, m.id, seen, {{"city", "contoh"}}); }); break;
      case 4:
      case 5: (void)person.write([&](Act& act) { return examine(act, m.id, seen, good, {Fault::quota_exceeded}, ""); }); break;
      case 6:
      case 7:
        opened =
            bool(person.write([&](Act& act) { return decide(act, m.id, seen, good, "SIP2MI-1", today.plus_days(9), "contoh"); })) &&
            office.order(m.id).stage == Stage::open;
        break;
      case 8:
        (void)person.write([&](Act& act) { return halt(act, m.id, seen, good ? Stage::open : Stage::suspended, "contoh"); });
        break;
    }
    if (opened) RC_ASSERT(!barred);
    if (before.stage != Stage::open && office.order(m.id).stage == Stage::open) RC_ASSERT(!barred);
    check_opened(m);
  }
  void show(std::ostream& os) const override {
    os << "step " << chosen << " by " << who << (good ? " good" : " bad") << " late " << late;
  }
};

RC_GTEST_PROP(Machine, NeverOpensABarredOrderOrOneDecidedByItsExaminer, ()) {
  Machine m;
  Order o = decent();
  o.fee_to_worker = {*rc::gen::arbitrary<bool>() ? 0 : 1'000'000, "IDR"};
  m.id = m.office.drafted(o);
  m.people = {m.office.both, m.office.examiner, m.office.decider};
  rc::state::check(Model{}, m, rc::state::gen::execOneOfWithArgs<Any>());
}

}  // namespace
}  // namespace rantau::offers
