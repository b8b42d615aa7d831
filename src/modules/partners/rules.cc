// The rules of the register, without database and clock: which term is in force, what bars a company, which rule of
// openness counts.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/partners/partners.h"

namespace rantau::partners {

std::string_view word(Licence l) {
  switch (l) {
    case Licence::applied: return "applied";
    case Licence::doc_check: return "doc_check";
    case Licence::field_check: return "field_check";
    case Licence::deposit_delivered: return "deposit_delivered";
    case Licence::active: return "active";
    case Licence::sanction_written: return "sanction_written";
    case Licence::suspended_partial: return "suspended_partial";
    case Licence::suspended_full: return "suspended_full";
    case Licence::deposit_drawn: return "deposit_drawn";
    case Licence::revoked: return "revoked";
  }
  return "";
}

const std::vector<Licence>& all_licences() {
  static const std::vector<Licence> all{
      Licence::applied,          Licence::doc_check,         Licence::field_check,    Licence::deposit_delivered, Licence::active,
      Licence::sanction_written, Licence::suspended_partial, Licence::suspended_full, Licence::deposit_drawn,     Licence::revoked};
  return all;
}

std::optional<Licence> licence_from(std::string_view w) {
  for (Licence l : all_licences())
    if (word(l) == w) return l;
  return std::nullopt;
}

std::string_view word(Registration r) {
  switch (r) {
    case Registration::valid: return "valid";
    case Registration::incomplete: return "incomplete";
    case Registration::not_yet: return "not_yet";
    case Registration::ended: return "ended";
  }
  return "";
}

Registration registration_on(const Foreign& f, Date day) {
  if (f.valid_until.known() && f.valid_until < day) return Registration::ended;
  if (f.registration.empty() || !f.verified_on.known() || f.verified_on > day) return Registration::incomplete;
  if (f.valid_from.known() && f.valid_from > day) return Registration::not_yet;
  return Registration::valid;
}

bool is_sanction(Licence l) {
  switch (l) {
    case Licence::applied:
    case Licence::doc_check:
    case Licence::field_check:
    case Licence::deposit_delivered:
    case Licence::active: return false;
    case Licence::sanction_written:
    case Licence::suspended_partial:
    case Licence::suspended_full:
    case Licence::deposit_drawn:
    case Licence::revoked: return true;
  }
  return true;
}

namespace {

bool runs(Date from, Date until, Date day) { return from.known() && from <= day && (!until.known() || day <= until); }

}  // namespace

std::optional<Term> term_on(const std::vector<Term>& terms, Date day) {
  const Term* in_force = nullptr;
  for (const Term& t : terms)
    if (runs(t.from, t.until, day) && (in_force == nullptr || in_force->from <= t.from)) in_force = &t;
  return in_force == nullptr ? std::nullopt : std::optional(*in_force);
}

std::optional<Change> next_change(const std::vector<Term>& terms, Date day) {
  std::vector<Date> days;
  for (const Term& t : terms) {
    days.push_back(t.from);
    if (t.until.known()) days.push_back(t.until.plus_days(1));
  }
  std::sort(days.begin(), days.end(), [](Date a, Date b) { return a < b; });
  const auto now = term_on(terms, day);
  const auto same = [](const std::optional<Term>& a, const std::optional<Term>& b) {
    return a.has_value() == b.has_value() && (!a || (a->state == b->state && a->from == b->from && a->decree == b->decree));
  };
  for (Date d : days) {
    if (d <= day) continue;
    if (auto then = term_on(terms, d); !same(now, then)) return Change{d, std::move(then)};
  }
  return std::nullopt;
}

std::string_view word(Bar b) {
  switch (b) {
    case Bar::never_licensed: return "never_licensed";
    case Bar::not_yet_active: return "not_yet_active";
    case Bar::licence_expired: return "licence_expired";
    case Bar::suspended: return "suspended";
    case Bar::suspended_partly: return "suspended_partly";
    case Bar::revoked: return "revoked";
    case Bar::deposit_not_refilled: return "deposit_not_refilled";
  }
  return "";
}

std::vector<Bar> bars(const Company& c, Date day) {
  const auto term = term_on(c.terms, day);
  if (!term) {
    const bool began = std::any_of(c.terms.begin(), c.terms.end(), [&](const Term& t) { return t.from.known() && t.from <= day; });
    return {began ? Bar::licence_expired : Bar::never_licensed};
  }
  std::vector<Bar> found;
  switch (term->state) {
    case Licence::applied:
    case Licence::doc_check:
    case Licence::field_check:
    case Licence::deposit_delivered: return {Bar::not_yet_active};
    case Licence::active:
    case Licence::sanction_written: break;
    case Licence::suspended_partial: found.push_back(Bar::suspended_partly); break;
    case Licence::suspended_full: found.push_back(Bar::suspended); break;
    case Licence::deposit_drawn: found.push_back(Bar::deposit_not_refilled); break;
    case Licence::revoked: found.push_back(Bar::revoked); break;
  }
  if (c.licence_until.known() && c.licence_until < day) found.push_back(Bar::licence_expired);
  return found;
}

// --- openness --------------------------------------------------------------------------------------------------------

std::string_view word(Openness o) {
  switch (o) {
    case Openness::open: return "open";
    case Openness::limited: return "limited";
    case Openness::closed: return "closed";
  }
  return "";
}

const std::vector<std::string>& employer_kinds() {
  static const std::vector<std::string> kinds{"household", "legal_entity", "ship"};
  return kinds;
}

namespace {

bool concerns(const OpenRule& r, std::string_view country, std::string_view isco, std::string_view kind, Date day) {
  return r.country == country && isco.substr(0, r.occupation.size()) == r.occupation &&
         (r.employer_kind.empty() || r.employer_kind == kind) && runs(r.from, r.until, day);
}

// All rules compared concern the same case, so the longer occupation lies inside the shorter one.
bool within(const OpenRule& a, const OpenRule& b) {
  return a.occupation.size() >= b.occupation.size() && (b.employer_kind.empty() || a.employer_kind == b.employer_kind);
}

}  // namespace

std::optional<OpenRule> openness(const std::vector<OpenRule>& rules, std::string_view country, std::string_view isco,
                                 std::string_view employer_kind, Date day) {
  std::vector<const OpenRule*> newest;  // one for each scope
  for (const OpenRule& r : rules) {
    if (!concerns(r, country, isco, employer_kind, day)) continue;
    const auto same = std::find_if(newest.begin(), newest.end(), [&](const OpenRule* o) { return within(*o, r) && within(r, *o); });
    if (same == newest.end())
      newest.push_back(&r);
    else if ((*same)->from <= r.from)
      *same = &r;
  }
  const OpenRule* chosen = nullptr;
  for (const OpenRule* r : newest) {
    const bool contains_another =
        std::any_of(newest.begin(), newest.end(), [&](const OpenRule* o) { return o != r && within(*o, *r); });
    if (!contains_another && (chosen == nullptr || r->state > chosen->state)) chosen = r;
  }
  return chosen == nullptr ? std::nullopt : std::optional(*chosen);
}

// --- regions -----------------------------------------------------------------------------------------------------------

// Codes of the Ministry of Home Affairs: 38 provinces; of Jakarta also its five cities and one regency.
bool is_region(std::string_view code) {
  constexpr std::array provinces{11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53,
                                 61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96};
  constexpr std::array<std::string_view, 7> jakarta{"31", "31.01", "31.71", "31.72", "31.73", "31.74", "31.75"};
  const auto two = [&](std::size_t at) {
    const auto digit = [&](std::size_t i) { return i < code.size() && code[i] >= '0' && code[i] <= '9'; };
    return digit(at) && digit(at + 1) ? (code[at] - '0') * 10 + (code[at + 1] - '0') : -1;
  };
  if (code.starts_with("31")) return std::find(jakarta.begin(), jakarta.end(), code) != jakarta.end();
  if (std::find(provinces.begin(), provinces.end(), two(0)) == provinces.end()) return false;
  // Regencies count from 01, cities from 71.
  return code.size() == 2 || (code.size() == 5 && code[2] == '.' && two(3) > 0);
}

// --- what names and numbers are compared by --------------------------------------------------------------------------

std::string licence_key(std::string_view sip3mi) {
  std::string key;
  for (char c : text::fold(sip3mi)) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
      key += c;
    } else if (!key.empty() && key.back() != '/') {
      key += '/';
    }
  }
  constexpr std::array<std::string_view, 5> prefixes{"sip3mi", "sippmi", "nomor", "no", "izin"};
  for (bool cut = true; cut;) {
    cut = false;
    for (auto p : prefixes) {
      if (key.size() > p.size() && key.starts_with(p) && (key[p.size()] == '/' || (key[p.size()] >= '0' && key[p.size()] <= '9'))) {
        key.erase(0, p.size() + (key[p.size()] == '/' ? 1 : 0));
        cut = true;
      }
    }
  }
  while (!key.empty() && key.back() == '/') key.pop_back();
  return key;
}

std::string host_of(std::string_view website) {
  std::string host = text::trim(website);
  if (const auto scheme = host.find("://"); scheme != std::string::npos) host.erase(0, scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto user = host.rfind('@'); user != std::string::npos) host.erase(0, user + 1);
  host = host.substr(0, host.find(':'));
  std::transform(host.begin(), host.end(), host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (host.starts_with("www.")) host.erase(0, 4);
  while (!host.empty() && host.back() == '.') host.pop_back();
  return host.find('.') == std::string::npos ? std::string() : host;
}

}  // namespace rantau::partners
