// Signing in and out, the invitation, and a person's own account.
#include "modules/access/routes.h"

#include "base/crypto.h"
#include "base/text.h"
#include "web/incoming.h"

namespace rantau::access {

namespace {

using web::Kind;
using web::Reply;
using web::Request;
using web::View;

constexpr std::int64_t most_held = 48 * 1024;  // what a page carries through signing in
constexpr int posts_an_hour = 60;              // of one address, in each of these forms

const web::Form& sign_in_form() {
  static const web::Form form{
      "access.sign_in",
      {{.name = "login", .required = true, .max = 80, .autocomplete = "username"},
       {.name = "password", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "current-password"},
       {.name = "kembali", .kind = Kind::hidden},
       {.name = "titip", .kind = Kind::hidden, .max = most_held}}};
  return form;
}
const web::Form& proof_form() {
  static const web::Form form{"access.proof",
                              {{.name = "code", .required = true, .max = 40, .autocomplete = "one-time-code"},
                               {.name = "ticket", .kind = Kind::hidden},
                               {.name = "kembali", .kind = Kind::hidden},
                               {.name = "titip", .kind = Kind::hidden, .max = most_held}}};
  return form;
}
const web::Form& invitation_form() {
  static const web::Form form{
      "access.invitation",
      {{.name = "login", .required = true, .max = 80, .autocomplete = "username"},
       {.name = "code", .required = true, .max = 40},
       {.name = "password", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "new-password"}}};
  return form;
}
const web::Form& password_form() {
  static const web::Form form{
      "access.password",
      {{.name = "present", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "current-password"},
       {.name = "fresh", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "new-password"}}};
  return form;
}
const web::Form& totp_form() {
  static const web::Form form{
      "access.totp",
      {{.name = "code", .required = true, .max = 12, .autocomplete = "one-time-code"},
       {.name = "present", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "current-password"},
       {.name = "secret", .kind = Kind::hidden}}};
  return form;
}
const web::Form& present_form() {
  static const web::Form form{
      "access.present",
      {{.name = "present", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "current-password"}}};
  return form;
}

// Only an address of this house: "//elsewhere" and "/\elsewhere" are another's.
std::string safe_return(const std::string& typed) {
  if (typed.size() < 2 || typed[0] != '/' || typed[1] == '/' || typed.find('\\') != std::string::npos) return "";
  for (const char c : typed)
    if (static_cast<unsigned char>(c) < 0x20) return "";
  return typed;
}

// --- what was typed when the session ended ---------------------------------------------------------------------------------

struct Held {
  std::string path;
  web::Pairs fields;
};

// Passwords and files are never carried, and what belongs to signing in carries itself.
bool may_carry(const Request& q) { return q.path.starts_with("/k/") || q.path.starts_with("/mitra/"); }
bool is_secret(std::string_view name) {
  return name == "csrf" || name == "password" || name == "present" || name == "fresh" || name == "secret" || name == "ticket";
}
std::string held_for(UserId id) { return "access_held|form|" + to_string_id(id.value) + "|1"; }

Held held_of(const Request& q) {
  Held held{.path = q.path + (q.query_text.empty() ? "" : "?" + q.query_text), .fields = {}};
  for (const auto& [name, value] : q.form)
    if (!is_secret(name)) held.fields.emplace_back(name, value);
  return held;
}

// Sealed for the person whose form it was: signing in as somebody else opens nothing.
std::string seal_held(db::Store& store, UserId id, const Held& held) {
  std::string plain = to_string_id(store.now().ms) + "\n" + held.path + "\n";
  for (const auto& [name, value] : held.fields) plain += text::url(name) + "=" + text::url(value) + "&";
  const auto sealed = crypto::base64url(crypto::seal(access_key(store), plain, held_for(id)));
  return sealed.size() <= static_cast<std::size_t>(most_held) ? sealed : "";
}
std::optional<Held> open_held(db::Store& store, UserId id, const std::string& sealed) {
  const auto bytes = sealed.empty() ? std::nullopt : crypto::unbase64url(sealed);
  const auto plain = bytes ? crypto::open(access_key(store), *bytes, held_for(id)) : std::nullopt;
  if (!plain) return std::nullopt;
  const auto first = plain->find('\n'), second = plain->find('\n', first + 1);
  const auto made = parse_id(plain->substr(0, first));
  if (second == std::string::npos || !made || store.now().ms - *made > absolute_ms) return std::nullopt;
  const Held held{.path = safe_return(plain->substr(first + 1, second - first - 1)),
                  .fields = web::decode_query(std::string_view(*plain).substr(second + 1))};
  return held.path.empty() ? std::nullopt : std::optional(held);
}

// One button back to the form, which then stands filled: nothing is done before it is sent there once more.
Reply held_page(const Request& asked, const web::Visitor& visitor, const Held& held) {
  Request q = asked;
  q.who = visitor.actor;
  q.csrf = web::mask_csrf(visitor.csrf_secret);
  View v;
  v.set("title", q.t("access.held_title")).set("robots", "noindex").set("narrow", true).set("action", held.path);
  v.list("fields", held.fields, [](const auto& f, View& row) { row.set("name", f.first).set("value", f.second); });
  return web::page(q, "access/held.html", std::move(v));
}

View sign_in_view(const Request& q) {
  View v;
  v.set("title", q.t("access.sign_in_title")).set("robots", "noindex").set("narrow", true).set("ended", false).set("kept", false);
  v.list("typed", web::Pairs{}, [](const auto&, View&) {});
  return v;
}

Reply show_sign_in(const Request& q, Db&) {
  if (q.who.user) return web::see(home_of(q.who));
  View v = sign_in_view(q);
  v.set("form", sign_in_form().empty(q, {{"kembali", safe_return(q.param("kembali"))}}));
  return web::page(q, "access/sign_in.html", std::move(v));
}

// A refusal that belongs to no field is shown above the form; 429 and 503 keep their own status.
Reply sign_in_again(const Request& q, const Refusal& why, const web::Form& form, std::string_view file, web::Typed typed) {
  if (why.kind == Refusal::unavailable) return web::refuse(q, why);
  if (why.fields.empty())
    typed.wrong("", {why.key, why.words});
  else
    typed.wrong(why);
  for (auto& [name, value] : typed.values)
    if (name == "password" || name == "present" || name == "fresh") value.clear();
  return web::page_again(q, file, sign_in_view(q), form, typed, why.kind == Refusal::too_many ? 429 : 422);
}

Reply finish(const Request& q, Db& db, const SignedIn& in, const std::string& back, const std::string& held) {
  const auto visitor = gate().who(db, in.session);
  const auto brought = visitor ? open_held(db.store(), in.user, held) : std::nullopt;
  Reply reply = brought ? held_page(q, *visitor, *brought)
                        : web::see(!back.empty() ? back
                                   : visitor     ? home_of(visitor->actor)
                                                 : "/masuk");
  if (!in.known.empty()) reply = web::set_cookie(std::move(reply), "peramban", in.known, 180 * 24 * 3600);
  return with_session(q, std::move(reply), in.session);
}

Reply post_sign_in(const Request& q, Db& db) {
  auto typed = sign_in_form().read(q);
  if (!typed.good()) return web::page_again(q, "access/sign_in.html", sign_in_view(q), sign_in_form(), typed);
  const std::string back = safe_return(typed.text("kembali"));
  auto in = sign_in(db, typed.text("login"), typed.text("password"), browser_of(q));
  if (!in) return sign_in_again(q, in.refusal(), sign_in_form(), "access/sign_in.html", std::move(typed));
  if (in->ticket.empty()) return finish(q, db, *in, back, typed.text("titip"));
  View v = sign_in_view(q);
  v.set("form", proof_form().empty(q, {{"ticket", in->ticket}, {"kembali", back}, {"titip", typed.text("titip")}}));
  return web::page(q, "access/proof.html", std::move(v));
}

Reply post_proof(const Request& q, Db& db) {
  auto typed = proof_form().read(q);
  if (!typed.good()) return web::page_again(q, "access/proof.html", sign_in_view(q), proof_form(), typed);
  auto in = second_proof(db, typed.text("ticket"), typed.text("code"), browser_of(q));
  if (in) return finish(q, db, *in, safe_return(typed.text("kembali")), typed.text("titip"));
  if (in.refusal().kind == Refusal::conflict && typed.text("titip").empty()) return web::see("/masuk?pesan=access.ticket_over");
  return sign_in_again(q, in.refusal(), proof_form(), "access/proof.html", std::move(typed));
}

Reply post_sign_out(const Request& q, Db& db) {
  sign_out(db, browser_of(q).session);
  Reply reply = web::set_cookie(web::see("/masuk?pesan=access.signed_out_flash"), "rantau", "", 0);
  reply.headers.emplace_back("Clear-Site-Data", "\"cache\"");
  return reply;
}

Reply show_invitation(const Request& q, Db&) {
  View v = sign_in_view(q);
  v.set("title", q.t("access.invitation_title")).set("form", invitation_form().empty(q));
  return web::page(q, "access/invitation.html", std::move(v));
}

Reply post_invitation(const Request& q, Db& db) {
  auto typed = invitation_form().read(q);
  if (typed.good()) {
    auto done = accept_invitation(db, typed.text("login"), typed.text("code"), typed.text("password"));
    if (done) return web::see("/masuk?pesan=access.invitation_flash");
    return sign_in_again(q, done.refusal(), invitation_form(), "access/invitation.html", std::move(typed));
  }
  return web::page_again(q, "access/invitation.html", sign_in_view(q), invitation_form(), typed);
}

// --- a person's own account ------------------------------------------------------------------------------------------

View account_view(const Request& q, Db& db) {
  View v;
  const std::string here = token_hash(browser_of(q).session);
  db.read([&](Act& act) {
    const auto u = store::user(act.db, act.who.user).value_or(User{});
    const auto mine = store::session(act.db, here);
    v.set("title", q.t("access.account_title")).set("login", u.login).set("role", role_name(q, word(u.role))).set("totp", u.totp);
    v.set("name", u.name)
        .set("codes_left", store::recovery_left(act.db, u.id))
        .set("may_drop", u.totp && u.role != Role::administrator);
    v.list("sessions", store::sessions(act.db, u.id), [&](const store::Session& s, View& row) {
      row.set("id", s.id).set("device", s.device.empty() ? q.t("access.device_unknown") : s.device);
      row.set("opened", show(s.opened, q.lang)).set("seen", show(s.seen, q.lang)).set("this_one", mine && mine->id == s.id);
    });
    return Done{};
  });
  return v;
}

Reply show_account(const Request& q, Db& db) { return web::page(q, "access/account.html", account_view(q, db)); }

Reply post_end_session(const Request& q, Db& db) {
  const auto id = q.id<Id<struct SessionTag>>();
  auto done = db.write([&](Act& act) -> Result<Done> {
    if (!store::end_session(act.db, act.who.user, id.value)) return Refusal{Refusal::not_found, "access.unknown_session"};
    act.record("access.session_ended", act.who.user);
    return Done{};
  });
  if (!done) return web::refuse(q, done.refusal());
  return web::see("/akun?pesan=access.session_ended_flash");
}

View password_view(const Request& q) {
  View v;
  v.set("title", q.t("access.password_title")).set("min", shortest_password);
  return v;
}

Reply show_password(const Request& q, Db&) {
  View v = password_view(q);
  v.set("form", password_form().empty(q));
  return web::page(q, "access/password.html", std::move(v));
}

Reply post_password(const Request& q, Db& db) {
  auto typed = password_form().read(q);
  if (typed.good()) {
    auto token = change_password(db, typed.text("present"), typed.text("fresh"), browser_of(q));
    if (token) return with_session(q, web::see("/akun?pesan=access.password_flash"), *token);
    if (token.refusal().kind == Refusal::too_many || token.refusal().kind == Refusal::unavailable)
      return web::refuse(q, token.refusal());
    typed.wrong(token.refusal());
  }
  return web::page_again(q, "access/password.html", password_view(q), password_form(), typed);
}

// The secret travels in the page of the person who is setting it up, and is kept only when a code proves it arrived.
View totp_view(const Request& q, const std::string& secret) {
  View v;
  v.set("title", q.t("access.totp_title")).set("secret_text", crypto::base32(secret));
  v.set("svg_qr", web::qr_svg(totp_address(secret, q.who.name), q.t("access.totp_qr_label")));
  return v;
}

Reply show_totp(const Request& q, Db&) {
  const std::string secret = crypto::random_bytes(20);
  View v = totp_view(q, secret);
  v.set("form", totp_form().empty(q, {{"secret", crypto::hex(secret)}}));
  return web::page(q, "access/totp.html", std::move(v));
}

Reply post_totp(const Request& q, Db& db) {
  auto typed = totp_form().read(q);
  const auto secret = crypto::unhex(typed.text("secret"));
  if (!secret || secret->size() != 20) return web::see("/akun/dua-langkah");
  if (typed.good()) {
    auto token = set_totp(db, typed.text("present"), *secret, typed.text("code"), browser_of(q));
    if (token) return with_session(q, web::see("/akun?pesan=access.totp_flash"), *token);
    if (token.refusal().kind == Refusal::too_many || token.refusal().kind == Refusal::unavailable)
      return web::refuse(q, token.refusal());
    typed.wrong(token.refusal());
  }
  return web::page_again(q, "access/totp.html", totp_view(q, *secret), totp_form(), typed);
}

Reply present_page(const Request& q, std::string_view file, std::string_view title, web::Typed* typed) {
  View v;
  v.set("title", q.t(title));
  if (typed) return web::page_again(q, file, std::move(v), present_form(), *typed);
  v.set("form", present_form().empty(q));
  return web::page(q, file, std::move(v));
}

Reply show_drop(const Request& q, Db&) { return present_page(q, "access/totp_drop.html", "access.totp_drop_title", nullptr); }
Reply post_drop(const Request& q, Db& db) {
  auto typed = present_form().read(q);
  if (typed.good()) {
    auto token = drop_totp(db, typed.text("present"), browser_of(q));
    if (token) return with_session(q, web::see("/akun?pesan=access.totp_dropped_flash"), *token);
    if (token.refusal().fields.empty()) return web::refuse(q, token.refusal());
    typed.wrong(token.refusal());
  }
  return present_page(q, "access/totp_drop.html", "access.totp_drop_title", &typed);
}

Reply show_codes(const Request& q, Db&) { return present_page(q, "access/codes_ask.html", "access.codes_title", nullptr); }
Reply post_codes(const Request& q, Db& db) {
  auto typed = present_form().read(q);
  if (typed.good()) {
    auto codes = new_recovery_codes(db, typed.text("present"));
    if (codes) {
      View v;
      v.set("title", q.t("access.codes_title"));
      v.list("codes", *codes, [](const std::string& c, View& row) { row.set("code", c); });
      return web::page(q, "access/codes.html", std::move(v));
    }
    if (codes.refusal().fields.empty()) return web::refuse(q, codes.refusal());
    typed.wrong(codes.refusal());
  }
  return present_page(q, "access/codes_ask.html", "access.codes_title", &typed);
}

// The post came too late. Whose form it was the dead session still says; then it is kept through signing in.
Reply ended(const Request& q, Db& db) {
  const Held held = held_of(q);
  if (q.who.user) {
    const auto visitor = gate().who(db, browser_of(q).session);
    Reply reply = visitor && may_carry(q) ? held_page(q, *visitor, held)
                                          : web::refuse(q, {.kind = Refusal::forbidden, .key = "web.form_too_old"});
    reply.status = 403;  // nothing was done
    return reply;
  }
  const UserId whose = db.read([&](Act& act) {
    const auto dead = store::session(act.db, token_hash(browser_of(q).session));
    return dead ? dead->person : UserId{};
  });
  const std::string sealed = whose && may_carry(q) ? seal_held(db.store(), whose, held) : "";
  View v = sign_in_view(q);
  v.set("ended", true).set("kept", !sealed.empty());
  // Nobody knows any more whose it was, or it is too long: it stands here to be copied.
  v.list("typed", sealed.empty() && may_carry(q) ? held.fields : web::Pairs{},
         [](const auto& f, View& row) { row.set("name", f.first).set("value", f.second); });
  v.set("form", sign_in_form().empty(q, {{"titip", sealed}}));
  return web::page(q, "access/sign_in.html", std::move(v), 401);
}

bool has(std::string_view text, std::string_view piece) { return text.find(piece) != std::string_view::npos; }

}  // namespace

Reply ended_session(const Request& q, Db& db) { return ended(q, db); }

Browser browser_of(const Request& q) {
  const auto either = [&](const char* name) {
    const auto& strict = q.cookie(std::string("__Host-") + name);
    return strict.empty() ? q.cookie(name) : strict;
  };
  const auto& agent = q.header("user-agent");
  std::string label = has(agent, "Firefox")  ? "Firefox"
                      : has(agent, "Edg/")   ? "Edge"
                      : has(agent, "Chrome") ? "Chrome"
                      : has(agent, "Safari") ? "Safari"
                                             : "";
  const std::string system = has(agent, "Android")   ? "Android"
                             : has(agent, "iPhone")  ? "iPhone"
                             : has(agent, "Windows") ? "Windows"
                             : has(agent, "Mac OS")  ? "macOS"
                             : has(agent, "Linux")   ? "Linux"
                                                     : "";
  if (!label.empty() && !system.empty()) label += ", " + system;
  return {.session = either("rantau"), .known = either("peramban"), .label = std::move(label)};
}

Reply with_session(const Request&, Reply reply, std::string_view token) {
  return web::set_cookie(std::move(reply), "rantau", token, static_cast<int>(absolute_ms / 1000));
}

std::string role_name(const Request& q, std::string_view role) { return q.t("access.role." + std::string(role)); }

std::string home_of(const Actor& who) {
  if (who.may(Right::manage_users)) return "/k/admin";
  if (who.may(Right::read_journal)) return "/k/jurnal";
  if (who.may(Right::submit_job_orders)) return "/mitra/pesanan";
  if (who.may(Right::import_statistics)) return "/k/angka";
  if (who.may(Right::manage_licences) && !who.may(Right::decide_job_orders)) return "/k/perusahaan";
  if (who.may(Right::see_job_orders)) return "/k/pesanan";
  if (who.may(Right::see_licences)) return "/k/perusahaan";
  return "/akun";
}

void routes(web::Router& r) {
  for (const char* key : {"access.ticket_over", "access.signed_out_flash", "access.invitation_flash", "access.session_ended_flash",
                          "access.password_flash", "access.totp_flash", "access.totp_dropped_flash"})
    web::flash(key);
  r.get("/masuk", Right::anyone, show_sign_in);
  r.post("/masuk", Right::anyone, post_sign_in).limit(128 * 1024).at_most(posts_an_hour);
  r.post("/masuk/bukti", Right::anyone, post_proof).limit(128 * 1024).at_most(posts_an_hour);
  r.post("/keluar", Right::sign_in, post_sign_out);
  r.get("/undangan", Right::anyone, show_invitation);
  r.post("/undangan", Right::anyone, post_invitation).at_most(posts_an_hour);
  r.get("/akun", Right::sign_in, show_account);
  r.post("/akun/sesi/{id}/keluar", Right::sign_in, post_end_session);
  r.get("/akun/sandi", Right::sign_in, show_password);
  r.post("/akun/sandi", Right::sign_in, post_password);
  r.get("/akun/dua-langkah", Right::sign_in, show_totp);
  r.post("/akun/dua-langkah", Right::sign_in, post_totp);
  r.get("/akun/dua-langkah/lepas", Right::sign_in, show_drop);
  r.post("/akun/dua-langkah/lepas", Right::sign_in, post_drop);
  r.get("/akun/kode-pemulihan", Right::sign_in, show_codes);
  r.post("/akun/kode-pemulihan", Right::sign_in, post_codes);
  first_run_routes(r);
  admin_routes(r);
  journal_routes(r);
}

}  // namespace rantau::access
