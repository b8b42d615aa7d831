// What a company may send, release and type: its licence, a full order, currencies and their decimals.
#include <gtest/gtest.h>

#include "modules/offers/pages_world.h"

namespace rantau::offers {
namespace {

using namespace pages_world;
using orders_world::today;

web::Pairs typed(web::Pairs other = {}) {
  web::Pairs form{{"revision", "1"},          {"number", "DL-JP-9"},       {"letter_date", "1 November 2026"},
                  {"city", "Osaka"},          {"employer_name", "Sakura"}, {"employer_kind", "legal_entity"},
                  {"country", "JP"},          {"scheme", "P2P"},           {"currency", "JPY"},
                  {"contract_months", "36"},  {"hours_week", "40"},        {"recruit_until", "24 12 2026"},
                  {"p1_title_id", "Perawat"}, {"p1_occupation", "5322"},   {"p1_pay", "198.000"},
                  {"p1_quota_any", "7"}};
  for (auto& [name, value] : other) {
    std::erase_if(form, [&](const auto& f) { return f.first == name; });
    form.emplace_back(name, value);
  }
  return form;
}

TEST(Sending, ACompanyThatMayNotRecruitSendsNoNewOrderButKeepsIt) {
  House house;
  const OrderId before = house.drafted();
  house.suspend(house.company);
  const auto refused = house.clerk.write([&](Act& act) { return submit(act, before, house.revision(before)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().key, "offers.not_licensed");
  EXPECT_EQ(refused.refusal().words, (Words{{"law", "UU 18/2017 Pasal 51"}}));
  EXPECT_EQ(refused.refusal().reasons, std::vector{Sentence{"offers.bar.suspended"}});
  EXPECT_EQ(house.order(before).stage, Stage::draft);
  const auto reply = house.post(house.clerk, "/mitra/pesanan/baru", typed({{"do", "submit"}}));
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(has(reply, "UU 18/2017 Pasal 51") && has(reply, "Izin perusahaan ini sedang dihentikan"));
  EXPECT_TRUE(has(reply, "DL-JP-9") && has(reply, "198.000")) << "what was typed stays";
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", typed({{"do", "save"}})).status, 303);
}

TEST(Sending, TheButtonIsThereOnlyForWhoMaySend) {
  House house;
  const OrderId id = house.drafted();
  EXPECT_TRUE(has(house.get(house.clerk, "/mitra/pesanan/baru"), "value=\"submit\""));
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), "/kirim\""));
  house.suspend(house.company);
  for (const auto& path : {std::string("/mitra/pesanan/baru"), mitra(id), mitra(id) + "/ubah"}) {
    const auto page = house.get(house.clerk, path);
    EXPECT_FALSE(has(page, "value=\"submit\"") || has(page, "/kirim\"")) << path;
    EXPECT_TRUE(has(page, "Hanya P3MI berizin aktif")) << path;
  }
}

TEST(Sending, WhatCameBackIsAnsweredAndWithdrawnWithoutALicence) {
  House house;
  const OrderId id = house.endorsed();
  EXPECT_TRUE(house.examiner.write([&](Act& act) { return give_back(act, id, house.revision(id), {{"city", "Kota mana?"}}); }));
  house.suspend(house.company);
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), "/kirim\""));
  EXPECT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, house.revision(id)); }));
  EXPECT_TRUE(house.clerk.write([&](Act& act) { return withdraw(act, id, house.revision(id), ""); }));
}

TEST(Sending, AFullOrderStillOffersToReleaseAPlace) {
  House house;
  const OrderId id = house.opened();
  const PostId post = house.order(id).posts.front().id;
  EXPECT_FALSE(has(house.get(house.clerk, mitra(id)), "/lepas\"")) << "nothing is reserved";
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(house.clerk.write([&](Act& act) { return reserve(act, post); }));
  const auto page = house.get(house.clerk, mitra(id));
  EXPECT_TRUE(has(page, "/lepas\""));
  EXPECT_FALSE(has(page, "/pesan\"")) << "nothing is left to reserve";
}

TEST(Sending, ACurrencyThatIsNotOfTheListIsRefusedAtItsField) {
  House house;
  const auto reply = house.post(house.clerk, "/mitra/pesanan/baru", typed({{"currency", "ZZZ"}}));
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(has(reply, "Pilih mata uang dari daftar"));
}

TEST(Sending, DecimalsThatACurrencyDoesNotHaveAreNeverRoundedAway) {
  House house;
  for (const auto& [field, amount] : web::Pairs{{"p1_pay", "198.000,50"}, {"deductions", "1.000,50"}, {"fee", "0,50"}}) {
    const auto reply = house.post(house.clerk, "/mitra/pesanan/baru", typed({{field, amount}}));
    EXPECT_EQ(reply.status, 422) << field;
    EXPECT_TRUE(has(reply, "tanpa angka di belakang koma") && has(reply, amount)) << field;
  }
  EXPECT_EQ(house.post(house.clerk, "/mitra/pesanan/baru", typed({{"currency", "MYR"}, {"p1_pay", "1.700,50"}})).status, 303);
}

}  // namespace
}  // namespace rantau::offers
