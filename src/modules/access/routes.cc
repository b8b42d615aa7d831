// Signing in and out, the invitation, and a person's own account.
#include "modules/access/routes.h"

#include "base/crypto.h"

namespace rantau::access {

namespace {

using web::Kind;
using web::Reply;
using web::Request;
using web::View;

constexpr int posts_an_hour = 60;  // of one address, in each of these forms

const web::Form& sign_in_form() {
  static const web::Form form{
      "access.sign_in",
      {{.name = "login", .required = true, .max = 80, .autocomplete = "username"},
       {.name = "password", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "current-password"},
       {.name = "kembali", .kind = Kind::hidden}}};
  return form;
}
const web::Form& proof_form() {
  static const web::Form form{"access.proof",
                              {{.name = "code", .required = true, .max = 40, .autocomplete = "one-time-code"},
                               {.name = "ticket", .kind = Kind::hidden},
                               {.name = "kembali", .kind = Kind::hidden}}};
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

View sign_in_view(const Request& q) {
  View v;
  v.set("title", q.t("access.sign_in_title")).set("robots", "noindex").set("narrow", true);
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

Reply finish(const Request& q, Db& db, const SignedIn& in, const std::string& back) {
  const auto visitor = gate().who(db, in.session);
  Reply reply = web::see(!back.empty() ? back : visitor ? home_of(visitor->actor) : "/masuk");
  if (!in.known.empty()) reply = web::set_cookie(std::move(reply), "peramban", in.known, 180 * 24 * 3600);
  return with_session(q, std::move(reply), in.session);
}

Reply post_sign_in(const Request& q, Db& db) {
  auto typed = sign_in_form().read(q);
  if (!typed.good()) return web::page_again(q, "access/sign_in.html", sign_in_view(q), sign_in_form(), typed);
  const std::string back = safe_return(typed.text("kembali"));
  auto in = sign_in(db, typed.text("login"), typed.text("password"), browser_of(q));
  if (!in) return sign_in_again(q, in.refusal(), sign_in_form(), "access/sign_in.html", std::move(typed));
  if (in->ticket.empty()) return finish(q, db, *in, back);
  View v = sign_in_view(q);
  v.set("form", proof_form().empty(q, {{"ticket", in->ticket}, {"kembali", back}}));
  return web::page(q, "access/proof.html", std::move(v));
}

Reply post_proof(const Request& q, Db& db) {
  auto typed = proof_form().read(q);
  if (!typed.good()) return web::page_again(q, "access/proof.html", sign_in_view(q), proof_form(), typed);
  auto in = second_proof(db, typed.text("ticket"), typed.text("code"), browser_of(q));
  if (in) return finish(q, db, *in, safe_return(typed.text("kembali")));
  if (in.refusal().kind == Refusal::conflict) return web::see("/masuk?pesan=access.ticket_over");
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

bool has(std::string_view text, std::string_view piece) { return text.find(piece) != std::string_view::npos; }

}  // namespace

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
  r.post("/masuk", Right::anyone, post_sign_in).at_most(posts_an_hour);
  r.post("/masuk/bukti", Right::anyone, post_proof).at_most(posts_an_hour);
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
