// Access through its pages: the desk, the journal told in sentences, and what was typed when a session ended.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "db/journal.h"
#include "modules/access/access_world.h"

namespace rantau::access {
namespace {

using namespace world;

TEST(Pages, SignInAccountAndSignOut) {
  Office o;
  Office::Visit v{o};
  EXPECT_EQ(v.go("GET", "/masuk").status, 200);
  auto wrong = v.go("POST", "/masuk", {{"login", "sari"}, {"password", "salah-sekali"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find("value=\"sari\""), std::string::npos);  // what was typed stays
  EXPECT_EQ(wrong.body.find("salah-sekali"), std::string::npos);
  auto unknown = Office::Visit{o}.go("POST", "/masuk", {{"login", "sard"}, {"password", "salah-sekali"}});
  EXPECT_EQ(unknown.status, wrong.status);
  auto in = v.go("POST", "/masuk", {{"login", "sari"}, {"password", o.word}, {"kembali", "//jahat.example/"}});
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(Office::where(in), "/k/perusahaan");
  EXPECT_EQ(v.go("GET", "/akun").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin").status, 403);
  const auto cookies = v.cookies;
  EXPECT_EQ(v.go("POST", "/keluar").status, 303);
  v.cookies = cookies;
  EXPECT_EQ(Office::where(v.go("GET", "/akun")), "/masuk?kembali=%2Fakun");
}

TEST(Pages, TheDeskAsksTheSameOfForeignAndAbsentPeople) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin.dki"}, {"password", o.word}}).status, 303);
  const auto foreign = v.go("GET", "/k/admin/orang/" + to_string_id(o.sari.id.value)), absent = v.go("GET", "/k/admin/orang/12345");
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.status, absent.status);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + to_string_id(o.admin_dki.id.value)).status, 200);
  EXPECT_EQ(v.go("GET", "/k/kebijakan").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin/perjanjian").status, 200);
  EXPECT_EQ(v.go("GET", "/k/admin/pembukaan").status, 200);
  EXPECT_EQ(v.go("GET", "/k/jurnal").status, 403);
}

TEST(Pages, APersonIsInvitedChangedAndSwitchedOff) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin"}, {"password", o.word}}).status, 303);
  EXPECT_EQ(v.go("GET", "/k/admin").status, 200);
  auto bad = v.go("POST", "/k/admin/orang/baru",
                  {{"org", to_string_id(o.agency.id.value)}, {"name", "Budi"}, {"login", "sari"}, {"role", "leader"}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_NE(bad.body.find("value=\"Budi\""), std::string::npos);
  auto made = v.go("POST", "/k/admin/orang/baru",
                   {{"org", to_string_id(o.agency.id.value)}, {"name", "Budi"}, {"login", "budi"}, {"role", "leader"}});
  EXPECT_EQ(made.status, 200);
  const std::string id = to_string_id(o.sari.id.value);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/peran", {{"role", "leader"}}).status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/nonaktif").status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/aktif").status, 303);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + id + "/undangan").status, 200);
}

TEST(Pages, ReadingTheJournalIsInTheJournal) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  Office::Visit v{o};
  ASSERT_EQ(Office::where(v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}})), "/k/jurnal");
  EXPECT_EQ(v.go("GET", "/k/jurnal").status, 200);
  EXPECT_EQ(v.go("GET", "/k/jurnal", {{"peristiwa", "access.user"}}).status, 200);
  EXPECT_EQ(o.recorded("access.journal_read"), 2);
}

TEST(Pages, ReadingAPersonAndTryingNumbersIsInTheJournal) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "admin.dki"}, {"password", o.word}}).status, 303);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + to_string_id(o.admin_dki.id.value)).status, 200);
  EXPECT_EQ(test::rows(o.db, "SELECT subject FROM db_journal WHERE event = 'access.person_read'"),
            std::vector<std::string>{to_string_id(o.admin_dki.id.value)});
  const std::string foreign = to_string_id(o.sari.id.value);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/" + foreign).status, 404);
  EXPECT_EQ(v.go("GET", "/k/admin/orang/12345").status, 404);
  EXPECT_EQ(v.go("POST", "/k/admin/orang/" + foreign + "/nonaktif").status, 404);
  EXPECT_EQ(
      test::rows(o.db, "SELECT subject, detail FROM db_journal WHERE event = 'access.refused' ORDER BY id"),
      (std::vector<std::string>{foreign + "|status=404 route=/k/admin/orang/{id}", "12345|status=404 route=/k/admin/orang/{id}",
                                foreign + "|status=404 route=/k/admin/orang/{id}/nonaktif"}));
  EXPECT_EQ(o.recorded("access.person_read"), 1);
}

