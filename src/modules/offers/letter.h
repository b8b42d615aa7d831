// The demand letter as a file: attached by the company, read by whoever may see the order, each read recorded.
#pragma once
#include <string>
#include <string_view>

#include "modules/offers/orders.h"

namespace rantau::offers {

using LetterId = Id<struct LetterTag>;
constexpr std::size_t letter_max = std::size_t{5} * 1024 * 1024;

struct Letter {
  LetterId id;
  OrderId order;
  std::string kind;  // pdf, jpeg, png
  std::int64_t size = 0;
  std::string sha256;  // hex
  Instant at;
  UserId by;
};
// What the bytes are, whatever name or type came with them; empty: none of the three. Pure.
std::string_view letter_kind(std::string_view bytes);

// The newest, of an order that this person may see.
std::optional<Letter> letter_of(Act&, OrderId);
struct Sheets {
  Letter letter;
  std::string bytes;
};
std::optional<Sheets> read_letter(Act&, OrderId);  // recorded

namespace store {

void insert_letter(db::Connection&, const Letter&, std::string_view bytes);
void remove_letters_since(db::Connection&, OrderId, Instant);
std::optional<Letter> newest_letter(db::Connection&, OrderId);
std::string letter_bytes(db::Connection&, LetterId);

}  // namespace store
}  // namespace rantau::offers
