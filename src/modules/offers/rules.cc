// The rules of a job order: every reason that speaks against it, each with its source in law. Pure.
#include <algorithm>
#include <array>

#include "modules/offers/offers.h"

namespace rantau::offers {
namespace {

constexpr std::array<std::string_view, 15> stage_words{"draft",     "submitted",     "verif_atnaker", "returned",  "endorsed",
                                                       "examined",  "sip2mi_issued", "open",          "full",      "expired",
                                                       "suspended", "revoked",       "refused",       "withdrawn", "discarded"};
constexpr std::array<std::string_view, item_count> item_words{"parties",         "identity", "job_description", "workplace",
                                                              "hours",           "wage",     "leave",           "facilities",
                                                              "social_security", "term",     "dispute",         "termination"};
constexpr int usual_hours = 48;  // a week; above it the officer reads the contract's overtime clause
constexpr int least_age = 18;    // UU 18/2017 Pasal 5

// An amount in rupiah by a rate of these days; the rate is noted.
std::optional<Money> rupiah(const Money& m, const Facts& facts, Date today, std::vector<Rate>& used) {
  if (m.currency == "IDR") return m;
  for (const Rate& r : facts.rates)
    if (r.currency == m.currency && r.day <= today && today <= r.day.plus_days(rate_days)) {
      used.push_back(r);
      return in_rupiah(m, r);
    }
  return {};
}

std::string name_of(const Post& p) { return p.title_id.empty() ? p.title_en : p.title_id; }

void pay_faults(const Order& o, const Post& p, const Facts& facts, Date today, std::vector<Found>& found) {
  const auto rule = floor_on(facts.floors, o.country, p.occupation, today);
  if (!rule) return found.push_back({Fault::pay_floor_unknown, {{"post", name_of(p)}}});
  std::vector<Rate> used;
  std::optional<Money> pay = p.pay, floor = rule->amount;
  // Two currencies are compared in rupiah, by dated rates; without them nobody knows whether this pay is enough.
  if (pay->currency != floor->currency) pay = rupiah(p.pay, facts, today, used), floor = rupiah(rule->amount, facts, today, used);
  if (!pay || !floor) return found.push_back({Fault::pay_rate_missing, {{"post", name_of(p)}}});
  const std::string source = rule->source + (rule->page.empty() ? "" : ", " + rule->page);
  const auto below = [&](Fault fault, const Money& said) {
    found.push_back({fault,
                     {{"post", name_of(p)}, {"pay", show(said, "id")}, {"floor", show(rule->amount, "id")}, {"source", source}},
                     said,
                     rule->amount,
                     used});
  };
  if (*pay < *floor) return below(Fault::pay_below_floor, p.pay);
  // What reaches the worker's hand is what the floor protects.
  if (o.deductions.minor <= 0 || o.deductions.currency != p.pay.currency) return;
  const Money net = p.pay - o.deductions;
  const auto net_pay = net.currency == floor->currency ? std::optional(net) : rupiah(net, facts, today, used);
  if (net_pay && *net_pay < *floor) below(Fault::net_below_floor, net);
}

// PP 36/2021 Pasal 65: at most half of a wage is deducted.
void deduction_faults(const Order& o, const Post& p, const Facts& facts, Date today, std::vector<Found>& found) {
  if (o.deductions.minor <= 0 || p.pay.minor <= 0) return;
  std::vector<Rate> used;
  std::optional<Money> pay = p.pay, taken = o.deductions;
  if (pay->currency != taken->currency) pay = rupiah(p.pay, facts, today, used), taken = rupiah(o.deductions, facts, today, used);
  if (!pay || !taken || taken->minor <= pay->minor / 2) return;
  found.push_back({Fault::deductions_excessive, {{"post", name_of(p)}, {"fee", show(o.deductions, "id")}}, o.deductions, {}, used});
}

// A scheme says under which rules people leave; one that cannot hold for this work or country holds for nothing.
void scheme_faults(const Order& o, std::vector<Found>& found) {
  if (o.scheme == "SSW" && !o.country.empty() && o.country != "JP")
    found.push_back({Fault::scheme_elsewhere, {{"country", o.country}}});
  if (o.scheme != "SEA") return;
  if (o.employer_kind == "household") found.push_back({Fault::not_ship_work, {{"what", "household"}}});
  for (const Post& p : o.posts)
    if (!p.occupation.empty() && !ship_work(p.occupation))
      found.push_back({Fault::not_ship_work, {{"what", name_of(p) + " (" + p.occupation + ")"}}});
}

void post_faults(const Order& o, const Post& p, const Facts& facts, Date today, std::vector<Found>& found) {
  const Words post{{"post", name_of(p)}};
  pay_faults(o, p, facts, today, found);
  deduction_faults(o, p, facts, today, found);
  if (quota(p) <= 0) found.push_back({Fault::quota_empty, post});
  // One man and a thousand women is a rule by sex as well: only equal numbers ask for nobody's sex.
  if (p.quota_men != p.quota_women && !sex_basis_stated(p)) found.push_back({Fault::sex_rule_without_basis, post});
  const std::string code = p.occupation.empty() ? "-" : p.occupation;
  if (p.occupation.size() != 4 || !isco_known(p.occupation))
    found.push_back({Fault::occupation_unknown, {{"post", name_of(p)}, {"code", code}}});
  const auto rule = partners::openness(facts.openness, o.country, p.occupation, o.employer_kind, today);
  if (rule && rule->state == partners::Openness::closed && !rule->occupation.empty())
    found.push_back({Fault::post_closed, {{"post", name_of(p)}, {"basis", rule->legal_basis}}});
}

void country_faults(const Order& o, const Facts& facts, Date today, std::vector<Found>& found) {
  bool unstated = false;
  std::string basis;
  bool closed = false;
  for (const Post& p : o.posts) {
    const auto rule = partners::openness(facts.openness, o.country, p.occupation, o.employer_kind, today);
    unstated = unstated || !rule;
    // Of several bases the first in the alphabet is named: the answer does not depend on the order of the posts.
    if (rule && rule->state == partners::Openness::closed && rule->occupation.empty()) {
      basis = closed ? std::min(basis, rule->legal_basis) : rule->legal_basis;
      closed = true;
    }
  }
  if (o.posts.empty()) unstated = !partners::openness(facts.openness, o.country, "", o.employer_kind, today);
  if (closed) found.push_back({Fault::country_closed, {{"basis", basis}}});
  if (unstated && !closed) found.push_back({Fault::country_not_stated, {}});
}

void quota_faults(const Order& o, const Facts& facts, std::vector<Found>& found) {
  const int wanted = quota(o);
  if (o.posts.empty()) found.push_back({Fault::quota_empty, {{"post", "-"}}});
  const int letter = facts.quota_of_letter;
  const bool beyond_letter = letter > 0 && wanted + facts.quota_granted_elsewhere > letter;
  // Places for men, for women and for anybody are three quotas: what one has left fills no other.
  const bool overbooked = std::any_of(o.posts.begin(), o.posts.end(), [](const Post& p) {
    const auto beyond = [&](Seat s) { return taken(p, s).reserved + taken(p, s).used > quota(p, s); };
    return p.reserved + p.used > quota(p) || beyond(Seat::anybody) || beyond(Seat::man) || beyond(Seat::woman);
  });
  if (beyond_letter || overbooked)
    found.push_back({Fault::quota_exceeded,
                     {{"wanted", std::to_string(wanted + facts.quota_granted_elsewhere)},
                      {"granted", std::to_string(letter > 0 ? letter : wanted)}}});
}

void contract_faults(const Order& o, const Facts& facts, Date today, std::vector<Found>& found) {
  std::string missing;
  for (int i = 0; i < item_count; ++i) {
    const Item item = static_cast<Item>(i);
    if (std::find(o.contract_items.begin(), o.contract_items.end(), item) != o.contract_items.end()) continue;
    missing += (missing.empty() ? "" : " ") + std::string(word(item));
  }
  if (!missing.empty()) found.push_back({Fault::contract_items_missing, {{"missing", missing}}});
  if (o.min_age < least_age) found.push_back({Fault::age_below_minimum, {{"age", std::to_string(o.min_age)}}});
  if (o.hours_week > usual_hours) found.push_back({Fault::hours_excessive, {{"hours", std::to_string(o.hours_week)}}});
  if (o.fee_to_worker.minor <= 0) return;
  std::vector<Rate> used;
  rupiah(o.fee_to_worker, facts, today, used);
  found.push_back({Fault::worker_charged_fee, {{"fee", show(o.fee_to_worker, "id")}}, o.fee_to_worker, {}, used});
}

// However many orders name the same letter, it is one finding: counted, the first few named.
void letter_faults(const Facts& facts, std::vector<Found>& found) {
  if (facts.same_letter.empty()) return;
  Found f{Fault::letter_elsewhere, {}, {}};
  std::string named;
  for (const SameLetter& s : facts.same_letter) {
    if (static_cast<int>(f.others.size()) == most_named) {
      named += ", …";
      break;
    }
    named += (named.empty() ? "" : ", ") + s.company + (s.code.empty() ? "" : " (" + show_code(s.code) + ")");
    f.others.push_back(s.order);
  }
  f.words = {{"count", std::to_string(facts.same_letter.size())}, {"other", named}};
  found.push_back(std::move(f));
}

// A mission verifies who employs or places (UU 18/2017 Pasal 10); what it registered holds for one country and some time.
void partner_faults(const Order& o, const Facts& facts, Date today, std::vector<Found>& found) {
  if (!facts.partner) return found.push_back({Fault::partner_not_named, {}});
  const partners::Foreign& f = *facts.partner;
  if (f.country != o.country) found.push_back({Fault::partner_elsewhere, {{"partner", f.name}, {"country", f.country}}});
  switch (partners::registration_on(f, today)) {
    case partners::Registration::valid: return;
    case partners::Registration::incomplete: return found.push_back({Fault::partner_unregistered, {{"partner", f.name}}});
    case partners::Registration::not_yet:
      return found.push_back({Fault::partner_not_yet, {{"partner", f.name}, {"from", f.valid_from.iso()}}});
    case partners::Registration::ended:
      return found.push_back({Fault::partner_lapsed, {{"partner", f.name}, {"until", f.valid_until.iso()}}});
  }
}

}  // namespace

bool sex_basis_stated(const Post& p) {
  if (std::find(sex_rule_kinds.begin(), sex_rule_kinds.end(), p.sex_rule_kind) == sex_rule_kinds.end()) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::string& said = p.sex_rule_basis;
  return std::any_of(said.begin(), said.end(), is_digit) && std::count_if(said.begin(), said.end(), is_letter) >= 3;
}

std::string_view word(Stage s) { return stage_words.at(static_cast<std::size_t>(s)); }

std::optional<Stage> stage_from(std::string_view w) {
  const auto at = std::find(stage_words.begin(), stage_words.end(), w);
  if (at == stage_words.end()) return {};
  return static_cast<Stage>(at - stage_words.begin());
}

std::string_view word(Item i) { return item_words.at(static_cast<std::size_t>(i)); }

std::string_view word(Fault f) {
  switch (f) {
    case Fault::licence_not_valid: return "licence_not_valid";
    case Fault::worker_charged_fee: return "worker_charged_fee";
    case Fault::pay_below_floor: return "pay_below_floor";
    case Fault::pay_floor_unknown: return "pay_floor_unknown";
    case Fault::pay_rate_missing: return "pay_rate_missing";
    case Fault::net_below_floor: return "net_below_floor";
    case Fault::deductions_excessive: return "deductions_excessive";
    case Fault::scheme_elsewhere: return "scheme_elsewhere";
    case Fault::not_ship_work: return "not_ship_work";
    case Fault::country_closed: return "country_closed";
    case Fault::country_not_stated: return "country_not_stated";
    case Fault::post_closed: return "post_closed";
    case Fault::quota_exceeded: return "quota_exceeded";
    case Fault::quota_empty: return "quota_empty";
    case Fault::sex_rule_without_basis: return "sex_rule_without_basis";
    case Fault::contract_items_missing: return "contract_items_missing";
    case Fault::permit_expired: return "permit_expired";
    case Fault::recruitment_over: return "recruitment_over";
    case Fault::age_below_minimum: return "age_below_minimum";
    case Fault::hours_excessive: return "hours_excessive";
    case Fault::letter_missing: return "letter_missing";
    case Fault::letter_in_future: return "letter_in_future";
    case Fault::letter_elsewhere: return "letter_elsewhere";
    case Fault::occupation_unknown: return "occupation_unknown";
    case Fault::permit_too_long: return "permit_too_long";
    case Fault::partner_not_named: return "partner_not_named";
    case Fault::partner_elsewhere: return "partner_elsewhere";
    case Fault::partner_unregistered: return "partner_unregistered";
    case Fault::partner_not_yet: return "partner_not_yet";
    case Fault::partner_lapsed: return "partner_lapsed";
    case Fault::letter_doubtful: return "letter_doubtful";
    case Fault::employer_unfit: return "employer_unfit";
    case Fault::contract_unlawful: return "contract_unlawful";
  }
  return "";
}

std::optional<Fault> fault_from(std::string_view w) {
  for (int i = 0; i < fault_count; ++i)
    if (word(static_cast<Fault>(i)) == w) return static_cast<Fault>(i);
  return {};
}

bool of_partner(Fault f) {
  return f == Fault::partner_not_named || f == Fault::partner_elsewhere || f == Fault::partner_unregistered ||
         f == Fault::partner_not_yet || f == Fault::partner_lapsed;
}
bool blocks(Fault f) { return f != Fault::hours_excessive && f != Fault::letter_elsewhere && !of_partner(f); }

bool judged(Fault f) { return f == Fault::letter_doubtful || f == Fault::employer_unfit || f == Fault::contract_unlawful; }
bool of_office(Fault f) { return f == Fault::pay_floor_unknown || f == Fault::pay_rate_missing; }

std::string_view legal_source(Fault f) {
  switch (f) {
    case Fault::licence_not_valid: return "UU 18/2017 Pasal 51";
    case Fault::worker_charged_fee: return "UU 18/2017 Pasal 30";
    case Fault::pay_below_floor:
    case Fault::pay_floor_unknown:
    case Fault::pay_rate_missing:
    case Fault::net_below_floor:
    case Fault::contract_unlawful:
    case Fault::occupation_unknown:
    case Fault::hours_excessive: return "UU 18/2017 Pasal 15";
    case Fault::deductions_excessive: return "PP 36/2021 Pasal 65";
    case Fault::not_ship_work: return "PP 22/2022";
    case Fault::scheme_elsewhere:
    case Fault::country_not_stated: return "UU 18/2017 Pasal 31";
    case Fault::country_closed:
    case Fault::post_closed: return "UU 18/2017 Pasal 32";
    case Fault::quota_exceeded:
    case Fault::quota_empty:
    case Fault::permit_expired:
    case Fault::recruitment_over:
    case Fault::letter_missing:
    case Fault::letter_in_future:
    case Fault::letter_elsewhere:
    case Fault::permit_too_long:
    case Fault::letter_doubtful: return "PP 59/2021 Pasal 35";
    case Fault::sex_rule_without_basis: return "UU 18/2017 Pasal 2";
    case Fault::contract_items_missing: return "Perban BP2MI 1/2020";
    case Fault::partner_not_named:
    case Fault::partner_elsewhere:
    case Fault::partner_unregistered:
    case Fault::partner_not_yet:
    case Fault::partner_lapsed:
    case Fault::employer_unfit: return "UU 18/2017 Pasal 10";
    case Fault::age_below_minimum: return "UU 18/2017 Pasal 5";
  }
  return "";
}

int quota(const Post& p) { return p.quota_men + p.quota_women + p.quota_any; }
int left(const Post& p) { return std::max(0, quota(p) - p.reserved - p.used); }

std::string_view word(Seat s) {
  switch (s) {
    case Seat::anybody: return "any";
    case Seat::man: return "men";
    case Seat::woman: return "women";
  }
  return "";
}

int quota(const Post& p, Seat s) {
  switch (s) {
    case Seat::anybody: return p.quota_any;
    case Seat::man: return p.quota_men;
    case Seat::woman: return p.quota_women;
  }
  return 0;
}

const Taken& taken(const Post& p, Seat s) { return s == Seat::man ? p.men : s == Seat::woman ? p.women : p.any; }
int left(const Post& p, Seat s) { return std::max(0, quota(p, s) - taken(p, s).reserved - taken(p, s).used); }

int quota(const Order& o) {
  int sum = 0;
  for (const Post& p : o.posts) sum += quota(p);
  return sum;
}

int left(const Order& o) {
  int sum = 0;
  for (const Post& p : o.posts) sum += left(p);
  return sum;
}

Stage stage_on(const Order& o, Date day) {
  if (o.stage != Stage::open && o.stage != Stage::full) return o.stage;
  const bool over = (o.recruit_until.known() && o.recruit_until < day) || (o.sip2mi_until.known() && o.sip2mi_until < day);
  if (over) return Stage::expired;
  return left(o) == 0 ? Stage::full : Stage::open;
}

std::vector<Found> faults(const Order& o, const Facts& facts, Date today) {
  std::vector<Found> found;
  for (partners::Bar bar : partners::bars(facts.company, today))
    found.push_back({Fault::licence_not_valid, {{"company", facts.company.name}, {"bar", std::string(partners::word(bar))}}});
  for (const Post& p : o.posts) post_faults(o, p, facts, today, found);
  country_faults(o, facts, today, found);
  quota_faults(o, facts, found);
  contract_faults(o, facts, today, found);
  scheme_faults(o, found);
  partner_faults(o, facts, today, found);
  if (!o.sip2mi.empty() && o.sip2mi_until < today) found.push_back({Fault::permit_expired, {{"until", o.sip2mi_until.iso()}}});
  if (o.recruit_until < today) found.push_back({Fault::recruitment_over, {{"until", o.recruit_until.iso()}}});
  if (o.number.empty() || !o.letter_date.known()) found.push_back({Fault::letter_missing, {}});
  if (o.letter_date.known() && o.letter_date > today) found.push_back({Fault::letter_in_future, {{"until", o.letter_date.iso()}}});
  letter_faults(facts, found);
  if (!o.sip2mi.empty() && o.decided_at.ms > 0 && o.sip2mi_until > day_of(o.decided_at).plus_days(permit_days))
    found.push_back({Fault::permit_too_long, {{"until", o.sip2mi_until.iso()}}});
  // The same order always answers the same, whatever the order in which its posts were typed.
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.fault != b.fault ? a.fault < b.fault : a.words < b.words; });
  return found;
}

}  // namespace rantau::offers
