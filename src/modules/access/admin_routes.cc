// The administrator's desk: organisations, people and their duties, the agreement, what was ticked at the opening.
#include <algorithm>

#include "modules/access/routes.h"

namespace rantau::access {

namespace {

using web::Kind;
using web::Reply;
using web::Request;
using web::View;

const web::Form& org_form() {
  static const web::Form form{
      "access.org",
      {{.name = "kind", .kind = Kind::choice, .required = true, .options = {"agency", "province", "company", "mission"}},
       {.name = "name", .required = true, .max = 120},
       {.name = "short_name", .max = 40},
       {.name = "company", .max = 20}}};
  return form;
}
const web::Form& person_form() {
  static const web::Form form{"access.person",
                              {{.name = "name", .required = true, .max = 120},
                               {.name = "login", .required = true, .max = 40},
                               {.name = "role", .kind = Kind::choice, .required = true, .list = "roles"},
                               {.name = "org", .kind = Kind::hidden}}};
  return form;
}
const web::Form& role_form() {
  static const web::Form form{"access.new_role", {{.name = "role", .kind = Kind::choice, .required = true, .list = "roles"}}};
  return form;
}
const web::Form& agreement_form() {
  static const web::Form form{"access.agreement",
                              {{.name = "agency", .kind = Kind::choice, .required = true, .list = "agencies"},
                               {.name = "province", .kind = Kind::choice, .required = true, .list = "provinces"},
                               {.name = "number", .required = true, .max = 80},
                               {.name = "signed_on", .kind = Kind::date, .required = true},
                               {.name = "valid_until", .kind = Kind::date, .required = true},
                               {.name = "contact", .required = true, .max = 120}}};
  return form;
}

Refusal unknown_org() { return {.kind = Refusal::not_found, .key = "access.unknown_org"}; }
Refusal unknown_person() { return {.kind = Refusal::not_found, .key = "access.unknown_person"}; }

// What the form cannot show at a field goes to its own page: 404, 403; the rest stands above the form.
bool own_page(const Refusal& r) { return r.kind == Refusal::not_found || r.kind == Refusal::forbidden; }

void roles_list(const Request& q, View& v, OrgKind kind, bool only_administrator = false) {
  std::vector<Role> roles = roles_of(kind);
  if (only_administrator) roles = {Role::administrator};
  v.list("roles", roles, [&](Role r, View& row) { row.set("value", word(r)).set("text", role_name(q, word(r))); });
}

// The last one both stand by, how it stands today, and whether one waits for this institution's word.
void set_agreement(const Request& q, View& v, Act& act) {
  const auto state = agreement_state(act);
  const Agreement* last = nullptr;
  bool waits = false;
  const auto all = agreements(act);
  for (const Agreement& a : all) {
    if (a.in_force() && (!last || last->valid_until < a.valid_until)) last = &a;
    waits = waits || (!a.in_force() && !a.withdrawn_at.ms && a.proposed_by != act.who.org &&
                      (a.agency == act.who.org || a.province == act.who.org));
  }
  v.set("agreement", last ? last->number : "").set("agreement_until", last ? show(last->valid_until, q.lang) : "");
  v.set("agreement_missing", state == AgreementState::missing).set("agreement_ending", state == AgreementState::ending);
  v.set("agreement_over", state == AgreementState::over).set("agreement_waits", waits);
}

Reply show_desk(const Request& q, Db& db) {
  View v;
  const auto chosen = parse_id(q.param("lembaga"));
  const bool found = db.read([&](Act& act) {
    const auto all = orgs(act);
    const OrgId id = chosen ? OrgId{*chosen} : act.who.org;
    const auto org = find_org(act, id);
    if (!org) return false;
    const bool mine = may_manage(act, *org);
    v.set("title", q.t("access.admin_title")).set("org_id", org->id.value).set("org_name", org->name).set("may_manage", mine);
    v.set("org_kind", said(q, "access.kind.", word(org->kind))).set("org_count", all.size());
    set_agreement(q, v, act);
    v.list("orgs", all, [&](const Org& o, View& row) {
      row.set("id", o.id.value).set("name", o.name).set("kind", said(q, "access.kind.", word(o.kind))).set("selected", o.id == id);
    });
    v.list("people", mine ? people(act, id) : std::vector<User>{}, [&](const User& u, View& row) {
      row.set("id", u.id.value).set("name", u.name).set("login", u.login).set("role", role_name(q, word(u.role)));
      row.set("active", u.active).set("totp", u.totp);
    });
    return true;
  });
  return found ? web::page(q, "access/admin.html", std::move(v)) : web::refuse(q, unknown_org());
}

Reply org_page(const Request& q, web::Typed* typed) {
  View v;
  v.set("title", q.t("access.org_new_title"));
  if (typed) return web::page_again(q, "access/org_new.html", std::move(v), org_form(), *typed);
  v.set("form", org_form().empty(q, {{"kind", "mission"}}));
  return web::page(q, "access/org_new.html", std::move(v));
}
Reply show_new_org(const Request& q, Db&) { return org_page(q, nullptr); }
Reply post_new_org(const Request& q, Db& db) {
  auto typed = org_form().read(q);
  OrgKind kind = OrgKind::mission;
  for (const OrgKind k : {OrgKind::agency, OrgKind::province, OrgKind::company})
    if (word(k) == typed.text("kind")) kind = k;
  const auto company = parse_id(typed.text("company"));
  if (kind == OrgKind::company && !company) typed.wrong("company", {"access.org.company_wrong"});
  if (!typed.good()) return org_page(q, &typed);
  auto id = db.write([&](Act& act) {
    return register_org(
        act, {.kind = kind, .name = typed.text("name"), .short_name = typed.text("short_name"), .company = {company.value_or(0)}});
  });
  if (id) return web::see("/k/admin?pesan=access.org_flash&lembaga=" + to_string_id(id->value));
  if (own_page(id.refusal())) return web::refuse(q, id.refusal());
  typed.wrong(id.refusal());
  return org_page(q, &typed);
}

// The organisation a new person is for, if this administrator reaches it.
std::optional<Org> reachable(Db& db, std::optional<std::int64_t> id) {
  return db.read([&](Act& act) -> std::optional<Org> {
    const auto org = id ? find_org(act, OrgId{*id}) : std::nullopt;
    return org && may_manage(act, *org) ? org : std::nullopt;
  });
}
Reply person_page(const Request& q, const Org& org, web::Typed* typed) {
  View v;
  v.set("title", q.t("access.person_new_title")).set("org_name", org.name);
  roles_list(q, v, org.kind, org.id != q.who.org && (org.kind == OrgKind::agency || org.kind == OrgKind::province));
  if (typed) return web::page_again(q, "access/person_new.html", std::move(v), person_form(), *typed);
  v.set("form", person_form().empty(q, {{"org", to_string_id(org.id.value)}}));
  return web::page(q, "access/person_new.html", std::move(v));
}
Reply show_new_person(const Request& q, Db& db) {
  const auto org = reachable(db, q.param("lembaga").empty() ? q.who.org.value : parse_id(q.param("lembaga")).value_or(0));
  return org ? person_page(q, *org, nullptr) : web::refuse(q, unknown_org());
}
Reply code_page(const Request& q, const User& u, const std::string& code) {
  View v;
  v.set("title", q.t("access.invite_title")).set("name", u.name).set("login", u.login).set("code", code).set("id", u.id.value);
  v.set("site", q.site);
  return web::page(q, "access/invited.html", std::move(v));
}
Reply post_new_person(const Request& q, Db& db) {
  auto typed = person_form().read(q);
  const auto org = reachable(db, parse_id(typed.text("org")));
  if (!org) return web::refuse(q, unknown_org());
  if (!typed.good()) return person_page(q, *org, &typed);
  const auto role = role_from(typed.text("role"));
  if (!role) {
    typed.wrong("role", {"access.role_not_here"});
    return person_page(q, *org, &typed);
  }
  std::string code;
  const User u{.org = org->id, .login = typed.text("login"), .name = typed.text("name"), .role = *role};
  auto id = db.write([&](Act& act) -> Result<UserId> {
    auto made = register_user(act, u, "");
    if (!made) return made;
    auto invited = invite(act, *made);
    if (!invited) return invited.refusal();
    code = *invited;
    return made;
  });
  if (id)  // as it was kept, which is not always as it was typed
    return code_page(q, db.read([&](Act& act) { return find_user(act, *id).value_or(User{}); }), code);
  if (own_page(id.refusal())) return web::refuse(q, id.refusal());
  typed.wrong(id.refusal());
  return person_page(q, *org, &typed);
}

// "Apa yang boleh dilakukan Sari?": every right, yes or no, and why not.
void rights_list(const Request& q, View& v, const User& u, const Org& org) {
  std::vector<Right> rights;
  for (std::size_t i = static_cast<std::size_t>(Right::first_run) + 1; i < static_cast<std::size_t>(Right::count_); ++i)
    rights.push_back(static_cast<Right>(i));
  v.list("rights", rights, [&](Right r, View& row) {
    Question question{.right = r, .role = u.role, .org = org.kind};
    for (const Rule& rule : policy())
      if (rule.right == r && std::find(rule.roles.begin(), rule.roles.end(), u.role) != rule.roles.end())
        question.relation = rule.relation;
    const auto no = denials(question);
    row.set("right", said(q, "access.right.", word(r))).set("allowed", no.empty() && u.active);
    row.set("only", no.empty() && question.relation != Relation::none ? said(q, "access.relation.", word(question.relation)) : "");
    row.list("why", no, [&](Denied d, View& item) { item.set("why_text", said(q, "access.denied.", word(d))); });
  });
}

Reply person_detail(const Request& q, Db& db, UserId id, web::Typed* typed) {
  View v;
  const bool found = db.write([&](Act& act) {  // a read of a person, which is recorded
    const auto u = find_user(act, id);
    const auto org = u ? find_org(act, u->org) : std::nullopt;
    if (!org || !may_manage(act, *org)) return false;
    act.record("access.person_read", id);
    v.set("title", u->name)
        .set("id", u->id.value)
        .set("name", u->name)
        .set("login", u->login)
        .set("role", role_name(q, word(u->role)));
    v.set("org_name", org->name)
        .set("org_id", org->id.value)
        .set("active", u->active)
        .set("totp", u->totp)
        .set("self", u->id == act.who.user);
    v.set("sessions", store::sessions(act.db, id).size());
    roles_list(q, v, org->kind);
    rights_list(q, v, *u, *org);
    if (!typed) v.set("form", role_form().empty(q, {{"role", std::string(word(u->role))}}));
    return true;
  });
  if (!found) return web::refuse(q, unknown_person());
  return typed ? web::page_again(q, "access/person.html", std::move(v), role_form(), *typed)
               : web::page(q, "access/person.html", std::move(v));
}
Reply show_person(const Request& q, Db& db) { return person_detail(q, db, q.id<UserId>(), nullptr); }

Reply post_role(const Request& q, Db& db) {
  const auto id = q.id<UserId>();
  auto typed = role_form().read(q);
  const auto role = role_from(typed.text("role"));
  if (typed.good() && !role) typed.wrong("role", {"access.role_not_here"});
  if (!typed.good()) return person_detail(q, db, id, &typed);
  auto done = db.write([&](Act& act) { return change_role(act, id, *role); });
  if (done) return web::see("/k/admin/orang/" + to_string_id(id.value) + "?pesan=access.role_flash");
  if (own_page(done.refusal())) return web::refuse(q, done.refusal());
  typed.wrong(done.refusal());
  return person_detail(q, db, id, &typed);
}
Reply post_deactivate(const Request& q, Db& db) {
  const auto id = q.id<UserId>();
  auto done = db.write([&](Act& act) { return deactivate(act, id); });
  if (!done) return web::refuse(q, done.refusal());
  return web::see("/k/admin/orang/" + to_string_id(id.value) + "?pesan=access.deactivated_flash&id=" + to_string_id(id.value));
}
Reply post_reactivate(const Request& q, Db& db) {
  const auto id = q.id<UserId>();
  auto done = db.write([&](Act& act) { return reactivate(act, id); });
  if (!done) return web::refuse(q, done.refusal());
  return web::see("/k/admin/orang/" + to_string_id(id.value) + "?pesan=access.reactivated_flash");
}
Reply post_invite(const Request& q, Db& db) {
  const auto id = q.id<UserId>();
  auto code = db.write([&](Act& act) { return invite(act, id); });
  if (!code) return web::refuse(q, code.refusal());
  const auto u = db.read([&](Act& act) { return find_user(act, id).value_or(User{}); });
  return code_page(q, u, *code);
}

Reply agreement_page(const Request& q, Db& db, web::Typed* typed) {
  View v;
  v.set("title", q.t("access.agreement_title"));
  db.read([&](Act& act) {
    const auto all = orgs(act);
    const auto of = [&](std::string_view list, OrgKind kind) {
      std::vector<Org> some;
      std::copy_if(all.begin(), all.end(), std::back_inserter(some), [&](const Org& o) { return o.kind == kind; });
      v.list(list, some, [](const Org& o, View& row) { row.set("value", to_string_id(o.id.value)).set("text", o.name); });
    };
    of("agencies", OrgKind::agency);
    of("provinces", OrgKind::province);
    set_agreement(q, v, act);
    v.list("agreements", agreements(act), [&](const Agreement& a, View& row) {
      const auto name = [&](OrgId id) { return find_org(act, id).value_or(Org{}).name; };
      row.set("number", a.number)
          .set("agency_name", name(a.agency))
          .set("province_name", name(a.province))
          .set("contact", a.contact);
      row.set("signed_on", show(a.signed_on, q.lang))
          .set("valid_until", show(a.valid_until, q.lang))
          .set("over", a.in_force() && a.valid_until < act.today);
      const bool open = !a.in_force() && !a.withdrawn_at.ms;
      const bool ours = act.who.org == a.agency || act.who.org == a.province;
      row.set("id", a.id.value).set("waits", open).set("withdrawn", a.withdrawn_at.ms != 0).set("assented", a.in_force());
      row.set("since", show(a.withdrawn_at.ms ? a.withdrawn_at : a.assented_at, q.lang));
      row.set("waits_for", q.t("access.agreement_waits_for", {{"org", name(a.proposed_by == a.agency ? a.province : a.agency)}}));
      row.set("may_assent", open && ours && a.proposed_by != act.who.org).set("may_withdraw", open && ours);
    });
    return Done{};
  });
  if (typed) return web::page_again(q, "access/agreement.html", std::move(v), agreement_form(), *typed);
  v.set("form", agreement_form().empty(q));
  return web::page(q, "access/agreement.html", std::move(v));
}
Reply show_agreement(const Request& q, Db& db) { return agreement_page(q, db, nullptr); }
Reply post_agreement(const Request& q, Db& db) {
  auto typed = agreement_form().read(q);
  if (typed.good()) {
    auto done = db.write([&](Act& act) {
      return propose_agreement(act, {.agency = {parse_id(typed.text("agency")).value_or(0)},
                                     .province = {parse_id(typed.text("province")).value_or(0)},
                                     .number = typed.text("number"),
                                     .signed_on = typed.day("signed_on"),
                                     .valid_until = typed.day("valid_until"),
                                     .contact = typed.text("contact")});
    });
    if (done) return web::see("/k/admin/perjanjian?pesan=access.agreement_flash");
    if (own_page(done.refusal())) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return agreement_page(q, db, &typed);
}

Reply agreement_word(const Request& q, Db& db, Result<Done> (*say)(Act&, AgreementId), const char* flash) {
  auto done = db.write([&](Act& act) { return say(act, q.id<AgreementId>()); });
  return done ? web::see(std::string("/k/admin/perjanjian?pesan=") + flash) : web::refuse(q, done.refusal());
}
Reply post_assent(const Request& q, Db& db) { return agreement_word(q, db, assent_agreement, "access.assented_flash"); }
Reply post_withdraw(const Request& q, Db& db) { return agreement_word(q, db, withdraw_agreement, "access.withdrawn_flash"); }

// The list of ticks, to print and keep: what the first run set up, as it stands today.
Reply show_opening(const Request& q, Db& db) {
  View v;
  v.set("title", q.t("access.opening_title")).set("sqlite", db.store().is_sqlite()).set("keys_folder", db.store().keys_folder());
  db.read([&](Act& act) {
    const auto me = find_user(act, act.who.user).value_or(User{});
    int institutions = 0;
    for (const Org& o : orgs(act)) institutions += o.kind == OrgKind::agency || o.kind == OrgKind::province;
    const std::string language = store::setting(act.db, "language"), zone = store::setting(act.db, "zone");
    v.set("language", language.empty() ? "id" : language).set("zone", zone.empty() ? "WIB" : zone);
    struct Tick {
      const char* key;
      bool done;
    };
    const std::vector<Tick> ticks{{"language", true},
                                  {"institutions", institutions >= 2},
                                  {"agreement", !agreements(act).empty()},
                                  {"assent", !agreement_missing(act)},
                                  {"administrator", true},
                                  {"totp", me.totp},
                                  {"codes", store::recovery_left(act.db, me.id) > 0},
                                  {"database", !db.store().read_only()},
                                  {"keys", !access_key(db.store()).empty()}};
    v.list("ticks", ticks,
           [&](const Tick& t, View& row) { row.set("done", t.done).set("text", q.t("access.opening." + std::string(t.key))); });
    v.set("made", show(act.now, q.lang)).set("by", act.who.name);
    return Done{};
  });
  return web::page(q, "access/opening.html", std::move(v));
}

}  // namespace

void admin_routes(web::Router& r) {
  web::nav(Right::manage_users, "/k/admin", "access.nav_admin");
  web::nav(Right::manage_agreements, "/k/admin/perjanjian", "access.nav_agreement");
  for (const char* key : {"access.org_flash", "access.role_flash", "access.reactivated_flash", "access.agreement_flash",
                          "access.opened_flash", "access.assented_flash", "access.withdrawn_flash"})
    web::flash(key);
  web::flash("access.deactivated_flash", "/k/admin/orang/{id}/aktif");
  r.get("/k/admin", Right::manage_users, show_desk);
  r.get("/k/admin/pembukaan", Right::manage_users, show_opening);
  r.get("/k/admin/lembaga/baru", Right::manage_users, show_new_org);
  r.post("/k/admin/lembaga/baru", Right::manage_users, post_new_org).once();
  r.get("/k/admin/orang/baru", Right::manage_users, show_new_person);
  r.post("/k/admin/orang/baru", Right::manage_users, post_new_person);
  r.get("/k/admin/orang/{id}", Right::manage_users, show_person).personal();
  r.post("/k/admin/orang/{id}/peran", Right::manage_users, post_role);
  r.post("/k/admin/orang/{id}/nonaktif", Right::manage_users, post_deactivate);
  r.post("/k/admin/orang/{id}/aktif", Right::manage_users, post_reactivate);
  r.post("/k/admin/orang/{id}/undangan", Right::manage_users, post_invite);
  r.get("/k/admin/perjanjian", Right::manage_agreements, show_agreement);
  r.post("/k/admin/perjanjian", Right::manage_agreements, post_agreement).once();
  r.post("/k/admin/perjanjian/{id}/setuju", Right::manage_agreements, post_assent);
  r.post("/k/admin/perjanjian/{id}/tarik", Right::manage_agreements, post_withdraw);
}

}  // namespace rantau::access
