// Amounts of money, and whether the words around them ask for it or promise it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

constexpr std::array<std::string_view, 15> units{"juta",   "jt", "jta",    "jtan",   "jutaan",  "rb",       "ribu", "rban",
                                                 "ribuan", "k",  "miliar", "milyar", "million", "thousand", "yuta"};
constexpr std::array<std::string_view, 30> currencies{
    "pln", "zloty", "bnd", "lira", "rp",    "idr", "rupiah", "rm",  "myr", "ringgit", "nt",  "ntd", "twd",  "usd",   "us",
    "hkd", "hk",    "sgd", "sar",  "riyal", "aed", "dirham", "yen", "jpy", "won",     "krw", "eur", "euro", "dolar", "dollar"};
constexpr std::array<std::string_view, 51> asking{
    "bayar",   "membayar", "bayarnya", "pembayaran",  "dibayarkan", "transfer", "tf",      "trf",          "trsf",
    "dp",      "biaya",    "biayanya", "fee",         "uang",       "kursi",    "admin",   "administrasi", "jaminan",
    "deposit", "setor",    "setoran",  "pendaftaran", "registrasi", "cicil",    "cicilan", "talangan",     "pay",
    "payment", "tarif",    "kirim",    "pelunasan",   "lunasi",     "lunas",    "modal",   "mahar",        "charge",
    "byr",     "potongan", "potong",   "ongkos",      "bayare",     "mbayar",   "duit",    "dana",         "denda",
    "adm",     "infaq",    "infak",    "siapkan",     "sediakan",   "rugi"};
constexpr std::array<std::string_view, 24> promising{"gaji",   "gajinya",   "gajih",   "upah",      "penghasilan",  "pendapatan",
                                                     "salary", "income",    "wage",    "earn",      "pokok",        "lembur",
                                                     "bonus",  "gapok",     "bergaji", "digaji",    "dapat",        "bersih",
                                                     "thp",    "tunjangan", "hasil",   "allowance", "menghasilkan", "cuan"};
constexpr std::array<std::string_view, 3> noting{"potongan", "potong", "pay"};
constexpr std::array<std::string_view, 18> denying{"tidak", "tdk",    "tak",    "gak", "ga",  "nggak", "ngga", "enggak", "bukan",
                                                   "tanpa", "gratis", "jangan", "no",  "not", "free",  "nol",  "tiada",  "never"};
constexpr std::array<std::string_view, 9> monthly{"bulan",   "bln",      "perbulan", "sebulan", "month",
                                                  "monthly", "bulannya", "perbln",   "mo"};
constexpr std::array<std::string_view, 6> carried{"ditanggung", "dibiayai", "dibayarkan", "perusahaan", "majikan", "employer"};
constexpr std::array<std::string_view, 4> bearing{"ditanggung", "dibiayai", "majikan", "employer"};
// "uang makan 25 rb", "uang kas": money that nobody asks a candidate for.
constexpr std::array<std::string_view, 13> own_money{"makan", "saku",      "lembur",   "transport", "transportasi",
                                                     "hadir", "kehadiran", "pesangon", "pensiun",   "kas",
                                                     "cuti",  "belanja",   "jajan"};

// Is there a piece of text that starts a new thought between these two tokens?
bool new_thought(const Token& t) {
  return t.type == Token::line || (t.type == Token::other && (t.low == ";" || t.low == "!" || t.low == "?"));
}

// The nearest telling word before the amount decides; a denial before that word turns it off.
Piece::Said said(const std::vector<Token>& ts, std::size_t first, std::size_t last) {
  for (std::size_t k = last + 1, seen = 0; k < ts.size() && seen < 4; ++k, ++seen) {
    if (new_thought(ts[k])) break;
    if (ts[k].type == Token::word && text::in(monthly, ts[k].low)) return Piece::promised;
  }
  std::size_t budget = 12;
  Piece::Said found = Piece::plain;
  bool borne = false;  // somebody else pays
  for (std::size_t k = first; k-- > 0 && budget-- > 0;) {
    if (new_thought(ts[k]) && found == Piece::plain && budget < 9) break;
    if (ts[k].type != Token::word) continue;
    if (found == Piece::plain) {
      if (text::in(bearing, ts[k].low)) borne = true;
      const bool own = ts[k].low == "uang" && k + 1 < ts.size() && text::in(own_money, ts[k + 1].low);
      if (own) return Piece::plain;
      if (text::in(asking, ts[k].low)) found = text::in(noting, ts[k].low) ? Piece::noted : Piece::asked;
      const bool thanks = k + 1 < ts.size() && ts[k + 1].low == "kasih";
      if ((ts[k].low == "terima" && !thanks) || ts[k].low == "diterima" || ts[k].low == "receive") return Piece::promised;
      if (found != Piece::plain && borne) return Piece::plain;  // "biaya ditanggung majikan: visa 3 juta"
      if (text::in(promising, ts[k].low)) {
        // "potong gaji 5 jt" takes money from the worker: it is no promise.
        const bool cut = k > 0 && (ts[k - 1].low == "potong" || ts[k - 1].low == "potongan");
        return cut ? Piece::asked : Piece::promised;
      }
      if (found != Piece::plain) budget = std::min<std::size_t>(budget, 3);
    } else if (text::in(denying, ts[k].low)) {
      return Piece::plain;
    }
  }
  if (found != Piece::plain)
    for (std::size_t k = last + 1, seen = 0; k < ts.size() && seen < 4 && !new_thought(ts[k]); ++k, ++seen)
      if (text::in(carried, ts[k].low)) return Piece::plain;
  return found;
}

