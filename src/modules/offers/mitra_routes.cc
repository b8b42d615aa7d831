// A placement company's own job orders: where each stands, a new one, the one that came back. Only ever its own.
#include <algorithm>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/routes.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

using web::Kind;

constexpr int post_rows = 5;
constexpr int most_partners = 300;  // a longer list is not read, and a phone loads it slowly
const Refusal unknown{Refusal::not_found, "offers.unknown"};

// What is required is required to send; a draft is kept without it (see keep).
const web::Form& order_form() {
  static const web::Form form{
      "offers.order",
      {{.name = "revision", .kind = Kind::hidden},
       {.name = "number", .required = true, .max = 60, .section = "offers.order.section_letter"},
       {.name = "letter_date", .kind = Kind::date, .required = true},
       {.name = "letter_quota", .kind = Kind::whole, .max = 5000},
       {.name = "employer", .kind = Kind::choice, .list = "partners", .section = "offers.order.section_employer"},
       {.name = "employer_name", .required = true, .max = 160},
       {.name = "employer_kind", .kind = Kind::choice, .required = true, .options = {"legal_entity", "household", "ship"}},
       {.name = "country", .kind = Kind::choice, .required = true, .list = "countries"},
       {.name = "city", .required = true, .max = 80},
       {.name = "scheme", .kind = Kind::choice, .required = true, .options = {"P2P", "SSW", "SEA"}},
       {.name = "currency", .kind = Kind::choice, .required = true, .list = "currencies", .section = "offers.order.section_terms"},
       {.name = "contract_months", .kind = Kind::whole, .required = true, .max = 120},
       {.name = "hours_week", .kind = Kind::whole, .required = true, .max = 168},
       {.name = "rest_days_week", .kind = Kind::whole, .max = 7},
       {.name = "leave_days", .kind = Kind::whole, .max = 365},
       {.name = "deductions", .kind = Kind::money, .currency_field = "currency"},
       {.name = "fee", .kind = Kind::money},
       {.name = "facilities", .kind = Kind::area, .max = 1000},
       {.name = "min_education",
        .kind = Kind::choice,
        .options = {"SD", "SMP", "SMA", "D3", "S1"},
        .section = "offers.order.section_worker"},
       {.name = "min_age", .kind = Kind::whole, .max = 70},
       {.name = "requirements", .kind = Kind::area, .max = 2000},
       {.name = "recruit_from", .kind = Kind::date},
       {.name = "recruit_until", .kind = Kind::date, .required = true}}};
  return form;
}

std::string post_field(int n, std::string_view name) { return "p" + std::to_string(n) + "_" + std::string(name); }

std::string plain(const Money& m) {
  if (m.minor == 0) return {};
  const int digits = minor_digits(m.currency);
  return digits == 0 ? std::to_string(m.minor) : show_decimal(m.minor, digits, "id");
}

// An order as the words of its form: for a copy, for amending.
web::Pairs words_of(const Order& o) {
  const auto number = [](int n) { return n > 0 ? std::to_string(n) : std::string(); };
  const auto day = [](Date d) { return d.known() ? show(d, "id") : std::string(); };
  const std::string currency = o.posts.empty() ? o.deductions.currency : o.posts.front().pay.currency;
  web::Pairs w{{"revision", std::to_string(o.revision)},
               {"number", o.number},
               {"letter_date", day(o.letter_date)},
               {"letter_quota", number(o.letter_quota)},
               {"employer", o.employer ? std::to_string(o.employer.value) : std::string()},
               {"employer_name", o.employer_name},
               {"employer_kind", o.employer_kind},
               {"country", o.country},
               {"city", o.city},
               {"scheme", o.scheme},
               {"currency", currency},
               {"contract_months", number(o.contract_months)},
               {"hours_week", number(o.hours_week)},
               {"rest_days_week", number(o.rest_days_week)},
               {"leave_days", number(o.leave_days)},
               {"deductions", plain(o.deductions)},
               {"fee", std::to_string(o.fee_to_worker.minor)},
               {"facilities", o.facilities},
               {"min_education", o.min_education},
               {"min_age", number(o.min_age)},
               {"requirements", o.requirements},
               {"recruit_from", day(o.recruit_from)},
               {"recruit_until", day(o.recruit_until)}};
  for (Item i : o.contract_items) w.emplace_back("item_" + std::string(word(i)), "1");
  int n = 0;
  for (const Post& p : o.posts) {
    ++n;
    w.insert(w.end(), {{post_field(n, "occupation"), p.occupation},
                       {post_field(n, "title_id"), p.title_id},
                       {post_field(n, "title_en"), p.title_en},
                       {post_field(n, "quota_men"), number(p.quota_men)},
                       {post_field(n, "quota_women"), number(p.quota_women)},
                       {post_field(n, "quota_any"), number(p.quota_any)},
                       {post_field(n, "pay"), plain(p.pay)},
                       {post_field(n, "basis_kind"), p.sex_rule_kind},
                       {post_field(n, "basis"), p.sex_rule_basis}});
  }
  return w;
}

