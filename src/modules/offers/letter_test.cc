// The demand letter as a file: what is taken, who reads it, and that what was sent once stays.
#include "modules/offers/letter.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "modules/offers/pages_world.h"

namespace rantau::offers {
namespace {

using namespace pages_world;

const std::string pdf = "%PDF-1.7\n" + std::string("\0\x01\xFF%%EOF\n", 9), png = "\x89PNG\r\n\x1A\n....",
                  jpeg = "\xFF\xD8\xFF\xE0....";

Result<Done> attach(test::TestDb& who, OrderId id, std::string_view bytes) {
  return who.write([&](Act& act) { return attach_letter(act, id, bytes); });
}
std::optional<Sheets> sheets(test::TestDb& who, OrderId id) {
  return who.write([&](Act& act) { return read_letter(act, id); });
}

TEST(Letter, IsWhatItsBytesAre) {
  EXPECT_EQ(letter_kind(pdf), "pdf");
  EXPECT_EQ(letter_kind(png), "png");
  EXPECT_EQ(letter_kind(jpeg), "jpeg");
  for (const char* other : {"", "%PDF", " %PDF-1.7", "<script>alert(1)</script>", "PK\x03\x04", "GIF89a"})
    EXPECT_EQ(letter_kind(other), "") << other;
}

TEST(Letter, ComesBackByteForByteAlsoInManyPieces) {
  House house;
  const OrderId id = house.drafted();
  std::string large = pdf;
  for (std::size_t i = 0; large.size() < letter_max; ++i) large += static_cast<char>(i * 31 % 256);
  ASSERT_TRUE(attach(house.clerk, id, large));
  const auto back = sheets(house.clerk, id);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->bytes == large);
  EXPECT_EQ(back->letter.size, static_cast<std::int64_t>(letter_max));
  EXPECT_EQ(back->letter.sha256, crypto::hex(crypto::sha256(large)));
  EXPECT_EQ(attach(house.clerk, id, large + "x").refusal().key, "offers.letter.too_large");
  EXPECT_EQ(attach(house.clerk, id, "MZ nothing").refusal().key, "offers.letter.wrong_kind");
  EXPECT_EQ(attach(house.clerk, id, "").refusal().key, "offers.letter.missing");
  EXPECT_TRUE(sheets(house.clerk, id)->bytes == large) << "what was refused took nothing away";
}

TEST(Letter, IsReadByThoseWhoSeeTheOrderAndEachReadIsRecorded) {
  House house;
  const OrderId id = house.drafted();
  ASSERT_TRUE(attach(house.clerk, id, pdf));
  EXPECT_EQ(test::audit(house.db).back(), "offers.letter_attached");
  EXPECT_FALSE(sheets(house.rival, id));
  EXPECT_FALSE(sheets(house.visitor, id));
  EXPECT_FALSE(sheets(house.examiner, id)) << "a draft is its company's alone";
  EXPECT_EQ(test::audit(house.db).back(), "offers.letter_attached") << "who reads nothing leaves no entry";
  ASSERT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, house.revision(id)); }));
  for (auto* who : {&house.examiner, &house.attache}) {
    ASSERT_TRUE(sheets(*who, id));
    EXPECT_EQ(test::audit(house.db).back(), "offers.letter_read");
  }
  EXPECT_EQ(attach(house.rival, id, pdf).refusal().kind, Refusal::not_found);
  EXPECT_EQ(attach(house.examiner, id, pdf).refusal().kind, Refusal::forbidden);
}

TEST(Letter, WhatWasSentStaysAndWhatNobodyHadIsReplaced) {
  House house;
  const OrderId id = house.drafted();
  const auto kept = [&] { return test::rows(house.db, "SELECT kind FROM offers_letter ORDER BY at, id").size(); };
  ASSERT_TRUE(attach(house.clerk, id, pdf) && attach(house.clerk, id, png));
  EXPECT_EQ(kept(), 1U);
  house.db.later(1);
  ASSERT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, house.revision(id)); }));
  EXPECT_EQ(attach(house.clerk, id, jpeg).refusal().kind, Refusal::conflict) << "the mission has it now";
  ASSERT_TRUE(house.attache.write([&](Act& act) { return give_back(act, id, house.revision(id), {{"number", "Berkas buram"}}); }));
  house.db.later(1);
  ASSERT_TRUE(attach(house.clerk, id, jpeg) && attach(house.clerk, id, pdf));
  EXPECT_EQ(kept(), 2U) << "the one that the mission read, and the newest";
  EXPECT_EQ(sheets(house.clerk, id)->bytes, pdf);
  EXPECT_EQ(test::rows(house.db, "SELECT COUNT(*) FROM offers_letter_part").front(), "2");
}

TEST(LetterPages, AreAnAttachmentThatNoBrowserGuessesAbout) {
  House house;
  const OrderId id = house.drafted();
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), "Belum ada berkas."));
  EXPECT_EQ(house.get(house.clerk, mitra(id) + "/surat").status, 404);
  ASSERT_TRUE(attach(house.clerk, id, pdf));
  EXPECT_TRUE(has(house.get(house.clerk, mitra(id)), "href=\"" + mitra(id) + "/surat\""));
  ASSERT_TRUE(house.clerk.write([&](Act& act) { return submit(act, id, house.revision(id)); }));
  EXPECT_FALSE(has(house.get(house.clerk, mitra(id)), "type=\"file\"")) << "no more to change";
  EXPECT_TRUE(has(house.get(house.examiner, k(id), "en"), "href=\"" + k(id) + "/surat\""));
  const auto got = house.get(house.examiner, k(id) + "/surat");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.type, "application/pdf");
  EXPECT_EQ(got.body, pdf);
  EXPECT_FALSE(got.is_public);
  const auto header = [&](std::string_view name) {
    std::string all;
    for (const auto& [n, value] : got.headers)
      if (n == name) all += value;
    return all;
  };
  EXPECT_TRUE(header("Content-Disposition").starts_with("attachment; filename")) << header("Content-Disposition");
  EXPECT_EQ(house.get(house.rival, mitra(id) + "/surat").status, 404);
  EXPECT_EQ(house.get(house.visitor, k(id) + "/surat").status == 200, false);
}

TEST(LetterPages, AFileThatIsNoLetterComesBackWithASentenceInBothLanguages) {
  House house;
  const OrderId id = house.drafted();
  const auto none = house.post(house.clerk, mitra(id) + "/surat", {});
  EXPECT_EQ(none.status, 422);
  EXPECT_TRUE(has(none, "Pilih berkas dulu.") && has(none, "aria-invalid=\"true\"")) << none.body;
  EXPECT_TRUE(has(house.ask(house.clerk, "POST", mitra(id) + "/surat", {}, "en"), "Choose a file first."));
  EXPECT_EQ(house.post(house.rival, mitra(id) + "/surat", {}).status, 404);
}

}  // namespace
}  // namespace rantau::offers
