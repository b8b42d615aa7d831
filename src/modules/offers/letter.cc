// Attaching and reading the demand letter of an order.
#include "modules/offers/letter.h"

#include "base/crypto.h"
#include "modules/offers/store.h"

namespace rantau::offers {

std::string_view letter_kind(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("%PDF-"sv)) return "pdf";
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "png";
  return {};
}

Result<Done> attach_letter(Act& act, OrderId id, std::string_view bytes) {
  if (!act.may(Right::submit_job_orders)) return Refusal{Refusal::forbidden, "offers.not_your_duty"};
  const auto o = find_mine(act, id);
  if (!o || o->company != act.who.company) return Refusal{Refusal::not_found, "offers.unknown"};
  if (o->stage != Stage::draft && o->stage != Stage::returned)
    return Refusal{Refusal::conflict, "offers.wrong_stage", {{"offers.stage." + std::string(word(o->stage))}}};
  const auto wrong = [](const char* key) { return Refusal{Refusal::invalid, key, {}, {{"letter", Sentence{key}}}}; };
  if (bytes.empty()) return wrong("offers.letter.missing");
  if (bytes.size() > letter_max) return wrong("offers.letter.too_large");
  const auto kind = letter_kind(bytes);
  if (kind.empty()) return wrong("offers.letter.wrong_kind");
  store::remove_letters_since(act.db, id, o->submitted_at);
  const Letter letter{.id = act.fresh<LetterId>(),
                      .order = id,
                      .kind = std::string(kind),
                      .size = static_cast<std::int64_t>(bytes.size()),
                      .sha256 = crypto::hex(crypto::sha256(bytes)),
                      .at = act.now,
                      .by = act.who.user};
  store::insert_letter(act.db, letter, bytes);
  act.record("offers.letter_attached", id, "sha256=" + letter.sha256);
  return Done{};
}

std::optional<Letter> letter_of(Act& act, OrderId id) {
  return find_mine(act, id) ? store::newest_letter(act.db, id) : std::nullopt;
}

std::optional<Sheets> read_letter(Act& act, OrderId id) {
  auto letter = letter_of(act, id);
  if (!letter) return std::nullopt;
  act.record("offers.letter_read", id, "sha256=" + letter->sha256);
  std::string bytes = store::letter_bytes(act.db, letter->id);
  return Sheets{std::move(*letter), std::move(bytes)};
}

}  // namespace rantau::offers
