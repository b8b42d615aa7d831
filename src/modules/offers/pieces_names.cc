// Names of companies and countries in a message.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

// Words that never belong to a company's name: here it ends.
constexpr std::array<std::string_view, 132> stops{
    "bukan",      "visa",        "turis",    "kok",       "halo",      "hai",      "hi",         "assalamualaikum",
    "aku",        "gue",         "ok",       "oke",       "terima",    "kasih",    "makasih",    "apply",
    "butuh",      "membutuhkan", "cari",     "mencari",   "buka",      "membuka",  "dibuka",     "di",
    "ke",         "dari",        "untuk",    "utk",       "dengan",    "dgn",      "yang",       "yg",
    "adalah",     "gaji",        "lowongan", "loker",     "lowker",    "izin",     "ijin",       "resmi",
    "hub",        "hubungi",     "jl",       "jalan",     "alamat",    "telp",     "hp",         "wa",
    "whatsapp",   "info",        "minat",    "kerja",     "pekerjaan", "negara",   "tujuan",     "posisi",
    "penempatan", "sip2mi",      "sip3mi",   "sip",       "no",        "nomor",    "kode",       "ini",
    "itu",        "apa",         "apakah",   "benar",     "bener",     "asli",     "penipu",     "penipuan",
    "mau",        "sudah",       "sdh",      "akan",      "saya",      "kami",     "dan",        "atau",
    "via",        "lewat",       "melalui",  "oleh",      "rekrut",    "merekrut", "perekrutan", "rekrutmen",
    "transfer",   "bayar",       "biaya",    "dp",        "rp",        "tolong",   "mohon",      "cek",
    "kak",        "min",         "pak",      "bu",        "gan",       "ya",       "dong",       "nih",
    "is",         "hiring",      "needs",    "for",       "to",        "in",       "job",        "order",
    "and",        "with",        "salary",   "berangkat", "proses",    "urgent",   "segera",     "ada",
    "tidak",      "tdk",         "minta",    "punya",     "terdaftar", "sama",     "sebagai",    "kirim"};

bool legal_form(std::string_view w) { return w == "pt" || w == "cv"; }

// Names of countries that are also everyday words or names here; and home, which is no destination.
constexpr std::array<std::string_view, 6> not_abroad{"ID", "NE", "TD", "ML", "JE", "GE"};

// Places and spellings that offers use for a country.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> places{{
    {"Kambodja", "KH"}, {"Kampuchea", "KH"}, {"Phnom Penh", "KH"}, {"Poipet", "KH"},       {"Sihanoukville", "KH"},
    {"Bavet", "KH"},    {"Myawaddy", "MM"},  {"Shwe Kokko", "MM"}, {"Jepun", "JP"},        {"Tokyo", "JP"},
    {"Osaka", "JP"},    {"Malaysa", "MY"},   {"Malaisia", "MY"},   {"Kuala Lumpur", "MY"}, {"Johor", "MY"},
    {"Penang", "MY"},   {"Taipei", "TW"},    {"Taichung", "TW"},   {"Kaohsiung", "TW"},    {"Seoul", "KR"},
    {"Busan", "KR"},    {"Jeddah", "SA"},    {"Riyadh", "SA"},     {"Dubai", "AE"},        {"Abu Dhabi", "AE"},
    {"Doha", "QA"},
}};

struct Known {
  std::string name;  // folded
  std::size_t words = 0;
  std::string_view alpha2;
};
using Countries = std::unordered_map<std::string, std::vector<Known>>;
// By first word, longest first.
const Countries& countries_by_word() {
  static const Countries all = [] {
    Countries found;
    const auto add = [&](std::string_view name, std::string_view code) {
      Known k{text::fold(name), 0, code};
      const auto parts = text::words(k.name);
      if (parts.empty() || (parts.size() == 1 && parts[0].size() < 3 && name != "UK")) return;
      k.words = parts.size();
      k.name.clear();
      for (const auto& p : parts) k.name += (k.name.empty() ? "" : " ") + p;
      found[parts[0]].push_back(std::move(k));
    };
    for (const auto& c : reference::countries()) {
      if (text::in(not_abroad, c.alpha2)) continue;
      add(c.id, c.alpha2);
      add(c.en, c.alpha2);
      for (auto name : c.also) add(name, c.alpha2);
    }
    for (const auto& [name, code] : places) add(name, code);
    for (auto& [first, list] : found)
      std::stable_sort(list.begin(), list.end(), [](const Known& a, const Known& b) { return a.words > b.words; });
    return found;
  }();
  return all;
}

}  // namespace

