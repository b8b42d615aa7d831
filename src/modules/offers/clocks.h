// The deadlines of an order and who has had it for how long. Pure; the desk draws them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/orders.h"

namespace rantau::offers {

struct Clock {
  std::string_view what;  // turn, recruitment, permit, licence
  Date until;
};
// The nearest first; none where nobody waits and nothing can be opened any more.
std::vector<Clock> clocks(const Order&, const partners::Company&, Date today);

struct Held {
  Holder holder{};
  int days = 0;
  Date since;        // of the turn that runs
  bool now = false;  // runs
};
// From the steps, oldest first: one line for each who has had the order, in the order of the chain. `served`: a mission serves
// the country; else its turn is the examiner's.
std::vector<Held> held(const std::vector<Step>&, bool served, Date today);

// Where a day stands on the axis: 220 wide, now at 50, the days ahead ever closer together, those behind to the left.
double axis_at(std::int64_t days);
std::string axis_svg(std::int64_t days, std::string_view label);

}  // namespace rantau::offers
