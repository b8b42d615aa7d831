// Every endpoint x every duty x own, foreign and absent objects, against a table written apart from the policy's own.
// A route that the table does not know fails: nobody adds a door without saying who may open it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/crypto.h"
#include "cli/program.h"
#include "db/testing.h"
#include "modules/access/access.h"
#include "modules/offers/offers.h"
#include "modules/partners/partners.h"
#include "web/incoming.h"

namespace rantau {
namespace {

using access::OrgKind;
using access::Role;

// One letter a duty: A administrator, L licences, X examiner, D decider, C chief, P press, S statistics, K counter,
// F company clerk, M mission, U auditor, H leader. "*" everybody, "+" everybody with an account, "-" nobody with an account.
const std::map<std::string, std::string, std::less<>> expected{
    {"GET /", "*"},
    {"GET /.well-known/security.txt", "*"},
    {"GET /akun", "+"},
    {"GET /akun/dua-langkah", "+"},
    {"GET /akun/dua-langkah/lepas", "+"},
    {"GET /akun/kode-pemulihan", "+"},
    {"GET /akun/sandi", "+"},
    {"GET /aksesibilitas", "*"},
    {"GET /angka", "*"},
    {"GET /angka/pertentangan", "*"},
    {"GET /angka/{series}", "*"},
    {"GET /api", "*"},
    {"GET /api/v1/companies", "*"},
    {"GET /api/v1/companies/{code}", "*"},
    {"GET /api/v1/figures", "*"},
    {"GET /api/v1/jobs", "*"},
    {"GET /api/v1/jobs/{code}", "*"},
    {"GET /api/openapi.json", "*"},
    {"GET /bantuan", "*"},
    {"GET /cek", "*"},
    {"GET /favicon.ico", "*"},
    {"GET /favicon.svg", "*"},
    {"GET /humans.txt", "*"},
    {"GET /k/admin", "A"},
    {"GET /k/admin/lembaga/baru", "A"},
    {"GET /k/admin/orang/baru", "A"},
    {"GET /k/admin/orang/{id}", "A"},
    {"GET /k/admin/pembukaan", "A"},
    {"GET /k/admin/perjanjian", "A"},
    {"GET /k/angka", "PSH"},
    {"GET /k/jurnal", "U"},
    {"GET /k/kebijakan", "ALXDCPSKUH"},
    {"GET /k/kurs", "LXDCKMH"},
    {"GET /k/batas-gaji", "LXDCKMH"},
    {"GET /k/mitra-luar", "LXDCPKH"},
    {"GET /k/mitra-luar/{id}", "LXDCPKH"},
    {"GET /k/negara", "LXDCPKH"},
    {"GET /k/peringatan", "C"},
    {"GET /k/perusahaan", "LXDCPKH"},
    {"GET /k/perusahaan/baru", "LC"},
    {"GET /k/perusahaan/{id}", "LXDCPKH"},
    {"GET /k/perusahaan/{id}/cabang", "LC"},
    {"GET /k/perusahaan/{id}/izin", "LC"},
    {"GET /k/perusahaan/{id}/ubah", "LC"},
    {"GET /k/pesanan", "LXDCKMH"},
    {"GET /k/pesanan/arus", "LXDCKMH"},
    {"GET /k/pesanan/atase", "A"},
    {"GET /k/pesanan/keadaan", "LXDCKMH"},
    {"GET /k/pesanan/{id}", "LXDCKMH"},
    {"GET /k/pesanan/{id}/surat", "LXDCKMH"},
    {"GET /kartu/{name}", "*"},
    {"GET /lowongan", "*"},
    {"GET /lowongan/{code}", "*"},
    {"GET /masuk", "*"},
    {"GET /mengenali", "*"},
    {"GET /mitra", "F"},
    {"GET /mitra/pesanan", "F"},
    {"GET /mitra/pesanan/baru", "F"},
    {"GET /mitra/pesanan/{id}", "F"},
    {"GET /mitra/pesanan/{id}/surat", "F"},
    {"GET /mitra/pesanan/{id}/ubah", "F"},
    {"GET /mulai", "*"},
    {"GET /mulai/admin", "-"},
    {"GET /mulai/bahasa", "-"},
    {"GET /mulai/basis-data", "-"},
    {"GET /mulai/cadangan", "-"},
    {"GET /mulai/contoh", "-"},
    {"GET /mulai/kunci", "-"},
    {"GET /mulai/lembaga", "-"},
    {"GET /mulai/pengaman", "-"},
    {"GET /mulai/periksa", "-"},
    {"GET /peringatan", "*"},
    {"GET /peringatan/{number}", "*"},
    {"GET /perusahaan", "*"},
    {"GET /perusahaan/{code}", "*"},
    {"GET /privasi", "*"},
    {"GET /robots.txt", "*"},
    {"GET /sitemap.xml", "*"},
    {"GET /status", "*"},
    {"GET /ui", "APSH"},
    {"GET /ui/konsol", "APSH"},
    {"GET /umpan/lowongan.xml", "*"},
    {"GET /umpan/peringatan.xml", "*"},
    {"GET /undangan", "*"},
    {"GET /v/{code}", "*"},
    {"POST /akun/dua-langkah", "+"},
    {"POST /akun/dua-langkah/lepas", "+"},
    {"POST /akun/kode-pemulihan", "+"},
    {"POST /akun/sandi", "+"},
    {"POST /akun/sesi/{id}/keluar", "+"},
    {"POST /api/v1/offer-checks", "*"},
    {"POST /cek", "*"},
    {"POST /cek/foto", "*"},
    {"POST /k/admin/lembaga/baru", "A"},
    {"POST /k/admin/orang/baru", "A"},
    {"POST /k/admin/orang/{id}/aktif", "A"},
    {"POST /k/admin/orang/{id}/nonaktif", "A"},
    {"POST /k/admin/orang/{id}/peran", "A"},
    {"POST /k/admin/orang/{id}/undangan", "A"},
    {"POST /k/admin/perjanjian", "A"},
    {"POST /k/admin/perjanjian/{id}/setuju", "A"},
    {"POST /k/admin/perjanjian/{id}/tarik", "A"},
    {"POST /k/angka", "S"},
    {"POST /k/angka/muat", "S"},
    {"POST /k/kurs", "X"},
    {"POST /k/batas-gaji", "X"},
    {"POST /k/mitra-luar", "LC"},
    {"POST /k/mitra-luar/{id}", "LC"},
    {"POST /k/negara", "LC"},
    {"POST /k/peringatan", "C"},
    {"POST /k/peringatan/{id}/cabut", "C"},
    {"POST /k/peringatan/{id}/urungkan", "C"},
    {"POST /k/perusahaan/baru", "LC"},
    {"POST /k/perusahaan/{id}/cabang", "LC"},
    {"POST /k/perusahaan/{id}/izin", "LC"},
    {"POST /k/perusahaan/{id}/ubah", "LC"},
    {"POST /k/perusahaan/{id}/urungkan", "LC"},
    {"POST /k/pesanan/atase", "A"},
    {"POST /k/pesanan/langkah/{id}/urungkan", "LXDCKMH"},
    {"POST /k/pesanan/{id}/cabut", "DC"},
    {"POST /k/pesanan/{id}/hentikan", "DC"},
    {"POST /k/pesanan/{id}/kembalikan", "LXDCKMH"},
    {"POST /k/pesanan/{id}/lanjutkan", "DC"},
    {"POST /k/pesanan/{id}/mulai", "LXDCKMH"},
    {"POST /k/pesanan/{id}/sahkan", "LXDCKMH"},
    {"POST /k/pesanan/{id}/sahkan-surat", "X"},
    {"POST /k/pesanan/{id}/setuju", "DC"},
    {"POST /k/pesanan/{id}/tidak-setuju", "DC"},
    {"POST /k/pesanan/{id}/usul-sah", "X"},
    {"POST /k/pesanan/{id}/usul-tolak", "X"},
    {"POST /keluar", "+"},
    {"POST /masuk", "*"},
    {"POST /masuk/bukti", "*"},
    {"POST /mitra/pesanan/baru", "F"},
    {"POST /mitra/pesanan/langkah/{id}/urungkan", "F"},
    {"POST /mitra/pesanan/{id}/buang", "F"},
    {"POST /mitra/pesanan/{id}/kirim", "F"},
    {"POST /mitra/pesanan/{id}/lepas", "F"},
    {"POST /mitra/pesanan/{id}/pesan", "F"},
    {"POST /mitra/pesanan/{id}/surat", "F"},
    {"POST /mitra/pesanan/{id}/tarik", "F"},
    {"POST /mitra/pesanan/{id}/ubah", "F"},
    {"POST /mulai", "*"},
    {"POST /mulai/admin", "-"},
    {"POST /mulai/bahasa", "-"},
    {"POST /mulai/basis-data", "-"},
    {"POST /mulai/cadangan", "-"},
    {"POST /mulai/contoh", "-"},
    {"POST /mulai/kunci", "-"},
    {"POST /mulai/lembaga", "-"},
    {"POST /mulai/pengaman", "-"},
    {"POST /mulai/periksa", "-"},
    {"POST /ui", "APSH"},
    {"POST /ui/konsol", "APSH"},
    {"POST /undangan", "*"},
};

char letter(Role r) {
  switch (r) {
    case Role::administrator: return 'A';
    case Role::licence_officer: return 'L';
    case Role::offer_examiner: return 'X';
    case Role::offer_decider: return 'D';
    case Role::placement_chief: return 'C';
    case Role::press_officer: return 'P';
    case Role::statistician: return 'S';
    case Role::counter_officer: return 'K';
    case Role::company_clerk: return 'F';
    case Role::mission_officer: return 'M';
    case Role::auditor: return 'U';
    case Role::leader: return 'H';
  }
  return '?';
}

bool may_open(std::string_view who, char duty) {
  if (who == "*") return true;
  if (duty == 0 || who == "-") return false;
  return who == "+" || who.find(duty) != std::string_view::npos;
}

template <class T>
T must(Result<T> r) {
  if (!r) throw std::logic_error("refused: " + r.refusal().key);
  return std::move(*r);
}

// Two institutions, a mission, two companies with a draft order each, one person for every duty.
struct Province {
  test::TestDb db = test::db();
  web::Router router;
  struct Person {
    char duty;
    std::string label;
    Actor actor;
  };
  std::vector<Person> people;
  access::Org agency{.kind = OrgKind::agency, .name = "BP3MI", .short_name = "BP3MI"},
      dinas{.kind = OrgKind::province, .name = "Dinas", .short_name = "Dinas"},
      mission{.kind = OrgKind::mission, .name = "Perwakilan", .short_name = "Perwakilan"};
  access::Org firm[2];
  offers::OrderId order[2];
  int asked = 0;

