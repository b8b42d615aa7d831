// What the pages of job orders ask beyond offers.h: the timeline, the lists, and how a company types an order.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/access/access.h"
#include "modules/offers/offers.h"

namespace rantau::offers {

// Why a step was taken: a field that is wrong (returned) or a named fault (refused).
struct Reason {
  std::string field, fault, reason;
};
using StepId = Id<struct StepTag>;
struct Step {
  StepId id;
  Instant at;
  UserId by;
  std::string what, note;  // drafted amended submitted taken_up endorsed returned proposed_verify proposed_refuse
  Stage stage{};           // agreed_verify agreed_refuse disagreed suspended resumed revoked undone (note: what)
                           // discarded withdrawn endorsed_on_paper
  int revision = 0;
  std::vector<Reason> reasons{};
};

// Who has to act next.
enum class Holder { company, mission, examiner, decider, nobody };
std::string_view word(Holder);
Holder holder(Stage);
Holder holder(Act&, const Order&);  // where no mission serves the country, its examiner has the order
bool hidden(Stage);                 // before its company has sent it: nobody else reads it
// Why its company may not send a new order on that day: no company that may not recruit brings new work (UU 18/2017 Pasal 51).
// What came back to it is answered all the same. Nothing: it may be sent. Pure.
std::optional<Refusal> cannot_send(const Order&, const partners::Company&, Date today);
bool may_withdraw(Stage);       // sent, and no decision is proposed yet
constexpr int note_max = 1000;  // characters of a note or reason
constexpr int turn_days = 5;    // that one of them should need at most
// Whole days an order has stood where it stands.
int days_there(const Order&, Date today);
// What a draft still lacks before it can be submitted: field and what is wrong. Pure.
std::vector<std::pair<std::string, Sentence>> gaps(const Order&);

// An order as this person may see it: a company its own, a mission its countries, an officer all but drafts. Nothing: absent
// or not for this person, the two are never told apart.
std::optional<Order> find_mine(Act&, OrderId);
// A page of the orders that this person may see, as find_mine; by stage along the chain, the oldest in it first.
struct Asked {
  std::string view;   // word of a stage; "mine": waits for this person; "": in work (officers), not thrown away (companies)
  std::string text;   // letter, employer, city, work, permit or code; officers also the company
  std::string after;  // Orders::next of the page before
  int count = 50;     // 0: only how many there are
};
struct Orders {
  std::vector<Order> page;
  std::string next;  // empty: this is the last page
  int total = 0;     // in this view, on all pages
  struct Part {
    Stage stage{};
    int all = 0, mine = 0;
  };
  std::vector<Part> parts;  // all stages that hold any, along the chain, with the text asked for
  int in_work = 0, mine = 0;
};
Orders my_orders(Act&, const Asked&);
std::string pulse(Act&);  // another word when any of an officer's orders moved
std::vector<Step> steps(Act&, OrderId);
// All faults that bar this order today, as one refusal; nothing: it may be opened.
// `opened_before`: what this office owes to its own tables holds up no place of an order that it has verified.
std::optional<Refusal> blocked(Act&, const Order&, bool opened_before = false);

// May this person endorse, begin or return at the mission's place? A mission for its countries.
bool may_endorse(Act&, const Order&);

// Until when a step may be taken back: what the public reads for a minute, what only offices read for thirty days; an
// instant of 0: never. Pure.
Instant undo_until(const Step&);
// Why this person may not take this step back (any more); nothing: he may.
std::optional<Refusal> cannot_undo(Act&, const Order&, const Step&);
// Gives the order the state it had before the step, its public code included. The newest step, by whoever took it, while
// no place was reserved or released since. Recorded as a step of its own.
Result<OrderId> undo(Act&, StepId);

// Suspend, resume or revoke an order that was opened. decide_job_orders.
Result<Done> halt(Act&, OrderId, int revision, Stage to, std::string_view reason);

// Who sends to this job and where it leads, as both stand: an order whose own stage is open is offered only while both allow it.
struct Standing {
  partners::Company company;
  std::vector<partners::OpenRule> openness;  // of its country
};
Standing standing(Act&, const Order&);
enum class ClosedBy { nothing, stage, licence, country };  // the first that applies
ClosedBy closed_by(const Order&, const Standing&, Date today);
// The rule that closes the country to one of the posts; nothing: none does. A country not stated closes nothing that was verified.
std::optional<partners::OpenRule> closing_rule(const Order&, const Standing&, Date today);

// For an empty list: countries where this work is open, most first.
struct Near {
  std::string country;
  int orders = 0;
};
std::vector<Near> open_elsewhere(Act&, Query);  // the same question, asked of every country

}  // namespace rantau::offers
