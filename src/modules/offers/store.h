// The rows of job orders. All SQL of orders is in store.cc.
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/offers/orders.h"

namespace rantau::offers::store {

std::optional<Order> find(db::Connection&, OrderId);
OrderId id_of_code(db::Connection&, std::string_view code);
OrderId id_of_sip2mi(db::Connection&, std::string_view sip2mi);
OrderId id_of_post(db::Connection&, PostId);
void insert(db::Connection&, const Order&);
// Facts and posts, whole; the revision goes up. False: somebody was faster.
bool rewrite(db::Connection&, const Order&);
// A new stage with what belongs to it. False: the order is no longer at the revision that was seen.
bool move(db::Connection&, const Order& with_new_facts, int seen_revision);

// A search word as a LIKE pattern; its own wildcards mean nothing.
std::string pattern(std::string_view typed);

struct Listed {
  OrderId id;
  CompanyId company;
  std::string education{}, country{};
};
// Open for recruitment on that day, newest decision first, matching the public filters.
std::vector<Listed> open(db::Connection&, const Query&, Date today);
int granted_elsewhere(db::Connection&, const Order&, Date today);
// Other orders that stand and name the same letter of the same employer, however its number is spaced or marked.
struct OfLetter {
  OrderId id;
  CompanyId company;
  std::string code;
};
std::vector<OfLetter> same_letter(db::Connection&, const Order&);

bool reserve(db::Connection&, PostId, Seat pool);
bool release(db::Connection&, PostId, Seat pool);

StepId add_step(db::Connection&, std::int64_t id, OrderId, Instant, UserId, std::string_view what, Stage, int revision,
                std::string_view note);
void add_reason(db::Connection&, StepId step, int place, const Reason&);
std::vector<Step> steps(db::Connection&, OrderId);

// What an order was before a step: everything that `move` may change.
struct Before {
  Order order;
  int taken = 0;  // places reserved or used
};
void keep_before(db::Connection&, StepId, const Order&);
std::optional<Before> before(db::Connection&, StepId);
void put_back(Order&, const Before&);
OrderId order_of_step(db::Connection&, StepId);

void set_mission(db::Connection&, OrgId, std::string_view country);
std::vector<std::string> mission_countries(db::Connection&, OrgId);
bool has_mission(db::Connection&, std::string_view country);
void set_rate(db::Connection&, const Rate&, Instant at);
std::vector<Rate> rates(db::Connection&, int count);
std::optional<Rate> rate(db::Connection&, std::string_view currency, Date today);

}  // namespace rantau::offers::store
