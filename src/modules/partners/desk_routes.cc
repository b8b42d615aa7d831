// The officers' side of the register: companies, their terms, openness of countries, foreign partners.
#include <algorithm>

#include "base/reference.h"
#include "base/text.h"
#include "modules/access/access.h"
#include "modules/partners/routes.h"
#include "web/form.h"
#include "web/kit.h"

namespace rantau::partners {

namespace {

using web::Kind;

std::vector<std::string> state_words() {
  std::vector<std::string> words;
  for (Licence l : all_licences()) words.emplace_back(word(l));
  return words;
}

const std::vector<web::Field> fact_fields{
    {.name = "name", .required = true, .max = 120, .section = "partners.facts_title"},
    {.name = "licence_number", .max = 60},
    {.name = "licence_until", .kind = Kind::date},
    {.name = "region",
     .kind = Kind::choice,
     .required = true,
     .options = {"31.01", "31.71", "31.72", "31.73", "31.74", "31.75", "00"}},
    {.name = "address", .kind = Kind::area, .required = true, .max = 300},
    {.name = "phone", .required = true, .max = 120},
    {.name = "email", .kind = Kind::email},
    {.name = "website", .max = 120},
    {.name = "accounts", .kind = Kind::area, .max = 400},
};

std::vector<web::Field> term_fields() {
  return {{.name = "state", .kind = Kind::choice, .required = true, .options = state_words()},
          {.name = "from", .kind = Kind::date, .required = true},
          {.name = "until", .kind = Kind::date},
          {.name = "decree", .max = 80},
          {.name = "reason", .kind = Kind::area, .max = 400},
          {.name = "legal_basis", .max = 120}};
}

std::vector<web::Field> joined(std::vector<web::Field> a, const std::vector<web::Field>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const web::Form& new_form() {
  static const web::Form form = [] {
    auto terms = term_fields();
    terms.front().section = "partners.facts.first_term";
    return web::Form("partners.facts", joined(fact_fields, terms));
  }();
  return form;
}
// The same, with the tick that is asked for when a company of that name is here already.
const web::Form& twin_form() {
  static const web::Form form = [] {
    auto fields = new_form().fields();
    fields.insert(fields.begin() + 1, {.name = "other", .kind = Kind::tick});
    return web::Form("partners.facts", std::move(fields));
  }();
  return form;
}
const web::Form& facts_form() {
  static const web::Form form("partners.facts", joined(fact_fields, {{.name = "revision", .kind = Kind::hidden}}));
  return form;
}
const web::Form& term_form() {
  static const web::Form form("partners.facts", joined(term_fields(), {{.name = "revision", .kind = Kind::hidden}}));
  return form;
}
const web::Form& branch_form() {
  static const web::Form form("partners.branch",
                              {{.name = "region", .required = true, .max = 13, .pattern = "[0-9][0-9](\\.[0-9]+)*"},
                               {.name = "address", .kind = Kind::area, .required = true, .max = 300},
                               {.name = "permit", .required = true, .max = 80},
                               {.name = "from", .kind = Kind::date, .required = true},
                               {.name = "until", .kind = Kind::date}});
  return form;
}
const web::Form& rule_form() {
  static const web::Form form("partners.rule",
                              {{.name = "country", .kind = Kind::choice, .required = true, .list = "countries"},
                               {.name = "occupation", .max = 4, .pattern = "[0-9]*"},
                               {.name = "employer_kind", .kind = Kind::choice, .options = {"household", "legal_entity", "ship"}},
                               {.name = "state", .kind = Kind::choice, .required = true, .options = {"open", "limited", "closed"}},
                               {.name = "legal_basis", .required = true, .max = 200},
                               {.name = "from", .kind = Kind::date, .required = true},
                               {.name = "until", .kind = Kind::date}});
  return form;
}
const web::Form& foreign_form() {
  static const web::Form form("partners.foreign",
                              {{.name = "name", .required = true, .max = 160},
                               {.name = "country", .kind = Kind::choice, .required = true, .list = "countries"},
                               {.name = "kind", .kind = Kind::choice, .required = true, .options = {"employer", "agency"}},
                               {.name = "registration", .max = 80},
                               {.name = "valid_from", .kind = Kind::date},
                               {.name = "valid_until", .kind = Kind::date},
                               {.name = "verified_on", .kind = Kind::date},
                               {.name = "verified_by", .max = 120}});
  return form;
}
// What of a registered one may be amended.
const web::Form& registration_form() {
  static const web::Form form("partners.foreign", {{.name = "registration", .max = 80},
                                                   {.name = "valid_from", .kind = Kind::date},
                                                   {.name = "valid_until", .kind = Kind::date},
                                                   {.name = "verified_on", .kind = Kind::date},
                                                   {.name = "verified_by", .max = 120},
                                                   {.name = "revision", .kind = Kind::hidden}});
  return form;
}

void set_countries(const web::Request& q, web::View& v) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const auto& c : reference::countries()) names.emplace_back(q.lang == "en" ? c.en : c.id, c.alpha2);
  std::sort(names.begin(), names.end());
  v.list("countries", names, [](const auto& n, web::View& row) { row.set("value", n.second).set("text", n.first); });
}

Company facts_typed(const web::Typed& t) {
  Company c;
  c.name = t.text("name");
  c.licence_number = t.text("licence_number");
  c.licence_until = t.day("licence_until");
  c.region = t.text("region");
  c.address = t.text("address");
  c.phone = t.text("phone");
  c.email = t.text("email");
  c.website = t.text("website");
  c.accounts = t.text("accounts");
  c.revision = static_cast<int>(t.whole("revision"));
  return c;
}
Term term_typed(const web::Typed& t) {
  return {.state = licence_from(t.text("state")).value_or(Licence::applied),
          .from = t.day("from"),
          .until = t.day("until"),
          .decree = t.text("decree"),
          .reason = t.text("reason"),
          .legal_basis = t.text("legal_basis")};
}

std::string page_of(CompanyId id) { return "/k/perusahaan/" + std::to_string(id.value); }

const Refusal unknown{Refusal::not_found, "partners.unknown"};

// --- the list ------------------------------------------------------------------------------------------------------------

web::Reply show_list(const web::Request& q, Db& db) {
  constexpr int page_size = 50;
  const auto state = licence_from(q.param("keadaan"));
  const CompanyId after{parse_id(q.param("after")).value_or(0)};
  struct Found {
    std::vector<Company> companies;
    std::vector<StateCount> counts;
    Date today;
  };
  auto found = db.read([&](Act& act) {
    return Found{list(act, q.param("q"), page_size + 1, after, state), count_states(act), act.today};
  });
  const bool more = found.companies.size() > page_size;
  if (more) found.companies.resize(page_size);
  web::View v;
  v.set("title", q.t("partners.desk_title")).set("q", q.param("q")).set("may_manage", q.who.may(Right::manage_licences));
  v.set("nothing", found.companies.empty()).set("as_of", show(found.today, q.lang));
  v.list("companies", found.companies, [&](const Company& c, web::View& row) { set_facts(q, row, c, found.today); });
  const auto count_of = [&](Licence l) {
    for (const auto& c : found.counts)
      if (c.state == l) return c.companies;
    return 0;
  };
  int all = 0, stopped = 0;
  for (const auto& c : found.counts) all += c.companies;
  for (Licence l : {Licence::suspended_partial, Licence::suspended_full, Licence::deposit_drawn}) stopped += count_of(l);
  v.set("count_all", show_number(all, q.lang)).set("count_active", show_number(count_of(Licence::active), q.lang));
  v.set("count_stopped", show_number(stopped, q.lang)).set("count_revoked", show_number(count_of(Licence::revoked), q.lang));
  v.list("states", all_licences(), [&](Licence l, web::View& row) {
    row.set("value", word(l)).set("text", q.t("partners.state." + std::string(word(l)))).set("chosen", state == l);
    row.set("count", count_of(l));
  });
  std::string next;
  if (more)
    next = "/k/perusahaan?q=" + text::url(q.param("q")) + "&keadaan=" + (state ? std::string(word(*state)) : "") +
           "&after=" + std::to_string(found.companies.back().id.value);
  v.set("more_href", next);
  return web::page(q, "partners/desk.html", std::move(v));
}

// --- one company -----------------------------------------------------------------------------------------------------------

struct Seen {
  std::optional<Company> company;
  std::vector<Recorded> history;
  std::vector<Amended> amendments;
  std::vector<Branch> branches;
  std::vector<std::string> by, amended_by;  // names beside history and amendments
  Instant now{};
  Date today;
};

Seen see(Act& act, CompanyId id) {
  Seen s{.now = act.now, .today = act.today};
  s.company = find(act, id);
  if (!s.company) return s;
  s.history = history(act, id);
  s.amendments = amendments(act, id, 20);
  s.branches = branches(act, id);
  for (const auto& r : s.history) s.by.push_back(access::name_of(act, r.by));
  for (const auto& a : s.amendments) s.amended_by.push_back(access::name_of(act, a.by));
  return s;
}

bool may_withdraw(const web::Request& q, const Seen& s, const Recorded& r) {
  return !r.withdrawn() && r.by == q.who.user && s.now.ms - r.at.ms <= withdraw_within_s * 1000 && s.history.size() > 1 &&
         std::all_of(s.history.begin(), s.history.end(), [&](const Recorded& o) { return o.withdrawn() || o.id <= r.id; });
}

// A kept value as people read it: days and regions in words.
std::string as_read(const web::Request& q, const std::string& field, const std::string& kept) {
  if (field == "region") return region_name(q, kept);
  const auto day = field == "licence_until" ? parse_iso(kept) : std::nullopt;
  return day ? show(*day, q.lang) : kept;
}

web::View company_view(const web::Request& q, const Seen& s) {
  web::View v;
  const Company& c = *s.company;
  set_facts(q, v, c, s.today);
  v.set("title", c.name).set("accounts", c.accounts).set("may_manage", q.who.may(Right::manage_licences));
  v.set("today", show(s.today, q.lang));
  v.list("terms", s.history, [&](const Recorded& r, web::View& row) {
    const auto said = said_of(q, r.term, s.today);
    const auto at = static_cast<std::size_t>(&r - s.history.data());
    row.set("first", said.front()).set("day", show_short(r.term.from, q.lang)).set("withdrawn", r.withdrawn());
    row.set("recorded", show(r.at, q.lang)).set("by", s.by[at].empty() ? q.t("partners.by_system") : s.by[at]);
    row.set("withdrawn_at", r.withdrawn() ? show(r.withdrawn_at, q.lang) : std::string());
    row.set("may_withdraw", may_withdraw(q, s, r)).set("future", r.term.from > s.today);
    row.list("more", std::vector<std::string>(said.begin() + 1, said.end()),
             [](const std::string& sentence, web::View& line) { line.set("sentence", sentence); });
  });
  v.list("amendments", s.amendments, [&](const Amended& a, web::View& row) {
    const auto& by = s.amended_by[static_cast<std::size_t>(&a - s.amendments.data())];
    row.set("field", q.t("partners.facts." + a.field))
        .set("at", show(a.at, q.lang))
        .set("by", by.empty() ? q.t("partners.by_system") : by);
    row.set("before", as_read(q, a.field, a.before)).set("after", as_read(q, a.field, a.after));
  });
  v.set("has_amendments", !s.amendments.empty()).set("has_branches", !s.branches.empty());
  v.list("branches", s.branches, [&](const Branch& b, web::View& row) {
    row.set("address", b.address).set("region", region_name(q, b.region)).set("permit", b.permit);
    row.set("until", day_or(q, b.until, "partners.no_end_known"));
  });
  v.set("preview", false).list("preview_lines", std::vector<std::string>{}, [](const std::string&, web::View&) {});
  return v;
}

// Bank accounts and the names of officers stand here: the read is recorded.
Seen see_recorded(Db& db, CompanyId id) {
  return db.write([&](Act& act) {
    auto seen = see(act, id);
    if (seen.company) act.record("partners.read", id);
    return seen;
  });
}

web::Reply show_one(const web::Request& q, Db& db) {
  const auto s = see_recorded(db, q.id<CompanyId>());
  if (!s.company) return web::refuse(q, unknown);
  return web::page(q, "partners/desk_company.html", company_view(q, s));
}

web::Reply show_new(const web::Request& q, Db&) {
  web::View v;
  v.set("title", q.t("partners.new_title")).set("form", new_form().empty(q));
  return web::page(q, "partners/desk_new.html", std::move(v));
}

web::Reply register_new(const web::Request& q, Db& db) {
  const bool another = q.field("other") == "1";
  const web::Form* form = another ? &twin_form() : &new_form();
  auto typed = form->read(q);
  web::View v;
  v.set("title", q.t("partners.new_title"));
  if (!typed.good()) return web::page_again(q, "partners/desk_new.html", std::move(v), *form, typed);
  const auto done = db.write([&](Act& act) { return register_company(act, facts_typed(typed), term_typed(typed), !another); });
  if (done) return web::see(page_of(*done) + "?pesan=partners.flash_registered");
  if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
  typed.wrong(done.refusal());
  for (const auto& [field, why] : done.refusal().fields)
    if (field == "other") form = &twin_form();
  return web::page_again(q, "partners/desk_new.html", std::move(v), *form, typed);
}

web::Reply show_amend(const web::Request& q, Db& db) {
  const auto s = see_recorded(db, q.id<CompanyId>());
  if (!s.company) return web::refuse(q, unknown);
  auto v = company_view(q, s);
  const Company& c = *s.company;
  v.set("form", facts_form().empty(q, {{"name", c.name},
                                       {"licence_number", c.licence_number},
                                       {"licence_until", c.licence_until.known() ? show(c.licence_until, q.lang) : std::string()},
                                       {"region", c.region},
                                       {"address", c.address},
                                       {"phone", c.phone},
                                       {"email", c.email},
                                       {"website", c.website},
                                       {"accounts", c.accounts},
                                       {"revision", std::to_string(c.revision)}}));
  return web::page(q, "partners/desk_amend.html", std::move(v));
}

web::Reply amend_one(const web::Request& q, Db& db) {
  auto typed = facts_form().read(q);
  const auto id = q.id<CompanyId>();
  Refusal why{Refusal::invalid, ""};
  if (typed.good()) {
    const auto done = db.write([&](Act& act) { return amend(act, id, facts_typed(typed)); });
    if (done) return web::see(page_of(id) + "?pesan=partners.flash_amended");
    why = done.refusal();
    if (why.kind != Refusal::invalid && why.kind != Refusal::conflict) return web::refuse(q, why);
    typed.wrong(why);
  }
  const auto s = db.read([&](Act& act) { return see(act, id); });
  if (!s.company) return web::refuse(q, unknown);
  return web::page_again(q, "partners/desk_amend.html", company_view(q, s), facts_form(), typed,
                         why.kind == Refusal::conflict ? 409 : 422);
}

// --- a new term ------------------------------------------------------------------------------------------------------------

web::Reply show_term(const web::Request& q, Db& db) {
  const auto s = db.read([&](Act& act) { return see(act, q.id<CompanyId>()); });
  if (!s.company) return web::refuse(q, unknown);
  auto v = company_view(q, s);
  v.set("form", term_form().empty(q, {{"from", show(s.today, q.lang)}, {"revision", std::to_string(s.company->revision)}}));
  return web::page(q, "partners/desk_term.html", std::move(v));
}

// What the public would read if this term were set: today's state and the term's own sentences.
void set_preview(const web::Request& q, web::View& v, const Seen& s, const Term& t) {
  Company as_if = *s.company;
  as_if.terms.push_back(t);
  auto lines = said_of(q, t, s.today);
  lines.insert(lines.begin(), q.t("partners.preview_today",
                                  {{"company", as_if.name}, {"state", q.t("partners.state." + shown_state(as_if, s.today))}}));
  if (const auto change = next_change(as_if.terms, s.today); change && change->becomes)
    lines.push_back(q.t("partners.change_on", {{"day", show(change->on, q.lang)},
                                               {"state", q.t("partners.state." + std::string(word(change->becomes->state)))}}));
  v.set("preview", true).list("preview_lines", lines, [](const std::string& l, web::View& row) { row.set("sentence", l); });
}

web::Reply set_term(const web::Request& q, Db& db) {
  auto typed = term_form().read(q);
  const auto id = q.id<CompanyId>();
  const Term term = term_typed(typed);
  const bool only_look = q.field("do") == "preview";
  Refusal why{Refusal::invalid, ""};
  if (typed.good() && !only_look) {
    const int seen = static_cast<int>(typed.whole("revision"));
    const auto done = db.write([&](Act& act) { return set_licence(act, id, term, seen); });
    if (done) return web::see(page_of(id) + "?pesan=partners.flash_term&id=" + std::to_string(id.value));
    why = done.refusal();
    if (why.kind != Refusal::invalid && why.kind != Refusal::conflict) return web::refuse(q, why);
    typed.wrong(why);
  }
  const auto s = db.read([&](Act& act) { return see(act, id); });
  if (!s.company) return web::refuse(q, unknown);
  auto v = company_view(q, s);
  if (term.from.known() && licence_from(typed.text("state"))) set_preview(q, v, s, term);
  const int status = typed.good() ? 200 : why.kind == Refusal::conflict ? 409 : 422;
  return web::page_again(q, "partners/desk_term.html", std::move(v), term_form(), typed, status);
}

web::Reply withdraw_newest(const web::Request& q, Db& db) {
  const auto id = q.id<CompanyId>();
  const auto done = db.write([&](Act& act) -> Result<Done> {
    TermId newest;
    for (const auto& r : history(act, id))
      if (!r.withdrawn() && newest < r.id) newest = r.id;
    return withdraw_licence(act, id, newest);
  });
  if (!done) return web::refuse(q, done.refusal());
  return web::see(page_of(id) + "?pesan=partners.flash_withdrawn");
}

// --- branches --------------------------------------------------------------------------------------------------------------

web::Reply branch_page(const web::Request& q, Db& db, const web::Typed* typed) {
  const auto s = db.read([&](Act& act) { return see(act, q.id<CompanyId>()); });
  if (!s.company) return web::refuse(q, unknown);
  auto v = company_view(q, s);
  if (typed != nullptr) return web::page_again(q, "partners/desk_branch.html", std::move(v), branch_form(), *typed);
  v.set("form", branch_form().empty(q, {{"from", show(s.today, q.lang)}}));
  return web::page(q, "partners/desk_branch.html", std::move(v));
}

web::Reply add_branch(const web::Request& q, Db& db) {
  auto typed = branch_form().read(q);
  const auto id = q.id<CompanyId>();
  if (typed.good()) {
    const Branch b{.company = id,
                   .region = typed.text("region"),
                   .address = typed.text("address"),
                   .permit = typed.text("permit"),
                   .from = typed.day("from"),
                   .until = typed.day("until")};
    const auto done = db.write([&](Act& act) { return register_branch(act, b); });
    if (done) return web::see(page_of(id) + "?pesan=partners.flash_branch");
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return branch_page(q, db, &typed);
}

// --- openness --------------------------------------------------------------------------------------------------------------

web::Reply countries_page(const web::Request& q, Db& db, const web::Typed* typed) {
  struct Found {
    std::vector<OpenRule> rules;
    Date today;
  };
  const auto found = db.read([&](Act& act) { return Found{openness_rules(act, ""), act.today}; });
  web::View v;
  v.set("title", q.t("partners.countries_title")).set("may_manage", q.who.may(Right::manage_licences));
  v.list("rules", found.rules, [&](const OpenRule& r, web::View& row) {
    // In force for exactly its own case: a newer rule for the same may have taken its place.
    const auto now = openness(found.rules, r.country, r.occupation, r.employer_kind, found.today);
    const bool counts = now && now->occupation == r.occupation && now->employer_kind == r.employer_kind && now->from == r.from;
    row.set("country", reference::country_name(r.country, q.lang)).set("country_code", r.country);
    row.set("occupation", r.occupation.empty() ? q.t("partners.every_occupation") : r.occupation);
    row.set("kind", r.employer_kind.empty() ? q.t("partners.any_employer") : q.t("partners.rule.employer_kind." + r.employer_kind));
    row.set("state", q.t("partners.rule.state." + std::string(word(r.state))));
    row.set("desk_class", r.state == Openness::open ? "done" : r.state == Openness::limited ? "fix" : "stop");
    row.set("basis", r.legal_basis).set("from", show_short(r.from, q.lang));
    row.set("until", r.until.known() ? show_short(r.until, q.lang) : std::string()).set("counts", counts);
  });
  v.set("nothing", found.rules.empty());
  set_countries(q, v);
  if (typed != nullptr) return web::page_again(q, "partners/countries.html", std::move(v), rule_form(), *typed);
  v.set("form", rule_form().empty(q, {{"from", show(found.today, q.lang)}}));
  return web::page(q, "partners/countries.html", std::move(v));
}

web::Reply add_rule(const web::Request& q, Db& db) {
  auto typed = rule_form().read(q);
  if (typed.good()) {
    const auto& state = typed.text("state");
    const OpenRule rule{.country = typed.text("country"),
                        .occupation = typed.text("occupation"),
                        .employer_kind = typed.text("employer_kind"),
                        .state = state == "open"      ? Openness::open
                                 : state == "limited" ? Openness::limited
                                                      : Openness::closed,
                        .legal_basis = typed.text("legal_basis"),
                        .from = typed.day("from"),
                        .until = typed.day("until")};
    const auto done = db.write([&](Act& act) { return set_openness(act, rule); });
    if (done) return web::see("/k/negara?pesan=partners.flash_rule");
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return countries_page(q, db, &typed);
}

// --- foreign partners ------------------------------------------------------------------------------------------------------

void set_foreign(const web::Request& q, web::View& v, const Foreign& f, Date today) {
  const Registration now = registration_on(f, today);
  v.set("id", f.id.value).set("name", f.name).set("country", reference::country_name(f.country, q.lang));
  v.set("kind", q.t("partners.foreign.kind." + f.kind)).set("registration", f.registration);
  v.set("verified", f.verified_on.known() ? show_short(f.verified_on, q.lang) : std::string()).set("verified_by", f.verified_by);
  v.set("valid_from", f.valid_from.known() ? show_short(f.valid_from, q.lang) : std::string());
  v.set("valid_until", f.valid_until.known() ? show_short(f.valid_until, q.lang) : q.t("partners.no_end_known"));
  v.set("state_word", q.t("partners.registration." + std::string(word(now))));
  v.set("state_class", now == Registration::valid ? "done" : now == Registration::ended ? "stop" : "wait");
}

web::Reply foreign_page(const web::Request& q, Db& db, const web::Typed* typed) {
  Date today;
  const auto found = db.read([&](Act& act) {
    today = act.today;
    return foreign_partners(act, q.param("negara"), q.param("q"));
  });
  web::View v;
  v.set("title", q.t("partners.foreign_title")).set("may_manage", q.who.may(Right::manage_licences)).set("q", q.param("q"));
  v.list("partners", found, [&](const Foreign& f, web::View& row) { set_foreign(q, row, f, today); });
  v.set("nothing", found.empty());
  set_countries(q, v);
  if (typed != nullptr) return web::page_again(q, "partners/foreign.html", std::move(v), foreign_form(), *typed);
  v.set("form", foreign_form().empty(q));
  return web::page(q, "partners/foreign.html", std::move(v));
}

web::Reply add_foreign(const web::Request& q, Db& db) {
  auto typed = foreign_form().read(q);
  if (typed.good()) {
    const Foreign f{.name = typed.text("name"),
                    .country = typed.text("country"),
                    .kind = typed.text("kind"),
                    .registration = typed.text("registration"),
                    .verified_on = typed.day("verified_on"),
                    .verified_by = typed.text("verified_by"),
                    .valid_from = typed.day("valid_from"),
                    .valid_until = typed.day("valid_until")};
    const auto done = db.write([&](Act& act) { return register_foreign(act, f); });
    if (done) return web::see("/k/mitra-luar?pesan=partners.flash_foreign");
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return foreign_page(q, db, &typed);
}

web::Reply one_foreign(const web::Request& q, Db& db, const web::Typed* typed, int status) {
  Date today;
  const auto f = db.read([&](Act& act) {
    today = act.today;
    return find_foreign(act, q.id<ForeignId>());
  });
  if (!f) return web::refuse(q, {Refusal::not_found, "partners.foreign_unknown"});
  web::View v;
  set_foreign(q, v, *f, today);
  v.set("title", f->name).set("may_manage", q.who.may(Right::manage_licences));
  if (typed != nullptr) return web::page_again(q, "partners/foreign_one.html", std::move(v), registration_form(), *typed, status);
  const auto day = [&](Date d) { return d.known() ? show(d, q.lang) : std::string(); };
  v.set("form", registration_form().empty(q, {{"registration", f->registration},
                                              {"valid_from", day(f->valid_from)},
                                              {"valid_until", day(f->valid_until)},
                                              {"verified_on", day(f->verified_on)},
                                              {"verified_by", f->verified_by},
                                              {"revision", std::to_string(f->revision)}}));
  return web::page(q, "partners/foreign_one.html", std::move(v));
}

web::Reply amend_one_foreign(const web::Request& q, Db& db) {
  auto typed = registration_form().read(q);
  int status = 422;
  if (typed.good()) {
    const auto id = q.id<ForeignId>();
    const Foreign facts{.registration = typed.text("registration"),
                        .verified_on = typed.day("verified_on"),
                        .verified_by = typed.text("verified_by"),
                        .valid_from = typed.day("valid_from"),
                        .valid_until = typed.day("valid_until"),
                        .revision = static_cast<int>(typed.whole("revision"))};
    const auto done = db.write([&](Act& act) { return amend_foreign(act, id, facts); });
    if (done) return web::see("/k/mitra-luar/" + std::to_string(id.value) + "?pesan=partners.flash_foreign_amended");
    const Refusal& why = done.refusal();
    if (why.kind != Refusal::invalid && why.kind != Refusal::conflict) return web::refuse(q, why);
    if (why.kind == Refusal::conflict) status = 409;
    typed.wrong(why);
  }
  return one_foreign(q, db, &typed, status);
}

}  // namespace

void desk_routes(web::Router& r) {
  web::nav(Right::see_licences, "/k/perusahaan", "partners.nav_companies");
  web::nav(Right::see_licences, "/k/negara", "partners.nav_countries");
  web::nav(Right::see_licences, "/k/mitra-luar", "partners.nav_foreign");
  web::flash("partners.flash_term", "/k/perusahaan/{id}/urungkan");
  for (const char* key :
       {"partners.flash_registered", "partners.flash_amended", "partners.flash_withdrawn", "partners.flash_branch",
        "partners.flash_rule", "partners.flash_foreign", "partners.flash_foreign_amended"})
    web::flash(key);
  r.get("/k/perusahaan", Right::see_licences, show_list);
  r.get("/k/perusahaan/baru", Right::manage_licences, show_new);
  r.post("/k/perusahaan/baru", Right::manage_licences, register_new).once();
  r.get("/k/perusahaan/{id}", Right::see_licences, show_one).personal();
  r.get("/k/perusahaan/{id}/ubah", Right::manage_licences, show_amend).personal();
  r.post("/k/perusahaan/{id}/ubah", Right::manage_licences, amend_one);
  r.get("/k/perusahaan/{id}/izin", Right::manage_licences, show_term);
  r.post("/k/perusahaan/{id}/izin", Right::manage_licences, set_term);
  r.post("/k/perusahaan/{id}/urungkan", Right::manage_licences, withdraw_newest);
  r.get("/k/perusahaan/{id}/cabang", Right::manage_licences,
        [](const web::Request& q, Db& db) { return branch_page(q, db, nullptr); });
  r.post("/k/perusahaan/{id}/cabang", Right::manage_licences, add_branch).once();
  r.get("/k/negara", Right::see_licences, [](const web::Request& q, Db& db) { return countries_page(q, db, nullptr); });
  r.post("/k/negara", Right::manage_licences, add_rule).once();
  r.get("/k/mitra-luar", Right::see_licences, [](const web::Request& q, Db& db) { return foreign_page(q, db, nullptr); });
  r.post("/k/mitra-luar", Right::manage_licences, add_foreign).once();
  r.get("/k/mitra-luar/{id}", Right::see_licences, [](const web::Request& q, Db& db) { return one_foreign(q, db, nullptr, 200); });
  r.post("/k/mitra-luar/{id}", Right::manage_licences, amend_one_foreign);
}

}  // namespace rantau::partners