TEST(Pages, ALoginNameIsKeptAndShownInSmallLetters) {
  Office o;
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "Admin"}, {"password", o.word}}).status, 303);
  const auto made = v.go("POST", "/k/admin/orang/baru",
                         {{"org", to_string_id(o.agency.id.value)}, {"name", "Sari"}, {"login", "Sari.Baru"}, {"role", "leader"}});
  EXPECT_EQ(made.status, 200);
  EXPECT_NE(made.body.find("<dd>sari.baru</dd>"), std::string::npos);
  EXPECT_EQ(made.body.find("Sari.Baru"), std::string::npos);
}

TEST(Pages, TheJournalIsToldInSentences) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  Db admin = o.as(o.admin, o.agency);
  EXPECT_TRUE(admin.write([&](Act& act) { return change_role(act, o.sari.id, Role::leader); }));
  Office::Visit v{o};
  ASSERT_EQ(v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}}).status, 303);
  const auto page = v.go("GET", "/k/jurnal").body;
  EXPECT_NE(page.find("Tugas Orang sari diubah. Dari Petugas izin. Menjadi Pimpinan."), std::string::npos) << page;
  EXPECT_NE(page.find("Orang periksa masuk. Dengan kata sandi."), std::string::npos);
  // Codes stand inside the details only.
  const auto raw = page.find("access.role_changed");
  ASSERT_NE(raw, std::string::npos);
  EXPECT_GT(page.rfind("<details>", raw), page.rfind("</details>", raw));
  EXPECT_NE(page.find("Akhir jurnal diperiksa"), std::string::npos);
  const auto about = v.go("GET", "/k/jurnal", {{"tentang", to_string_id(o.sari.id.value)}}).body;
  EXPECT_NE(about.find("Tugas Orang sari diubah"), std::string::npos);
  EXPECT_EQ(about.find("Orang periksa masuk"), std::string::npos);
}

// Every event that access records has its sentence in both languages.
TEST(Pages, EveryEventHasItsSentence) {
  for (const char* lang : {"id", "en"})
    for (const char* verb : {"agreement_proposed",
                             "agreement_assented",
                             "agreement_withdrawn",
                             "first_run_entered",
                             "first_run_probe",
                             "first_run_step",
                             "invitation_used",
                             "invited",
                             "journal_read",
                             "office_opened",
                             "org_registered",
                             "password_changed",
                             "password_proved",
                             "person_read",
                             "recovery_codes_made",
                             "refused",
                             "role_changed",
                             "session_ended",
                             "sign_in_refused",
                             "signed_in",
                             "signed_out",
                             "totp_dropped",
                             "totp_set",
                             "user_deactivated",
                             "user_reactivated",
                             "user_registered"})
      EXPECT_NE(web::Texts::in(lang).find("access.event." + std::string(verb)), nullptr) << verb;
}

TEST(Pages, ADamagedJournalIsSaidOnItsPage) {
  Office o;
  o.add(o.agency, "periksa", Role::auditor);
  o.db.store().note_check({.intact = false, .what = "entry 3 is missing"});
  Office::Visit v{o};
  v.go("POST", "/masuk", {{"login", "periksa"}, {"password", o.word}});
  EXPECT_NE(v.go("GET", "/k/jurnal").body.find("entry 3 is missing"), std::string::npos);
}

// --- what was typed when the session ended ---------------------------------------------------------------------------

