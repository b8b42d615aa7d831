// What the check answers to messages as they are really written: good, bad, tricky.
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "base/text.h"
#include "modules/offers/check_world.h"

namespace rantau::offers {
namespace {

using world::ask;
using world::codes;
using world::says;

struct Message {
  std::string text;
  Color verdict;
  std::string cause;     // one of the causes that must be named
  std::string pieces{};  // kind=value, those that must be read, one blank between
};

std::string with(std::string text, std::string_view code) {
  const auto at = text.find("{}");
  return at == std::string::npos ? text : text.replace(at, 2, code);
}

constexpr auto green = Color::resmi, amber = Color::belum_terbukti, red = Color::bahaya;

std::vector<Message> messages() {
  using namespace world;
  const std::string a = show_code(caregiver), b = show_code(factory);
  std::string mistyped = caregiver;
  mistyped[5] = mistyped[5] == 'A' ? 'B' : 'A';
  return {
      // --- official
      {a, green, "order_open", "code=" + caregiver},
      {caregiver, green, "order_open"},
      {with("kode {}", a), green, "order_open"},
      {with("Info loker kaigo Jepang, cek di {} ya kak 🙏", a), green, "order_open", "country=JP"},
      {with("  {}  \n", a), green, "order_open"},
      {with("PT Maju Jaya Abadi buka lowongan perawat lansia ke Jepang, gaji ¥198.000, kode {}", a), green, "licence_valid",
       "company=PT_Maju_Jaya_Abadi money=JPY_198000"},
      {"SIP2MI-30001/2026", green, "order_open", "permit_number=SIP2MI-30001/2026"},
      {"Nomor SIP2MI no. 30001/2026 untuk Jepang", green, "order_open"},
      {"PT Maju Jaya Abadi, perawat lansia ke Jepang, gaji ¥200.000 per bulan", green, "order_open"},
      {"pt maju jaya abadi butuh caregiver ke jepang gaji 198.000 yen", green, "licence_valid"},
      {with("PT. MAJU JAYA ABADI (P3MI) - Jepang - tanpa biaya - {}", a), green, "head_office"},
      {"PT Samudra Karya Mandiri, operator pabrik ke Taiwan gaji NT$ 28.590 sebulan, gratis biaya pendaftaran", green, "order_open",
       "money=TWD_28590"},
      {"Kerja pabrik Taiwan gaji NT$ 28.590 via PT Samudra Karya Mandiri. Hub kantor 021-0000-1005", green, "order_open",
       "phone=+622100001005"},
      {with("PT Maju Jaya Abadi Jepang, info kantor@maju-jaya.example {}", a), green, "order_open",
       "email=kantor@maju-jaya.example"},
      {with("https://rantau.example/v/{}", caregiver), green, "order_open"},
      {"Looking for caregivers to Japan with PT Maju Jaya Abadi, no placement fee, salary 198,000 yen", green, "order_open"},
      {"PT Maju Jaya Abadi, caregiver ke Jepang gaji 21 jt per bulan", green, "order_open"},
      {with("PT Maju Jaya Abadi, Jepang. Biaya Rp 0, ditanggung majikan. {}", a), green, "order_open"},
      {with("PT Maju Jaya Abadi Jepang. Tidak dipungut uang jaminan. {}", a), green, "order_open"},
      {with("Semua biaya ditanggung majikan. Kontrak 24 bulan, 40 jam seminggu. Kode {}", a), green, "order_open"},
      // --- not proven
      {"pt maju jaya abadi butuh caregiver ke jepang", amber, "job_like"},
      {"saya ditawari teman kerja di Jepang, katanya PT Maju Jaya Abadi", amber, "job_like"},
      {"Program magang Jepang PT Maju Jaya Abadi. Untuk biaya silakan japri", amber, "job_like"},
      {"021-0000-1001 Jepang", amber, "job_like"},
      {"SIP3MI-1001/2022 Jepang", amber, "job_like"},
      {"PT Maju Jaya Abadi tukang kebun di Jepang gaji 198.000 yen", amber, "job_like"},
      {"PT Maju Jaya Abadi", amber, "job_not_named", "company=PT_Maju_Jaya_Abadi"},
      {"maju jaya abadi", amber, "job_not_named"},
      {"SIP3MI-1001/2022", amber, "job_not_named", "licence_number=SIP3MI-1001/2022"},
      {"PT Maju Jaya Abadi buka loker ke Korea Selatan", amber, "job_not_found", "country=KR"},
      {"PT Samudera Karya Mandiri, Taiwan, gaji NT$ 28.590", amber, "name_similar"},
      {"PT Maju Jaya Abdi ke Jepang", amber, "name_similar"},
      {"PT Angin Lalu Sentosa kirim perawat ke Jepang", amber, "name_unknown"},
      {"021-0000-1001", amber, "contact_registered", "phone=+622100001001"},
      {"0812 0000 4321", amber, "nothing_found", "phone=+6281200004321"},
      {"halo kak mau tanya lowongan dong", amber, "nothing_found"},
      {"Apakah benar ada lowongan kerja di luar negeri untuk lulusan SMA? Mohon infonya segera ya admin", amber, "nothing_found"},
      {mistyped, amber, "code_typo"},
      {"ZZZZ-ZZZZ-1 kode ini asli?", amber, ""},
      {"SIP2MI-99999/2026", amber, "permit_unknown"},
      {"SIP3MI-9999/2022", amber, "licence_unknown"},
      {"Kerja di Jepang gaji 25jt", amber, "country_open"},
      {"Lowongan di Islandia, cek ya", amber, "country_unstated", "country=IS"},
      {with("Kode {} HK", show_code(full_order)), amber, "order_full"},
      {with("Kode {} dari PT Samudra Karya Mandiri", a), amber, "code_of_other"},
      {with("Kode {} kerja di Taiwan", a), amber, "country_differs"},
      {"SIP2MI-30001/2026 dari PT Samudra Karya Mandiri", amber, "permit_of_other"},
      {"Nomor SIP2MI-30001/2026 kerja di Taiwan", amber, "permit_country"},
      {"PT Maju Jaya Abadi Jepang hub 0812-0000-7777", amber, "phone_other"},
      {"SIP2MI 30001 2026 hub 08l2-3456-789O", amber, "phone_other", "permit_number=SIP2MI-30001/2026 phone=+6281234567890"},
      {with("{} info lengkap bit.ly/loker-jp", a), amber, "link_foreign", "link=bit.ly"},
      {"PT Maju Jaya Abadi Jepang surel maju.jaya@surel.example", amber, "email_unofficial"},
      {"PT Maju Jaya Abadi caregiver ke Jepang gaji ¥240.000", amber, "pay_above"},
      {"PT Maju Jaya Abadi caregiver ke Jepang gaji ¥120.000", amber, "pay_below"},
      {"rekening BCA 123-456-7890", amber, "account_unofficial", "account=1234567890"},
      // --- danger
      {"PT Layar Semu Perkasa", red, "licence_revoked"},
      {"pt layar semu perkasa ke jepang", red, "licence_revoked"},
      {"SIP3MI-1002/2022", red, "licence_revoked"},
      {"PT. Dermaga Fajar Umpama cari ABK", red, "licence_suspended"},
      {"PT Lentera Selat Mandiri butuh 20 orang ke Taiwan", red, "licence_licence_expired"},
      {"Kerja di Kamboja gaji 12 juta, admin judi online", red, "country_closed", "country=KH money=IDR_12000000"},
      {"Cambodia customer service, salary USD 1,200", red, "country_closed"},
      {"ART ke Arab Saudi, gaji 1500 riyal", red, "country_closed", "money=SAR_150000"},
      {with("Kode {}", show_code(revoked_order)), red, "order_revoked"},
      {"Kerja pabrik di Eropa, gaji 40 jt! Visa turis dulu. Transfer 7.500.000 hari ini ke rek 000 0000 912, hub. 0812 0000 455, "
       "PT Layar Semu Perkasa",
       red, "fee_private_account",
       "money=IDR_40000000 visa=visa_turis money=IDR_7500000 account=0000000912 company=PT_Layar_Semu_Perkasa"},
      {"Bayar DP dulu 2,5jt kak, sisanya potong gaji", red, "fee_asked", "money=IDR_2500000"},
      {"biaya admin 500rb saja, minggu depan terbang", red, "fee_asked", "money=IDR_500000"},
      {"Ada biaya pendaftaran ya kak, nanti diinfo", red, "demand"},
      {"uang kursi wajib lunas sebelum tes", red, "demand"},
      {"Tf ke BRI 0000 01 000912 50 0 a.n. Contoh", red, "demand_private_account"},
      {"Berangkat pakai visa umrah, nanti di sana diurus kerjanya", red, "visa_not_for_work", "visa=visa_umrah"},
      {"pakai visa kunjungan dulu aman kok", red, "visa_not_for_work"},
      {"Tourist visa first then work permit, Poland factory", red, "visa_not_for_work"},
      {"Paspor ditahan dulu sama agen sampai berangkat", red, "papers_kept", "document=paspor_ditahan"},
      {"KTP dan ijazah dikumpulkan ke kantor", red, "papers_kept"},
      {"KTP dan KK asli dipegang agen selama proses ya", red, "papers_kept"},
      {"ditahan dulu paspor sama ijazah asli sbg jaminan", red, "papers_kept"},
      {with("{} lewat jalur belakang aja", a), red, "byway"},
      {"berangkat unprosedural, via Batam naik kapal malam", red, "byway"},
      {"Kerja di Kambodja, gaji 10 juta", red, "country_closed", "country=KH"},
      {"admin slot di Poipet", red, "country_closed"},
      {with("{} denda kalau mundur 15jt", a), red, "fee_asked"},
      {with("{} bayare 3 yuta wae mas", a), red, "fee_asked", "money=IDR_3000000"},
      {"hub 0 8 1 2 - 0 0 0 0 - 0 9 0 0", red, "on_warning"},
      {"hub 0812 0000 O9O0", red, "on_warning", "phone=+6281200000900"},
      {"t.me/+6281200000900", red, "on_warning"},
      {"p.t layar semu perkasa", red, "licence_revoked"},
      {"hubungi 0812-0000-0900", red, "on_warning"},
      {"wa.me/6281200000900", red, "on_warning", "phone=+6281200000900"},
      {"hub ０８１２ ００００ ０９００", red, "on_warning"},
      {"hub \xE2\x80\x8F+62 812-0000-0900\xE2\x80\x8E", red, "on_warning"},
      {"0️⃣8️⃣1️⃣2️⃣0️⃣0️⃣0️⃣0️⃣0️⃣9️⃣0️⃣0️⃣", red, "on_warning"},
      {"rek Mandiri 0000-000-900", red, "on_warning", "account=0000000900"},
      {"Atas nama Raden Umpama Contoh", red, "on_warning"},
      {"Daftar di https://www.kerja-cepat-eropa.example/form?id=3", red, "on_warning", "link=www.kerja-cepat-eropa.example"},
      {"BURUAN!! kuota tinggal DUA kursi, pabrik cokelat.", red, "on_warning"},
      {"Daftar resmi di bp2mi-resmi.example ya", red, "link_imitates"},
      {"https://bp2mi.go.id.masuk.example/login", red, "link_imitates"},
      {"https://www.bp2mi.go.id@kerja-cepat-eropa.example/", red, "on_warning"},
      {"PT Maju Jaya Abadi caregiver ke Jepang gaji ¥500.000 sebulan", red, "pay_far_above"},
      {with("{} uang jaminan 3 juta ya", a), red, "fee_asked"},
      {"РТ Lауаr Semu Perkasa", red, "licence_revoked"},  // Cyrillic letters that look Latin
      {"𝗣𝗧 𝗟𝗮𝘆𝗮𝗿 𝗦𝗲𝗺𝘂 𝗣𝗲𝗿𝗸𝗮𝘀𝗮", red, "licence_revoked"},
      {"Byr 3.000.000 utk kursi, gaji 30jt/bln", red, "fee_asked", "money=IDR_3000000 money=IDR_30000000"},
  };
}

TEST(Check, EveryMessageGetsItsVerdictForItsReason) {
  auto w = world::make();
  const auto all = messages();
  EXPECT_GE(all.size(), 60U);
  for (const Message& m : all) {
    const Verdict v = ask(w, m.text);
    EXPECT_EQ(word(v.color), word(m.verdict)) << m.text << "\n  " << codes(v);
    EXPECT_TRUE(m.cause.empty() || says(v, m.cause)) << m.text << "\n  wanted " << m.cause << ", has " << codes(v);
    std::string read;
    for (const Piece& p : v.found) {
      std::string value = p.value;
      std::replace(value.begin(), value.end(), ' ', '_');
      read += std::string(word(p.kind)) + "=" + value + " ";
    }
    for (std::size_t at = 0; at < m.pieces.size();) {
      const auto end = std::min(m.pieces.find(' ', at), m.pieces.size());
      const std::string wanted = m.pieces.substr(at, end - at) + " ";
      EXPECT_NE(read.find(wanted), std::string::npos) << m.text << "\n  wanted " << wanted << "in " << read;
      at = end + 1;
    }
  }
}

// A real code beside a demand, another trade, another channel or another place: each of these was once green.
TEST(Check, ARealCodeMakesNothingElseInTheMessageTrue) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const char* rest : {"5jt",
                           "Rp5.000.000,-",
                           "cuma 5jt all in",
                           "5 juta beres",
                           "Rp. 5.000.000 sudah termasuk tiket",
                           "siapkan dana 3 jutaan",
                           "paket lengkap 12 juta",
                           "harga 12jt",
                           "3000 ringgit utk agen",
                           "medical 1,2jt sendiri",
                           "adm 750k",
                           "infaq seikhlasnya 2 juta",
                           "b4yar 5jt",
                           "ba yar 5 jt",
                           "transfer nang rekeningku",
                           "bayar lewat QRIS ya",
                           "pake gopay/ovo aja",
                           "deposit refundable",
                           "ada biaya, nanti dijelaskan",
                           "dana talangan bank",
                           "japri utk biaya",
                           "pasportmu tak gowo sik",
                           "kirim foto ktp, kk, sama selfie ke WA",
                           "gak perlu medical",
                           "wa : 0 8 1 2 - 3 4 5 6 - 7 8 9 0",
                           "nol delapan satu dua tiga",
                           "DM telegram @agen_jepang_cepat",
                           "ig: loker.jepang.resmi",
                           "klik hxxp://loker[.]xyz",
                           "via LPK Sakura",
                           "lewat sponsor Bu Yanti",
                           "p.t layarsemuperkasa",
                           "Cabang Cirebon",
                           "di Phnom Penh",
                           "di Eropa",
                           "Taiwan atau Jepang bebas pilih",
                           "Juru las",
                           "jadi LC karaoke",
                           "Operator pabrik roti",
                           "tidak ada biaya kecuali uang kursi",
                           "bawa uang tunai ke rumah saya",
                           "umur bebas asal mau",
                           "押金5000",
                           "🔥 serahkan surat tanah",
                           "gaji 20 jt, uang saku 9 jt"}) {
    EXPECT_NE(ask(w, code + " " + rest).color, green) << rest << ": " << codes(ask(w, code + " " + rest));
    EXPECT_NE(ask(w, std::string(rest) + "\n" + code).color, green) << rest;
  }
}

