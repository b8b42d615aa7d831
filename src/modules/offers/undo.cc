// Taking a step back: instead of asking "are you sure?", for as long as nobody and nothing has built on it.
#include "modules/offers/orders.h"
#include "modules/offers/store.h"

namespace rantau::offers {
namespace {

constexpr std::int64_t public_ms = 60'000;                      // what the public reads may change back for a minute
constexpr std::int64_t inside_ms = 30LL * 24 * 60 * 60 * 1000;  // what only offices read, for thirty days

// The duty that the step asked for; losing it takes the way back too.
bool still_has_the_duty(Act& act, const Order& o, std::string_view what) {
  if (what == "discarded" || what == "withdrawn") return act.may(Right::submit_job_orders) && act.who.company == o.company;
  if (what == "endorsed_on_paper") return act.may(Right::examine_job_orders);
  if (what == "taken_up" || what == "endorsed") return may_endorse(act, o);
  if (what == "returned") return act.may(Right::examine_job_orders) || may_endorse(act, o);
  return act.may(what.starts_with("proposed_") ? Right::examine_job_orders : Right::decide_job_orders);
}

int taken(const Order& o) {
  int all = 0;
  for (const Post& p : o.posts) all += p.reserved + p.used;
  return all;
}

}  // namespace

Instant undo_until(const Step& s) {
  for (std::string_view what : {"agreed_verify", "suspended", "resumed", "revoked"})
    if (s.what == what) return {s.at.ms + public_ms};
  for (std::string_view what : {"taken_up", "endorsed", "returned", "proposed_verify", "proposed_refuse", "disagreed",
                                "agreed_refuse", "discarded", "withdrawn", "endorsed_on_paper"})
    if (s.what == what) return {s.at.ms + inside_ms};
  return {};
}

std::optional<Refusal> cannot_undo(Act& act, const Order& o, const Step& s) {
  if (!act.who.user || s.by != act.who.user || !still_has_the_duty(act, o, s.what))
    return Refusal{Refusal::forbidden, "offers.undo_not_yours"};
  const auto before = store::before(act.db, s.id);
  if (!before || act.now.ms > undo_until(s).ms) return Refusal{Refusal::conflict, "offers.undo_too_late"};
  if (s.revision != o.revision || taken(o) != before->taken) return Refusal{Refusal::conflict, "offers.undo_built_on"};
  return {};
}

Result<OrderId> undo(Act& act, StepId id) {
  if (!act.may(Right::see_job_orders) && !act.may(Right::submit_job_orders))
    return Refusal{Refusal::forbidden, "offers.not_your_duty"};
  const auto order = store::order_of_step(act.db, id);
  auto o = find_mine(act, order);
  if (!o) return Refusal{Refusal::not_found, "offers.unknown"};
  Step undone;
  for (Step& s : store::steps(act.db, order))
    if (s.id == id) undone = std::move(s);
  if (auto no = cannot_undo(act, *o, undone)) return *no;
  const Stage was = o->stage;
  store::put_back(*o, *store::before(act.db, id));
  if (!store::move(act.db, *o, o->revision)) return Refusal{Refusal::conflict, "offers.undo_built_on"};
  // The step stays in the history, followed by this one: nothing that was done is made unseen.
  store::add_step(act.db, act.fresh_id(), order, act.now, act.who.user, "undone", o->stage, o->revision + 1, undone.what);
  act.record("offers.undone", order,
             "step=" + undone.what + " stage=" + std::string(word(was)) + ">" + std::string(word(o->stage)));
  return order;
}

}  // namespace rantau::offers
