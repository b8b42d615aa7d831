// Pages of the lists of orders, and how many there are. All SQL of it is in list_store.cc.
#pragma once
#include <string>
#include <vector>

#include "modules/offers/orders.h"

namespace rantau::offers::store {

// Whose list it is and what is looked for. Lists inside a text begin and end with a comma: ",JP,KR,".
struct Scope {
  CompanyId company;      // none: officers, who read everything that was sent
  std::string countries;  // of a mission; "": all
  std::string text;       // as typed
  std::string companies;  // named like the text
  Date today;
  bool mission = false, examiner = false, decider = false;  // whose turn counts as "mine"
  UserId me;
};
struct Tally {
  Stage stage{};      // as it is today: full and expired are told apart
  bool mine = false;  // of those counted already, the ones whose turn is this person's
  int orders = 0;
};
std::vector<Tally> tally(db::Connection&, const Scope&);

struct Place {  // where a page begins: after this order
  Stage stage{};
  Instant since;
  OrderId id;
};
// Orders of one stage, the oldest in it first.
std::vector<Place> page(db::Connection&, const Scope&, bool mine, const Place& after, int count);

// How many there are and when the last one moved.
std::pair<std::int64_t, std::int64_t> pulse(db::Connection&, const Scope&);

// What is searched, and the places left, as the order stands.
void index_order(db::Connection&, const Order&);
void count_place(db::Connection&, PostId, int more);

}  // namespace rantau::offers::store