// Only so many codes, names and countries of one message are looked up. What is beyond that is unknown, not official.
TEST(Check, WhatIsNotLookedUpIsNotKnown) {
  auto w = world::make();
  std::string codes_first = show_code(world::caregiver), names_first = codes_first, lands_first = codes_first + " Jepang";
  for (int i = 0; i < 8; ++i) codes_first += "\n" + show_code(i < 7 ? world::caregiver : world::revoked_order);
  for (int i = 0; i < 5; ++i) names_first += i < 4 ? ", PT Maju Jaya Abadi" : ", PT Layar Semu Perkasa";
  for (const char* country : {"Taiwan", "Korea Selatan", "Hongkong", "Arab Saudi", "Islandia", "Kamboja"})
    lands_first += std::string(", ") + country;
  for (const std::string& text : {codes_first, names_first, lands_first})
    EXPECT_NE(ask(w, text).color, green) << text << "\n" << codes(ask(w, text));
  std::string links = show_code(world::caregiver);
  for (int i = 0; i < 60; ++i) links += i < 59 ? " https://maju-jaya.example/" + std::to_string(i) : " https://kerja-cepat.example";
  EXPECT_NE(ask(w, links).color, green) << codes(ask(w, links));
}

TEST(Check, OnASharedHostOnlyThePageAndTheMailBoxOfTheCompanyAreItsOwn) {
  auto w = world::make();
  auto c = w.db.read([&](Act& act) { return *partners::find(act, w.maju); });
  c.website = "https://sosial.example/pt-maju";
  c.email = "pt.maju@surel.example";
  ASSERT_TRUE(w.db.write([&](Act& act) { return partners::amend(act, c.id, c); }));
  const std::string code = show_code(world::caregiver);
  for (const char* own : {" https://sosial.example/pt-maju", " sosial.example/pt-maju/kontak", " pt.maju@surel.example"})
    EXPECT_EQ(ask(w, code + own).color, green) << own << ": " << codes(ask(w, code + own));
  for (const char* other : {" https://sosial.example/pt-maju-palsu", " https://sosial.example/", " loker@surel.example"})
    EXPECT_EQ(ask(w, code + other).color, amber) << other << ": " << codes(ask(w, code + other));
}

