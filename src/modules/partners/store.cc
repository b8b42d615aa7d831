// Every statement of module partners, the same text for SQLite and PostgreSQL.
#include "modules/partners/store.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace rantau::partners::store {

namespace {

// A list of at most N values for an IN of N places; the rest is filled up with a value that no row has.
template <std::size_t N, class T>
std::array<T, N> filled(const std::vector<T>& values, std::size_t from, T nothing) {
  std::array<T, N> out;
  out.fill(std::move(nothing));
  for (std::size_t i = from; i < values.size() && i < from + N; ++i) out[i - from] = values[i];
  return out;
}

Term read_term(const db::Row& r, std::size_t at) {
  return {.state = licence_from(r.text(at)).value_or(Licence::applied),
          .from = r.day(at + 1),
          .until = r.day(at + 2),
          .decree = r.text(at + 3),
          .reason = r.text(at + 4),
          .legal_basis = r.text(at + 5)};
}

Company read_company(const db::Row& r) {
  Company c;
  c.id = r.id<CompanyId>(0);
  c.name = r.text(1);
  c.key = r.text(2);
  c.licence_number = r.text(3);
  c.licence_until = r.day(4);
  c.address = r.text(5);
  c.region = r.text(6);
  c.phone = r.text(7);
  c.email = r.text(8);
  c.website = r.text(9);
  c.accounts = r.text(10);
  c.code = r.text(11);
  c.revision = static_cast<int>(r.num(12));
  return c;
}

// The terms of ten companies at a time: a page of fifty costs five statements instead of fifty.
void add_terms(db::Connection& db, std::vector<Company>& companies) {
  std::vector<std::int64_t> ids;
  std::map<std::int64_t, Company*> by_id;
  for (Company& c : companies) {
    ids.push_back(c.id.value);
    by_id[c.id.value] = &c;
  }
  for (std::size_t i = 0; i < ids.size(); i += 10) {
    const auto ten = filled<10>(ids, i, std::int64_t{0});
    const auto rows = std::apply(
        [&](const auto&... id) {
          return db(
              "SELECT t.company, t.state, t.from_day, t.until_day, t.decree, t.reason, t.legal_basis FROM partners_term t "
              "WHERE t.company IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
              "AND NOT EXISTS (SELECT 1 FROM partners_withdrawal w WHERE w.term = t.id) ORDER BY t.company, t.from_day, t.id",
              id...);
        },
        ten);
    for (const auto& r : rows) by_id[r.num(0)]->terms.push_back(read_term(r, 1));
  }
}

std::vector<Company> read_companies(db::Connection& db, const db::Rows& rows) {
  std::vector<Company> out;
  for (const auto& r : rows) out.push_back(read_company(r));
  add_terms(db, out);
  return out;
}

std::optional<Company> first(std::vector<Company> companies) {
  return companies.empty() ? std::nullopt : std::optional(std::move(companies.front()));
}

}  // namespace

void insert(db::Connection& db, const Company& c, std::string_view licence_key) {
  db("INSERT INTO partners_company (id, name, key, licence_number, licence_key, licence_until, address, region, phone, email, "
     "website, accounts, code, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
     c.id, c.name, c.key, c.licence_number, licence_key, c.licence_until, c.address, c.region, c.phone, c.email, c.website,
     c.accounts, c.code);
}

bool update(db::Connection& db, const Company& c, std::string_view licence_key, int revision) {
  return db("UPDATE partners_company SET name = $2, key = $3, licence_number = $4, licence_key = $5, licence_until = $6, "
            "address = $7, region = $8, phone = $9, email = $10, website = $11, accounts = $12, revision = revision + 1 "
            "WHERE id = $1 AND revision = $13",
            c.id, c.name, c.key, c.licence_number, licence_key, c.licence_until, c.address, c.region, c.phone, c.email, c.website,
            c.accounts, revision)
             .changed() == 1;
}

