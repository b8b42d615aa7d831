// Reading job orders: who may see which, who holds them, what they lack, and what the public finds.
#include "modules/offers/orders.h"

#include <algorithm>
#include <array>
#include <map>

#include "modules/offers/store.h"

namespace rantau::offers {
namespace {

// What a person with this schooling may apply for: their own level and those below.
int level(std::string_view education) {
  constexpr std::array<std::pair<std::string_view, int>, 10> levels{
      {{"SD", 1}, {"SMP", 2}, {"SMA", 3}, {"SMK", 3}, {"SMA/SMK", 3}, {"D1", 4}, {"D3", 5}, {"D4", 6}, {"S1", 6}, {"S2", 7}}};
  for (const auto& [name, rank] : levels)
    if (education == name) return rank;
  return 0;
}

// Orders that company or country halt today are not shown, whatever their own stage. Each company and country is read once,
// an order only where its country closes something.
void drop_closed(Act& act, std::vector<store::Listed>& all) {
  std::map<std::int64_t, bool> may;
  std::map<std::string, std::vector<partners::OpenRule>> closing;
  std::erase_if(all, [&](const store::Listed& o) {
    const auto [company_at, new_company] = may.try_emplace(o.company.value, false);
    if (new_company) {
      const auto company = partners::find(act, o.company);
      company_at->second = company && partners::bars(*company, act.today).empty();
    }
    if (!company_at->second) return true;
    const auto [rules_at, new_country] = closing.try_emplace(o.country);
    if (new_country) {
      rules_at->second = partners::openness_rules(act, o.country);
      const auto closes = [](const partners::OpenRule& r) { return r.state == partners::Openness::closed; };
      if (std::none_of(rules_at->second.begin(), rules_at->second.end(), closes)) rules_at->second.clear();
    }
    if (rules_at->second.empty()) return false;
    const auto order = store::find(act.db, o.id);
    return !order || closing_rule(*order, {{}, rules_at->second}, act.today);
  });
}

// The search box also takes a company's name: its other open orders follow those whose work fits.
void add_of_companies(Act& act, const Query& query, std::vector<store::Listed>& all) {
  std::vector<CompanyId> named;
  for (const auto& company : partners::list(act, query.text, 50)) named.push_back(company.id);
  if (named.empty()) return;
  Query rest = query;
  rest.text.clear();
  for (auto& o : store::open(act.db, rest, act.today)) {
    const bool of_them = std::find(named.begin(), named.end(), o.company) != named.end();
    const bool known = std::any_of(all.begin(), all.end(), [&](const store::Listed& x) { return x.id == o.id; });
    if (of_them && !known) all.push_back(std::move(o));
  }
}

bool sees(Act& act, const Order& o) {
  if (act.who.company) return act.who.company == o.company && act.may(Right::submit_job_orders);
  if (hidden(o.stage) || !act.may(Right::see_job_orders)) return false;
  const auto countries = mission_countries(act, act.who.org);
  return countries.empty() || std::find(countries.begin(), countries.end(), o.country) != countries.end();
}

void need(std::vector<std::pair<std::string, Sentence>>& lacks, bool there, std::string field, std::string_view key) {
  if (!there) lacks.emplace_back(std::move(field), Sentence{std::string(key)});
}

}  // namespace

std::string_view word(Holder h) {
  switch (h) {
    case Holder::company: return "company";
    case Holder::mission: return "mission";
    case Holder::examiner: return "examiner";
    case Holder::decider: return "decider";
    case Holder::nobody: return "nobody";
  }
  return "";
}

Holder holder(Stage s) {
  switch (s) {
    case Stage::draft:
    case Stage::returned: return Holder::company;
    case Stage::submitted:
    case Stage::verif_atnaker: return Holder::mission;
    case Stage::endorsed: return Holder::examiner;
    case Stage::examined: return Holder::decider;
    case Stage::sip2mi_issued:
    case Stage::open:
    case Stage::full:
    case Stage::expired:
    case Stage::suspended:
    case Stage::revoked:
    case Stage::refused:
    case Stage::withdrawn:
    case Stage::discarded: return Holder::nobody;
  }
  return Holder::nobody;
}

Holder holder(Act& act, const Order& o) {
  const Holder h = holder(o.stage);
  return h == Holder::mission && !has_mission(act, o.country) ? Holder::examiner : h;
}

bool hidden(Stage s) { return s == Stage::draft || s == Stage::discarded; }
bool may_withdraw(Stage s) {
  return s == Stage::submitted || s == Stage::verif_atnaker || s == Stage::returned || s == Stage::endorsed;
}

std::optional<Refusal> cannot_send(const Order& o, const partners::Company& company, Date today) {
  if (o.stage != Stage::draft) return std::nullopt;
  Refusal no{Refusal::conflict, "offers.not_licensed", {}, {}, {{"law", std::string(legal_source(Fault::licence_not_valid))}}};
  for (partners::Bar bar : partners::bars(company, today)) no.reasons.push_back({"offers.bar." + std::string(partners::word(bar))});
  return no.reasons.empty() ? std::nullopt : std::optional(no);
}

int days_there(const Order& o, Date today) {
  return static_cast<int>(std::max<std::int64_t>(0, (today.days() - day_of(o.stage_since).days()).count()));
}

std::vector<std::pair<std::string, Sentence>> gaps(const Order& o) {
  std::vector<std::pair<std::string, Sentence>> lacks;
  need(lacks, !o.number.empty(), "number", "offers.gap.number");
  need(lacks, o.letter_date.known(), "letter_date", "offers.gap.letter_date");
  need(lacks, !o.employer_name.empty(), "employer_name", "offers.gap.employer_name");
  need(lacks, !o.country.empty(), "country", "offers.gap.country");
  need(lacks, !o.city.empty(), "city", "offers.gap.city");
  need(lacks, o.contract_months > 0, "contract_months", "offers.gap.contract_months");
  need(lacks, o.hours_week > 0, "hours_week", "offers.gap.hours_week");
  need(lacks, o.recruit_until.known(), "recruit_until", "offers.gap.recruit_until");
  need(lacks, !o.recruit_from.known() || !o.recruit_until.known() || o.recruit_from <= o.recruit_until, "recruit_until",
       "offers.gap.recruit_order");
  need(lacks, !o.posts.empty(), "p1_title_id", "offers.gap.posts");
  for (std::size_t i = 0; i < o.posts.size(); ++i) {
    const std::string at = "p" + std::to_string(i + 1) + "_";
    need(lacks, !o.posts[i].title_id.empty(), at + "title_id", "offers.gap.title_id");
    need(lacks, o.posts[i].pay.minor > 0, at + "pay", "offers.gap.pay");
    need(lacks, quota(o.posts[i]) > 0, at + "quota_any", "offers.gap.quota");
  }
  return lacks;
}

std::optional<Order> find(Act& act, OrderId id) { return store::find(act.db, id); }

std::optional<Order> find_by_code(Act& act, std::string_view code) {
  const auto id = store::id_of_code(act.db, code);
  return id ? store::find(act.db, id) : std::nullopt;
}

std::optional<Order> find_mine(Act& act, OrderId id) {
  auto o = store::find(act.db, id);
  return o && sees(act, *o) ? o : std::nullopt;
}

std::vector<Step> steps(Act& act, OrderId id) { return store::steps(act.db, id); }

Facts facts_for(Act& act, const Order& o) {
  Facts facts;
  if (auto company = partners::find(act, o.company)) facts.company = std::move(*company);
  facts.openness = partners::openness_rules(act, o.country);
  if (o.employer) facts.partner = partners::find_foreign(act, o.employer);
  const auto add_rate = [&](const std::string& currency) {
    const auto known = [&](const Rate& r) { return r.currency == currency; };
    if (std::any_of(facts.rates.begin(), facts.rates.end(), known)) return;
    if (auto rate = rate_for(act, currency)) facts.rates.push_back(std::move(*rate));
  };
  facts.floors = floors(act, o.country, 500);
  for (const Post& p : o.posts)
    if (const auto floor = floor_on(facts.floors, o.country, p.occupation, act.today);
        floor && floor->amount.currency != p.pay.currency)
      add_rate(p.pay.currency), add_rate(floor->amount.currency);
  if (o.fee_to_worker.minor > 0) add_rate(o.fee_to_worker.currency);
  // A company learns of its own orders only. The companies of those that are named are enough.
  for (const auto& other : store::same_letter(act.db, o))
    if (!act.who.company || act.who.company == other.company) {
      const bool is_named = static_cast<int>(facts.same_letter.size()) < most_named;
      const auto company = is_named ? partners::find(act, other.company) : std::nullopt;
      facts.same_letter.push_back({other.id, company ? company->name : "", other.code});
    }
  facts.quota_of_letter = o.letter_quota;
  facts.quota_granted_elsewhere = store::granted_elsewhere(act.db, o, act.today);
  return facts;
}

namespace {

// What "open today" means, wherever it is listed or counted.
std::vector<store::Listed> open_today(Act& act, const Query& query) {
  auto all = store::open(act.db, query, act.today);
  if (!query.text.empty()) add_of_companies(act, query, all);
  if (const int mine = level(query.education))
    std::erase_if(all, [&](const store::Listed& o) { return level(o.education) > mine; });
  drop_closed(act, all);
  return all;
}

}  // namespace

Standing standing(Act& act, const Order& o) {
  auto company = partners::find(act, o.company);
  return {company ? std::move(*company) : partners::Company{}, partners::openness_rules(act, o.country)};
}

std::optional<partners::OpenRule> closing_rule(const Order& o, const Standing& s, Date today) {
  for (const Post& p : o.posts)
    if (auto rule = partners::openness(s.openness, o.country, p.occupation, o.employer_kind, today);
        rule && rule->state == partners::Openness::closed)
      return rule;
  return std::nullopt;
}

ClosedBy closed_by(const Order& o, const Standing& s, Date today) {
  if (stage_on(o, today) != Stage::open) return ClosedBy::stage;
  if (!partners::bars(s.company, today).empty()) return ClosedBy::licence;
  return closing_rule(o, s, today) ? ClosedBy::country : ClosedBy::nothing;
}

std::vector<Order> open_orders(Act& act, const Query& query, int count, int& total) {
  const auto all = open_today(act, query);
  total = static_cast<int>(all.size());
  std::vector<Order> page;
  const auto first = static_cast<std::size_t>(std::max(0, query.page - 1)) * static_cast<std::size_t>(std::max(1, count));
  for (std::size_t i = first; i < all.size() && page.size() < static_cast<std::size_t>(count); ++i)
    if (auto o = store::find(act.db, all[i].id)) page.push_back(std::move(*o));
  return page;
}

std::vector<Near> open_elsewhere(Act& act, Query query) {
  query.country.clear();
  std::map<std::string, int> tally;
  for (const auto& row : open_today(act, query)) ++tally[row.country];
  std::vector<Near> near;
  for (const auto& [country, orders] : tally) near.push_back({country, orders});
  std::stable_sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.orders > b.orders; });
  return near;
}

std::vector<std::pair<std::string, Instant>> sitemap(Act& act) {
  std::vector<std::pair<std::string, Instant>> all;
  for (const auto& row : open_today(act, {}))
    if (const auto o = store::find(act.db, row.id)) all.emplace_back("/lowongan/" + o->code, o->stage_since);
  return all;
}

}  // namespace rantau::offers