std::string currency_of_sign(char32_t c) {
  if (c == 0xA5 || c == 0xFFE5 || c == 0x5186) return "JPY";
  if (c == 0x20A9) return "KRW";
  if (c == 0x20AC) return "EUR";
  if (c == 0x20BA) return "TRY";
  return "";
}

std::string currency_of_word(std::string_view w) {
  if (w == "dolar" || w == "dollar" || w == "us") return "USD";
  if (w == "nt") return "TWD";
  if (w == "hk") return "HKD";
  if (w == "riyal") return "SAR";
  if (w == "rupiah" || w == "rp") return "IDR";
  if (w == "rm" || w == "ringgit") return "MYR";
  if (w == "yen") return "JPY";
  if (w == "won") return "KRW";
  if (w == "euro") return "EUR";
  if (w == "dirham") return "AED";
  if (w == "ntd") return "TWD";
  if (w == "zloty") return "PLN";
  if (w == "lira") return "TRY";
  std::string up(w);
  for (char& c : up) c = static_cast<char>(c - 'a' + 'A');
  return up;
}

// The whole of one written number: "7.500.000", "7,5", "28.590".
struct Number {
  std::size_t first = 0, last = 0;  // tokens
  bool grouped = false;
};
Number number_at(const std::vector<Token>& ts, std::size_t i) {
  Number n{i, i};
  int groups = 0;
  while (n.last + 2 < ts.size() && groups < 6) {
    const Token &mark = ts[n.last + 1], &next = ts[n.last + 2];
    if (mark.at != ts[n.last].end || next.at != mark.end || next.type != Token::number) break;
    if (mark.low != "." && mark.low != ",") break;
    const std::size_t size = next.end - next.at;
    if (size != 3 && size > 2) break;
    if (size == 3) n.grouped = true;
    n.last += 2;
    ++groups;
  }
  return n;
}

struct Around {
  std::size_t first = 0, last = 0;
  std::string currency;
  bool unit = false, marked = false;  // marked: a currency was written
};
// Currency before, unit and currency behind.
Around around(const Shadow& s, const std::vector<Token>& ts, Number n) {
  Around a{n.first, n.last, "IDR"};
  const auto near = [&](const Token& x, const Token& y) { return y.at - x.end <= 1; };
  std::size_t k = n.first;
  while (k > 0 && near(ts[k - 1], ts[k]) && (ts[k - 1].low == "." || ts[k - 1].low == "$" || ts[k - 1].low == ":")) --k;
  const bool dollar = k < n.first && ts[k].low == "$";
  if (k > 0 && near(ts[k - 1], ts[k]) && ts[k - 1].type == Token::word && text::in(currencies, ts[k - 1].low)) {
    a.first = k - 1;
    a.currency = currency_of_word(ts[k - 1].low);
    a.marked = true;
  } else if (dollar && k > 0 && near(ts[k - 1], ts[k]) && (ts[k - 1].low == "s" || ts[k - 1].low == "b")) {
    a.first = k - 1;
    a.currency = ts[k - 1].low == "s" ? "SGD" : "BND";
    a.marked = true;
  } else if (dollar) {
    a.first = k;
    a.currency = "USD";
    a.marked = true;
  } else if (n.first > 0 && near(ts[n.first - 1], ts[n.first]) && ts[n.first - 1].low == "*") {
    const std::string c = currency_of_sign(s.sign[ts[n.first - 1].at]);
    if (!c.empty()) a.first = n.first - 1, a.currency = c, a.marked = true;
  }
  while (a.last + 1 < ts.size() && near(ts[a.last], ts[a.last + 1])) {
    const Token& t = ts[a.last + 1];
    if (t.type == Token::word && !a.unit && text::in(units, t.low)) {
      a.unit = true;
    } else if (t.type == Token::word && text::in(currencies, t.low) && !a.marked) {
      a.marked = true;
      a.currency = currency_of_word(t.low);
    } else if (t.low == "*" && !a.marked && !currency_of_sign(s.sign[t.at]).empty()) {
      a.marked = true;
      a.currency = currency_of_sign(s.sign[t.at]);
    } else {
      break;
    }
    ++a.last;
  }
  return a;
}

