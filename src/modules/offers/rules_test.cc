// Each fault of a job order by its name: what bars it, what is a doubt, and the same answer whatever the order of posts.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "modules/offers/orders_world.h"

namespace rantau::offers {
namespace {

using orders_world::decent;
using orders_world::today;

Floor floor_of(Money amount, Date from = today.plus_days(-100), std::string occupation = "") {
  return {.id = {},
          .country = "JP",
          .occupation = std::move(occupation),
          .amount = std::move(amount),
          .from = from,
          .source = "Surat contoh 12/2026",
          .page = "hal. 3"};
}

Facts open_facts() {
  Facts f;
  f.company.name = "PT Samudra Karya Mandiri";
  f.company.licence_until = today.plus_days(300);
  f.company.terms = {{.state = partners::Licence::active, .from = today.plus_days(-100)}};
  f.openness = {{.country = "JP",
                 .occupation = "",
                 .employer_kind = "",
                 .state = partners::Openness::open,
                 .legal_basis = "Daftar contoh",
                 .from = today.plus_days(-100)}};
  f.floors = {floor_of({180'000, "JPY"})};
  f.partner = orders_world::registered();
  return f;
}

std::vector<Fault> kinds(const Order& o, const Facts& f = open_facts()) {
  std::vector<Fault> all;
  for (const Found& found : faults(o, f, today)) all.push_back(found.fault);
  return all;
}

using Only = std::vector<Fault>;

// --- faults ------------------------------------------------------------------------------------------------------------------

TEST(Faults, ADecentOrderHasNone) { EXPECT_EQ(kinds(decent()), Only{}); }

TEST(Faults, ChargingTheWorkerIsAFault) {
  auto o = decent();
  o.fee_to_worker = {5'000'000, "IDR"};
  EXPECT_EQ(kinds(o), Only{Fault::worker_charged_fee});
  EXPECT_EQ(faults(o, open_facts(), today).front().words, (Words{{"fee", "Rp 5.000.000"}}));
  EXPECT_EQ(legal_source(Fault::worker_charged_fee), "UU 18/2017 Pasal 30");
}

TEST(Faults, PayBelowTheFloorIsAFaultAndAtTheFloorIsNot) {
  auto o = decent();
  o.deductions = {};
  o.posts[0].pay.minor = 179'999;
  EXPECT_EQ(kinds(o), Only{Fault::pay_below_floor});
  o.posts[0].pay.minor = 180'000;
  EXPECT_EQ(kinds(o), Only{});
}

TEST(Faults, AFloorThatNobodyEnteredBars) {
  auto f = open_facts();
  f.floors.clear();
  EXPECT_EQ(kinds(decent(), f), Only{Fault::pay_floor_unknown});
  f.floors = {floor_of({180'000, "JPY"}, today.plus_days(1))};
  EXPECT_EQ(kinds(decent(), f), Only{Fault::pay_floor_unknown}) << "tomorrow's floor is none today";
  f.floors = {floor_of({180'000, "JPY"}, today, "91")};
  EXPECT_EQ(kinds(decent(), f), Only{Fault::pay_floor_unknown}) << "the floor of other work is none for this";
  EXPECT_TRUE(blocks(Fault::pay_floor_unknown));
  EXPECT_TRUE(blocks(Fault::pay_rate_missing));
}

TEST(Faults, TheClosestWorkThenTheNewestDayIsTheFloor) {
  auto f = open_facts();
  f.floors.push_back(floor_of({150'000, "JPY"}, today.plus_days(-300), "5322"));
  auto o = decent();
  o.deductions = {};
  o.posts[0].pay.minor = 160'000;
  EXPECT_EQ(kinds(o, f), Only{}) << "a carer's own floor, older and lower than the country's";
  f.floors.push_back(floor_of({170'000, "JPY"}, today, "5322"));
  EXPECT_EQ(kinds(o, f), Only{Fault::pay_below_floor});
  EXPECT_EQ(faults(o, f, today).front().words.back(),
            (std::pair<std::string, std::string>{"source", "Surat contoh 12/2026, hal. 3"}));
  f.floors.push_back(floor_of({165'000, "JPY"}, today, "53"));
  EXPECT_EQ(kinds(o, f), Only{Fault::pay_below_floor}) << "the wider group does not undo the closer one";
}

TEST(Faults, TwoCurrenciesAreComparedByDatedRatesOnly) {
  auto o = decent();
  o.deductions = {};
  o.posts[0].pay = {198'000, "JPY"};  // Rp 20.790.000 at 105
  auto f = open_facts();
  f.floors = {floor_of({130'000, "USD"})};  // 1,300.00 dollars: Rp 21.125.000 at 16.250
  EXPECT_EQ(kinds(o, f), Only{Fault::pay_rate_missing});
  f.rates = {{"JPY", today.plus_days(-3), 1'050'000, "kurs contoh"}, {"USD", today.plus_days(-3), 162'500'000, "kurs contoh"}};
  ASSERT_EQ(kinds(o, f), Only{Fault::pay_below_floor});
  EXPECT_EQ(faults(o, f, today).front().rates.size(), 2U);
  f.floors[0].amount.minor = 120'000;
  EXPECT_EQ(kinds(o, f), Only{});
  f.rates[1].day = today.plus_days(-rate_days - 1);
  EXPECT_EQ(kinds(o, f), Only{Fault::pay_rate_missing}) << "an old rate decides nothing";
}

TEST(Faults, ALetterOnManyOrdersIsOneFindingThatCountsThemAndNamesThree) {
  auto f = open_facts();
  for (int i = 1; i <= 40; ++i) f.same_letter.push_back({OrderId{i}, "PT " + std::to_string(i), ""});
  const auto found = faults(decent(), f, today);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().words, (Words{{"count", "40"}, {"other", "PT 1, PT 2, PT 3, …"}}));
  EXPECT_EQ(found.front().others, (std::vector{OrderId{1}, OrderId{2}, OrderId{3}}));
}

TEST(Faults, WhatIsLeftAfterDeductionsIsNotBelowTheFloor) {
  auto o = decent();  // 198.000 with a floor of 180.000
  o.deductions = {18'000, "JPY"};
  EXPECT_EQ(kinds(o), Only{});
  o.deductions.minor = 18'001;
  ASSERT_EQ(kinds(o), Only{Fault::net_below_floor});
  EXPECT_EQ(faults(o, open_facts(), today).front().pay, (Money{179'999, "JPY"}));
  EXPECT_TRUE(blocks(Fault::net_below_floor));
  EXPECT_EQ(legal_source(Fault::net_below_floor), "UU 18/2017 Pasal 15");
}

TEST(Faults, AtMostHalfOfThePayIsDeducted) {
  auto o = decent();
  o.posts[0].pay.minor = 400'000;
  o.deductions = {200'000, "JPY"};
  EXPECT_EQ(kinds(o), Only{});
  o.deductions.minor = 200'001;
  EXPECT_EQ(kinds(o), Only{Fault::deductions_excessive});
  EXPECT_TRUE(blocks(Fault::deductions_excessive));
  EXPECT_EQ(legal_source(Fault::deductions_excessive), "PP 36/2021 Pasal 65");
}

TEST(Faults, SswIsASchemeOfJapanAlone) {
  auto o = decent();
  o.scheme = "SSW";
  EXPECT_EQ(kinds(o), Only{});
  auto f = open_facts();
  o.country = "KR";
  f.openness[0].country = f.floors[0].country = f.partner->country = "KR";
  EXPECT_EQ(kinds(o, f), Only{Fault::scheme_elsewhere});
  o.scheme = "P2P";
  EXPECT_EQ(kinds(o, f), Only{});
  EXPECT_TRUE(blocks(Fault::scheme_elsewhere));
}

TEST(Faults, TheSchemeOfShipCrewsIsForWorkOnShips) {
  auto o = decent();
  o.scheme = "SEA";
  o.employer_kind = "ship";
  EXPECT_EQ(kinds(o), Only{Fault::not_ship_work}) << "a carer";
  for (const char* on_board : {"8350", "6223", "3151", "5120"}) {
    o.posts[0].occupation = on_board;
    EXPECT_EQ(kinds(o), Only{}) << on_board;
  }
  o.employer_kind = "household";
  EXPECT_EQ(kinds(o), Only{Fault::not_ship_work}) << "no household has a crew";
  EXPECT_TRUE(blocks(Fault::not_ship_work));
  EXPECT_EQ(legal_source(Fault::not_ship_work), "PP 22/2022");
}

TEST(Isco, ACodeThatNoGroupHasIsUnknown) {
  for (const char* there : {"5322", "9111", "8160", "0110", "9629", "53", "5", "111"}) EXPECT_TRUE(isco_known(there)) << there;
  for (const char* not_there : {"7777", "0000", "5990", "8890", "5330", "1240", "531a", "53221", "", "0210x", "04"})
    EXPECT_FALSE(isco_known(not_there)) << not_there;
}

TEST(Faults, TheLicenceIsReadOnTheDay) {
  auto f = open_facts();
  f.company.terms.push_back({.state = partners::Licence::suspended_full,
                             .from = today,
                             .until = {},
                             .decree = "KEP-7",
                             .reason = "contoh",
                             .legal_basis = "contoh"});
  EXPECT_EQ(kinds(decent(), f), Only{Fault::licence_not_valid});
  f.company.terms.pop_back();
  f.company.licence_until = today.plus_days(-1);
  EXPECT_EQ(kinds(decent(), f), Only{Fault::licence_not_valid});
}

TEST(Faults, ACountryIsClosedNotStatedOrAPostClosed) {
  auto f = open_facts();
  f.openness[0].state = partners::Openness::closed;
  EXPECT_EQ(kinds(decent(), f), Only{Fault::country_closed});
  f.openness.clear();
  EXPECT_EQ(kinds(decent(), f), Only{Fault::country_not_stated});
  f = open_facts();
  f.openness.push_back({.country = "JP",
                        .occupation = "5322",
                        .employer_kind = "",
                        .state = partners::Openness::closed,
                        .legal_basis = "Contoh",
                        .from = today.plus_days(-1)});
  EXPECT_EQ(kinds(decent(), f), Only{Fault::post_closed});
}

TEST(Faults, QuotaIsMissingOrBeyondTheLetter) {
  auto o = decent();
  o.posts[0].quota_any = 0;
  EXPECT_EQ(kinds(o), Only{Fault::quota_empty});
  o = decent();
  auto f = open_facts();
  f.quota_of_letter = 10;
  f.quota_granted_elsewhere = 3;
  EXPECT_EQ(kinds(o, f), Only{});
  f.quota_granted_elsewhere = 4;
  EXPECT_EQ(kinds(o, f), Only{Fault::quota_exceeded});
  o.posts.clear();
  EXPECT_EQ(kinds(o), Only{Fault::quota_empty});
}

TEST(Faults, OneSexNeedsALegalBasis) {
  auto o = decent();
  o.posts[0].quota_any = 0;
  o.posts[0].quota_women = 7;
  EXPECT_EQ(kinds(o), Only{Fault::sex_rule_without_basis});
  o.posts[0].sex_rule_basis = "Aturan asrama negara tujuan No. 4/2020";
  EXPECT_EQ(kinds(o), Only{Fault::sex_rule_without_basis}) << "no kind of basis is named";
  o.posts[0].sex_rule_kind = "destination_law";
  EXPECT_EQ(kinds(o), Only{});
  for (const char* empty_talk : {"x", "aturan asrama", "7", "No 1", ""}) {
    o.posts[0].sex_rule_basis = empty_talk;
    EXPECT_EQ(kinds(o), Only{Fault::sex_rule_without_basis}) << empty_talk;
  }
}

TEST(Faults, OneManAndAThousandWomenIsARuleBySexAsWell) {
  auto o = decent();
  o.posts[0].quota_men = 1;
  o.posts[0].quota_women = 1000;
  EXPECT_EQ(kinds(o), Only{Fault::sex_rule_without_basis});
  o.posts[0].quota_women = 1;
  EXPECT_EQ(kinds(o), Only{}) << "as many men as women, beside places for anybody";
}

TEST(Faults, ALetterOfTomorrowOrOfAnotherOrderAndACodeOfNoWork) {
  auto o = decent();
  o.letter_date = today.plus_days(1);
  EXPECT_EQ(kinds(o), Only{Fault::letter_in_future});
  o.letter_date = today;
  EXPECT_EQ(kinds(o), Only{});
  auto f = open_facts();
  f.same_letter = {{{42}, "PT Bahari Niaga Contoh", ""}};
  EXPECT_EQ(kinds(o, f), Only{Fault::letter_elsewhere});
  EXPECT_FALSE(blocks(Fault::letter_elsewhere));
  EXPECT_EQ(faults(o, f, today).front().words, (Words{{"count", "1"}, {"other", "PT Bahari Niaga Contoh"}}));
  EXPECT_EQ(faults(o, f, today).front().others, std::vector{OrderId{42}});
  for (const char* code : {"", "532", "7777"}) {
    o.posts[0].occupation = code;
    EXPECT_EQ(kinds(o), Only{Fault::occupation_unknown}) << code;
  }
}

TEST(Faults, APermitOfMoreThanAYear) {
  auto o = decent();
  o.sip2mi = "SIP2MI-1";
  o.decided_at = {std::chrono::duration_cast<std::chrono::milliseconds>(today.days().time_since_epoch()).count()};
  o.sip2mi_until = today.plus_days(permit_days);
  EXPECT_EQ(kinds(o), Only{});
  o.sip2mi_until = *parse_iso("9999-12-31");
  EXPECT_EQ(kinds(o), Only{Fault::permit_too_long});
}

TEST(Faults, EveryMissingContractItemIsNamed) {
  auto o = decent();
  std::erase(o.contract_items, Item::wage);
  std::erase(o.contract_items, Item::termination);
  EXPECT_EQ(kinds(o), Only{Fault::contract_items_missing});
  EXPECT_EQ(faults(o, open_facts(), today).front().words, (Words{{"missing", "wage termination"}}));
}

TEST(Faults, DatesAgeHoursAndLetter) {
  auto o = decent();
  o.sip2mi = "SIP2MI-1";
  o.sip2mi_until = today.plus_days(-1);
  EXPECT_EQ(kinds(o), Only{Fault::permit_expired});
  o = decent();
  o.recruit_until = today.plus_days(-1);
  EXPECT_EQ(kinds(o), Only{Fault::recruitment_over});
  o.recruit_until = today;  // the last day still counts
  EXPECT_EQ(kinds(o), Only{});
  o.min_age = 17;
  EXPECT_EQ(kinds(o), Only{Fault::age_below_minimum});
  o = decent();
  o.hours_week = 49;
  EXPECT_EQ(kinds(o), Only{Fault::hours_excessive});
  EXPECT_FALSE(blocks(Fault::hours_excessive));
  o = decent();
  o.number.clear();
  EXPECT_EQ(kinds(o), Only{Fault::letter_missing});
}

TEST(Faults, AllAreNamedAtOnceNeverOnlyTheFirst) {
  auto o = decent();
  o.fee_to_worker = {1, "IDR"};
  o.posts[0].pay.minor = 1;
  o.deductions = {};
  o.min_age = 16;
  EXPECT_EQ(kinds(o), (Only{Fault::worker_charged_fee, Fault::pay_below_floor, Fault::age_below_minimum}));
}

TEST(Faults, EachHasASourceInLawAndAWord) {
  for (int i = 0; i < fault_count; ++i) {
    EXPECT_FALSE(legal_source(static_cast<Fault>(i)).empty());
    EXPECT_FALSE(word(static_cast<Fault>(i)).empty());
    EXPECT_EQ(fault_from(word(static_cast<Fault>(i))), static_cast<Fault>(i));
  }
}

RC_GTEST_PROP(Faults, DoNotDependOnTheOrderOfPostsOrRules, ()) {
  auto o = decent();
  const int more = *rc::gen::inRange(0, 4);
  for (int i = 0; i < more; ++i) {
    Post p = o.posts[0];
    p.title_id = "Posisi " + std::to_string(*rc::gen::inRange(0, 3));
    p.occupation = *rc::gen::elementOf(std::vector<std::string>{"5322", "9111", "8153"});
    p.pay.minor = *rc::gen::inRange(170'000, 190'000);
    p.quota_any = *rc::gen::inRange(0, 3);
    p.quota_men = *rc::gen::inRange(0, 2);
    o.posts.push_back(p);
  }
  auto f = open_facts();
  if (*rc::gen::arbitrary<bool>()) f.floors.clear();
  f.floors.push_back(floor_of({175'000, "JPY"}, today, "9"));
  if (*rc::gen::arbitrary<bool>()) f.openness[0].state = partners::Openness::closed;
  if (*rc::gen::arbitrary<bool>())
    f.openness.push_back({.country = "JP",
                          .occupation = "91",
                          .employer_kind = "",
                          .state = partners::Openness::closed,
                          .legal_basis = "Contoh",
                          .from = today.plus_days(-1)});
  const auto all = [&] {
    std::vector<std::pair<Fault, Words>> found;
    for (const auto& x : faults(o, f, today)) found.emplace_back(x.fault, x.words);
    return found;
  };
  const auto before = all();
  std::reverse(o.posts.begin(), o.posts.end());
  std::reverse(f.openness.begin(), f.openness.end());
  std::reverse(f.floors.begin(), f.floors.end());
  std::reverse(o.contract_items.begin(), o.contract_items.end());
  RC_ASSERT(all() == before);
}

TEST(Stages, AnOpenOrderExpiresOrFillsByItself) {
  auto o = decent();
  o.stage = Stage::open;
  o.sip2mi_until = today.plus_days(10);
  EXPECT_EQ(stage_on(o, today), Stage::open);
  EXPECT_EQ(stage_on(o, today.plus_days(11)), Stage::expired);
  o.posts[0].reserved = 7;
  EXPECT_EQ(stage_on(o, today), Stage::full);
  for (int i = 0; i <= static_cast<int>(Stage::refused); ++i)
    EXPECT_EQ(stage_from(word(static_cast<Stage>(i))), static_cast<Stage>(i));
}

TEST(Rates, RupiahIsRoundedHalfUpFromTheSmallestUnit) {
  EXPECT_EQ(in_rupiah({198'000, "JPY"}, {.currency = "JPY", .day = today, .scaled = 1'050'000}), (Money{20'790'000, "IDR"}));
  EXPECT_EQ(in_rupiah({170'050, "MYR"}, {.currency = "MYR", .day = today, .scaled = 35'000'000}), (Money{5'951'750, "IDR"}));
}

TEST(Faults, TheQuotaIsExceededWhereOneSexIsThoughTheSumIsNot) {
  auto o = decent();
  o.posts[0].quota_men = 5;
  o.posts[0].quota_women = 2;
  o.posts[0].sex_rule_kind = "agreement";
  o.posts[0].sex_rule_basis = "MoU 2/2021";
  o.posts[0].quota_any = 0;
  o.posts[0].women.used = 3;
  o.posts[0].used = 3;
  EXPECT_EQ(kinds(o), Only{Fault::quota_exceeded});
  o.posts[0].women.used = 2;
  EXPECT_EQ(kinds(o), Only{});
}

}  // namespace
}  // namespace rantau::offers