  Province() {
    crypto::init();
    program::routes(router);
    Db all(db.store(), access::system_actor());
    all.write([&](Act& act) {
      agency.id = must(access::register_org(act, agency));
      dinas.id = must(access::register_org(act, dinas));
      mission.id = must(access::register_org(act, mission));
      must(access::record_agreement(act, {.agency = agency.id,
                                          .province = dinas.id,
                                          .number = "PKS-1",
                                          .signed_on = act.today,
                                          .valid_until = act.today.plus_days(900),
                                          .contact = "kontak@rantau.example"}));
      must(offers::set_mission(act, mission.id, "TW"));
      return Done{};
    });
    for (const auto* org : {&agency, &dinas, &mission})
      for (const Role role : access::roles_of(org->kind)) person(*org, role);
    for (int i = 0; i < 2; ++i) firm_and_order(all, i);
  }

  void person(const access::Org& org, Role role) {
    Db all(db.store(), access::system_actor());
    access::User u{.org = org.id, .login = "p" + std::to_string(people.size()) + ".contoh", .name = "Orang Contoh", .role = role};
    u.id = all.write([&](Act& act) { return must(access::register_user(act, u, "")); });
    people.push_back({letter(role), std::string(access::word(role)) + " of " + org.name, access::acting(u, org)});
  }

