// The public register of placement companies, its API, and a company's own page. Licence facts only, never a suspicion.
#include "modules/partners/routes.h"
#include "modules/access/access.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "base/text.h"
#include "web/drawing.h"
#include "web/form.h"
#include "web/kit.h"

namespace rantau::partners {

namespace {

constexpr int page_size = 20;

// An address that ends in its city need not name it twice.
bool region_is_in(const std::string& address, const std::string& region) {
  return text::fold(address).find(text::fold(region)) != std::string::npos;
}

std::string without_stop(std::string s) {
  while (!s.empty() && (s.back() == '.' || s.back() == ' ')) s.pop_back();
  return s;
}

}  // namespace

std::string shown_state(const Company& c, Date today) {
  const auto term = term_on(c.terms, today);
  const auto found = bars(c, today);
  if (found == std::vector{Bar::licence_expired}) return "expired";
  return term ? std::string(word(term->state)) : "none";
}

std::string day_or(const web::Request& q, Date day, const char* key_when_unknown) {
  return day.known() ? show(day, q.lang) : q.t(key_when_unknown);
}

std::string region_name(const web::Request& q, const std::string& code) {
  const auto* known = web::Texts::in(q.lang).find("partners.facts.region." + code);
  return known != nullptr ? *known : code;
}

void set_state(const web::Request& q, web::View& v, const Company& c, Date today) {
  struct Look {
    const char* tag;
    const char* desk;
    web::StepState shape;
  };
  const auto state = shown_state(c, today);
  const auto licence = licence_from(state);
  const Look look = !licence                                ? Look{"off", "stop", web::StepState::stopped}
                    : *licence == Licence::active           ? Look{"ok", "done", web::StepState::done}
                    : *licence == Licence::sanction_written ? Look{"wait", "fix", web::StepState::yours}
                    : is_sanction(*licence)                 ? Look{"bad", "stop", web::StepState::stopped}
                                                            : Look{"wait", "wait", web::StepState::waiting};
  v.set("state", q.t("partners.state." + state)).set("state_means", q.t("partners.state." + state + "_means"));
  v.set("tag_class", look.tag).set("desk_class", look.desk).set("svg_mark", web::step_svg(look.shape));
  v.set("may_recruit", bars(c, today).empty());
}

std::vector<std::string> said_of(const web::Request& q, const Term& t, Date today) {
  const Words words{{"state", q.t("partners.state." + std::string(word(t.state)))},
                    {"from", show(t.from, q.lang)},
                    {"until", t.until.known() ? show(t.until, q.lang) : std::string()}};
  std::vector<std::string> said;
  if (t.until.known())
    said.push_back(q.t("partners.said_between", words));
  else
    said.push_back(q.t(t.from > today ? "partners.said_from" : "partners.said_since", words));
  if (!t.reason.empty()) said.push_back(q.t("partners.said_reason", {{"reason", without_stop(t.reason)}}));
  if (!t.decree.empty()) said.push_back(q.t("partners.said_decree", {{"decree", without_stop(t.decree)}}));
  if (!t.legal_basis.empty()) said.push_back(q.t("partners.said_basis", {{"basis", without_stop(t.legal_basis)}}));
  return said;
}

void set_history(const web::Request& q, web::View& v, const Company& c, Date today) {
  std::vector<Term> newest_first(c.terms.rbegin(), c.terms.rend());
  v.list("history", newest_first, [&](const Term& t, web::View& row) {
    const auto said = said_of(q, t, today);
    row.set("day", show(t.from, q.lang)).set("first", said.front()).set("future", t.from > today);
    row.list("more", std::vector<std::string>(said.begin() + 1, said.end()),
             [](const std::string& sentence, web::View& line) { line.set("sentence", sentence); });
  });
  const auto change = next_change(c.terms, today);
  v.set("change", false);
  if (change)
    v.set("change",
          q.t("partners.change_on", {{"day", show(change->on, q.lang)},
                                     {"state", change->becomes ? q.t("partners.state." + std::string(word(change->becomes->state)))
                                                               : q.t("partners.state.none")}}));
}

void set_facts(const web::Request& q, web::View& v, const Company& c, Date today) {
  v.set("id", c.id.value).set("name", c.name).set("code", c.code).set("code_shown", show_code(c.code));
  v.set("licence_number", c.licence_number).set("address", c.address).set("region", region_name(q, c.region));
  v.set("licence_until", day_or(q, c.licence_until, "partners.no_end_known"));
  v.set("email", c.email).set("website", host_of(c.website));
  v.list("phones", text::lines(c.phone, "\n,;"), [](const std::string& typed, web::View& row) {
    const auto e164 = text::phone(typed);
    row.set("shown", e164 ? text::show_phone(*e164) : typed).set("tel", e164.value_or(text::digits(typed)));
  });
  const auto region = region_name(q, c.region);
  const bool said = region_is_in(c.address, region) || c.region.empty() || c.region == "00";
  v.set("place", said ? c.address : c.address + ", " + region);
  set_state(q, v, c, today);
  const auto found = bars(c, today);
  v.set("many_bars", found.size() > 1);  // one alone is what the state says already
  v.list("bars", found, [&](Bar b, web::View& row) { row.set("sentence", q.t("partners.bar." + std::string(word(b)))); });
}

namespace {

void set_rows(const web::Request& q, web::View& v, const std::vector<Company>& companies, Date today) {
  v.list("companies", companies, [&](const Company& c, web::View& row) { set_facts(q, row, c, today); });
}

CompanyId after_of(const web::Request& q) { return {parse_id(q.param("after")).value_or(0)}; }

web::Reply show_register(const web::Request& q, Db& db) {
  struct Found {
    std::vector<Company> companies;
    std::vector<Likely> likely;
    Date today;
  };
  const auto& asked = q.param("q");
  auto found = db.read([&](Act& act) {
    Found f{list(act, asked, page_size + 1, after_of(q)), {}, act.today};
    if (f.companies.empty() && !asked.empty()) f.likely = likely_begun(act, asked, 5);
    return f;
  });
  const bool more = found.companies.size() > page_size;
  if (more) found.companies.resize(page_size);
  web::View v;
  v.set("title", q.t("partners.register_title")).set("description", q.t("partners.register_lead"));
  v.set("q", asked).set("asked", !asked.empty()).set("as_of", show(found.today, q.lang));
  v.set("canonical", q.site + "/perusahaan");
  set_rows(q, v, found.companies, found.today);
  std::vector<Company> maybe;
  for (auto& l : found.likely) maybe.push_back(std::move(l.company));
  v.list("maybe", maybe, [&](const Company& c, web::View& row) { set_facts(q, row, c, found.today); });
  v.set("has_maybe", !maybe.empty()).set("nothing", found.companies.empty() && maybe.empty());
  v.set("more_href", more ? "/perusahaan?q=" + text::url(asked) + "&after=" + std::to_string(found.companies.back().id.value) : "");
  auto reply = web::page(q, "partners/register.html", std::move(v));
  reply.is_public = true;
  return reply;
}

struct Shown {
  std::optional<Company> company;
  std::vector<Branch> branches;
  Date today;
};

Shown read_company(Db& db, std::string_view typed_code) {
  return db.read([&](Act& act) {
    Shown s{.today = act.today};
    if (const auto code = read_code(typed_code).code) s.company = find_by_code(act, *code);
    if (s.company) s.branches = branches(act, s.company->id);
    return s;
  });
}

const Refusal unknown{Refusal::not_found, "partners.unknown"};

web::Reply show_company(const web::Request& q, Db& db) {
  const auto s = read_company(db, q.at("code"));
  if (!s.company) return web::refuse(q, unknown);
  const Company& c = *s.company;
  web::View v;
  set_facts(q, v, c, s.today);
  set_history(q, v, c, s.today);
  v.set("title", c.name).set("description", c.name + ": " + q.t("partners.state." + shown_state(c, s.today)));
  v.set("back_href", "/perusahaan").set("back_word", q.t("partners.register_title"));
  v.set("canonical", q.site + "/perusahaan/" + c.code).set("as_of", show(s.today, q.lang));
  v.set("jobs_href", "/lowongan?q=" + text::url(c.name)).set("has_branches", !s.branches.empty());
  v.list("branches", s.branches, [&](const Branch& b, web::View& row) {
    row.set("address", b.address).set("region", region_name(q, b.region)).set("permit", b.permit);
    row.set("until", day_or(q, b.until, "partners.no_end_known"));
  });
  auto reply = web::page(q, "partners/company.html", std::move(v));
  reply.is_public = true;
  return reply;
}

// The questions of the API, for its description: the handlers read them leniently.
const web::Form& search_form() {
  static const web::Form form("partners.search", {{.name = "q", .max = 120}, {.name = "after", .max = 24}});
  return form;
}

// --- API ---------------------------------------------------------------------------------------------------------------

namespace json = boost::json;

json::value day_json(Date d) { return d.known() ? json::value(d.iso()) : json::value(nullptr); }

json::object company_json(const Company& c, Date today) {
  json::array found, phones;
  for (Bar b : bars(c, today)) found.emplace_back(word(b));
  for (const auto& p : text::lines(c.phone, "\n,;")) phones.emplace_back(text::phone(p).value_or(p));
  return {{"code", show_code(c.code)},
          {"name", c.name},
          {"licence_number", c.licence_number},
          {"licence_until", day_json(c.licence_until)},
          {"state", shown_state(c, today)},
          {"may_recruit", found.empty()},
          {"bars", std::move(found)},
          {"address", c.address},
          {"region", c.region},
          {"phones", std::move(phones)},
          {"website", host_of(c.website)}};
}

json::array history_json(const Company& c) {
  json::array terms;
  for (const Term& t : c.terms)
    terms.push_back(json::object{{"state", word(t.state)},
                                 {"from", day_json(t.from)},
                                 {"until", day_json(t.until)},
                                 {"decree", t.decree},
                                 {"reason", t.reason},
                                 {"legal_basis", t.legal_basis}});
  return terms;
}

web::Reply api_list(const web::Request& q, Db& db) {
  json::object answer;
  db.read([&](Act& act) {
    auto found = list(act, q.param("q"), page_size + 1, after_of(q));
    const bool more = found.size() > page_size;
    if (more) found.resize(page_size);
    json::array companies, maybe;
    for (const auto& c : found) companies.push_back(company_json(c, act.today));
    if (found.empty() && !q.param("q").empty())
      for (const auto& l : likely_begun(act, q.param("q"), 5)) {
        auto c = company_json(l.company, act.today);
        c["likeness"] = l.likeness;
        maybe.push_back(std::move(c));
      }
    answer = {{"as_of", act.today.iso()},
              {"companies", std::move(companies)},
              {"likely", std::move(maybe)},
              {"next", more ? json::value("/api/v1/companies?q=" + text::url(q.param("q")) +
                                          "&after=" + std::to_string(found.back().id.value))
                            : json::value(nullptr)}};
    return true;
  });
  auto reply = web::json(json::serialize(answer));
  reply.is_public = true;
  return reply;
}

web::Reply api_company(const web::Request& q, Db& db) {
  const auto s = read_company(db, q.at("code"));
  if (!s.company) return web::refuse(q, unknown);
  auto answer = company_json(*s.company, s.today);
  answer["as_of"] = s.today.iso();
  answer["history"] = history_json(*s.company);
  auto reply = web::json(json::serialize(answer));
  reply.is_public = true;
  return reply;
}

constexpr std::string_view company_schema = R"({"type":"object","required":["code","name","state","may_recruit"],"properties":{
"code":{"type":"string","examples":["9K4T-2M7Q-X"]},"name":{"type":"string"},"licence_number":{"type":"string"},
"licence_until":{"type":["string","null"],"format":"date"},
"state":{"enum":["applied","doc_check","field_check","deposit_delivered","active","sanction_written","suspended_partial","suspended_full","deposit_drawn","revoked","expired","none"]},
"may_recruit":{"type":"boolean"},
"bars":{"type":"array","items":{"enum":["never_licensed","not_yet_active","licence_expired","suspended","revoked","deposit_not_refilled"]}},
"address":{"type":"string"},"region":{"type":"string"},"phones":{"type":"array","items":{"type":"string"}},"website":{"type":"string"},
"as_of":{"type":"string","format":"date"},
"history":{"type":"array","items":{"type":"object","properties":{"state":{"type":"string"},"from":{"type":"string","format":"date"},
"until":{"type":["string","null"],"format":"date"},"decree":{"type":"string"},"reason":{"type":"string"},"legal_basis":{"type":"string"}}}}}})";

