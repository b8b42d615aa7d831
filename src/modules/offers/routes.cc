// The doors of module offers, and how orders are shown on every page.
#include "modules/offers/routes.h"

#include <algorithm>
#include <mutex>

#include "base/reference.h"
#include "base/text.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

// Set once by the program while workers may already run.
struct Listener {
  std::mutex mutex;
  Notify notify;
};
Listener& listener() {
  static Listener one;
  return one;
}

std::string in_millions(std::int64_t rupiah, const web::Request& q) {
  if (rupiah < 1'000'000) return show(Money{rupiah, "IDR"}, q.lang);
  return q.t("offers.millions", {{"amount", show_decimal((rupiah + 50'000) / 100'000, 1, q.lang)}});
}

std::string sex_text(const web::Request& q, const Post& p) {
  std::string all;
  const auto add = [&](int n, const char* key) {
    if (n > 0) all += (all.empty() ? "" : ", ") + q.t(key, {{"count", show_number(n, q.lang)}});
  };
  add(p.quota_men, "offers.quota_men");
  add(p.quota_women, "offers.quota_women");
  add(p.quota_any, "offers.quota_any");
  return all;
}

void set_items(const web::Request& q, web::View& v, const Order& o) {
  web::View::List rows;
  for (int i = 0; i < item_count; ++i) {
    const Item item = static_cast<Item>(i);
    const bool there = std::find(o.contract_items.begin(), o.contract_items.end(), item) != o.contract_items.end();
    rows.emplace_back()
        .set("item", std::string(word(item)))
        .set("item_word", q.t("offers.item." + std::string(word(item))))
        .set("ticked", there)
        .set("item_class", there ? "done" : "stop")
        .set("item_state", q.t(there ? "offers.item_there" : "offers.item_missing"));
  }
  v.set("items", std::move(rows)).set("items_there", o.contract_items.size());
}

}  // namespace

void notify_with(Notify notify) {
  const std::lock_guard lock(listener().mutex);
  listener().notify = std::move(notify);
}
void changed(std::string_view order_id) {
  Notify notify;
  {
    const std::lock_guard lock(listener().mutex);
    notify = listener().notify;
  }
  if (notify) notify("orders", "changed", order_id);
}

web::Drawn safe_json(std::string json) {
  for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at)) json.replace(at, 1, "\\u003c");
  return {std::move(json)};
}

int revision_of(const web::Request& q) {
  const auto n = parse_whole(q.field("revision"));
  return n && *n > 0 && *n < 1'000'000'000 ? static_cast<int>(*n) : 0;
}

std::string title_of(const Order& o, std::string_view lang) {
  if (o.posts.empty()) return o.number;
  const Post& p = o.posts.front();
  const std::string& wanted = lang == "en" ? p.title_en : p.title_id;
  return !wanted.empty() ? wanted : p.title_id.empty() ? p.title_en : p.title_id;
}

const std::vector<std::string_view>& pay_currencies() {
  static const std::vector<std::string_view> often{"TWD", "HKD", "JPY", "KRW", "MYR", "SGD", "EUR", "PLN", "TRY",
                                                   "SAR", "AED", "QAR", "KWD", "BND", "USD", "AUD", "IDR"};
  return often;
}

bool pays_in(std::string_view currency) {
  return std::find(pay_currencies().begin(), pay_currencies().end(), currency) != pay_currencies().end();
}

std::string place_of(const Order& o, std::string_view lang) {
  const std::string country = reference::country_name(o.country, lang);
  return o.city.empty() ? country : o.city + ", " + country;
}

std::string stage_text(const web::Request& q, Stage s) { return q.t("offers.stage." + std::string(word(s))); }