std::string number_text(const Shadow& s, const std::vector<Token>& ts, const Number& n, const Around& a) {
  std::string t = s.lower.substr(ts[n.first].at, ts[n.last].end - ts[n.first].at);
  if (!a.unit) return t;
  for (std::size_t k = n.last + 1; k <= a.last; ++k) {
    const std::string_view w = ts[k].low;
    if (w.starts_with("jt") || w.starts_with("juta") || w == "yuta") return t + " juta";
    if (w.starts_with("rb") || w.starts_with("ribu") || w == "k" || w == "thousand") return t + " ribu";
    if (w == "miliar" || w == "milyar") return t + " miliar";
    if (w == "million") return t + " juta";
  }
  return t;
}

}  // namespace

bool asks_for_money(std::string_view word) { return text::in(asking, word); }

void read_money(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type != Token::number || ts[i].end - ts[i].at > 12 || !s.free(ts[i].at, ts[i].end)) continue;
    Number n = number_at(ts, i);
    Around a = around(s, ts, n);
    // "18-20 juta", "15 s/d 20 jt": the upper end is what is promised.
    if (!a.unit && n.last + 2 < ts.size() && ts[n.last + 1].low == "-" && ts[n.last + 2].type == Token::number) {
      const Number upper = number_at(ts, n.last + 2);
      const Around b = around(s, ts, upper);
      if (b.unit && s.free(ts[upper.first].at, ts[upper.last].end)) {
        a.last = b.last;
        a.unit = true;
        if (b.marked) a.currency = b.currency;
        n = upper;
      }
    }
    const Piece::Said words = said(ts, a.first, a.last);
    const std::size_t digits = ts[n.last].end - ts[n.first].at;
    // A bare number is money only when it is written like money: grouped by thousands, or asked for by a word just before.
    const bool like_money = a.marked || a.unit ||
                            (n.grouped && ts[n.first].end - ts[n.first].at <= 3 && ts[n.first].low[0] != '0') ||
                            (words != Piece::plain && n.first == n.last && digits >= 5 && digits <= 9 && ts[i].low[0] != '0' &&
                             a.first > 0 && (text::in(asking, ts[a.first - 1].low) || text::in(promising, ts[a.first - 1].low)));
    const std::size_t from = ts[a.first].at, to = ts[a.last].end;
    if (!like_money || !s.free(from, to)) continue;
    const auto money = parse_money(number_text(s, ts, n, a), a.currency);
    if (!money || money->minor < 0) {
      i = n.last;
      continue;
    }
    Piece p = s.take(Kind::money, from, to, money->currency + " " + std::to_string(money->minor));
    p.money = *money;
    p.said = money->minor == 0 && words != Piece::promised ? Piece::plain : words;
    out.push_back(std::move(p));
    i = a.last;
  }
}

// --- money asked for without an amount -------------------------------------------------------------------------------

