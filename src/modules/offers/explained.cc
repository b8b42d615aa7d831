// Which part of a message neither harmless words nor the record of the job explain. One such part keeps a verdict from RESMI:
// whoever asks for something strange finds new words for it, so green is given to known words only, never by the absence of
// bad ones. And a known word must stand where it says what the record says:
//  - a fact (a number, a place, a school, a kind of work) counts only in the phrase in which the record states it;
//  - a denial counts only in a phrase that denies a cost to the worker, or in a sentence that the office itself publishes;
//  - a contact word ("WA", "hubungi") counts only before a contact that was looked up;
//  - an amount counts only as the pay of a month.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "modules/offers/judge.h"
#include "modules/offers/record_phrases.h"
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
// middleman, no channel, no number or period, no denial and nobody who bears a cost belongs here.
const WordSet& harmless() {
  static const WordSet all = set_of(
      "halo hai hi hello assalamualaikum asalamualaikum assalamu alaikum wr wb selamat pagi siang sore malam salam permisi maaf "
      "mohon tolong terima kasih terimakasih makasih thanks thank please kak kakak bang bu ibu pak bapak mas mbak min gan sis "
      "teman saya aku kami kita anda kamu saudara calon migran indonesia di ke dari untuk utk dengan dgn yang yg ini itu dan atau "
      "juga serta pada sebagai sbg oleh via lewat melalui adalah ada apakah apa benar bener betul asli ya iya dong nih sih kok "
      "deh mau ingin akan bisa boleh cek periksa tanya info informasi detail lengkap lengkapnya selengkapnya lihat baca kode nomor "
      "nomer number code job order lowongan loker lowker kerja pekerjaan bekerja pekerja tenaga buka dibuka membuka butuh "
      "dibutuhkan membutuhkan cari dicari mencari rekrut rekrutmen merekrut hiring posisi jabatan negara tujuan penempatan resmi "
      "terdaftar berizin izin ijin perusahaan kantor pt p3mi gaji upah salary wage a an the of is are in at on to for with by and "
      "or we you your i syarat persyaratan minat berminat tertarik yuk ayo silakan looking vacancy vacancies jobs semua work "
      "worker workers needs need needed wanted open recruit recruiting company office licensed details check verify luar negeri "
      "abroad alamat");
  return all;
}

// A way to reach somebody: explained by the contact that follows it, by nothing else.
const WordSet& contact_words() {
  static const WordSet all = set_of(
      "hubungi hub telepon telp telpon tlp hp wa whatsapp email surel website situs laman contact call phone scan qr barcode");
  return all;
}
const WordSet& before_contact() {
  static const WordSet all = set_of("kami kantor di ke no nomor nomer kantornya resmi us office at pt kode code");
  return all;
}

// Phrases that say nothing against the record, whatever the job.
constexpr std::array<std::string_view, 18> harmless_phrases{"atau tidak",
                                                            "apa tidak",
                                                            "apa bukan",
                                                            "atau bukan",
                                                            "or not",
                                                            "kantor pusat",
                                                            "negara tujuan",
                                                            "gaji pokok",
                                                            "job order",
                                                            "per bulan",
                                                            "sebulan",
                                                            "ada di rantau",
                                                            "kontrak kerja",
                                                            "sudah diperiksa",
                                                            "diperiksa bp3mi",
                                                            "diperiksa oleh bp3mi",
                                                            "examined by bp3mi",
                                                            "wr wb"};