TEST(Check, AnInnocentOrCarefulMessageIsNotCalledDanger) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const std::string& text : {std::string("Halo bu, besok jadi arisan di rumah. Bawa uang kas 50 ribu"),
                                  std::string("Lowongan kasir di Bekasi, gaji 4,5 juta, uang makan 25rb per hari"),
                                  code + " gaji 22 jt, uang makan 2 jt, tunjangan",
                                  std::string("PT Maju Jaya Abadi, uang saku 5 juta diberikan saat berangkat"),
                                  code + " Semua biaya ditanggung majikan: visa 3 juta, tiket 10 juta.",
                                  std::string("Paspor dipegang sendiri"), code + " Bukan ke Kamboja ya, ini Jepang resmi"})
    EXPECT_NE(ask(w, text).color, red) << text << ": " << codes(ask(w, text));
}

// A site may run on a name without a dot and on a port, as on the first day of a trial.
TEST(Check, OurOwnLinkIsReadByHostAndPortAndNeverByItsBeginning) {
  auto w = world::make();
  const auto at = [&](const std::string& site, const std::string& text) {
    return w.db.read([&](Act& act) { return check(act, text, {}, {.site = site}); });
  };
  const std::string path = "/v/" + world::caregiver;
  for (const std::string site : {"localhost:8301", "rantau.example", "rantau.example:8443"}) {
    EXPECT_EQ(address_of_site("https://" + site + "/"), site);
    for (const std::string& text :
         {"http://" + site + path, "https://" + site + path + "?bahasa=en", "http://" + site + "/lowongan/" + world::caregiver,
          "Cek keasliannya: http://" + site + path,
          "Hasil cek tawaran kerja di Rantau: RESMI. Terdaftar dan cocok dengan lowongan ini. Periksa ulang di http://" + site +
              path,
          "Result of a job offer check at Rantau: OFFICIAL. Registered, and it fits this job. Check again at https://" + site +
              path,
          "Perawat lansia · Contoh, Jepang. Gaji ¥ 198.000 sebulan. Cek keasliannya: https://" + site + path})
      EXPECT_EQ(at(site, text).color, green) << text << ": " << codes(at(site, text));
    for (const std::string& other :
         {"http://" + site + ".jahat.example" + path, "http://" + site + "@jahat.example" + path,
          "http://jahat.example/" + site + path, "http://x" + site + path, "https://" + site + "1" + path}) {
      EXPECT_NE(at(site, other).color, green) << other << ": " << codes(at(site, other));
      EXPECT_TRUE(says(at(site, other), "link_foreign")) << other << ": " << codes(at(site, other));
    }
  }
  EXPECT_NE(at("rantau.example", "http://rantau.example\\@jahat.example" + path).color, green);
  EXPECT_NE(at("localhost:8301", "http://localhost:9999" + path).color, green);
  EXPECT_NE(at("localhost:8301", "localhost:8301.jahat.example" + path).color, green);
  EXPECT_TRUE(says(at("localhost:8301", "localhost:8301.jahat.example" + path), "link_foreign"));
  EXPECT_NE(at("rantau.example", "https://rantau.example" + path + " bayar 2 juta dulu").color, green);
}