const std::string& first(const web::Pairs& pairs, std::string_view name) {
  static const std::string none;
  for (const auto& [key, value] : pairs)
    if (key == name) return value;
  return none;
}

int small(const web::Request& q, web::Typed& typed, const std::string& field) {
  const std::string& said = q.field(field);
  if (said.empty()) return 0;
  const auto n = parse_whole(said);
  if (n && *n >= 0 && *n <= 10'000) return static_cast<int>(*n);
  typed.wrong(field, {"web.form.whole", {{"label", field_label(q, field)}}});
  return 0;
}

Money amount(const web::Request& q, web::Typed& typed, const std::string& field, const std::string& currency) {
  const std::string& said = q.field(field);
  if (said.empty()) return {0, currency};
  const auto m = parse_money(said, currency);
  if (m && finer_than_money(said, currency))
    typed.wrong(field, web::too_fine(field_label(q, field), m->currency));
  else if (m)
    return *m;
  else
    typed.wrong(field, {"web.form.money", {{"label", field_label(q, field)}}});
  return {0, currency};
}

void read_posts(const web::Request& q, web::Typed& typed, Order& o) {
  const std::string currency = typed.text("currency").empty() ? "IDR" : typed.text("currency");
  const auto said = [&](int n, const char* name, std::size_t most) { return text::cut(q.field(post_field(n, name)), most); };
  for (int n = 1; n <= post_rows; ++n) {
    Post p{.id = {},
           .occupation = said(n, "occupation", 4),
           .title_id = said(n, "title_id", 120),
           .title_en = said(n, "title_en", 120)};
    p.quota_men = small(q, typed, post_field(n, "quota_men"));
    p.quota_women = small(q, typed, post_field(n, "quota_women"));
    p.quota_any = small(q, typed, post_field(n, "quota_any"));
    p.pay = amount(q, typed, post_field(n, "pay"), currency);
    p.sex_rule_kind = said(n, "basis_kind", 20);
    if (std::find(sex_rule_kinds.begin(), sex_rule_kinds.end(), p.sex_rule_kind) == sex_rule_kinds.end()) p.sex_rule_kind.clear();
    p.sex_rule_basis = said(n, "basis", 200);
    const bool used = !p.title_id.empty() || !p.title_en.empty() || p.pay.minor > 0 || quota(p) > 0 || !p.occupation.empty();
    const bool four = p.occupation.size() == 4 && text::digits(p.occupation) == p.occupation;
    if (!p.occupation.empty() && !four) typed.wrong(post_field(n, "occupation"), {"offers.post.occupation_wrong"});
    if (four && !isco_known(p.occupation)) typed.wrong(post_field(n, "occupation"), {"offers.post.occupation_unknown"});
    if (used) o.posts.push_back(std::move(p));
  }
}

Order order_of(const web::Request& q, web::Typed& typed) {
  Order o;
  const std::string currency = typed.text("currency").empty() ? "IDR" : typed.text("currency");
  const auto number = [&](const char* f) { return static_cast<int>(typed.whole(f)); };
  if (!typed.text("currency").empty() && !pays_in(currency)) typed.wrong("currency", {"offers.order.currency_wrong"});
  o.revision = number("revision");
  o.number = typed.text("number");
  o.letter_date = typed.day("letter_date");
  o.letter_quota = number("letter_quota");
  o.employer = {parse_id(typed.text("employer")).value_or(0)};
  if (!typed.text("employer").empty() && !o.employer) typed.wrong("employer", {"offers.order.partner_unknown"});
  o.employer_name = typed.text("employer_name");
  o.employer_kind = typed.text("employer_kind").empty() ? "legal_entity" : typed.text("employer_kind");
  o.country = typed.text("country");
  o.city = typed.text("city");
  o.scheme = typed.text("scheme").empty() ? "P2P" : typed.text("scheme");
  o.contract_months = number("contract_months");
  o.hours_week = number("hours_week");
  o.rest_days_week = number("rest_days_week");
  o.leave_days = number("leave_days");
  o.deductions = typed.money("deductions").value_or(Money{0, currency});
  o.fee_to_worker = typed.money("fee").value_or(Money{});
  o.facilities = typed.text("facilities");
  o.requirements = typed.text("requirements");
  o.min_education = typed.text("min_education");
  o.min_age = typed.text("min_age").empty() ? 18 : number("min_age");
  o.recruit_from = typed.day("recruit_from");
  o.recruit_until = typed.day("recruit_until");
  for (int i = 0; i < item_count; ++i)
    if (!q.field("item_" + std::string(word(static_cast<Item>(i)))).empty()) o.contract_items.push_back(static_cast<Item>(i));
  if (!o.country.empty() && !reference::country(o.country)) typed.wrong("country", {"offers.order.country_wrong"});
  read_posts(q, typed, o);
  return o;
}

void set_post_rows(const web::Request& q, web::View& v, const web::Pairs& said, const web::Typed& typed) {
  web::View::List rows;
  for (int n = 1; n <= post_rows; ++n) {
    web::View& row = rows.emplace_back();
    row.set("n", n).set("post_head", q.t("offers.post_number", {{"number", std::to_string(n)}}));
    bool any = n == 1, wrong = false;
    row.list(
        "cells",
        std::vector<std::string>{"title_id", "title_en", "occupation", "pay", "quota_men", "quota_women", "quota_any", "basis_kind",
                                 "basis"},
        [&](const std::string& name, web::View& cell) {
          const std::string field = post_field(n, name);
          std::string error;
          for (const auto& [f, why] : typed.errors)
            if (f == field) error += (error.empty() ? "" : " ") + q.t(why);
          any = any || !first(said, field).empty();
          wrong = wrong || !error.empty();
          const bool number = name.starts_with("quota_") || name == "occupation";
          cell.set("name", field).set("label", q.t("offers.post." + name)).set("value", first(said, field)).set("error", error);
          cell.set("chooses", name == "basis_kind");
          cell.list("kinds", sex_rule_kinds, [&](std::string_view kind, web::View& option) {
            option.set("kind", kind).set("kind_word", q.t("offers.basis." + std::string(kind)));
            option.set("chosen", first(said, field) == kind);
          });
          cell.set("mode", number ? "numeric" : name == "pay" ? "decimal" : "text");
        });
    row.set("opened", any || wrong);
  }
  v.set("post_rows", std::move(rows));
  web::View::List items;
  for (int i = 0; i < item_count; ++i) {
    const std::string item(word(static_cast<Item>(i)));
    items.emplace_back()
        .set("item", item)
        .set("item_word", q.t("offers.item." + item))
        .set("ticked", !first(said, "item_" + item).empty());
  }
  v.set("items", std::move(items));
}

// The partners that may be named, those of the order's country first; the one named already stands there even when it has ended.
void set_partners(const web::Request& q, Db& db, web::View& v, const web::Pairs& said) {
  auto all = db.read([&](Act& act) {
    auto found = partners::standing_partners(act, first(said, "country"), most_partners);
    const partners::ForeignId named{parse_id(first(said, "employer")).value_or(0)};
    if (!named || std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.id == named; })) return found;
    if (auto f = partners::find_foreign(act, named)) found.insert(found.begin(), std::move(*f));
    return found;
  });
  // By the names of countries as they are read here, those of the order's country first.
  const auto country_of = [&](const partners::Foreign& f) {
    return std::pair(f.country != first(said, "country"), reference::country_name(f.country, q.lang));
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return country_of(a) < country_of(b); });
  v.list("partners", all, [&](const partners::Foreign& f, web::View& row) {
    const std::string number = f.registration.empty() ? q.t("offers.partner_no_number") : f.registration;
    row.set("value", f.id.value).set("text", reference::country_name(f.country, q.lang) + " · " + f.name + " · " + number);
  });
}

