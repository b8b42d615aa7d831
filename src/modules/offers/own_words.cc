// What our own pages and our own shared messages say about a job. Whoever pastes them back is told nothing new by these words,
// so they need no further proof: the numbers and names between them are compared as in any other message.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/embedded.h"
#include "base/text.h"
#include "modules/offers/judge.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

struct Said {
  std::vector<std::string> words;  // "#": one number, which is not part of the sentence
  bool label = false;              // so short that it counts only where a line begins, before a figure or the end of the line
};
using Sayings = std::unordered_map<std::string, std::vector<Said>>;  // by first word

constexpr std::array<std::string_view, 13> families{"offers.check.word_resmi", "offers.job.",        "offers.check.share_text",
                                                    "offers.check.lead_resmi", "offers.left_of",     "offers.a_month",
                                                    "offers.months",           "offers.examined_on", "offers.closes_",
                                                    "offers.public_sentence",  "offers.your_cost",   "offers.desk.sip2mi_until",
                                                    "offers.card_check"};

bool told_to_all(std::string_view key) {
  return std::any_of(families.begin(), families.end(), [&](std::string_view f) { return key.starts_with(f); });
}

std::vector<std::string> words_of(std::string_view passage) {
  const Shadow s = shadow_of(passage);
  std::vector<std::string> out;
  for (const Token& t : tokens_of(s))
    if (t.type == Token::word || t.type == Token::number) out.emplace_back(t.low);
  return out;
}

std::size_t said_words(const std::vector<std::string>& words) {
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](const auto& w) { return w != "#"; }));
}

void add(Sayings& all, std::vector<std::string> words, bool label) {
  while (!words.empty() && words.front() == "#") words.erase(words.begin());
  while (!words.empty() && words.back() == "#") words.pop_back();
  if (words.empty()) return;
  auto& list = all[words.front()];
  list.push_back({std::move(words), label});
}

// A sentence with places: whole with numbers in them, and each long part between two places by itself.
void add_sentence(Sayings& all, std::string_view key, std::string_view sentence) {
  const bool shared = key.ends_with("share_text") || key.ends_with("card_check");
  std::vector<std::string> whole;
  while (!sentence.empty()) {
    const auto open = std::min(sentence.find('{'), sentence.size());
    const auto part = words_of(sentence.substr(0, open));
    if (part.size() >= (shared ? 2U : 4U)) add(all, part, false);
    whole.insert(whole.end(), part.begin(), part.end());
    if (open == sentence.size()) break;
    whole.emplace_back("#");
    const auto close = sentence.find('}', open);
    sentence.remove_prefix(close == std::string_view::npos ? sentence.size() : close + 1);
  }
  const std::size_t said = said_words(whole);
  add(all, std::move(whole), said < 3 && !key.ends_with("word_resmi"));
}

const Sayings& sayings() {
  static const Sayings all = [] {
    Sayings found;
    for (const char* file : {"modules/offers/text/check.id.txt", "modules/offers/text/check.en.txt",
                             "modules/offers/text/offers.id.txt", "modules/offers/text/offers.en.txt"}) {
      const auto text = embedded_file(file);
      if (!text) continue;
      for (const std::string& line : text::lines(text->bytes, "\n")) {
        const auto equals = line.find(" = ");
        if (line.starts_with('#') || equals == std::string::npos || !told_to_all(line)) continue;
        add_sentence(found, std::string_view(line).substr(0, equals), std::string_view(line).substr(equals + 3));
      }
    }
    for (auto& [first, list] : found)
      std::stable_sort(list.begin(), list.end(), [](const Said& a, const Said& b) { return a.words.size() > b.words.size(); });
    return found;
  }();
  return all;
}

}  // namespace

std::vector<Piece> own_sentences(std::string_view message) {
  const Shadow s = shadow_of(message);
  const std::vector<Token> ts = tokens_of(s);
  std::vector<Piece> out;
  const auto cover = [&](const Token& t) {
    if (!out.empty() && out.back().to == s.from[t.at]) {  // "BP3MI" is one word to the reader
      out.back().to = s.to[t.end - 1];
      return;
    }
    Piece p{};
    p.from = s.from[t.at];
    p.to = s.to[t.end - 1];
    out.push_back(std::move(p));
  };
  for (std::size_t i = 0; i < ts.size();) {
    const auto list = ts[i].type == Token::word ? sayings().find(std::string(ts[i].low)) : sayings().end();
    std::size_t next = i + 1;
    if (list != sayings().end())
      for (const Said& one : list->second) {
        std::vector<std::size_t> at;
        std::size_t k = i, w = 0;
        for (; w < one.words.size() && k < ts.size(); ++k) {
          if (ts[k].type == Token::other) continue;
          if (one.words[w] == "#" ? ts[k].type != Token::number : ts[k].low != one.words[w]) break;
          if (one.words[w] != "#") at.push_back(k);
          ++w;
        }
        if (w < one.words.size()) continue;
        if (one.label) {
          const bool begins = i == 0 || ts[i - 1].type == Token::line;
          while (k < ts.size() && ts[k].type == Token::other) ++k;
          if (!begins || (k < ts.size() && ts[k].type == Token::word && s.sign[ts[k].at - 1] != '\t')) continue;
        }
        for (std::size_t t : at) cover(ts[t]);
        next = at.back() + 1;
        break;
      }
    i = next;
  }
  return out;
}

}  // namespace rantau::offers
