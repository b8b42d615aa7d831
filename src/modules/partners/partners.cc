// The register's use cases: companies and their licences.
#include "modules/partners/partners.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/reference.h"
#include "base/text.h"
#include "modules/partners/names.h"
#include "modules/partners/store.h"

namespace rantau::partners {

namespace {

const Refusal not_yours{Refusal::forbidden, "partners.not_yours"};
const Refusal unknown{Refusal::not_found, "partners.unknown"};

using Wrong = std::vector<std::pair<std::string, Sentence>>;

void need(Wrong& wrong, std::string field, const std::string& value, const char* key) {
  if (value.empty()) wrong.emplace_back(std::move(field), Sentence{key});
}

constexpr std::string_view several = "\n,;";  // between two phone numbers or accounts of one company

std::vector<store::Contact> contacts(const Company& c) {
  std::vector<store::Contact> out;
  for (const auto& line : text::lines(c.phone, several))
    if (auto e164 = text::phone(line)) out.push_back({"phone", *e164});
  for (const auto& line : text::lines(c.accounts, several))
    if (auto digits = text::digits(line); digits.size() >= 5) out.push_back({"account", digits});
  if (auto host = host_of(c.website); !host.empty()) out.push_back({"host", host});
  return out;
}

void names_changed(Act& act) {
  std::uint64_t bits = 0;
  for (char ch : crypto::random_bytes(8)) bits = bits << 8 | static_cast<unsigned char>(ch);
  store::set_names_version(act.db, static_cast<std::int64_t>(bits >> 1));
}

void clean(Company& c) {
  for (std::string* s : {&c.name, &c.licence_number, &c.address, &c.region, &c.phone, &c.email, &c.website, &c.accounts})
    *s = text::trim(*s);
  c.key = text::company_key(c.name);
}

bool needs_number(Licence state) {
  switch (state) {
    case Licence::applied:
    case Licence::doc_check:
    case Licence::field_check:
    case Licence::deposit_delivered: return false;
    case Licence::active:
    case Licence::sanction_written:
    case Licence::suspended_partial:
    case Licence::suspended_full:
    case Licence::deposit_drawn:
    case Licence::revoked: return true;
  }
  return true;
}

Wrong wrong_facts(const Company& c, bool licensed) {
  Wrong wrong;
  need(wrong, "name", c.key, "partners.name_missing");
  if (licensed) need(wrong, "licence_number", licence_key(c.licence_number), "partners.number_missing");
  if (licensed && !c.licence_until.known()) wrong.emplace_back("licence_until", Sentence{"partners.until_missing"});
  for (const auto& line : text::lines(c.phone, several))
    if (!text::phone(line)) wrong.emplace_back("phone", Sentence{"partners.phone_wrong"});
  if (!c.website.empty() && host_of(c.website).empty()) wrong.emplace_back("website", Sentence{"partners.website_wrong"});
  return wrong;
}

// What a decree must say before the public may read it.
Wrong wrong_term(const Term& t) {
  Wrong wrong;
  if (!t.from.known()) wrong.emplace_back("from", Sentence{"partners.from_missing"});
  if (t.until.known() && t.until < t.from) wrong.emplace_back("until", Sentence{"partners.until_before_from"});
  if (t.until.known() && (t.state == Licence::revoked || t.state == Licence::deposit_drawn))
    wrong.emplace_back("until", Sentence{"partners.no_end_allowed"});
  if (is_sanction(t.state)) {
    need(wrong, "decree", t.decree, "partners.decree_missing");
    need(wrong, "reason", t.reason, "partners.reason_missing");
    need(wrong, "legal_basis", t.legal_basis, "partners.basis_missing");
  }
  return wrong;
}

Refusal invalid(Wrong wrong) { return {Refusal::invalid, "partners.invalid", {}, std::move(wrong)}; }

std::string new_code(Act& act) {
  for (;;) {
    auto code = make_code(act.random());
    if (!store::find_by_code(act.db, code)) return code;
  }
}

std::string detail(const Term& t) {
  std::string text = "state=" + std::string(word(t.state)) + " from=" + t.from.iso();
  if (t.until.known()) text += " until=" + t.until.iso();
  return text;
}

Recorded add_term(Act& act, CompanyId company, const Term& term) {
  const Recorded r{.id = act.fresh<TermId>(), .term = term, .at = act.now, .by = act.who.user};
  store::insert_term(act.db, company, r);
  return r;
}

void record_changes(Act& act, const Company& before, const Company& after) {
  const auto note = [&](const char* field, const std::string& was, const std::string& is) {
    if (was != is) store::insert_change(act.db, act.fresh_id(), after.id, {field, was, is, act.now, act.who.user});
  };
  note("name", before.name, after.name);
  note("licence_number", before.licence_number, after.licence_number);
  note("licence_until", before.licence_until.iso(), after.licence_until.iso());
  note("address", before.address, after.address);
  note("region", before.region, after.region);
  note("phone", before.phone, after.phone);
  note("email", before.email, after.email);
  note("website", before.website, after.website);
  note("accounts", before.accounts, after.accounts);
}

const Refusal overtaken{Refusal::conflict, "partners.overtaken"};

}  // namespace

Result<CompanyId> register_company(Act& act, Company c, const Term& first, bool ask_about_twin) {
  if (!act.may(Right::manage_licences)) return not_yours;
  clean(c);
  auto wrong = wrong_facts(c, needs_number(first.state));
  for (auto& w : wrong_term(first)) wrong.push_back(std::move(w));
  const auto key = licence_key(c.licence_number);
  if (const auto twin = store::find_by_licence(act.db, key); twin && !key.empty())
    wrong.emplace_back("licence_number", Sentence{"partners.number_taken", {{"company", twin->name}}});
  if (const auto twins = ask_about_twin ? store::with_key(act.db, c.key, 1) : std::vector<CompanyId>{}; !twins.empty())
    if (const auto twin = store::find(act.db, twins.front()))
      wrong.emplace_back("other", Sentence{"partners.same_name",
                                           {{"company", twin->name},
                                            {"number", twin->licence_number.empty() ? "—" : twin->licence_number},
                                            {"address", twin->address}}});
  if (!wrong.empty()) return invalid(std::move(wrong));
  c.id = act.fresh<CompanyId>();
  if (c.code.empty()) c.code = new_code(act);
  store::insert(act.db, c, key);
  store::set_contacts(act.db, c.id, contacts(c));
  names_changed(act);
  add_term(act, c.id, first);
  act.record("partners.registered", c.id, detail(first));
  return c.id;
}

Result<Done> amend(Act& act, CompanyId id, const Company& facts) {
  if (!act.may(Right::manage_licences)) return not_yours;
  const auto before = store::find(act.db, id);
  if (!before) return unknown;
  if (facts.revision != 0 && facts.revision != before->revision) return overtaken;
  Company c = facts;
  c.id = id;
  clean(c);
  const auto now = term_on(before->terms, act.today);
  auto wrong = wrong_facts(c, now && needs_number(now->state));
  const auto key = licence_key(c.licence_number);
  if (const auto twin = store::find_by_licence(act.db, key); twin && twin->id != id)
    wrong.emplace_back("licence_number", Sentence{"partners.number_taken", {{"company", twin->name}}});
  if (!wrong.empty()) return invalid(std::move(wrong));
  if (!store::update(act.db, c, key, before->revision)) return overtaken;
  record_changes(act, *before, c);
  store::set_contacts(act.db, id, contacts(c));
  if (c.key != before->key) names_changed(act);
  act.record("partners.amended", id);
  return Done{};
}

Result<Done> set_licence(Act& act, CompanyId id, const Term& term, int seen) {
  if (!act.may(Right::manage_licences)) return not_yours;
  const auto company = store::find(act.db, id);
  if (!company) return unknown;
  if (seen >= 0 && seen != company->revision) return overtaken;
  auto wrong = wrong_term(term);
  const auto now = term_on(company->terms, act.today);
  if (now && term.from.known() && term.from < now->from)
    wrong.emplace_back("from", Sentence{"partners.from_before_present", {{"day", now->from.iso()}}});
  if (now && now->state == term.state && term.from <= act.today && now->until == term.until)
    wrong.emplace_back("state", Sentence{"partners.state_already"});
  if (needs_number(term.state) && (licence_key(company->licence_number).empty() || !company->licence_until.known()))
    wrong.emplace_back("state", Sentence{"partners.state_needs_number"});
  if (!wrong.empty()) return invalid(std::move(wrong));
  if (!store::next_revision(act.db, id, company->revision)) return overtaken;
  add_term(act, id, term);
  act.record("partners.licence_set", id, detail(term));
  return Done{};
}

Result<Done> withdraw_licence(Act& act, CompanyId id, TermId term) {
  if (!act.may(Right::manage_licences)) return not_yours;
  const auto company = store::find(act.db, id);
  if (!company) return unknown;
  const auto all = store::history(act.db, id);
  const auto found = std::find_if(all.begin(), all.end(), [&](const Recorded& r) { return r.id == term; });
  if (found == all.end()) return unknown;
  const bool newest = std::all_of(all.begin(), all.end(), [&](const Recorded& r) { return r.withdrawn() || r.id <= term; });
  const auto standing = std::count_if(all.begin(), all.end(), [](const Recorded& r) { return !r.withdrawn(); });
  const bool in_time = act.now.ms - found->at.ms <= withdraw_within_s * 1000;
  const auto no = [](const char* why) { return Refusal{Refusal::conflict, why}; };
  if (found->withdrawn() || !newest) return no("partners.withdraw_built_on");
  if (found->by != act.who.user) return no("partners.withdraw_not_yours");
  if (!in_time) return no("partners.too_late_to_withdraw");
  if (standing < 2) return no("partners.withdraw_the_only");
  if (!store::next_revision(act.db, id, company->revision)) return overtaken;
  store::insert_withdrawal(act.db, term, act.now, act.who.user);
  act.record("partners.licence_withdrawn", id, detail(found->term));
  return Done{};
}

std::vector<Recorded> history(Act& act, CompanyId id) { return store::history(act.db, id); }
std::vector<Amended> amendments(Act& act, CompanyId id, int count) { return store::changes(act.db, id, count); }
std::vector<StateCount> count_states(Act& act) { return store::count_states(act.db, act.today); }
std::optional<Company> find(Act& act, CompanyId id) { return store::find(act.db, id); }
std::optional<Company> find_by_licence(Act& act, std::string_view sip3mi) {
  return store::find_by_licence(act.db, licence_key(sip3mi));
}
std::optional<Company> find_by_code(Act& act, std::string_view code) { return store::find_by_code(act.db, code); }

std::vector<Company> list(Act& act, std::string_view query, int count, CompanyId after, std::optional<Licence> state_today) {
  store::Search s{.words = text::words(text::company_key(query)),
                  .licence_key = licence_key(query),
                  .state = state_today ? std::string(word(*state_today)) : std::string(),
                  .today = act.today,
                  .after = after,
                  .count = std::clamp(count, 1, 500)};
  if (s.words.size() > 4) s.words.resize(4);
  // Of a licence number at least three characters: "a" would find them all.
  if (s.licence_key.size() < 3 || text::digits(s.licence_key).empty()) s.licence_key.clear();
  if (s.words.empty() && !text::trim(query).empty() && s.licence_key.empty()) return {};
  return store::list(act.db, s);
}

namespace {

// As many words from the beginning as the other has.
std::string begun(const std::string& key, std::size_t words) {
  std::string out;
  for (const auto& word : text::words(key)) {
    if (words-- == 0) break;
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

std::vector<Likely> ranked_by(Act& act, std::string_view name, int count, bool beginning) {
  constexpr int read = 24, enough = 60;
  const auto key = text::company_key(text::cut(name, 120));
  if (text::length(key) < 3 || count < 1) return {};
  std::vector<std::pair<int, CompanyId>> ranked;
  for (CompanyId id : store::with_key(act.db, key, count)) ranked.emplace_back(100, id);
  if (static_cast<int>(ranked.size()) < count) {
    for (const auto& c : candidates(act.db, key, read)) {
      int alike = c.key == key ? 100 : text::likeness(key, c.key);
      if (beginning) alike = std::max(alike, text::likeness(key, begun(c.key, text::words(key).size())) - 5);
      const bool there = std::any_of(ranked.begin(), ranked.end(), [&](const auto& r) { return r.second == c.id; });
      if (alike >= enough && !there) ranked.emplace_back(alike, c.id);
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (static_cast<int>(ranked.size()) > count) ranked.resize(static_cast<std::size_t>(count));
  std::vector<Likely> out;
  for (const auto& [alike, id] : ranked)
    if (auto company = store::find(act.db, id)) out.push_back({std::move(*company), alike});
  return out;
}

}  // namespace

std::vector<Likely> likely(Act& act, std::string_view name, int count) { return ranked_by(act, name, count, false); }
std::vector<Likely> likely_begun(Act& act, std::string_view beginning, int count) { return ranked_by(act, beginning, count, true); }

std::vector<Company> named(Act& act, std::string_view name) {
  std::vector<Company> out;
  const auto key = text::company_key(text::cut(name, 120));
  if (text::length(key) < 3) return out;
  for (CompanyId id : store::with_key(act.db, key, 3))
    if (auto company = store::find(act.db, id)) out.push_back(std::move(*company));
  return out;
}

std::vector<Company> by_phone(Act& act, std::string_view e164) { return store::by_contact(act.db, "phone", e164); }
std::vector<Company> by_account(Act& act, std::string_view digits) {
  return store::by_contact(act.db, "account", text::digits(digits));
}
std::vector<Company> by_host(Act& act, std::string_view host) { return store::by_contact(act.db, "host", host_of(host)); }

// --- openness, branches, foreign partners ----------------------------------------------------------------------------

Result<Done> set_openness(Act& act, const OpenRule& rule) {
  if (!act.may(Right::manage_licences)) return not_yours;
  Wrong wrong;
  if (reference::country(rule.country) == nullptr) wrong.emplace_back("country", Sentence{"partners.country_unknown"});
  if (rule.occupation.size() > 4 || rule.occupation != text::digits(rule.occupation))
    wrong.emplace_back("occupation", Sentence{"partners.occupation_wrong"});
  const auto& kinds = employer_kinds();
  if (!rule.employer_kind.empty() && std::find(kinds.begin(), kinds.end(), rule.employer_kind) == kinds.end())
    wrong.emplace_back("employer_kind", Sentence{"partners.kind_unknown"});
  need(wrong, "legal_basis", text::trim(rule.legal_basis), "partners.basis_missing");
  if (!rule.from.known()) wrong.emplace_back("from", Sentence{"partners.from_missing"});
  if (rule.until.known() && rule.until < rule.from) wrong.emplace_back("until", Sentence{"partners.until_before_from"});
  if (!wrong.empty()) return invalid(std::move(wrong));
  store::insert_rule(act.db, act.fresh_id(), rule, act.now, act.who.user);
  act.record("partners.openness_set", "country=" + rule.country + " occupation=" + rule.occupation + " kind=" + rule.employer_kind +
                                          " state=" + std::string(word(rule.state)) + " from=" + rule.from.iso());
  return Done{};
}

std::vector<OpenRule> openness_rules(Act& act, std::string_view country) { return store::rules(act.db, country); }

Result<BranchId> register_branch(Act& act, const Branch& branch) {
  if (!act.may(Right::manage_licences)) return not_yours;
  if (!store::find(act.db, branch.company)) return unknown;
  Wrong wrong;
  need(wrong, "address", text::trim(branch.address), "partners.address_missing");
  need(wrong, "permit", text::trim(branch.permit), "partners.permit_missing");
  if (!is_region(branch.region)) wrong.emplace_back("region", Sentence{"partners.region_unknown", {{"code", branch.region}}});
  if (!branch.from.known()) wrong.emplace_back("from", Sentence{"partners.from_missing"});
  if (branch.until.known() && branch.until < branch.from) wrong.emplace_back("until", Sentence{"partners.until_before_from"});
  if (!wrong.empty()) return invalid(std::move(wrong));
  Branch b = branch;
  b.id = act.fresh<BranchId>();
  store::insert_branch(act.db, b);
  act.record("partners.branch_registered", b.id);
  return b.id;
}

std::vector<Branch> branches(Act& act, CompanyId company) { return store::branches(act.db, company); }

namespace {

void check_registration(const Foreign& f, Date today, Wrong& wrong) {
  if (f.verified_on.known()) need(wrong, "verified_by", text::trim(f.verified_by), "partners.verifier_missing");
  if (f.verified_on > today) wrong.emplace_back("verified_on", Sentence{"partners.day_in_future"});
  if (f.valid_until.known() && f.valid_until < f.valid_from)
    wrong.emplace_back("valid_until", Sentence{"partners.until_before_from"});
}

}  // namespace

Result<ForeignId> register_foreign(Act& act, const Foreign& foreign) {
  if (!act.may(Right::manage_licences)) return not_yours;
  Wrong wrong;
  need(wrong, "name", text::trim(foreign.name), "partners.name_missing");
  if (reference::country(foreign.country) == nullptr) wrong.emplace_back("country", Sentence{"partners.country_unknown"});
  if (foreign.kind != "agency" && foreign.kind != "employer") wrong.emplace_back("kind", Sentence{"partners.kind_unknown"});
  check_registration(foreign, act.today, wrong);
  if (!wrong.empty()) return invalid(std::move(wrong));
  Foreign f = foreign;
  f.id = act.fresh<ForeignId>();
  f.name = text::trim(f.name);
  f.registration = text::trim(f.registration);
  store::insert_foreign(act.db, f, text::company_key(f.name));
  act.record("partners.foreign_registered", f.id, "country=" + f.country);
  return f.id;
}

Result<Done> amend_foreign(Act& act, ForeignId id, const Foreign& facts) {
  if (!act.may(Right::manage_licences)) return not_yours;
  auto f = store::find_foreign(act.db, id);
  if (!f) return Refusal{Refusal::not_found, "partners.foreign_unknown"};
  Wrong wrong;
  check_registration(facts, act.today, wrong);
  if (!wrong.empty()) return invalid(std::move(wrong));
  const std::string before = "until_before=" + f->valid_until.iso() + " number_before=" + f->registration;
  f->registration = text::trim(facts.registration);
  f->verified_on = facts.verified_on;
  f->verified_by = text::trim(facts.verified_by);
  f->valid_from = facts.valid_from;
  f->valid_until = facts.valid_until;
  if (!store::update_foreign(act.db, *f, facts.revision)) return Refusal{Refusal::conflict, "partners.foreign_overtaken"};
  act.record("partners.foreign_amended", id, before);
  return Done{};
}

std::optional<Foreign> find_foreign(Act& act, ForeignId id) { return store::find_foreign(act.db, id); }

std::vector<Foreign> standing_partners(Act& act, std::string_view first, int count) {
  return store::standing_foreign(act.db, first, act.today, count);
}

std::vector<Foreign> foreign_partners(Act& act, std::string_view country, std::string_view query) {
  auto words = text::words(text::company_key(query));
  if (words.size() > 2) words.resize(2);
  return store::foreign(act.db, country, words, 200);
}

}  // namespace rantau::partners