  void firm_and_order(Db& all, int i) {
    const std::string name = i == 0 ? "PT Umpama Satu" : "PT Misal Dua";
    firm[i] = {.kind = OrgKind::company, .name = name, .short_name = name};
    all.write([&](Act& act) {
      partners::Company c{.name = name,
                          .licence_number = "SIP-000" + std::to_string(i),
                          .licence_until = act.today.plus_days(800),
                          .address = "Jl. Contoh 1",
                          .region = "31.71",
                          .phone = "0812-0000-000" + std::to_string(i + 1)};
      firm[i].company = must(partners::register_company(
          act, c,
          {.state = partners::Licence::active, .from = act.today.plus_days(-30), .decree = "KEP-1", .legal_basis = "UU 18/2017"}));
      firm[i].id = must(access::register_org(act, firm[i]));
      return Done{};
    });
    person(firm[i], Role::company_clerk);
    Db clerk(db.store(), people.back().actor);
    order[i] = clerk.write([&](Act& act) {
      offers::Order o{.number = "DL-" + std::to_string(i),
                      .letter_date = act.today.plus_days(-9),
                      .employer_name = "Pabrik Contoh",
                      .employer_kind = "legal_entity",
                      .country = "TW",
                      .city = "Taipei"};
      o.posts.push_back(
          {.occupation = "8211", .title_id = "Perakit", .title_en = "Assembler", .quota_any = 5, .pay = {28590, "TWD"}});
      o.contract_months = 24;
      return must(offers::draft(act, o));
    });
  }

