// SQL of the idempotency keys. A key is reserved before its handler runs and filled after: where the process died between
// the two, nobody knows whether the effect happened, and the key answers 409 for its 24 hours rather than act twice.
#include "web/idempotency_store.h"

namespace rantau::web::idempotency {

namespace {
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
}

Before reserve(Act& act, std::string_view key_hash, std::string_view body_hash, std::int64_t now) {
  act.db("DELETE FROM web_idempotency WHERE at < $1", now - day_ms);
  auto row = act.db("SELECT body_hash, status, type, body, location FROM web_idempotency WHERE key_hash = $1", key_hash).one();
  if (!row) {
    act.db("INSERT INTO web_idempotency(key_hash, body_hash, status, type, body, location, at) VALUES ($1, $2, 0, '', '', '', $3)",
           key_hash, body_hash, now);
    return {};
  }
  if (row->text(0) != body_hash) return {.state = State::other_body, .type = {}, .body = {}, .location = {}};
  if (row->num(1) == 0) return {.state = State::running, .type = {}, .body = {}, .location = {}};
  return {.state = State::answered,
          .status = static_cast<int>(row->num(1)),
          .type = row->text(2),
          .body = row->text(3),
          .location = row->text(4)};
}

Done keep(Act& act, std::string_view key_hash, int status, std::string_view type, std::string_view body,
          std::string_view location) {
  act.db("UPDATE web_idempotency SET status = $2, type = $3, body = $4, location = $5 WHERE key_hash = $1", key_hash, status, type,
         body, location);
  return {};
}

Done forget(Act& act, std::string_view key_hash) {
  act.db("DELETE FROM web_idempotency WHERE key_hash = $1", key_hash);
  return {};
}

}  // namespace rantau::web::idempotency
