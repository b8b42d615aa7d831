// The statements of module access.
#include "modules/access/store.h"

namespace rantau::access::store {

namespace {

OrgKind kind_from(std::string_view text) {
  for (const OrgKind k : {OrgKind::agency, OrgKind::province, OrgKind::company})
    if (word(k) == text) return k;
  return OrgKind::mission;
}

Org org_from(const db::Row& r) {
  return {.id = r.id<OrgId>(0),
          .kind = kind_from(r.text(1)),
          .name = r.text(2),
          .short_name = r.text(3),
          .company = r.id<CompanyId>(4)};
}

User user_from(const db::Row& r) {
  return {.id = r.id<UserId>(0),
          .org = r.id<OrgId>(1),
          .login = r.text(2),
          .name = r.text(3),
          .role = role_from(r.text(4)).value(),
          .active = r.flag(5),
          .totp = !r.text(6).empty()};
}

Secrets secrets_from(const db::Row& r) {
  return {.user = user_from(r), .password = r.text(7), .totp = r.text(6), .invite = r.text(8), .invite_until = r.at(9)};
}

Session session_from(const db::Row& r) {
  return {.id = r.num(0), .person = r.id<UserId>(1), .device = r.text(2), .opened = r.at(3), .seen = r.at(4)};
}

}  // namespace

void add_org(db::Connection& db, const Org& o) {
  db("INSERT INTO access_org(id, kind, name, short_name, company) VALUES ($1, $2, $3, $4, $5)", o.id, word(o.kind), o.name,
     o.short_name, o.company);
}

std::optional<Org> org(db::Connection& db, OrgId id) {
  auto row = db("SELECT id, kind, name, short_name, company FROM access_org WHERE id = $1", id.value).one();
  return row ? std::optional(org_from(*row)) : std::nullopt;
}

std::optional<Org> org_of_company(db::Connection& db, CompanyId company) {
  auto row = db("SELECT id, kind, name, short_name, company FROM access_org WHERE company = $1", company.value).one();
  return row ? std::optional(org_from(*row)) : std::nullopt;
}

std::vector<Org> orgs(db::Connection& db) {
  std::vector<Org> all;
  for (const auto& r : db("SELECT id, kind, name, short_name, company FROM access_org ORDER BY kind, name, id"))
    all.push_back(org_from(r));
  return all;
}

void add_agreement(db::Connection& db, const Agreement& a, Instant at, UserId by) {
  db("INSERT INTO access_agreement(id, agency, province, number, signed_on, valid_until, contact, recorded_at, recorded_by, "
     "proposed_org) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
     a.id, a.agency, a.province, a.number, a.signed_on, a.valid_until, a.contact, at, by, a.proposed_by);
}
void assent(db::Connection& db, AgreementId id, Instant at, UserId by) {
  db("UPDATE access_agreement SET assented_at = $2, assented_by = $3 WHERE id = $1", id, at, by);
}
void withdraw_agreement(db::Connection& db, AgreementId id, Instant at, UserId by) {
  db("UPDATE access_agreement SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1", id, at, by);
}

std::vector<Agreement> agreements(db::Connection& db) {
  std::vector<Agreement> all;
  for (const auto& r :
       db("SELECT id, agency, province, number, signed_on, valid_until, contact, proposed_org, assented_at, withdrawn_at "
          "FROM access_agreement ORDER BY id DESC"))
    all.push_back({.id = r.id<AgreementId>(0),
                   .agency = r.id<OrgId>(1),
                   .province = r.id<OrgId>(2),
                   .number = r.text(3),
                   .signed_on = r.day(4),
                   .valid_until = r.day(5),
                   .contact = r.text(6),
                   .proposed_by = r.id<OrgId>(7),
                   .assented_at = r.at(8),
                   .withdrawn_at = r.at(9)});
  return all;
}

void add_user(db::Connection& db, const User& u, std::string_view password_hash) {
  db("INSERT INTO access_user(id, org, login, name, role, active, password) VALUES ($1, $2, $3, $4, $5, 1, $6)", u.id, u.org,
     u.login, u.name, word(u.role), password_hash);
}

std::optional<User> user(db::Connection& db, UserId id) {
  auto row = db("SELECT id, org, login, name, role, active, totp FROM access_user WHERE id = $1", id.value).one();
  return row ? std::optional(user_from(*row)) : std::nullopt;
}

std::vector<User> people(db::Connection& db, OrgId org) {
  std::vector<User> all;
  for (const auto& r :
       db("SELECT id, org, login, name, role, active, totp FROM access_user WHERE org = $1 ORDER BY active DESC, name, id",
          org.value))
    all.push_back(user_from(r));
  return all;
}

bool login_taken(db::Connection& db, std::string_view login) {
  return !db("SELECT id FROM access_user WHERE login = $1", login).empty();
}

bool any_administrator(db::Connection& db) {
  return !db("SELECT id FROM access_user WHERE role = 'administrator' LIMIT 1").empty();
}

std::int64_t active_administrators(db::Connection& db, OrgId org) {
  return db("SELECT count(*) FROM access_user WHERE org = $1 AND role = 'administrator' AND active = 1", org.value).number();
}

void set_role(db::Connection& db, UserId id, Role role) {
  db("UPDATE access_user SET role = $2 WHERE id = $1", id.value, word(role));
}
void set_active(db::Connection& db, UserId id, bool active) {
  db("UPDATE access_user SET active = $2 WHERE id = $1", id.value, active);
}
void set_password(db::Connection& db, UserId id, std::string_view hash) {
  db("UPDATE access_user SET password = $2, invite = '', invite_until = 0 WHERE id = $1", id.value, hash);
}
void set_invite(db::Connection& db, UserId id, std::string_view hash, Instant until) {
  db("UPDATE access_user SET invite = $2, invite_until = $3 WHERE id = $1", id.value, hash, until);
}
void set_totp(db::Connection& db, UserId id, std::string_view sealed, std::int64_t step) {
  db("UPDATE access_user SET totp = $2, totp_step = $3 WHERE id = $1", id.value, sealed, step);
}
bool use_step(db::Connection& db, UserId id, std::int64_t step) {
  return db("UPDATE access_user SET totp_step = $2 WHERE id = $1 AND totp_step < $2", id.value, step).changed() == 1;
}

std::optional<Secrets> secrets(db::Connection& db, std::string_view login) {
  auto row =
      db("SELECT id, org, login, name, role, active, totp, password, invite, invite_until FROM access_user WHERE login = $1", login)
          .one();
  return row ? std::optional(secrets_from(*row)) : std::nullopt;
}
std::optional<Secrets> secrets(db::Connection& db, UserId id) {
  auto row =
      db("SELECT id, org, login, name, role, active, totp, password, invite, invite_until FROM access_user WHERE id = $1", id.value)
          .one();
  return row ? std::optional(secrets_from(*row)) : std::nullopt;
}

void set_recovery(db::Connection& db, UserId id, const std::vector<std::string>& hashes) {
  db("DELETE FROM access_recovery WHERE person = $1", id.value);
  for (const auto& hash : hashes) db("INSERT INTO access_recovery(person, hash) VALUES ($1, $2)", id.value, hash);
}
bool use_recovery(db::Connection& db, UserId id, std::string_view hash) {
  return db("DELETE FROM access_recovery WHERE person = $1 AND hash = $2", id.value, hash).changed() == 1;
}
std::int64_t recovery_left(db::Connection& db, UserId id) {
  return db("SELECT count(*) FROM access_recovery WHERE person = $1", id.value).number();
}

void add_session(db::Connection& db, const Session& s, std::string_view token_hash) {
  db("INSERT INTO access_session(id, token, person, device, opened, seen) VALUES ($1, $2, $3, $4, $5, $6)", s.id, token_hash,
     s.person, s.device, s.opened, s.seen);
}
std::optional<Session> session(db::Connection& db, std::string_view token_hash) {
  auto row = db("SELECT id, person, device, opened, seen FROM access_session WHERE token = $1", token_hash).one();
  return row ? std::optional(session_from(*row)) : std::nullopt;
}
std::vector<Session> sessions(db::Connection& db, UserId person) {
  std::vector<Session> all;
  for (const auto& r :
       db("SELECT id, person, device, opened, seen FROM access_session WHERE person = $1 ORDER BY seen DESC, id", person.value))
    all.push_back(session_from(r));
  return all;
}
void touch(db::Connection& db, std::int64_t id, Instant now) { db("UPDATE access_session SET seen = $2 WHERE id = $1", id, now); }
bool end_session(db::Connection& db, std::string_view token_hash) {
  return db("DELETE FROM access_session WHERE token = $1", token_hash).changed() == 1;
}
bool end_session(db::Connection& db, UserId person, std::int64_t id) {
  return db("DELETE FROM access_session WHERE person = $1 AND id = $2", person.value, id).changed() == 1;
}
void end_sessions(db::Connection& db, UserId person) { db("DELETE FROM access_session WHERE person = $1", person.value); }
void end_first_run(db::Connection& db) { db("DELETE FROM access_session WHERE person IS NULL"); }

void sweep(db::Connection& db, Instant opened_before, Instant seen_before, Instant now) {
  db("DELETE FROM access_session WHERE opened < $1 OR seen < $2", opened_before, seen_before);
  db("DELETE FROM access_ticket WHERE until < $1", now);
  db("DELETE FROM access_try WHERE at < $1", Instant{now.ms - 3'600'000});
}

void add_ticket(db::Connection& db, UserId person, std::string_view token_hash, Instant until) {
  db("INSERT INTO access_ticket(token, person, until) VALUES ($1, $2, $3)", token_hash, person, until);
}
std::optional<UserId> ticket(db::Connection& db, std::string_view token_hash, Instant now) {
  auto row = db("SELECT person FROM access_ticket WHERE token = $1 AND until >= $2", token_hash, now).one();
  return row ? std::optional(row->id<UserId>(0)) : std::nullopt;
}
void end_tickets(db::Connection& db, UserId person) { db("DELETE FROM access_ticket WHERE person = $1", person.value); }

void add_device(db::Connection& db, UserId person, std::string_view token_hash, Instant since) {
  db("INSERT INTO access_device(person, token, since) VALUES ($1, $2, $3)", person, token_hash, since);
}
bool knows_device(db::Connection& db, UserId person, std::string_view token_hash) {
  return !db("SELECT since FROM access_device WHERE person = $1 AND token = $2", person.value, token_hash).empty();
}
void forget_devices(db::Connection& db, UserId person) { db("DELETE FROM access_device WHERE person = $1", person.value); }

std::int64_t tries_since(db::Connection& db, std::string_view bucket, Instant since) {
  return db("SELECT count(*) FROM access_try WHERE bucket = $1 AND at > $2", bucket, since).number();
}
void add_try(db::Connection& db, std::int64_t id, std::string_view bucket, Instant at) {
  db("INSERT INTO access_try(id, bucket, at) VALUES ($1, $2, $3)", id, bucket, at);
}
void take_back_try(db::Connection& db, std::int64_t id) { db("DELETE FROM access_try WHERE id = $1", id); }

std::string setting(db::Connection& db, std::string_view name) {
  auto row = db("SELECT value FROM access_setting WHERE name = $1", name).one();
  return row ? row->text(0) : std::string();
}
void set_setting(db::Connection& db, std::string_view name, std::string_view value) {
  db("INSERT INTO access_setting(name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name,
     value);
}
void drop_settings(db::Connection& db, std::string_view prefix) {
  db("DELETE FROM access_setting WHERE name LIKE $1", std::string(prefix) + "%");
}

}  // namespace rantau::access::store
