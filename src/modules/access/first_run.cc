// The first run: a code from the terminal, drafts of each step, and one act that opens the office.
#include "modules/access/first_run.h"

#include "base/crypto.h"
#include "base/text.h"

namespace rantau::access {

namespace {

constexpr const char* steps[] = {"language", "institutions", "administrator", "proof", "database", "keys", "backup", "demo"};
const UserId nobody_yet{1};  // the place a secret is sealed for before its person has a number

std::string key_of(std::string_view step) { return "first_run." + std::string(step); }

}  // namespace

std::string first_run_code_of(db::Store& store) {
  const std::string mac = crypto::hmac_sha256(access_key(store), "code of the first run");
  std::uint64_t bits = 0;
  for (int i = 0; i < 5; ++i) bits = (bits << 8) | static_cast<unsigned char>(mac[static_cast<std::size_t>(i)]);
  return make_code(bits);
}

std::string first_run_code(db::Store& store) {
  Db db(store, system_actor());
  if (db.read([](Act& act) { return store::any_administrator(act.db); })) return "";
  return show_code(first_run_code_of(store));
}

Result<std::string> enter_first_run(Db& db, std::string_view typed, const Browser& browser) {
  if (first_run_code(db.store()).empty()) return Refusal{.kind = Refusal::not_found, .key = "access.first_run_over"};
  const auto attempt = take_try(db, "first run");
  if (!attempt) return Refusal{.kind = Refusal::too_many, .key = "access.too_many_tries"};
  const auto reading = read_code(typed);
  if (!reading.code || !crypto::equal(*reading.code, first_run_code_of(db.store())))
    return Refusal{.kind = Refusal::invalid, .key = "access.check_again", .fields = {{"code", {"access.first_run_code_wrong"}}}};
  return db.write([&](Act& act) {
    store::take_back_try(act.db, *attempt);
    std::string token = new_token();
    store::end_first_run(act.db);  // the code opens one browser at a time
    store::add_session(act.db, {.id = act.fresh_id(), .device = browser.label, .opened = act.now, .seen = act.now},
                       token_hash(token));
    act.record("access.first_run_entered");
    return Result<std::string>(std::move(token));
  });
}

Draft draft(Act& act, std::string_view step) {
  Draft values;
  const std::string kept = store::setting(act.db, key_of(step));
  std::string_view rest = kept;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    if (const auto tab = line.find('\t'); tab != std::string_view::npos)
      values.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return values;
}

void keep_draft(Act& act, std::string_view step, const Draft& values) {
  std::string kept;
  for (const auto& [name, value] : values) {
    std::string line = value;
    for (char& c : line)
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    ((kept += name) += '\t') += line;
    kept += '\n';
  }
  store::set_setting(act.db, key_of(step), kept);
  act.record("access.first_run_step", step);
}

std::string draft_value(const Draft& values, std::string_view name) {
  for (const auto& [key, value] : values)
    if (key == name) return value;
  return "";
}

std::vector<std::string> missing_steps(Act& act) {
  std::vector<std::string> missing;
  for (const char* step : steps)
    if (draft_value(draft(act, step), "done") != "1") missing.emplace_back(step);
  return missing;
}

Result<Opened> open_office(Db& db, const Browser& browser) {
  const std::string key = access_key(db.store());
  return db.write([&](Act& act) -> Result<Opened> {
    if (!act.may(Right::first_run)) return Refusal{.kind = Refusal::forbidden, .key = "access.not_your_duty"};
    if (store::any_administrator(act.db)) return Refusal{.kind = Refusal::not_found, .key = "access.first_run_over"};
    if (!missing_steps(act).empty()) return Refusal{.kind = Refusal::conflict, .key = "access.first_run_missing"};
    const Draft language = draft(act, "language"), two = draft(act, "institutions"), admin = draft(act, "administrator"),
                proof = draft(act, "proof");
    auto agency = register_org(
        act, {.kind = OrgKind::agency, .name = draft_value(two, "agency"), .short_name = draft_value(two, "agency_short")});
    if (!agency) return agency.refusal();
    auto province = register_org(
        act, {.kind = OrgKind::province, .name = draft_value(two, "province"), .short_name = draft_value(two, "province_short")});
    if (!province) return province.refusal();
    auto agreed = propose_agreement(act, {.agency = *agency,
                                          .province = *province,
                                          .number = draft_value(two, "number"),
                                          .signed_on = parse_iso(draft_value(two, "signed_on")).value_or(Date{}),
                                          .valid_until = parse_iso(draft_value(two, "valid_until")).value_or(Date{}),
                                          .contact = draft_value(two, "contact"),
                                          .proposed_by = draft_value(admin, "institution") == "province" ? *province : *agency});
    if (!agreed) return agreed.refusal();
    const User person{.org = draft_value(admin, "institution") == "province" ? *province : *agency,
                      .login = draft_value(admin, "login"),
                      .name = draft_value(admin, "name"),
                      .role = Role::administrator};
    auto id = add_person(act, person, draft_value(admin, "password_hash"));
    if (!id) return id.refusal();
    const auto sealed = crypto::unbase64url(draft_value(proof, "sealed"));
    const auto secret =
        sealed ? crypto::open(key, *sealed, "access_user|totp|" + to_string_id(nobody_yet.value) + "|1") : std::nullopt;
    if (!secret) return Refusal{.kind = Refusal::conflict, .key = "access.first_run_missing"};
    store::set_totp(act.db, *id, seal_totp(key, *id, *secret), parse_id(draft_value(proof, "step")).value_or(0));
    std::vector<std::string> hashes;
    hashes.reserve(10);
    for (int i = 0; i < 10; ++i) hashes.push_back(draft_value(proof, "code" + std::to_string(i)));
    store::set_recovery(act.db, *id, hashes);
    store::set_setting(act.db, "language", draft_value(language, "language"));
    store::set_setting(act.db, "zone", draft_value(language, "zone"));
    store::drop_settings(act.db, "first_run.");
    store::end_first_run(act.db);
    act.record("access.office_opened", *id);
    return Opened{.administrator = *id, .session = session_anew(act, *id, browser)};
  });
}

}  // namespace rantau::access