namespace {

// Two or three words in a row; "*" stands for one word of any kind.
constexpr std::array<std::string_view, 34> demands{"uang kursi",         "uang jaminan",
                                                   "uang muka",          "uang pendaftaran",
                                                   "uang admin",         "uang administrasi",
                                                   "biaya pendaftaran",  "biaya admin",
                                                   "biaya administrasi", "biaya proses",
                                                   "biaya penempatan",   "biaya keberangkatan",
                                                   "biaya registrasi",   "biaya medical",
                                                   "bayar dp",           "bayar dulu",
                                                   "bayar dimuka",       "dp dulu",
                                                   "transfer dulu",      "tf dulu",
                                                   "transfer ke",        "tf ke",
                                                   "setor uang",         "kirim uang",
                                                   "bayar uang",         "bayar biaya",
                                                   "potong gaji",        "placement fee",
                                                   "registration fee",   "pay first",
                                                   "deposit dulu",       "transfer dp",
                                                   "bayar kursi",        "bayar admin"};
constexpr std::array<std::string_view, 13> visas{
    "visa turis",       "visa kunjungan", "visa wisata",  "visa umrah", "visa umroh", "visa ziarah", "visa pelancong",
    "visa pelancongan", "visa tourist",   "tourist visa", "visit visa", "visa visit", "visa haji"};
constexpr std::array<std::string_view, 10> papers{"paspor", "pasport", "passport", "ktp",        "ijazah",
                                                  "ijasah", "kk",      "akta",     "sertifikat", "bpkb"};
constexpr std::array<std::string_view, 30> kept{"ditahan",     "dipegang",   "disimpan", "disita",     "diambil",    "dikumpul",
                                                "dikumpulkan", "diserahkan", "dititip",  "dititipkan", "dijaminkan", "jaminan",
                                                "digadai",     "digadaikan", "tahan",    "serahkan",   "titip",      "titipkan",
                                                "kumpulkan",   "kumpul",     "sita",     "pegang",     "tinggalkan", "ditinggal",
                                                "gowo",        "digowo",     "dibawa",   "simpan",     "gadai",      "gadaikan"};
constexpr std::array<std::string_view, 5> own_hand{"sendiri", "sendirian", "kamu", "anda", "pribadi"};
// Ways out of the country that only a syndicate knows.
constexpr std::array<std::string_view, 12> byways{"jalur belakang", "jalur tikus",  "jalur gelap",   "non prosedural",
                                                  "tanpa dokumen",  "tanpa paspor", "calling visa",  "tanpa visa",
                                                  "visa calling",   "jalur khusus", "tanpa medical", "tanpa kontrak"};

bool denied(const std::vector<Token>& ts, std::size_t first) {
  for (std::size_t k = first, budget = 4; k-- > 0 && budget-- > 0;) {
    if (new_thought(ts[k]) || ts[k].low == "." || ts[k].low == ",") return false;
    if (text::in(denying, ts[k].low)) return true;
  }
  return false;
}

bool denied_behind(const std::vector<Token>& ts, std::size_t last) {
  for (std::size_t k = last + 1, seen = 0; k < ts.size() && seen < 3 && !new_thought(ts[k]); ++k, ++seen) {
    if (text::in(carried, ts[k].low) || ts[k].low == "gratis" || ts[k].low == "free") return true;
    if (ts[k].type == Token::number && ts[k].low == "0") return true;
    if (ts[k].low == "tidak" || ts[k].low == "nol") return true;
  }
  return false;
}

// Papers and a word of keeping, in either order, at most four words apart: "KTP dan KK asli dipegang agen",
// "ditahan dulu paspor sama ijazah".
void read_papers(Shadow& s, const std::vector<Token>& ts, const std::vector<std::size_t>& words, std::vector<Piece>& out) {
  for (std::size_t w = 0; w < words.size(); ++w) {
    const bool paper = text::in(papers, ts[words[w]].low), keeps = text::in(kept, ts[words[w]].low);
    if (!paper && !keeps) continue;
    for (std::size_t reach = 1; reach <= 4 && w + reach < words.size(); ++reach) {
      const std::size_t i = words[w], j = words[w + reach];
      bool broken = ts[j].at - ts[i].end > 40;
      for (std::size_t k = i; k < j; ++k) broken |= new_thought(ts[k]) || ts[k].low == ".";
      if (broken) break;
      if (!(paper ? text::in(kept, ts[j].low) : text::in(papers, ts[j].low))) continue;
      const bool own = j + 1 < ts.size() && text::in(own_hand, ts[j + 1].low);
      if (!own && !denied(ts, i) && !denied(ts, j) && s.free(ts[i].at, ts[j].end))
        out.push_back(s.take(Kind::document, ts[i].at, ts[j].end, std::string(ts[i].low) + " " + std::string(ts[j].low)));
      break;
    }
  }
}

}  // namespace

void read_phrases(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < ts.size(); ++i)
    if (ts[i].type == Token::word) words.push_back(i);
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::size_t i = words[w];
    for (std::size_t reach = 1; reach <= 2 && w + reach < words.size(); ++reach) {
      const std::size_t j = words[w + reach];
      if (ts[j].at - ts[i].end > 24) break;
      const std::string pair = std::string(ts[i].low) + " " + std::string(ts[j].low);
      const std::size_t from = ts[i].at, to = ts[j].end;
      const bool visa = text::in(visas, pair);
      const bool demand = !visa && reach == 1 && text::in(demands, pair);
      const bool byway = !visa && !demand && reach == 1 && text::in(byways, pair);
      if (!(visa || demand || byway) || !s.free(from, to)) continue;
      if (!byway && denied(ts, i)) continue;  // "tanpa paspor" denies by itself
      if (demand && denied_behind(ts, j)) continue;
      out.push_back(s.take(visa ? Kind::visa : demand ? Kind::demand : Kind::byway, from, to, pair));
      break;
    }
    if (ts[i].low == "unprosedural" || ts[i].low == "nonprosedural" || ts[i].low == "ilegal")
      if (s.free(ts[i].at, ts[i].end) && !denied(ts, i))
        out.push_back(s.take(Kind::byway, ts[i].at, ts[i].end, std::string(ts[i].low)));
  }
  read_papers(s, ts, words, out);
}

}  // namespace rantau::offers