bool next_revision(db::Connection& db, CompanyId id, int revision) {
  return db("UPDATE partners_company SET revision = revision + 1 WHERE id = $1 AND revision = $2", id, revision).changed() == 1;
}

void set_contacts(db::Connection& db, CompanyId id, const std::vector<Contact>& contacts) {
  db("DELETE FROM partners_contact WHERE company = $1", id);
  for (const auto& c : contacts)
    db("INSERT INTO partners_contact (kind, value, company) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", c.kind, c.value, id);
}

std::int64_t names_version(db::Connection& db) { return db("SELECT version FROM partners_names WHERE one = 1").number(); }

void set_names_version(db::Connection& db, std::int64_t version) {
  db("UPDATE partners_names SET version = $1 WHERE one = 1", version);
}

std::vector<Candidate> all_keys(db::Connection& db) {
  std::vector<Candidate> out;
  for (const auto& r : db("SELECT id, key FROM partners_company ORDER BY id")) out.push_back({r.id<CompanyId>(0), r.text(1)});
  return out;
}

void insert_change(db::Connection& db, std::int64_t id, CompanyId company, const Amended& a) {
  db("INSERT INTO partners_change (id, company, field, before_text, after_text, at, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7)",
     id, company, a.field, a.before, a.after, a.at, a.by);
}

std::vector<Amended> changes(db::Connection& db, CompanyId company, int count) {
  std::vector<Amended> out;
  for (const auto& r : db("SELECT field, before_text, after_text, at, by_user FROM partners_change WHERE company = $1 "
                          "ORDER BY id DESC LIMIT $2",
                          company, count))
    out.push_back({r.text(0), r.text(1), r.text(2), r.at(3), r.id<UserId>(4)});
  return out;
}

