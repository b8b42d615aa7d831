// "Cek tawaran": the verdict on a text. It reads what is public and published; it opens nothing and keeps nothing.
#include <algorithm>
#include <array>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/check_store.h"
#include "modules/offers/judge.h"
#include "modules/offers/shadow.h"
#include "modules/offers/store.h"

namespace rantau::offers {

namespace {

constexpr int likely_enough = 75;  // below this two names are simply different

// Host and port of a link as it was shown: up to the first sign that ends them.
std::string_view authority(std::string_view shown) { return shown.substr(0, shown.find_first_of("/?#\\")); }

// "office.example/v/9K4T2M7QX": the code of a link to ourselves.
std::string code_in_path(std::string_view shown) {
  shown.remove_prefix(authority(shown).size());
  for (std::string_view door : {"/v/", "/lowongan/", "/perusahaan/"})
    if (shown.starts_with(door)) {
      shown.remove_prefix(door.size());
      return std::string(shown.substr(0, shown.find_first_of("/?#")));
    }
  return "";
}

// "SIP2MI-30000/2026" in the ways a register may hold it.
std::vector<std::string> spellings(const std::string& number) {
  const std::string head = number.substr(0, 6), tail = number.substr(7);
  return {number, tail, head + " " + tail, head + "/" + tail, head + tail};
}

// "PT" and "CV" are two kinds of company: the same name behind them is another company.
std::string legal_form(const std::vector<std::string>& words) {
  std::string joined;
  for (const auto& w : words) joined += w + " ";
  if (joined.starts_with("p t ") || joined.starts_with("perseroan terbatas ")) return "pt";
  if (joined.starts_with("c v ")) return "cv";
  for (const auto& w : {words.empty() ? std::string() : words.front(), words.empty() ? std::string() : words.back()})
    for (std::string_view form : {"pt", "cv", "ud", "firma", "ltd", "inc", "koperasi", "yayasan", "lpk"})
      if (w == form) return w;
  return "";
}

std::string bar_code(partners::Bar bar) { return "licence_" + std::string(partners::word(bar)); }

}  // namespace

std::string address_of_site(std::string_view url) {
  if (const auto at = url.find("://"); at != std::string_view::npos) url.remove_prefix(at + 3);
  return text::fold(authority(url));
}

bool Judge::is_own(const Piece& p) const { return p.kind == Kind::link && !own.site.empty() && authority(p.shown) == own.site; }

void Judge::say(std::string_view code, Color color, Words words, Sentence source, std::string as_of) {
  for (const Cause& c : v.causes)
    if (c.code == code && c.sentence.words == words) return;
  const std::string key = "offers.check.why." + std::string(code);
  Cause cause;
  cause.code = code;
  cause.title = {key + "_title", words};
  cause.sentence = {key, std::move(words)};
  cause.source = std::move(source);
  cause.as_of = as_of.empty() ? act.today.iso() : std::move(as_of);
  cause.color = color;
  v.causes.push_back(std::move(cause));
}

Sentence Judge::register_of_licences() const { return {"offers.check.source_licences"}; }
Sentence Judge::register_of_orders() const { return {"offers.check.source_orders"}; }

bool Judge::has(Kind k) const {
  return std::any_of(v.found.begin(), v.found.end(), [&](const Piece& p) { return p.kind == k; });
}

bool Judge::knows(CompanyId id) const {
  return std::any_of(companies.begin(), companies.end(), [&](const partners::Company& c) { return c.id == id; });
}

void Judge::add_company(CompanyId id) {
  if (!id || knows(id)) return;
  if (auto c = partners::find(act, id)) companies.push_back(std::move(*c));
}

void Judge::add_order(const Order& o) {
  for (const Order& known : orders)
    if (known.id == o.id) return;
  orders.push_back(o);
}

// --- what the text points at -------------------------------------------------------------------------------------------

void Judge::by_code(const std::string& typed) {
  const auto known = [&](std::string_view code) {
    return bool(store::id_of_code(act.db, code)) || bool(partners::find_by_code(act, code));
  };
  const CodeReading r = read_code(typed, known);
  if (r.code) {
    if (auto o = find_by_code(act, *r.code)) return add_order(*o);
    if (auto c = partners::find_by_code(act, *r.code)) return add_company(c->id);
    return say("code_unknown", Color::belum_terbukti, {{"code", show_code(*r.code)}}, register_of_orders());
  }
  if (r.wrong_at > 0) {
    v.code_hint = std::to_string(r.wrong_at);
    return say("code_typo", Color::belum_terbukti, {{"place", v.code_hint}, {"code", show_code(r.suggestion)}},
               register_of_orders());
  }
  say("code_broken", Color::belum_terbukti, {{"code", text::cut(typed, 16)}}, register_of_orders());
}

void Judge::by_number(const Piece& p) {
  for (const std::string& number : spellings(p.value)) {
    if (p.kind == Kind::permit_number) {
      if (const auto id = store::id_of_sip2mi(act.db, number))
        if (auto o = find(act, id)) return add_order(*o);
    } else if (auto c = partners::find_by_licence(act, number)) {
      return add_company(c->id);
    }
  }
  say(p.kind == Kind::permit_number ? "permit_unknown" : "licence_unknown", Color::belum_terbukti, {{"number", p.value}},
      p.kind == Kind::permit_number ? register_of_orders() : register_of_licences());
}

void Judge::by_name(const Piece& p) {
  const Words shown{{"name", text::cut(p.value, 80)}};
  std::vector<std::string> words = text::words(text::fold(p.value));
  const std::string form = legal_form(words);
  std::optional<partners::Company> meant;
  // A name written without capitals may have swallowed the next words: shorter forms are tried for the exact key. But only
  // harmless words may be left out; with any other word, or another legal form, it is another name.
  bool same = true;
  std::string dropped;
  for (int tries = 0; tries < 4 && words.size() >= 2; ++tries, words.pop_back()) {
    if (tries > 0) same = same && may_follow_a_name(dropped);
    dropped = words.back();
    std::string name;
    for (const auto& w : words) name += (name.empty() ? "" : " ") + w;
    if (tries > 0 && text::company_key(name).find(' ') == std::string::npos) break;
    const auto exact = partners::named(act, name);
    if (exact.empty()) continue;
    const std::string registered = legal_form(text::words(text::fold(exact.front().name)));
    same = same && (form.empty() || form == registered);
    if (!same) {
      meant = exact.front();
      break;
    }
    if (exact.size() == 1) return add_company(exact.front().id);
    for (const auto& c : exact) v.maybe.push_back({c, 100});
    return say("name_shared", Color::belum_terbukti, shown, register_of_licences());
  }
  if (meant) {
    say("name_similar", Color::belum_terbukti, {{"name", text::cut(p.value, 80)}, {"company", meant->name}},
        register_of_licences());
    if (v.maybe.size() < 3) v.maybe.push_back({*meant, 90});
    return;
  }
  // Looking for what a name is like costs more: for the first two names only.
  std::vector<partners::Likely> best;
  if (look_ups++ < 2) best = partners::likely(act, p.value, 3);
  // A registered name without its last words, or with words before it, is like it too.
  if (best.empty() || best.front().likeness < likely_enough) {
    const std::string key = " " + text::company_key(p.value) + " ";
    std::erase_if(best, [&](const partners::Likely& l) {
      const std::string registered = " " + l.company.key + " ";
      return key.size() < 9 || (registered.find(key) == std::string::npos && key.find(registered) == std::string::npos);
    });
  } else {
    std::erase_if(best, [](const partners::Likely& l) { return l.likeness < likely_enough; });
  }
  if (best.empty()) return say("name_unknown", Color::belum_terbukti, shown, register_of_licences());
  say("name_similar", Color::belum_terbukti, {{"name", text::cut(p.value, 80)}, {"company", best.front().company.name}},
      register_of_licences());
  for (auto& l : best)
    if (v.maybe.size() < 3) v.maybe.push_back(std::move(l));
}

void Judge::identify() {
  constexpr int most_codes = 4, most_numbers = 4, most_names = 4;
  constexpr std::size_t most_countries = 6;
  int codes = 0, numbers = 0, names = 0;
  for (const Piece& p : v.found) {
    const auto within = [&](int& count, int most) {
      if (++count > most) unread.push_back(&p);
      return count <= most;
    };
    if (p.kind == Kind::code && within(codes, most_codes)) by_code(p.value);
    if (is_own(p))
      if (const std::string code = code_in_path(p.shown); !code.empty() && within(codes, most_codes)) by_code(code);
    if ((p.kind == Kind::permit_number || p.kind == Kind::licence_number) && within(numbers, most_numbers)) by_number(p);
    if (p.kind == Kind::company && within(names, most_names)) by_name(p);
    if (p.kind == Kind::country && std::find(countries.begin(), countries.end(), p.value) == countries.end()) {
      if (countries.size() < most_countries)
        countries.push_back(p.value);
      else
        unread.push_back(&p);
    }
  }
  named = companies;
  // A registered phone, account or address leads to its company when nothing else does.
  if (!companies.empty() || !orders.empty()) return;
  int contacts = 0;
  for (const Piece& p : v.found) {
    if (contacts >= 8) break;
    std::vector<partners::Company> owners;
    if (p.kind == Kind::phone) ++contacts, owners = partners::by_phone(act, p.value);
    if (p.kind == Kind::account) ++contacts, owners = partners::by_account(act, p.value);
    if (p.kind == Kind::link) ++contacts, owners = partners::by_host(act, p.value);
    if (owners.size() != 1) continue;
    add_company(owners.front().id);
    say("contact_registered", Color::resmi, {{"shown", text::cut(p.shown, 60)}, {"company", owners.front().name}},
        register_of_licences());
  }
}

// --- companies and orders ----------------------------------------------------------------------------------------------

bool Judge::may_recruit(const partners::Company& c) {
  const auto bars = partners::bars(c, act.today);
  const auto term = partners::term_on(c.terms, act.today);
  const std::string since = term && term->from.known() ? term->from.iso() : "";
  for (partners::Bar bar : bars) say(bar_code(bar), Color::bahaya, {{"company", c.name}}, register_of_licences(), since);
  if (bars.empty() && !c.address.empty())
    say("head_office", Color::resmi, {{"company", c.name}, {"address", text::cut(c.address, 120)}}, register_of_licences());
  if (bars.empty())
    say("licence_valid", Color::resmi, {{"company", c.name}, {"day_until", c.licence_until.iso()}}, register_of_licences());
  return bars.empty();
}

// Is the country open for this work? Nothing stated is a doubt, never a yes.
bool Judge::country_open(std::string_view country, std::string_view occupation, std::string_view employer_kind) {
  const auto rules = partners::openness_rules(act, country);
  const auto rule = partners::openness(rules, country, occupation, employer_kind, act.today);
  const Words words{{"country_name", std::string(country)}};
  if (!rule) {
    say("country_unstated", Color::belum_terbukti, words, {"offers.check.source_countries"});
    return false;
  }
  const Sentence source{"offers.check.source_basis", {{"basis", rule->legal_basis}}};
  const std::string since = rule->from.known() ? rule->from.iso() : "";
  switch (rule->state) {
    case partners::Openness::open: say("country_open", Color::resmi, words, source, since); return true;
    case partners::Openness::limited: say("country_limited", Color::belum_terbukti, words, source, since); return true;
    case partners::Openness::closed: say("country_closed", Color::bahaya, words, source, since); return false;
  }
  return false;
}

void Judge::judge_countries() {
  const bool household = speaks_of_household(text);
  for (const std::string& country : countries) {
    const bool covered = v.order && v.order->country == country;
    if (covered) continue;
    if (household) {
      // Household work: the rules for cleaners and for carers at home decide (ISCO-08 9111, 5322).
      country_open(country, "9111", "household");
    } else {
      country_open(country, "", "");
    }
  }
}

// An amount beside a pay, with the pay in the amount's currency; nothing: the two cannot be compared.
struct Judge::Share {
  std::int64_t percent = 0;
  Money pay;  // in the currency of the amount
  std::string rate_source;
  bool same = false;
};

// "Rp 23 juta" is Rp 23.152.500 as far as it is printed. An advertisement may round to the last digit it prints, but prints two
// digits at least: what is off by more than half of that digit, up or down, is another pay. In rupiah too: the rate is the one
// that the office publishes beside the job.
static bool same_as_printed(std::int64_t printed, std::int64_t pay) {
  std::int64_t unit = 1;
  while (printed % (unit * 10) == 0 && unit * 100 <= pay) unit *= 10;
  return std::abs(printed - pay) * 2 <= unit;
}

std::optional<Judge::Share> Judge::share_of(const Money& amount, const Money& pay) {
  if (pay.minor <= 0) return std::nullopt;
  Share s{0, pay, "", false};
  if (amount.currency != pay.currency) {
    if (amount.currency != "IDR") return std::nullopt;
    const auto rate = rate_for(act, pay.currency);
    s.pay = rate ? in_rupiah(pay, *rate) : Money{};
    if (s.pay.minor <= 0) return std::nullopt;
    s.rate_source = rate->source;
  }
  s.percent = amount.minor / std::max<std::int64_t>(1, s.pay.minor / 100);
  s.same = amount.minor > 0 && same_as_printed(amount.minor, s.pay.minor);
  return s;
}

// "18-20 juta" promises two amounts; one of them may be the pay, the message as a whole is not.
static bool one_amount(const Piece& p) {
  const auto dash = p.shown.find('-');
  return dash == std::string::npos || dash == 0 || dash + 1 == p.shown.size() ||
         !(p.shown.find_first_of("0123456789") < dash && p.shown.find_first_of("123456789", dash) != std::string::npos);
}

// Is this pay stated for anything but a month: "per hari", "sejam", "a week", "harian"?
bool Judge::other_period(const Piece& pay) const {
  constexpr std::array<std::string_view, 28> whole{
      "perhari", "perminggu", "perjam",   "pertahun", "perkontrak", "sehari",    "seminggu",    "sejam",   "setahun", "sekontrak",
      "harian",  "mingguan",  "tahunan",  "borongan", "perpekan",   "sepekan",   "daily",       "weekly",  "hourly",  "yearly",
      "annual",  "annually",  "semester", "pershift", "triwulan",   "fortnight", "fortnightly", "biweekly"};
  constexpr std::array<std::string_view, 16> unit{"hari", "minggu", "pekan", "jam",  "tahun",    "thn",      "kontrak", "shift",
                                                  "day",  "week",   "hour",  "year", "contract", "semester", "proyek",  "trip"};
  const auto words = [&](std::size_t from, std::size_t to) { return text::words(text::fold(text.substr(from, to - from))); };
  const std::size_t stop = std::min({text.size(), pay.to + 24, std::min(text.find('\n', pay.to), text.size())});
  const auto behind = words(std::min(pay.to, text.size()), stop);
  if (!behind.empty() && (text::in(whole, behind[0]) || text::in(unit, behind[0]))) return behind[0] != "kontrak";
  if (behind.size() > 1 && text::in(unit, behind[1]))
    for (std::string_view per : {"per", "tiap", "setiap", "a", "an", "each", "every", "satu", "one", "sekali", "untuk"})
      if (behind[0] == per) return true;
  const std::size_t begin = pay.from > 28 ? pay.from - 28 : 0;
  const auto before = words(begin, pay.from);
  for (std::size_t i = before.size(); i-- > 0 && i + 3 >= before.size();) {
    if (text::in(whole, before[i]) && before[i] != "seminggu" && before[i] != "sepekan" && before[i] != "setahun") return true;
    if (i > 0 && text::in(unit, before[i]) && before[i - 1] == "per" && i + 1 == before.size()) return true;
  }
  return false;
}

// The highest pay that the text promises.
std::optional<Money> Judge::promised() const {
  std::optional<Money> stated;
  for (const Piece& p : v.found)
    if (p.kind == Kind::money && p.said == Piece::promised && p.money.minor > 0 &&
        (!stated || stated->currency != p.money.currency || *stated < p.money))
      stated = p.money;
  return stated;
}

// Is this amount the pay of one of the posts, as far as advertisements are exact?
bool Judge::is_pay_of(const Order& o, const Money& amount) {
  return std::any_of(o.posts.begin(), o.posts.end(), [&](const Post& post) {
    const auto s = share_of(amount, post.pay);
    return s && s->same;
  });
}

// The amounts that the page of this job prints: pay, deductions, and what is left.
bool Judge::is_in_record(const Order& o, const Money& amount) const {
  const auto is = [&](const Money& m) { return m.minor > 0 && m == amount; };
  return is(o.deductions) || std::any_of(o.posts.begin(), o.posts.end(), [&](const Post& p) {
           return is(p.pay) || (p.pay.currency == o.deductions.currency && is(p.pay - o.deductions));
         });
}

// The pay in the text against the pay that was examined: its period first, then its amount.
void Judge::compare_pay(const Order& o) {
  for (const Piece& p : v.found)
    if (p.kind == Kind::money && p.said != Piece::asked && p.money.minor > 0 && other_period(p))
      return say("pay_period", Color::belum_terbukti, {{"shown", text::cut(p.shown, 40)}}, register_of_orders());
  const auto stated = promised();
  if (!stated) return;
  Money official;
  for (const Post& post : o.posts)
    if (official.minor == 0 || (post.pay.currency == official.currency && official < post.pay)) official = post.pay;
  const auto s = share_of(*stated, official);
  if (!s) return;
  v.pay = {official, *stated, s->pay, s->rate_source};
  if (is_pay_of(o, *stated)) return;
  const Words words{{"money_stated", stated->currency + " " + std::to_string(stated->minor)},
                    {"money_official", s->pay.currency + " " + std::to_string(s->pay.minor)}};
  if (s->percent > 150) {
    say("pay_far_above", Color::bahaya, words, register_of_orders());
  } else if (s->pay < *stated) {
    say("pay_above", Color::belum_terbukti, words, register_of_orders());
  } else {
    say("pay_below", Color::belum_terbukti, words, register_of_orders());
  }
}

// Is this the name of the order's own country or city? "Tokyo" is read as Japan, but it is another city than Osaka.
static bool names_place_of(const Order& o, const Piece& p) {
  if (p.value != o.country) return false;
  const std::string shown = text::fold(p.shown);
  if (shown == text::fold(o.city)) return true;
  const auto* country = reference::country_named(shown);
  return (country && country->alpha2 == o.country) || shown == "jepun" || shown == "malaysa" || shown == "malaisia";
}

// Green is for a message whose every part is known: looked up, or the pay of a month.
void Judge::judge_rest(const Order& o) {
  const auto owner = std::find_if(companies.begin(), companies.end(), [&](const auto& c) { return c.id == o.company; });
  if (owner == companies.end()) return;
  std::vector<Piece> known = own_sentences(text);
  for (const Piece& p : v.found) {
    if (std::find(unread.begin(), unread.end(), &p) != unread.end() || p.kind == Kind::company) continue;
    if (p.kind == Kind::country && !names_place_of(o, p)) continue;
    if (p.kind == Kind::money && !is_in_record(o, p.money) && (!is_pay_of(o, p.money) || !one_amount(p))) continue;
    known.push_back(p);
  }
  const std::string rest = unexplained(text, known, o, *owner);
  if (!rest.empty()) say("text_unmatched", Color::belum_terbukti, {{"shown", rest}}, register_of_orders());
}

// An order the text points at by code or permit number.
void Judge::judge_order(const Order& o) {
  add_company(o.company);
  const auto owner = std::find_if(companies.begin(), companies.end(), [&](const auto& c) { return c.id == o.company; });
  const std::string company = owner == companies.end() ? "" : owner->name;
  const std::string code = o.code.empty() ? o.number : show_code(o.code);
  const Words words{{"job_title", o.posts.empty() ? code + "|" + code : o.posts.front().title_id + "|" + o.posts.front().title_en},
                    {"country_name", o.country},
                    {"company", company},
                    {"code", code},
                    {"number", o.sip2mi}};
  // What was typed is what is named: a permit number, or the code.
  const auto typed = [&](Kind k) {
    return std::any_of(v.found.begin(), v.found.end(), [&](const Piece& p) { return p.kind == k; });
  };
  const std::string by = typed(Kind::permit_number) && !typed(Kind::code) ? "permit" : "code";
  const std::string since = day_of(o.stage_since).iso();
  switch (stage_on(o, act.today)) {
    case Stage::open: break;
    case Stage::full: return say("order_full", Color::belum_terbukti, words, register_of_orders());
    case Stage::expired: return say("order_over", Color::belum_terbukti, words, register_of_orders());
    case Stage::suspended: return say("order_suspended", Color::bahaya, words, register_of_orders(), since);
    case Stage::revoked: return say("order_revoked", Color::bahaya, words, register_of_orders(), since);
    case Stage::draft:
    case Stage::submitted:
    case Stage::verif_atnaker:
    case Stage::returned:
    case Stage::endorsed:
    case Stage::examined:
    case Stage::sip2mi_issued:
    case Stage::refused:
    case Stage::withdrawn:
    case Stage::discarded: return say("order_not_open", Color::belum_terbukti, words, register_of_orders());
  }
  v.order = o;
  Words open = words;
  open.emplace_back("left", std::to_string(left(o)));
  // Beside a company that may not recruit today, an open job is no good news.
  if (owner == companies.end() || partners::bars(*owner, act.today).empty())
    say("order_open", Color::resmi, std::move(open), register_of_orders(), o.decided_at.ms ? day_of(o.decided_at).iso() : "");
  for (const Post& post : o.posts) country_open(o.country, post.occupation, o.employer_kind);
  const bool other_company = std::any_of(named.begin(), named.end(), [&](const auto& c) { return c.id != o.company; });
  if (other_company) say(by + "_of_other", Color::belum_terbukti, words, register_of_orders());
  if (std::any_of(countries.begin(), countries.end(), [&](const std::string& c) { return c != o.country; }))
    say(by == "permit" ? "permit_country" : "country_differs", Color::belum_terbukti, words, register_of_orders());
  if (orders.size() > 1)
    say("orders_several", Color::belum_terbukti, {{"count", std::to_string(orders.size())}}, register_of_orders());
  compare_pay(o);
  judge_rest(o);
}

// No code: only a message that names the company, the country, the work and its pay as they stand in the register speaks of
// that very job. Anything less is answered with the job it may mean, and the advice to ask for its code.
void Judge::find_order_of_company() {
  if (!orders.empty() || companies.empty() || !v.maybe.empty()) return;
  const partners::Company company = companies.front();
  if (!partners::bars(company, act.today).empty()) return;
  if (countries.empty()) return say("job_not_named", Color::belum_terbukti, {{"company", company.name}}, register_of_orders());
  const auto stated = promised();
  std::optional<Order> like;
  bool like_work = false;
  int read = 0;
  for (const std::string& country : countries)
    for (OrderId id : store::open_of(act.db, company.id, country, 12)) {
      if (++read > 24) break;
      auto o = find(act, id);
      if (!o || stage_on(*o, act.today) != Stage::open) continue;
      const bool work = std::any_of(o->posts.begin(), o->posts.end(), [&](const Post& p) { return names_work_of(text, p); });
      if (work && !named.empty() && stated && is_pay_of(*o, *stated)) return judge_order(*o);
      if (!like || (work && !like_work)) like_work = work, like = std::move(o);
    }
  if (!like)
    return say("job_not_found", Color::belum_terbukti, {{"company", company.name}, {"country_name", countries.front()}},
               register_of_orders());
  const std::string code = show_code(like->code);
  const std::string title =
      like->posts.empty() ? code + "|" + code : like->posts.front().title_id + "|" + like->posts.front().title_en;
  say("job_like", Color::belum_terbukti,
      {{"company", company.name}, {"country_name", like->country}, {"job_title", title}, {"code", code}}, register_of_orders());
  if (like_work) compare_pay(*like);
}

// --- the answer --------------------------------------------------------------------------------------------------------

void Judge::close() {
  const auto worst = [&](Color c) {
    return std::any_of(v.causes.begin(), v.causes.end(), [&](const Cause& x) { return x.color == c; });
  };
  const bool red = worst(Color::bahaya);
  if (!red && v.causes.empty()) say("nothing_found", Color::belum_terbukti, {}, {"offers.check.source_registers"});
  v.color = red ? Color::bahaya : v.order && !worst(Color::belum_terbukti) ? Color::resmi : Color::belum_terbukti;
  // Green alone without an order that fits proves nothing about this offer.
  if (v.color == Color::belum_terbukti && !worst(Color::belum_terbukti))
    say("job_not_named_at_all", Color::belum_terbukti, {}, register_of_orders());
  std::stable_sort(v.causes.begin(), v.causes.end(), [](const Cause& a, const Cause& b) { return a.color > b.color; });
  if (v.color == Color::bahaya) v.order.reset();
  v.as_of = act.today.iso();
}

Verdict check(Act& act, std::string_view typed, const Answers& answers, const Own& own) {
  Judge j{act, typed, answers, own};
  j.v.found = pieces(typed);
  j.identify();
  for (std::size_t i = 0; i < j.orders.size(); ++i) j.judge_order(Order(j.orders[i]));
  for (std::size_t i = 0; i < j.companies.size(); ++i) j.may_recruit(j.companies[i]);
  j.find_order_of_company();
  j.judge_countries();
  j.judge_warnings();
  j.judge_contacts();
  j.judge_money();
  j.judge_answers();
  j.close();
  return std::move(j.v);
}

std::string_view word(Color c) {
  switch (c) {
    case Color::resmi: return "resmi";
    case Color::belum_terbukti: return "belum_terbukti";
    case Color::bahaya: return "bahaya";
  }
  return "";
}

void count_check(Act& act, const Verdict& v) {
  std::string country, kind = "none";
  for (const Piece& p : v.found)
    if (country.empty() && p.kind == Kind::country) country = p.value;
  if (v.found.size() == 1) kind = word(v.found.front().kind);
  if (v.found.size() > 1) kind = "message";
  store::count_check(act.db, act.today, kind, word(v.color), country);
}

}  // namespace rantau::offers