struct Late : Office {
  Visit v{*this};
  std::string page;
  Late() {
    router.post("/k/uji/{id}", Right::manage_users, [this](const web::Request& q, Db&) {
      static const web::Form form("access.org",
                                  {{.name = "name", .required = true}, {.name = "password", .kind = web::Kind::password}});
      const auto typed = form.read(q);
      if (!typed.good())
        return web::text("again: " + typed.text("name") + "|" + typed.errors.front().second.key, "text/plain", 422);
      done = typed.text("name");
      return web::see("/k/admin");
    });
    EXPECT_EQ(v.go("POST", "/masuk", {{"login", "admin"}, {"password", word}}).status, 303);
  }
  std::string done;
  // As browsers do: every hidden field of the page, and what is typed besides.
  web::Pairs fields(const std::string& body) {
    web::Pairs all;
    for (std::size_t at = body.find("<form method=\"post\""); (at = body.find("name=\"", at)) != std::string::npos;) {
      const auto name = Visit::between(body.substr(at), "name=\"", "\"");
      const auto piece = body.substr(at, body.find('>', at) - at);
      const bool area = body.compare(body.rfind('<', at), 9, "<textarea") == 0;
      all.emplace_back(name, area ? Visit::between(body.substr(at), ">", "</textarea>") : Visit::between(piece, "value=\"", "\""));
      at += 6;
    }
    return all;
  }
};

TEST(Late, WhatWasTypedComesBackAfterSigningInAndIsNotDone) {
  Late o;
  o.db.later(16 * 60);
  const auto late = o.v.go("POST", "/k/uji/7", {{"name", "Dinas & <b>kawan</b>"}, {"password", "rahasia-sekali"}});
  EXPECT_EQ(late.status, 401);
  EXPECT_NE(late.body.find("Sesi Anda sudah berakhir"), std::string::npos);
  EXPECT_EQ(late.body.find("rahasia-sekali"), std::string::npos);
  auto sign_in_fields = o.fields(late.body);
  for (auto& [name, value] : sign_in_fields) {
    if (name == "login") value = "admin";
    if (name == "password") value = o.word;
  }
  const auto in = o.v.go("POST", "/masuk", sign_in_fields);
  EXPECT_EQ(in.status, 200);
  EXPECT_NE(in.body.find("action=\"/k/uji/7\""), std::string::npos);
  EXPECT_NE(in.body.find("Dinas &amp; &lt;b&gt;kawan&lt;/b&gt;"), std::string::npos);
  EXPECT_EQ(in.body.find("rahasia-sekali"), std::string::npos);
  const auto again = o.v.go("POST", "/k/uji/7", {{"dibawa", "1"}, {"name", "Dinas & kawan"}});
  EXPECT_EQ(again.body, "again: Dinas & kawan|web.brought_back");
  EXPECT_EQ(o.done, "");
  EXPECT_EQ(o.v.go("POST", "/k/uji/7", {{"name", "Dinas & kawan"}}).status, 303);
  EXPECT_EQ(o.done, "Dinas & kawan");
}

TEST(Late, SomebodyElseWhoSignsInSeesNothingOfIt) {
  Late o;
  o.db.later(16 * 60);
  auto fields = o.fields(o.v.go("POST", "/k/uji/7", {{"name", "isian admin"}}).body);
  for (auto& [name, value] : fields) {
    if (name == "login") value = "sari";
    if (name == "password") value = o.word;
  }
  const auto in = o.v.go("POST", "/masuk", fields);
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(Office::where(in), "/k/perusahaan");
}

TEST(Late, AnOldFormOfALivingSessionIsShownAgainFilled) {
  Late o;
  web::Request q{.method = "POST", .path = "/k/uji/7"};
  q.cookies = o.v.cookies;
  q.site = "http://localhost";
  q.form = {{"name", "ketikan"}, {"csrf", "lama"}};
  const auto reply = web::answer(o.router, gate(), o.db.store(), q);
  EXPECT_EQ(reply.status, 403);
  EXPECT_NE(reply.body.find(">ketikan</textarea>"), std::string::npos);
  EXPECT_EQ(o.done, "");
}

TEST(Late, AfterSigningOutItIsShownToBeCopiedOnly) {
  Late o;
  const auto cookies = o.v.cookies;
  o.v.go("POST", "/keluar");
  o.v.cookies = cookies;
  const auto late = o.v.go("POST", "/k/uji/7", {{"name", "ketikan"}});
  EXPECT_EQ(late.status, 401);
  EXPECT_NE(late.body.find("ketikan"), std::string::npos);
  EXPECT_NE(late.body.find("name=\"titip\" value=\"\""), std::string::npos);
}

}  // namespace
}  // namespace rantau::access
