// Placement companies (P3MI), their licence (SIP3MI) with its history, branches and foreign partners; which countries
// and occupations are open, by date.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::partners {

using BranchId = Id<struct BranchTag>;
using ForeignId = Id<struct ForeignTag>;  // foreign partner (mitra usaha) or employer
using TermId = Id<struct TermTag>;

// SIP3MI, domain README 5.7. Only `active` and `sanction_written` may recruit.
enum class Licence {
  applied,
  doc_check,
  field_check,
  deposit_delivered,
  active,
  sanction_written,
  suspended_partial,
  suspended_full,
  deposit_drawn,
  revoked
};
std::string_view word(Licence);
std::optional<Licence> licence_from(std::string_view);
const std::vector<Licence>& all_licences();
bool is_sanction(Licence);  // its decree, reason and legal basis are published, and asked for

// One dated term of a licence: states follow one another, nothing is overwritten. A term without an end lasts until the
// next one begins; after a term with an end (a suspension of three months) the one before it is in force again.
struct Term {
  Licence state{};
  Date from, until;         // both days included
  std::string decree;       // number of the decree or letter
  std::string reason;       // shown to the public with a suspension or revocation
  std::string legal_basis;  // "Permen P2MI 4/2025"
};
struct Company {
  CompanyId id;
  std::string name, key;                                         // key: text::company_key(name), for search
  std::string licence_number;                                    // SIP3MI
  Date licence_until;                                            // end of the licence itself, whatever the state
  std::string address, region, phone, email, website, accounts;  // accounts: official bank accounts, one a line
  std::string code;                                              // public code, printed on their posters
  std::vector<Term> terms{};                                     // filled by every reader here, oldest first
  int revision = 0;                                              // grows with every change
};

// The term in force on a day: of those running, the one that began last. None: never licensed. Pure.
std::optional<Term> term_on(const std::vector<Term>&, Date);
// The next change of state after that day that the register already knows, with the day on which it comes. Pure.
struct Change {
  Date on;
  std::optional<Term> becomes;  // none: no term is in force from then on
};
std::optional<Change> next_change(const std::vector<Term>&, Date);

// Why this company may not recruit on that day. Empty = it may. Pure.
// suspended_partly: it recruits nobody anew; what was begun with people it goes on with.
enum class Bar { never_licensed, not_yet_active, licence_expired, suspended, suspended_partly, revoked, deposit_not_refilled };
std::string_view word(Bar);
std::vector<Bar> bars(const Company&, Date);

// manage_licences. `ask_about_twin`: a company of the same name is a finding (field "other"), for a person to look at.
Result<CompanyId> register_company(Act&, Company, const Term& first, bool ask_about_twin = false);
// Name, address, phones, end of licence; what stood there before is kept. A revision other than 0 must be the present one.
Result<Done> amend(Act&, CompanyId, const Company& facts);
// Suspend, revoke, restore: a new term. Every verdict follows at once. It begins on or after the day on which the present
// term began. `seen`: the revision the officer had before him; another one is refused as a conflict (-1: not asked).
Result<Done> set_licence(Act&, CompanyId, const Term&, int seen = -1);
// A slip of the pen: the newest term, within a minute, by the person who set it. History keeps both.
constexpr int withdraw_within_s = 60;
Result<Done> withdraw_licence(Act&, CompanyId, TermId);
struct Recorded {
  TermId id;
  Term term;
  Instant at{};
  UserId by;
  Instant withdrawn_at{};  // 0: it stands
  bool withdrawn() const { return withdrawn_at.ms != 0; }
};
std::vector<Recorded> history(Act&, CompanyId);  // newest first, with the withdrawn ones: for officers
struct Amended {
  std::string field, before, after;
  Instant at{};
  UserId by;
};
std::vector<Amended> amendments(Act&, CompanyId, int count);  // newest first: what a fact said before
struct StateCount {
  Licence state{};
  int companies = 0;
};
std::vector<StateCount> count_states(Act&);  // of the term in force today
std::optional<Company> find(Act&, CompanyId);
std::optional<Company> find_by_licence(Act&, std::string_view sip3mi);
std::optional<Company> find_by_code(Act&, std::string_view code);
// By name, with terms. `query`: words of the name, or part of the licence number; nothing in it is a wildcard.
std::vector<Company> list(Act&, std::string_view query, int count, CompanyId after = {}, std::optional<Licence> state_today = {});
std::string licence_key(std::string_view sip3mi);  // "SIP3MI No. 12-3 / 2022" -> "12/3/2022"
bool is_region(std::string_view code);             // "32", "32.73"; nothing the country does not have
std::string host_of(std::string_view website);     // "https://www.MajuJaya.example/kontak" -> "majujaya.example"