TEST(Check, AQrToAnInstitutionOrToTheCompanyItselfIsNotDanger) {
  auto w = world::make();
  const auto scan = [&](const std::string& text) {
    return w.db.read([&](Act& act) { return check(act, text, {.from_qr = true}, {.site = "rantau.example"}); });
  };
  for (const char* own : {"https://www.bp2mi.go.id/", "https://jakarta.go.id/lowongan", "https://maju-jaya.example/karier"})
    EXPECT_EQ(scan(own).color, amber) << own << ": " << codes(scan(own));
  for (const char* other :
       {"https://kerja-cepat.example/daftar", "https://bp2mi-resmi.example/", "https://bp2mi.go.id.jahat.example/",
        "https://maju-jaya.example.jahat.example/", "https://bit.ly/maju-jaya"})
    EXPECT_EQ(scan(other).color, red) << other << ": " << codes(scan(other));
  EXPECT_EQ(ask(w, "https://kerja-cepat.example/daftar").color, amber) << "a link in a text is only named";
  EXPECT_EQ(scan("https://rantau.example/v/" + world::caregiver).color, green);
}

// The amounts that the page of the job prints are no demand, in whatever order they are copied.
TEST(Check, TheAmountsOfTheRecordAreNoDemandAndOtherAmountsAre) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const std::string& text :
       {"Potongan ¥ 9.000 gaji ¥ 198.000 " + code, code + " Potongan ¥9.000, terima ¥189.000",
        "PT Maju Jaya Abadi, pay 198,000 yen, code " + code, "Gaji ¥ 198.000\nPotongan −¥ 9.000\nAnda terima ¥ 189.000\n" + code})
    EXPECT_NE(ask(w, text).color, red) << text << ": " << codes(ask(w, text));
  EXPECT_EQ(ask(w, "Gaji ¥ 198.000\nPotongan −¥ 9.000\nAnda terima ¥ 189.000\n" + code).color, green);
  for (const std::string& text : {code + " Potongan ¥ 90.000", code + " bayar ¥ 198.000 dulu", code + " potong 3 juta",
                                  code + " please pay 2,000,000 first", std::string("potongan 5 juta untuk agen")})
    EXPECT_EQ(ask(w, text).color, red) << text << ": " << codes(ask(w, text));
}

