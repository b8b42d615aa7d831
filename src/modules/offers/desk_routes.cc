// The officers' side, reading: job orders by stage and age, and one order on one screen.
#include <algorithm>
#include <map>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/clocks.h"
#include "modules/offers/routes.h"
#include "web/drawing.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

struct Row {
  Order order;
  std::string company;
  int bars = 0, doubts = 0;
  bool served = true;  // a mission serves its country
};

struct Desk {
  Orders orders;
  std::vector<Row> rows;
  Date today;
};

Row row_of(Act& act, Order o, std::map<std::int64_t, std::string>& names) {
  auto [at, fresh] = names.try_emplace(o.company.value);
  if (fresh)
    if (const auto company = partners::find(act, o.company)) at->second = company->name;
  Row row{std::move(o), at->second};
  if (holder(row.order.stage) == Holder::nobody) return row;
  row.served = has_mission(act, row.order.country);
  for (const Found& f : faults(row.order, facts_for(act, row.order), act.today)) ++(blocks(f.fault) ? row.bars : row.doubts);
  return row;
}

Desk read_desk(Db& db, const Asked& asked) {
  return db.read([&](Act& act) {
    Desk desk{my_orders(act, asked), {}, act.today};
    std::map<std::int64_t, std::string> names;
    for (Order& o : desk.orders.page) desk.rows.push_back(row_of(act, std::move(o), names));
    return desk;
  });
}

web::Reply show_list(const web::Request& q, Db& db) {
  const Asked asked = asked_of(q);
  const Desk desk = read_desk(db, asked);
  web::View v;
  v.set("title", q.t("offers.desk.title")).set("js_live", web::asset("live.js"));
  v.set("may_warn", q.who.may(Right::publish_warnings));
  set_list(q, v, desk.orders, asked, {{"", desk.orders.in_work}, {"mine", desk.orders.mine}});
  std::vector<std::pair<Stage, std::vector<const Row*>>> groups;
  for (const Row& r : desk.rows) {
    const Stage stage = stage_on(r.order, desk.today);
    if (groups.empty() || groups.back().first != stage) groups.push_back({stage, {}});
    groups.back().second.push_back(&r);
  }
  v.list("groups", groups, [&](const auto& group, web::View& g) {
    const auto part =
        std::find_if(desk.orders.parts.begin(), desk.orders.parts.end(), [&](const auto& p) { return p.stage == group.first; });
    const int all = part == desk.orders.parts.end() ? 0 : asked.view == "mine" ? part->mine : part->all;
    g.set("group", stage_text(q, group.first)).set("group_count", show_number(all, q.lang));
    g.list("orders", group.second, [&](const Row* r, web::View& row) {
      set_order(q, row, r->order, desk.today);
      set_no_mission(q, row, r->order, r->served);
      row.set("company", r->company).set("bars", r->bars).set("doubts", r->doubts);
      row.set("has_bars", r->bars > 0).set("has_doubts", r->doubts > 0);
      row.set("clean", r->bars + r->doubts == 0 && holder(r->order.stage) != Holder::nobody);
    });
  });
  v.set("nothing", desk.rows.empty());
  return web::page(q, "offers/desk_list.html", std::move(v));
}

// --- one order ---------------------------------------------------------------------------------------------------------------

struct One {
  std::optional<Order> order;
  Facts facts;
  std::optional<Letter> letter;
  std::vector<Found> found;
  std::vector<Told> history;
  std::string examiner;
  bool mission = false, served = true;  // this person's mission serves the country; any does
  Date today;
};

One read_one(Db& db, OrderId id) {
  return db.read([&](Act& act) {
    One one;
    one.today = act.today;
    one.order = find_mine(act, id);
    if (!one.order) return one;
    one.facts = facts_for(act, *one.order);
    one.letter = letter_of(act, id);
    one.found = faults(*one.order, one.facts, act.today);
    one.history = told(act, id);
    one.examiner = access::name_of(act, one.order->examined_by);
    const auto countries = mission_countries(act, act.who.org);
    one.served = has_mission(act, one.order->country);
    one.mission = std::find(countries.begin(), countries.end(), one.order->country) != countries.end();
    return one;
  });
}

