// Messages as they reach the counter: slang, mixed languages, hidden numbers, real codes beside bad requests. Two things are
// asked of each: never RESMI where anything speaks against it, and BAHAYA where an officer would say so at once.
#include <gtest/gtest.h>

#include "modules/offers/check_world.h"

namespace rantau::offers {
namespace {

using world::ask;
using world::codes;

constexpr auto amber = Color::belum_terbukti, red = Color::bahaya;

struct Seen {
  std::string text;
  Color least;  // the mildest verdict that protects the person who asks
};

std::vector<Seen> seen() {
  using namespace world;
  const std::string a = show_code(caregiver), b = show_code(factory), over = show_code(full_order), gone = show_code(revoked_order);
  return {
      // a real code, and money asked for beside it
      {a + " resmi ya kak, tinggal tf 1,5jt buat amankan kursi", red},
      {"Kode " + a + ". Biaya proses 12 juta bisa dicicil 3x", red},
      {"Cek aja kode " + a + " asli kok. DP 2jt dulu baru medical", red},
      {a + " Jepang kaigo. Uang jaminan 5 juta, balik kalo udah terbang", red},
      {"This is official: " + a + ". Processing fee USD 500 before interview", red},
      {"Kode " + b + " pabrik Taiwan, potong gaji 8 bulan", red},
      {a + " bayar admin 350rb ke bu haji ya", red},
      {"Loker " + a + ", setor uang muka ke BRI 0012 01 009999 50 3 an Sukma", red},
      {"kode " + a + " siapkan dana 7 juta cash", amber},
      {a + " ada biaya kecil nanti dibicarakan", amber},
      // a real code, and somebody else's contact
      {a + " hub Bu Rina 0812-0000-5555", amber},
      {"PT Maju Jaya Abadi kode " + a + " WA 0857 0000 1234", amber},
      {a + " chat aja 08l2-oooo-5555", amber},
      {a + " tele @agen_jepang_resmi", amber},
      {a + " gabung grup https://chat.whatsapp.com/AbCdEf123", amber},
      {a + " transfer ke rek BCA 1234567890", red},
      {a + " daftar di bit.ly/kaigo-jp", amber},
      {a + " email maju.jaya.abadi@surel.example", amber},
      {a + " 0812.0000.0900", red},
      // a code that says another thing than the message
      {"PT Samudra Karya Mandiri kode " + a + " kaigo Jepang", amber},
      {"Kode " + a + " untuk kerja di Korea Selatan", amber},
      {"Kode " + a + " gaji 60 juta per bulan", red},
      {"Kode " + a + " Jepang dan Kamboja, gaji sama", red},
      {"Kode " + over + " masih buka gan", amber},
      {"Kode " + gone + " Korea, resmi", red},
      {a.substr(0, 4) + " ini kodenya, lanjutannya nanti", amber},
      // a licensed company with something wrong
      {"PT Maju Jaya Abadi buka kaigo Jepang ¥198.000, kantor 021-0000-9999", amber},
      {"PT Maju Jaya Abady, kaigo jepang, gaji 21jt", amber},
      {"P.T. MAJU JAYA ABADl (resmi) kaigo Jepang", amber},
      {"PT Maju Jaya Abadi Jepang pakai visa turis dulu", red},
      {"PT Maju Jaya Abadi, paspor asli diserahkan ke kami", red},
      {"PT Samudra Karya Mandiri Taiwan, ijazah ditahan sampai kontrak habis", red},
      // honest words of a company that is not licensed, or not any more
      {"PT Cahaya Rantau Nusantara membuka lowongan perawat ke Jerman, tanpa biaya, kantor di Bekasi", amber},
      {"CV Berkah Abadi penyalur ART Malaysia gaji RM 1.700", amber},
      {"pt layar semu perkasa kaigo jepang tanpa biaya", red},
      {"Dermaga Fajar Umpama PT butuh ABK Taiwan", amber},
      // no company at all
      {"kerja ke kamboja jd admin gaji 15jt, tiket ditanggung", red},
      {"Butuh org cpt kerja kebun Malaysia, gak pake paspor gpp lewat jalur belakang", red},
      {"vacancy di Dubai cleaning service, pake visa visit, nti diurus di sana", red},
      {"loker pabrik coklat eropa gaji 40jt no skill, daftar kerja-cepat-eropa.example", red},
      {"lowker jepun gaji gede, DM aja", amber},
      {"Info TKW Arab Saudi PRT gaji 1500 riyal proses cepat", red},
  };
}

TEST(CheckInTheField, NothingThatSpeaksAgainstAnOfferIsEverOfficial) {
  auto w = world::make();
  const auto all = seen();
  EXPECT_GE(all.size(), 40U);
  for (const Seen& m : all) {
    const Verdict v = ask(w, m.text);
    EXPECT_NE(v.color, Color::resmi) << m.text << "\n  " << codes(v);
    EXPECT_TRUE(m.least != red || v.color == red) << m.text << "\n  " << codes(v);
    EXPECT_FALSE(v.color == red && v.order) << "a red answer leads to no job: " << m.text;
  }
}

// What is true of one message is true of all: a danger sign or a strange number beside a real code.
TEST(CheckInTheField, NoRealCodeOutweighsADangerSignOrAStrangersNumber) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  ASSERT_EQ(ask(w, code).color, Color::resmi);
  for (const char* sign : {"bayar 2jt", "uang kursi", "visa turis", "paspor ditahan", "rek BCA 1234567890", "0812-0000-5555",
                           "wa.me/6281200005555", "kerja-cepat-eropa.example", "Kamboja", "PT Layar Semu Perkasa"})
    for (const std::string& text : {code + " " + sign, sign + std::string("\n") + code, code + ". " + code + ", " + sign}) {
      const Verdict v = ask(w, text);
      EXPECT_NE(v.color, Color::resmi) << text << "\n  " << codes(v);
    }
}

// Many good contacts do not hide a bad one behind them.
TEST(CheckInTheField, AStrangersNumberBehindManyOfficialOnesIsSeen) {
  auto w = world::make();
  std::string phones = show_code(world::caregiver);
  for (int i = 0; i < 12; ++i) phones += " 021-0000-1001,";
  EXPECT_NE(ask(w, phones + " 0812-0000-5555").color, Color::resmi);
}

}  // namespace
}  // namespace rantau::offers
