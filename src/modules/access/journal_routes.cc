// The journal's pages for the auditor, and the policy as a table.
#include <map>

#include "base/money.h"
#include "base/text.h"
#include "db/journal.h"
#include "modules/access/routes.h"

namespace rantau::access {

namespace {

using web::Reply;
using web::Request;
using web::View;

constexpr int entries_a_page = 50;

std::map<std::string, std::function<Named(Act&, std::int64_t)>, std::less<>>& namers() {
  static std::map<std::string, std::function<Named(Act&, std::int64_t)>, std::less<>> all;
  return all;
}

// An entry with everything that is looked up for it.
struct Told {
  db::Entry entry;
  std::string who;  // "" nobody with an account
  Named about;
};

std::string module_of(std::string_view event) { return std::string(event.substr(0, event.find('.'))); }

Named named(Act& act, const db::Entry& e) {
  if (e.subject == 0) return {};
  if (module_of(e.event) == "access") {
    if (auto name = name_of(act, UserId{e.subject}); !name.empty())
      return {std::move(name), act.may(Right::manage_users) ? "/k/admin/orang/" + to_string_id(e.subject) : ""};
    return {find_org(act, OrgId{e.subject}).value_or(Org{}).name, ""};
  }
  const auto namer = namers().find(module_of(e.event));
  return namer == namers().end() ? Named{} : namer->second(act, e.subject);
}

// "access.role_changed" of Sari as a sentence; an event nobody gave words is told by its code.
std::string sentence(const Request& q, const Told& told) {
  const auto& texts = web::Texts::in(q.lang);
  const std::string module = module_of(told.entry.event);
  const std::string key = module + ".event" + told.entry.event.substr(module.size());
  std::string about = told.about.text;
  if (about.empty() && told.entry.subject != 0)
    about = q.t("access.journal_number", {{"number", to_string_id(told.entry.subject)}});
  if (about.empty()) about = q.t("access.journal_unnamed");
  const std::string* known = texts.find(key);
  if (!known) return q.t("access.journal_other", {{"event", told.entry.event}});
  return known->find("{about}") == std::string::npos ? *known : texts.say(key, {{"about", about}});
}

// The words of "factor=totp from=leader": those that have a text.
std::string details(const Request& q, const db::Entry& e) {
  const auto& texts = web::Texts::in(q.lang);
  std::string said;
  std::string_view rest = e.detail;
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name(pair.substr(0, equals)), value(pair.substr(equals + 1));
    std::string more;
    if (const auto role = role_from(value); role && (name == "from" || name == "to" || name == "role"))
      more = q.t("access.detail." + name, {{"role", role_name(q, value)}});
    else if (const auto* text = texts.find(module_of(e.event).append(".detail.").append(name).append(".").append(value)))
      more = *text;
    if (!more.empty()) said += (said.empty() ? "" : " ") + more;
  }
  return said;
}

void set_check(const Request& q, View& v, const db::JournalCheck& check) {
  v.set("check_bad", !check.intact).set("check_none", check.at.ms == 0);
  v.set("check_said", check.at.ms == 0 ? ""
                      : check.intact
                          ? q.t(check.whole ? "access.check_whole" : "access.check_end", {{"at", show(check.at, q.lang)}})
                          : q.t("access.check_bad", {{"at", show(check.at, q.lang)}, {"what", check.what}}));
}

std::string older(std::int64_t last, const std::string& event, std::int64_t about) {
  return "/k/jurnal?sebelum=" + std::to_string(last) + (event.empty() ? "" : "&peristiwa=" + text::url(event)) +
         (about ? "&tentang=" + to_string_id(about) : "");
}

Reply show_journal(const Request& q, Db& db) {
  const std::string event = q.param("peristiwa");
  const auto before = parse_id(q.param("sebelum"));
  const std::int64_t about = parse_id(q.param("tentang")).value_or(0);
  db::Page page;
  std::vector<Told> entries;
  db.write([&](Act& act) {
    act.record("access.journal_read", event.empty() && !about ? "" : "filtered=1");
    page = db::journal_page(act.db, before.value_or(0), entries_a_page, event, about);
    entries.clear();
    for (auto& e : page.entries) {
      Told told{.who = name_of(act, e.user), .about = named(act, e)};
      told.entry = std::move(e);
      entries.push_back(std::move(told));
    }
    return Done{};
  });
  View v;
  v.set("title", q.t("access.journal_title")).set("event", event).set("total", show_number(page.total, q.lang));
  v.set("about", about ? to_string_id(about) : "").set("unsealed", show_number(db.store().figures().unsealed, q.lang));
  v.set("sealed", show_number(page.sealed, q.lang)).set("root", page.root);
  v.set("checkpoint", page.checkpoint_at.ms ? show(page.checkpoint_at, q.lang) : q.t("access.journal_no_checkpoint"));
  set_check(q, v, db.store().journal_check());
  std::int64_t last = 0;
  v.list("entries", entries, [&](const Told& told, View& row) {
    const db::Entry& e = told.entry;
    row.set("seq", e.seq < 0 ? q.t("access.journal_unsealed_word") : std::to_string(e.seq)).set("at", show(e.at, q.lang));
    row.set("who", !told.who.empty()                             ? told.who
                   : e.role == "system" || e.role == "first_run" ? q.t("access.journal_program")
                                                                 : q.t("access.journal_visitor"));
    row.set("role", role_from(e.role) ? role_name(q, e.role) : "").set("said", sentence(q, told)).set("more", details(q, e));
    row.set("raw", e.event + (e.detail.empty() ? "" : " " + e.detail)).set("subject", e.subject ? to_string_id(e.subject) : "");
    row.set("href", told.about.href).set("name", told.about.text);
    if (e.seq > 0) last = e.seq;
  });
  v.set("older", last > 0 && entries.size() == entries_a_page ? older(last, event, about) : "");
  return web::page(q, "access/journal.html", std::move(v));
}

Reply show_policy(const Request& q, Db&) {
  View v;
  v.set("title", q.t("access.policy_title"));
  v.list("rules", policy(), [&](const Rule& rule, View& row) {
    row.set("right", said(q, "access.right.", word(rule.right))).set("word", std::string(word(rule.right)));
    row.set("relation", said(q, "access.relation.", word(rule.relation)))
        .set("purpose", rule.purpose)
        .set("compartment", rule.compartment);
    const bool all = rule.roles.size() == all_roles().size();
    row.set("everybody", all);
    row.list("roles", all ? std::vector<Role>{} : rule.roles, [&](Role r, View& item) { item.set("role", role_name(q, word(r))); });
    row.list("orgs", rule.orgs, [&](OrgKind k, View& item) { item.set("org", said(q, "access.kind.", word(k))); });
  });
  return web::page(q, "access/policy.html", std::move(v));
}

}  // namespace

void name_subjects(std::string_view module, std::function<Named(Act&, std::int64_t)> namer) {
  namers()[std::string(module)] = std::move(namer);
}

void journal_routes(web::Router& r) {
  web::nav(Right::read_journal, "/k/jurnal", "access.nav_journal");
  web::nav(Right::see_policy, "/k/kebijakan", "access.nav_policy");
  r.get("/k/jurnal", Right::read_journal, show_journal).personal();
  r.get("/k/kebijakan", Right::see_policy, show_policy);
}

}  // namespace rantau::access
