// A small office for the tests of job orders: two companies, a mission for Japan, four officers.
#pragma once
#include <gtest/gtest.h>

#include "db/testing.h"
#include "modules/offers/orders.h"

namespace rantau::offers::orders_world {

using namespace std::chrono_literals;
inline const Date today{2026y / 11 / 24};

inline Order decent(CompanyId company = {}) {
  Order o;
  o.company = company;
  o.number = "DL-JP-1";
  o.letter_date = today.plus_days(-20);
  o.employer_name = "Sakura Care Osaka";
  o.employer_kind = "legal_entity";
  o.country = "JP";
  o.city = "Osaka";
  o.contract_months = 36;
  o.hours_week = 40;
  o.rest_days_week = 2;
  o.leave_days = 10;
  o.deductions = {15'000, "JPY"};
  o.facilities = "Asrama dan asuransi";
  o.requirements = "Bahasa Jepang N4\nSehat";
  o.min_education = "SMA";
  for (int i = 0; i < item_count; ++i) o.contract_items.push_back(static_cast<Item>(i));
  o.recruit_from = today;
  o.recruit_until = today.plus_days(30);
  Post p;
  p.occupation = "5322";
  p.title_id = "Perawat lansia (kaigo)";
  p.title_en = "Caregiver for the elderly (kaigo)";
  p.quota_any = 7;
  p.pay = {198'000, "JPY"};
  o.posts.push_back(p);
  return o;
}

inline partners::Foreign registered(std::string country = "JP") {
  return {.id = {},
          .name = "Sakura Care Osaka",
          .country = std::move(country),
          .kind = "employer",
          .registration = "REG-JP-1",
          .verified_on = today.plus_days(-30),
          .verified_by = "KBRI Tokyo (contoh)",
          .valid_from = today.plus_days(-100),
          .valid_until = today.plus_days(265)};
}

struct Office {
  test::TestDb db = test::db().on(today);
  test::TestDb licences = db.as("izin", {Right::manage_licences, Right::manage_users, Right::examine_job_orders});
  CompanyId company, other;
  OrgId mission{77};
  test::TestDb clerk = db, rival = db, attache = db, examiner = db, decider = db, both = db, visitor = db;

  partners::ForeignId sakura;

  explicit Office() {
    company = firm("PT Samudra Karya Mandiri", "SIP3MI-1/2022");
    other = firm("PT Bahari Niaga Contoh", "SIP3MI-2/2022");
    const auto mission_org = licences.write([&](Act& act) {
      EXPECT_TRUE(partners::set_openness(act, {.country = "JP",
                                               .occupation = "",
                                               .employer_kind = "",
                                               .state = partners::Openness::open,
                                               .legal_basis = "Daftar contoh",
                                               .from = today.plus_days(-100)}));
      return access::register_org(
          act, {.id = {}, .kind = access::OrgKind::mission, .name = "KBRI Tokyo (contoh)", .short_name = "KBRI"});
    });
    EXPECT_TRUE(mission_org);
    if (mission_org) mission = *mission_org;
    EXPECT_TRUE(licences.write([&](Act& act) { return set_mission(act, mission, "JP"); }));
    sakura = partner(registered());
    clerk = db.as("dewi", {Right::submit_job_orders}, {}, company);
    rival = db.as("rini", {Right::submit_job_orders}, {}, other);
    attache = db.as("atase", {Right::see_job_orders}, mission);
    examiner = db.as("siti", {Right::see_job_orders, Right::examine_job_orders});
    decider = db.as("budi", {Right::see_job_orders, Right::decide_job_orders});
    both = db.as("tono", {Right::see_job_orders, Right::examine_job_orders, Right::decide_job_orders});
    visitor = db.as(Actor{});
    floor({180'000, "JPY"});
  }

  // What the office has entered for a country.
  void floor(Money amount, Date from = today.plus_days(-200), std::string occupation = "", std::string country = "JP") {
    const auto done = examiner.write([&](Act& act) {
      return set_floor(act,
                       {.id = {},
                        .country = country,
                        .occupation = occupation,
                        .amount = amount,
                        .from = from,
                        .source = "Surat contoh 12/2026",
                        .page = "hal. 3"},
                       true);
    });
    EXPECT_TRUE(done);
  }

  partners::ForeignId partner(const partners::Foreign& f) {
    const auto id = licences.write([&](Act& act) { return partners::register_foreign(act, f); });
    EXPECT_TRUE(id);
    return id ? *id : partners::ForeignId{};
  }
  // A decent order of the registered employer.
  Order joined() const {
    Order o = decent();
    o.employer = sakura;
    return o;
  }

  CompanyId firm(std::string name, std::string number) {
    partners::Company c;
    c.name = std::move(name);
    c.licence_number = std::move(number);
    c.licence_until = today.plus_days(400);
    c.address = "Jl. Contoh No. 1, Jakarta Timur";
    c.region = "31.75";
    c.phone = "021-0000-1001";
    const auto id = licences.write([&](Act& act) {
      return partners::register_company(act, c, {.state = partners::Licence::active, .from = today.plus_days(-100)});
    });
    EXPECT_TRUE(id);
    return id ? *id : CompanyId{};
  }

  void suspend(CompanyId id) {
    EXPECT_TRUE(licences.write([&](Act& act) {
      return partners::set_licence(act, id,
                                   {.state = partners::Licence::suspended_full,
                                    .from = today,
                                    .until = {},
                                    .decree = "KEP-7/CONTOH",
                                    .reason = "Deposito jaminan belum diisi kembali",
                                    .legal_basis = "Permen P2MI 4/2025"});
    }));
  }

  OrderId drafted(Order o) {
    const auto id = clerk.write([&](Act& act) { return draft(act, o); });
    EXPECT_TRUE(id);
    return id ? *id : OrderId{};
  }
  OrderId drafted() { return drafted(joined()); }
  OrderId endorsed(Order o) {
    const OrderId id = drafted(std::move(o));
    EXPECT_TRUE(clerk.write([&](Act& act) { return submit(act, id, revision(id)); }));
    EXPECT_TRUE(attache.write([&](Act& act) { return endorse(act, id, revision(id), "sesuai"); }));
    return id;
  }
  OrderId endorsed() { return endorsed(joined()); }
  OrderId examined() {
    const OrderId id = endorsed();
    EXPECT_TRUE(examiner.write([&](Act& act) { return examine(act, id, revision(id), true, {}, "cocok"); }));
    return id;
  }
  OrderId opened() {
    const OrderId id = examined();
    EXPECT_TRUE(agree(decider, id, "SIP2MI-" + std::to_string(++permits) + "/2026"));
    return id;
  }
  Result<Order> agree(test::TestDb& who, OrderId id, const std::string& permit) {
    const int seen = revision(id);
    return who.write([&](Act& act) { return decide(act, id, seen, true, permit, today.plus_days(90), "setuju"); });
  }
  Order order(OrderId id) {
    return db.read([&](Act& act) { return *find(act, id); });
  }
  int revision(OrderId id) { return order(id).revision; }
  int permits = 0;
};

}  // namespace rantau::offers::orders_world
