// Warnings: an officer publishes and withdraws them, and the check believes only those in force.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "modules/offers/check_store.h"
#include "modules/offers/offers.h"

namespace rantau::offers {

namespace {

constexpr std::int64_t undo_ms = 60'000;

Refusal wrong(std::string field, std::string key) {
  Refusal r{Refusal::invalid, "offers.check.warning_incomplete"};
  r.fields.emplace_back(std::move(field), Sentence{std::move(key)});
  return r;
}

std::optional<std::string> host_of(std::string_view typed) {
  std::string s = text::fold(typed);
  if (const auto at = s.find("://"); at != std::string::npos) s.erase(0, at + 3);
  if (const auto at = s.find_first_of("/?#"); at != std::string::npos) s.erase(at);
  if (const auto at = s.rfind('@'); at != std::string::npos) s.erase(0, at + 1);
  if (const auto at = s.find(':'); at != std::string::npos) s.erase(at);
  if (s.starts_with("www.")) s.erase(0, 4);
  const bool good = s.size() <= 253 && s.find('.') != std::string::npos && s.front() != '.' && s.back() != '.' &&
                    std::all_of(s.begin(), s.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
                    });
  return good ? std::optional(s) : std::nullopt;
}

std::string joined_words(std::string_view typed) {
  std::string out;
  for (const auto& w : text::words(text::fold(typed))) out += (out.empty() ? "" : " ") + w;
  return out;
}

}  // namespace

std::string_view word(Mark m) {
  switch (m) {
    case Mark::phone: return "phone";
    case Mark::account: return "account";
    case Mark::name: return "name";
    case Mark::host: return "host";
    case Mark::text: return "text";
  }
  return "";
}

std::optional<std::string> normal_mark(Mark mark, std::string_view typed) {
  switch (mark) {
    case Mark::phone: return text::phone(typed);
    case Mark::account: {
      std::string d = text::digits(typed);
      return d.size() >= 7 && d.size() <= 18 ? std::optional(d) : std::nullopt;
    }
    case Mark::name: {
      // One short word would accuse every bearer of a common name.
      const std::string key = text::name_key(text::company_key(typed));
      return text::words(key).size() >= 2 && key.size() >= 6 ? std::optional(key) : std::nullopt;
    }
    case Mark::host: return host_of(typed);
    case Mark::text: {
      const std::string all = joined_words(typed);
      return all.size() >= 16 && all.size() <= 400 ? std::optional(all) : std::nullopt;
    }
  }
  return std::nullopt;
}

Result<WarningId> publish_warning(Act& act, const Warning& typed) {
  if (!act.may(Right::publish_warnings)) return Refusal{Refusal::forbidden, "offers.check.not_your_duty"};
  Warning w = typed;
  w.title = text::trim(w.title);
  w.reason = text::trim(w.reason);
  if (text::length(w.title) < 5) return wrong("title", "offers.check.warning_title_short");
  if (text::length(w.reason) < 10) return wrong("reason", "offers.check.warning_reason_short");
  w.marks.clear();
  for (const auto& [mark, value, shown] : typed.marks) {
    const auto normal = normal_mark(mark, value);
    if (!normal) return wrong(std::string(word(mark)), "offers.check.mark_wrong_" + std::string(word(mark)));
    const bool in_words = mark == Mark::name || mark == Mark::text;
    w.marks.push_back({mark, *normal, in_words ? text::trim(value) : std::string()});
  }
  if (w.marks.empty()) return wrong("phone", "offers.check.warning_without_mark");
  if (w.marks.size() > 30) return wrong("phone", "offers.check.warning_too_many_marks");
  if (w.company && !partners::find(act, w.company)) return wrong("company", "offers.check.warning_company_unknown");
  w.id = act.fresh<WarningId>();
  w.published_at = act.now;
  w.published_by = act.who.user;
  const auto year = static_cast<int>(act.today.ymd.year());
  store::insert(act.db, w, year, store::next_serial(act.db, year));
  act.record("offers.warning_published", w.id, "marks=" + std::to_string(w.marks.size()));
  return w.id;
}

Result<Done> withdraw_warning(Act& act, WarningId id, std::string_view reason) {
  if (!act.may(Right::publish_warnings)) return Refusal{Refusal::forbidden, "offers.check.not_your_duty"};
  const auto w = store::find_warning(act.db, id);
  if (!w) return Refusal{Refusal::not_found, "offers.check.warning_unknown"};
  if (text::length(text::trim(reason)) < 5) return wrong("reason", "offers.check.withdraw_reason_short");
  if (!store::withdraw(act.db, id, act.now, act.who.user, text::trim(reason)))
    return Refusal{Refusal::conflict, "offers.check.warning_withdrawn_already"};
  act.record("offers.warning_withdrawn", id);
  return Done{};
}

Result<Done> undo_withdrawal(Act& act, WarningId id) {
  if (!act.may(Right::publish_warnings)) return Refusal{Refusal::forbidden, "offers.check.not_your_duty"};
  if (!store::find_warning(act.db, id)) return Refusal{Refusal::not_found, "offers.check.warning_unknown"};
  if (!store::restore(act.db, id, {act.now.ms - undo_ms})) return Refusal{Refusal::conflict, "offers.check.undo_too_late"};
  act.record("offers.warning_restored", id);
  return Done{};
}

std::vector<Warning> warnings(Act& act, int count) { return store::warnings(act.db, false, count); }
std::vector<Warning> withdrawn_warnings(Act& act, int count) { return store::warnings(act.db, true, count); }

std::optional<Warning> find_warning(Act& act, std::string_view number) {
  const auto mark = number.find_first_of("/-");  // "0412-2026" in addresses
  if (mark == std::string_view::npos || number.size() > 20) return std::nullopt;
  std::int64_t serial = 0, year = 0;
  const auto a = std::from_chars(number.data(), number.data() + mark, serial);
  const auto b = std::from_chars(number.data() + mark + 1, number.data() + number.size(), year);
  if (a.ec != std::errc{} || a.ptr != number.data() + mark || b.ec != std::errc{} || b.ptr != number.data() + number.size())
    return std::nullopt;
  return store::find_warning(act.db, year, serial);
}

}  // namespace rantau::offers
