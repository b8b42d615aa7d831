// Signs of danger that need no register of jobs: published warnings, strange contacts, money asked for, wrong visas.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/offers/check_store.h"
#include "modules/offers/judge.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

constexpr int searched_marks = 500;
constexpr int most_contacts = 40;

bool under(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

// A host that dresses as an institution without being one: only .go.id is the state's.
bool imitates(std::string_view host) {
  constexpr std::array<std::string_view, 10> names{"bp2mi",    "bp3mi",     "kp2mi",     "p2mi",  "kemnaker",
                                                   "disnaker", "siskop2mi", "siapkerja", "go-id", "goid"};
  if (under(host, "go.id")) return false;
  if (host.find(".go.id.") != std::string_view::npos) return true;
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return host.find(n) != std::string_view::npos; });
}

std::string host_part(std::string_view address) {
  const auto at = address.rfind('@');
  return std::string(at == std::string_view::npos ? address : address.substr(at + 1));
}

std::string website_host(std::string_view website) { return normal_mark(Mark::host, website).value_or(""); }

// Is this address the company's own? On a host of its own everything is. A page on a shared host (facebook.com/pt-contoh) and
// a mail box of a public provider are that page and that box alone.
bool belongs_to(const Piece& p, std::string_view host, const partners::Company& c) {
  if (p.kind == Kind::email && p.value == text::fold(c.email)) return true;
  const std::string site = website_host(c.website);
  if (site.empty() || !under(host, site)) return false;
  std::string page = text::fold(c.website);
  page.erase(0, std::min(page.size(), page.find(site) + site.size()));
  if (page.ends_with('/')) page.pop_back();
  if (page.empty()) return true;
  const auto at = p.shown.find(site + page);
  if (p.kind != Kind::link || at == std::string::npos) return false;
  const std::string_view rest = std::string_view(p.shown).substr(at + site.size() + page.size());
  return rest.empty() || rest[0] == '/' || rest[0] == '?' || rest[0] == '#';
}

std::string padded(const std::vector<std::string>& words) {
  std::string out = " ";
  for (const auto& w : words) out += w + " ";
  return out;
}

}  // namespace

void Judge::warned(const Warning& w) {
  say("on_warning", Color::bahaya, {{"title", w.title}, {"number", w.number}},
      {"offers.check.source_warning", {{"number", w.number}}}, day_of(w.published_at).iso());
}

void Judge::judge_warnings() {
  int asked = 0;
  for (const Piece& p : v.found) {
    if (asked >= 40) break;
    if (p.kind == Kind::phone || p.kind == Kind::account) {
      ++asked;
      if (const auto w = store::marked(act.db, p.kind == Kind::phone ? Mark::phone : Mark::account, p.value)) warned(*w);
      // Wallets take a phone number for an account, and 08… may be printed as one.
      if (p.kind == Kind::account)
        if (const auto phone = text::phone(p.value))
          if (const auto w = store::marked(act.db, Mark::phone, *phone)) warned(*w);
      if (p.kind == Kind::phone && p.value.starts_with("+62"))
        if (const auto w = store::marked(act.db, Mark::account, "0" + p.value.substr(3))) warned(*w);
    }
    if (p.kind == Kind::link || p.kind == Kind::email) {
      std::string host = host_part(p.value);
      for (int level = 0; level < 5 && host.find('.') != std::string::npos; ++level) {
        ++asked;
        if (const auto w = store::marked(act.db, Mark::host, host)) warned(*w);
        host.erase(0, host.find('.') + 1);
      }
    }
  }
  const auto marks = store::marks_to_search(act.db, searched_marks);
  if (marks.empty()) return;
  const std::string read = text::cut(text, most_characters);
  const std::string said = padded(text::words(text::fold(read)));
  const std::string names = " " + text::name_key(read) + " ";
  for (const auto& m : marks) {
    const std::string wanted = " " + m.value + " ";
    if ((m.mark == Mark::name ? names : said).find(wanted) == std::string::npos) continue;
    if (const auto w = store::find_warning(act.db, m.warning)) warned(*w);
  }
}

void Judge::judge_links(const std::vector<const Piece*>& links) {
  int seen = 0;
  for (const Piece* p : links) {
    const std::string host = host_part(p->value);
    const Words words{{"host", text::cut(host, 80)}};
    if (++seen > most_contacts) return say("link_foreign", Color::belum_terbukti, words, {"offers.check.source_text"});
    if (is_own(*p)) continue;
    if (under(host, "go.id")) continue;
    if (imitates(host)) {
      say("link_imitates", Color::bahaya, words, {"offers.check.source_text"});
      continue;
    }
    const bool official =
        std::any_of(companies.begin(), companies.end(), [&](const partners::Company& c) { return belongs_to(*p, host, c); });
    if (official) continue;
    if (p->kind == Kind::link && answers.from_qr)
      say("qr_foreign", Color::bahaya, words, {"offers.check.source_text"});
    else if (p->kind == Kind::link)
      say("link_foreign", Color::belum_terbukti, words, {"offers.check.source_text"});
    if (p->kind == Kind::email && !companies.empty())
      say("email_unofficial", Color::belum_terbukti, {{"email", text::cut(p->value, 80)}, {"company", companies.front().name}},
          register_of_licences());
  }
}