std::string state_class(Stage s) {
  switch (s) {
    case Stage::draft:
    case Stage::submitted: return "wait";
    case Stage::verif_atnaker:
    case Stage::endorsed:
    case Stage::examined: return "run";
    case Stage::returned: return "fix";
    case Stage::sip2mi_issued:
    case Stage::open:
    case Stage::full: return "done";
    case Stage::expired:
    case Stage::suspended:
    case Stage::revoked:
    case Stage::refused:
    case Stage::withdrawn:
    case Stage::discarded: return "stop";
  }
  return "wait";
}

std::string rupiah_text(const web::Request& q, const Money& pay, const std::optional<Rate>& rate) {
  if (!rate || pay.minor == 0) return {};
  return q.t(
      "offers.rupiah",
      {{"amount", in_millions(in_rupiah(pay, *rate).minor, q)}, {"day", show_short(rate->day, q.lang)}, {"source", rate->source}});
}

std::string closes_text(const web::Request& q, const Order& o, Date today) {
  const Date end = o.sip2mi_until.known() && o.sip2mi_until < o.recruit_until ? o.sip2mi_until : o.recruit_until;
  if (!end.known()) return "-";
  const auto days = (end.days() - today.days()).count();
  if (days < 0) return show_short(end, q.lang);
  if (days == 0) return q.t("offers.closes_today");
  if (days == 1) return q.t("offers.closes_tomorrow");
  return q.t("offers.closes_in", {{"days", show_number(days, q.lang)}});
}

std::string fault_text(const web::Request& q, const Found& f) {
  Words words = f.words;
  for (auto& [place, said] : words) {
    if (place == "pay" || place == "fee") said = show(f.pay, q.lang);
    if (place == "floor") said = show(f.floor, q.lang);
    if (place == "what" && said == "household") said = q.t("offers.order.employer_kind.household");
    if (place == "country") said = reference::country_name(said, q.lang);
    if (place == "from") said = show(parse_iso(said).value_or(Date{}), q.lang);
    if (place == "bar") said = q.t("offers.bar." + said);
    if (place == "until") {
      const auto day = parse_iso(said);
      if (!day) return q.t("offers.fault.until_missing");  // a draft may lack it: then nothing has ended
      said = show(*day, q.lang);
    }
    if (place != "missing") continue;
    std::string list;
    for (std::size_t from = 0; from < said.size();) {  // item words with blanks between; text::words would split "job_description"
      const auto end = std::min(said.find(' ', from), said.size());
      if (end > from) list += (list.empty() ? "" : ", ") + q.t("offers.item." + said.substr(from, end - from));
      from = end + 1;
    }
    said = list;
  }
  std::string said = q.t("offers.fault." + std::string(word(f.fault)), words);
  // Whatever was compared or is shown in rupiah says by which rate, of which day, from where.
  const auto in_idr = [&](const Money& m, const Rate& r) { return show(m.currency == r.currency ? in_rupiah(m, r) : m, q.lang); };
  for (const Rate& r : f.rates)
    said += " " + q.t("offers.fault_rate", {{"amount", show(f.floor.currency == r.currency ? f.floor : f.pay, q.lang)},
                                            {"rupiah", in_idr(f.floor.currency == r.currency ? f.floor : f.pay, r)},
                                            {"day", show_short(r.day, q.lang)},
                                            {"source", r.source}});
  return said;
}

std::string public_sentence(const web::Request& q, const Order& o) {
  const Money pay = o.posts.empty() ? Money{} : o.posts.front().pay;
  return q.t("offers.public_sentence", {{"job", title_of(o, q.lang)},
                                        {"place", place_of(o, q.lang)},
                                        {"pay", show(pay, q.lang)},
                                        {"left", show_number(left(o), q.lang)},
                                        {"cost", show(o.fee_to_worker, q.lang)}});
}

bool is_open(const Order& o, const Standing& s, Date today) { return closed_by(o, s, today) == ClosedBy::nothing; }

std::string closed_text(const web::Request& q, const Order& o, const Standing& s, Date today) {
  switch (closed_by(o, s, today)) {
    case ClosedBy::nothing: return "";
    case ClosedBy::stage: return q.t("offers.closed." + std::string(word(stage_on(o, today))));
    case ClosedBy::licence: return q.t("offers.closed.licence");
    case ClosedBy::country: return q.t("offers.closed.country");
  }
  return "";
}

