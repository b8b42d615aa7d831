// Which route answers a path, and what its places hold.
#include <gtest/gtest.h>

#include "web/web.h"

namespace rantau::web {
namespace {

Reply nothing(const Request&, Db&) { return {}; }

struct House {
  Router router;
  House() {
    router.get("/", Right::anyone, nothing);
    router.get("/lowongan/{code}", Right::anyone, nothing);
    router.get("/lowongan/baru", Right::anyone, nothing);
    router.get("/kartu/{code}.jpg", Right::anyone, nothing);
    router.get("/k/{id}/berkas/{nomor}", Right::anyone, nothing);
    router.post("/cek", Right::anyone, nothing).limit(10).at_most(3).once();
  }
  std::string pattern(std::string_view method, std::string_view path) {
    values.clear();
    const Route* r = router.find(method, path, values, wrong);
    return r ? r->pattern : "";
  }
  Pairs values;
  bool wrong = false;
};

TEST(Router, ALiteralRouteWinsOverAPlace) {
  House h;
  EXPECT_EQ(h.pattern("GET", "/lowongan/baru"), "/lowongan/baru");
  EXPECT_TRUE(h.values.empty());
  EXPECT_EQ(h.pattern("GET", "/lowongan/9K4T2M7QX"), "/lowongan/{code}");
  EXPECT_EQ(h.values, (Pairs{{"code", "9K4T2M7QX"}}));
}
TEST(Router, APlaceIsOneWholeSegmentThatIsNotEmpty) {
  House h;
  EXPECT_EQ(h.pattern("GET", "/lowongan/"), "");
  EXPECT_EQ(h.pattern("GET", "/lowongan/a/b"), "");
  EXPECT_EQ(h.pattern("GET", "/lowongan"), "");
  EXPECT_EQ(h.pattern("GET", "/"), "/");
}
TEST(Router, SeveralPlacesAndTails) {
  House h;
  EXPECT_EQ(h.pattern("GET", "/k/12/berkas/3"), "/k/{id}/berkas/{nomor}");
  EXPECT_EQ(h.values, (Pairs{{"id", "12"}, {"nomor", "3"}}));
  EXPECT_EQ(h.pattern("GET", "/kartu/abc.jpg"), "/kartu/{code}.jpg");
  EXPECT_EQ(h.values, (Pairs{{"code", "abc"}}));
  EXPECT_EQ(h.pattern("GET", "/kartu/.jpg"), "");
  EXPECT_EQ(h.pattern("GET", "/kartu/abc.png"), "");
}
TEST(Router, AnotherMethodIsToldFromAnAbsentPage) {
  House h;
  EXPECT_EQ(h.pattern("POST", "/lowongan/baru"), "");
  EXPECT_TRUE(h.wrong);
  EXPECT_EQ(h.pattern("GET", "/cek"), "");
  EXPECT_TRUE(h.wrong);
  EXPECT_EQ(h.pattern("GET", "/tidak-ada"), "");
  EXPECT_FALSE(h.wrong);
}
TEST(Router, OfAnAddressForPostsTheNearestReadableOneIsKnown) {
  Router r;
  const auto nothing = [](const Request&, Db&) { return Reply{}; };
  r.get("/cek", Right::anyone, nothing);
  r.post("/cek", Right::anyone, nothing);
  r.post("/cek/foto", Right::anyone, nothing);
  r.post("/keluar", Right::anyone, nothing);
  EXPECT_EQ(r.readable("/cek/foto"), "/cek");
  EXPECT_EQ(r.readable("/cek"), "/cek");
  EXPECT_EQ(r.readable("/keluar"), "/");
}
TEST(Router, HeadIsAnsweredByTheGetRoute) {
  House h;
  EXPECT_EQ(h.pattern("HEAD", "/lowongan/baru"), "/lowongan/baru");
}
TEST(Router, LimitsAreKeptWithTheRoute) {
  House h;
  ASSERT_EQ(h.pattern("POST", "/cek"), "/cek");
  const Route* r = h.router.find("POST", "/cek", h.values, h.wrong);
  EXPECT_EQ(r->body_limit, 10u);
  EXPECT_EQ(r->per_hour, 3);
  EXPECT_TRUE(r->idempotent_key);
}
TEST(Router, ASegmentThatIsNoIdIsNoPage) {
  Request q;
  q.path_values = {{"id", "12x"}};
  EXPECT_THROW(q.id<UserId>(), NoSuchPage);
  q.path_values = {{"id", "12"}};
  EXPECT_EQ(q.id<UserId>().value, 12);
}

}  // namespace
}  // namespace rantau::web
