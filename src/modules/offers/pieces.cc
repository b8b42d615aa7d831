// What a pasted message mentions: codes, permits, phones, accounts. Every reader passes over the message once.
#include "modules/offers/offers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

std::string upper(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// --- permit and licence numbers --------------------------------------------------------------------------------------

// Where a year stands alone behind one blank; 0: none does.
std::size_t year_behind(std::string_view low, std::size_t end) {
  if (end + 5 > low.size() || low[end] != ' ' || low[end + 1] != '2' || low[end + 2] != '0') return 0;
  if (!is_digit(low[end + 3]) || !is_digit(low[end + 4]) || (end + 5 < low.size() && is_alnum(low[end + 5]))) return 0;
  return end + 1;
}

void read_permits(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  const std::string_view low = s.lower;
  for (const Token& t : ts) {
    if (t.type != Token::word || t.low != "sip") continue;
    const std::string_view name = low.substr(t.at, 6);
    const bool permit = name == "sip2mi", licence = name == "sip3mi";
    if (!permit && !licence) continue;
    std::size_t at = t.at + 6;
    bool skipped = true;
    while (skipped && at < low.size()) {  // "SIP2MI No. : 0000/XI", "SIP3MI-1000/2022"
      skipped = false;
      while (at < low.size() && (low[at] == ' ' || low[at] == ':' || low[at] == '.' || low[at] == '-' || low[at] == '/')) ++at;
      for (std::string_view word : {"nomor", "nomer", "no", "nmr"})
        if (low.substr(at).starts_with(word) && at + word.size() < low.size() && !is_lower(low[at + word.size()])) {
          at += word.size();
          skipped = true;
          break;
        }
    }
    std::size_t end = at;
    while (end < low.size() && end - at < 40 && (is_alnum(low[end]) || low[end] == '/' || low[end] == '-' || low[end] == '.'))
      ++end;
    while (end > at && !is_alnum(low[end - 1])) --end;
    std::string run(low.substr(at, end - at));
    if (const std::size_t year = year_behind(low, end); year > 0 && std::all_of(run.begin(), run.end(), is_digit)) {
      run += "/" + std::string(low.substr(year, 4));  // "SIP2MI 30000 2026"
      end = year + 4;
    }
    if (std::none_of(run.begin(), run.end(), is_digit) || !s.free(t.at, end)) continue;
    out.push_back(s.take(permit ? Kind::permit_number : Kind::licence_number, t.at, end, upper(name) + "-" + upper(run)));
  }
}

// --- codes of Rantau -------------------------------------------------------------------------------------------------

// A run of letters and digits with dashes, or groups with single blanks: "9K4T-2M7Q-X", "9k4t 2m7q x", "9K4T2M7QX".
void read_codes(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  const std::string_view low = s.lower;
  const auto try_range = [&](std::size_t a, std::size_t b, bool told) {
    if (b <= a || b - a > 13 || !s.free(a, b)) return false;
    const std::string_view run = low.substr(a, b - a);
    const bool letters = std::any_of(run.begin(), run.end(), is_lower), digits = std::any_of(run.begin(), run.end(), is_digit);
    if (!(told || (letters && digits))) return false;
    const CodeReading r = read_code(run);
    if (!r.looks_like_code || (!r.code && !told)) return false;
    std::string value = r.code.value_or("");
    if (value.empty())
      for (char c : run)
        if (is_alnum(c)) value += upper(std::string_view(&c, 1));
    out.push_back(s.take(Kind::code, a, b, std::move(value)));
    return true;
  };
  // The whole input is one code, whatever its check says.
  std::size_t begin = 0, finish = low.size();
  while (begin < finish && (low[begin] == ' ' || low[begin] == '\n')) ++begin;
  while (finish > begin && (low[finish - 1] == ' ' || low[finish - 1] == '\n' || low[finish - 1] == '.')) --finish;
  if (finish - begin <= 13 && finish - begin >= 9) {
    // Nine letters may be a word ("penjelasan" has ten); a code without a digit is one in thousands.
    const std::string_view whole = low.substr(begin, finish - begin);
    const bool digit = std::any_of(whole.begin(), whole.end(), is_digit);
    const bool phone_like = std::none_of(whole.begin(), whole.end(), is_lower);
    if (digit && !phone_like && try_range(begin, finish, true)) return;
    if (phone_like && read_code(whole).code && whole.find('-') == 4 && try_range(begin, finish, true)) return;
  }
  bool told = false;
  for (std::size_t i = 0; i < ts.size(); ++i) {
    const Token& t = ts[i];
    if (t.type == Token::line) told = false;
    if (t.type == Token::word && (t.low == "kode" || t.low == "code" || t.low == "cek")) told = true;
    if (t.type != Token::word && t.type != Token::number) continue;
    if (t.at > 0 && (is_alnum(low[t.at - 1]) || low[t.at - 1] == '-')) continue;
    std::size_t end = t.at;  // letters, digits and dashes in one run
    std::size_t dashes = 0;
    while (end < low.size() && end - t.at <= 13 && (is_alnum(low[end]) || low[end] == '-')) dashes += low[end++] == '-';
    if (end < low.size() && (is_alnum(low[end]) || low[end] == '-')) continue;
    while (end > t.at && low[end - 1] == '-') --end, --dashes;
    if (end - t.at - dashes == 9 && try_range(t.at, end, dashes == 2 && low[t.at + 4] == '-' && low[end - 2] == '-')) continue;
    if (end - t.at - dashes == 9 && told &&
        std::any_of(low.begin() + static_cast<long>(t.at), low.begin() + static_cast<long>(end), is_digit) &&
        try_range(t.at, end, true))
      continue;
    // Groups with blanks: 4 4 1.
    if (end - t.at == 4 && t.at + 11 <= low.size() && low[t.at + 4] == ' ' && low[t.at + 9] == ' ' &&
        (t.at + 11 == low.size() || !is_alnum(low[t.at + 11])))
      try_range(t.at, t.at + 11, false);
  }
}

// --- digits in groups: phones and accounts ---------------------------------------------------------------------------

struct Run {
  std::size_t first = 0, last = 0;  // tokens
  std::string digits;
};

// Number tokens joined by one blank, dot or dash (two signs at most), up to so many digits.
Run run_at(const Shadow& s, const std::vector<Token>& ts, std::size_t i, std::size_t most) {
  Run r{i, i, std::string(ts[i].low)};
  for (std::size_t k = i + 1; k < ts.size() && k < i + 14; ++k) {
    const Token &before = ts[k - 1], &t = ts[k];
    if (t.at - before.end > 1) break;
    if (t.type == Token::other && (t.low == "-" || t.low == "." || t.low == "(" || t.low == ")")) continue;
    if (t.type != Token::number || r.digits.size() + t.low.size() > most || !s.free(t.at, t.end)) break;
    // A blank and a fresh 08… or 62… begin another number.
    if (r.digits.size() >= 10 && t.at > before.end && (t.low.starts_with("08") || t.low.starts_with("62"))) break;
    r.digits += t.low;
    r.last = k;
  }
  return r;
}

constexpr std::array<std::string_view, 28> account_words{
    "rek",  "rekening", "norek",   "rekeningnya", "bca",   "bri",    "bni",  "mandiri", "bsi",   "btn",
    "cimb", "niaga",    "permata", "danamon",     "bank",  "jago",   "ocbc", "mega",    "panin", "maybank",
    "bjb",  "seabank",  "account", "va",          "briva", "jenius", "btpn", "dki"};
constexpr std::array<std::string_view, 8> glue{"no", "nomor", "nomer", "number", "ke", "di", "a", "n"};

// Is the number introduced as a bank account: a bank or "rek" before it, with nothing but glue between?
bool after_account_word(const Shadow& s, const std::vector<Token>& ts, std::size_t i) {
  for (std::size_t k = i, budget = 5; k-- > 0 && budget-- > 0;) {
    const Token& t = ts[k];
    if (t.type == Token::number || s.taken[t.at]) return false;  // "Samudra Karya Mandiri" is no bank
    if (t.type == Token::word && text::in(account_words, t.low)) return true;
    if (t.type == Token::word && !text::in(glue, t.low)) return false;
    if (t.type == Token::line && budget < 3) return false;
  }
  return false;
}

bool account_nearby(const Shadow& s, const std::vector<Token>& ts, std::size_t first, std::size_t last) {
  for (std::size_t k = first, budget = 8; k-- > 0 && budget-- > 0;)
    if (!s.taken[ts[k].at] &&
        (text::in(account_words, ts[k].low) || ts[k].low == "transfer" || ts[k].low == "tf" || ts[k].low == "trf"))
      return true;
  for (std::size_t k = last + 1, seen = 0; k < ts.size() && seen < 4; ++k, ++seen) {
    if (ts[k].low == "an" || text::in(account_words, ts[k].low)) return true;
    if (ts[k].low == "a" && k + 2 < ts.size() && ts[k + 1].low == "/" && ts[k + 2].low == "n") return true;
    if (ts[k].low == "atas" && k + 1 < ts.size() && ts[k + 1].low == "nama") return true;
  }
  return false;
}

void take_account(Shadow& s, const std::vector<Token>& ts, std::size_t& i, std::vector<Piece>& out) {
  const Run r = run_at(s, ts, i, 18);
  if (r.digits.size() < 7 || !s.free(ts[r.first].at, ts[r.last].end)) return;
  out.push_back(s.take(Kind::account, ts[r.first].at, ts[r.last].end, r.digits));
  i = r.last;
}

}  // namespace

