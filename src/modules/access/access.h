// Who works here, for which institution, and what they may do. Two joint controllers (BP3MI and the province) with one
// agreement record (UU 27/2022 Pasal 18); companies and other bodies as organisations beside them.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::access {

enum class OrgKind { agency, province, company, mission };  // BP3MI · Pemprov's dinas · P3MI · Atnaker/KDEI
std::string_view word(OrgKind);

// A duty. A person has one role in one organisation; an administrator holds no data role.
enum class Role {
  administrator,    // accounts, keys, agreements; no case, no offer
  licence_officer,  // partners
  offer_examiner,   // first eye on a job order
  offer_decider,    // second eye
  placement_chief,  // decides, licences, warnings
  press_officer,    // figures
  statistician,     // imports
  counter_officer,  // reads licences and orders to answer people
  company_clerk,    // P3MI: its own orders
  mission_officer,  // Atnaker/KDEI: endorses the demand letter of its country
  auditor,          // the journal and the policy, nothing else
  leader,
};
std::string_view word(Role);
std::optional<Role> role_from(std::string_view);
const std::vector<Role>& all_roles();
// The duties that an organisation of this kind can give.
std::vector<Role> roles_of(OrgKind);

// --- the policy engine -------------------------------------------------------------------------------------------
enum class Relation { none, own_organisation, own_company, assigned };
std::string_view word(Relation);
// One line of the policy: who holds a right, in which institutions, and what else must be true.
struct Rule {
  Right right{};
  std::vector<Role> roles;
  std::vector<OrgKind> orgs;
  Relation relation = Relation::none;  // what the person must have to do with the object
  bool purpose = false;                // a stated purpose is needed
  std::string_view compartment{};      // label that the objects of this right always carry
};
const std::vector<Rule>& policy();
struct Question {
  Right right{};
  std::optional<Role> role;  // none: a visitor
  OrgKind org = OrgKind::agency;
  Relation relation = Relation::none;
  std::string_view purpose{};                    // needed where the row says so
  std::vector<std::string_view> compartments{};  // labels of the object
  std::vector<std::string_view> clearances{};    // of the person
};
enum class Denied { not_signed_in, role_without_right, wrong_institution, not_own, purpose_missing, compartment_closed };
std::string_view word(Denied);
// Every reason this is refused; empty = allowed. Pure. Default deny: what no row of the table allows is refused.
std::vector<Denied> denials(const Question&);
// The rights of a role in an organisation of that kind, for the Actor.
Rights rights_of(Role, OrgKind);

// --- organisations and people with accounts ------------------------------------------------------------------------
struct Org {
  OrgId id;
  OrgKind kind{};
  std::string name, short_name;
  CompanyId company{};
};
struct User {
  UserId id;
  OrgId org;
  std::string login, name;
  Role role{};
  bool active = true, totp = false;
};

Result<OrgId> register_org(Act&, const Org&);  // needs manage_users, or the first run
// Without a password the person chooses one with an invitation code (invite).
Result<UserId> register_user(Act&, const User&, std::string_view password);
Result<Done> change_role(Act&, UserId, Role);  // their sessions end at once
Result<Done> deactivate(Act&, UserId);         // the same
Result<Done> reactivate(Act&, UserId);         // undoes it; the person signs in anew
// A code that lets the person choose a password, once, within 24 hours. Only its hash is kept.
Result<std::string> invite(Act&, UserId);
std::optional<Org> find_org(Act&, OrgId);
std::optional<User> find_user(Act&, UserId);
std::string name_of(Act&, UserId);  // "" when unknown
std::vector<Org> orgs(Act&);
std::vector<User> people(Act&, OrgId);

// The agreement between the two joint controllers. Without one that both stand by, only administrators work here.
using AgreementId = Id<struct AgreementTag>;
struct Agreement {
  AgreementId id{};
  OrgId agency, province;
  std::string number;
  Date signed_on, valid_until;
  std::string contact;
  OrgId proposed_by{};  // the institution whose administrator wrote it down
  Instant assented_at{}, withdrawn_at{};
  bool in_force() const { return assented_at.ms != 0; }
};
constexpr int agreement_warning_days = 60;
enum class AgreementState {
  not_needed,  // one institution only
  missing,     // none, or none with the assent of both
  running,
  ending,  // within the days above
  over,    // what is the other institution's is closed until a new one is assented to
};
std::string_view word(AgreementState);
// Of these two, on this day; the last end of what both stand by. Pure.
AgreementState state_of(const std::vector<Agreement>&, OrgId agency, OrgId province, Date today);
AgreementState agreement_state(Act&);
// Rights that members of this organisation hold and cannot use until the agreement is renewed.
Rights withheld_from(Act&, const Org&);
Result<AgreementId> propose_agreement(Act&, const Agreement&);
Result<Done> assent_agreement(Act&, AgreementId);       // by the other institution
Result<Done> withdraw_agreement(Act&, AgreementId);     // by either, before that
Result<Done> record_agreement(Act&, const Agreement&);  // both at once: the program's own (demo, tests)
std::vector<Agreement> agreements(Act&);                // newest first

// An actor with a role's rights without a session: the demo, the command line and tests.
Actor acting(const User&, const Org&);
Actor system_actor();  // the program itself (migrations, demo): every right, user 0, role "system"

// --- the journal's words ---------------------------------------------------------------------------------------------
// What an event is about, in words, and where everybody may read of it. A module names the subjects of its own events
// ("offers.…") once, from its routes(); its sentences are the texts <module>.event.<verb> and <module>.detail.<name>.<word>.
struct Named {
  std::string text, href;  // "" when there is no such thing any more, or no page of it
};
void name_subjects(std::string_view module, std::function<Named(Act&, std::int64_t subject)>);

// --- wiring ----------------------------------------------------------------------------------------------------------
web::Gate gate();           // for web::Server
void routes(web::Router&);  // /masuk /keluar /undangan /akun /mulai /k/admin… /k/jurnal /k/kebijakan
// First run: true while there is no administrator. Makes (once) and returns the code the terminal prints.
std::string first_run_code(db::Store&);

}  // namespace rantau::access
