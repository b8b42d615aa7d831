// Pages of orders: for an officer what is in work or waits for him, for a company all its own.
#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "modules/offers/list_store.h"
#include "modules/offers/store.h"

namespace rantau::offers {
namespace {

// Along the chain; a company first reads what came back to it.
int rank(Stage s, bool company) { return company && s == Stage::returned ? -1 : static_cast<int>(s); }

bool belongs(Stage s, const std::string& view, bool company) {
  if (view.empty()) return company ? s != Stage::discarded : holder(s) != Holder::nobody;
  return view == "mine" || view == word(s);
}

// "submitted.1764000000000.17", as next_of() writes it; anything else begins at the first page.
std::optional<store::Place> place_from(std::string_view after) {
  const auto first = after.find('.'), second = after.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto stage = stage_from(after.substr(0, first));
  const auto since = parse_id(after.substr(first + 1, second - first - 1)), id = parse_id(after.substr(second + 1));
  if (!stage || !since || !id) return {};
  return store::Place{*stage, {*since}, {*id}};
}

std::string next_of(const store::Place& p) {
  return std::string(word(p.stage)) + "." + std::to_string(p.since.ms) + "." + std::to_string(p.id.value);
}

// Companies named like the text, as the store takes them. Two letters would name them all.
std::string companies_named(Act& act, const std::string& text) {
  std::string all;
  if (text::length(text) < 3) return all;
  for (const auto& c : partners::list(act, text, 200)) all += (all.empty() ? "," : "") + std::to_string(c.id.value) + ",";
  return all;
}

store::Scope scope_of(Act& act, const std::string& text) {
  store::Scope s{.company = act.who.company, .text = text, .today = act.today, .me = act.who.user};
  if (s.company) return s;
  if (!text.empty()) s.companies = companies_named(act, text);
  for (const auto& country : mission_countries(act, act.who.org)) s.countries += (s.countries.empty() ? "," : "") + country + ",";
  s.mission = !s.countries.empty();
  s.examiner = act.may(Right::examine_job_orders);
  s.decider = act.may(Right::decide_job_orders);
  return s;
}

void count(Orders& orders, const std::vector<store::Tally>& tally, const Asked& asked, bool company) {
  std::map<int, Orders::Part> parts;
  for (const auto& t : tally) {
    auto& part = parts[rank(t.stage, company)];
    part.stage = t.stage;
    (t.mine ? part.mine : part.all) += t.orders;
  }
  for (const auto& [at, part] : parts) {
    orders.parts.push_back(part);
    orders.mine += part.mine;
    if (belongs(part.stage, "", company)) orders.in_work += part.all;
    if (belongs(part.stage, asked.view, company)) orders.total += asked.view == "mine" ? part.mine : part.all;
  }
}

}  // namespace

Orders my_orders(Act& act, const Asked& asked) {
  Orders orders;
  if (!act.may(act.who.company ? Right::submit_job_orders : Right::see_job_orders)) return orders;
  const auto scope = scope_of(act, asked.text);
  const bool company = static_cast<bool>(scope.company), mine = asked.view == "mine";
  count(orders, store::tally(act.db, scope), asked, company);
  if (asked.count <= 0) return orders;  // counts alone
  const auto from = place_from(asked.after);
  std::vector<store::Place> places;  // one more than the page holds says that there is a next one
  for (const auto& part : orders.parts) {
    const int want = asked.count + 1 - static_cast<int>(places.size());
    if (want <= 0) break;
    if (!belongs(part.stage, asked.view, company) || (mine && part.mine == 0)) continue;
    if (from && rank(part.stage, company) < rank(from->stage, company)) continue;
    const bool here = from && from->stage == part.stage;
    const auto some = store::page(act.db, scope, mine, here ? *from : store::Place{part.stage, {}, {}}, want);
    places.insert(places.end(), some.begin(), some.end());
  }
  if (places.size() > static_cast<std::size_t>(asked.count)) {
    places.pop_back();
    orders.next = next_of(places.back());
  }
  for (const auto& p : places)
    if (auto o = store::find(act.db, p.id)) orders.page.push_back(std::move(*o));
  return orders;
}

std::string pulse(Act& act) {
  const auto [count, newest] = store::pulse(act.db, scope_of(act, ""));
  return std::to_string(count) + "-" + std::to_string(newest);
}

}  // namespace rantau::offers