void read_numbers(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  read_permits(s, ts, out);
  read_codes(s, ts, out);
}

void read_strong_accounts(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  for (std::size_t i = 0; i < ts.size(); ++i)
    if (ts[i].type == Token::number && s.free(ts[i].at, ts[i].end) && after_account_word(s, ts, i)) take_account(s, ts, i, out);
}

// Every run of digits between blanks and marks must hold a digit; o, l and i beside digits are digits.
void read_disguised_phones(Shadow& s, std::vector<Piece>& out) {
  const std::string_view low = s.lower;
  for (std::size_t at = 0; at < low.size(); ++at) {
    if (!(low[at] == '0' || low[at] == '6' || low[at] == 'o') || (at > 0 && is_alnum(low[at - 1]))) continue;
    std::string digits;
    std::size_t end = at, letters = 0, wide = 0, gap = 0, k = at;
    while (k < low.size() && digits.size() < 15) {
      std::size_t stop = k, real = 0;
      std::string run;
      while (stop < low.size() && (is_digit(low[stop]) || low[stop] == 'o' || low[stop] == 'l' || low[stop] == 'i')) {
        real += is_digit(low[stop]);
        run += is_digit(low[stop]) ? low[stop] : low[stop] == 'o' ? '0' : '1';
        ++stop;
      }
      if (real == 0 || (stop < low.size() && is_lower(low[stop]))) break;
      // A blank and a fresh 08… behind a whole number begin another one.
      if (digits.size() >= 10 && (run.starts_with("08") || run.starts_with("62"))) break;
      letters += run.size() - real;
      wide += gap > 1;
      digits += run;
      end = k = stop;
      gap = 0;
      while (k < low.size() && gap < 4 &&
             (low[k] == ' ' || low[k] == '-' || low[k] == '.' || low[k] == '/' || low[k] == ')' || low[k] == '('))
        ++k, ++gap;
      if (gap == 4) break;
    }
    const bool shape = (digits.starts_with("08") && digits.size() >= 10 && digits.size() <= 13) ||
                       (digits.starts_with("628") && digits.size() >= 11 && digits.size() <= 14);
    if (!shape || (letters == 0 && wide == 0) || !s.free(at, end)) continue;
    const auto e164 = text::phone(digits.starts_with("62") ? "+" + digits : digits);
    if (!e164) continue;
    out.push_back(s.take(Kind::phone, at, end, *e164));
    at = end;
  }
}

