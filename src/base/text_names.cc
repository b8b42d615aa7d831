// Names of people and companies as comparison keys, and how alike two keys are.
#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"

namespace rantau::text {

namespace {

// One word of a name as it was written.
struct Part {
  std::string word;          // folded, without dots and apostrophes
  bool dotted = false;       // dots inside: S.E., R.A.
  bool after_comma = false;  // where degrees stand
};

bool has_letter(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c != '.' && c != '\''; });
}

void add_chunk(std::vector<Part>& parts, std::string_view chunk, bool after_comma) {
  while (!chunk.empty() && chunk.back() == '.') chunk.remove_suffix(1);
  while (!chunk.empty() && chunk.front() == '.') chunk.remove_prefix(1);
  if (!has_letter(chunk)) return;
  std::vector<std::string> pieces(1);
  for (char c : chunk) {
    if (c == '\'') continue;
    if (c == '.') {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  std::erase(pieces, "");
  if (pieces.size() == 1) {
    parts.push_back({pieces[0], false, after_comma});
    return;
  }
  // "S.Pd" is one degree; "Moh.Djumadi" two words whose blank was forgotten.
  const bool degree = std::all_of(pieces.begin(), pieces.end(), [](const std::string& p) { return p.size() <= 3; });
  if (degree) {
    parts.push_back({std::accumulate(pieces.begin(), pieces.end(), std::string()), true, after_comma});
    return;
  }
  for (auto& p : pieces) parts.push_back({p, false, after_comma});
}

std::vector<Part> split(std::string_view name) {
  std::vector<Part> parts;
  std::string chunk;
  bool after_comma = false;
  const auto end = [&] {
    add_chunk(parts, chunk, after_comma);
    chunk.clear();
  };
  for (char c : fold(name)) {
    if (c == ' ' || c == ',' || c == '-' || c == '/' || c == '(' || c == ')' || c == '"' || c == ';') {
      end();
      if (c == ',') after_comma = true;
    } else {
      chunk += c;
    }
  }
  end();
  return parts;
}

constexpr std::array<std::string_view, 33> titles{
    "h",    "hj",       "haji",       "hajjah",   "hajah", "drs", "dra",  "ir",     "kh",   "kyai", "kiai",
    "ust",  "ustad",    "ustadz",     "ustadzah", "tn",    "ny",  "nn",   "nyonya", "nona", "tuan", "alm",
    "almh", "almarhum", "almarhumah", "raden",    "rr",    "rd",  "rngt", "prof",   "dr",   "bpk",  "bapak"};
constexpr std::array<std::string_view, 6> dotted_titles{"ra", "rm", "rr", "kh", "hj", "nn"};
constexpr std::array<std::string_view, 34> degrees{"se",     "sh",  "spd", "spdi", "st",   "st",   "skom", "ssos", "sip",
                                                   "sag",    "si",  "ssi", "sp",   "sked", "skep", "skm",  "amd",  "amdkeb",
                                                   "amdkep", "msi", "mm",  "mpd",  "mkes", "mh",   "mt",   "ma",   "msc",
                                                   "phd",    "spt", "sst", "sstp", "bsc",  "ba",   "shi"};
constexpr std::array<std::string_view, 4> patronyms{"bin", "binti", "ibnu", "bt"};

bool is_title(const Part& p) {
  if (p.dotted) return in(dotted_titles, p.word) || in(degrees, p.word);
  return in(titles, p.word) || (p.after_comma && in(degrees, p.word));
}

constexpr std::array<std::string_view, 30> muhammad{
    "md",        "mhd",      "moh",       "mohd",    "moch",     "mochd",   "much",     "muh",      "muhd",      "mochamad",
    "mochammad", "mohamad",  "mohammad",  "mohamed", "mohammed", "muhamad", "muhammed", "muchamad", "muchammad", "mukhamad",
    "mukhammad", "mokhamad", "mokhammad", "mukamad", "mukammad", "mokamad", "muchamat", "muhamat",  "mohamat",   "muhammat"};
constexpr std::array<std::string_view, 6> ahmad{"achmad", "akhmad", "akmad", "ahmat", "akhmat", "achmat"};
constexpr std::array<std::string_view, 4> abdul{"abd", "abdl", "abdoel", "abdu"};

// Old j for y and the j/s/z of one name: pairs that are common enough to be known by name. A rule j = y = s would make
// Jumadi, Sumadi and Yumadi one person.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> known_spellings{
    {{"jusuf", "yusuf"},   {"joesoef", "yusuf"}, {"jusup", "yusuf"},       {"yusup", "yusuf"},       {"jahja", "yahya"},
     {"jani", "yani"},     {"jogja", "yogya"},   {"jakub", "yakub"},       {"jacub", "yakub"},       {"junus", "yunus"},
     {"joenoes", "yunus"}, {"jainal", "zainal"}, {"jaenal", "zainal"},     {"zaenal", "zainal"},     {"jaenab", "zainab"},
     {"zaenab", "zainab"}, {"jainab", "zainab"}, {"jaenudin", "zainudin"}, {"zaenudin", "zainudin"}, {"jainudin", "zainudin"},
     {"ajis", "aziz"},     {"ajiz", "aziz"},     {"reja", "reza"},         {"rijal", "rizal"}}};

// The word an abbreviation stands for. Single letters only at the front, with a name behind them.
std::string unabbreviated(const std::string& w, bool first, bool more) {
  if (in(muhammad, w)) return "muhammad";
  if (in(ahmad, w)) return "ahmad";
  if (in(abdul, w)) return "abdul";
  if (w == "st" && more) return "siti";
  if (first && more) {
    if (w == "m") return "muhammad";
    if (w == "a") return "abdul";
    if (w == "s") return "siti";
    if (w == "n") return "nur";
  }
  for (const auto& [old, now] : known_spellings)
    if (w == old) return std::string(now);
  return w;
}

void replace(std::string& s, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = s.find(from, at)) != std::string::npos; at += to.size()) s.replace(at, from.size(), to);
}