void insert_term(db::Connection& db, CompanyId company, const Recorded& r) {
  db("INSERT INTO partners_term (id, company, state, from_day, until_day, decree, reason, legal_basis, at, by_user) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     r.id, company, word(r.term.state), r.term.from, r.term.until, r.term.decree, r.term.reason, r.term.legal_basis, r.at, r.by);
}

void insert_withdrawal(db::Connection& db, TermId term, Instant at, UserId by) {
  db("INSERT INTO partners_withdrawal (term, at, by_user) VALUES ($1, $2, $3)", term, at, by);
}

std::vector<Recorded> history(db::Connection& db, CompanyId company) {
  std::vector<Recorded> out;
  for (const auto& r : db("SELECT t.id, t.state, t.from_day, t.until_day, t.decree, t.reason, t.legal_basis, t.at, t.by_user, "
                          "w.at FROM partners_term t LEFT JOIN partners_withdrawal w ON w.term = t.id "
                          "WHERE t.company = $1 ORDER BY t.from_day DESC, t.id DESC",
                          company))
    out.push_back({r.id<TermId>(0), read_term(r, 1), r.at(7), r.id<UserId>(8), r.at(9)});
  return out;
}

std::optional<Company> find(db::Connection& db, CompanyId id) {
  return first(read_companies(db, db("SELECT id, name, key, licence_number, licence_until, address, region, phone, email, website, "
                                     "accounts, code, revision FROM partners_company WHERE id = $1",
                                     id)));
}

std::optional<Company> find_by_licence(db::Connection& db, std::string_view licence_key) {
  return first(read_companies(db, db("SELECT id, name, key, licence_number, licence_until, address, region, phone, email, website, "
                                     "accounts, code, revision FROM partners_company "
                                     "WHERE licence_key = $1 AND licence_key <> ''",
                                     licence_key)));
}

std::optional<Company> find_by_code(db::Connection& db, std::string_view code) {
  return first(read_companies(db, db("SELECT id, name, key, licence_number, licence_until, address, region, phone, email, website, "
                                     "accounts, code, revision FROM partners_company WHERE code = $1",
                                     code)));
}

std::vector<Company> by_contact(db::Connection& db, std::string_view kind, std::string_view value) {
  return read_companies(db, db("SELECT id, name, key, licence_number, licence_until, address, region, phone, email, website, "
                               "accounts, code, revision FROM partners_company "
                               "WHERE id IN (SELECT company FROM partners_contact WHERE kind = $1 AND value = $2) "
                               "ORDER BY key, id LIMIT 20",
                               kind, value));
}

std::vector<Company> list(db::Connection& db, const Search& s) {
  const auto words = filled<4>(s.words, 0, std::string());
  // replace(…) <> … instead of LIKE: what people type holds no wildcard, on either engine.
  return read_companies(
      db, db("SELECT c.id, c.name, c.key, c.licence_number, c.licence_until, c.address, c.region, c.phone, c.email, c.website, "
             "c.accounts, c.code, c.revision FROM partners_company c "
             "WHERE (c.key > COALESCE((SELECT key FROM partners_company WHERE id = $1), '') "
             "OR (c.key = (SELECT key FROM partners_company WHERE id = $1) AND c.id > $1) "
             "OR (c.key = '' AND CAST($1 AS BIGINT) = 0)) "
             "AND ((($2 = '' OR replace(c.key, $2, '') <> c.key) AND ($3 = '' OR replace(c.key, $3, '') <> c.key) "
             "AND ($4 = '' OR replace(c.key, $4, '') <> c.key) AND ($5 = '' OR replace(c.key, $5, '') <> c.key)) "
             "OR ($6 <> '' AND replace(c.licence_key, $6, '') <> c.licence_key)) "
             "AND ($7 = '' OR $7 = (SELECT t.state FROM partners_term t WHERE t.company = c.id AND t.from_day <= $8 "
             "AND COALESCE(t.until_day, '9999-12-31') >= $8 "
             "AND NOT EXISTS (SELECT 1 FROM partners_withdrawal w WHERE w.term = t.id) "
             "ORDER BY t.from_day DESC, t.id DESC LIMIT 1)) "
             "ORDER BY c.key, c.id LIMIT $9",
             s.after.value, words[0], words[1], words[2], words[3], s.licence_key, s.state, s.today, s.count));
}

std::vector<StateCount> count_states(db::Connection& db, Date today) {
  std::vector<StateCount> out;
  for (const auto& r : db("SELECT state, count(*) FROM (SELECT t.state AS state, "
                          "row_number() OVER (PARTITION BY t.company ORDER BY t.from_day DESC, t.id DESC) AS place "
                          "FROM partners_term t WHERE t.from_day <= $1 AND COALESCE(t.until_day, '9999-12-31') >= $1 "
                          "AND NOT EXISTS (SELECT 1 FROM partners_withdrawal w WHERE w.term = t.id)) AS now "
                          "WHERE place = 1 GROUP BY state ORDER BY state",
                          today))
    out.push_back({licence_from(r.text(0)).value_or(Licence::applied), static_cast<int>(r.num(1))});
  return out;
}

std::vector<CompanyId> with_key(db::Connection& db, std::string_view key, int count) {
  std::vector<CompanyId> out;
  for (const auto& r : db("SELECT id FROM partners_company WHERE key = $1 ORDER BY id LIMIT $2", key, count))
    out.push_back(r.id<CompanyId>(0));
  return out;
}

void insert_rule(db::Connection& db, std::int64_t id, const OpenRule& r, Instant at, UserId by) {
  db("INSERT INTO partners_open_rule (id, country, occupation, employer_kind, state, legal_basis, from_day, until_day, at, "
     "by_user) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     id, r.country, r.occupation, r.employer_kind, word(r.state), r.legal_basis, r.from, r.until, at, by);
}

std::vector<OpenRule> rules(db::Connection& db, std::string_view country) {
  std::vector<OpenRule> out;
  for (const auto& r : db("SELECT country, occupation, employer_kind, state, legal_basis, from_day, until_day "
                          "FROM partners_open_rule WHERE ($1 = '' OR country = $1) ORDER BY country, from_day, id",
                          country)) {
    const auto& state = r.text(3);
    out.push_back({.country = r.text(0),
                   .occupation = r.text(1),
                   .employer_kind = r.text(2),
                   .state = state == "open"      ? Openness::open
                            : state == "limited" ? Openness::limited
                                                 : Openness::closed,
                   .legal_basis = r.text(4),
                   .from = r.day(5),
                   .until = r.day(6)});
  }
  return out;
}

void insert_branch(db::Connection& db, const Branch& b) {
  db("INSERT INTO partners_branch (id, company, region, address, permit, from_day, until_day) VALUES ($1, $2, $3, $4, $5, $6, $7)",
     b.id, b.company, b.region, b.address, b.permit, b.from, b.until);
}

std::vector<Branch> branches(db::Connection& db, CompanyId company) {
  std::vector<Branch> out;
  for (const auto& r : db("SELECT id, company, region, address, permit, from_day, until_day FROM partners_branch "
                          "WHERE company = $1 ORDER BY id",
                          company))
    out.push_back({r.id<BranchId>(0), r.id<CompanyId>(1), r.text(2), r.text(3), r.text(4), r.day(5), r.day(6)});
  return out;
}

void insert_foreign(db::Connection& db, const Foreign& f, std::string_view key) {
  db("INSERT INTO partners_foreign (id, name, key, country, kind, registration, verified_on, verified_by, valid_from, valid_until) "
     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     f.id, f.name, key, f.country, f.kind, f.registration, f.verified_on, f.verified_by, f.valid_from, f.valid_until);
}

bool update_foreign(db::Connection& db, const Foreign& f, int revision) {
  return db("UPDATE partners_foreign SET registration = $2, verified_on = $3, verified_by = $4, valid_from = $5, valid_until = $6, "
            "revision = revision + 1 WHERE id = $1 AND revision = $7",
            f.id, f.registration, f.verified_on, f.verified_by, f.valid_from, f.valid_until, revision)
             .changed() == 1;
}

namespace {

Foreign foreign_of(const db::Row& r) {
  return {.id = r.id<ForeignId>(0),
          .name = r.text(1),
          .country = r.text(2),
          .kind = r.text(3),
          .registration = r.text(4),
          .verified_on = r.day(5),
          .verified_by = r.text(6),
          .valid_from = r.day(7),
          .valid_until = r.day(8),
          .revision = static_cast<int>(r.num(9))};
}

}  // namespace

std::optional<Foreign> find_foreign(db::Connection& db, ForeignId id) {
  const auto row = db("SELECT id, name, country, kind, registration, verified_on, verified_by, valid_from, valid_until, revision "
                      "FROM partners_foreign WHERE id = $1",
                      id)
                       .one();
  return row ? std::optional(foreign_of(*row)) : std::nullopt;
}

std::vector<Foreign> standing_foreign(db::Connection& db, std::string_view first, Date day, int count) {
  std::vector<Foreign> out;
  for (const auto& r :
       db("SELECT id, name, country, kind, registration, verified_on, verified_by, valid_from, valid_until, revision "
          "FROM partners_foreign WHERE valid_until IS NULL OR valid_until >= $1 "
          "ORDER BY CASE WHEN country = $2 THEN 0 ELSE 1 END, country, key, id LIMIT $3",
          day, first, count))
    out.push_back(foreign_of(r));
  return out;
}

std::vector<Foreign> foreign(db::Connection& db, std::string_view country, const std::vector<std::string>& words, int count) {
  const auto two = filled<2>(words, 0, std::string());
  std::vector<Foreign> out;
  for (const auto& r :
       db("SELECT id, name, country, kind, registration, verified_on, verified_by, valid_from, valid_until, revision "
          "FROM partners_foreign WHERE ($1 = '' OR country = $1) AND ($2 = '' OR replace(key, $2, '') <> key) "
          "AND ($3 = '' OR replace(key, $3, '') <> key) ORDER BY key, id LIMIT $4",
          country, two[0], two[1], count))
    out.push_back(foreign_of(r));
  return out;
}

}  // namespace rantau::partners::store