void set_licence(const web::Request& q, web::View& v, const One& one) {
  const auto& c = one.facts.company;
  const auto bars = partners::bars(c, one.today);
  v.set("company", c.name).set("licence", c.licence_number).set("may_recruit", bars.empty());
  v.set("company_href", q.who.may(Right::see_licences) ? "/k/perusahaan/" + std::to_string(c.id.value) : std::string());
  v.set("licence_until", c.licence_until.known() ? show_short(c.licence_until, q.lang) : "-");
  v.set("licence_state",
        bars.empty() ? q.t("offers.desk.licence_ok") : q.t("offers.bar." + std::string(partners::word(bars.front()))));
  v.list("openness", one.order->posts, [&](const Post& p, web::View& row) {
    const auto rule = partners::openness(one.facts.openness, one.order->country, p.occupation, one.order->employer_kind, one.today);
    const std::string state = rule ? std::string(partners::word(rule->state)) : "unstated";
    row.set("open_post", q.lang == "en" && !p.title_en.empty() ? p.title_en : p.title_id)
        .set("open_state", q.t("offers.openness." + state));
    row.set("open_class", state == "open"      ? "done"
                          : state == "limited" ? "fix"
                                               : "stop")
        .set("open_basis", rule ? rule->legal_basis : "");
  });
}

void set_clocks(const web::Request& q, web::View& v, const One& one) {
  const Order& o = *one.order;
  const auto all = clocks(o, one.facts.company, one.today);
  v.set("has_clocks", !all.empty());
  v.list("clocks", all, [&](const Clock& c, web::View& row) {
    const auto days = (c.until.days() - one.today.days()).count();
    const std::string count = show_number(std::abs(days), q.lang);
    const std::string left = days == 0  ? q.t("offers.clock_today")
                             : days < 0 ? q.t("offers.clock_over", {{"days", count}})
                                        : q.t("offers.clock_left", {{"days", count}});
    const std::string what = q.t("offers.clock." + std::string(c.what));
    row.set("clock", what).set("clock_day", show_short(c.until, q.lang)).set("clock_left", left).set("clock_over", days < 0);
    row.set("svg_axis", web::Drawn{axis_svg(days, what + ", " + left)});
  });
  std::vector<Step> steps;
  for (auto at = one.history.rbegin(); at != one.history.rend(); ++at) steps.push_back(at->step);
  const auto turns = held(steps, one.served, one.today);
  int most = 0;
  for (const Held& h : turns) most = std::max(most, h.days);
  v.set("has_turns", !turns.empty());
  v.list("turns", turns, [&](const Held& h, web::View& row) {
    const std::string who = q.t("offers.holder." + std::string(word(h.holder)));
    const std::string days = q.t("offers.ball_days", {{"days", show_number(h.days, q.lang)}});
    row.set("turn", who).set("turn_days", days).set("turn_now", h.now);
    row.set("turn_since", q.t("offers.ball_since", {{"since", show_short(h.since, q.lang)}}));
    row.set("turn_class", h.holder == Holder::examiner || h.holder == Holder::decider ? "org" : "org other");
    row.set("svg_turn", web::bar_svg(h.days, most, 0, who + ", " + days));
  });
}

