// Taking a step back: by whom, for how long, what it gives back, and what makes it impossible.
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/offers/orders_world.h"

namespace rantau::offers {
namespace {

using orders_world::Office;
using orders_world::today;

struct Desk : Office {
  Step last(OrderId id) {
    return db.read([&](Act& act) { return steps(act, id).back(); });
  }
  Result<OrderId> back(test::TestDb& who, OrderId id) {
    const StepId step = last(id).id;
    return who.write([&](Act& act) { return undo(act, step); });
  }
  Color verdict(std::string code) {
    return db.read([&](Act& act) { return check(act, code).color; });
  }
};

std::string why(const Result<OrderId>& r) { return r ? "done" : r.refusal().key; }

TEST(Undo, ADecisionTakenBackTakesThePublicCodeAndTheVerdictBackAtOnce) {
  Desk d;
  const OrderId id = d.examined();
  const Order before = d.order(id);
  ASSERT_TRUE(d.agree(d.decider, id, "SIP2MI-1/2026"));
  const std::string code = d.order(id).code;
  ASSERT_EQ(d.verdict(code), Color::resmi);
  d.db.later(59);
  ASSERT_EQ(why(d.back(d.decider, id)), "done");
  EXPECT_EQ(d.verdict(code), Color::belum_terbukti);
  EXPECT_FALSE(d.db.read([&](Act& act) { return find_by_code(act, code); }));
  EXPECT_EQ(d.db.read([&](Act& act) {
    int total = 0;
    return open_orders(act, {}, 10, total).size();
  }),
            0U);
  const Order now = d.order(id);
  EXPECT_EQ(now.stage, Stage::examined);
  EXPECT_EQ(now.proposed_verify, before.proposed_verify);
  EXPECT_EQ(now.examined_by, before.examined_by);
  EXPECT_EQ(now.stage_since, before.stage_since);
  EXPECT_FALSE(now.decided_by);
  EXPECT_TRUE(now.sip2mi.empty() && now.code.empty() && !now.sip2mi_until.known());
  EXPECT_EQ(now.revision, before.revision + 2);  // whoever holds an older page is told
  ASSERT_TRUE(d.agree(d.decider, id, "SIP2MI-1/2026")) << "its number is free again";
}

TEST(Undo, IsAStepOfItsOwnAndInTheJournal) {
  Desk d;
  const OrderId id = d.examined();
  ASSERT_EQ(why(d.back(d.examiner, id)), "done");
  EXPECT_EQ(d.order(id).stage, Stage::endorsed);
  const Step s = d.last(id);
  EXPECT_EQ(s.what, "undone");
  EXPECT_EQ(s.note, "proposed_verify");
  EXPECT_EQ(s.stage, Stage::endorsed);
  const auto journal = test::audit(d.db);
  EXPECT_EQ(std::count(journal.begin(), journal.end(), "offers.undone"), 1);
  EXPECT_NE(why(d.back(d.examiner, id)), "done") << "an undoing is not undone";
}

TEST(Undo, EveryStepOfAnOfficerGivesBackTheStageBeforeIt) {
  Desk d;
  const OrderId id = d.drafted();
  const auto step = [&](test::TestDb& who, auto&& take) {
    const Order before = d.order(id);
    ASSERT_TRUE(who.write([&](Act& act) { return take(act, before.revision); }));
    const std::string what = d.last(id).what;
    ASSERT_NE(d.order(id).stage, before.stage) << what;
    ASSERT_EQ(why(d.back(who, id)), "done") << what;
    EXPECT_EQ(d.order(id).stage, before.stage) << what;
    EXPECT_EQ(d.order(id).code, before.code) << what;
  };
  const auto really = [&](test::TestDb& who, auto&& take) {
    const int seen = d.revision(id);
    ASSERT_TRUE(who.write([&](Act& act) { return take(act, seen); }));
  };
  really(d.clerk, [&](Act& act, int seen) { return submit(act, id, seen); });
  step(d.attache, [&](Act& act, int seen) { return take_up(act, id, seen); });
  step(d.attache, [&](Act& act, int seen) { return give_back(act, id, seen, {{"city", "contoh"}}); });
  step(d.attache, [&](Act& act, int seen) { return endorse(act, id, seen, ""); });
  really(d.attache, [&](Act& act, int seen) { return endorse(act, id, seen, ""); });
  step(d.examiner, [&](Act& act, int seen) { return give_back(act, id, seen, {{"city", "contoh"}}); });
  step(d.examiner, [&](Act& act, int seen) { return examine(act, id, seen, false, {Fault::letter_doubtful}, "Kop surat lain"); });
  step(d.examiner, [&](Act& act, int seen) { return examine(act, id, seen, true, {}, ""); });
  really(d.examiner, [&](Act& act, int seen) { return examine(act, id, seen, true, {}, ""); });
  step(d.decider, [&](Act& act, int seen) { return decide(act, id, seen, false, "", {}, "contoh"); });
  step(d.decider, [&](Act& act, int seen) { return decide(act, id, seen, true, "SIP2MI-7", today.plus_days(9), ""); });
  really(d.decider, [&](Act& act, int seen) { return decide(act, id, seen, true, "SIP2MI-7", today.plus_days(9), ""); });
  step(d.decider, [&](Act& act, int seen) { return halt(act, id, seen, Stage::revoked, "contoh"); });
  step(d.decider, [&](Act& act, int seen) { return halt(act, id, seen, Stage::suspended, "contoh"); });
  really(d.decider, [&](Act& act, int seen) { return halt(act, id, seen, Stage::suspended, "contoh"); });
  step(d.decider, [&](Act& act, int seen) { return halt(act, id, seen, Stage::open, "contoh"); });
}

TEST(Undo, OnlyByThePersonWhoTookTheStep) {
  Desk d;
  const OrderId id = d.opened();
  EXPECT_EQ(why(d.back(d.both, id)), "offers.undo_not_yours");
  EXPECT_EQ(why(d.back(d.visitor, id)), "offers.not_your_duty");
  EXPECT_EQ(why(d.back(d.rival, id)), "offers.unknown");
  auto without_duty = d.db.as("budi", {Right::see_job_orders});  // the same person, after the role was taken away
  EXPECT_EQ(why(d.back(without_duty, id)), "offers.undo_not_yours");
  EXPECT_EQ(d.order(id).stage, Stage::open);
  EXPECT_EQ(why(d.decider.write([&](Act& act) { return undo(act, StepId{1}); })), "offers.unknown");
}

TEST(Undo, WhatThePublicReadsForAMinuteWhatOnlyOfficesReadForThirtyDays) {
  Desk d;
  const OrderId id = d.opened();
  d.db.later(61);
  EXPECT_EQ(why(d.back(d.decider, id)), "offers.undo_too_late");
  const OrderId inside = d.examined();
  d.db.later(29 * 24 * 3600);
  EXPECT_EQ(why(d.back(d.examiner, inside)), "done");
  const int seen = d.revision(inside);
  ASSERT_TRUE(
      d.examiner.write([&](Act& act) { return examine(act, inside, seen, false, {Fault::letter_doubtful}, "Kop surat lain"); }));
  d.db.later(30 * 24 * 3600 + 1);
  EXPECT_EQ(why(d.back(d.examiner, inside)), "offers.undo_too_late");
}

TEST(Undo, NotWhenSomethingWasBuiltOnIt) {
  Desk d;
  const OrderId id = d.examined();
  const StepId proposal = d.last(id).id;
  ASSERT_TRUE(d.agree(d.decider, id, "SIP2MI-1/2026"));
  EXPECT_EQ(why(d.examiner.write([&](Act& act) { return undo(act, proposal); })), "offers.undo_built_on");
  const PostId post = d.order(id).posts[0].id;
  ASSERT_TRUE(d.clerk.write([&](Act& act) { return reserve(act, post); }));
  EXPECT_EQ(why(d.back(d.decider, id)), "offers.undo_built_on") << "a worker has a place";
  EXPECT_EQ(d.order(id).stage, Stage::open);
  ASSERT_TRUE(d.clerk.write([&](Act& act) { return release(act, post); }));
  EXPECT_EQ(why(d.back(d.decider, id)), "done");
}

}  // namespace
}  // namespace rantau::offers
