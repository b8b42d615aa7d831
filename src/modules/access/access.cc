// Organisations, people, duties and the agreement between the two institutions.
#include "modules/access/access.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/text.h"
#include "modules/access/sign_in.h"
#include "modules/access/store.h"

namespace rantau::access {

namespace {

constexpr std::int64_t invitation_ms = 24LL * 3600 * 1000;

Refusal not_your_duty() { return {.kind = Refusal::forbidden, .key = "access.not_your_duty"}; }
Refusal unknown_person() { return {.kind = Refusal::not_found, .key = "access.unknown_person"}; }
Refusal wrong(std::string_view field, std::string_view key, Words words = {}) {
  return {.kind = Refusal::invalid,
          .key = "access.check_again",
          .fields = {{std::string(field), {std::string(key), std::move(words)}}}};
}
Refusal conflict(std::string_view key) { return {.kind = Refusal::conflict, .key = std::string(key)}; }

bool institution(OrgKind k) { return k == OrgKind::agency || k == OrgKind::province; }
// The program itself (first run, demo, command line) acts for no organisation.
bool is_program(const Act& act) { return !act.who.org; }

// An administrator's hands end at their own institution. The agency also keeps the companies and the missions; and either
// may appoint the first administrator of an institution that has none.
bool reaches(Act& act, const Org& target) {
  if (is_program(act) || act.who.org == target.id) return true;
  const auto own = store::org(act.db, act.who.org);
  if (!own || !institution(own->kind)) return false;
  if (!institution(target.kind)) return own->kind == OrgKind::agency;
  return store::active_administrators(act.db, target.id) == 0;
}

// The person, when this actor may manage them: absent and foreign are one answer.
Result<User> managed(Act& act, UserId id) {
  if (!act.may(Right::manage_users)) return not_your_duty();
  const auto person = store::user(act.db, id);
  if (!person) return unknown_person();
  const auto org = store::org(act.db, person->org);
  if (!org || !reaches(act, *org)) return unknown_person();
  return *person;
}

bool leaves_nobody(Act& act, const User& u) {
  return u.role == Role::administrator && u.active && store::active_administrators(act.db, u.org) <= 1;
}

bool good_login(std::string_view login) {
  return login.size() >= 3 && login.size() <= 40 && std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '@';
         });
}

}  // namespace

Result<OrgId> register_org(Act& act, const Org& given) {
  if (!act.may(Right::manage_users) && !act.may(Right::first_run)) return not_your_duty();
  Org o = given;
  o.name = text::trim(o.name);
  o.short_name = text::trim(o.short_name).empty() ? o.name : text::trim(o.short_name);
  if (o.name.empty()) return wrong("name", "access.org_name_missing");
  if (!is_program(act) && !institution(o.kind)) {
    const auto own = store::org(act.db, act.who.org);
    if (!own || own->kind != OrgKind::agency) return not_your_duty();
  }
  if (o.kind != OrgKind::company) o.company = {};
  if (o.company && store::org_of_company(act.db, o.company)) return conflict("access.company_has_org");
  for (const Org& other : store::orgs(act.db))
    if (institution(o.kind) && other.kind == o.kind && text::fold(other.name) == text::fold(o.name))
      return wrong("name", "access.org_exists");
  o.id = act.fresh<OrgId>();
  store::add_org(act.db, o);
  act.record("access.org_registered", o.id, "kind=" + std::string(word(o.kind)));
  return o.id;
}

