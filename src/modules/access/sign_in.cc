// Signing in: the same answer and the same work whether an account exists or not, few tries, each proof once.
#include "modules/access/sign_in.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <semaphore>

#include "base/crypto.h"
#include "base/text.h"

namespace rantau::access {

namespace {

constexpr std::int64_t hour_ms = 3'600'000, ticket_ms = 10LL * 60 * 1000;
constexpr std::string_view code_letters = "23456789abcdefghjkmnpqrstuvwxyz";  // none that reads like another

Refusal wrong_sign_in() { return {.kind = Refusal::invalid, .key = "access.sign_in_wrong"}; }
Refusal too_many() { return {.kind = Refusal::too_many, .key = "access.too_many_tries"}; }
Refusal busy() { return {.kind = Refusal::unavailable, .key = "access.busy"}; }

// Two at a time hold 128 MiB; who waits longer than five seconds is told so.
std::counting_semaphore<2> argon{2};
class Turn {
 public:
  Turn() : mine_(argon.try_acquire_for(std::chrono::seconds(5))) {}
  ~Turn() {
    if (mine_) argon.release();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool mine() const { return mine_; }

 private:
  bool mine_;
};

Result<bool> check_slowly(const std::string& hash, std::string_view password) {
  const Turn turn;
  if (!turn.mine()) return busy();
  if (hash.empty()) {
    crypto::check_password(crypto::dummy_password_hash(), password);
    return false;
  }
  return crypto::check_password(hash, password);
}

std::string bucket_of(std::string_view what, std::string_view account, std::string_view known) {
  return crypto::hex(crypto::sha256(std::string(what) + "|" + std::string(account) + "|" + std::string(known)));
}

std::string associated(UserId id) { return "access_user|totp|" + to_string_id(id.value) + "|1"; }

// The person's own right, in a transaction of their own name.
Db as_person(Db& db, const User& u) {
  return db.as(db.read([&](Act& act) { return acting(u, store::org(act.db, u.org).value_or(Org{})); }));
}

void record_refused(Db& db, std::string_view why) {
  db.write([&](Act& act) {
    act.record("access.sign_in_refused", why);
    return Done{};
  });
}

// The cookies of a person who has proved everything.
SignedIn let_in(Act& act, const User& u, const Browser& browser, std::string_view factor) {
  SignedIn in{.user = u.id};
  if (!browser.session.empty()) store::end_session(act.db, token_hash(browser.session));
  // A dead session stays a day: it still says whose half-typed form that was.
  constexpr std::int64_t day_ms = 24 * hour_ms;
  store::sweep(act.db, Instant{act.now.ms - absolute_ms - day_ms}, Instant{act.now.ms - idle_ms - day_ms}, act.now);
  in.session = new_token();
  store::add_session(act.db, {.id = act.fresh_id(), .person = u.id, .device = browser.label, .opened = act.now, .seen = act.now},
                     token_hash(in.session));
  if (browser.known.empty() || !store::knows_device(act.db, u.id, token_hash(browser.known))) {
    in.known = new_token();
    store::add_device(act.db, u.id, token_hash(in.known), act.now);
  }
  store::end_tickets(act.db, u.id);
  act.record("access.signed_in", u.id, "factor=" + std::string(factor));
  return in;
}

// The person of this Db with their present password checked: "fresh proof" before keys and passwords.
Result<store::Secrets> proved(Db& db, std::string_view present) {
  auto own = db.read([&](Act& act) { return store::secrets(act.db, act.who.user); });
  if (!own) return Refusal{.kind = Refusal::not_found, .key = "access.unknown_person"};
  const auto attempt = take_try(db, bucket_of("proof", to_string_id(own->user.id.value), ""));
  if (!attempt) return too_many();
  auto good = check_slowly(own->password, present);
  if (!good) return good.refusal();
  if (!*good)
    return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"present", {"access.present_wrong"}}}};
  db.write([&](Act& act) {
    store::take_back_try(act.db, *attempt);
    return Done{};
  });
  return *own;
}

}  // namespace

std::string new_token() { return crypto::base64url(crypto::random_bytes(32)); }
std::string token_hash(std::string_view token) { return crypto::hex(crypto::sha256(token)); }
std::string csrf_secret(std::string_view token) { return crypto::hex(crypto::hmac_sha256(token, "form token")); }