// Why this order cannot be sent today, in one text; empty: it can.
std::string not_licensed(const web::Request& q, const Order& o, const partners::Company& company, Date today) {
  const auto no = cannot_send(o, company, today);
  if (!no) return {};
  std::string said = q.t(no->key, no->words);
  for (const Sentence& s : no->reasons) said += " " + q.t(s);
  return said;
}

// The form with its lists, whatever was typed.
web::Reply form_page(const web::Request& q, Db& db, web::View v, const web::Pairs& said, const web::Typed& typed, int status) {
  v.set("not_licensed", db.read([&](Act& act) {
    const auto company = partners::find(act, act.who.company);
    Order o;
    if (const auto* back = v.find("came_back"); back != nullptr && std::get<bool>(*back)) o.stage = Stage::returned;
    return not_licensed(q, o, company ? *company : partners::Company{}, act.today);
  }));
  v.list("countries", reference::countries(), [&](const reference::Country& c, web::View& row) {
    row.set("value", c.alpha2).set("text", q.lang == "en" ? c.en : c.id);
  });
  v.list("currencies", pay_currencies(), [&](std::string_view c, web::View& row) {
    row.set("value", c).set("text", std::string(c) + " · " + reference::currency_name(c, q.lang));
  });
  set_partners(q, db, v, said);
  set_post_rows(q, v, said, typed);
  return web::page_again(q, "offers/mitra_form.html", std::move(v), order_form(), typed, status);
}

