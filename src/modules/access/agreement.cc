// The agreement of the two joint controllers (UU 27/2022 Pasal 18): proposed by one, assented to by the other, and over one day.
#include <algorithm>

#include "base/text.h"
#include "modules/access/access.h"
#include "modules/access/sign_in.h"
#include "modules/access/store.h"

namespace rantau::access {

namespace {

Refusal not_your_duty() { return {.kind = Refusal::forbidden, .key = "access.not_your_duty"}; }

bool concerns(const Agreement& a, OrgId org) { return a.agency == org || a.province == org; }

// The agreement, when this administrator's institution is one of the two: absent and foreign are one answer.
Result<Agreement> open_one(Act& act, AgreementId id) {
  if (!act.may(Right::manage_agreements)) return not_your_duty();
  for (const Agreement& a : store::agreements(act.db)) {
    if (a.id != id || !concerns(a, act.who.org)) continue;
    if (a.withdrawn_at.ms) return Refusal{.kind = Refusal::conflict, .key = "access.agreement_was_withdrawn"};
    if (a.assented_at.ms) return Refusal{.kind = Refusal::conflict, .key = "access.agreement_has_assent"};
    return a;
  }
  return Refusal{.kind = Refusal::not_found, .key = "access.agreement_unknown"};
}

}  // namespace

std::string_view word(AgreementState s) {
  switch (s) {
    case AgreementState::not_needed: return "not_needed";
    case AgreementState::missing: return "missing";
    case AgreementState::running: return "running";
    case AgreementState::ending: return "ending";
    case AgreementState::over: return "over";
  }
  return "";
}

AgreementState state_of(const std::vector<Agreement>& all, OrgId agency, OrgId province, Date today) {
  Date last;
  for (const Agreement& a : all)
    if (a.agency == agency && a.province == province && a.in_force() && (!last.known() || last < a.valid_until))
      last = a.valid_until;
  if (!last.known()) return AgreementState::missing;
  if (last < today) return AgreementState::over;
  return last < today.plus_days(agreement_warning_days) ? AgreementState::ending : AgreementState::running;
}

AgreementState agreement_state(Act& act) {
  const auto orgs = store::orgs(act.db);
  const auto all = store::agreements(act.db);
  // The worst of all pairs counts: a third institution is not let in by the agreement of two others.
  constexpr int rank[] = {0, 4, 1, 2, 3};
  AgreementState worst = AgreementState::not_needed;
  for (const Org& a : orgs)
    for (const Org& p : orgs) {
      if (a.kind != OrgKind::agency || p.kind != OrgKind::province) continue;
      const auto s = state_of(all, a.id, p.id, act.today);
      if (rank[static_cast<int>(s)] > rank[static_cast<int>(worst)]) worst = s;
    }
  return worst;
}

bool agreement_missing(Act& act) { return agreement_state(act) == AgreementState::missing; }

Rights withheld_from(Act& act, const Org& org) {
  Rights rights;
  if (org.kind != OrgKind::province) return rights;
  const auto all = store::agreements(act.db);
  for (const Agreement& a : all)
    if (a.province == org.id && state_of(all, a.agency, org.id, act.today) == AgreementState::over)
      for (const Right r : {Right::see_licences, Right::see_job_orders}) rights.set(static_cast<std::size_t>(r));
  return rights;
}

Result<AgreementId> propose_agreement(Act& act, const Agreement& given) {
  if (!act.may(Right::manage_agreements) && !act.may(Right::first_run)) return not_your_duty();
  Agreement a = given;
  a.number = text::trim(a.number);
  a.contact = text::trim(a.contact);
  const auto agency = store::org(act.db, a.agency);
  const auto province = store::org(act.db, a.province);
  Refusal refusal{.kind = Refusal::invalid, .key = "access.check_again"};
  if (!agency || agency->kind != OrgKind::agency) refusal.fields.push_back({"agency", {"access.agreement_needs_agency"}});
  if (!province || province->kind != OrgKind::province) refusal.fields.push_back({"province", {"access.agreement_needs_province"}});
  if (a.number.empty()) refusal.fields.push_back({"number", {"access.agreement_number_missing"}});
  if (!a.signed_on.known()) refusal.fields.push_back({"signed_on", {"access.agreement_date_missing"}});
  if (!a.valid_until.known() || a.valid_until <= a.signed_on)
    refusal.fields.push_back({"valid_until", {"access.agreement_until_wrong"}});
  if (a.contact.empty()) refusal.fields.push_back({"contact", {"access.agreement_contact_missing"}});
  if (!refusal.fields.empty()) return refusal;
  if (act.who.org) a.proposed_by = act.who.org;  // nobody proposes in another's name
  if (act.who.org && !concerns(a, act.who.org)) return not_your_duty();
  a.id = act.fresh<AgreementId>();
  store::add_agreement(act.db, a, act.now, act.who.user);
  act.record("access.agreement_proposed", a.id);
  return a.id;
}

Result<Done> assent_agreement(Act& act, AgreementId id) {
  auto a = open_one(act, id);
  if (!a) return a.refusal();
  if (a->proposed_by == act.who.org) return Refusal{.kind = Refusal::conflict, .key = "access.agreement_needs_the_other"};
  store::assent(act.db, id, act.now, act.who.user);
  act.record("access.agreement_assented", id);
  return Done{};
}

Result<Done> withdraw_agreement(Act& act, AgreementId id) {
  auto a = open_one(act, id);
  if (!a) return a.refusal();
  store::withdraw_agreement(act.db, id, act.now, act.who.user);
  act.record("access.agreement_withdrawn", id);
  return Done{};
}

Result<Done> record_agreement(Act& act, const Agreement& given) {
  if (act.who.role != system_actor().role) return not_your_duty();
  Agreement a = given;
  if (!a.proposed_by) a.proposed_by = a.agency;
  auto id = propose_agreement(act, a);
  if (!id) return id.refusal();
  store::assent(act.db, *id, act.now, act.who.user);
  act.record("access.agreement_assented", *id);
  return Done{};
}

std::vector<Agreement> agreements(Act& act) { return store::agreements(act.db); }

}  // namespace rantau::access