std::string new_code() {
  std::string code;
  while (code.size() < 14)
    for (const char c : crypto::random_bytes(32))
      if (const auto n = static_cast<unsigned char>(c); n < 248 && code.size() < 14) code += code_letters[n % code_letters.size()];
  return code.substr(0, 5) + "-" + code.substr(5, 5) + "-" + code.substr(10);
}

std::string code_hash(std::string_view typed) {
  std::string plain;
  for (const char c : text::fold(typed))
    if (c != '-' && c != ' ') plain += c;
  return crypto::hex(crypto::sha256("access code|" + plain));
}

std::vector<std::string> ten_codes() {
  std::vector<std::string> codes(10);
  for (auto& c : codes) c = new_code();
  return codes;
}

std::string access_key(db::Store& db) {
  const std::filesystem::path folder = db.keys_folder();
  const auto path = folder / "access.key";
  if (std::ifstream in(path); in) {
    std::string line;
    std::getline(in, line);
    auto key = crypto::unhex(text::trim(line));
    if (!key || key->size() != 32) throw std::runtime_error(path.string() + " is no key of 64 hexadecimal digits");
    return *key;
  }
  std::filesystem::create_directories(folder);
  std::string key = crypto::random_bytes(32);
  const std::string line = crypto::hex(key) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EEXIST) return access_key(db);  // somebody else was faster
    throw std::runtime_error(path.string() + " cannot be made");
  }
  const auto written = ::write(file, line.data(), line.size());
  ::fsync(file);
  ::close(file);
  if (written != static_cast<ssize_t>(line.size())) throw std::runtime_error(path.string() + " cannot be written");
  return key;
}

std::string seal_totp(std::string_view key, UserId id, std::string_view secret) {
  return crypto::base64url(crypto::seal(key, secret, associated(id)));
}

Result<std::string> hash_slowly(std::string_view password) {
  const Turn turn;
  if (!turn.mine()) return busy();
  return crypto::hash_password(password);
}

std::optional<std::int64_t> take_try(Db& db, std::string_view bucket) {
  return db.write([&](Act& act) -> std::optional<std::int64_t> {
    const Instant since{act.now.ms - hour_ms};
    if (store::tries_since(act.db, bucket, since) >= tries_an_hour) return std::nullopt;
    const std::int64_t id = act.fresh_id();
    store::add_try(act.db, id, bucket, act.now);
    return id;
  });
}

Result<SignedIn> sign_in(Db& db, std::string_view typed_login, std::string_view password, const Browser& browser) {
  const std::string login = text::fold(typed_login);
  const auto known = db.read([&](Act& act) {
    auto secrets = store::secrets(act.db, login);
    const bool device =
        secrets && !browser.known.empty() && store::knows_device(act.db, secrets->user.id, token_hash(browser.known));
    return std::pair(std::move(secrets), device);
  });
  const auto& secrets = known.first;
  // The try is taken before the work, so that a thousand at once are still ten.
  const auto attempt = take_try(db, bucket_of("password", login, known.second ? browser.known : ""));
  if (!attempt) {
    record_refused(db, "reason=too_many");
    return too_many();
  }
  const bool usable = secrets && secrets->user.active && !secrets->password.empty();
  auto good = check_slowly(usable ? secrets->password : "", password);
  if (!good) return good.refusal();
  if (!*good) {
    record_refused(db, "reason=wrong");
    return wrong_sign_in();
  }
  const User& u = secrets->user;
  return as_person(db, u).write([&](Act& act) -> Result<SignedIn> {
    const auto now = store::user(act.db, u.id);  // as it is at this moment, not as it was before the slow part
    if (!now || !now->active) return wrong_sign_in();
    const auto org = store::org(act.db, now->org);
    if (org && (org->kind == OrgKind::agency || org->kind == OrgKind::province) && now->role != Role::administrator &&
        agreement_missing(act))
      return Refusal{.kind = Refusal::conflict, .key = "access.agreement_missing"};
    store::take_back_try(act.db, *attempt);
    if (!now->totp) return let_in(act, *now, browser, "password");
    SignedIn half{.user = u.id, .ticket = new_token()};
    store::add_ticket(act.db, u.id, token_hash(half.ticket), Instant{act.now.ms + ticket_ms});
    act.record("access.password_proved", u.id);
    return half;
  });
}

