// Which passwords are refused: too short, among the ones everybody tries first, or made of the person's own name. No rule
// about kinds of characters and no change by the calendar (NIST SP 800-63B, ASVS 6.2).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/access/sign_in.h"

namespace rantau::access {

namespace {

// Words that stand alone, or with digits and signs around them, in what people choose.
constexpr std::array<std::string_view, 96> common{
    "password",      "passw0rd",        "sandi",       "katasandi", "rahasia",  "rahasiaku",
    "admin",         "administrator",   "root",        "user",      "pengguna", "login",
    "masuk",         "selamat",         "welcome",     "letmein",   "qwerty",   "qwertyuiop",
    "asdfgh",        "asdfghjkl",       "zxcvbn",      "zxcvbnm",   "qazwsx",   "qweasd",
    "abcdef",        "abcdefg",         "abcdefgh",    "abc",       "abcd",     "aaa",
    "iloveyou",      "sayang",          "sayangku",    "cinta",     "cintaku",  "bismillah",
    "alhamdulillah", "assalamualaikum", "allahuakbar", "indonesia", "merdeka",  "garuda",
    "pancasila",     "jakarta",         "betawi",      "bandung",   "surabaya", "jawa",
    "monas",         "persija",         "persib",      "football",  "baseball", "dragon",
    "monkey",        "master",          "sunshine",    "princess",  "shadow",   "superman",
    "batman",        "pokemon",         "naruto",      "anime",     "android",  "samsung",
    "komputer",      "internet",        "google",      "facebook",  "whatsapp", "instagram",
    "bp3mi",         "bp2mi",           "bnp2tki",     "kp2mi",     "disnaker", "disnakertransgi",
    "pemprov",       "dinas",           "kantor",      "pegawai",   "migran",   "pekerja",
    "pekerjamigran", "rantau",          "anakku",      "keluarga",  "ibuku",    "mama",
    "bapak",         "kucing",          "ganteng",     "cantik",    "test",     "coba"};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return c >= 'a' && c <= 'z'; }

// "P@ssw0rd123!" -> "password": signs that stand for letters read as letters, digits and signs at both ends dropped.
std::string core(std::string_view folded) {
  std::size_t from = 0, to = folded.size();
  while (from < to && !letter(folded[from])) ++from;
  while (to > from && !letter(folded[to - 1])) --to;
  std::string out;
  for (char c : folded.substr(from, to - from)) {
    switch (c) {
      case '0': c = 'o'; break;
      case '1': c = 'i'; break;
      case '3': c = 'e'; break;
      case '4': c = 'a'; break;
      case '5': c = 's'; break;
      case '@': c = 'a'; break;
      case '$': c = 's'; break;
      default: break;
    }
    if (letter(c)) out += c;
  }
  return out;
}

// "abcabcabc", "12121212", "aaaaaaaa": one short piece again and again.
bool repeats(std::string_view s) {
  for (std::size_t piece = 1; piece <= 4 && piece * 2 <= s.size(); ++piece) {
    bool same = true;
    for (std::size_t i = piece; same && i < s.size(); ++i) same = s[i] == s[i - piece];
    if (same) return true;
  }
  return false;
}

// "12345678", "87654321", "abcdefgh": each character one up, or one down, from the one before.
bool runs(std::string_view s) {
  bool up = true, down = true;
  for (std::size_t i = 1; i < s.size(); ++i) {
    up = up && (s[i] == s[i - 1] + 1 || (s[i - 1] == '9' && s[i] == '0'));
    down = down && s[i] == s[i - 1] - 1;
  }
  return up || down;
}

}  // namespace

std::optional<Sentence> weakness(std::string_view password, std::string_view login, std::string_view name) {
  const std::size_t length = text::length(password);
  if (length < shortest_password) return Sentence{"access.password_short", {{"min", std::to_string(shortest_password)}}};
  if (password.size() > 256) return Sentence{"access.password_long"};
  const std::string folded = text::fold(password);
  const std::string middle = core(folded);
  if (repeats(folded) || runs(folded)) return Sentence{"access.password_common"};
  if (std::all_of(folded.begin(), folded.end(), digit) && length < 12) return Sentence{"access.password_digits"};
  if (std::find(common.begin(), common.end(), middle) != common.end()) return Sentence{"access.password_common"};
  const std::string own = text::fold(login);
  if (own.size() >= 4 && folded.find(own) != std::string::npos && length < own.size() + 8)
    return Sentence{"access.password_own_name"};
  for (const auto& piece : text::words(text::fold(name)))
    if (piece.size() >= 4 && middle == core(piece)) return Sentence{"access.password_own_name"};
  return std::nullopt;
}

}  // namespace rantau::access
