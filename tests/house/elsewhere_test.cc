// Forged requests against every door of the house: what another site makes a browser send changes nothing, nor does reading.
#include <gtest/gtest.h>

#include "cli/program.h"
#include "db/testing.h"
#include "modules/access/access.h"
#include "web/incoming.h"

namespace rantau {
namespace {

struct House {
  test::TestDb db = test::db();
  web::Router router;
  web::Gate gate;
  House() {
    program::routes(router);
    gate.who = [](Db&, std::string_view token) -> std::optional<web::Visitor> {  // "all": somebody who may do everything
      if (token != "all") return std::nullopt;
      web::Visitor v;
      v.actor.user = {1};
      v.actor.org = {1};
      v.actor.name = "Siti";
      v.actor.rights.set();
      v.csrf_secret = "0123456789abcdef";
      return v;
    };
  }
  web::Request ask(const web::Route& route, bool signed_in) {
    web::Request q;
    q.method = route.method;
    q.path = route.pattern;
    for (auto open = q.path.find('{'); open != std::string::npos; open = q.path.find('{'))
      q.path.replace(open, q.path.find('}', open) - open + 1, "1");
    q.wants_json = q.path.starts_with("/api/");
    q.site = "http://localhost:8080";
    q.headers = {{"Host", "localhost:8080"}};
    q.address = "from " + std::to_string(++asked);  // each its own limit
    if (signed_in) q.cookies = {{"rantau", "all"}};
    return q;
  }
  int asked = 0;
};

TEST(Elsewhere, NoDoorOfTheHouseTakesAPostFromAnotherSite) {
  House house;
  const auto before = house.db.store().figures();
  int doors = 0;
  for (const auto& route : house.router.all()) {
    if (route->method != "POST") continue;
    ++doors;
    for (const bool signed_in : {false, true})
      for (const web::Pairs& from : std::vector<web::Pairs>{{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}},
                                                            {{"Sec-Fetch-Site", "same-site"}},
                                                            {{"Origin", "https://jahat.example"}},
                                                            {{"Origin", "null"}}}) {
        auto q = house.ask(*route, signed_in);
        q.headers.insert(q.headers.end(), from.begin(), from.end());
        if (signed_in) q.form.emplace_back("csrf", web::mask_csrf("0123456789abcdef"));  // even with a token that leaked
        EXPECT_EQ(web::answer(house.router, house.gate, house.db.store(), q).status, 403) << q.path << " " << from[0].second;
      }
  }
  EXPECT_GT(doors, 30);
  EXPECT_EQ(house.db.store().figures().writes, before.writes) << "something was written";
  EXPECT_EQ(house.db.store().figures().refused, before.refused);
}

TEST(Elsewhere, NoDoorTakesAPostOfASignedInPersonWithoutTheToken) {
  House house;
  const auto before = house.db.store().figures();
  for (const auto& route : house.router.all()) {
    if (route->method != "POST") continue;
    auto q = house.ask(*route, true);
    EXPECT_EQ(web::answer(house.router, house.gate, house.db.store(), q).status, 403) << q.path;
  }
  EXPECT_EQ(house.db.store().figures().writes, before.writes);
}

// An image or a link of another site is a GET: it may read, never act.
TEST(Elsewhere, ReadingAsAVisitorWritesNothing) {
  House house;
  for (const auto& route : house.router.all()) {
    if (route->method != "GET") continue;
    const auto before = house.db.store().figures().writes;
    auto q = house.ask(*route, false);
    EXPECT_LT(web::answer(house.router, house.gate, house.db.store(), q).status, 500) << q.path;
    EXPECT_EQ(house.db.store().figures().writes, before) << q.path;
  }
}

}  // namespace
}  // namespace rantau
