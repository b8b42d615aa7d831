// Who may do what: one table, and one pure function that reads it. What no line allows is refused.
#include <algorithm>

#include "modules/access/access.h"

namespace rantau::access {

namespace {

using enum Role;
using enum OrgKind;

const std::vector<Role> everybody{administrator, licence_officer, offer_examiner, offer_decider,   placement_chief, press_officer,
                                  statistician,  counter_officer, company_clerk,  mission_officer, auditor,         leader};
const std::vector<OrgKind> everywhere{agency, province, company, mission};
const std::vector<OrgKind> institutions{agency, province};

bool holds(const std::vector<Role>& roles, Role r) { return std::find(roles.begin(), roles.end(), r) != roles.end(); }
bool holds(const std::vector<OrgKind>& kinds, OrgKind k) { return std::find(kinds.begin(), kinds.end(), k) != kinds.end(); }

// Everything in which the question misses this line.
std::vector<Denied> misses(const Rule& rule, const Question& q) {
  std::vector<Denied> found;
  if (!holds(rule.roles, *q.role)) found.push_back(Denied::role_without_right);
  if (!holds(rule.orgs, q.org)) found.push_back(Denied::wrong_institution);
  if (rule.relation != Relation::none && q.relation != rule.relation) found.push_back(Denied::not_own);
  if (rule.purpose && q.purpose.empty()) found.push_back(Denied::purpose_missing);
  const auto cleared = [&](std::string_view label) {
    return std::find(q.clearances.begin(), q.clearances.end(), label) != q.clearances.end();
  };
  if ((!rule.compartment.empty() && !cleared(rule.compartment)) ||
      !std::all_of(q.compartments.begin(), q.compartments.end(), cleared))
    found.push_back(Denied::compartment_closed);
  return found;
}

}  // namespace

std::string_view word(OrgKind k) {
  switch (k) {
    case OrgKind::agency: return "agency";
    case OrgKind::province: return "province";
    case OrgKind::company: return "company";
    case OrgKind::mission: return "mission";
  }
  return "";
}

std::string_view word(Role r) {
  switch (r) {
    case Role::administrator: return "administrator";
    case Role::licence_officer: return "licence_officer";
    case Role::offer_examiner: return "offer_examiner";
    case Role::offer_decider: return "offer_decider";
    case Role::placement_chief: return "placement_chief";
    case Role::press_officer: return "press_officer";
    case Role::statistician: return "statistician";
    case Role::counter_officer: return "counter_officer";
    case Role::company_clerk: return "company_clerk";
    case Role::mission_officer: return "mission_officer";
    case Role::auditor: return "auditor";
    case Role::leader: return "leader";
  }
  return "";
}

std::string_view word(Relation r) {
  switch (r) {
    case Relation::none: return "none";
    case Relation::own_organisation: return "own_organisation";
    case Relation::own_company: return "own_company";
    case Relation::assigned: return "assigned";
  }
  return "";
}

std::string_view word(Denied d) {
  switch (d) {
    case Denied::not_signed_in: return "not_signed_in";
    case Denied::role_without_right: return "role_without_right";
    case Denied::wrong_institution: return "wrong_institution";
    case Denied::not_own: return "not_own";
    case Denied::purpose_missing: return "purpose_missing";
    case Denied::compartment_closed: return "compartment_closed";
  }
  return "";
}

const std::vector<Role>& all_roles() { return everybody; }

std::optional<Role> role_from(std::string_view text) {
  for (const Role r : everybody)
    if (word(r) == text) return r;
  return std::nullopt;
}

std::vector<Role> roles_of(OrgKind kind) {
  switch (kind) {
    case OrgKind::agency:
      return {administrator, licence_officer, offer_examiner,  offer_decider, placement_chief,
              press_officer, statistician,    counter_officer, auditor,       leader};
    case OrgKind::province: return {administrator, press_officer, statistician, counter_officer, auditor, leader};
    case OrgKind::company: return {company_clerk};
    case OrgKind::mission: return {mission_officer};
  }
  return {};
}

// The policy. An administrator stands in no line that opens a case, a licence or an offer; the auditor reads the journal
// and this table, and nothing else. A line with a relation is half the answer: the use case asks for the other half.
const std::vector<Rule>& policy() {
  static const std::vector<Rule> table{
      {Right::sign_in, everybody, everywhere},
      // partners
      {Right::see_licences,
       {licence_officer, offer_examiner, offer_decider, placement_chief, press_officer, counter_officer, leader},
       institutions},
      {Right::manage_licences, {licence_officer, placement_chief}, {agency}},
      // offers
      {Right::submit_job_orders, {company_clerk}, {company}, Relation::own_company},
      {Right::see_job_orders,
       {licence_officer, offer_examiner, offer_decider, placement_chief, counter_officer, leader},
       institutions},
      {Right::see_job_orders, {mission_officer}, {mission}, Relation::assigned},
      {Right::examine_job_orders, {offer_examiner}, {agency}},
      {Right::decide_job_orders, {offer_decider, placement_chief}, {agency}},
      {Right::publish_warnings, {placement_chief}, {agency}},
      // targets
      {Right::see_figures_desk, {press_officer, statistician, leader}, institutions},
      {Right::import_statistics, {statistician}, institutions},
      // access
      {Right::manage_users, {administrator}, institutions, Relation::own_organisation},
      {Right::manage_agreements, {administrator}, institutions, Relation::own_organisation},
      {Right::read_journal, {auditor}, institutions},
      {Right::see_policy,
       {administrator, licence_officer, offer_examiner, offer_decider, placement_chief, press_officer, statistician,
        counter_officer, auditor, leader},
       institutions},
      {Right::see_catalogue, {administrator, press_officer, statistician, leader}, institutions},
  };
  return table;
}

std::vector<Denied> denials(const Question& q) {
  if (q.right == Right::anyone) return {};
  if (!q.role) return {Denied::not_signed_in};
  std::vector<Denied> best{Denied::role_without_right};
  bool met = false;
  for (const Rule& rule : policy()) {
    if (rule.right != q.right) continue;
    auto found = misses(rule, q);
    if (found.empty()) return {};
    // The line that speaks of this role tells more than one that does not.
    const bool mine = holds(rule.roles, *q.role);
    if (!met || (mine && found.size() < best.size())) best = std::move(found);
    met = met || mine;
  }
  return best;
}

Rights rights_of(Role role, OrgKind kind) {
  Rights held;
  for (const Rule& rule : policy())
    if (holds(rule.roles, role) && holds(rule.orgs, kind)) held.set(static_cast<std::size_t>(rule.right));
  return held;
}

}  // namespace rantau::access
