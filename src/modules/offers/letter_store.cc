// The bytes of demand letters, in pieces of text.
#include <algorithm>

#include "base/crypto.h"
#include "modules/offers/letter.h"

namespace rantau::offers::store {

constexpr std::size_t piece = std::size_t{512} * 1024;

void insert_letter(db::Connection& db, const Letter& l, std::string_view bytes) {
  db("INSERT INTO offers_letter (id, of_order, kind, size, sha256, at, by_user) VALUES ($1, $2, $3, $4, $5, $6, $7)", l.id, l.order,
     l.kind, l.size, l.sha256, l.at, l.by);
  int place = 0;
  for (std::size_t from = 0; from < bytes.size(); from += piece)
    db("INSERT INTO offers_letter_part (letter, place, part) VALUES ($1, $2, $3)", l.id, ++place,
       crypto::base64url(bytes.substr(from, piece)));
}

void remove_letters_since(db::Connection& db, OrderId id, Instant sent) {
  db("DELETE FROM offers_letter_part WHERE letter IN (SELECT id FROM offers_letter WHERE of_order = $1 AND at > $2)", id, sent);
  db("DELETE FROM offers_letter WHERE of_order = $1 AND at > $2", id, sent);
}

std::optional<Letter> newest_letter(db::Connection& db, OrderId id) {
  const auto row = db("SELECT id, kind, size, sha256, at, by_user FROM offers_letter WHERE of_order = $1 "
                      "ORDER BY at DESC, id DESC LIMIT 1",
                      id)
                       .one();
  if (!row) return std::nullopt;
  return Letter{row->id<LetterId>(0), id, row->text(1), row->num(2), row->text(3), row->at(4), row->id<UserId>(5)};
}

std::string letter_bytes(db::Connection& db, LetterId id) {
  std::string all;
  for (const auto& r : db("SELECT part FROM offers_letter_part WHERE letter = $1 ORDER BY place", id))
    all += crypto::unbase64url(r.text(0)).value_or(std::string());
  return all;
}

}  // namespace rantau::offers::store