web::View new_view(const web::Request& q) {
  web::View v;
  v.set("title", q.t("offers.mitra.new_title")).set("action", "/mitra/pesanan/baru").set("came_back", false);
  return v;
}

web::Reply show_new(const web::Request& q, Db& db) {
  web::Typed typed;
  typed.values = {{"scheme", "P2P"}, {"employer_kind", "legal_entity"}, {"min_age", "18"}, {"fee", "0"}, {"rest_days_week", "1"}};
  if (const auto from = parse_id(q.param("from"))) {
    const auto o = db.read([&](Act& act) { return find_mine(act, {*from}); });
    if (!o) return web::refuse(q, unknown);
    Order copy = *o;
    if (o->stage != Stage::discarded && o->stage != Stage::withdrawn) {
      copy.number.clear();  // another letter, other days: what is copied is the work and its terms
      copy.letter_date = copy.recruit_from = copy.recruit_until = {};
    }
    typed.values = words_of(copy);
  }
  const web::Pairs said = typed.values;
  return form_page(q, db, new_view(q), said, typed, 200);
}

// Kept first, then sent: what was typed is never lost because something is missing.
web::Reply keep(const web::Request& q, Db& db, web::View v, const std::function<Result<OrderId>(Act&, const Order&)>& write) {
  auto typed = order_form().read(q);
  // A draft may lack what sending needs; a word that is no choice is still wrong.
  std::erase_if(typed.errors, [&](const auto& e) {
    return (e.second.key == "web.form.required" || e.second.key == "web.form.choose") && typed.text(e.first).empty();
  });
  const Order o = order_of(q, typed);
  if (!typed.good()) return form_page(q, db, std::move(v), q.form, typed, 422);
  const auto kept = db.write([&](Act& act) { return write(act, o); });
  if (!kept) {
    if (kept.refusal().kind != Refusal::invalid && kept.refusal().kind != Refusal::conflict) return web::refuse(q, kept.refusal());
    typed.wrong(kept.refusal());
    return form_page(q, db, std::move(v), q.form, typed, kept.refusal().kind == Refusal::conflict ? 409 : 422);
  }
  const std::string there = "/mitra/pesanan/" + std::to_string(kept->value);
  if (q.field("do") != "submit") return web::see(there + "?pesan=offers.flash.saved");
  const auto now = db.read([&](Act& act) { return find_mine(act, *kept); });
  const auto sent = db.write([&](Act& act) { return submit(act, *kept, now ? now->revision : 0); });
  if (sent) {
    changed(std::to_string(kept->value));
    return web::see(there + "?pesan=offers.flash.submitted");
  }
  typed.wrong(sent.refusal());
  typed.wrong("", {"offers.kept_as_draft"});
  v.set("action", there + "/ubah");
  for (auto& [name, value] : typed.values) {
    if (name == "revision" && now) value = std::to_string(now->revision);
    if (name == "country" && now) value = now->country;  // kept with what the partner filled
    if (name == "employer_name" && now) value = now->employer_name;
  }
  return form_page(q, db, std::move(v), q.form, typed, 422);
}