// A cost is denied: "tanpa biaya pendaftaran", "tidak dipungut uang jaminan", "no placement fee".
const WordSet& denials() {
  static const WordSet all = set_of("tidak tdk tanpa tak gak ga nggak ngga enggak bebas gratis no not without free nol");
  return all;
}
const WordSet& denied_words() {
  static const WordSet all = set_of(
      "ada dipungut dikenakan biaya pungutan fee fees uang jaminan muka pendaftaran penempatan admin administrasi registrasi "
      "placement registration recruitment apapun apa pun sama sekali bayar membayar sepeser sepeserpun cost charge costs charges "
      "of "
      "any");
  return all;
}
// One of these must be among the denied words, or nothing was denied that costs.
const WordSet& costs() {
  static const WordSet all =
      set_of("biaya pungutan fee fees jaminan muka cost costs charge charges dipungut sepeser sepeserpun bayar membayar");
  return all;
}
// "biaya Rp 0", "semua biaya ditanggung majikan": words between the cost and who bears it.
const WordSet& fee_words() {
  static const WordSet all = set_of("biaya biayanya fee fees");
  return all;
}
const WordSet& of_fee() {
  static const WordSet all = set_of("pendaftaran penempatan admin administrasi registrasi pekerja anda kamu rp idr rupiah");
  return all;
}
const WordSet& bearers() {
  static const WordSet all = set_of("majikan employer perusahaan");
  return all;
}
// Behind "gratis" or "ditanggung majikan" these begin a condition, a share or somebody else; before it, somebody else too.
const WordSet& turning() {
  static const WordSet all = set_of(
      "untuk utk buat bagi kepada dari oleh perusahaan kantor majikan dan atau and or for to by from with dengan dgn pekerja anda "
      "kamu kita saya aku kami calon worker workers you we i company employer office yang yg di ke via lewat melalui saudara ada "
      "bisa "
      "boleh akan mau apa apakah pt");
  return all;
}
constexpr std::array<std::string_view, 10> for_worker{"untuk pekerja", "bagi pekerja", "untuk anda", "bagi anda", "dari pekerja",
                                                      "for workers",   "for you",      "untuk kamu", "bagi kamu", "kepada pekerja"};

const WordSet& pay_words() {
  static const WordSet all = set_of("gaji gajinya upah upahnya salary wage pay");
  return all;
}
const WordSet& before_pay() {
  static const WordSet all = set_of("pokok dibayar sebesar adalah is of nya basic monthly bulanan sebulan");
  return all;
}
const WordSet& a_month() {
  static const WordSet all = set_of("perbulan sebulan bulanan monthly perbln");
  return all;
}
// May stand between "Rp 0" or an amount and nothing else.
bool ends_clause(const std::string& sign) { return sign == "." || sign == "," || sign == ";" || sign == "!" || sign == "?"; }

bool known_word(std::string_view w) {
  if (harmless().count(w)) return true;
  return w.size() > 5 && w.ends_with("nya") && harmless().count(w.substr(0, w.size() - 3)) > 0;
}