  web::Reply ask(const std::string& method, const std::string& path, const Person* who) {
    web::Request q{.method = method, .path = path};
    q.site = "http://localhost";
    q.address = "192.0.2." + std::to_string(++asked);  // limits by address are another test's business
    q.headers = {{"host", "localhost"}};
    const std::string secret = crypto::hex(crypto::sha256("secret of the test"));
    const web::Gate gate{
        .who = [&](Db&, std::string_view) { return std::optional(web::Visitor{.actor = who->actor, .csrf_secret = secret}); }};
    if (who) q.cookies = {{"rantau", "any"}};
    if (method == "POST") q.form = {{"csrf", web::mask_csrf(secret)}};
    return web::answer(router, gate, db.store(), q);
  }
};

std::string filled(std::string pattern, const std::string& value) {
  for (auto from = pattern.find('{'); from != std::string::npos; from = pattern.find('{'))
    pattern.replace(from, pattern.find('}', from) - from + 1, value);
  return pattern;
}

bool turned_away(const web::Reply& r) {
  if (r.status == 401 || r.status == 403) return true;
  return std::any_of(r.headers.begin(), r.headers.end(),
                     [](const auto& h) { return h.first == "Location" && h.second.starts_with("/masuk?kembali"); }) ||
         (r.status == 303 && std::any_of(r.headers.begin(), r.headers.end(),
                                         [](const auto& h) { return h.first == "Location" && h.second == "/masuk"; }));
}

// The reply without what differs by chance: the number asked for, the form token, the request's name.
std::string plain(std::string body, const std::string& id) {
  for (auto at = body.find(id); at != std::string::npos; at = body.find(id)) body.replace(at, id.size(), "ID");
  for (const std::string_view before : {"name=\"csrf\" value=\"", "Kode:"})
    for (auto at = body.find(before); at != std::string::npos; at = body.find(before, at + 1)) {
      const auto from = at + before.size();
      body.erase(from, std::min(body.find_first_of("\"<\n", from), body.size()) - from);
    }
  return body;
}

TEST(PolicyCrawl, EveryEndpointStandsInTheTable) {
  web::Router router;
  program::routes(router);
  std::set<std::string> seen;
  for (const auto& route : router.all()) {
    const std::string name = route->method + " " + route->pattern;
    seen.insert(name);
    EXPECT_TRUE(expected.contains(name)) << "who may open it is not said: " << name;
  }
  for (const auto& [name, who] : expected) EXPECT_TRUE(seen.contains(name)) << "no longer there: " << name;
}

TEST(PolicyCrawl, NoWrongAllowAndNoWrongDeny) {
  Province p;
  int asked = 0;
  for (const auto& route : p.router.all()) {
    const auto known = expected.find(route->method + " " + route->pattern);
    if (known == expected.end()) continue;
    const bool object = route->pattern.find("{id}") != std::string::npos;
    std::vector<std::string> ids{"4242424242"};
    if (object)
      ids.insert(ids.end(), {to_string_id(p.order[0].value), to_string_id(p.firm[0].company.value),
                             to_string_id(p.people[0].actor.user.value)});
    for (const auto& id : ids) {
      const std::string path = filled(route->pattern, id);
      for (std::size_t i = 0; i <= p.people.size(); ++i) {
        const auto* who = i < p.people.size() ? &p.people[i] : nullptr;
        const auto reply = p.ask(route->method, path, who);
        ++asked;
        EXPECT_LT(reply.status, 500) << known->first << " " << (who ? who->label : "visitor");
        const bool open = may_open(known->second, who ? who->duty : 0);
        EXPECT_EQ((who ? who->actor : Actor{}).may(route->right), open) << known->first << " " << (who ? who->label : "visitor");
        if (open) {
          // A use case may still refuse this object; then it is the use case that speaks, and never "sign in first".
          if (route->method == "GET") {
            EXPECT_FALSE(turned_away(reply)) << "wrong deny: " << known->first << " " << (who ? who->label : "visitor") << " "
                                             << reply.status;
          }
        } else {
          EXPECT_TRUE(turned_away(reply)) << "wrong allow: " << known->first << " " << (who ? who->label : "visitor") << " "
                                          << reply.status;
        }
      }
    }
  }
  RecordProperty("calls", asked);
  EXPECT_GT(asked, 3000);
}

// Every address of this house that a page names in a link.
std::vector<std::string> links(const std::string& body) {
  std::vector<std::string> all;
  const std::string_view mark = "href=\"/";
  for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1)) {
    const auto from = at + mark.size() - 1;
    std::string path = body.substr(from, body.find('"', from) - from);
    path = path.substr(0, path.find_first_of("?#"));
    if (path.starts_with("/k/") || path.starts_with("/mitra") || path.starts_with("/akun")) all.push_back(path);
  }
  return all;
}