web::Reply do_new(const web::Request& q, Db& db) {
  return keep(q, db, new_view(q), [](Act& act, const Order& o) { return draft(act, o); });
}

web::View edit_view(const web::Request& q, const Order& o) {
  web::View v;
  v.set("title", q.t("offers.mitra.edit_title", {{"number", o.number.empty() ? "-" : o.number}}));
  v.set("action", "/mitra/pesanan/" + std::to_string(o.id.value) + "/ubah").set("came_back", o.stage == Stage::returned);
  return v;
}

// Field names of reasons as the form knows them: "pay" means the first post's.
std::string form_field(const std::string& field) {
  for (const char* of_post : {"pay", "quota", "title_id", "occupation"})
    if (field == of_post) return "p1_" + (field == "quota" ? "quota_any" : field);
  return field;
}

std::vector<Reason> why_returned(const std::vector<Told>& history) {
  for (const Told& t : history)  // newest first
    if (t.step.what == "returned") return t.step.reasons;
  return {};
}

web::Reply show_edit(const web::Request& q, Db& db) {
  std::vector<Told> history;
  const auto o = db.read([&](Act& act) {
    auto found = find_mine(act, q.id<OrderId>());
    if (found) history = told(act, found->id);
    return found;
  });
  if (!o) return web::refuse(q, unknown);
  if (o->stage != Stage::draft && o->stage != Stage::returned) return web::see("/mitra/pesanan/" + q.at("id"));
  web::Typed typed;
  typed.values = words_of(*o);
  if (o->stage == Stage::returned)
    for (const Reason& r : why_returned(history))
      typed.wrong(form_field(r.field), {"offers.returned_reason", {{"label", field_label(q, r.field)}, {"reason", r.reason}}});
  const web::Pairs said = typed.values;
  return form_page(q, db, edit_view(q, *o), said, typed, 200);
}

web::Reply do_edit(const web::Request& q, Db& db) {
  const auto before = db.read([&](Act& act) { return find_mine(act, q.id<OrderId>()); });
  if (!before) return web::refuse(q, unknown);
  return keep(q, db, edit_view(q, *before), [&](Act& act, const Order& o) -> Result<OrderId> {
    const auto done = amend(act, before->id, o);
    if (!done) return done.refusal();
    return before->id;
  });
}

// --- list and one ------------------------------------------------------------------------------------------------------------