void read_phones(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type != Token::number || !s.free(ts[i].at, ts[i].end)) continue;
    std::size_t from = ts[i].at;
    bool plus = false;
    if (i > 0 && ts[i - 1].low == "+" && ts[i].at - ts[i - 1].end <= 1) plus = true, from = ts[i - 1].at;
    const std::string_view low = ts[i].low;
    const bool home = low.starts_with("08") || low.starts_with("62") || (low[0] == '0' && low.size() >= 2 && low[1] >= '2');
    const bool bare = low[0] == '8' && low.size() >= 3 && low[1] != '0';  // "812-3456-7890"
    if (!(plus || home || bare)) continue;
    const Run r = run_at(s, ts, i, plus ? 15 : 14);
    const bool fits = plus ? r.digits.size() >= 8 : r.digits.size() >= (r.digits.starts_with("08") ? 10U : 9U);
    if (!fits || (!plus && bare && r.digits.size() < 10) || (low.starts_with("62") && !plus && r.digits.size() < 11)) continue;
    if (low[0] == '0' && !low.starts_with("08") && account_nearby(s, ts, r.first, r.last)) continue;
    const auto e164 = text::phone((plus ? "+" : "") + r.digits);
    if (!e164 || !s.free(from, ts[r.last].end)) continue;
    out.push_back(s.take(Kind::phone, from, ts[r.last].end, *e164));
    i = r.last;
  }
}

