// The first run: from the code to the open office.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "db/journal.h"
#include "modules/access/access_world.h"

namespace rantau::access {
namespace {

using namespace world;

struct FirstRun {
  test::TestDb db = test::db();
  web::Router router;
  std::vector<std::pair<std::string, std::string>> cookies;
  FirstRun() {
    crypto::init();
    routes(router);
  }
  web::Reply go(std::string method, std::string path, web::Pairs fields = {}) {
    web::Request q{.method = std::move(method), .path = std::move(path)};
    q.cookies = cookies;
    q.site = "http://localhost";
    q.form = std::move(fields);
    auto reply = web::answer(router, gate(), db.store(), q);
    for (const auto& [name, value] : reply.headers)
      if (name == "Set-Cookie" && value.starts_with("rantau=")) cookies = {{"rantau", value.substr(7, value.find(';') - 7)}};
    return reply;
  }
};

TEST(FirstRun, FromTheCodeToTheOpenOffice) {
  FirstRun run;
  const std::string code = first_run_code(run.db.store());
  ASSERT_FALSE(code.empty());
  EXPECT_EQ(first_run_code(run.db.store()), code);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai/bahasa")), "/masuk?kembali=%2Fmulai%2Fbahasa");
  EXPECT_EQ(run.go("GET", "/mulai").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", "0000-0000-0"}}).status, 422);
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", code}}).status, 303);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai")), "/mulai/bahasa");
  EXPECT_EQ(run.go("GET", "/mulai/bahasa").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai/bahasa", {{"language", "id"}, {"zone", "WIB"}}).status, 303);

  // Left half done: what was typed is there again.
  EXPECT_EQ(run.go("POST", "/mulai/lembaga", {{"agency", "BP3MI Umpama"}}).status, 422);
  EXPECT_NE(run.go("GET", "/mulai/lembaga").body.find("BP3MI Umpama"), std::string::npos);
  EXPECT_EQ(Office::where(run.go("GET", "/mulai")), "/mulai/lembaga");
  EXPECT_EQ(run.go("POST", "/mulai/lembaga",
                   {{"agency", "BP3MI Umpama"},
                    {"agency_short", "BP3MI"},
                    {"province", "Dinas Umpama"},
                    {"province_short", "Dinas"},
                    {"number", "PKS-9"},
                    {"signed_on", "2 1 2026"},
                    {"valid_until", "2 1 2029"},
                    {"contact", "kontak@rantau.example"}})
                .status,
            303);
  EXPECT_EQ(
      run.go("POST", "/mulai/admin", {{"institution", "agency"}, {"name", "Rina"}, {"login", "rina"}, {"password", "password"}})
          .status,
      422);
  EXPECT_EQ(run.go("POST", "/mulai/admin",
                   {{"institution", "agency"}, {"name", "Rina"}, {"login", "rina"}, {"password", "kapal-lampu-jendela-91"}})
                .status,
            303);
  for (const auto& kept : test::rows(run.db, "SELECT value FROM access_setting"))
    EXPECT_EQ(kept.find("kapal-lampu"), std::string::npos);

  EXPECT_EQ(run.go("GET", "/mulai/pengaman").status, 200);
  EXPECT_EQ(run.go("POST", "/mulai/pengaman", {{"code", "000000"}}).status, 422);
  const auto sealed = run.db.read([](Act& act) { return draft_value(draft(act, "proof"), "sealed"); });
  const auto secret = crypto::open(access_key(run.db.store()), *crypto::unbase64url(sealed), "access_user|totp|1|1");
  ASSERT_TRUE(secret);
  const std::string digits = totp_now(*secret, run.db.store().now().ms);
  EXPECT_EQ(run.go("POST", "/mulai/pengaman", {{"code", digits}}).status, 200);
  EXPECT_EQ(run.go("GET", "/mulai/cadangan").status, 200);
  if (run.db.store().is_sqlite()) {
    EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", "relatif"}}).status, 422);
    EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", "/proc/cadangan"}}).status, 422);
  }
  EXPECT_EQ(run.go("POST", "/mulai/cadangan", {{"folder", run.db.folder() + "/cadangan"}}).status, 303);
  if (run.db.store().is_sqlite()) {
    EXPECT_NE(run.go("GET", "/mulai/cadangan").body.find("Salinan dapat dipulihkan"), std::string::npos);
    std::size_t copies = 0, manifests = 0;
    for (const auto& file : std::filesystem::directory_iterator(run.db.folder() + "/cadangan")) {
      copies += file.path().extension() == ".db";
      manifests += file.path().extension() == ".manifest";
    }
    EXPECT_EQ(copies, 1U);
    EXPECT_EQ(manifests, 1U);
  }
  for (const char* step : {"/mulai/basis-data", "/mulai/kunci", "/mulai/contoh"}) {
    EXPECT_EQ(run.go("GET", step).status, 200) << step;
    EXPECT_EQ(run.go("POST", step).status, 422) << step;
    if (std::string_view(step) == "/mulai/contoh") { EXPECT_EQ(Office::where(run.go("POST", "/mulai/periksa")), "/mulai"); }
    EXPECT_EQ(run.go("POST", step, {{"seen", "1"}}).status, 303) << step;
  }
  EXPECT_EQ(run.go("GET", "/mulai/periksa").status, 200);
  const auto starter = run.cookies;
  const auto opened = run.go("POST", "/mulai/periksa");
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(Office::where(opened), "/k/admin/pembukaan?pesan=access.opened_flash");
  EXPECT_EQ(run.go("GET", "/k/admin/pembukaan").status, 200);

  EXPECT_TRUE(first_run_code(run.db.store()).empty());
  run.cookies = starter;
  EXPECT_EQ(Office::where(run.go("GET", "/mulai/bahasa")), "/masuk?kembali=%2Fmulai%2Fbahasa");
  EXPECT_EQ(run.go("POST", "/mulai", {{"code", code}}).status, 404);
  Db nobody(run.db.store(), {});
  auto half = sign_in(nobody, "rina", "kapal-lampu-jendela-91", {});
  ASSERT_TRUE(half);
  EXPECT_FALSE(half->ticket.empty());
  EXPECT_FALSE(second_proof(nobody, half->ticket, digits, {}));  // the code of the first run was used there
}

TEST(FirstRun, TheCodeCannotBeGuessedForLong) {
  FirstRun run;
  Db nobody(run.db.store(), {});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(enter_first_run(nobody, "9999-9999-9", {}).refusal().kind, Refusal::invalid);
  EXPECT_EQ(enter_first_run(nobody, first_run_code(run.db.store()), {}).refusal().kind, Refusal::too_many);
}

TEST(FirstRun, TheKeyFileIsForTheOwnerAlone) {
  FirstRun run;
  const auto key = access_key(run.db.store());
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(access_key(run.db.store()), key);
  const auto rights = std::filesystem::status(run.db.store().keys_folder() + "/access.key").permissions();
  EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all), std::filesystem::perms::none);
}

}  // namespace
}  // namespace rantau::access