// draf › verifikasi atase › disahkan › SIP2MI › dibuka › penuh, with where the order stands.
void set_line(const web::Request& q, web::View& v, const Order& o, Date today) {
  const Stage now = stage_on(o, today);
  const int at = hidden(now) || now == Stage::returned                                               ? 0
                 : now == Stage::submitted || now == Stage::verif_atnaker || now == Stage::withdrawn ? 1
                 : now == Stage::endorsed                                                            ? 2
                 : now == Stage::examined || now == Stage::refused                                   ? 3
                 : now == Stage::full                                                                ? 5
                                                                                                     : 4;
  web::View::List line;
  const char* const names[] = {"draft", "mission", "endorsed", "permit", "open", "full"};
  for (int i = 0; i < 6; ++i)
    line.emplace_back()
        .set("part", q.t("offers.line." + std::string(names[i])))
        .set("here", i == at)
        .set("past", i < at)
        .set("last", i == 5);
  v.set("line", std::move(line));
}

struct Own {
  Order order;
  std::vector<Reason> returned;
  bool served = true;  // a mission serves its country
};

web::Reply show_list(const web::Request& q, Db& db) {
  const Asked asked = asked_of(q);
  Date today;
  Orders orders;
  const auto mine = db.read([&](Act& act) {
    today = act.today;
    orders = my_orders(act, asked);
    std::vector<Own> all;
    for (Order& o : orders.page) {
      Own own{std::move(o), {}, true};
      if (own.order.stage == Stage::returned) own.returned = why_returned(told(act, own.order.id));
      if (holder(own.order.stage) == Holder::mission) own.served = has_mission(act, own.order.country);
      all.push_back(std::move(own));
    }
    return all;
  });
  web::View v;
  v.set("title", q.t("offers.mitra.title")).set("nothing", mine.empty());
  set_list(q, v, orders, asked, {{"", orders.in_work}});
  v.list("orders", mine, [&](const Own& own, web::View& row) {
    set_order(q, row, own.order, today);
    set_no_mission(q, row, own.order, own.served);
    set_line(q, row, own.order, today);
    const auto lacks = gaps(own.order);
    const bool counts = own.order.stage == Stage::draft || own.order.stage == Stage::returned;
    row.set("missing", counts && !lacks.empty() ? q.t("offers.mitra.missing", {{"count", std::to_string(lacks.size())}}) : "");
    row.set("returned", own.returned.empty() ? "" : q.t("offers.mitra.returned", {{"count", std::to_string(own.returned.size())}}));
  });
  return web::page(q, "offers/mitra_list.html", std::move(v));
}

}  // namespace

web::Reply company_page(const web::Request& q, Db& db, const web::Typed* typed, const std::string& letter_wrong) {
  struct One {
    std::optional<Order> order;
    std::vector<Found> found;
    std::vector<Told> history;
    Date today;
    bool served = true;  // a mission serves its country
    std::optional<partners::Foreign> partner{};
    std::optional<Letter> letter{};
    std::string not_licensed{};
  };
  const One one = db.read([&](Act& act) {
    One o{find_mine(act, q.id<OrderId>()), {}, {}, act.today};
    if (!o.order) return o;
    o.served = has_mission(act, o.order->country);
    auto facts = facts_for(act, *o.order);
    o.found = faults(*o.order, facts, act.today);
    o.partner = std::move(facts.partner);
    o.letter = letter_of(act, o.order->id);
    o.not_licensed = not_licensed(q, *o.order, facts.company, act.today);
    o.history = told(act, o.order->id);
    return o;
  });
  if (!one.order) return web::refuse(q, unknown);
  web::View v;
  const Order& o = *one.order;
  set_order(q, v, o, one.today);
  set_line(q, v, o, one.today);
  set_no_mission(q, v, o, one.served);
  set_partner(q, v, one.partner, one.today);
  set_letter(q, v, one.letter, "/mitra/pesanan/");
  v.set("letter_wrong", letter_wrong).set("letter_max", letter_max);
  set_faults(q, v, one.found);
  set_history(q, v, one.history);
  const bool with_company = o.stage == Stage::draft || o.stage == Stage::returned;
  v.set("title", title_of(o, q.lang).empty() ? q.t("offers.mitra.title") : title_of(o, q.lang)).set("editable", with_company);
  v.set("came_back", o.stage == Stage::returned)
      .set("reserves", stage_on(o, one.today) == Stage::open)
      .set("places", !o.code.empty())  // what is reserved can be released whatever stopped the order
      .set("public", !o.code.empty());
  v.set("not_licensed", one.not_licensed);
  v.list("returned", o.stage == Stage::returned ? why_returned(one.history) : std::vector<Reason>{},
         [&](const Reason& r, web::View& row) {
           row.set("return_field", field_label(q, r.field))
               .set("return_reason", r.reason)
               .set("return_href", "/mitra/pesanan/" + q.at("id") + "/ubah#f-" + form_field(r.field));
         });
  const auto lacks = with_company ? gaps(o) : std::vector<std::pair<std::string, Sentence>>{};
  v.set("has_gaps", !lacks.empty());
  v.list("gaps", lacks, [&](const auto& gap, web::View& row) {
    row.set("gap", q.t(gap.second)).set("gap_href", "/mitra/pesanan/" + q.at("id") + "/ubah#f-" + gap.first);
  });
  v.set("discards", o.stage == Stage::draft).set("withdraws", may_withdraw(o.stage));
  v.set("ended", o.stage == Stage::discarded || o.stage == Stage::withdrawn).set("typed", typed != nullptr);
  if (typed != nullptr) return web::page_again(q, "offers/mitra_one.html", std::move(v), withdraw_form(), *typed);
  v.set("form", withdraw_form().empty(q));
  return web::page(q, "offers/mitra_one.html", std::move(v), letter_wrong.empty() ? 200 : 422);
}