TEST(Check, AStrangePartOfTheMessageIsShown) {
  auto w = world::make();
  const Verdict v = ask(w, show_code(world::caregiver) + " bawa uang tunai ke rumah saya");
  const auto cause = std::find_if(v.causes.begin(), v.causes.end(), [](const Cause& c) { return c.code == "text_unmatched"; });
  ASSERT_NE(cause, v.causes.end()) << codes(v);
  EXPECT_EQ(cause->sentence.words.front().second, "bawa uang tunai ke rumah saya");
}

TEST(Check, ASuspendedLicenceTurnsTheVerdictRedAtOnce) {
  auto w = world::make();
  ASSERT_EQ(ask(w, world::caregiver).color, green);
  const partners::Term stop{.state = partners::Licence::suspended_full,
                            .from = world::today,
                            .decree = "KEP-1/CONTOH",
                            .reason = "Memungut biaya",
                            .legal_basis = "Permen P2MI 4/2025"};
  ASSERT_TRUE(w.db.write([&](Act& act) { return partners::set_licence(act, w.maju, stop); }));
  const Verdict v = ask(w, world::caregiver);
  EXPECT_EQ(v.color, red) << codes(v);
  EXPECT_TRUE(says(v, "licence_suspended"));
  EXPECT_FALSE(v.order) << "a red answer leads to no job";
}