Date closed_since(const Order& o, const Standing& s, Date today) {
  switch (closed_by(o, s, today)) {
    case ClosedBy::nothing: return {};
    case ClosedBy::stage: break;
    case ClosedBy::licence: {
      const partners::Company& c = s.company;
      if (partners::bars(c, today).front() == partners::Bar::licence_expired)
        return c.licence_until.known() ? c.licence_until.plus_days(1) : Date{};
      const auto term = partners::term_on(c.terms, today);
      return term ? term->from : Date{};
    }
    case ClosedBy::country: return closing_rule(o, s, today)->from;
  }
  const Stage now = stage_on(o, today);
  if (now == Stage::suspended || now == Stage::revoked || o.stage == Stage::expired) return day_of(o.stage_since);
  if (now != Stage::expired) return {};
  const Date end = o.sip2mi_until.known() && o.sip2mi_until < o.recruit_until ? o.sip2mi_until : o.recruit_until;
  return end.plus_days(1);
}

std::string basis_text(const web::Request& q, const Post& p) {
  if (p.sex_rule_kind.empty()) return p.sex_rule_basis;
  return q.t("offers.basis." + p.sex_rule_kind) + (p.sex_rule_basis.empty() ? "" : ", " + p.sex_rule_basis);
}

void set_order(const web::Request& q, web::View& v, const Order& o, Date today, const std::vector<Floor>& floors) {
  const Stage now = stage_on(o, today);
  v.set("id", o.id.value).set("revision", o.revision).set("number", o.number.empty() ? "-" : o.number);
  const std::string job = title_of(o, q.lang);
  v.set("job", job.empty() ? q.t("offers.untitled") : job).set("place", place_of(o, q.lang)).set("country", o.country);
  v.set("country_name", reference::country_name(o.country, q.lang)).set("city", o.city);
  v.set("stage", std::string(word(now))).set("stage_word", stage_text(q, now)).set("stage_class", state_class(now));
  v.set("holder", q.t("offers.holder." + std::string(word(holder(o.stage))))).set("held", holder(o.stage) != Holder::nobody);
  v.set("holder_class", holder(o.stage) == Holder::examiner || holder(o.stage) == Holder::decider ? "org" : "org other");
  const int days = days_there(o, today);
  v.set("days", show_number(days, q.lang)).set("late", holder(o.stage) != Holder::nobody && days > turn_days);
  v.set("letter_date", o.letter_date.known() ? show_short(o.letter_date, q.lang) : "-");
  v.set("letter_quota", o.letter_quota > 0 ? show_number(o.letter_quota, q.lang) : "-");
  v.set("employer_name", o.employer_name).set("scheme", o.scheme);
  v.set("employer_kind", o.employer_kind.empty() ? "-" : q.t("offers.order.employer_kind." + o.employer_kind));
  v.set("months", o.contract_months).set("hours", o.hours_week).set("rest", o.rest_days_week).set("leave", o.leave_days);
  v.set("fee", show(o.fee_to_worker, q.lang)).set("deductions", show(o.deductions, q.lang));
  v.set("facilities", o.facilities).set("requirements", o.requirements).set("min_age", o.min_age);
  v.set("min_education", o.min_education.empty() ? "-" : o.min_education);
  v.set("recruit", q.t("offers.from_until", {{"from", o.recruit_from.known() ? show_short(o.recruit_from, q.lang) : "-"},
                                             {"until", o.recruit_until.known() ? show_short(o.recruit_until, q.lang) : "-"}}));
  v.set("sip2mi", o.sip2mi.empty() ? "-" : o.sip2mi).set("has_permit", !o.sip2mi.empty());
  v.set("sip2mi_until", o.sip2mi_until.known() ? show_short(o.sip2mi_until, q.lang) : "-");
  v.set("code", o.code).set("code_shown", o.code.empty() ? "" : show_code(o.code));
  v.set("quota", quota(o)).set("left", left(o)).set("public_sentence", public_sentence(q, o));
  set_items(q, v, o);
  v.list("posts", o.posts, [&](const Post& p, web::View& row) {
    row.set("post_id", p.id.value)
        .set("occupation", p.occupation)
        .set("title", q.lang == "en" && !p.title_en.empty() ? p.title_en : p.title_id);
    row.set("pay", show(p.pay, q.lang)).set("sexes", sex_text(q, p)).set("basis", basis_text(q, p));
    row.set("post_quota", quota(p)).set("reserved", p.reserved).set("used", p.used).set("post_left", left(p));
    row.list("pools", std::vector<Seat>{Seat::man, Seat::woman, Seat::anybody}, [&](Seat s, web::View& pool) {
      const std::string seat(word(s));
      pool.set("pool", quota(p, s) > 0).set("seat", s == Seat::man ? "man" : s == Seat::woman ? "woman" : "");
      pool.set("pool_word", q.t("offers.seat." + seat)).set("pool_quota", quota(p, s)).set("pool_left", left(p, s));
      pool.set("pool_reserved", taken(p, s).reserved).set("pool_used", taken(p, s).used);
      pool.set("may_reserve", left(p, s) > 0).set("may_release", taken(p, s).reserved > 0);
    });
    const auto floor = floor_on(floors, o.country, p.occupation, today);
    row.set("floor", floor ? show(floor->amount, q.lang) : q.t("offers.floor_unknown")).set("has_floor", floor.has_value());
    row.set("floor_from", floor ? show_short(floor->from, q.lang) : "").set("floor_source", floor ? floor->source : "");
    row.set("floor_page", floor ? floor->page : "");
    row.set("below", floor && p.pay.currency == floor->amount.currency && p.pay < floor->amount);
  });
}