TEST(PolicyCrawl, EveryLinkOfAConsolePageOpensForThePersonWhoSeesIt) {
  Province p;
  const auto clerk = std::find_if(p.people.begin(), p.people.end(), [&](const auto& x) { return x.actor.org == p.firm[0].id; });
  ASSERT_NE(clerk, p.people.end());
  Db(p.db.store(), clerk->actor).write([&](Act& act) {
    auto o = *offers::find(act, p.order[0]);
    o.hours_week = 40;
    o.recruit_until = act.today.plus_days(60);
    must(offers::amend(act, o.id, o));
    must(offers::submit(act, o.id, o.revision + 1));
    return Done{};
  });
  std::size_t followed = 0;
  for (const auto& who : p.people) {
    std::set<std::string> seen;
    std::vector<std::pair<std::string, std::string>> next;  // path, and the page that named it
    for (const auto& route : p.router.all()) {
      const auto at = expected.find(route->method + " " + route->pattern);
      const bool console = route->pattern.starts_with("/k/") || route->pattern.starts_with("/mitra");
      if (route->method == "GET" && console && route->pattern.find('{') == std::string::npos && at != expected.end() &&
          may_open(at->second, who.duty) && seen.insert(route->pattern).second)
        next.emplace_back(route->pattern, "");
    }
    while (!next.empty()) {
      const auto [path, from] = next.back();
      next.pop_back();
      const auto page = p.ask("GET", path, &who);
      ++followed;
      EXPECT_FALSE(page.status == 403 || page.status == 404 || page.status >= 500)
          << page.status << " " << path << " on " << from << " for " << who.label;
      for (const auto& link : links(page.body))
        if (seen.insert(link).second) next.emplace_back(link, path);
    }
  }
  EXPECT_GT(followed, 100U);
}

TEST(PolicyCrawl, AForeignOrderAnswersLikeAnAbsentOne) {
  Province p;
  const auto clerk = std::find_if(p.people.begin(), p.people.end(), [&](const auto& x) { return x.actor.org == p.firm[1].id; });
  ASSERT_NE(clerk, p.people.end());
  const std::string own = to_string_id(p.order[1].value), foreign = to_string_id(p.order[0].value), absent = "4242424242";
  EXPECT_EQ(p.ask("GET", "/mitra/pesanan/" + own, &*clerk).status, 200);
  int compared = 0;
  for (const auto& route : p.router.all()) {
    if (!route->pattern.starts_with("/mitra/pesanan/{id}")) continue;
    const auto a = p.ask(route->method, filled(route->pattern, foreign), &*clerk),
               b = p.ask(route->method, filled(route->pattern, absent), &*clerk);
    EXPECT_EQ(a.status, b.status) << route->method << " " << route->pattern;
    EXPECT_EQ(plain(a.body, foreign), plain(b.body, absent)) << route->method << " " << route->pattern;
    ++compared;
  }
  EXPECT_GE(compared, 5);
}

TEST(PolicyCrawl, AForeignPersonAnswersLikeAnAbsentOne) {
  Province p;
  const auto find = [&](OrgId org, char duty) {
    return *std::find_if(p.people.begin(), p.people.end(), [&](const auto& x) { return x.actor.org == org && x.duty == duty; });
  };
  const auto admin = find(p.dinas.id, 'A'), officer = find(p.agency.id, 'L'), mine = find(p.dinas.id, 'K');
  const std::string foreign = to_string_id(officer.actor.user.value), absent = "4242424242";
  EXPECT_EQ(p.ask("GET", "/k/admin/orang/" + to_string_id(mine.actor.user.value), &admin).status, 200);
  for (const auto& route : p.router.all()) {
    if (!route->pattern.starts_with("/k/admin/orang/{id}")) continue;
    const auto a = p.ask(route->method, filled(route->pattern, foreign), &admin),
               b = p.ask(route->method, filled(route->pattern, absent), &admin);
    EXPECT_EQ(a.status, b.status) << route->pattern;
    EXPECT_EQ(plain(a.body, foreign), plain(b.body, absent)) << route->pattern;
  }
}

}  // namespace
}  // namespace rantau