// Letters of scripts that are not read here, and signs that deny or strike out. Other pictures and punctuation say nothing.
bool speaking_sign(char32_t c) {
  const bool script = (c >= 0x0370 && c <= 0x1FFF) || (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
                      (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
  const bool denying = (c >= 0x2260 && c <= 0x226F) || c == 0xAC || (c >= 0x2715 && c <= 0x2718) || c == 0x274C || c == 0x274E ||
                       c == 0x26D4 || c == 0x1F6AB || c == 0x1F6D1 || c == 0x1F44E || c == 0x2612 || c == 0x1F645 || c == 0x2796;
  return script || denying || c == U'@' || c == U'~' || c == U'<' || c == U'>' || c == U'^' || c == U'%' || c == U'\\';
}
// Strokes through the letters before them; the readers of pieces drop them.
bool struck_out(std::string_view s) {
  for (std::size_t at = s.find('\xCC'); at != s.npos && at + 1 < s.size(); at = s.find('\xCC', at + 1))
    if (s[at + 1] >= '\xB4' && s[at + 1] <= '\xB8') return true;
  return false;
}

// One run of letters and digits ("p3mi", "n4", "b4yar" are one word), or one sign.
struct Unit {
  enum Type { word, sign, line } type = sign;
  std::size_t at = 0, end = 0;
  std::string_view low;
};
std::vector<Unit> units_of(const Shadow& s) {
  std::vector<Unit> out;
  const std::string_view low = s.lower;
  for (std::size_t i = 0; i < low.size();) {
    std::size_t end = i + 1;
    if (is_alnum(low[i]))
      while (end < low.size() && is_alnum(low[end])) ++end;
    if (low[i] != ' ')
      out.push_back({is_alnum(low[i]) ? Unit::word : low[i] == '\n' ? Unit::line : Unit::sign, i, end, low.substr(i, end - i)});
    i = end;
  }
  return out;
}

using Phrase = std::vector<std::string>;
Phrase phrase_of(std::string_view said) {
  Phrase out;
  const Shadow s = shadow_of(said);
  for (const Unit& u : units_of(s))
    if (u.type == Unit::word) out.emplace_back(u.low);
  return out;
}

class Reading {
 public:
  Reading(std::string_view message, const std::vector<Piece>& known, const Order& o, const partners::Company& c)
      : shadow_(shadow_of(message)), units_(units_of(shadow_)), piece_(units_.size(), nullptr), cuts_pay_(o.deductions.minor > 0) {
    for (std::size_t i = 0; i < units_.size(); ++i)
      for (const Piece& p : known)
        if (shadow_.from[units_[i].at] >= p.from && shadow_.to[units_[i].end - 1] <= p.to) piece_[i] = &p;
    for (const std::string& said : record_phrases(o, c)) add(phrase_of(said));
    for (std::string_view said : harmless_phrases) add(phrase_of(said));
  }

  std::string first_unknown() const {
    if (struck_out(shadow_.original)) return text::cut(text::trim(shadow_.original), 60);
    for (std::size_t i = 0; i < units_.size();) {
      const std::size_t next = explained_to(i);
      if (next == i) return passage_at(i);
      i = next;
    }
    return "";
  }

 private:
  void add(Phrase p) {
    if (p.empty()) return;
    std::string first = p.front();
    phrases_[std::move(first)].push_back(std::move(p));
  }

  bool is_word(std::size_t i) const { return i < units_.size() && units_[i].type == Unit::word; }
  bool is(std::size_t i, const WordSet& set) const { return is_word(i) && set.count(units_[i].low) > 0; }
  bool ends_thought(std::size_t i) const {
    return i >= units_.size() || units_[i].type == Unit::line || ends_clause(std::string(units_[i].low));
  }
  // The next word behind i in this thought; commas and dashes do not end it for `far`.
  std::size_t next_word(std::size_t i) const {
    for (; i < units_.size(); ++i) {
      if (is_word(i)) return i;
      if (units_[i].type == Unit::line || (ends_clause(std::string(units_[i].low)) && units_[i].low != ",")) break;
    }
    return units_.size();
  }

  // The unit behind what explains unit i; i itself: nothing does.
  std::size_t explained_to(std::size_t i) const {
    if (piece_[i]) {
      if (piece_[i]->kind == Kind::money) return pay_to(i);
      return piece_end(i);
    }
    const Unit& u = units_[i];
    if (u.type == Unit::line) return i + 1;
    if (u.type == Unit::sign) return speaking_sign(shadow_.sign[u.at]) ? i : i + 1;
    if (const std::size_t next = free_of_cost(i); next > i) return next;
    if (const std::size_t next = phrase_to(i); next > i) return next;
    if (const std::size_t next = pay_to(i); next > i) return next;
    if (contact_words().count(u.low)) return contact_follows(i) ? i + 1 : i;
    if (u.low == "no" && number_follows(i)) return i + 1;
    return known_word(u.low) ? i + 1 : i;
  }
  std::size_t piece_end(std::size_t i) const {
    std::size_t k = i;
    while (k < units_.size() && piece_[k] == piece_[i]) ++k;
    return k;
  }

  // The longest phrase of the record that begins here. Signs between its words mean nothing, but for those that speak.
  std::size_t phrase_to(std::size_t i) const {
    const auto list = phrases_.find(std::string(units_[i].low));
    std::size_t best = i;
    if (list == phrases_.end()) return best;
    for (const Phrase& p : list->second) best = std::max(best, matches(i, p));
    return best;
  }
  std::size_t matches(std::size_t i, const Phrase& p) const {
    std::size_t k = i;
    for (std::size_t n = 0; n < p.size(); ++n, ++k) {
      while (n > 0 && k < units_.size() && !is_word(k) &&
             !(units_[k].type == Unit::sign && speaking_sign(shadow_.sign[units_[k].at])))
        ++k;
      if (!is_word(k) || units_[k].low != p[n]) return i;
    }
    return k;
  }

  // "gaji pokok ¥ 220.500 sebulan", "Pay ¥ 220,500 a month"; an amount alone in its thought may be a headline.
  std::size_t pay_to(std::size_t i) const {
    std::size_t k = i;
    const bool named = is(k, pay_words());
    if (named) {
      ++k;
      for (int seen = 0; seen < 4 && k < units_.size() && !is_pay(k); ++seen, ++k)
        if (!is(k, before_pay()) && units_[k].low != ":" && units_[k].low != "=" && units_[k].low != "." && !month_at(k)) return i;
    }
    if (k >= units_.size() || !is_pay(k)) return i;
    const std::size_t from = k;
    k = piece_end(k);
    const std::size_t month = month_to(k);
    if (named || month > k) return month;
    if (piece_[from]->said == Piece::promised) return k;
    const bool alone = (from == 0 || ends_thought(from - 1) || !is_word(from - 1)) && (ends_thought(k) || !is_word(k));
    return alone ? k : i;
  }
  bool is_pay(std::size_t i) const { return piece_[i] && piece_[i]->kind == Kind::money; }
  bool month_at(std::size_t k) const { return k < units_.size() && month_to(k) > k; }
  // Behind "per bulan", "/bln", "a month", "sebulan".
  std::size_t month_to(std::size_t k) const {
    static const WordSet per = set_of("per a tiap setiap each every");
    static const WordSet month = set_of("bulan bln month mo");
    if (is(k, a_month())) return k + 1;
    std::size_t m = k;
    while (m < units_.size() && units_[m].type == Unit::sign && (units_[m].low == "/" || units_[m].low == ",")) ++m;
    if (is(m, a_month())) return m + 1;
    if (m > k && is(m, month)) return m + 1;
    return is(m, per) && is(m + 1, month) ? m + 2 : k;
  }

  bool contact_follows(std::size_t i) const {
    for (std::size_t k = i + 1, seen = 0; k < units_.size() && seen < 5 && units_[k].type != Unit::line; ++k) {
      if (piece_[k]) {
        const Kind kind = piece_[k]->kind;
        return kind == Kind::phone || kind == Kind::email || kind == Kind::link || kind == Kind::code;
      }
      if (!is_word(k)) continue;
      if (!before_contact().count(units_[k].low) && !contact_words().count(units_[k].low)) return false;
      ++seen;
    }
    return false;
  }
  // "no" is "nomor" before a number that was looked up, else it denies.
  bool number_follows(std::size_t i) const {
    std::size_t k = i + 1;
    static const WordSet between = set_of("izin kode telp telepon hp wa kantor");
    for (int seen = 0; seen < 4 && k < units_.size(); ++seen, ++k) {
      if (piece_[k]) return piece_[k]->kind != Kind::money && piece_[k]->kind != Kind::country;
      if (!is(k, between) && units_[k].low != "." && units_[k].low != ":") return false;
    }
    return false;
  }

  // Behind a phrase that takes a cost from the worker; i: there is none, or what stands around it turns it.
  std::size_t free_of_cost(std::size_t i) const {
    std::size_t end = denied_cost(i);
    if (end == i) end = borne_cost(i);
    if (end == i && (units_[i].low == "gratis" || units_[i].low == "free")) end = i + 1;
    if (end == i || turned_before(i)) return i;
    for (std::string_view who : for_worker)
      if (const std::size_t k = next_word(end); k < units_.size())
        if (const std::size_t to = matches(k, phrase_of(who)); to > k) {
          end = to;
          break;
        }
    const std::size_t next = next_word(end);
    return next < units_.size() && !piece_[next] && turning().count(units_[next].low) ? i : end;
  }
  bool turned_before(std::size_t i) const {
    static const WordSet somebody = set_of("perusahaan majikan kantor employer company office kami kita saya aku we");
    if (i == 0) return false;
    std::size_t k = i - 1;
    while (k > 0 && units_[k].type == Unit::sign && !ends_clause(std::string(units_[k].low))) --k;
    return is(k, somebody) && !piece_[k];
  }
  std::size_t denied_cost(std::size_t i) const {
    if (!is(i, denials())) return i;
    std::size_t k = i + 1;
    bool cost = false;
    for (; is(k, denied_words()) || (cuts_pay_ ? false : is(k, potongan())); ++k) cost |= is(k, costs()) || is(k, potongan());
    return cost ? k : i;
  }
  static const WordSet& potongan() {
    static const WordSet all = set_of("potongan dipotong");
    return all;
  }
  // "biaya [penempatan] Rp 0", "biaya ditanggung majikan", "ditanggung majikan"
  std::size_t borne_cost(std::size_t i) const {
    std::size_t k = i;
    const bool fee = is(i, fee_words());
    const bool zero_first = !fee && is_zero(i);
    if (fee) {
      ++k;
      while (k < units_.size() && (is(k, of_fee()) || (units_[k].type == Unit::sign && plain_sign(k)))) ++k;
      if (is(k, free_words()) || is_zero(k)) return zero_end(k + 1);
    }
    if (zero_first || (units_[i].low == "rp" && zero_behind_rp(i))) return alone_zero(i);
    if (!(is_word(k) && (units_[k].low == "ditanggung" || units_[k].low == "dibiayai"))) return i;
    ++k;
    if (is_word(k) && units_[k].low == "oleh") ++k;
    if (is(k, bearers())) return k + 1;
    return is_word(k) && units_[k].low == "pemberi" && is_word(k + 1) && units_[k + 1].low == "kerja" ? k + 2 : i;
  }
  static const WordSet& free_words() {
    static const WordSet all = set_of("gratis nol free");
    return all;
  }
  bool plain_sign(std::size_t k) const {
    const std::string_view s = units_[k].low;
    return s == ":" || s == "=" || s == "." || s == "(" || s == ")";
  }
  bool is_zero(std::size_t k) const {
    return is_word(k) && std::all_of(units_[k].low.begin(), units_[k].low.end(), [](char c) { return c == '0'; });
  }
  std::size_t zero_end(std::size_t k) const {
    while (k + 1 < units_.size() && units_[k].type == Unit::sign && (units_[k].low == "," || units_[k].low == ".") &&
           is_zero(k + 1))
      k += 2;
    return is_word(k) && (units_[k].low == "rupiah" || units_[k].low == "idr") ? k + 1 : k;
  }
  bool zero_behind_rp(std::size_t i) const {
    std::size_t k = i + 1;
    while (k < units_.size() && units_[k].type == Unit::sign && plain_sign(k)) ++k;
    return is_zero(k);
  }
  // "Biaya Anda" stands on the line before; "gaji Rp 0" is no headline.
  std::size_t alone_zero(std::size_t i) const {
    std::size_t k = i;
    while (k > 0 && !is_word(k - 1)) --k;
    static const WordSet labels = set_of("anda cost biaya");
    if (k > 0 && !is(k - 1, labels)) return i;
    if (k == 0 && i > 0) return i;
    std::size_t z = i;
    while (!is_zero(z)) ++z;
    return k == 0 ? i : zero_end(z + 1);
  }

  // The strange words as they stand there: whole words, up to sixty bytes, the end of the thought, or something looked up.
  std::string passage_at(std::size_t i) const {
    std::size_t last = i;
    for (std::size_t k = i + 1; k < units_.size() && !piece_[k] && units_[k].end - units_[i].at <= 60; ++k) {
      if (units_[k].type == Unit::line || units_[k].low == "!" || units_[k].low == "?" || units_[k].low == ";") break;
      if (is_word(k)) last = k;
    }
    static const WordSet labels = set_of("kode code cek nomor no izin");
    while (last > i && last + 1 < units_.size() && piece_[std::min(next_piece(last), units_.size() - 1)] && is(last, labels))
      --last;
    const std::size_t from = shadow_.from[units_[i].at], to = shadow_.to[units_[last].end - 1];
    return text::cut(shadow_.original.substr(from, to - from), 60);
  }
  std::size_t next_piece(std::size_t k) const {
    for (++k; k < units_.size() && !piece_[k] && !is_word(k);) ++k;
    return k;
  }

  Shadow shadow_;
  std::vector<Unit> units_;
  std::vector<const Piece*> piece_;
  bool cuts_pay_;
  std::unordered_map<std::string, std::vector<Phrase>> phrases_;
};

}  // namespace

std::string unexplained(std::string_view message, const std::vector<Piece>& known, const Order& o, const partners::Company& c) {
  return Reading(message, known, o, c).first_unknown();
}

bool may_follow_a_name(std::string_view w) {
  static const WordSet work = set_of(
      "kaigo caregiver caregivers careworker perawat pengasuh art prt operator pabrik nurse welder cleaner housekeeping abk tukang "
      "lansia juru tanpa gratis usia umur kontrak kuota sisa");
  return known_word(w) || contact_words().count(w) > 0 || work.count(w) > 0;
}

// Does the message name the work of this post: its title in one language, or what the trade calls it?
bool names_work_of(std::string_view message, const Post& p) {
  const auto said = text::words(text::fold(text::cut(message, most_characters)));
  const auto says = [&](std::string_view w) { return std::find(said.begin(), said.end(), w) != said.end(); };
  for (std::string_view title : {std::string_view(p.title_id), std::string_view(p.title_en)}) {
    const auto words = text::words(text::fold(title));
    if (!words.empty() && std::all_of(words.begin(), words.end(), says)) return true;
  }
  for (const std::string& name : text::lines(trade_names(p.occupation), "|")) {
    const auto words = text::words(name);
    if (!words.empty() && name != "operator" && std::all_of(words.begin(), words.end(), says)) return true;
  }
  return false;
}

}  // namespace rantau::offers
