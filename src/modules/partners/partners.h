// Placement companies (P3MI), their licence (SIP3MI) with its history, branches and foreign partners; which countries
// and occupations are open, by date.
#pragma once
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

// One dated term of a licence: states follow one another, nothing is overwritten.
struct Term {
  Licence state{};
  Date from, until;         // until unknown: until the next term
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
  std::vector<Term> terms{};                                     // filled by find(), oldest first
};

// The term in force on a day; none: never licensed. Pure.
std::optional<Term> term_on(const std::vector<Term>&, Date);

// Why this company may not recruit on that day. Empty = it may. Pure.
enum class Bar { never_licensed, not_yet_active, licence_expired, suspended, revoked, deposit_not_refilled };
std::string_view word(Bar);
std::vector<Bar> bars(const Company&, Date);

Result<CompanyId> register_company(Act&, Company, const Term& first);  // manage_licences
Result<Done> amend(Act&, CompanyId, const Company& facts);             // address, phones, end of licence
// Suspend, revoke, restore: a new term. Every verdict follows at once.
Result<Done> set_licence(Act&, CompanyId, const Term&);
std::optional<Company> find(Act&, CompanyId);
std::optional<Company> find_by_licence(Act&, std::string_view sip3mi);
std::optional<Company> find_by_code(Act&, std::string_view code);
std::vector<Company> list(Act&, std::string_view query, int count, CompanyId after = {});  // by name, with terms

// "Maksud Anda …?": companies whose name is like this one, best first; likeness 0..100, 100 = same key.
struct Likely {
  Company company;
  int likeness = 0;
};
std::vector<Likely> likely(Act&, std::string_view name, int count = 3);
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
  Date from, until;
};
Result<Done> set_openness(Act&, const OpenRule&);
std::vector<OpenRule> openness_rules(Act&, std::string_view country);
// The most specific rule in force; none: not stated (treated as not open, and said so). Pure.
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
};
Result<ForeignId> register_foreign(Act&, const Foreign&);
std::vector<Foreign> foreign_partners(Act&, std::string_view country, std::string_view query);

void routes(web::Router&);  // /perusahaan (public register) · /perusahaan/{code} · /k/perusahaan… · /mitra (company home)

}  // namespace rantau::partners