Result<UserId> add_person(Act& act, const User& given, std::string_view password_hash) {
  if (!act.may(Right::manage_users) && !act.may(Right::first_run)) return not_your_duty();
  User u = given;
  u.login = text::fold(u.login);
  u.name = text::trim(u.name);
  const auto org = store::org(act.db, u.org);
  if (!org || !reaches(act, *org)) return Refusal{.kind = Refusal::not_found, .key = "access.unknown_org"};
  // Two controllers of one workspace need their agreement on record (UU 27/2022 Pasal 18).
  // Administrators come first: the other institution's has to be there to assent.
  if (institution(org->kind) && u.role != Role::administrator && agreement_missing(act))
    return conflict("access.agreement_missing");
  const auto fitting = roles_of(org->kind);
  if (std::find(fitting.begin(), fitting.end(), u.role) == fitting.end()) return wrong("role", "access.role_not_here");
  if (!is_program(act) && act.who.org != org->id && institution(org->kind) && u.role != Role::administrator)
    return Refusal{.kind = Refusal::not_found, .key = "access.unknown_org"};
  if (!good_login(u.login)) return wrong("login", "access.login_shape");
  if (u.name.empty()) return wrong("name", "access.name_missing");
  if (store::login_taken(act.db, u.login)) return wrong("login", "access.login_taken");
  u.id = act.fresh<UserId>();
  store::add_user(act.db, u, password_hash);
  act.record("access.user_registered", u.id, "role=" + std::string(word(u.role)));
  return u.id;
}

Result<UserId> register_user(Act& act, const User& u, std::string_view password) {
  if (password.empty()) return add_person(act, u, "");
  if (auto weak = weakness(password, u.login, u.name))
    return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"password", *weak}}};
  return add_person(act, u, crypto::hash_password(password));
}

Result<Done> change_role(Act& act, UserId id, Role role) {
  auto person = managed(act, id);
  if (!person) return person.refusal();
  if (id == act.who.user) return conflict("access.not_yourself");
  const auto org = store::org(act.db, person->org);
  const auto fitting = roles_of(org->kind);
  if (std::find(fitting.begin(), fitting.end(), role) == fitting.end()) return wrong("role", "access.role_not_here");
  if (role == person->role) return Done{};
  if (leaves_nobody(act, *person)) return conflict("access.last_administrator");
  store::set_role(act.db, id, role);
  store::end_sessions(act.db, id);
  store::end_tickets(act.db, id);
  act.record("access.role_changed", id, "from=" + std::string(word(person->role)) + " to=" + std::string(word(role)));
  return Done{};
}

Result<Done> deactivate(Act& act, UserId id) {
  auto person = managed(act, id);
  if (!person) return person.refusal();
  if (id == act.who.user) return conflict("access.not_yourself");
  if (leaves_nobody(act, *person)) return conflict("access.last_administrator");
  store::set_active(act.db, id, false);
  store::end_sessions(act.db, id);
  store::end_tickets(act.db, id);
  store::forget_devices(act.db, id);
  store::set_invite(act.db, id, "", {});
  act.record("access.user_deactivated", id);
  return Done{};
}

Result<Done> reactivate(Act& act, UserId id) {
  auto person = managed(act, id);
  if (!person) return person.refusal();
  store::set_active(act.db, id, true);
  act.record("access.user_reactivated", id);
  return Done{};
}

Result<std::string> invite(Act& act, UserId id) {
  auto person = managed(act, id);
  if (!person) return person.refusal();
  if (id == act.who.user) return conflict("access.not_yourself");
  if (!person->active) return conflict("access.not_active");
  const std::string code = new_code();
  store::set_invite(act.db, id, code_hash(code), Instant{act.now.ms + invitation_ms});
  act.record("access.invited", id);
  return code;
}

std::optional<Org> find_org(Act& act, OrgId id) { return store::org(act.db, id); }
std::optional<User> find_user(Act& act, UserId id) { return store::user(act.db, id); }
std::string name_of(Act& act, UserId id) {
  const auto u = store::user(act.db, id);
  return u ? u->name : std::string();
}
std::vector<Org> orgs(Act& act) { return store::orgs(act.db); }
std::vector<User> people(Act& act, OrgId org) { return store::people(act.db, org); }

bool may_manage(Act& act, const Org& org) { return act.may(Right::manage_users) && reaches(act, org); }

Actor acting(const User& u, const Org& o) {
  return {.user = u.id,
          .org = u.org,
          .company = o.company,
          .name = u.name,
          .org_name = o.short_name,
          .role = std::string(word(u.role)),
          .rights = rights_of(u.role, o.kind)};
}

Actor system_actor() {
  Actor a{.role = "system"};
  a.rights.set();
  return a;
}

}  // namespace rantau::access
