// The rows of warnings and of the counts of checks, and the few look-ups of orders that a check needs.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/offers.h"

namespace rantau::offers::store {

void insert(db::Connection&, const Warning&, std::int64_t year, std::int64_t serial);
std::int64_t next_serial(db::Connection&, std::int64_t year);
bool withdraw(db::Connection&, WarningId, Instant, UserId, std::string_view reason);
// Only what was withdrawn at or after `since`.
bool restore(db::Connection&, WarningId, Instant since);
std::vector<Warning> warnings(db::Connection&, bool withdrawn, int count);
std::optional<Warning> find_warning(db::Connection&, std::int64_t year, std::int64_t serial);
std::optional<Warning> find_warning(db::Connection&, WarningId);

// The newest warning in force that carries this mark.
std::optional<Warning> marked(db::Connection&, Mark, std::string_view value);
struct Marked {
  WarningId warning;
  Mark mark{};
  std::string value;
};
// Marks that have to be looked for inside a text: names and sentences, newest first.
std::vector<Marked> marks_to_search(db::Connection&, int count);

std::vector<OrderId> open_of(db::Connection&, CompanyId, std::string_view country, int count);
int open_count(db::Connection&, Date today);
int open_count(db::Connection&, std::string_view country, Date today);

void count_check(db::Connection&, Date, std::string_view kind, std::string_view verdict, std::string_view country);

}  // namespace rantau::offers::store
