// Inside module access: proving who one is, and the sessions that follow.
#pragma once
#include "modules/access/access.h"
#include "modules/access/store.h"

namespace rantau::access {

// A session ends after this long without a request, and at the latest after a working day.
constexpr std::int64_t idle_ms = 15LL * 60 * 1000;
constexpr std::int64_t absolute_ms = 8LL * 3600 * 1000;
constexpr int tries_an_hour = 10;  // wrong ones, for one account
constexpr int shortest_password = 8;

// Why this password would be guessed soon; nothing: it may be used. Pure.
std::optional<Sentence> weakness(std::string_view password, std::string_view login, std::string_view name);

std::string new_token();                       // 32 random bytes, for a cookie
std::string token_hash(std::string_view);      // what the database keeps of it
std::string new_code();                        // 14 letters and digits in groups, to be read aloud: recovery, invitation
std::string code_hash(std::string_view code);  // blanks, dashes and capitals do not matter
std::string csrf_secret(std::string_view session_token);
std::string access_key(db::Store&);  // keys/access.key: made once

// Argon2id, at most two at a time: nobody can use it up the memory.
Result<std::string> hash_slowly(std::string_view password);

struct Browser {
  std::string session, known;  // what its cookies say
  std::string label;           // "Chrome, Android"
};
struct SignedIn {
  UserId user;
  std::string session, known;  // new cookies; `known` empty: it has one
  std::string ticket;          // not empty: the second proof is still to come, and nothing else is set
};
Result<SignedIn> sign_in(Db&, std::string_view login, std::string_view password, const Browser&);
// A code of the authenticator, or a recovery code.
Result<SignedIn> second_proof(Db&, std::string_view ticket, std::string_view code, const Browser&);
// Chooses a password with an invitation code; signs nobody in.
Result<Done> accept_invitation(Db&, std::string_view login, std::string_view code, std::string_view password);
void sign_out(Db&, std::string_view session_token);
// Ends every session of this person and opens one in this browser.
std::string session_anew(Act&, UserId, const Browser&);

// For the person who is signed in. Each needs the present password; each ends every session and opens one anew.
Result<std::string> change_password(Db&, std::string_view present, std::string_view fresh, const Browser&);
Result<std::string> set_totp(Db&, std::string_view present, std::string_view secret, std::string_view code, const Browser&);
Result<std::string> drop_totp(Db&, std::string_view present, const Browser&);
Result<std::vector<std::string>> new_recovery_codes(Db&, std::string_view present);
std::string totp_address(std::string_view secret, std::string_view login);  // otpauth://… for the QR
std::string seal_totp(std::string_view key, UserId, std::string_view secret);
std::vector<std::string> ten_codes();

// routes.cc: the page for a post that came too late.
web::Reply ended_session(const web::Request&, Db&);

// access.cc, agreement.cc
Result<UserId> add_person(Act&, const User&, std::string_view password_hash);
bool agreement_missing(Act&);  // or without the assent of both
bool may_manage(Act&, const Org&);

// One wrong try more for this bucket, or nothing when there were too many within the hour. Returns its id.
std::optional<std::int64_t> take_try(Db&, std::string_view bucket);

}  // namespace rantau::access