Result<SignedIn> second_proof(Db& db, std::string_view ticket, std::string_view code, const Browser& browser) {
  auto found = db.read([&](Act& act) -> std::optional<store::Secrets> {
    const auto id = store::ticket(act.db, token_hash(ticket), act.now);
    return id ? store::secrets(act.db, *id) : std::nullopt;
  });
  if (!found) return Refusal{.kind = Refusal::conflict, .key = "access.ticket_over"};
  const User& u = found->user;
  const bool known =
      db.read([&](Act& act) { return !browser.known.empty() && store::knows_device(act.db, u.id, token_hash(browser.known)); });
  const auto attempt = take_try(db, bucket_of("second", to_string_id(u.id.value), known ? browser.known : ""));
  if (!attempt) {
    record_refused(db, "reason=too_many_codes");
    return too_many();
  }
  const auto sealed = crypto::unbase64url(found->totp);
  const auto secret = sealed ? crypto::open(access_key(db.store()), *sealed, associated(u.id)) : std::nullopt;
  if (!secret) throw std::runtime_error("access: a sealed secret does not open with keys/access.key");
  const std::string digits = text::digits(code);
  auto in = as_person(db, u).write([&](Act& act) -> Result<SignedIn> {
    if (!store::ticket(act.db, token_hash(ticket), act.now)) return Refusal{.kind = Refusal::conflict, .key = "access.ticket_over"};
    const auto step = digits.size() == 6 ? crypto::totp_step(*secret, digits, act.now.ms) : std::nullopt;
    const bool totp = step && store::use_step(act.db, u.id, *step);
    if (!totp && !store::use_recovery(act.db, u.id, code_hash(code)))
      return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"code", {"access.code_wrong"}}}};
    store::take_back_try(act.db, *attempt);
    return let_in(act, u, browser, totp ? "totp" : "recovery_code");
  });
  if (!in && in.refusal().kind == Refusal::invalid) record_refused(db, "reason=code");
  return in;
}

Result<Done> accept_invitation(Db& db, std::string_view typed_login, std::string_view code, std::string_view password) {
  const std::string login = text::fold(typed_login);
  const auto attempt = take_try(db, bucket_of("invitation", login, ""));
  if (!attempt) return too_many();
  const auto secrets = db.read([&](Act& act) { return store::secrets(act.db, login); });
  const Refusal no{.kind = Refusal::invalid, .key = "access.invitation_wrong"};
  const Instant now = db.store().now();
  if (!secrets || !secrets->user.active || secrets->invite.empty() || secrets->invite_until < now ||
      !crypto::equal(secrets->invite, code_hash(code))) {
    record_refused(db, "reason=invitation");
    return no;
  }
  const User& u = secrets->user;
  if (auto weak = weakness(password, u.login, u.name))
    return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"password", *weak}}};
  auto hash = hash_slowly(password);
  if (!hash) return hash.refusal();
  return as_person(db, u).write([&](Act& act) -> Result<Done> {
    const auto still = store::secrets(act.db, u.id);
    if (!still || !still->user.active || still->invite != secrets->invite) return no;
    store::take_back_try(act.db, *attempt);
    store::set_password(act.db, u.id, *hash);
    store::end_sessions(act.db, u.id);
    store::end_tickets(act.db, u.id);
    store::forget_devices(act.db, u.id);
    act.record("access.invitation_used", u.id);
    return Done{};
  });
}

void sign_out(Db& db, std::string_view token) {
  db.write([&](Act& act) {
    if (store::end_session(act.db, token_hash(token))) act.record("access.signed_out", act.who.user);
    return Done{};
  });
}

std::string session_anew(Act& act, UserId id, const Browser& browser) {
  store::end_sessions(act.db, id);
  store::end_tickets(act.db, id);
  std::string token = new_token();
  store::add_session(act.db, {.id = act.fresh_id(), .person = id, .device = browser.label, .opened = act.now, .seen = act.now},
                     token_hash(token));
  return token;
}