void single_letters(std::string& s) { s.erase(std::unique(s.begin(), s.end()), s.end()); }

// Spelling before 1972 and the letters that Indonesian ears do not part.
std::string respelled(std::string s) {
  replace(s, "oe", "u");
  replace(s, "dj", "j");
  replace(s, "tj", "c");
  replace(s, "sj", "sy");
  replace(s, "nj", "ny");
  replace(s, "ch", "kh");
  replace(s, "ie", "i");
  replace(s, "kh", "h");
  replace(s, "h", "");
  for (char& c : s) {
    if (c == 'f' || c == 'v') c = 'p';
    if (c == 'q') c = 'k';
    if (c == 'z') c = 's';
  }
  if (s.size() > 2 && s.back() == 'y') s.back() = 'i';
  if (s.size() > 2 && s.back() == 'd') s.back() = 't';
  single_letters(s);
  return s;
}

// "Nurhayati" is "Nur Hayati", "Abdurrahman" "Abdul Rahman"; short endings (Nurdin, Abdullah) stay whole.
void add_word(std::vector<std::string>& out, const std::string& word) {
  for (std::string_view front : {"nur", "noer", "siti", "abdul", "abdur"}) {
    if (!word.starts_with(front) || word.size() < front.size() + 4) continue;
    std::string rest = word.substr(front.size());
    if (rest == "ain" || rest.starts_with("lah")) break;
    out.push_back(respelled(front == "noer" ? "nur" : front == "abdur" ? "abdul" : std::string(front)));
    out.push_back(respelled(rest));
    return;
  }
  std::string plain = respelled(word);
  if (!plain.empty()) out.push_back(std::move(plain));
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) {
    if (!out.empty()) out += ' ';
    out += w;
  }
  return out;
}

}  // namespace

std::string name_key(std::string_view name) {
  const auto parts = split(name);
  std::vector<std::string> kept;
  for (const Part& p : parts)
    if (!is_title(p)) kept.push_back(p.word);
  if (kept.empty())  // a name that is only a title: better a key than none
    for (const Part& p : parts) kept.push_back(p.word);
  if (kept.size() > 1 && kept[0] == "r") kept.erase(kept.begin());  // R. for Raden; elsewhere an initial
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0 && in(patronyms, kept[i])) continue;  // the word goes, the father's name stays
    add_word(out, unabbreviated(kept[i], i == 0, i + 1 < kept.size()));
  }
  return joined(out);
}

std::string company_key(std::string_view name) {
  constexpr std::array<std::string_view, 17> forms{"pt",      "cv", "tbk", "persero", "p3mi",  "pptkis", "pjtki", "pjtkis", "ltd",
                                                   "limited", "co", "inc", "corp",    "firma", "ud",     "bhd",   "sdn"};
  std::vector<std::string> out, all;
  for (const Part& p : split(name)) {
    for (auto& w : words(p.word)) {
      all.push_back(w);
      if (!in(forms, w)) out.push_back(w);
    }
  }
  if (out.size() >= 2 && out[0] == "perseroan" && out[1] == "terbatas") out.erase(out.begin(), out.begin() + 2);
  return joined(out.empty() ? all : out);
}

// --- likeness --------------------------------------------------------------------------------------------------------

namespace {

// Damerau's distance (optimal string alignment): insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

int by_characters(std::string_view a, std::string_view b) {
  const std::size_t longest = std::max(a.size(), b.size());
  if (longest == 0) return 0;
  return static_cast<int>(100 - (100 * distance(a, b) + longest - 1) / longest);
}

// Each word meets its best free partner; words without one count against the pair by their length.
int by_words(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto& few = a.size() <= b.size() ? a : b;
  const auto& many = a.size() <= b.size() ? b : a;
  std::vector<bool> taken(many.size());
  std::size_t weight = 0, score = 0;
  for (const auto& w : few) {
    int best = 0;
    std::size_t at = many.size();
    for (std::size_t j = 0; j < many.size(); ++j)
      if (!taken[j])
        if (const int like = by_characters(w, many[j]); like > best) {
          best = like;
          at = j;
        }
    weight += w.size();
    if (at == many.size()) continue;
    taken[at] = true;
    score += w.size() * static_cast<std::size_t>(best);
  }
  for (std::size_t j = 0; j < many.size(); ++j)
    if (!taken[j]) weight += many[j].size();
  return weight ? static_cast<int>(score / weight) : 0;
}

std::string without_blanks(std::string_view s) {
  std::string out(s);
  std::erase(out, ' ');
  return out;
}

}  // namespace

int likeness(std::string_view a, std::string_view b) {
  a = a.substr(0, 200);
  b = b.substr(0, 200);
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 100;
  if (without_blanks(a) == without_blanks(b)) return 99;
  auto a_words = words(a), b_words = words(b);
  if (a_words.size() > 12) a_words.resize(12);
  if (b_words.size() > 12) b_words.resize(12);
  // Symmetric by construction: equal counts are tried both ways.
  const int in_words = std::max(by_words(a_words, b_words), by_words(b_words, a_words));
  return std::clamp(std::max(by_characters(a, b), in_words * 97 / 100), 0, 99);
}

}  // namespace rantau::text