void Judge::judge_contacts() {
  std::vector<const Piece*> links;
  int phones = 0;
  for (const Piece& p : v.found) {
    if (p.kind == Kind::link || p.kind == Kind::email) links.push_back(&p);
    if (p.kind != Kind::phone || companies.empty()) continue;
    // Behind so many numbers nothing is looked up any more, and so nothing is official.
    const auto owners = ++phones <= most_contacts ? partners::by_phone(act, p.value) : std::vector<partners::Company>{};
    const bool official = std::any_of(owners.begin(), owners.end(), [&](const auto& c) { return knows(c.id); }) ||
                          std::any_of(companies.begin(), companies.end(),
                                      [&](const auto& c) { return text::phone(c.phone).value_or("") == p.value; });
    if (official) continue;
    const partners::Company& c = companies.front();
    if (!partners::bars(c, act.today).empty()) continue;  // nobody is sent to a company that may not recruit
    const std::string office = text::phone(c.phone) ? text::show_phone(*text::phone(c.phone)) : "";
    Words words{{"phone", text::show_phone(p.value)}, {"company", c.name}};
    if (office.empty()) {
      say("phone_unofficial", Color::belum_terbukti, words, register_of_licences());
    } else {
      words.emplace_back("office", office);
      say("phone_other", Color::belum_terbukti, words, register_of_licences());
    }
  }
  judge_links(links);
}

void Judge::judge_money() {
  const Sentence law{"offers.check.source_article_30"};
  const Piece* account = nullptr;
  int accounts = 0;
  for (const Piece& p : v.found) {
    if (p.kind != Kind::account) continue;
    const auto owners = ++accounts <= most_contacts ? partners::by_account(act, p.value) : std::vector<partners::Company>{};
    const bool official = std::any_of(owners.begin(), owners.end(), [&](const auto& c) { return knows(c.id); });
    if (!official && !account) account = &p;
  }
  const Piece* amount = nullptr;
  const auto asked = [&](const Piece& p) {
    if (p.said != Piece::noted) return p.said == Piece::asked;
    return std::none_of(orders.begin(), orders.end(), [&](const Order& o) { return is_in_record(o, p.money); });
  };
  for (const Piece& p : v.found)
    if (p.kind == Kind::money && asked(p) && (!amount || (p.money.currency == amount->money.currency && amount->money < p.money)))
      amount = &p;
  if (amount && account) {
    say("fee_private_account", Color::bahaya, {{"money_asked", amount->value}, {"account", text::cut(account->shown, 30)}}, law);
  } else if (amount) {
    say("fee_asked", Color::bahaya, {{"money_asked", amount->value}}, law);
  } else if (has(Kind::demand) && account) {
    say("demand_private_account", Color::bahaya, {{"account", text::cut(account->shown, 30)}}, law);
  } else if (has(Kind::demand)) {
    for (const Piece& p : v.found)
      if (p.kind == Kind::demand) return say("demand", Color::bahaya, {{"shown", text::cut(p.shown, 60)}}, law);
  } else if (account) {
    say("account_unofficial", Color::belum_terbukti, {{"account", text::cut(account->shown, 30)}}, register_of_licences());
  }
}

void Judge::judge_answers() {
  for (const Piece& p : v.found) {
    if (p.kind == Kind::visa)
      say("visa_not_for_work", Color::bahaya, {{"shown", text::cut(p.shown, 60)}}, {"offers.check.source_visa"});
    if (p.kind == Kind::byway) say("byway", Color::bahaya, {{"shown", text::cut(p.shown, 60)}}, {"offers.check.source_byway"});
    if (p.kind == Kind::document)
      say("papers_kept", Color::bahaya, {{"shown", text::cut(p.shown, 60)}}, {"offers.check.source_indicators"});
  }
  const Sentence own{"offers.check.source_answers"};
  if (answers.asked_to_pay) say("answer_pay", Color::bahaya, {}, own);
  if (answers.holds_passport) say("answer_papers", Color::bahaya, {}, own);
  if (answers.tourist_visa) say("answer_visa", Color::bahaya, {}, own);
  if (answers.office_unseen) say("answer_office", Color::belum_terbukti, {}, own);
  if (answers.no_contract) say("answer_contract", Color::belum_terbukti, {}, own);
}

}  // namespace rantau::offers
