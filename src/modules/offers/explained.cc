// Which part of a message neither everyday words nor the record of the job explain. One such part keeps a verdict from
// RESMI: whoever asks for something strange finds new words for it, so green is given to known words only, never by the
// absence of bad ones.
#include <algorithm>
#include <unordered_set>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/judge.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

using WordSet = std::unordered_set<std::string_view>;

// Splits a literal of words with single blanks between them.
WordSet set_of(std::string_view words) {
  WordSet out;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    out.insert(words.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Words that change nothing about an offer in whatever order they stand. No verb of giving, bringing or paying, no paper, no
// middleman, no channel but telephone, mail and web belongs here.
const WordSet& everyday() {
  static const WordSet all = set_of(
      "halo hai hi hello assalamualaikum asalamualaikum assalamu alaikum wr wb selamat pagi siang sore malam salam permisi maaf "
      "mohon tolong terima kasih terimakasih makasih thanks thank please kak kakak bang bu ibu pak bapak mas mbak min gan sis "
      "teman saya aku kami kita anda kamu saudara calon migran indonesia di ke dari untuk utk dengan dgn yang yg ini itu dan atau "
      "juga serta pada sebagai sbg oleh via lewat melalui adalah ada apakah apa benar bener betul asli ya iya dong nih sih kok "
      "deh mau ingin akan bisa boleh cek periksa tanya info informasi detail lengkap lengkapnya selengkapnya lihat baca kode nomor "
      "no nomer number code job order lowongan loker lowker kerja pekerjaan bekerja pekerja tenaga buka dibuka membuka butuh "
      "dibutuhkan membutuhkan cari dicari mencari rekrut rekrutmen merekrut hiring posisi jabatan negara tujuan penempatan resmi "
      "terdaftar berizin izin ijin perusahaan kantor pt cv tbk p3mi gaji upah salary wage pokok per bulan sebulan perbulan bln "
      "bulanan "
      "month monthly a an the of is are in at on to for with by and or we you your i kontrak tahun thn jam hari minggu seminggu "
      "pekan libur years year hours week kuota tempat orang org pria wanita laki perempuan usia umur maks maksimal minimal sisa "
      "sampai hingga batas tanggal tgl januari februari maret april mei juni juli agustus september oktober november desember "
      "syarat persyaratan pendidikan lulusan lulus smp sma smk sd pengalaman bahasa hubungi hub telepon telp telpon tlp hp wa "
      "whatsapp email surel website situs laman alamat jl jalan jakarta minat berminat tertarik yuk ayo silakan looking vacancy "
      "vacancies jobs semua work worker workers needs need needed wanted open recruit recruiting company office licensed details "
      "check "
      "verify contact call phone gratis free ditanggung majikan employer luar negeri abroad formal scan qr barcode");
  return all;
}

// "tanpa biaya pendaftaran", "no placement fee": after a denial these words ask for nothing.
const WordSet& denials() {
  static const WordSet all = set_of("tidak tdk tanpa tak gak ga nggak ngga enggak bebas gratis no not without free nol bukan");
  return all;
}
const WordSet& denied_words() {
  static const WordSet all = set_of(
      "ada dipungut dikenakan dipotong biaya pungutan potongan fee fees uang jaminan muka pendaftaran penempatan admin "
      "administrasi registrasi placement registration recruitment apapun apa pun sama sekali bayar membayar sepeser sepeserpun "
      "cost "
      "charge of");
  return all;
}
// "biaya Rp 0", "biaya ditanggung majikan": words between the fee and what takes it back.
const WordSet& fee_words() {
  static const WordSet all = set_of("biaya fee fees biayanya");
  return all;
}
const WordSet& taken_back() {
  static const WordSet all = set_of("gratis nol ditanggung dibiayai free");
  return all;
}

// How the trade itself calls the work of an occupation (ISCO-08), besides the title in the record.
std::string_view trade_words(std::string_view isco) {
  if (isco == "5322" || isco == "5321")
    return "kaigo caregiver caregivers careworker perawat lansia pengasuh jompo care giver elderly";
  if (isco == "9111" || isco == "5152") return "art prt plrt tlpt asisten rumah tangga domestic helper housekeeper";
  if (isco.starts_with("81") || isco.starts_with("82") || isco.starts_with("93"))
    return "operator pabrik factory produksi perakitan";
  if (isco == "2221" || isco == "3221") return "perawat nurse nurses suster";
  if (isco == "7212") return "las welder welders tukang";
  if (isco == "5120") return "juru tukang masak koki cook cooks";
  if (isco == "9112") return "cleaner cleaners cleaning kebersihan housekeeping hotel";
  if (isco == "6221" || isco == "6223") return "abk awak kapal anak buah fishing fisherman";
  if (isco == "9211" || isco == "9216" || isco == "6112") return "perkebunan kebun ladang plantation farm pertanian";
  if (isco == "7115" || isco == "7112") return "tukang kayu batu bangunan konstruksi carpenter construction";
  return "";
}

void add_words(std::unordered_set<std::string>& into, std::string_view passage) {
  for (auto& w : text::words(text::fold(passage)))
    if (!asks_for_money(w)) into.insert(std::move(w));
}

std::unordered_set<std::string> record_words(const Order& o, const partners::Company& c) {
  std::unordered_set<std::string> out;
  for (const Post& p : o.posts) {
    add_words(out, p.title_id);
    add_words(out, p.title_en);
    add_words(out, trade_words(p.occupation));
  }
  for (std::string_view s : {std::string_view(c.name), std::string_view(c.address), std::string_view(o.employer_name),
                             std::string_view(o.city), std::string_view(o.requirements), std::string_view(o.min_education)})
    add_words(out, s);
  if (const auto* country = reference::country(o.country)) {
    add_words(out, country->id);
    add_words(out, country->en);
  }
  return out;
}

std::unordered_set<std::string> record_numbers(const Order& o) {
  std::unordered_set<std::string> out;
  for (int n : {o.contract_months, o.contract_months / 12, o.hours_week, o.min_age, quota(o), left(o), o.leave_days})
    if (n > 0) out.insert(std::to_string(n));
  if (o.recruit_until.known()) {
    const std::string iso = o.recruit_until.iso();
    out.insert(iso.substr(0, 4));
    out.insert(std::to_string(std::stoi(iso.substr(8, 2))));
  }
  return out;
}

bool known_word(const WordSet& set, std::string_view w) {
  if (set.count(w)) return true;
  return w.size() > 5 && w.ends_with("nya") && set.count(w.substr(0, w.size() - 3)) > 0;
}

// Letters of scripts that are not read here. Pictures and punctuation say nothing.
bool foreign_letter(char32_t c) {
  return (c >= 0x0370 && c <= 0x1FFF) || (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// The words of the message, each with a yes or no.
class Reading {
 public:
  Reading(std::string_view message, const std::vector<Piece>& known, const Order& o, const partners::Company& c)
      : shadow_(shadow_of(message)), tokens_(tokens_of(shadow_)), words_(record_words(o, c)), numbers_(record_numbers(o)) {
    for (std::size_t i = 0; i < shadow_.size(); ++i)
      for (const Piece& p : known)
        if (shadow_.from[i] >= p.from && shadow_.to[i] <= p.to) shadow_.taken[i] = true;
  }

  std::string first_unknown() {
    for (std::size_t i = 0; i < tokens_.size();) {
      if (const std::size_t next = skip_denied_fee(i); next > i) {
        i = next;
      } else if (explained(i)) {
        ++i;
      } else {
        return passage_at(i);
      }
    }
    return "";
  }

 private:
  bool is_word(std::size_t i) const { return i < tokens_.size() && tokens_[i].type == Token::word; }
  bool new_thought(std::size_t i) const {
    return tokens_[i].type == Token::line || tokens_[i].low == "!" || tokens_[i].low == "?" || tokens_[i].low == ";";
  }

  bool explained(std::size_t i) const {
    const Token& t = tokens_[i];
    if (shadow_.taken[t.at]) return true;
    switch (t.type) {
      case Token::line: return true;
      case Token::other: return t.low != "@" && !foreign_letter(shadow_.sign[t.at]);
      case Token::number: {
        const std::string whole(run_around(t));
        return numbers_.count(whole) > 0 || (whole.size() > t.low.size() && (everyday().count(whole) || words_.count(whole)));
      }
      case Token::word: break;
    }
    const std::string_view whole = run_around(t);
    return known_word(everyday(), whole) || words_.count(std::string(whole)) > 0;
  }

  // "P3MI", "N4", "b4yar": letters and digits without a gap are one word.
  std::string_view run_around(const Token& t) const {
    const std::string_view low = shadow_.lower;
    std::size_t from = t.at, to = t.end;
    while (from > 0 && is_alnum(low[from - 1])) --from;
    while (to < low.size() && is_alnum(low[to])) ++to;
    return low.substr(from, to - from);
  }

  // From "tanpa" or "biaya" to behind the words that it empties; the same place when nothing is emptied.
  std::size_t skip_denied_fee(std::size_t i) const {
    if (!is_word(i) || shadow_.taken[tokens_[i].at]) return i;
    std::size_t k = i + 1;
    if (denials().count(tokens_[i].low)) {
      while (is_word(k) && denied_words().count(tokens_[k].low)) ++k;
      return k;
    }
    if (!fee_words().count(tokens_[i].low)) return i;
    for (std::size_t seen = 0; k < tokens_.size() && seen < 5 && !new_thought(k); ++k, ++seen) {
      if (is_word(k) && taken_back().count(tokens_[k].low)) return k + 1;
      if (zero_at(k)) return k + 1;
      if (is_word(k) && !denied_words().count(tokens_[k].low) && !everyday().count(tokens_[k].low) && tokens_[k].low != "rp")
        return i;
    }
    return i;
  }
  bool zero_at(std::size_t k) const {
    const Token& t = tokens_[k];
    return t.type == Token::number && std::all_of(t.low.begin(), t.low.end(), [](char c) { return c == '0'; });
  }

  // The strange words as they stand there, up to sixty bytes or the end of the thought.
  std::string passage_at(std::size_t i) const {
    std::size_t last = i;
    for (std::size_t k = i + 1; k < tokens_.size() && !new_thought(k) && tokens_[k].end - tokens_[i].at <= 60; ++k)
      if (tokens_[k].type != Token::other) last = k;
    const std::size_t from = shadow_.from[tokens_[i].at], to = shadow_.to[tokens_[last].end - 1];
    return text::cut(shadow_.original.substr(from, to - from), 60);
  }

  Shadow shadow_;
  std::vector<Token> tokens_;
  std::unordered_set<std::string> words_, numbers_;
};

}  // namespace

std::string unexplained(std::string_view message, const std::vector<Piece>& known, const Order& o, const partners::Company& c) {
  return Reading(message, known, o, c).first_unknown();
}

// Does the message name the work of this post: its title in one language, or what the trade calls it?
bool names_work_of(std::string_view message, const Post& p) {
  const auto said = text::words(text::fold(text::cut(message, most_characters)));
  const auto says = [&](std::string_view w) { return std::find(said.begin(), said.end(), w) != said.end(); };
  for (std::string_view title : {std::string_view(p.title_id), std::string_view(p.title_en)}) {
    const auto words = text::words(text::fold(title));
    if (!words.empty() && std::all_of(words.begin(), words.end(), says)) return true;
  }
  for (const auto& w : text::words(trade_words(p.occupation)))
    if (w.size() > 2 && w != "tukang" && w != "juru" && w != "anak" && w != "operator" && w != "asisten" && w != "care" && says(w))
      return true;
  return false;
}

}  // namespace rantau::offers