void set_partner(const web::Request& q, web::View& v, const std::optional<partners::Foreign>& partner, Date today) {
  v.set("partner", partner ? partner->name : std::string());
  if (!partner) return;
  const auto now = partners::registration_on(*partner, today);
  const bool reads = q.who.may(Right::see_licences);
  v.set("partner_href", reads ? "/k/mitra-luar/" + std::to_string(partner->id.value) : std::string());
  const auto& until = partner->valid_until;
  v.set("partner_facts", q.t("offers.partner_facts",
                             {{"kind", q.t("offers.partner_kind." + partner->kind)},
                              {"country", reference::country_name(partner->country, q.lang)},
                              {"number", partner->registration.empty() ? q.t("offers.partner_no_number") : partner->registration},
                              {"until", until.known() ? show_short(until, q.lang) : q.t("offers.partner_no_end")}}));
  v.set("partner_state", q.t("offers.partner_state." + std::string(partners::word(now))));
  v.set("partner_class", now == partners::Registration::valid ? "done" : now == partners::Registration::ended ? "stop" : "fix");
}

void set_no_mission(const web::Request& q, web::View& v, const Order& o, bool has_mission) {
  const bool lacks =
      !has_mission && !o.country.empty() && (holder(o.stage) == Holder::company || holder(o.stage) == Holder::mission);
  v.set("no_mission", lacks);
  if (!lacks) return;
  v.set("no_mission_said", q.t("offers.no_mission", {{"country", reference::country_name(o.country, q.lang)}}));
  if (holder(o.stage) != Holder::mission) return;
  v.set("holder", q.t("offers.holder.examiner")).set("holder_class", "org");
}