// "Maksud Anda …?": companies whose name is like this one, best first; likeness 0..100, 100 = same key.
struct Likely {
  Company company;
  int likeness = 0;
};
std::vector<Likely> likely(Act&, std::string_view name, int count = 3);
// The same for who searches and typed the beginning of a name only: "maju jya" is like "Maju Jaya Abadi".
std::vector<Likely> likely_begun(Act&, std::string_view beginning, int count = 3);
std::vector<Company> named(Act&, std::string_view name);  // exactly this name but for its legal form; cheap
// Companies whose registered phone, account or website is this one.
std::vector<Company> by_phone(Act&, std::string_view e164);
std::vector<Company> by_account(Act&, std::string_view digits);
std::vector<Company> by_host(Act&, std::string_view host);  // "majujaya.example"

// --- openness of country x occupation, dated --------------------------------------------------------------------------
enum class Openness { open, limited, closed };
std::string_view word(Openness);
struct OpenRule {
  std::string country;        // ISO 3166-1 alpha-2
  std::string occupation;     // ISCO-08 prefix ("9111", "91"), "" = every occupation
  std::string employer_kind;  // "household", "legal_entity", "ship", "" = any
  Openness state{};
  std::string legal_basis;
  Date from, until;  // of two rules for exactly the same, the one that began last
};
const std::vector<std::string>& employer_kinds();  // "household", "legal_entity", "ship"
Result<Done> set_openness(Act&, const OpenRule&);
std::vector<OpenRule> openness_rules(Act&, std::string_view country);  // oldest first; "": of every country
// The most specific rule in force; none: not stated (treated as not open, and said so). A longer occupation is more
// specific, a named employer kind too; of two rules of which neither contains the other, the stricter one. Pure.
std::optional<OpenRule> openness(const std::vector<OpenRule>&, std::string_view country, std::string_view isco,
                                 std::string_view employer_kind, Date);

// --- branches and foreign partners --------------------------------------------------------------------------------
struct Branch {
  BranchId id;
  CompanyId company;
  std::string region, address, permit;
  Date from, until;
};
Result<BranchId> register_branch(Act&, const Branch&);
std::vector<Branch> branches(Act&, CompanyId);
struct Foreign {
  ForeignId id;
  std::string name, country, kind /* agency|employer */, registration;
  Date verified_on;
  std::string verified_by;
  Date valid_from{}, valid_until{};  // of the registration, both days included; an unknown one is no bound
  int revision = 1;
};
Result<ForeignId> register_foreign(Act&, const Foreign&);
// Its registration, days and verification; name, country and kind stay. A revision that is no longer the present one is refused.
Result<Done> amend_foreign(Act&, ForeignId, const Foreign& facts);
std::optional<Foreign> find_foreign(Act&, ForeignId);
std::vector<Foreign> foreign_partners(Act&, std::string_view country, std::string_view query);
// Those whose registration has not ended, by country and name; those of `first` before all others.
std::vector<Foreign> standing_partners(Act&, std::string_view first, int count);
// incomplete: without a number, or no mission has verified it (UU 18/2017 Pasal 10).
enum class Registration { valid, incomplete, not_yet, ended };
std::string_view word(Registration);
Registration registration_on(const Foreign&, Date);  // Pure.

// What else waits for a company, told on its home page by the modules after this one: a sentence and where to do it.
struct ToDo {
  Sentence sentence;
  std::string href;
};
void waits_for_company(std::string_view module, std::function<std::vector<ToDo>(Act&, CompanyId)>);

void routes(web::Router&);  // /perusahaan (public register) · /perusahaan/{code} · /k/perusahaan… · /mitra (company home)

}  // namespace rantau::partners