// What this person may do here and now: at most one primary button.
void set_actions(const web::Request& q, web::View& v, const One& one) {
  const Order& o = *one.order;
  const bool barred = std::any_of(one.found.begin(), one.found.end(), [](const Found& f) { return blocks(f.fault); });
  const bool at_mission = one.mission && holder(o.stage) == Holder::mission;
  const bool examines = o.stage == Stage::endorsed && q.who.may(Right::examine_job_orders);
  const bool own_proposal = o.stage == Stage::examined && o.examined_by == q.who.user;
  const bool decides = o.stage == Stage::examined && q.who.may(Right::decide_job_orders) && !own_proposal;
  const bool halts = q.who.may(Right::decide_job_orders) && !o.code.empty();
  const bool by_hand = !one.served && holder(o.stage) == Holder::mission && q.who.may(Right::examine_job_orders);
  v.set("takes_up", at_mission && o.stage == Stage::submitted).set("endorses", at_mission).set("by_hand", by_hand);
  v.set("returns", at_mission || examines || by_hand).set("may_set_mission", q.who.may(Right::manage_users));
  v.set("examines", examines).set("may_verify", examines && !barred).set("is_first_eye", own_proposal).set("decides", decides);
  v.set("decides_verify", decides && o.proposed_verify.value_or(false))
      .set("decides_refuse", decides && !o.proposed_verify.value_or(true));
  const bool cannot_open = decides && o.proposed_verify.value_or(false) && barred;
  v.set("cannot_open", cannot_open).set("agrees", decides && !cannot_open);
  v.set("waits_decider", o.stage == Stage::examined && !decides && !own_proposal);
  v.set("suspends", halts && o.stage == Stage::open).set("resumes", halts && o.stage == Stage::suspended);
  v.set("revokes", halts && (o.stage == Stage::open || o.stage == Stage::suspended)).set("examiner", one.examiner);
  v.set("proposal",
        !o.proposed_verify ? "" : q.t(*o.proposed_verify ? "offers.step.proposed_verify" : "offers.step.proposed_refuse"));
  v.set("no_action", !at_mission && !examines && !by_hand && o.stage != Stage::examined && !halts);
  const Date until = one.today.plus_days(180);
  v.set("until_hint", show(until, q.lang));
}

// Reasons that may be named: what the rules find, what a person judges; of what was ticked also what does not hold.
void set_reasons(const web::Request& q, web::View& v, const One& one) {
  const bool typed = q.path.ends_with("/usul-tolak");
  web::View::List by_rule, by_person;
  for (int i = 0; i < fault_count; ++i) {
    const Fault f = static_cast<Fault>(i);
    const std::string name(word(f));
    const bool there = std::any_of(one.found.begin(), one.found.end(), [&](const Found& x) { return x.fault == f; });
    const bool ticked = typed && !q.field("fault_" + name).empty(), holds = judged(f) || (there && !of_office(f));
    if (!holds && !ticked) continue;
    (judged(f) ? by_person : by_rule)
        .emplace_back()
        .set("choice", name)
        .set("choice_word", q.t("offers.fault_name." + name))
        .set("choice_law", std::string(legal_source(f)))
        .set("untrue", !holds)
        .set("chosen", typed ? ticked : there && blocks(f));
  }
  v.set("none_by_rule", by_rule.empty());
  v.set("choices", std::move(by_rule)).set("judged", std::move(by_person));
}

void set_choices(const web::Request& q, web::View& v) {
  const char* const fields[] = {"number",       "letter_date",     "letter_quota",  "employer",   "employer_name", "country",
                                "city",         "contract_months", "hours_week",    "leave_days", "fee",           "deductions",
                                "facilities",   "requirements",    "recruit_until", "items",      "p1_title_id",   "p1_pay",
                                "p1_quota_any", "p2_pay",          "p3_pay"};
  web::View::List rows;
  for (int n = 1; n <= 3; ++n) {
    web::View& row = rows.emplace_back();
    const std::string number = std::to_string(n);
    row.set("n", n).set("typed_reason", q.field("reason" + number));
    row.list("return_fields", fields, [&](const char* f, web::View& option) {
      option.set("value", f).set("text", field_label(q, f)).set("chosen", q.field("field" + number) == f);
    });
  }
  v.set("return_rows", std::move(rows));
}

// What was typed into the form that was sent stands in it again; every other form is empty.
void set_typed(const web::Request& q, web::View& v) {
  const std::string sent = q.method == "POST" ? q.path.substr(q.path.rfind('/') + 1) : std::string();
  for (const std::string action :
       {"sahkan", "kembalikan", "usul-sah", "usul-tolak", "setuju", "tidak-setuju", "hentikan", "lanjutkan", "cabut"}) {
    std::string place = action;
    std::replace(place.begin(), place.end(), '-', '_');
    v.set("note_" + place, sent == action ? q.field("note") : "").set("sent_" + place, sent == action);
  }
  for (const web::Field& f : action_form().fields()) v.set("max_" + f.name, f.max);
  v.set("typed_sip2mi", q.field("sip2mi")).set("typed_until", q.field("sip2mi_until"));
}

