// What is read out of a message, and that reading stays linear and inside the text.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "base/text.h"
#include "modules/offers/offers.h"

namespace rantau::offers {
namespace {

std::string read(std::string_view text) {
  std::string out;
  for (const Piece& p : pieces(text)) {
    if (!out.empty()) out += " | ";
    out += std::string(word(p.kind)) + " " + p.value;
    if (p.said == Piece::asked) out += " asked";
    if (p.said == Piece::promised) out += " promised";
  }
  return out;
}

struct Row {
  std::string text, pieces;
};

TEST(Pieces, ReadPhonesAsTheyAreTyped) {
  for (const Row& r : std::vector<Row>{
           {"hub 0812-0000-1234", "phone +6281200001234"},
           {"WA: +62 812 0000 1234 ya", "phone +6281200001234"},
           {"62812.0000.1234 fast respon", "phone +6281200001234"},
           {"wa.me/6281200001234?text=halo", "phone +6281200001234"},
           {"https://api.whatsapp.com/send?phone=6281200001234", "phone +6281200001234"},
           {"081200001234 / 081200005678", "phone +6281200001234 | phone +6281200005678"},
           {"081200001234 081200005678", "phone +6281200001234 | phone +6281200005678"},
           {"kantor (021) 0000-1001", "phone +622100001001"},
           {"Taiwan +886 912 000 000", "country TW | phone +886912000000"},
       })
    EXPECT_EQ(read(r.text), r.pieces) << r.text;
}

TEST(Pieces, TellMoneyAskedFromMoneyPromised) {
  for (const Row& r : std::vector<Row>{
           {"gaji 40 jt", "money IDR 40000000 promised"},
           {"bayar Rp 7,5 juta", "money IDR 7500000 asked"},
           {"transfer 7.500.000 ya", "money IDR 7500000 asked"},
           {"DP 500rb", "money IDR 500000 asked"},
           {"biaya 500000", "money IDR 500000 asked"},
           {"NT$ 28.590 per bulan", "money TWD 28590 promised"},
           {"salary HK$ 4,990 a month", "money HKD 499000 promised"},
           {"gaji ¥198.000", "money JPY 198000 promised"},
           {"gaji 18-20 juta", "money IDR 20000000 promised"},
           {"tidak perlu bayar 5 juta", "money IDR 5000000"},
           {"tanpa biaya 5 juta", "money IDR 5000000"},
           {"biaya 10 juta ditanggung majikan", "money IDR 10000000"},
           {"potong gaji 5 juta", "demand potong gaji | money IDR 5000000 asked"},
           {"RM 1.700 sebulan", "money MYR 170000 promised"},
       })
    EXPECT_EQ(read(r.text), r.pieces) << r.text;
}

TEST(Pieces, ReadAccountsCompaniesCodesAndLinks) {
  const std::string code = make_code(0x123456789AULL);
  for (const Row& r : std::vector<Row>{
           {"rek BCA 123-456-7890 a.n. Contoh", "account 1234567890"},
           {"no rekening: 0000 01 000912 50 0", "account 000001000912500"},
           {"norek mandiri 1230000456789", "account 1230000456789"},
           {"000 0000 912 a/n Contoh", "account 0000000912"},
           {"PT. Maju Jaya Abadi membuka", "company PT. Maju Jaya Abadi"},
           {"pt maju jaya abadi butuh orang", "company pt maju jaya abadi"},
           {"P.T. Samudra Karya", "company PT Samudra Karya"},
           {"CV Contoh Dua ke Hongkong", "company CV Contoh Dua | country HK"},
           {"samudra karya mandiri", "company samudra karya mandiri"},
           {"lihat " + show_code(code) + " ya", "code " + code},
           {"kode: " + code, "code " + code},
           {"SIP3MI No. 1001/2022", "licence_number SIP3MI-1001/2022"},
           {"buka http://xn--e1afmkfd.example/a", "link xn--e1afmkfd.example"},
           {"buka https://pаypal.example", "link xn--pypal-4ve.example"},  // Cyrillic а
           {"kirim ke lamaran@contoh.example", "email lamaran@contoh.example"},
           {"https://resmi.go.id@jahat.example/x", "link jahat.example"},
           {"bukan visa turis kok", ""},
           {"Uni Emirat Arab dan UEA", "country AE | country AE"},
       })
    EXPECT_EQ(read(r.text), r.pieces) << r.text;
}

TEST(Pieces, MoneyOfEveryDestinationHasItsCurrency) {
  for (const auto& [typed, currency] :
       {std::pair{"PLN 5.977,00", "PLN"}, {"B$ 742,00", "BND"}, {"₺ 22.000,00", "TRY"}, {"S$ 650", "SGD"}}) {
    const auto found = pieces(std::string("Gaji ") + typed + " sebulan");
    ASSERT_EQ(found.size(), 1U) << typed;
    EXPECT_EQ(found[0].money.currency, currency) << typed;
  }
}

TEST(Pieces, EveryCodeIsReadAsOneHoweverItIsWritten) {
  for (std::uint64_t n = 0; n < 20'000; ++n) {
    const std::string code = make_code(n * 0x9E3779B97F4A7C15ULL >> 24);
    std::string lower = code;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    for (const std::string& typed : {code, lower, show_code(code), "Info loker " + show_code(code)}) {
      const auto found = pieces(typed);
      ASSERT_TRUE(found.size() == 1 && found[0].kind == Kind::code && found[0].value == code) << typed;
    }
  }
}

TEST(Pieces, RangesNameTheBytesOfTheOriginal) {
  const std::string text = "👋 hub\xE2\x80\x8F ０８１２-0000-1234 — gaji 40 jt";
  for (const Piece& p : pieces(text)) EXPECT_EQ(text.substr(p.from, p.to - p.from), p.shown);
  ASSERT_EQ(pieces(text).size(), 2U);
}

TEST(Pieces, AreInOrderInsideTheTextAndNeverOverlap) {
  const std::vector<std::string> parts{"0812",
                                       " ",
                                       "-",
                                       "7.500.000",
                                       "rek ",
                                       "bayar ",
                                       "PT ",
                                       "Maju ",
                                       "Jepang ",
                                       "gaji ",
                                       "40 jt ",
                                       "\n",
                                       "https://",
                                       "a.com",
                                       "@",
                                       "\xE2\x80\x8F",
                                       "\xF0\x9F\x99\x8F",
                                       "\xC3",
                                       "9K4T-",
                                       "SIP2MI-",
                                       "visa turis",
                                       "+62 "};
  rc::check([&] {
    std::string text;
    for (auto n : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, parts.size()))) text += parts[n];
    std::size_t at = 0;
    for (const Piece& p : pieces(text)) {
      RC_ASSERT(p.from >= at);
      RC_ASSERT(p.to > p.from);
      RC_ASSERT(p.to <= text.size());
      at = p.to;
    }
  });
}

TEST(Pieces, BytesThatAreNoTextEndNowhereElse) {
  EXPECT_TRUE(pieces("http://\xF7\xBF\xBF\xBF.example").size() <= 1U) << "a sign beyond Unicode in a host must not loop";
  EXPECT_TRUE(pieces("http://\xED\xA0\x80.example \xC0\xAF").size() <= 1U);
}

TEST(Pieces, ReadNoMoreThanTwentyThousandCharacters) {
  std::string text(20'000, ' ');
  EXPECT_TRUE(pieces(text + "0812-0000-1234").empty());
  EXPECT_EQ(pieces(text.substr(20) + "0812-0000-1234").size(), 1U);
}

}  // namespace
}  // namespace rantau::offers
