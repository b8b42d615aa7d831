// What was answered to an Idempotency-Key: the same key and body get the same answer for 24 hours.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "db/act.h"

namespace rantau::web::idempotency {

enum class State { fresh, running, answered, other_body };
struct Before {
  State state = State::fresh;
  int status = 0;
  std::string type, body, location;
};
Before reserve(Act&, std::string_view key_hash, std::string_view body_hash, std::int64_t now_ms);
Done keep(Act&, std::string_view key_hash, int status, std::string_view type, std::string_view body, std::string_view location);
Done forget(Act&, std::string_view key_hash);

}  // namespace rantau::web::idempotency
