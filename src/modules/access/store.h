// The rows of module access. Hashes and sealed texts in, never a password or a token.
#pragma once
#include "modules/access/access.h"

namespace rantau::access::store {

void add_org(db::Connection&, const Org&);
std::optional<Org> org(db::Connection&, OrgId);
std::vector<Org> orgs(db::Connection&);
std::optional<Org> org_of_company(db::Connection&, CompanyId);

void add_agreement(db::Connection&, const Agreement&, Instant at, UserId by);
void assent(db::Connection&, AgreementId, Instant, UserId by);
void withdraw_agreement(db::Connection&, AgreementId, Instant, UserId by);
std::vector<Agreement> agreements(db::Connection&);

void add_user(db::Connection&, const User&, std::string_view password_hash);
std::optional<User> user(db::Connection&, UserId);
std::vector<User> people(db::Connection&, OrgId);
bool login_taken(db::Connection&, std::string_view login);
bool any_administrator(db::Connection&);
std::int64_t active_administrators(db::Connection&, OrgId);
void set_role(db::Connection&, UserId, Role);
void set_active(db::Connection&, UserId, bool);
void set_password(db::Connection&, UserId, std::string_view hash);  // ends the invitation
void set_invite(db::Connection&, UserId, std::string_view hash, Instant until);
void set_totp(db::Connection&, UserId, std::string_view sealed, std::int64_t step);
bool use_step(db::Connection&, UserId, std::int64_t step);  // false: that step or a later one was used before

// What a sign-in compares with.
struct Secrets {
  User user;
  std::string password, totp, invite;
  Instant invite_until;
};
std::optional<Secrets> secrets(db::Connection&, std::string_view login);
std::optional<Secrets> secrets(db::Connection&, UserId);

void set_recovery(db::Connection&, UserId, const std::vector<std::string>& hashes);  // replaces all
bool use_recovery(db::Connection&, UserId, std::string_view hash);
std::int64_t recovery_left(db::Connection&, UserId);

struct Session {
  std::int64_t id = 0;
  UserId person;
  std::string device;
  Instant opened, seen;
};
void add_session(db::Connection&, const Session&, std::string_view token_hash);
std::optional<Session> session(db::Connection&, std::string_view token_hash);
std::vector<Session> sessions(db::Connection&, UserId);
void touch(db::Connection&, std::int64_t session, Instant);
bool end_session(db::Connection&, std::string_view token_hash);
bool end_session(db::Connection&, UserId, std::int64_t id);
void end_sessions(db::Connection&, UserId);
void end_first_run(db::Connection&);
void sweep(db::Connection&, Instant opened_before, Instant seen_before, Instant now);  // dead sessions, tickets, tries

void add_ticket(db::Connection&, UserId, std::string_view token_hash, Instant until);
std::optional<UserId> ticket(db::Connection&, std::string_view token_hash, Instant now);
void end_tickets(db::Connection&, UserId);

void add_device(db::Connection&, UserId, std::string_view token_hash, Instant);
bool knows_device(db::Connection&, UserId, std::string_view token_hash);
void forget_devices(db::Connection&, UserId);

std::int64_t tries_since(db::Connection&, std::string_view bucket, Instant);
void add_try(db::Connection&, std::int64_t id, std::string_view bucket, Instant);
void take_back_try(db::Connection&, std::int64_t id);

std::string setting(db::Connection&, std::string_view name);
void set_setting(db::Connection&, std::string_view name, std::string_view value);
void drop_settings(db::Connection&, std::string_view prefix);

}  // namespace rantau::access::store
