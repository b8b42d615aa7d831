// The tables of partners, and nothing else: no rule, no clock, no right.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/partners/partners.h"

namespace rantau::partners::store {

struct Contact {
  std::string kind, value;  // phone, account, host
};
void insert(db::Connection&, const Company&, std::string_view licence_key);
// False: the revision is no longer the one given.
bool update(db::Connection&, const Company&, std::string_view licence_key, int revision);
bool next_revision(db::Connection&, CompanyId, int revision);
void set_contacts(db::Connection&, CompanyId, const std::vector<Contact>&);

void insert_change(db::Connection&, std::int64_t id, CompanyId, const Amended&);
std::vector<Amended> changes(db::Connection&, CompanyId, int count);  // newest first

void insert_term(db::Connection&, CompanyId, const Recorded&);
void insert_withdrawal(db::Connection&, TermId, Instant, UserId);
std::vector<Recorded> history(db::Connection&, CompanyId);

std::optional<Company> find(db::Connection&, CompanyId);
std::optional<Company> find_by_licence(db::Connection&, std::string_view licence_key);
std::optional<Company> find_by_code(db::Connection&, std::string_view code);
std::vector<Company> by_contact(db::Connection&, std::string_view kind, std::string_view value);
struct Search {
  std::vector<std::string> words;  // of the name, at most four
  std::string licence_key;
  std::string state;  // word of the state today, or ""
  Date today;
  CompanyId after;
  int count = 50;
};
std::vector<Company> list(db::Connection&, const Search&);
std::vector<StateCount> count_states(db::Connection&, Date today);

struct Candidate {
  CompanyId id;
  std::string key;
};
std::vector<Candidate> all_keys(db::Connection&);
// Which names these are: another number after every company registered or renamed.
std::int64_t names_version(db::Connection&);
void set_names_version(db::Connection&, std::int64_t);
std::vector<CompanyId> with_key(db::Connection&, std::string_view key, int count);

void insert_rule(db::Connection&, std::int64_t id, const OpenRule&, Instant, UserId);
std::vector<OpenRule> rules(db::Connection&, std::string_view country);
void insert_branch(db::Connection&, const Branch&);
std::vector<Branch> branches(db::Connection&, CompanyId);
void insert_foreign(db::Connection&, const Foreign&, std::string_view key);
bool update_foreign(db::Connection&, const Foreign&, int revision);  // false: the revision is no longer the one given
std::optional<Foreign> find_foreign(db::Connection&, ForeignId);
std::vector<Foreign> standing_foreign(db::Connection&, std::string_view first, Date day, int count);
std::vector<Foreign> foreign(db::Connection&, std::string_view country, const std::vector<std::string>& words, int count);

}  // namespace rantau::partners::store