namespace {

web::Reply show_one(const web::Request& q, Db& db) { return company_page(q, db); }

web::Reply do_submit(const web::Request& q, Db& db) {
  const auto done = db.write([&](Act& act) { return submit(act, q.id<OrderId>(), revision_of(q)); });
  if (!done && done.refusal().kind == Refusal::invalid && !q.wants_json)
    return web::see("/mitra/pesanan/" + q.at("id") + "#kurang");
  if (!done) return web::refuse(q, done.refusal());
  changed(q.at("id"));
  return web::see("/mitra/pesanan/" + q.at("id") + "?pesan=offers.flash.submitted");
}

Seat seat_of(const web::Request& q) {
  return q.field("seat") == "man" ? Seat::man : q.field("seat") == "woman" ? Seat::woman : Seat::anybody;
}

web::Reply do_place(const web::Request& q, Db& db, bool takes) {
  const PostId post{parse_id(q.field("post")).value_or(0)};
  const auto done = db.write([&](Act& act) { return takes ? reserve(act, post, seat_of(q)) : release(act, post, seat_of(q)); });
  if (!done) return web::refuse(q, readable(q, db, q.id<OrderId>(), done.refusal()));
  return web::see("/mitra/pesanan/" + q.at("id") + "?pesan=" + (takes ? "offers.flash.reserved" : "offers.flash.released"));
}

}  // namespace

void mitra_routes(web::Router& r) {
  r.get("/mitra/pesanan", Right::submit_job_orders, show_list);
  r.get("/mitra/pesanan/baru", Right::submit_job_orders, show_new);
  r.post("/mitra/pesanan/baru", Right::submit_job_orders, do_new).form(order_form()).once();
  r.get("/mitra/pesanan/{id}", Right::submit_job_orders, show_one);
  r.get("/mitra/pesanan/{id}/ubah", Right::submit_job_orders, show_edit);
  r.post("/mitra/pesanan/{id}/ubah", Right::submit_job_orders, do_edit).form(order_form());
  r.post("/mitra/pesanan/{id}/kirim", Right::submit_job_orders, do_submit);
  r.post("/mitra/pesanan/{id}/pesan", Right::submit_job_orders,
         [](const web::Request& q, Db& db) { return do_place(q, db, true); });
  r.post("/mitra/pesanan/{id}/lepas", Right::submit_job_orders,
         [](const web::Request& q, Db& db) { return do_place(q, db, false); });
}

}  // namespace rantau::offers
