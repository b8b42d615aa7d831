// The small office the tests of the check look at: five companies, four orders, five countries, one warning.
#pragma once
#include <string>

#include "db/testing.h"
#include "modules/offers/offers.h"
#include "modules/offers/store.h"

namespace rantau::offers::world {

using namespace std::chrono_literals;
inline const Date today{2026y / 11 / 24};

inline const std::string caregiver = make_code(0x123456789AULL), factory = make_code(0x0F0F0F0F0FULL),
                         revoked_order = make_code(0x2222222222ULL), full_order = make_code(0x3333333333ULL);

struct World {
  test::TestDb db;
  CompanyId maju, layar, dermaga, lentera, samudra;
  WarningId warning;
};

inline CompanyId company(test::TestDb& db, std::string name, int number, partners::Licence state, int days_left = 500) {
  partners::Company c;
  c.name = std::move(name);
  c.licence_number = "SIP3MI-" + std::to_string(number) + "/2022";
  c.licence_until = today.plus_days(days_left);
  c.address = "Jl. Contoh No. 1, Jakarta Timur";
  c.region = "31.75";
  c.phone = "021-0000-" + std::to_string(number);
  c.website = number == 1001 ? "https://maju-jaya.example" : "";
  c.email = number == 1001 ? "kantor@maju-jaya.example" : "";
  c.accounts = "000100" + std::to_string(number);
  const partners::Term first{.state = partners::Licence::active, .from = today.plus_days(-300)};
  const CompanyId id = *db.write([&](Act& act) { return partners::register_company(act, c, first); });
  if (state == partners::Licence::active) return id;
  const partners::Term now{.state = state,
                           .from = today.plus_days(-20),
                           .decree = "KEP-9/CONTOH",
                           .reason = "Memungut biaya dari pekerja",
                           .legal_basis = "Permen P2MI 4/2025"};
  if (!db.write([&](Act& act) { return partners::set_licence(act, id, now); })) throw std::logic_error("world: licence");
  return id;
}

inline void order(test::TestDb& db, CompanyId who, std::string code, std::string country, std::string occupation, Money pay,
                  Stage stage, std::string sip2mi) {
  db.write([&](Act& act) {
    Order o;
    o.id = act.fresh<OrderId>();
    o.company = who;
    o.number = "DL-" + code;
    o.letter_date = today.plus_days(-60);
    o.employer_name = "Contoh Employer";
    o.employer_kind = "legal_entity";
    o.country = std::move(country);
    o.city = "Contoh";
    Post p;
    p.id = act.fresh<PostId>();
    p.occupation = std::move(occupation);
    p.title_id = p.occupation == "8189" ? "Operator pabrik" : p.occupation == "5321" ? "Perawat lansia" : "Pekerjaan contoh";
    p.title_en = p.occupation == "8189" ? "Factory operator" : p.occupation == "5321" ? "Care worker" : "Example job";
    p.quota_any = stage == Stage::full ? 0 : 24;
    p.pay = pay;
    o.posts.push_back(p);
    if (pay.currency == "JPY") o.deductions = {9'000, "JPY"};
    o.leave_days = 11;
    o.contract_months = 24;
    o.hours_week = 40;
    o.rest_days_week = 1;
    o.recruit_from = today.plus_days(-30);
    o.recruit_until = today.plus_days(60);
    o.sip2mi = std::move(sip2mi);
    o.sip2mi_until = today.plus_days(100);
    o.code = code;
    o.stage = stage;
    o.stage_since = o.decided_at = act.now;
    store::insert(act.db, o);
    if (!store::move(act.db, o, o.revision)) throw std::logic_error("world: order");
    return Done{};
  });
}

inline World make() {
  World w{.db = test::db().as("siti", {Right::manage_licences, Right::publish_warnings, Right::examine_job_orders}).on(today)};
  using partners::Licence;
  w.maju = company(w.db, "PT Maju Jaya Abadi", 1001, Licence::active);
  w.layar = company(w.db, "PT Layar Semu Perkasa", 1002, Licence::revoked);
  w.dermaga = company(w.db, "PT Dermaga Fajar Umpama", 1003, Licence::suspended_full);
  w.lentera = company(w.db, "PT Lentera Selat Mandiri", 1004, Licence::active, -1);
  w.samudra = company(w.db, "PT Samudra Karya Mandiri", 1005, Licence::active);
  const auto open = [&](std::string country, std::string occupation, std::string kind, partners::Openness state) {
    const partners::OpenRule rule{
        std::move(country), std::move(occupation), std::move(kind), state, "Daftar contoh", today.plus_days(-400), {}};
    if (!w.db.write([&](Act& act) { return partners::set_openness(act, rule); })) throw std::logic_error("world: openness");
  };
  for (const char* country : {"JP", "TW", "KR", "HK", "SA"}) open(country, "", "", partners::Openness::open);
  open("KH", "", "", partners::Openness::closed);
  open("SA", "9111", "household", partners::Openness::closed);
  if (!w.db.write([&](Act& act) { return set_rate(act, "JPY", today.plus_days(-3), 1'050'000, "kurs contoh"); }))
    throw std::logic_error("world: rate");
  order(w.db, w.maju, caregiver, "JP", "5321", {198'000, "JPY"}, Stage::open, "SIP2MI-30001/2026");
  order(w.db, w.samudra, factory, "TW", "8189", {28'590, "TWD"}, Stage::open, "SIP2MI-30002/2026");
  order(w.db, w.maju, revoked_order, "KR", "8189", {2'000'000, "KRW"}, Stage::revoked, "SIP2MI-30003/2026");
  order(w.db, w.samudra, full_order, "HK", "5152", {499'000, "HKD"}, Stage::full, "SIP2MI-30004/2026");
  Warning warning;
  warning.title = "Permintaan uang kursi";
  warning.reason = "Diterbitkan setelah dua sumber diperiksa petugas.";
  warning.marks = {{Mark::phone, "0812-0000-0900"},
                   {Mark::account, "0000 000 900"},
                   {Mark::name, "Raden Umpama Contoh"},
                   {Mark::host, "https://kerja-cepat-eropa.example/daftar"},
                   {Mark::text, "Kuota tinggal dua kursi pabrik cokelat"}};
  w.warning = *w.db.write([&](Act& act) { return publish_warning(act, warning); });
  return w;
}

inline Verdict ask(World& w, std::string_view text, const Answers& answers = {}) {
  return w.db.read([&](Act& act) {
    return check(act, text, answers, {.site = "rantau.example", .hotline = "0800-0000-017", .whatsapp = "6281200000017"});
  });
}
inline bool says(const Verdict& v, std::string_view code) {
  for (const Cause& c : v.causes)
    if (c.code == code) return true;
  return false;
}
inline std::string codes(const Verdict& v) {
  std::string all;
  for (const Cause& c : v.causes) all += c.code + " ";
  return all;
}

}  // namespace rantau::offers::world