Result<std::string> change_password(Db& db, std::string_view present, std::string_view fresh, const Browser& browser) {
  auto own = proved(db, present);
  if (!own) return own.refusal();
  if (auto weak = weakness(fresh, own->user.login, own->user.name))
    return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"fresh", *weak}}};
  auto hash = hash_slowly(fresh);
  if (!hash) return hash.refusal();
  return db.write([&](Act& act) -> Result<std::string> {
    store::set_password(act.db, act.who.user, *hash);
    act.record("access.password_changed", act.who.user);
    return session_anew(act, act.who.user, browser);
  });
}

Result<std::string> set_totp(Db& db, std::string_view present, std::string_view secret, std::string_view code,
                             const Browser& browser) {
  auto own = proved(db, present);
  if (!own) return own.refusal();
  const std::string sealed = seal_totp(access_key(db.store()), own->user.id, secret);
  return db.write([&](Act& act) -> Result<std::string> {
    const auto step = crypto::totp_step(secret, text::digits(code), act.now.ms);
    if (!step) return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"code", {"access.code_wrong"}}}};
    store::set_totp(act.db, act.who.user, sealed, *step);
    act.record("access.totp_set", act.who.user);
    return session_anew(act, act.who.user, browser);
  });
}

Result<std::string> drop_totp(Db& db, std::string_view present, const Browser& browser) {
  auto own = proved(db, present);
  if (!own) return own.refusal();
  // Who can give rights to others keeps the second proof.
  if (own->user.role == Role::administrator) return Refusal{.kind = Refusal::conflict, .key = "access.totp_kept"};
  return db.write([&](Act& act) -> Result<std::string> {
    store::set_totp(act.db, act.who.user, "", 0);
    store::set_recovery(act.db, act.who.user, {});
    act.record("access.totp_dropped", act.who.user);
    return session_anew(act, act.who.user, browser);
  });
}

Result<std::vector<std::string>> new_recovery_codes(Db& db, std::string_view present) {
  auto own = proved(db, present);
  if (!own) return own.refusal();
  const auto codes = ten_codes();
  std::vector<std::string> hashes;
  hashes.reserve(codes.size());
  for (const auto& c : codes) hashes.push_back(code_hash(c));
  db.write([&](Act& act) {
    store::set_recovery(act.db, act.who.user, hashes);
    act.record("access.recovery_codes_made", act.who.user);
    return Done{};
  });
  return codes;
}

std::string totp_address(std::string_view secret, std::string_view login) {
  return "otpauth://totp/Rantau:" + text::url(login) + "?secret=" + crypto::base32(secret) + "&issuer=Rantau&digits=6&period=30";
}

// --- the gate: asked at every request, so that an ended session is dead at once ------------------------------------------
web::Gate gate() {
  return {.who = [](Db& db, std::string_view token) -> std::optional<web::Visitor> {
            if (token.size() > 100) return std::nullopt;
            const std::string hash = token_hash(token);
            std::optional<store::Session> session;
            Rights withheld;
            auto actor = db.read([&](Act& act) -> std::optional<Actor> {
              session = store::session(act.db, hash);
              if (!session || act.now.ms - session->opened.ms > absolute_ms || act.now.ms - session->seen.ms > idle_ms)
                return std::nullopt;
              if (!session->person) {
                if (store::any_administrator(act.db)) return std::nullopt;
                Actor starter{.role = "first_run"};
                starter.rights.set(static_cast<std::size_t>(Right::first_run));
                return starter;
              }
              const auto u = store::user(act.db, session->person);
              const auto org = u ? store::org(act.db, u->org) : std::nullopt;
              if (!org || !u->active) return std::nullopt;
              Actor person = acting(*u, *org);
              withheld = withheld_from(act, *org) & person.rights;
              person.rights &= ~withheld;
              return person;
            });
            if (!actor) return std::nullopt;
            if (const Instant now = db.store().now(); now.ms - session->seen.ms > 60'000 && !db.store().read_only()) {
              try {
                db.write([&](Act& act) {
                  store::touch(act.db, session->id, now);
                  return Done{};
                });
              } catch (const db::Fault&) {}  // a full disk ends nobody's reading
            }
            return web::Visitor{.actor = std::move(*actor),
                                .csrf_secret = csrf_secret(token),
                                .withheld = withheld,
                                .withheld_key = "access.agreement_closed"};
          },
          .ended = ended_session};
}

}  // namespace rantau::access
