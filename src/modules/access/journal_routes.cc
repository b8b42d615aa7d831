// The journal's pages for the auditor, and the policy as a table.
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

// Where the subject of an event can be read, for somebody who may; "" otherwise.
std::string subject_href(const Actor& who, const db::Entry& e) {
  if (e.subject == 0) return "";
  const std::string id = to_string_id(e.subject);
  if (e.event.starts_with("access.user") || e.event.starts_with("access.role") || e.event == "access.signed_in")
    return who.may(Right::manage_users) ? "/k/admin/orang/" + id : "";
  if (e.event.starts_with("partners.")) return who.may(Right::see_licences) ? "/k/perusahaan/" + id : "";
  if (e.event.starts_with("offers.")) return who.may(Right::see_job_orders) ? "/k/pesanan/" + id : "";
  return "";
}

Reply show_journal(const Request& q, Db& db) {
  const std::string event = q.param("peristiwa");
  const auto before = parse_id(q.param("sebelum"));
  const auto answer = db.write([&](Act& act) {
    act.record("access.journal_read", event.empty() ? "" : "filtered=1");
    auto page = db::journal_page(act.db, before.value_or(0), entries_a_page, event);
    std::vector<std::string> names;
    for (const auto& e : page.entries) names.push_back(name_of(act, e.user));
    return std::pair(std::move(page), std::move(names));
  });
  const auto& page = answer.first;
  View v;
  v.set("title", q.t("access.journal_title")).set("event", event).set("total", show_number(page.total, q.lang));
  v.set("sealed", show_number(page.sealed, q.lang)).set("unsealed", show_number(db.store().figures().unsealed, q.lang));
  v.set("root", page.root)
      .set("checkpoint", page.checkpoint_at.ms ? show(page.checkpoint_at, q.lang) : q.t("access.journal_no_checkpoint"));
  std::size_t i = 0;
  std::int64_t last = 0;
  v.list("entries", page.entries, [&](const db::Entry& e, View& row) {
    const std::string& name = answer.second[i++];
    row.set("seq", e.seq < 0 ? q.t("access.journal_unsealed_word") : std::to_string(e.seq)).set("at", show(e.at, q.lang));
    row.set("who", !name.empty()                                 ? name
                   : e.role == "system" || e.role == "first_run" ? q.t("access.journal_program")
                                                                 : q.t("access.journal_visitor"));
    row.set("role", e.role).set("event", e.event).set("detail", e.detail).set("subject", e.subject ? to_string_id(e.subject) : "");
    row.set("subject_href", subject_href(q.who, e));
    if (e.seq > 0) last = e.seq;
  });
  v.set("older", last > 0 && page.entries.size() == entries_a_page
                     ? "/k/jurnal?sebelum=" + std::to_string(last) + (event.empty() ? "" : "&peristiwa=" + text::url(event))
                     : "");
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

void journal_routes(web::Router& r) {
  web::nav(Right::read_journal, "/k/jurnal", "access.nav_journal");
  web::nav(Right::see_policy, "/k/kebijakan", "access.nav_policy");
  r.get("/k/jurnal", Right::read_journal, show_journal).personal();
  r.get("/k/kebijakan", Right::see_policy, show_policy);
}

}  // namespace rantau::access
