// A pasted message as the readers of pieces see it: plain ASCII, each letter tied to its bytes in the original.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/offers.h"

namespace rantau::offers {

constexpr std::size_t most_characters = 20'000;

struct Shadow {
  std::string plain;                    // look-alikes and full-width forms as ASCII; invisible marks dropped; case kept
  std::string lower;                    // the same in small letters
  std::vector<std::uint32_t> from, to;  // byte range of each in the original
  std::vector<char32_t> sign;           // the sign itself, before it was made plain
  std::vector<bool> taken;              // already part of a piece
  std::string_view original;

  std::size_t size() const { return plain.size(); }
  bool free(std::size_t a, std::size_t b) const;
  // Makes a piece of plain[a, b) and takes the range. `shown` is what stood there.
  Piece take(Kind, std::size_t a, std::size_t b, std::string value);
};
Shadow shadow_of(std::string_view text);

// One word or number of the message.
struct Token {
  enum Type { word, number, other, line } type = other;
  std::size_t at = 0, end = 0;
  std::string_view low;  // into Shadow::lower
};
std::vector<Token> tokens_of(const Shadow&);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_alnum(char c) { return is_digit(c) || is_lower(c); }

// The readers, in the order in which they may claim a part of the message.
void read_links(Shadow&, std::vector<Piece>&);
void read_numbers(Shadow&, const std::vector<Token>&, std::vector<Piece>&);  // permits, licences, codes
void read_strong_accounts(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_money(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_phones(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_weak_accounts(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_phrases(Shadow&, const std::vector<Token>&, std::vector<Piece>&);  // visa, documents, demands
void read_burdens(Shadow&, const std::vector<Token>&, std::vector<Piece>&);  // costs put on the worker
void read_companies(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_countries(Shadow&, const std::vector<Token>&, std::vector<Piece>&);
void read_bare_name(Shadow&, const std::vector<Token>&, std::vector<Piece>&);  // a short input that is nothing else

// Phones that hide: letters for digits ("08l2"), single digits with blanks ("0 8 1 2 - 3 4 5 6").
void read_disguised_phones(Shadow&, std::vector<Piece>&);
bool asks_for_money(std::string_view word);  // "bayar", "uang", "transfer"
// Work in a private household ("ART", "pembantu"), which many countries close by itself.
bool speaks_of_household(std::string_view text);
// xn-- form of a host with other letters; the host itself when it is plain.
std::string punycode_label(const std::u32string& label);

}  // namespace rantau::offers
