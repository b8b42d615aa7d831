// An order and the registered foreign partner it names: what is taken from the register, what is refused, what is a doubt.
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/offers/pages_world.h"

namespace rantau::offers {
namespace {

using namespace pages_world;
using orders_world::decent;
using orders_world::registered;
using orders_world::today;
using Only = std::vector<Fault>;

Facts facts_with(std::optional<partners::Foreign> partner) {
  Facts f;
  f.company.licence_until = today.plus_days(300);
  f.company.terms = {{.state = partners::Licence::active, .from = today.plus_days(-100)}};
  f.openness = {{.country = "JP",
                 .occupation = "",
                 .employer_kind = "",
                 .state = partners::Openness::open,
                 .legal_basis = "Daftar contoh",
                 .from = today.plus_days(-100)}};
  f.floors = {{.id = {},
               .country = "JP",
               .occupation = "",
               .amount = {180'000, "JPY"},
               .from = today.plus_days(-100),
               .source = "Surat contoh 12/2026",
               .page = "hal. 3"}};
  f.partner = std::move(partner);
  return f;
}

Only kinds(const std::optional<partners::Foreign>& partner, Date day = today) {
  Only all;
  for (const Found& f : faults(decent(), facts_with(partner), day)) all.push_back(f.fault);
  return all;
}

TEST(PartnerRules, AnOrderOfARegisteredPartnerHasNoFault) { EXPECT_EQ(kinds(registered()), Only{}); }

TEST(PartnerRules, NamingNoneIsADoubt) { EXPECT_EQ(kinds(std::nullopt), Only{Fault::partner_not_named}); }

TEST(PartnerRules, ARegistrationForAnotherCountryIsADoubt) {
  EXPECT_EQ(kinds(registered("KR")), Only{Fault::partner_elsewhere});
  EXPECT_EQ(faults(decent(), facts_with(registered("KR")), today).front().words,
            (Words{{"partner", "Sakura Care Osaka"}, {"country", "KR"}}));
}

TEST(PartnerRules, ARegistrationHoldsFromItsFirstToItsLastDay) {
  auto f = registered();
  f.valid_from = f.valid_until = today;
  EXPECT_EQ(kinds(f), Only{});
  f.valid_until = today.plus_days(-1);
  f.valid_from = today.plus_days(-9);
  EXPECT_EQ(kinds(f), Only{Fault::partner_lapsed});
  f.valid_until = {};
  EXPECT_EQ(kinds(f), Only{}) << "no end on record is no end";
  f.valid_from = today.plus_days(1);
  EXPECT_EQ(kinds(f), Only{Fault::partner_not_yet});
}

TEST(PartnerRules, WithoutANumberOrAVerificationNobodyIsRegistered) {
  auto f = registered();
  f.registration.clear();
  EXPECT_EQ(kinds(f), Only{Fault::partner_unregistered});
  f = registered();
  f.verified_on = {};
  EXPECT_EQ(kinds(f), Only{Fault::partner_unregistered});
}

TEST(PartnerRules, AllAreDoubtsWithALawAndNeverBars) {
  int count = 0;
  for (int i = 0; i < fault_count; ++i) {
    const Fault f = static_cast<Fault>(i);
    if (!of_partner(f)) continue;
    ++count;
    EXPECT_FALSE(blocks(f) || judged(f) || of_office(f)) << word(f);
    EXPECT_EQ(legal_source(f), "UU 18/2017 Pasal 10") << word(f);
    EXPECT_EQ(fault_from(word(f)), f);
  }
  EXPECT_EQ(count, 5);
}

// --- what a company names ----------------------------------------------------------------------------------------------------

TEST(Partner, WhatWasLeftEmptyIsTakenFromTheRegister) {
  Office office;
  Order o = office.joined();
  o.country.clear();
  o.employer_name.clear();
  const Order kept = office.order(office.drafted(o));
  EXPECT_EQ(kept.employer, office.sakura);
  EXPECT_EQ(kept.country, "JP");
  EXPECT_EQ(kept.employer_name, "Sakura Care Osaka");
  o.employer_name = "Sakura Care, rumah Tenjin";
  EXPECT_EQ(office.order(office.drafted(o)).employer_name, "Sakura Care, rumah Tenjin") << "what was typed stays";
}

TEST(Partner, AnAgencyFillsTheCountryButIsNotTheEmployer) {
  Office office;
  auto agency = registered();
  agency.kind = "agency";
  Order o = decent();
  o.employer = office.partner(agency);
  o.country.clear();
  o.employer_name.clear();
  const Order kept = office.order(office.drafted(o));
  EXPECT_EQ(kept.country, "JP");
  EXPECT_EQ(kept.employer_name, "");
}

TEST(Partner, AnotherCountryIsRefusedAtItsFieldAlsoWhenAmended) {
  Office office;
  const OrderId id = office.drafted();
  Order o = office.order(id);
  o.country = "KR";
  const auto amended = office.clerk.write([&](Act& act) { return amend(act, id, o); });
  const auto drafted = office.clerk.write([&](Act& act) { return draft(act, o); });
  ASSERT_FALSE(amended || drafted);
  for (const Refusal& no : {amended.refusal(), drafted.refusal()}) {
    ASSERT_EQ(no.fields.size(), 1U);
    EXPECT_EQ(no.fields.front().first, "employer");
    EXPECT_EQ(no.fields.front().second.key, "offers.order.partner_elsewhere");
  }
  EXPECT_EQ(office.order(id).country, "JP");
  o.country = "JP";
  o.employer = {77};
  EXPECT_EQ(office.clerk.write([&](Act& act) { return amend(act, id, o); }).refusal().fields.front().second.key,
            "offers.order.partner_unknown");
  o.employer = {};
  EXPECT_TRUE(office.clerk.write([&](Act& act) { return amend(act, id, o); })) << "naming none is allowed";
  EXPECT_FALSE(office.order(id).employer);
}

// --- the pages ---------------------------------------------------------------------------------------------------------------

std::string option(partners::ForeignId id, bool chosen = false) {
  return "<option value=\"" + std::to_string(id.value) + "\"" + (chosen ? " selected" : "") + ">";
}

TEST(PartnerForm, ListsThoseWhoseRegistrationStandsWithCountryAndNumber) {
  House house;
  auto over = registered();
  over.name = "Tutup Contoh";
  over.valid_until = today.plus_days(-1);
  const auto ended = house.partner(over);
  const auto fresh = house.get(house.clerk, "/mitra/pesanan/baru");
  EXPECT_TRUE(has(fresh, option(house.sakura) + "Jepang · Sakura Care Osaka · REG-JP-1</option>")) << fresh.body;
  EXPECT_FALSE(has(fresh, option(ended)));
  EXPECT_TRUE(has(house.get(house.clerk, "/mitra/pesanan/baru", "en"), option(house.sakura) + "Japan · Sakura Care Osaka"));
  Order o = decent();
  o.employer = ended;
  const auto edit = house.get(house.clerk, mitra(house.drafted(o)) + "/ubah");
  EXPECT_TRUE(has(edit, option(ended, true) + "Jepang · Tutup Contoh")) << "the one it names stays to be seen";
  const auto copy = house.get(house.clerk, "/mitra/pesanan/baru?from=" + std::to_string(house.drafted().value));
  EXPECT_TRUE(has(copy, option(house.sakura, true)));
}

TEST(PartnerForm, AChoiceFillsWhatIsEmptyAndAWrongCountryComesBackInBothLanguages) {
  House house;
  const std::string sakura = std::to_string(house.sakura.value);
  const auto kept = house.post(house.clerk, "/mitra/pesanan/baru", {{"employer", sakura}, {"number", "DL-JP-3"}});
  ASSERT_EQ(kept.status, 303) << kept.body;
  const std::string there = location(kept);
  const Order o = house.order({*parse_id(there.substr(15, there.find('?') - 15))});
  EXPECT_EQ(o.employer, house.sakura);
  EXPECT_EQ(o.country + o.employer_name, "JPSakura Care Osaka");
  // Sent at once: what is kept stands in the form that asks for the rest.
  const auto asked =
      house.post(house.clerk, "/mitra/pesanan/baru",
                 {{"employer", sakura}, {"employer_name", ""}, {"country", ""}, {"number", "DL-JP-4"}, {"do", "submit"}});
  EXPECT_EQ(asked.status, 422);
  EXPECT_TRUE(has(asked, "<option value=\"JP\" selected>") && has(asked, "value=\"Sakura Care Osaka\"")) << asked.body;
  const auto wrong = [&](std::string lang) {
    return house.ask(house.clerk, "POST", "/mitra/pesanan/baru", {{"employer", sakura}, {"country", "KR"}}, std::move(lang));
  };
  EXPECT_EQ(wrong("id").status, 422);
  EXPECT_TRUE(has(wrong("id"), "Mitra ini terdaftar untuk negara lain.") && has(wrong("id"), "href=\"#f-employer\""))
      << wrong("id").body;
  EXPECT_TRUE(has(wrong("id"), option(house.sakura, true))) << "what was chosen stays";
  EXPECT_TRUE(has(wrong("en"), "This partner is registered for another country."));
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", {{"employer", "x"}}).status, 422);
}

TEST(PartnerPages, ShowThePartnerAndLinkItToWhoMayReadIt) {
  House house;
  const OrderId id = house.endorsed();
  const std::string link = "href=\"/k/mitra-luar/" + std::to_string(house.sakura.value) + "\"";
  auto reader = house.db.as("yuni", {Right::see_job_orders, Right::examine_job_orders, Right::see_licences});
  const auto seen = house.get(reader, k(id));
  EXPECT_TRUE(has(seen, link) && has(seen, "pemberi kerja, Jepang · REG-JP-1") && has(seen, ">berlaku</span>")) << seen.body;
  EXPECT_FALSE(has(seen, "UU 18/2017 Pasal 10</td>")) << "nothing to doubt";
  EXPECT_FALSE(has(house.get(house.attache, k(id)), "/k/mitra-luar")) << "no link that its reader may not open";
  const auto own = house.get(house.clerk, mitra(id));
  EXPECT_TRUE(has(own, "pemberi kerja, Jepang · REG-JP-1") && !has(own, "/k/mitra-luar")) << own.body;
}

TEST(PartnerPages, AnEndedRegistrationIsADoubtOnTheDayAfter) {
  House house;
  auto f = registered();
  f.valid_until = today.plus_days(1);
  Order o = decent();
  o.employer = house.partner(f);
  const OrderId id = house.endorsed(o);
  const std::string said = "Pendaftaran Sakura Care Osaka berakhir pada 25 November 2026.";
  EXPECT_FALSE(has(house.get(house.examiner, k(id)), said));
  auto later = house.examiner.on(today.plus_days(2));
  const auto page = house.get(later, k(id));
  EXPECT_TRUE(has(page, said) && has(page, "UU 18/2017 Pasal 10") && has(page, ">berakhir</span>")) << page.body;
  EXPECT_TRUE(has(house.get(later, k(id), "en"), "The registration of Sakura Care Osaka ended on"));
  EXPECT_TRUE(later.write([&](Act& act) { return examine(act, id, house.revision(id), true, {}, "dibaca"); }))
      << "a doubt bars nobody";
}

TEST(PartnerPages, AnOrderThatNamesNoneSaysSoToOfficerAndCompany) {
  House house;
  const OrderId id = house.endorsed(decent());
  EXPECT_TRUE(has(house.get(house.examiner, k(id)), "Pesanan belum menyebut mitra atau pemberi kerja terdaftar."));
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), "Pesanan belum menyebut mitra atau pemberi kerja terdaftar."));
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id), "en"), "The order names no registered partner or employer."));
}

}  // namespace
}  // namespace rantau::offers
