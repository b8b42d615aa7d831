// /mulai: the first run, one page a step. Every step can be left and resumed; what was typed is kept.
#include "base/crypto.h"
#include "base/money.h"
#include "base/text.h"
#include "db/backup.h"
#include "db/journal.h"
#include "modules/access/first_run.h"
#include "modules/access/routes.h"

namespace rantau::access {

namespace {

using web::Kind;
using web::Reply;
using web::Request;
using web::View;

const UserId nobody_yet{1};

struct Step {
  const char* word;  // in the drafts and the texts
  const char* path;
};
constexpr Step steps[] = {{"language", "/mulai/bahasa"}, {"institutions", "/mulai/lembaga"}, {"administrator", "/mulai/admin"},
                          {"proof", "/mulai/pengaman"},  {"database", "/mulai/basis-data"},  {"keys", "/mulai/kunci"},
                          {"backup", "/mulai/cadangan"}, {"demo", "/mulai/contoh"}};
constexpr const char* last_page = "/mulai/periksa";

const web::Form& code_form() {
  static const web::Form form{"access.start", {{.name = "code", .required = true, .max = 20}}};
  return form;
}
const web::Form& language_form() {
  static const web::Form form{"access.start_language",
                              {{.name = "language", .kind = Kind::choice, .required = true, .options = {"id", "en"}},
                               {.name = "zone", .kind = Kind::choice, .required = true, .options = {"WIB", "WITA", "WIT"}}}};
  return form;
}
const web::Form& institutions_form() {
  static const web::Form form{"access.start_two",
                              {{.name = "agency", .required = true, .max = 120},
                               {.name = "agency_short", .max = 40},
                               {.name = "province", .required = true, .max = 120},
                               {.name = "province_short", .max = 40},
                               {.name = "number", .required = true, .max = 80, .section = "access.start_two.agreement"},
                               {.name = "signed_on", .kind = Kind::date, .required = true},
                               {.name = "valid_until", .kind = Kind::date, .required = true},
                               {.name = "contact", .required = true, .max = 120}}};
  return form;
}
const web::Form& administrator_form() {
  static const web::Form form{
      "access.start_admin",
      {{.name = "institution", .kind = Kind::choice, .required = true, .options = {"agency", "province"}},
       {.name = "name", .required = true, .max = 120, .autocomplete = "name"},
       {.name = "login", .required = true, .max = 40, .autocomplete = "username"},
       {.name = "password", .kind = Kind::password, .required = true, .max = 256, .autocomplete = "new-password"}}};
  return form;
}
const web::Form& proof_form() {
  static const web::Form form{"access.start_proof",
                              {{.name = "code", .required = true, .max = 12, .autocomplete = "one-time-code"}}};
  return form;
}
const web::Form& tick_form(std::string_view step) {
  static const web::Form database{"access.start_database", {{.name = "seen", .kind = Kind::tick, .required = true}}};
  static const web::Form keys{"access.start_keys", {{.name = "seen", .kind = Kind::tick, .required = true}}};
  static const web::Form demo{"access.start_demo", {{.name = "seen", .kind = Kind::tick, .required = true}}};
  return step == "database" ? database : step == "keys" ? keys : demo;
}

std::string next_of(std::string_view step) {
  for (std::size_t i = 0; i + 1 < std::size(steps); ++i)
    if (step == steps[i].word) return steps[i + 1].path;
  return last_page;
}

// The frame of a step: where one is, which steps are done.
View step_view(const Request& q, Db& db, std::string_view step) {
  View v;
  v.set("title", q.t("access.step." + std::string(step))).set("robots", "noindex").set("narrow", true);
  db.read([&](Act& act) {
    int number = 0;
    v.list("steps", steps, [&](const Step& s, View& row) {
      row.set("number", ++number).set("word", q.t("access.step." + std::string(s.word))).set("href", s.path);
      row.set("here", step == s.word).set("done", draft_value(draft(act, s.word), "done") == "1");
    });
    return Done{};
  });
  return v;
}

web::Pairs kept_values(Db& db, std::string_view step) {
  web::Pairs values;
  db.read([&](Act& act) {
    for (const auto& [name, value] : draft(act, step)) values.emplace_back(name, value);
    return Done{};
  });
  return values;
}

// Keeps what was typed, complete or not: the next visit goes on from there.
void keep(Db& db, std::string_view step, const web::Typed& typed, Draft more = {}, bool done = true) {
  Draft values = std::move(more);
  for (const auto& [name, value] : typed.values)
    if (name != "password" && name != "code" && name != "csrf" && draft_value(values, name).empty())
      values.emplace_back(name, value);
  values.emplace_back("done", done ? "1" : "0");
  db.write([&](Act& act) {
    keep_draft(act, step, values);
    return Done{};
  });
}

Reply show_start(const Request& q, Db& db) {
  if (q.who.may(Right::first_run)) {
    const auto missing = db.read([](Act& act) { return missing_steps(act); });
    for (const Step& s : steps)
      if (!missing.empty() && missing.front() == s.word) return web::see(s.path);
    return web::see(last_page);
  }
  if (first_run_code(db.store()).empty()) return web::refuse(q, {.kind = Refusal::not_found, .key = "access.first_run_over"});
  View v;
  v.set("title", q.t("access.start_title"))
      .set("robots", "noindex")
      .set("narrow", true)
      .set("form", code_form().empty(q, {{"code", q.param("kode")}}));
  return web::page(q, "access/start.html", std::move(v));
}

Reply post_start(const Request& q, Db& db) {
  auto typed = code_form().read(q);
  if (typed.good()) {
    auto token = enter_first_run(db, typed.text("code"), browser_of(q));
    if (token) return with_session(q, web::see("/mulai"), *token);
    if (token.refusal().fields.empty()) return web::refuse(q, token.refusal());
    typed.wrong(token.refusal());
  }
  View v;
  v.set("title", q.t("access.start_title")).set("robots", "noindex").set("narrow", true);
  return web::page_again(q, "access/start.html", std::move(v), code_form(), typed);
}

Reply show_language(const Request& q, Db& db) {
  View v = step_view(q, db, "language");
  auto values = kept_values(db, "language");
  if (values.empty()) values = {{"language", q.lang}, {"zone", "WIB"}};
  v.set("form", language_form().empty(q, values));
  return web::page(q, "access/step.html", std::move(v));
}
Reply post_language(const Request& q, Db& db) {
  auto typed = language_form().read(q);
  keep(db, "language", typed, {}, typed.good());
  if (!typed.good()) return web::page_again(q, "access/step.html", step_view(q, db, "language"), language_form(), typed);
  return web::set_cookie(web::see(next_of("language")), "bahasa", typed.text("language"), 31'536'000);
}

Reply show_institutions(const Request& q, Db& db) {
  View v = step_view(q, db, "institutions");
  v.set("form", institutions_form().empty(q, kept_values(db, "institutions")));
  return web::page(q, "access/step.html", std::move(v));
}
Reply post_institutions(const Request& q, Db& db) {
  auto typed = institutions_form().read(q);
  if (typed.good() && typed.day("valid_until") <= typed.day("signed_on"))
    typed.wrong("valid_until", {"access.agreement_until_wrong"});
  if (typed.good() && text::fold(typed.text("agency")) == text::fold(typed.text("province")))
    typed.wrong("province", {"access.two_not_one"});
  if (!typed.good()) {
    keep(db, "institutions", typed, {}, false);
    return web::page_again(q, "access/step.html", step_view(q, db, "institutions"), institutions_form(), typed);
  }
  keep(db, "institutions", typed, {{"signed_on", typed.day("signed_on").iso()}, {"valid_until", typed.day("valid_until").iso()}});
  return web::see(next_of("institutions"));
}

Reply show_administrator(const Request& q, Db& db) {
  View v = step_view(q, db, "administrator");
  auto values = kept_values(db, "administrator");
  if (values.empty()) values = {{"institution", "agency"}};
  v.set("form", administrator_form().empty(q, values));
  return web::page(q, "access/step.html", std::move(v));
}
Reply post_administrator(const Request& q, Db& db) {
  auto typed = administrator_form().read(q);
  if (typed.good())
    if (auto weak = weakness(typed.text("password"), typed.text("login"), typed.text("name"))) typed.wrong("password", *weak);
  if (typed.good() && text::fold(typed.text("login")).size() < 3) typed.wrong("login", {"access.login_shape"});
  if (!typed.good()) {
    keep(db, "administrator", typed, {}, false);
    return web::page_again(q, "access/step.html", step_view(q, db, "administrator"), administrator_form(), typed);
  }
  auto hash = hash_slowly(typed.text("password"));
  if (!hash) return web::refuse(q, hash.refusal());
  keep(db, "administrator", typed, {{"password_hash", *hash}});
  return web::see(next_of("administrator"));
}

// The secret of the step, made at the first visit and sealed in the draft; codes are made anew at each visit before the
// proof, because only their hashes are kept.
std::string secret_of(Db& db) {
  const std::string key = access_key(db.store());
  const auto sealed = db.read([](Act& act) { return draft_value(draft(act, "proof"), "sealed"); });
  if (!sealed.empty())
    if (const auto bytes = crypto::unbase64url(sealed))
      if (auto secret = crypto::open(key, *bytes, "access_user|totp|1|1")) return *secret;
  std::string secret = crypto::random_bytes(20);
  const std::string fresh = seal_totp(key, nobody_yet, secret);
  db.write([&](Act& act) {
    keep_draft(act, "proof", {{"sealed", fresh}, {"done", "0"}});
    return Done{};
  });
  return secret;
}
View proof_view(const Request& q, Db& db, const std::string& secret) {
  View v = step_view(q, db, "proof");
  const auto login = db.read([](Act& act) { return draft_value(draft(act, "administrator"), "login"); });
  v.set("secret_text", crypto::base32(secret)).set("login", login);
  v.set("svg_qr", web::qr_svg(totp_address(secret, login), q.t("access.totp_qr_label")));
  return v;
}
Reply show_proof(const Request& q, Db& db) {
  View v = proof_view(q, db, secret_of(db));
  v.set("form", proof_form().empty(q));
  return web::page(q, "access/step_proof.html", std::move(v));
}
Reply post_proof(const Request& q, Db& db) {
  const std::string secret = secret_of(db);
  auto typed = proof_form().read(q);
  const auto step = crypto::totp_step(secret, text::digits(typed.text("code")), db.store().now().ms);
  if (typed.good() && !step) typed.wrong("code", {"access.code_wrong"});
  if (!typed.good()) return web::page_again(q, "access/step_proof.html", proof_view(q, db, secret), proof_form(), typed);
  Draft values{{"sealed", seal_totp(access_key(db.store()), nobody_yet, secret)}, {"step", std::to_string(*step)}};
  const auto codes = ten_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) values.emplace_back("code" + std::to_string(i), code_hash(codes[i]));
  keep(db, "proof", typed, values);
  View v = step_view(q, db, "proof");
  v.list("codes", codes, [](const std::string& c, View& row) { row.set("code", c); });
  v.set("next_href", next_of("proof"));
  return web::page(q, "access/step_codes.html", std::move(v));
}

View place_view(const Request& q, Db& db, std::string_view step) {
  View v = step_view(q, db, step);
  v.set("sqlite", db.store().is_sqlite()).set("keys_folder", db.store().keys_folder()).set("now", show(db.store().now(), q.lang));
  v.set("is_database", step == "database").set("is_keys", step == "keys").set("is_demo", step == "demo");
  bool writes = !db.store().read_only();
  if (step == "database") {
    try {  // tried on the spot: one row written, and found again
      db.write([](Act& act) {
        store::set_setting(act.db, "first_run.probe", to_string_id(act.now.ms));
        act.record("access.first_run_probe");
        return Done{};
      });
      writes = !db.read([](Act& act) { return store::setting(act.db, "first_run.probe"); }).empty();
    } catch (const db::Fault&) { writes = false; }
  }
  v.set("writes", writes);
  return v;
}
Reply show_tick(const Request& q, Db& db, const char* step) {
  View v = place_view(q, db, step);
  v.set("form", tick_form(step).empty(q, kept_values(db, step)));
  return web::page(q, "access/step_tick.html", std::move(v));
}
Reply post_tick(const Request& q, Db& db, const char* step) {
  auto typed = tick_form(step).read(q);
  if (!typed.good()) return web::page_again(q, "access/step_tick.html", place_view(q, db, step), tick_form(step), typed);
  keep(db, step, typed);
  return web::see(next_of(step));
}

// --- the first copy of the office, and the proof that it can be restored -------------------------------------------------

const web::Form& backup_form() {
  static const web::Form form{"access.start_backup", {{.name = "folder", .required = true, .max = 200}}};
  return form;
}
View backup_view(const Request& q, Db& db) {
  View v = step_view(q, db, "backup");
  const Draft kept = db.read([](Act& act) { return draft(act, "backup"); });
  v.set("sqlite", db.store().is_sqlite()).set("file", draft_value(kept, "file")).set("result", draft_value(kept, "result"));
  v.set("same_disk", draft_value(kept, "same_disk") == "1").set("next_href", next_of("backup"));
  return v;
}
Reply show_backup(const Request& q, Db& db) {
  View v = backup_view(q, db);
  v.set("form", backup_form().empty(q, kept_values(db, "backup")));
  return web::page(q, "access/step_backup.html", std::move(v));
}
Reply post_backup(const Request& q, Db& db) {
  auto typed = backup_form().read(q);
  if (!db.store().is_sqlite()) {  // copies of PostgreSQL are made by its own tools, where it runs
    keep(db, "backup", web::Typed{}, {{"result", "-"}});
    return web::see(next_of("backup"));
  }
  const std::string folder = typed.text("folder");
  if (typed.good() && !folder.starts_with('/')) typed.wrong("folder", {"access.backup_folder_whole"});
  Draft more;
  if (typed.good()) {
    try {
      const auto file = db::backup(db.store().location(), db.store().keys_folder(), folder, db.store().now());
      const auto drill = db::restore_drill(file, db::journal_public_key(db.store().keys_folder()));
      const auto n = [&](std::int64_t number) { return show_number(number, q.lang); };
      if (drill.good)
        more = {{"file", file},
                {"same_disk", db::same_disk(db.store().location(), file) ? "1" : "0"},
                {"result",
                 q.t("access.drill_good",
                     {{"tables", n(drill.tables)}, {"rows", n(drill.rows)}, {"entries", n(drill.entries)}, {"ms", n(drill.ms)}})}};
      else
        typed.wrong("folder", {"access.drill_failed", {{"what", drill.what}}});
    } catch (const db::Fault&) { typed.wrong("folder", {"access.backup_failed", {{"folder", folder}}}); }
  }
  keep(db, "backup", typed, more, typed.good());
  if (!typed.good()) return web::page_again(q, "access/step_backup.html", backup_view(q, db), backup_form(), typed);
  return web::see("/mulai/cadangan");
}

Reply show_last(const Request& q, Db& db) {
  View v = step_view(q, db, "last");
  const auto missing = db.read([](Act& act) { return missing_steps(act); });
  v.set("ready", missing.empty());
  return web::page(q, "access/step_last.html", std::move(v));
}
Reply post_last(const Request& q, Db& db) {
  auto opened = open_office(db, browser_of(q));
  if (opened) return with_session(q, web::see("/k/admin/pembukaan?pesan=access.opened_flash"), opened->session);
  const Refusal& why = opened.refusal();
  if (why.key == "access.first_run_missing") return web::see("/mulai");
  if (why.fields.empty()) return web::refuse(q, why);
  // What the rules refused stands in the step where it was typed.
  const std::string& field = why.fields.front().first;
  const bool person = field == "login" || field == "role" || field == "password";
  web::Typed typed;
  typed.values = kept_values(db, person ? "administrator" : "institutions");
  typed.wrong(why);
  return web::page_again(q, "access/step.html", step_view(q, db, person ? "administrator" : "institutions"),
                         person ? administrator_form() : institutions_form(), typed);
}

}  // namespace