// Where on the page a field of a refused form stands.
std::string place_of_field(const std::string& field, const std::string& action) {
  static const std::map<std::string, std::string> notes{
      {"sahkan", "n-endorse"},        {"usul-sah", "n-verify"},  {"usul-tolak", "n-refuse"}, {"setuju", "n-agree"},
      {"tidak-setuju", "n-disagree"}, {"hentikan", "n-suspend"}, {"lanjutkan", "n-resume"},  {"cabut", "n-revoke"}};
  if (field == "sip2mi") return "d-permit";
  if (field == "sip2mi_until") return "d-until";
  if (field.starts_with("fault_")) return "c-" + field.substr(6);
  if (action == "kembalikan") return "r-reason1";
  const auto at = notes.find(action);
  return (field == "note" || action != "usul-tolak") && at != notes.end() ? at->second : "";
}

void set_refused(const web::Request& q, web::View& v, const Refusal* refused) {
  v.set("refused", refused != nullptr);
  if (refused == nullptr) return;
  web::View::List why;
  for (const Sentence& s : refused->reasons) why.emplace_back().set("sentence", q.t(s)).set("target", "");
  const std::string action = q.path.substr(q.path.rfind('/') + 1);
  for (const auto& [field, s] : refused->fields)
    why.emplace_back().set("sentence", q.t(s)).set("target", place_of_field(field, action));
  v.set("said", q.t(refused->key, refused->words)).set("said_why", std::move(why)).set("kept_note", q.field("note"));
}

}  // namespace

web::Reply desk_page(const web::Request& q, Db& db, const web::Typed* typed, const Refusal* refused) {
  const One one = read_one(db, q.id<OrderId>());
  if (!one.order) return web::refuse(q, {Refusal::not_found, "offers.unknown"});
  web::View v;
  set_order(q, v, *one.order, one.today, one.facts.floors);
  set_no_mission(q, v, *one.order, one.served);
  set_faults(q, v, one.found);
  set_licence(q, v, one);
  set_partner(q, v, one.facts.partner, one.today);
  set_letter(q, v, one.letter, "/k/pesanan/");
  set_history(q, v, one.history);
  set_clocks(q, v, one);
  set_actions(q, v, one);
  set_reasons(q, v, one);
  set_choices(q, v);
  set_typed(q, v);
  set_refused(q, v, refused);
  const auto bars = std::count_if(one.found.begin(), one.found.end(), [](const Found& f) { return blocks(f.fault); });
  const auto sign = bars > 0 ? web::Verdict::danger : one.found.empty() ? web::Verdict::official : web::Verdict::unproven;
  v.set("verdict_class", std::string(web::style_class(sign))).set("svg_verdict", web::verdict_svg(sign));
  v.set("verdict_word", q.t(bars > 0 ? "offers.desk.hold" : one.found.empty() ? "offers.desk.clear" : "offers.desk.doubt"));
  v.set("title", title_of(*one.order, q.lang)).set("computed", show(db.store().now(), q.lang));
  if (typed != nullptr) return web::page_again(q, "offers/desk_one.html", std::move(v), paper_form(), *typed);
  v.set("form", paper_form().empty(q));
  const int status = refused == nullptr ? 200 : refused->kind == Refusal::invalid ? 422 : 409;
  return web::page(q, "offers/desk_one.html", std::move(v), status);
}

namespace {

web::Reply show_one(const web::Request& q, Db& db) { return desk_page(q, db); }

web::Reply stream(const web::Request&, Db&) {
  return {.status = 200, .type = "text/event-stream", .body = {}, .headers = {}, .sse_topic = "orders"};
}

// For browsers behind a proxy that cuts streams: how many orders stand where, as one word.
web::Reply state(const web::Request&, Db& db) {
  return web::text(db.read([](Act& act) { return pulse(act); }), "text/plain; charset=utf-8");
}

}  // namespace

void desk_routes(web::Router& r) {
  r.get("/k/pesanan", Right::see_job_orders, show_list);
  r.get("/k/pesanan/arus", Right::see_job_orders, stream);
  r.get("/k/pesanan/keadaan", Right::see_job_orders, state);
  r.get("/k/pesanan/{id}", Right::see_job_orders, show_one);
}

}  // namespace rantau::offers
