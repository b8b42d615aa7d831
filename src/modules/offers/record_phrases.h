// The phrases in which the record of a job may be repeated. Private to the check.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/offers.h"

namespace rantau::offers {

// Pure. Punctuation and case mean nothing in them; the order and number of words do.
std::vector<std::string> record_phrases(const Order&, const partners::Company&);
// "kaigo|caregiver|…": how the trade calls the work of this occupation.
std::string_view trade_names(std::string_view isco);

}  // namespace rantau::offers
