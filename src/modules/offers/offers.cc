// Use cases of job orders: what a clerk, a mission, an examiner and a decider may do, each once and recorded.
#include "modules/offers/offers.h"

#include <algorithm>
#include <map>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/orders.h"
#include "modules/offers/store.h"

namespace rantau::offers {
namespace {

constexpr std::size_t most_posts = 5;

Refusal not_yours() { return {Refusal::forbidden, "offers.not_your_duty"}; }
Refusal unknown() { return {Refusal::not_found, "offers.unknown"}; }
// The step does not fit where the order stands, though nobody has changed it.
Refusal wrong_stage(Stage s) { return {Refusal::conflict, "offers.wrong_stage", {{"offers.stage." + std::string(word(s))}}}; }
// Somebody was faster: the sentence names what happened meanwhile. Nobody was, where the reader's version is still the newest.
Refusal overtaken(const Order& o, int seen) {
  if (o.revision == seen) return wrong_stage(o.stage);
  return {Refusal::conflict, "offers.overtaken", {{"offers.stage." + std::string(word(o.stage))}}};
}
Refusal missing(std::string_view field, std::string_view key) {
  return {Refusal::invalid, "offers.not_complete", {}, {{std::string(field), Sentence{std::string(key)}}}};
}

bool own(const Act& act, const Order& o) { return act.who.company && act.who.company == o.company; }

// Writes the stage with its step and journal row, or says that somebody was faster.
Result<Done> step_to(Act& act, Order& o, int seen, std::string_view what, std::string_view note,
                     const std::vector<Reason>& reasons = {}) {
  o.stage_since = act.now;
  const auto before = store::find(act.db, o.id);
  if (!store::move(act.db, o, seen)) return overtaken(*store::find(act.db, o.id), seen);
  o.revision = seen + 1;
  const StepId step = store::add_step(act.db, act.fresh_id(), o.id, act.now, act.who.user, what, o.stage, o.revision, note);
  if (before) store::keep_before(act.db, step, *before);
  int place = 0;
  std::string detail = "stage=" + std::string(word(o.stage));
  for (const Reason& why : reasons) {
    store::add_reason(act.db, step, ++place, why);
    detail += (place == 1 ? " reasons=" : ",") + (why.fault.empty() ? why.field : why.fault);
  }
  act.record("offers." + std::string(what), o.id, detail);
  return Done{};
}

void clean(Act& act, Order& o) {
  if (o.posts.size() > most_posts) o.posts.resize(most_posts);
  for (Post& p : o.posts) {
    p.id = act.fresh<PostId>();
    p.reserved = p.used = 0;
    p.any = p.men = p.women = {};
  }
}

std::optional<Refusal> cannot_be_kept(const Order& o) {
  Refusal no{Refusal::invalid, "offers.not_complete"};
  if (!o.country.empty() && !reference::countries().empty() && !reference::country(o.country))
    no.fields.emplace_back("country", Sentence{"offers.order.country_wrong"});
  for (std::size_t i = 0; i < o.posts.size(); ++i) {
    const Post& p = o.posts[i];
    const bool negative = p.quota_men < 0 || p.quota_women < 0 || p.quota_any < 0 || p.pay.minor < 0;
    if (negative) no.fields.emplace_back("p" + std::to_string(i + 1) + "_quota_any", Sentence{"offers.post.quota_wrong"});
  }
  return no.fields.empty() ? std::nullopt : std::optional(no);
}

// What the register knows of the named partner fills what was left empty; what contradicts it is refused.
std::optional<Refusal> join_partner(Act& act, Order& o) {
  if (!o.employer) return std::nullopt;
  const auto partner = partners::find_foreign(act, o.employer);
  if (!partner) return missing("employer", "offers.order.partner_unknown");
  if (o.country.empty()) o.country = partner->country;
  if (o.country != partner->country) return missing("employer", "offers.order.partner_elsewhere");
  // An agency is a partner, not the employer: it lends nobody its name.
  if (o.employer_name.empty() && partner->kind == "employer") o.employer_name = partner->name;
  return std::nullopt;
}

}  // namespace

Result<OrderId> draft(Act& act, Order o) {
  if (!act.may(Right::submit_job_orders)) return not_yours();
  if (act.who.company) o.company = act.who.company;  // a clerk's order is always its own company's
  if (!o.company || !partners::find(act, o.company)) return unknown();
  if (auto no = cannot_be_kept(o)) return *no;
  if (auto no = join_partner(act, o)) return *no;
  o.id = act.fresh<OrderId>();
  clean(act, o);
  o.stage = Stage::draft;
  o.stage_since = act.now;
  o.revision = 1;
  o.sip2mi.clear();
  o.code.clear();
  store::insert(act.db, o);
  store::add_step(act.db, act.fresh_id(), o.id, act.now, act.who.user, "drafted", o.stage, 1, "");
  act.record("offers.drafted", o.id);
  return o.id;
}

Result<Done> amend(Act& act, OrderId id, Order o) {
  if (!act.may(Right::submit_job_orders)) return not_yours();
  const auto before = store::find(act.db, id);
  if (!before || !own(act, *before)) return unknown();
  if (before->stage != Stage::draft && before->stage != Stage::returned) return overtaken(*before, o.revision);
  if (auto no = cannot_be_kept(o)) return *no;
  if (auto no = join_partner(act, o)) return *no;
  o.id = id;
  clean(act, o);
  if (!store::rewrite(act.db, o)) return overtaken(*before, o.revision);
  store::add_step(act.db, act.fresh_id(), id, act.now, act.who.user, "amended", before->stage, o.revision + 1, "");
  act.record("offers.amended", id);
  return Done{};
}

Result<Done> submit(Act& act, OrderId id, int revision) {
  if (!act.may(Right::submit_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || !own(act, *o)) return unknown();
  if ((o->stage != Stage::draft && o->stage != Stage::returned) || o->revision != revision) return overtaken(*o, revision);
  const auto company = partners::find(act, o->company);
  if (auto no = cannot_send(*o, company ? *company : partners::Company{}, act.today)) return *no;
  if (auto lacks = gaps(*o); !lacks.empty()) return Refusal{Refusal::invalid, "offers.not_complete", {}, lacks};
  o->stage = Stage::submitted;
  o->submitted_by = act.who.user;
  o->submitted_at = act.now;
  return step_to(act, *o, revision, "submitted", "");
}

Result<Done> discard(Act& act, OrderId id, int revision) {
  if (!act.may(Right::submit_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || !own(act, *o)) return unknown();
  if (o->stage != Stage::draft || o->revision != revision) return overtaken(*o, revision);
  o->stage = Stage::discarded;
  return step_to(act, *o, revision, "discarded", "");
}

Result<Done> withdraw(Act& act, OrderId id, int revision, std::string_view reason) {
  if (!act.may(Right::submit_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || !own(act, *o)) return unknown();
  if (!may_withdraw(o->stage) || o->revision != revision) return overtaken(*o, revision);
  if (text::length(reason) > note_max) return missing("reason", "offers.reason_too_long");
  o->stage = Stage::withdrawn;
  return step_to(act, *o, revision, "withdrawn", reason);
}

Result<Done> set_mission(Act& act, OrgId org, std::string_view country) {
  if (!act.may(Right::manage_users)) return not_yours();
  if (!org || !access::find_org(act, org)) return Refusal{Refusal::not_found, "offers.unknown_org"};
  if (country.size() != 2) return missing("country", "offers.order.country_wrong");
  store::set_mission(act.db, org, country);
  act.record("offers.mission_set", org, country);
  return Done{};
}

std::vector<std::string> mission_countries(Act& act, OrgId org) {
  return org ? store::mission_countries(act.db, org) : std::vector<std::string>{};
}

bool may_endorse(Act& act, const Order& o) {
  const auto countries = mission_countries(act, act.who.org);
  return std::find(countries.begin(), countries.end(), o.country) != countries.end();
}

bool has_mission(Act& act, std::string_view country) { return store::has_mission(act.db, country); }

Result<Done> take_up(Act& act, OrderId id, int revision) {
  if (!act.may(Right::see_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || !may_endorse(act, *o)) return unknown();
  if (o->stage != Stage::submitted || o->revision != revision) return overtaken(*o, revision);
  o->stage = Stage::verif_atnaker;
  return step_to(act, *o, revision, "taken_up", "");
}

Result<Done> endorse(Act& act, OrderId id, int revision, std::string_view note) {
  if (!act.may(Right::see_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || !may_endorse(act, *o)) return unknown();
  if ((o->stage != Stage::submitted && o->stage != Stage::verif_atnaker) || o->revision != revision) return overtaken(*o, revision);
  o->stage = Stage::endorsed;
  return step_to(act, *o, revision, "endorsed", note);
}

Result<Done> endorse_on_paper(Act& act, OrderId id, int revision, const Endorsement& letter) {
  if (!act.may(Right::examine_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || hidden(o->stage)) return unknown();
  if (holder(o->stage) != Holder::mission || o->revision != revision) return overtaken(*o, revision);
  if (has_mission(act, o->country)) return Refusal{Refusal::conflict, "offers.mission_serves"};
  Refusal no{Refusal::invalid, "offers.not_complete"};
  if (text::trim(letter.mission).empty()) no.fields.emplace_back("mission", Sentence{"offers.paper.mission_missing"});
  if (text::trim(letter.number).empty()) no.fields.emplace_back("letter", Sentence{"offers.paper.letter_missing"});
  if (!letter.day.known() || letter.day > act.today) no.fields.emplace_back("letter_day", Sentence{"offers.paper.day_wrong"});
  if (!no.fields.empty()) return no;
  o->stage = Stage::endorsed;
  return step_to(act, *o, revision, "endorsed_on_paper",
                 text::trim(letter.mission) + ", " + text::trim(letter.number) + ", " + letter.day.iso());
}

Result<Done> give_back(Act& act, OrderId id, int revision, const std::vector<std::pair<std::string, std::string>>& field_reasons) {
  if (!act.may(Right::see_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  const bool mission = o && may_endorse(act, *o);
  // The examiner returns what was endorsed, and what no mission can return.
  const bool agency = o && act.may(Right::examine_job_orders) && holder(act, *o) == Holder::examiner;
  if (!o || hidden(o->stage) || (!mission && !act.may(Right::examine_job_orders))) return unknown();
  const bool at_mission = o->stage == Stage::submitted || o->stage == Stage::verif_atnaker;
  if (o->revision != revision || !((at_mission && mission) || agency)) return overtaken(*o, revision);
  if (field_reasons.empty()) return missing("reason", "offers.return_needs_reason");
  std::vector<Reason> reasons;
  for (const auto& [field, why] : field_reasons) reasons.push_back({field, "", why});
  o->stage = Stage::returned;
  return step_to(act, *o, revision, "returned", "", reasons);
}

namespace {

// What of a refusal does not stand: a reason that no rule finds today, one that is the office's own omission, one without a note.
std::optional<Refusal> unfounded(Act& act, const Order& o, const std::vector<Fault>& reasons, std::string_view note) {
  Refusal no{Refusal::invalid, "offers.refusal_unfounded"};
  const auto found = faults(o, facts_for(act, o), act.today);
  const auto wrong = [&](std::string field, const char* key, Fault f) {
    no.fields.emplace_back(std::move(field), Sentence{key, {{"reason", std::string(word(f))}}});
  };
  for (Fault f : reasons) {
    const bool holds = std::any_of(found.begin(), found.end(), [&](const Found& x) { return x.fault == f; });
    const std::string field = "fault_" + std::string(word(f));
    if (of_office(f))
      wrong(field, "offers.reason_of_office", f);
    else if (judged(f) && text::trim(note).empty())
      wrong("note", "offers.judged_needs_note", f);
    else if (!judged(f) && !holds)
      wrong(field, "offers.reason_untrue", f);
  }
  return no.fields.empty() ? std::nullopt : std::optional(no);
}

}  // namespace

Result<Done> examine(Act& act, OrderId id, int revision, bool verify, const std::vector<Fault>& reasons, std::string_view note) {
  if (!act.may(Right::examine_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || hidden(o->stage)) return unknown();
  if (o->stage != Stage::endorsed || o->revision != revision) return overtaken(*o, revision);
  std::vector<Reason> named;
  if (verify) {
    if (auto no = blocked(act, *o)) return *no;
  } else {
    if (reasons.empty()) return missing("reason", "offers.refusal_needs_reason");
    if (auto no = unfounded(act, *o, reasons, note)) return *no;
    for (Fault f : reasons) named.push_back({"", std::string(word(f)), ""});
  }
  o->stage = Stage::examined;
  o->proposed_verify = verify;
  o->examined_by = act.who.user;
  o->examined_at = act.now;
  return step_to(act, *o, revision, verify ? "proposed_verify" : "proposed_refuse", note, named);
}

std::optional<Refusal> blocked(Act& act, const Order& o, bool opened_before) {
  Refusal no{Refusal::conflict, "offers.blocked"};
  for (const Found& f : faults(o, facts_for(act, o), act.today))
    if (blocks(f.fault) && !(opened_before && of_office(f.fault)))
      no.reasons.push_back({"offers.fault." + std::string(word(f.fault)), f.words});
  return no.reasons.empty() ? std::nullopt : std::optional(no);
}

namespace {

Result<Done> disagree(Act& act, Order& o, std::string_view note) {
  if (note.empty()) return missing("note", "offers.disagree_needs_note");
  o.stage = Stage::endorsed;  // back to the first eye, whoever that will be
  o.proposed_verify.reset();
  o.examined_by = {};
  o.examined_at = {};
  return step_to(act, o, o.revision, "disagreed", note);
}

Result<Done> agree_to_refuse(Act& act, Order& o, std::string_view note) {
  std::vector<Reason> named;
  for (const Step& s : store::steps(act.db, o.id))
    if (s.what == "proposed_refuse") named = s.reasons;
  // The refusal is of today: what no longer holds goes back to the first eye. What a person judged carries his note already.
  std::vector<Fault> reasons;
  for (const Reason& r : named)
    if (const auto f = fault_from(r.fault)) reasons.push_back(*f);
  if (auto no = unfounded(act, o, reasons, "-")) return *no;
  o.stage = Stage::refused;
  return step_to(act, o, o.revision, "agreed_refuse", note, named);
}

std::string fresh_code(Act& act) {
  for (;;) {
    auto code = make_code(act.random());
    if (!store::id_of_code(act.db, code)) return code;
  }
}

Result<Done> agree_to_verify(Act& act, Order& o, std::string_view sip2mi, Date until, std::string_view note) {
  if (auto no = blocked(act, o)) return *no;
  if (text::trim(sip2mi).empty()) return missing("sip2mi", "offers.sip2mi_missing");
  if (!until.known() || until < act.today) return missing("sip2mi_until", "offers.sip2mi_until_wrong");
  if (until > act.today.plus_days(permit_days))
    return Refusal{
        Refusal::invalid,
        "offers.not_complete",
        {},
        {{"sip2mi_until", Sentence{"offers.sip2mi_until_far", {{"day", show(act.today.plus_days(permit_days), "id")}}}}}};
  if (const auto other = store::id_of_sip2mi(act.db, text::trim(sip2mi)); other && other != o.id)
    return missing("sip2mi", "offers.sip2mi_taken");
  o.sip2mi = text::trim(sip2mi);
  o.sip2mi_until = until;
  if (o.code.empty()) o.code = fresh_code(act);
  o.stage = Stage::open;
  return step_to(act, o, o.revision, "agreed_verify", note);
}

}  // namespace

Result<Order> decide(Act& act, OrderId id, int revision, bool agree, std::string_view sip2mi, Date sip2mi_until,
                     std::string_view note) {
  if (!act.may(Right::decide_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || hidden(o->stage)) return unknown();
  if (o->stage != Stage::examined || o->revision != revision || !o->proposed_verify) return overtaken(*o, revision);
  // Four eyes: the second pair is never the first.
  if (!act.who.user || o->examined_by == act.who.user) return Refusal{Refusal::forbidden, "offers.four_eyes"};
  o->decided_by = act.who.user;
  o->decided_at = act.now;
  const auto done = !agree                ? disagree(act, *o, note)
                    : *o->proposed_verify ? agree_to_verify(act, *o, sip2mi, sip2mi_until, note)
                                          : agree_to_refuse(act, *o, note);
  if (!done) return done.refusal();
  return *o;
}

Result<Done> halt(Act& act, OrderId id, int revision, Stage to, std::string_view reason) {
  if (!act.may(Right::decide_job_orders)) return not_yours();
  auto o = store::find(act.db, id);
  if (!o || o->code.empty()) return unknown();
  const bool resume = to == Stage::open && o->stage == Stage::suspended;
  const bool stop = (to == Stage::suspended && o->stage == Stage::open) ||
                    (to == Stage::revoked && (o->stage == Stage::open || o->stage == Stage::suspended));
  if (o->revision != revision || (!resume && !stop)) return overtaken(*o, revision);
  if (reason.empty()) return missing("reason", "offers.halt_needs_reason");
  if (resume)
    if (auto no = blocked(act, *o)) return *no;
  o->stage = to;
  return step_to(act, *o, revision, resume ? "resumed" : word(to), reason);
}

namespace {

// A company reserves on its own orders, an officer who examines on any.
bool may_place(Act& act, PostId post) {
  const auto id = store::id_of_post(act.db, post);
  if (!id) return false;
  const auto o = store::find(act.db, id);
  return o && (act.who.company ? own(act, *o) : act.may(Right::examine_job_orders) || act.may(Right::decide_job_orders));
}

constexpr Seat pools[3][3] = {{Seat::anybody, Seat::man, Seat::woman}, {Seat::man, Seat::anybody}, {Seat::woman, Seat::anybody}};
int pool_count(Seat s) { return s == Seat::anybody ? 3 : 2; }

}  // namespace

Result<Done> reserve(Act& act, PostId post, Seat seat) {
  if (!act.may(Right::submit_job_orders) && !act.may(Right::examine_job_orders) && !act.may(Right::decide_job_orders))
    return not_yours();
  if (!may_place(act, post)) return unknown();
  const auto o = store::find(act.db, store::id_of_post(act.db, post));
  const Stage now = stage_on(*o, act.today);
  if (now == Stage::full) return Refusal{Refusal::conflict, "offers.quota_full"};
  if (now != Stage::open) return wrong_stage(now);
  if (auto no = blocked(act, *o, true)) return *no;
  for (int i = 0; i < pool_count(seat); ++i)
    if (store::reserve(act.db, post, pools[static_cast<int>(seat)][i])) {
      act.record("offers.place_reserved", post);
      return Done{};
    }
  if (seat == Seat::anybody) return Refusal{Refusal::conflict, "offers.quota_full"};
  return Refusal{Refusal::conflict, "offers.quota_full_" + std::string(word(seat))};
}

Result<Done> release(Act& act, PostId post, Seat seat) {
  if (!act.may(Right::submit_job_orders) && !act.may(Right::examine_job_orders) && !act.may(Right::decide_job_orders))
    return not_yours();
  if (!may_place(act, post)) return unknown();
  for (int i = 0; i < pool_count(seat); ++i)
    if (store::release(act.db, post, pools[static_cast<int>(seat)][i])) {
      act.record("offers.place_released", post);
      return Done{};
    }
  return Refusal{Refusal::conflict, "offers.nothing_reserved"};
}

Result<Done> set_rate(Act& act, std::string_view currency, Date day, std::int64_t rupiah_scaled, std::string_view source,
                      bool sure) {
  if (!act.may(Right::examine_job_orders)) return not_yours();
  if (currency.size() != 3 || currency == "IDR" || !day.known() || rupiah_scaled <= 0 || text::trim(source).empty())
    return Refusal{Refusal::invalid, "offers.rate_wrong"};
  if (day > act.today) return Refusal{Refusal::invalid, "offers.rate_wrong", {}, {{"day", Sentence{"offers.rate.day_in_future"}}}};
  // A slipped comma would judge every pay of that currency.
  const auto before = store::rate(act.db, currency, day);
  if (!sure && before && (rupiah_scaled > 2 * before->scaled || 2 * rupiah_scaled < before->scaled))
    return Refusal{Refusal::invalid, "offers.rate_wrong", {}, {{"value", Sentence{"offers.rate.value_far"}}}};
  store::set_rate(act.db, {std::string(currency), day, rupiah_scaled, text::trim(source), act.who.user}, act.now);
  act.record("offers.rate_set", std::string(currency) + " " + day.iso() + " scaled=" + std::to_string(rupiah_scaled));
  return Done{};
}

std::vector<Rate> rates(Act& act, int count) { return store::rates(act.db, count); }

std::optional<Rate> rate_for(Act& act, std::string_view currency) {
  if (currency == "IDR") return {};
  return store::rate(act.db, currency, act.today);
}

Money in_rupiah(const Money& m, const Rate& rate) {
  std::int64_t unit = 10'000;
  for (int i = minor_digits(m.currency); i > 0; --i) unit *= 10;
  return {static_cast<std::int64_t>((static_cast<__int128>(m.minor) * rate.scaled + unit / 2) / unit), "IDR"};
}

}  // namespace rantau::offers
