// The rows of pay floors. They are only ever added.
#pragma once
#include <string_view>
#include <vector>

#include "modules/offers/offers.h"

namespace rantau::offers::store {

void add_floor(db::Connection&, const Floor&);
// Of one country, or of all where none is named: newest first within a country.
std::vector<Floor> floors(db::Connection&, std::string_view country, int count);

}  // namespace rantau::offers::store
