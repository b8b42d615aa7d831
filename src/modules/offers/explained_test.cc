// Green is for a message that says what the record says, and for nothing else: denials, burdens, other facts.
#include <gtest/gtest.h>

#include "modules/offers/check_world.h"

namespace rantau::offers {
namespace {

using world::ask;
using world::codes;

TEST(Green, IsNotGivenWhenTheWorkerPays) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const std::string said :
       {"biaya penempatan ditanggung pekerja", "semua biaya ditanggung pekerja", "biaya ditanggung kamu", "tidak gratis",
        "biaya Rp 0, tidak gratis", "tidak bisa gratis ya kak", "not free", "gratis untuk perusahaan, pekerja tidak gratis"}) {
    const auto v = ask(w, code + " " + said);
    EXPECT_EQ(v.color, Color::bahaya) << said << ": " << codes(v);
  }
}

TEST(Green, IsNotGivenToDenialsOrOtherFacts) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const std::string said : {"Tidak resmi.",
                                 "Ini bukan lowongan resmi",
                                 "Tanpa izin",
                                 "no izin",
                                 "tidak ada kontrak",
                                 "kontrak tidak ada",
                                 "tanpa gaji",
                                 "ga ada gaji",
                                 "gaji nol",
                                 "tanpa libur",
                                 "bukan PT Maju Jaya Abadi",
                                 "bukan kerja di Jepang",
                                 "gaji ¥198.000 per hari",
                                 "gaji ¥198.000 per minggu",
                                 "gaji ¥198.000 per jam",
                                 "gaji ¥198.000 per kontrak",
                                 "gaji ¥198.000 setahun",
                                 "gaji 28 jt",
                                 "gaji 26 juta",
                                 "gaji 20 juta",
                                 "PT Maju Jaya Abadi Sentosa",
                                 "CV Maju Jaya Abadi",
                                 "PT Maju Jaya",
                                 "di Tokyo, bukan Osaka",
                                 "SIP2MI-30002/2026",
                                 "pendidikan SD",
                                 "lowongan perawat (bukan kaigo)",
                                 "usia sampai 47 tahun",
                                 "sisa 2 tempat",
                                 "kantor di jl. kaigo Jakarta no 47",
                                 "hubungi kami di WA ini ya kak",
                                 "kontrak ga perlu",
                                 "izin belum ada",
                                 "not an official job",
                                 "without contract",
                                 "resmi? tidak",
                                 "Jepang? bukan, Taiwan",
                                 "khusus yang mau langsung berangkat"}) {
    const auto v = ask(w, code + " " + said);
    EXPECT_NE(v.color, Color::resmi) << said << ": " << codes(v);
  }
}

TEST(Green, IsGivenToWhatTheRecordSays) {
  auto w = world::make();
  const std::string code = show_code(world::caregiver);
  for (const std::string said : {"", "PT Maju Jaya Abadi", "PT Maju Jaya Abadi Jepang gaji ¥198.000 per bulan", "SIP2MI-30001/2026",
                                 "resmi ya kak?", "lowongan kaigo Jepang, gratis, biaya Rp 0", "biaya pekerja Rp 0", "tanpa biaya",
                                 "gaji 198.000 yen", "Biaya Anda Rp 0. Diperiksa BP3MI.", "Your cost Rp 0. Examined by BP3MI.",
                                 "gaji 20,79 juta", "gaji 20,8 juta", "kerja di Jepang", "perawat lansia ke Jepang"}) {
    const auto v = ask(w, code + " " + said);
    EXPECT_EQ(v.color, Color::resmi) << said << ": " << codes(v);
  }
}

}  // namespace
}  // namespace rantau::offers