void read_weak_accounts(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  std::size_t numbers = 0, others = 0;
  for (const Token& t : ts)
    (t.type == Token::number ? numbers
     : t.type == Token::word ? others
                             : numbers) += t.type != Token::other && t.type != Token::line;
  const bool alone = others == 0 && numbers > 0;  // the whole input is a number
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type != Token::number || !s.free(ts[i].at, ts[i].end)) continue;
    const Run r = run_at(s, ts, i, 18);
    if (r.digits.size() >= 9 && (alone || account_nearby(s, ts, r.first, r.last))) take_account(s, ts, i, out);
    i = std::max(i, r.last);
  }
}

std::vector<Piece> pieces(std::string_view text) {
  Shadow s = shadow_of(text);
  const std::vector<Token> ts = tokens_of(s);
  std::vector<Piece> out;
  read_links(s, out);
  read_disguised_phones(s, out);
  read_numbers(s, ts, out);
  read_companies(s, ts, out);
  read_strong_accounts(s, ts, out);
  read_money(s, ts, out);
  read_phones(s, ts, out);
  read_weak_accounts(s, ts, out);
  read_burdens(s, ts, out);
  read_phrases(s, ts, out);
  read_countries(s, ts, out);
  read_bare_name(s, ts, out);
  std::sort(out.begin(), out.end(), [](const Piece& a, const Piece& b) { return a.from < b.from; });
  return out;
}

std::string_view word(Kind k) {
  switch (k) {
    case Kind::code: return "code";
    case Kind::licence_number: return "licence_number";
    case Kind::permit_number: return "permit_number";
    case Kind::phone: return "phone";
    case Kind::account: return "account";
    case Kind::company: return "company";
    case Kind::country: return "country";
    case Kind::money: return "money";
    case Kind::link: return "link";
    case Kind::email: return "email";
    case Kind::visa: return "visa";
    case Kind::document: return "document";
    case Kind::demand: return "demand";
    case Kind::byway: return "byway";
  }
  return "";
}

}  // namespace rantau::offers