void first_run_routes(web::Router& r) {
  r.get("/mulai", Right::anyone, show_start);
  r.post("/mulai", Right::anyone, post_start).at_most(30);
  r.get("/mulai/bahasa", Right::first_run, show_language);
  r.post("/mulai/bahasa", Right::first_run, post_language);
  r.get("/mulai/lembaga", Right::first_run, show_institutions);
  r.post("/mulai/lembaga", Right::first_run, post_institutions);
  r.get("/mulai/admin", Right::first_run, show_administrator);
  r.post("/mulai/admin", Right::first_run, post_administrator);
  r.get("/mulai/pengaman", Right::first_run, show_proof);
  r.post("/mulai/pengaman", Right::first_run, post_proof);
  r.get("/mulai/basis-data", Right::first_run, [](const Request& q, Db& db) { return show_tick(q, db, "database"); });
  r.post("/mulai/basis-data", Right::first_run, [](const Request& q, Db& db) { return post_tick(q, db, "database"); });
  r.get("/mulai/kunci", Right::first_run, [](const Request& q, Db& db) { return show_tick(q, db, "keys"); });
  r.post("/mulai/kunci", Right::first_run, [](const Request& q, Db& db) { return post_tick(q, db, "keys"); });
  r.get("/mulai/cadangan", Right::first_run, show_backup);
  r.post("/mulai/cadangan", Right::first_run, post_backup);
  r.get("/mulai/contoh", Right::first_run, [](const Request& q, Db& db) { return show_tick(q, db, "demo"); });
  r.post("/mulai/contoh", Right::first_run, [](const Request& q, Db& db) { return post_tick(q, db, "demo"); });
  r.get("/mulai/periksa", Right::first_run, show_last);
  r.post("/mulai/periksa", Right::first_run, post_last);
}

}  // namespace rantau::access