constexpr std::string_view companies_schema = R"({"type":"object","required":["as_of","companies"],"properties":{
"as_of":{"type":"string","format":"date"},"companies":{"type":"array","items":{"$ref":"#/components/schemas/Company"}},
"likely":{"type":"array","items":{"$ref":"#/components/schemas/Company"}},"next":{"type":["string","null"]}}})";

// --- a company's own page ------------------------------------------------------------------------------------------------

struct Waiting {
  std::string sentence, tag, href{};
};

using Asked = std::function<std::vector<ToDo>(Act&, CompanyId)>;
// Filled by routes() of the modules before anybody asks.
std::map<std::string, Asked, std::less<>>& others() {
  static std::map<std::string, Asked, std::less<>> all;
  return all;
}

std::vector<Waiting> waiting(const web::Request& q, const Company& c, Date today) {
  std::vector<Waiting> out;
  for (Bar b : bars(c, today)) out.push_back({q.t("partners.bar." + std::string(word(b))), "bad"});
  if (c.licence_until.known() && c.licence_until >= today) {
    const auto left = (c.licence_until.days() - today.days()).count();
    if (left <= 90) out.push_back({q.t("partners.ends_in", {{"days", std::to_string(left)}}), left <= 30 ? "bad" : "wait"});
  }
  if (const auto change = next_change(c.terms, today); change && change->becomes)
    out.push_back({q.t("partners.change_on", {{"day", show(change->on, q.lang)},
                                              {"state", q.t("partners.state." + std::string(word(change->becomes->state)))}}),
                   "wait"});
  if (c.phone.empty()) out.push_back({q.t("partners.no_phone_registered"), "wait"});
  if (c.website.empty()) out.push_back({q.t("partners.no_site_registered"), "wait"});
  return out;
}