TEST(Check, AWithdrawnWarningNoLongerCountsAndUndoingRestoresIt) {
  auto w = world::make();
  ASSERT_EQ(ask(w, "0812-0000-0900").color, red);
  ASSERT_TRUE(w.db.write([&](Act& act) { return withdraw_warning(act, w.warning, "Salah nomor"); }));
  for (const char* text : {"0812-0000-0900", "rek 0000 000 900", "Atas nama Raden Umpama Contoh", "kerja-cepat-eropa.example",
                           "kuota tinggal dua kursi pabrik cokelat"})
    EXPECT_FALSE(says(ask(w, text), "on_warning")) << text;
  w.db.later(59);
  ASSERT_TRUE(w.db.write([&](Act& act) { return undo_withdrawal(act, w.warning); }));
  EXPECT_EQ(ask(w, "0812-0000-0900").color, red);
}

TEST(Check, AWithdrawalCannotBeUndoneAfterAMinute) {
  auto w = world::make();
  ASSERT_TRUE(w.db.write([&](Act& act) { return withdraw_warning(act, w.warning, "Salah nomor"); }));
  w.db.later(61);
  const auto late = w.db.write([&](Act& act) { return undo_withdrawal(act, w.warning); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.refusal().key, "offers.check.undo_too_late");
}

TEST(Check, LikenessAloneIsNeverGreen) {
  auto w = world::make();
  const std::string name = "PT Maju Jaya Abadi";
  for (std::size_t i = 3; i < name.size(); ++i) {
    std::string typo = name;
    typo.erase(i, 1);
    if (text::company_key(typo) == text::company_key(name)) continue;
    const Verdict v = ask(w, typo + " ke Jepang gaji ¥198.000");
    EXPECT_NE(v.color, green) << typo << ": " << codes(v);
  }
}

TEST(Check, AnswersOnlyRaiseTheRisk) {
  auto w = world::make();
  EXPECT_EQ(ask(w, world::caregiver, {.asked_to_pay = true}).color, red);
  EXPECT_EQ(ask(w, world::caregiver, {.holds_passport = true}).color, red);
  EXPECT_EQ(ask(w, world::caregiver, {.tourist_visa = true}).color, red);
  EXPECT_EQ(ask(w, world::caregiver, {.office_unseen = true}).color, amber);
  EXPECT_EQ(ask(w, world::caregiver, {.no_contract = true}).color, amber);
  for (const Message& m : messages())
    for (const Answers& a : {Answers{}, Answers{.asked_to_pay = true}, Answers{.no_contract = true}})
      EXPECT_GE(ask(w, m.text, a).color, ask(w, m.text).color) << m.text;
}

TEST(Check, ATypingErrorIsNamedByItsPlace) {
  auto w = world::make();
  std::string typo = world::caregiver;
  typo[5] = typo[5] == 'A' ? 'B' : 'A';
  const Verdict v = ask(w, typo);
  EXPECT_EQ(v.code_hint, "6");
  EXPECT_EQ(v.color, amber);
}

TEST(Check, AnOrderWithoutDaysLeftIsNotOfficial) {
  auto w = world::make();
  auto later = w.db.on(world::today.plus_days(90));
  const Verdict v = later.read([&](Act& act) { return check(act, world::caregiver); });
  EXPECT_EQ(v.color, amber) << codes(v);
  EXPECT_TRUE(says(v, "order_over"));
}

TEST(Check, APublishedWarningNeedsTheRightAndAnUsableMark) {
  auto w = world::make();
  Warning one;
  one.title = "Judul contoh";
  one.reason = "Alasan contoh yang cukup";
  one.marks = {{Mark::name, "Siti"}};
  const auto common = w.db.write([&](Act& act) { return publish_warning(act, one); });
  ASSERT_FALSE(common);
  EXPECT_EQ(common.refusal().fields.front().second.key, "offers.check.mark_wrong_name");
  one.marks = {{Mark::phone, "0812-0000-0901"}};
  auto nobody = w.db.as("tamu", {});
  EXPECT_FALSE(nobody.write([&](Act& act) { return publish_warning(act, one); }));
  ASSERT_TRUE(w.db.write([&](Act& act) { return publish_warning(act, one); }));
  EXPECT_EQ(w.db.read([&](Act& act) { return warnings(act, 1); }).front().number, "0002/2026");
}

TEST(Check, AWarningShowsANameAsItWasWrittenAndComparesItFolded) {
  auto w = world::make();
  const auto kept = w.db.read([&](Act& act) { return warnings(act, 1); }).front().marks;
  const auto name = std::find_if(kept.begin(), kept.end(), [](const auto& m) { return m.mark == Mark::name; });
  ASSERT_NE(name, kept.end());
  EXPECT_EQ(name->shown, "Raden Umpama Contoh");
  EXPECT_EQ(name->value, "umpama conto");
}

TEST(Check, CountsWithoutKeepingTheText) {
  auto w = world::make();
  for (int i = 0; i < 3; ++i)
    w.db.write([&](Act& act) {
      count_check(act, check(act, "Kerja di Kamboja gaji 12 juta"));
      return Done{};
    });
  EXPECT_EQ(test::rows(w.db, "SELECT day, kind, verdict, country, n FROM offers_check_count"),
            std::vector<std::string>{"2026-11-24|message|bahaya|KH|3"});
}

TEST(Check, TheJsonHoldsTheVerdictTheReasonsAndThePiecesOnly) {
  auto w = world::make();
  const std::string json = to_json(ask(w, "Kerja di Kamboja"), "id");
  EXPECT_NE(json.find(R"("verdict":"bahaya")"), std::string::npos);
  EXPECT_NE(json.find(R"("code":"country_closed")"), std::string::npos);
  EXPECT_NE(json.find("Penempatan ke Kamboja"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("found":[{"kind":"country","value":"KH"}])"), std::string::npos) << json;
  EXPECT_NE(to_json(ask(w, "Kerja di Kamboja"), "en").find("Cambodia"), std::string::npos);
}

TEST(Check, EverySentenceOfEveryVerdictExistsInBothLanguages) {
  auto w = world::make();
  for (const Message& m : messages())
    for (const char* lang : {"id", "en"}) EXPECT_NO_THROW(to_json(ask(w, m.text), lang)) << m.text;
}

TEST(Check, NoTextEverSaysThatAnOfferIsSafe) {
  for (const char* file : {"modules/offers/text/check.id.txt", "modules/offers/text/check.en.txt"}) {
    const auto text = embedded_file(file);
    ASSERT_TRUE(text) << file;
    for (const auto& w : text::words(text::fold(text->bytes)))
      EXPECT_TRUE(w != "aman" && w != "safe" && w != "terjamin" && w != "perlindungan") << file << ": " << w;
  }
}

}  // namespace
}  // namespace rantau::offers
