// The word lists of the invented province.
#include "demo/names.h"

#include <array>

#include "base/money.h"

namespace rantau::demo {

namespace {

constexpr std::array<std::string_view, 24> sea{
    "Sauh",   "Layar", "Haluan", "Buritan", "Kemudi",  "Dermaga", "Muara",   "Selat", "Lentera", "Pelita", "Tanjung", "Teluk",
    "Karang", "Ombak", "Camar",  "Bahtera", "Jangkar", "Pesisir", "Samudra", "Gugus", "Palka",   "Sampan", "Nakhoda", "Kompas"};
constexpr std::array<std::string_view, 18> light{"Senja", "Fajar",   "Purnama", "Jingga", "Biru",  "Kencana",
                                                 "Timur", "Selatan", "Pagi",    "Teduh",  "Rimba", "Embun",
                                                 "Pijar", "Mega",    "Tirta",   "Saka",   "Wangi", "Asri"};
constexpr std::array<std::string_view, 16> wish{"Perkasa", "Sentosa",  "Mandiri", "Abadi",  "Bersama", "Sejahtera",
                                                "Karya",   "Mulia",    "Utama",   "Makmur", "Amanah",  "Lestari",
                                                "Jaya",    "Gemilang", "Bahagia", "Nusa"};
constexpr std::array<std::string_view, 24> given{"Wulan",  "Bagas", "Sekar",  "Tirto", "Laras",   "Dimas", "Ayu",   "Rangga",
                                                 "Melati", "Panji", "Kirana", "Galih", "Ratih",   "Surya", "Dewi",  "Arga",
                                                 "Intan",  "Bayu",  "Puspa",  "Wira",  "Nirmala", "Jaka",  "Citra", "Satria"};
constexpr std::array<std::string_view, 20> family{
    "Saptarini", "Wibisana", "Larasati", "Kusumadewa", "Hapsari", "Pranata", "Anindita", "Wicaksana", "Maheswari", "Adiguna",
    "Paramita",  "Sasmita",  "Prabawa",  "Anggraini",  "Lesmana", "Utari",   "Baskara",  "Wardani",   "Kertajaya", "Pertiwi"};
constexpr std::array<std::string_view, 16> things{"perahu", "lentera", "mangga",  "payung", "jendela", "kelapa",
                                                  "cemara", "tangga",  "gerimis", "kereta", "bantal",  "melati",
                                                  "kompor", "pelangi", "cangkir", "layang"};
constexpr std::array<std::string_view, 12> colours{"jingga", "biru",  "hijau",  "ungu", "kuning", "cokelat",
                                                   "merah",  "putih", "kelabu", "emas", "perak",  "hitam"};
constexpr std::array<std::string_view, 12> streets{
    "Jl. Contoh Bahari", "Jl. Rekaan Raya",   "Jl. Misal Indah", "Jl. Umpama Timur",  "Jl. Andai Jaya",   "Jl. Lentera Contoh",
    "Jl. Pelita Rekaan", "Jl. Dermaga Misal", "Jl. Teluk Andai", "Jl. Karang Contoh", "Jl. Camar Rekaan", "Jl. Haluan Misal"};
constexpr std::array<std::string_view, 4> districts{"Jakarta Timur", "Jakarta Selatan", "Jakarta Utara", "Jakarta Barat"};
constexpr std::array<std::string_view, 10> house_words{"Harbour", "Maple",   "Hillside",  "Lotus",  "Evergreen",
                                                       "Silver",  "Sunrise", "Riverside", "Orchid", "Northgate"};
constexpr std::array<std::string_view, 6> house_kinds{"Care Home", "Electronics", "Foods", "Farm", "Hotel", "Machinery"};

constexpr std::array<Work, 12> work_list{{
    {"5322", "Perawat lansia (kaigo)", "Care worker for the elderly (kaigo)", "legal_entity",
     "JLPT N4 atau JFT-Basic; lulus uji keterampilan kaigo", "SMA"},
    {"8212", "Operator perakitan elektronik", "Electronics assembler", "legal_entity", "Penglihatan baik; sanggup kerja sif",
     "SMA"},
    {"9111", "Penata laksana rumah tangga", "Domestic worker", "household", "Pengalaman atau pelatihan 200 jam", "SMP"},
    {"2221", "Perawat", "Nurse", "legal_entity", "STR aktif; pengalaman 2 tahun", "D3"},
    {"9211", "Pekerja perkebunan", "Plantation worker", "legal_entity", "Sehat; sanggup kerja luar ruang", "SD"},
    {"8160", "Operator pengolahan makanan", "Food processing operator", "legal_entity", "Sertifikat higiene atau pelatihan", "SMA"},
    {"7212", "Juru las", "Welder", "legal_entity", "Sertifikat las 3G", "SMK"},
    {"5120", "Juru masak", "Cook", "legal_entity", "Pengalaman 1 tahun", "SMK"},
    {"9112", "Petugas kebersihan hotel", "Hotel cleaner", "legal_entity", "Bahasa Inggris dasar", "SMA"},
    {"6221", "Awak kapal perikanan", "Fishing crew", "ship", "Buku pelaut; BST", "SMP"},
    {"7115", "Tukang kayu bangunan", "Carpenter", "legal_entity", "Sertifikat kompetensi bangunan", "SMK"},
    {"5321", "Asisten perawat", "Nursing assistant", "legal_entity", "Pendidikan asisten perawat", "SMK"},
}};
constexpr std::array<Destination, 10> destination_list{{
    {"JP", "Osaka", "JPY", 175'000, 1'050'000},
    {"TW", "Taichung", "TWD", 27'500, 5'000'000},
    {"HK", "Kowloon", "HKD", 510'000, 20'500'000},
    {"MY", "Johor Bahru", "MYR", 170'000, 36'500'000},
    {"SG", "Singapura", "SGD", 65'000, 121'000'000},
    {"KR", "Busan", "KRW", 2'060'000, 117'000},
    {"PL", "Poznan", "PLN", 430'000, 41'000'000},
    {"BN", "Bandar Seri Begawan", "BND", 55'000, 121'000'000},
    {"TR", "Izmir", "TRY", 2'200'000, 4'700'000},
    {"DE", "Leipzig", "EUR", 240'000, 171'000'000},
}};

std::string glued(std::initializer_list<std::string_view> parts, char between = ' ') {
  std::string out;
  for (auto p : parts) {
    if (!out.empty()) out += between;
    out += p;
  }
  return out;
}

}  // namespace

std::string company_name(int number) {
  const auto n = static_cast<std::size_t>(number) % (sea.size() * light.size() * wish.size());
  // Steps that share no factor with the list lengths: neighbours in number are far apart in name.
  return glued({"PT", sea[n % sea.size()], light[(n / sea.size() + n) % light.size()],
                wish[(n / (sea.size() * light.size()) + n * 5) % wish.size()]});
}

std::string person_name(Dice& dice) { return glued({dice.pick<std::string_view>(given), dice.pick<std::string_view>(family)}); }

std::string employer_name(Dice& dice, std::string_view country) {
  return glued({dice.pick<std::string_view>(house_words), dice.pick<std::string_view>(house_kinds), country, "(rekaan)"});
}

std::string password(Dice& dice) {
  return glued({dice.pick<std::string_view>(things), dice.pick<std::string_view>(colours), dice.pick<std::string_view>(things),
                std::to_string(dice.between(100, 999))},
               '-');
}

std::string street(Dice& dice) {
  return std::string(dice.pick<std::string_view>(streets)) + " No. " + std::to_string(dice.between(1, 99)) + ", " +
         std::string(dice.pick<std::string_view>(districts));
}

std::string in_city(const std::string& address, int city) {
  constexpr std::array<std::string_view, 5> cities{"Jakarta Pusat", "Jakarta Utara", "Jakarta Barat", "Jakarta Selatan",
                                                   "Jakarta Timur"};
  return address.substr(0, address.rfind(',')) + ", " + std::string(cities.at(static_cast<std::size_t>(city) - 1));
}

std::span<const Work> works() { return work_list; }
std::span<const Destination> destinations() { return destination_list; }

std::string letter_pdf(std::string_view number, std::string_view employer) {
  const auto shown = [](std::string_view text) {  // inside ( ) a bracket or backslash is marked; the font has ASCII alone
    std::string out;
    for (char c : text) {
      if (c == '(' || c == ')' || c == '\\') out += '\\';
      out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out;
  };
  const std::string page = "BT /F 16 Tf 60 760 Td (CONTOH / EXAMPLE) Tj 0 -40 Td (Demand letter " + shown(number) +
                           ") Tj 0 -24 Td (" + shown(employer) + ") Tj ET";
  const std::string objects[] = {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                                 "<</Length " + std::to_string(page.size()) + ">>stream\n" + page + "\nendstream",
                                 "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string pdf = "%PDF-1.4\n", places = "0000000000 65535 f \n";
  int n = 0;
  for (const auto& object : objects) {
    const std::string at = std::to_string(pdf.size());
    places += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    pdf += std::to_string(++n) + " 0 obj" + object + "endobj\n";
  }
  const std::string start = std::to_string(pdf.size());
  return pdf + "xref\n0 6\n" + places + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

}  // namespace rantau::demo