Refusal readable(const web::Request& q, Db& db, OrderId id, Refusal said) {
  for (auto& [field, why] : said.fields)
    for (auto& [place, text] : why.words)
      if (place == "reason") text = q.t("offers.fault_name." + text);
  if (said.key != "offers.blocked") return said;
  db.read([&](Act& act) {
    said.reasons.clear();
    if (const auto o = find_mine(act, id))
      for (const Found& f : faults(*o, facts_for(act, *o), act.today))
        if (blocks(f.fault))
          said.reasons.push_back(
              {"offers.fault_line", {{"sentence", fault_text(q, f)}, {"law", std::string(legal_source(f.fault))}}});
    return Done{};
  });
  return said;
}

Asked asked_of(const web::Request& q) {
  return {text::cut(q.param("lihat"), 20), text::cut(q.param("q"), 80), text::cut(q.param("sesudah"), 80)};
}

void set_list(const web::Request& q, web::View& v, const Orders& orders, const Asked& asked,
              const std::vector<std::pair<std::string, int>>& first) {
  const auto address = [&](const std::string& view, const std::string& after) {
    std::string all;
    for (const auto& [name, value] : {std::pair{"lihat", view}, std::pair{"q", asked.text}, std::pair{"sesudah", after}})
      if (!value.empty()) all += (all.empty() ? "?" : "&") + std::string(name) + "=" + text::url(value);
    return q.path + all;
  };
  web::View::List views;
  const auto add = [&](const std::string& view, const std::string& said, int count) {
    views.emplace_back()
        .set("view_href", address(view, ""))
        .set("view_word", said + " " + show_number(count, q.lang))
        .set("current", view == asked.view);
  };
  for (const auto& [view, count] : first)
    add(view, q.t("offers.list.view_" + (!view.empty() ? view : q.who.company ? "own" : "all")), count);
  bool known = asked.view.empty() || asked.view == "mine";
  for (const auto& part : orders.parts) {
    add(std::string(word(part.stage)), stage_text(q, part.stage), part.all);
    known = known || asked.view == word(part.stage);
  }
  if (const auto stage = stage_from(asked.view); stage && !known) add(asked.view, stage_text(q, *stage), 0);
  v.set("views", std::move(views)).set("q", asked.text).set("view", asked.view).set("searched", !asked.text.empty());
  v.set("search_label", q.t(q.who.company ? "offers.list.search_own" : "offers.list.search"));
  v.set("total", q.t("offers.list.total", {{"count", show_number(orders.total, q.lang)}})).set("count", orders.total);
  v.set("next_href", orders.next.empty() ? "" : address(asked.view, orders.next));
  v.set("first_href", asked.after.empty() ? "" : address(asked.view, ""))
      .set("pager", !orders.next.empty() || !asked.after.empty());
  v.set("clear_href", q.path + (asked.view.empty() ? "" : "?lihat=" + text::url(asked.view)));
}

void set_faults(const web::Request& q, web::View& v, const std::vector<Found>& found) {
  const auto bars = std::count_if(found.begin(), found.end(), [](const Found& f) { return blocks(f.fault); });
  v.set("barred", bars > 0).set("bar_count", static_cast<std::int64_t>(bars));
  v.set("doubt_count", static_cast<std::int64_t>(found.size()) - static_cast<std::int64_t>(bars)).set("has_faults", !found.empty());
  v.list("faults", found, [&](const Found& f, web::View& row) {
    row.set("fault", std::string(word(f.fault))).set("sentence", fault_text(q, f)).set("law", std::string(legal_source(f.fault)));
    int n = 0;
    row.list("others", f.others, [&](OrderId other, web::View& link) {
      link.set("other_href", "/k/pesanan/" + std::to_string(other.value)).set("other_n", ++n);
    });
    row.set("blocks", blocks(f.fault)).set("fault_class", blocks(f.fault) ? "stop" : "fix");
    row.set("fault_kind", q.t(blocks(f.fault) ? "offers.fault_bar" : "offers.fault_doubt"));
    row.set("fault_name", q.t("offers.fault_name." + std::string(word(f.fault))));
  });
}