web::Reply show_own(const web::Request& q, Db& db) {
  if (!q.who.company) return web::refuse(q, unknown);
  std::vector<ToDo> elsewhere;
  const auto s = db.read([&](Act& act) {
    Shown shown{.company = find(act, act.who.company), .today = act.today};
    if (shown.company) shown.branches = branches(act, shown.company->id);
    if (shown.company)
      for (const auto& [module, asked] : others())
        for (auto& todo : asked(act, shown.company->id)) elsewhere.push_back(std::move(todo));
    return shown;
  });
  if (!s.company) return web::refuse(q, unknown);
  web::View v;
  set_facts(q, v, *s.company, s.today);
  set_history(q, v, *s.company, s.today);
  v.set("title", s.company->name).set("branch_count", s.branches.size());
  auto todo = waiting(q, *s.company, s.today);
  for (const ToDo& other : elsewhere) todo.push_back({q.t(other.sentence), "wait", other.href});
  v.set("has_waiting", !todo.empty());
  v.list("waiting", todo,
         [](const Waiting& w, web::View& row) { row.set("sentence", w.sentence).set("class", w.tag).set("href", w.href); });
  return web::page(q, "partners/home.html", std::move(v));
}

}  // namespace

void waits_for_company(std::string_view module, Asked asked) { others()[std::string(module)] = std::move(asked); }

void routes(web::Router& r) {
  access::name_subjects("partners", [](Act& act, std::int64_t subject) -> access::Named {
    const auto c = find(act, CompanyId{subject});
    if (c) return {c->name, "/perusahaan/" + c->code};
    const auto f = find_foreign(act, ForeignId{subject});
    return f ? access::Named{f->name, "/k/mitra-luar/" + std::to_string(f->id.value)} : access::Named{};
  });
  web::nav(Right::submit_job_orders, "/mitra", "partners.nav_home");
  r.schema("Company", company_schema);
  r.schema("Companies", companies_schema);
  r.get("/perusahaan", Right::anyone, show_register);
  r.get("/perusahaan/{code}", Right::anyone, show_company);
  r.get("/api/v1/companies", Right::anyone, api_list).says("partners.api_list").form(search_form()).gives("Companies");
  r.get("/api/v1/companies/{code}", Right::anyone, api_company).says("partners.api_company").gives("Company");
  r.get("/mitra", Right::submit_job_orders, show_own);
  desk_routes(r);
}

}  // namespace rantau::partners