void read_companies(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  constexpr std::size_t most_words = 6;
  for (std::size_t i = 0; i + 1 < ts.size(); ++i) {
    std::size_t next = 0;
    if (ts[i].type == Token::word && legal_form(ts[i].low)) {
      next = i + 1;
    } else if (i + 3 < ts.size() && (ts[i].low == "p" || ts[i].low == "c") && ts[i + 1].low == "." &&
               (ts[i + 2].low == "t" || ts[i + 2].low == "v") && ts[i + 2].at - ts[i].end <= 2) {
      next = i + 3;  // P.T.
    } else {
      continue;
    }
    if (next < ts.size() && ts[next].low == ".") ++next;
    if (next < ts.size() && ts[next].low == ",") continue;
    const bool capital = next < ts.size() && ts[next].type == Token::word && s.plain[ts[next].at] != s.lower[ts[next].at];
    std::size_t last = next, words = 0;
    for (std::size_t k = next; k < ts.size() && words < most_words; ++k) {
      const Token& t = ts[k];
      if (t.low == "-" || t.low == "&" || t.low == ".") {
        if (words == 0 || k + 1 >= ts.size() || ts[k + 1].type != Token::word || (t.low == "." && ts[k + 1].at > t.end)) break;
        continue;
      }
      if (t.type != Token::word || !s.free(t.at, t.end)) break;
      if (words > 0 && t.at - ts[k - 1].end > 2) break;
      if (words > 0 && (text::in(stops, t.low) || countries_by_word().count(std::string(t.low)))) break;
      if (words > 0 && legal_form(t.low)) break;
      // "PT Maju Jaya membuka": a name in capitals ends where the small letters begin.
      if (capital && words > 0 && s.plain[t.at] == s.lower[t.at]) break;
      last = k;
      ++words;
    }
    if (words == 0 || (words == 1 && text::in(stops, ts[next].low)) || !s.free(ts[i].at, ts[last].end)) continue;
    const bool dotted = ts[i].type == Token::word && ts[i].low.size() == 1;  // "P.T."
    std::string name = dotted ? "PT " + s.plain.substr(ts[next].at, ts[last].end - ts[next].at)
                              : s.plain.substr(ts[i].at, ts[last].end - ts[i].at);
    std::replace(name.begin(), name.end(), '\n', ' ');
    out.push_back(s.take(Kind::company, ts[i].at, ts[last].end, std::move(name)));
    i = last;
  }
}

// "samudra karya mandiri": a few words, none of them everyday ones.
void read_bare_name(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  if (!out.empty() || s.size() > 60 || ts.empty() || ts.size() > 7) return;
  std::size_t letters = 0, first = ts.size(), last = 0;
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type == Token::number || text::in(stops, ts[i].low)) return;
    if (ts[i].type == Token::word) letters += ts[i].low.size(), first = std::min(first, i), last = i;
  }
  if (letters < 4 || first >= ts.size()) return;
  out.push_back(s.take(Kind::company, ts[first].at, ts[last].end, s.plain.substr(ts[first].at, ts[last].end - ts[first].at)));
}

namespace {

bool denied_before(const std::vector<Token>& ts, std::size_t i) {
  for (std::size_t k = i, budget = 2; k-- > 0 && budget-- > 0;) {
    if (ts[k].type != Token::word) return false;
    if (ts[k].low == "bukan" || ts[k].low == "not") return true;
  }
  return false;
}

}  // namespace

void read_countries(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  const auto& known = countries_by_word();
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type != Token::word || !s.free(ts[i].at, ts[i].end)) continue;
    const auto list = known.find(std::string(ts[i].low));
    if (list == known.end()) continue;
    for (const Known& k : list->second) {
      std::size_t last = i, words = 1;
      std::string name(ts[i].low);
      while (words < k.words && last + 1 < ts.size()) {
        ++last;
        if (ts[last].type == Token::line) break;
        if (ts[last].type != Token::word) continue;
        name += " ";
        name += ts[last].low;
        ++words;
      }
      if (name != k.name || !s.free(ts[i].at, ts[last].end)) continue;
      if (denied_before(ts, i)) break;  // "bukan ke Kamboja"
      out.push_back(s.take(Kind::country, ts[i].at, ts[last].end, std::string(k.alpha2)));
      i = last;
      break;
    }
  }
}

bool speaks_of_household(std::string_view message) {
  const std::string low = " " + [&] {
    std::string all;
    for (const auto& w : text::words(text::fold(text::cut(message, most_characters)))) all += w + " ";
    return all;
  }();
  for (std::string_view w : {" art ", " prt ", " pembantu ", " asisten rumah tangga ", " pekerja rumah tangga ", " rumah tangga ",
                             " housemaid ", " domestic helper ", " domestic worker ", " tlpt ", " plrt ", " babysitter ", " maid "})
    if (low.find(w) != std::string::npos) return true;
  return false;
}

}  // namespace rantau::offers
