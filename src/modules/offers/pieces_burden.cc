// Costs that a message puts on the worker without naming an amount: "biaya ditanggung pekerja", "tidak gratis".
#include <array>

#include "base/text.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

constexpr std::array<std::string_view, 17> denying{"tidak", "tdk", "tak", "gak",   "ga", "nggak", "ngga",   "enggak", "bukan",
                                                   "not",   "no",  "ora", "belum", "gk", "kagak", "mboten", "isnt"};
constexpr std::array<std::string_view, 6> costless{"gratis", "free", "geratis", "gratisan", "cuma", "percuma"};
constexpr std::array<std::string_view, 13> softening{"bisa", "sepenuhnya", "lagi", "akan", "mungkin", "semua",     "semuanya",
                                                     "full", "selalu",     "ada",  "yang", "100",     "completely"};
constexpr std::array<std::string_view, 10> borne{"ditanggung", "dibebankan", "tanggungan", "tanggungannya", "dibebani",
                                                 "beban",      "dibiayai",   "nanggung",   "menanggung",    "borne"};
constexpr std::array<std::string_view, 9> towards{"oleh", "ke", "kepada", "pada", "jadi", "sama", "para", "by", "the"};
constexpr std::array<std::string_view, 20> worker{"pekerja", "kamu",     "anda",      "calon",   "pmi",     "cpmi",      "tki",
                                                  "tkw",     "kandidat", "peserta",   "sendiri", "pelamar", "pendaftar", "keluarga",
                                                  "worker",  "workers",  "candidate", "you",     "masing",  "saudara"};
constexpr std::array<std::string_view, 4> payer{"majikan", "perusahaan", "employer", "kantor"};

// The next word in the same thought, `i` itself included; ts.size(): none.
std::size_t word_from(const std::vector<Token>& ts, std::size_t i) {
  for (; i < ts.size(); ++i) {
    if (ts[i].type == Token::word || ts[i].type == Token::number) return i;
    if (ts[i].type == Token::line || ts[i].low == "." || ts[i].low == "!" || ts[i].low == "?" || ts[i].low == ",") break;
  }
  return ts.size();
}

bool denied_before(const std::vector<Token>& ts, std::size_t i) {
  for (std::size_t seen = 0; i-- > 0 && seen < 3; ++seen) {
    if (ts[i].type == Token::line || ts[i].low == "." || ts[i].low == ",") return false;
    if (text::in(denying, ts[i].low) || ts[i].low == "tanpa" || ts[i].low == "jangan") return true;
  }
  return false;
}

// Past words of one list; the first word behind them.
template <class List>
std::size_t past(const std::vector<Token>& ts, std::size_t i, const List& list, int most) {
  std::size_t k = word_from(ts, i);
  while (most-- > 0 && k < ts.size() && text::in(list, ts[k].low)) k = word_from(ts, k + 1);
  return k;
}

}  // namespace

void read_burdens(Shadow& s, const std::vector<Token>& ts, std::vector<Piece>& out) {
  for (std::size_t i = 0; i < ts.size(); ++i) {
    if (ts[i].type != Token::word) continue;
    std::size_t last = ts.size();
    if (text::in(denying, ts[i].low)) {
      const std::size_t k = past(ts, i + 1, softening, 3);
      if (k < ts.size() && text::in(costless, ts[k].low)) last = k;  // "tidak gratis"
      if (k < ts.size() && (ts[k].low == "ditanggung" || ts[k].low == "dibiayai")) {
        const std::size_t who = past(ts, k + 1, towards, 2);
        if (who < ts.size() && text::in(payer, ts[who].low)) last = who;  // "tidak ditanggung majikan"
      }
    } else if (text::in(borne, ts[i].low) && !denied_before(ts, i)) {
      const std::size_t who = past(ts, i + 1, towards, 2);
      if (who < ts.size() && text::in(worker, ts[who].low)) last = who;  // "ditanggung pekerja"
    } else if (ts[i].low == "pekerja" || ts[i].low == "kamu" || ts[i].low == "anda" || ts[i].low == "worker") {
      const std::size_t k = word_from(ts, i + 1);
      if (k < ts.size() && (ts[k].low == "menanggung" || ts[k].low == "nanggung" || ts[k].low == "pays")) last = k;
    }
    if (last >= ts.size() || !s.free(ts[i].at, ts[last].end)) continue;
    out.push_back(s.take(Kind::demand, ts[i].at, ts[last].end, s.lower.substr(ts[i].at, ts[last].end - ts[i].at)));
    i = last;
  }
}

}  // namespace rantau::offers
