// What the record of one job and its company says, as the phrases in which pages, posters and messages say it. A phrase counts
// as a whole: its words alone say something else ("perawat" is not "perawat lansia", "jakarta" is no address).
#include "modules/offers/record_phrases.h"

#include "base/reference.h"
#include "base/text.h"

namespace rantau::offers {

// How the trade itself calls the work of an occupation (ISCO-08), besides the title in the record; one bar between two.
std::string_view trade_names(std::string_view isco) {
  if (isco == "5322" || isco == "5321")
    return "kaigo|caregiver|caregivers|careworker|careworkers|care giver|care worker|perawat lansia|perawat jompo|pengasuh lansia|"
           "pengasuh jompo|elderly care|elderly caregiver";
  if (isco == "9111" || isco == "5152")
    return "art|prt|plrt|tlpt|asisten rumah tangga|pekerja rumah tangga|domestic helper|domestic worker|housekeeper";
  if (isco.starts_with("81") || isco.starts_with("82") || isco.starts_with("93"))
    return "operator|pabrik|factory|operator pabrik|operator produksi|produksi|perakitan";
  if (isco == "2221" || isco == "3221") return "perawat|nurse|nurses|suster";
  if (isco == "7212") return "las|tukang las|juru las|welder|welders";
  if (isco == "5120") return "juru masak|tukang masak|koki|cook|cooks";
  if (isco == "9112") return "cleaner|cleaners|cleaning|petugas kebersihan|kebersihan|housekeeping|hotel";
  if (isco == "6221" || isco == "6223") return "abk|awak kapal|anak buah kapal|fishing|fisherman";
  if (isco == "9211" || isco == "9216" || isco == "6112") return "perkebunan|kebun|ladang|plantation|farm|pertanian";
  if (isco == "7115" || isco == "7112") return "tukang kayu|tukang batu|tukang bangunan|bangunan|konstruksi|carpenter|construction";
  return "";
}

namespace {

std::string number(int n) { return std::to_string(n); }

// Every label with every value, the label before it or behind it.
void each(std::vector<std::string>& out, std::string_view labels, const std::vector<std::string>& values, bool behind = false) {
  for (const std::string& label : text::lines(labels, "|"))
    for (const std::string& value : values) out.push_back(behind ? value + " " + label : label + " " + value);
}

void add_day(std::vector<std::string>& out, const Date& day) {
  if (!day.known()) return;
  const std::string iso = day.iso(), y = iso.substr(0, 4), m = iso.substr(5, 2), d = iso.substr(8, 2);
  std::vector<std::string> ways{show(day, "id"),      show(day, "en"), show_short(day, "id"), show_short(day, "en"), iso,
                                d + " " + m + " " + y};
  out.insert(out.end(), ways.begin(), ways.end());
  each(out, "sampai|sampai dengan|hingga|s d|sd|batas|tutup|until|till|closes|berlaku sampai|berlaku hingga|valid until", ways);
}

void add_work(std::vector<std::string>& out, const Order& o) {
  for (const Post& p : o.posts) {
    out.push_back(p.title_id);
    out.push_back(p.title_en);
    out.push_back(p.title_en + "s");
    for (auto& name : text::lines(trade_names(p.occupation), "|")) out.push_back(std::move(name));
  }
}

void add_place(std::vector<std::string>& out, const Order& o) {
  out.push_back(o.city);
  if (const auto* country = reference::country(o.country)) {
    out.emplace_back(country->id);
    out.emplace_back(country->en);
    for (std::string_view name : country->also) out.emplace_back(name);
    each(out, "Jakarta", {o.city + " " + std::string(country->id), o.city + " " + std::string(country->en)});
  }
}

void add_time(std::vector<std::string>& out, const Order& o) {
  std::vector<std::string> length{number(o.contract_months) + " bulan", number(o.contract_months) + " bln"},
      lasts{number(o.contract_months) + " months", number(o.contract_months) + " month"};
  if (o.contract_months % 12 == 0) {
    const std::string years = number(o.contract_months / 12);
    length.insert(length.end(), {years + " tahun", years + " thn", years + " th"});
    lasts.insert(lasts.end(), {years + " years", years + " year"});
  }
  if (o.contract_months > 0) {
    each(out, "kontrak|kontrak kerja|masa kontrak|lama kontrak|kontraknya", length);
    each(out, "kontrak", length, true);
    each(out, "contract|contract of", lasts);
    each(out, "contract", lasts, true);
  }
  if (o.hours_week > 0) {
    const std::string n = number(o.hours_week);
    each(out, "seminggu|per minggu|sepekan|per pekan|kerja seminggu|kerja per minggu",
         {n + " jam", "kerja " + n + " jam", "jam kerja " + n + " jam"}, true);
    each(out, "a week|per week|of work a week|weekly", {n + " hours"}, true);
  }
  if (o.rest_days_week > 0) {
    const std::string n = number(o.rest_days_week);
    each(out, "seminggu|per minggu|sepekan", {"libur " + n + " hari", n + " hari libur"}, true);
    each(out, "a week|per week", {n + " day off", n + " days off", n + " days of rest", n + " day of rest"}, true);
  }
  if (o.leave_days > 0) {
    const std::string n = number(o.leave_days);
    each(out, "setahun|per tahun", {"cuti " + n + " hari", n + " hari cuti"}, true);
    out.push_back("cuti tahunan " + n + " hari");
    each(out, "a year|per year", {n + " days of leave", n + " days leave", n + " leave days"}, true);
  }
}

void add_seats(std::vector<std::string>& out, const Order& o) {
  const std::string all = number(quota(o)), now = number(left(o));
  each(out, "kuota|kuotanya|butuh|dibutuhkan|membutuhkan|cari|mencari", {all, now});
  each(out, "orang|tempat|pekerja|orang pekerja", {all, now}, true);
  each(out, "sisa|sisa tempat|sisa kuota|tersisa", {now});
  each(out, "sisa|tersisa|masih ada|tersedia", {now + " tempat", now + " orang"});
  each(out, "places left|seats left|places", {now}, true);
  for (std::string_view between : {" dari ", " of "}) {
    out.push_back(now + std::string(between) + all);
    each(out, "sisa|sisa tempat|places left", {now + std::string(between) + all});
  }
  bool men = false, women = false, any = false;
  for (const Post& p : o.posts) men |= p.quota_men > 0, women |= p.quota_women > 0, any |= p.quota_any > 0;
  if (any || (men && women))
    for (const char* both : {"pria dan wanita", "pria wanita", "laki laki dan perempuan", "laki laki perempuan", "men and women"})
      out.emplace_back(both);
  for (const char* word : {"pria", "laki laki", "men"})
    if (men && !women && !any) out.emplace_back(word);
  for (const char* word : {"wanita", "perempuan", "women"})
    if (women && !men && !any) out.emplace_back(word);
}

void add_person(std::vector<std::string>& out, const Order& o) {
  const std::string n = number(o.min_age);
  const std::vector<std::string> ages{n, n + " tahun", n + " thn", n + " th"};
  if (o.min_age > 0) {
    for (const char* kind : {"usia ", "umur "})
      for (const char* least : {"", "minimal ", "min ", "paling rendah ", "mulai ", "minimum "})
        each(out, std::string(kind) + least, ages);
    each(out, "minimal|min", {n + " tahun", n + " thn"});
    each(out, "at least|minimum", {n + " years old", n + " years"});
    each(out, "minimum age|age at least|min age", {n});
  }
  if (o.min_education.empty()) return;
  std::vector<std::string> schools{o.min_education};
  if (text::fold(o.min_education) == "sma")
    schools.insert(schools.end(), {"SMK", "SMA atau SMK", "SMA SMK", "SMA sederajat", "upper secondary"});
  if (text::fold(o.min_education) == "sd") schools.emplace_back("primary school");
  if (text::fold(o.min_education) == "smp") schools.emplace_back("lower secondary");
  out.insert(out.end(), schools.begin(), schools.end());
  each(out,
       "pendidikan|lulusan|minimal|min|pendidikan minimal|pendidikan min|lulusan minimal|pendidikan paling rendah|education at "
       "least|"
       "education",
       schools);
}

// Facilities and requirements, sentence by sentence and part by part.
void add_terms(std::vector<std::string>& out, std::string_view said) {
  out.emplace_back(said);
  for (const char* marks : {"\n;", "\n;,", "\n;,."})
    for (auto& part : text::lines(said, marks)) out.push_back(std::move(part));
}

// What the page of the job says about every job, with its denials; and money that only the page names.
void add_page(std::vector<std::string>& out, const Order& o) {
  for (const char* sentence : {"Biaya penempatan tidak boleh dibebankan kepada pekerja",
                               "Dasar UU 18 2017 Pasal 30",
                               "Dasar UU 18 2017 Pasal 5 dan 13",
                               "Placement costs must not be put on the worker",
                               "Source UU 18 2017 Pasal 30",
                               "Source UU 18 2017 Pasal 5 and 13",
                               "KTP dan kartu keluarga",
                               "Ijazah atau sertifikat kerja",
                               "Surat sehat jasmani dan rohani",
                               "Izin keluarga yang diketahui kelurahan",
                               "Identity card and family card",
                               "School or work certificate",
                               "Certificate of physical and mental health",
                               "Family consent known to the village office",
                               "KTP dan kartu keluarga Ijazah atau sertifikat kerja Surat sehat jasmani dan rohani Izin keluarga "
                               "yang diketahui kelurahan Paspor",
                               "Identity card and family card School or work certificate Certificate of physical and mental health "
                               "Family consent known to "
                               "the village office Passport",
                               "Dokumen KTP",
                               "Biaya Anda",
                               "Your cost",
                               "Siapa yang memberangkatkan",
                               "Who sends you",
                               "Pemberi kerja",
                               "Gaji per bulan",
                               "Pay a month",
                               "Sisa tempat",
                               "Places left",
                               "Cek keasliannya",
                               "Check that it is genuine",
                               "Diperiksa BP3MI",
                               "Diperiksa oleh BP3MI",
                               "Examined by BP3MI",
                               "Cocokkan kode ini dengan poster atau pesan yang Anda terima",
                               "Compare this code with the poster or message you received",
                               "Fasilitas",
                               "Facilities",
                               "Requirements",
                               "P3MI perusahaan penempatan yang berizin",
                               "SIP2MI izin merekrut untuk satu pesanan kerja"})
    out.emplace_back(sentence);
  const Date examined = o.decided_at.ms ? day_of(o.decided_at) : Date{};
  if (examined.known()) {
    out.push_back("Diperiksa " + show_short(examined, "id") + " oleh BP3MI");
    out.push_back("Examined on " + show_short(examined, "en") + " by BP3MI");
  }
  if (o.posts.size() != 1 || o.deductions.minor <= 0 || o.posts.front().pay.currency != o.deductions.currency) return;
  for (const char* lang : {"id", "en"}) {
    each(out, "Potongan|Deductions", {show(o.deductions, lang)});
    each(out, "Anda terima|You receive|terima|gaji bersih", {show(o.posts.front().pay - o.deductions, lang)});
  }
}

}  // namespace

std::vector<std::string> record_phrases(const Order& o, const partners::Company& c) {
  std::vector<std::string> out{c.name, c.address, o.employer_name};
  if (c.address.starts_with("Jl")) out.push_back("Jalan" + c.address.substr(2));
  const auto short_name = text::company_key(c.name);
  out.push_back(short_name);
  add_work(out, o);
  add_place(out, o);
  add_time(out, o);
  add_seats(out, o);
  add_person(out, o);
  add_terms(out, o.facilities);
  add_terms(out, o.requirements);
  add_page(out, o);
  for (const Date& day : {c.licence_until, o.recruit_from, o.recruit_until, o.sip2mi_until}) add_day(out, day);
  if (o.recruit_from.known() && o.recruit_until.known())
    for (const char* lang : {"id", "en"})
      out.push_back(show_short(o.recruit_from, lang) + (lang[0] == 'i' ? " sampai " : " to ") + show_short(o.recruit_until, lang));
  return out;
}

}  // namespace rantau::offers