std::vector<Told> told(Act& act, OrderId id) {
  std::vector<Told> all;
  for (auto& s : steps(act, id)) {
    const std::string by = access::name_of(act, s.by);
    all.push_back({std::move(s), by});
  }
  std::reverse(all.begin(), all.end());
  if (all.empty() || !undo_until(all.front().step).ms) return all;
  if (const auto o = find(act, id)) all.front().may_undo = !cannot_undo(act, *o, all.front().step);
  return all;
}

void set_history(const web::Request& q, web::View& v, const std::vector<Told>& all) {
  v.list("history", all, [&](const Told& t, web::View& row) {
    row.set("when", show(t.step.at, q.lang)).set("when_iso", iso_utc(t.step.at)).set("by", t.by);
    const bool undone = t.step.what == "undone";
    row.set("note", undone ? "" : t.step.note);
    row.set("what",
            undone ? q.t("offers.step_undone", {{"step", q.t("offers.step." + t.step.note)}}) : q.t("offers.step." + t.step.what));
    row.set("may_undo", t.may_undo).set("step_id", t.step.id.value).set("undo_until", show(undo_until(t.step), q.lang));
    row.list("why", t.step.reasons, [&](const Reason& r, web::View& line) {
      std::string said = r.reason;
      if (!r.fault.empty()) said = q.t("offers.fault_name." + r.fault) + (said.empty() ? "" : ": " + said);
      if (!r.field.empty()) said = field_label(q, r.field) + ": " + said;
      line.set("reason", said);
    });
  });
}

std::string field_label(const web::Request& q, const std::string& field) {
  const auto& texts = web::Texts::in(q.lang);
  if (const auto* label = texts.find("offers.order." + field)) return *label;
  const auto cut = field.find('_');
  if (field.size() > 3 && field[0] == 'p' && cut == 2)
    if (const auto* label = texts.find("offers.post." + field.substr(3)))
      return q.t("offers.post_number", {{"number", field.substr(1, 1)}}) + ", " + *label;
  if (const auto* label = texts.find("offers.post." + field)) return *label;
  return field;
}

void routes(web::Router& r) {
  access::name_subjects("offers", [](Act& act, std::int64_t subject) -> access::Named {
    const auto o = find(act, OrderId{subject});
    if (!o) return {};
    return {o->number.empty() ? o->employer_name : o->number + " (" + o->employer_name + ")",
            o->code.empty() ? "" : "/lowongan/" + o->code};
  });
  // On its home page: what the company has to correct, and what it began and has not sent.
  partners::waits_for_company("offers", [](Act& act, CompanyId) {
    std::vector<partners::ToDo> all;
    for (const auto& part : my_orders(act, {.view = "", .text = "", .after = "", .count = 0}).parts)
      if (holder(part.stage) == Holder::company)
        all.push_back({{"offers.home." + std::string(word(part.stage)), {{"count", std::to_string(part.all)}}},
                       "/mitra/pesanan?lihat=" + std::string(word(part.stage))});
    return all;
  });
  web::nav(Right::see_job_orders, "/k/pesanan", "offers.nav_orders");
  web::nav(Right::submit_job_orders, "/mitra/pesanan", "offers.nav_orders");
  web::flash("offers.flash.saved");
  web::flash("offers.flash.submitted");
  web::flash("offers.flash.done");
  web::flash("offers.flash.taken", "/k/pesanan/langkah/{id}/urungkan");
  web::flash("offers.flash.discarded", "/mitra/pesanan/langkah/{id}/urungkan");
  web::flash("offers.flash.withdrawn", "/mitra/pesanan/langkah/{id}/urungkan");
  web::flash("offers.flash.undone");
  web::flash("offers.flash.reserved");
  web::flash("offers.flash.released");
  public_routes(r);
  feed_routes(r);
  mission_routes(r);
  rate_routes(r);
  floor_routes(r);
  desk_routes(r);
  action_routes(r);
  mitra_routes(r);
  step_routes(r);
  letter_routes(r);
  check_routes(r);
}

}  // namespace rantau::offers
