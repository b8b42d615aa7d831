// Pages: the strict context, escaping, texts, frames, browser files and error pages.
#include "web/page.h"

#include <algorithm>
#include <cmath>

#include "base/crypto.h"
#include "base/embedded.h"
#include "web/drawing.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/template.h"

namespace rantau::web {
namespace {

Request visitor(std::string path, std::string lang = "id") {
  crypto::init();
  Request q;
  q.method = "GET";
  q.path = std::move(path);
  q.lang = std::move(lang);
  q.csrf = "token";
  return q;
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Style, PrintingHidesTheBannerAndNeverTheVerdict) {
  const auto css = embedded_file("web/assets/citizen.css");
  ASSERT_TRUE(css);
  const auto print = css->bytes.find("@media print");
  ASSERT_NE(print, std::string_view::npos);
  const auto hidden = css->bytes.substr(print, css->bytes.find("display: none", print) - print);
  EXPECT_NE(hidden.find("details.official"), std::string_view::npos) << "the class is the verdict's as well";
  EXPECT_EQ(hidden.find(" .official"), std::string_view::npos);
}

TEST(Page, an_unknown_name_throws_and_says_which_page_and_which_name) {
  try {
    render(visitor("/"), "web/error.html", View{}.set("title", "x"));
    FAIL() << "no exception";
  } catch (const std::logic_error& e) {
    EXPECT_TRUE(has(e.what(), "web/error.html")) << e.what();
    EXPECT_TRUE(has(e.what(), "\"status\"")) << e.what();
  }
}

TEST(Page, what_people_typed_is_escaped) {
  const auto body = error_page(visitor("/x"), 404, View{}.set("detail", "<script>alert('1')</script>")).body;
  EXPECT_TRUE(has(body, "&lt;script&gt;"));
  EXPECT_FALSE(has(body, "<script>alert"));
}

TEST(Page, only_drawings_may_be_named_svg_and_drawings_only_that) {
  EXPECT_THROW(View{}.set("svg_x", "<b>"), std::logic_error);
  EXPECT_THROW(View{}.set("name", Drawn{"<b>"}), std::logic_error);
  EXPECT_NO_THROW(View{}.set("svg_x", Drawn{"<svg/>"}));
}

TEST(Page, a_missing_page_and_a_page_without_module_throw) {
  EXPECT_THROW(render(visitor("/"), "web/nothing.html", View{}), std::logic_error);
  EXPECT_THROW(render(visitor("/"), "nothing.html", View{}), std::logic_error);
}

TEST(Page, the_frame_speaks_the_readers_language_and_offers_the_other_at_the_same_place) {
  auto q = visitor("/lowongan");
  q.query = {{"q", "perawat & las"}, {"bahasa", "id"}, {"pesan", "x"}};
  const auto body = error_page(q, 404).body;
  EXPECT_TRUE(has(body, "<html lang=\"id\""));
  EXPECT_TRUE(has(body, "href=\"/lowongan?q=perawat%20%26%20las&amp;bahasa=en\"")) << body.substr(body.find("kit"), 600);
  EXPECT_TRUE(has(body, "Butuh bantuan?"));
  EXPECT_TRUE(has(error_page(visitor("/x", "en"), 404).body, "Need help?"));
}

TEST(Page, a_partial_request_gets_no_frame) {
  auto q = visitor("/x");
  q.partial = true;
  EXPECT_FALSE(has(error_page(q, 404).body, "<html"));
}

TEST(Page, the_style_in_the_page_is_the_one_the_policy_names) {
  const auto body = error_page(visitor("/x"), 404).body;
  const auto from = body.find("<style>") + 7;
  const auto style = body.substr(from, body.find("</style>") - from);
  EXPECT_EQ(inline_style_hash().substr(0, 8), "'sha256-");
  EXPECT_EQ(inline_style_hash().size(), 8 + 44 + 1U);
  EXPECT_EQ(minified_css(style), style) << "minified once is minified";
  EXPECT_LT(style.size(), 20000U);
}

TEST(Page, css_keeps_its_strings_and_loses_its_comments) {
  EXPECT_EQ(minified_css("/* a; b */ a  {  color : red ; } \n b > c , d { content: \"a  {b}\" }"),
            "a{color :red}b>c,d{content:\"a  {b}\"}");
}

TEST(Page, only_a_listed_sentence_is_shown_after_a_redirect) {
  flash("web.ui.flash", "/ui");
  auto q = visitor("/x");
  q.query = {{"pesan", "web.ui.flash"}, {"id", "7"}};
  EXPECT_TRUE(has(error_page(q, 404).body, "Keputusan tersimpan."));
  q.query = {{"pesan", "web.home"}};
  EXPECT_FALSE(has(error_page(q, 404).body, "class=\"toast\""));
}

TEST(Page, undo_posts_only_to_the_registered_address) {
  flash("web.undo", "/k/pesanan/{id}/urungkan");
  auto q = visitor("/x");
  q.query = {{"pesan", "web.undo"}, {"id", "12"}};
  EXPECT_TRUE(has(error_page(q, 404).body, "action=\"/k/pesanan/12/urungkan\""));
  q.query = {{"pesan", "web.undo"}, {"id", "../keluar"}};
  EXPECT_FALSE(has(error_page(q, 404).body, "<form method=\"post\""));
}

TEST(Page, the_officers_bar_shows_only_what_a_person_may_open_and_marks_where_they_are) {
  nav(Right::see_job_orders, "/k/uji", "web.search");
  nav(Right::read_journal, "/k/uji/jurnal", "web.undo");
  auto q = visitor("/k/uji/7");
  q.who.user = UserId{1};
  q.who.rights.set(static_cast<std::size_t>(Right::see_job_orders));
  const auto body = error_page(q, 404).body;
  EXPECT_TRUE(has(body, "<a href=\"/k/uji\" aria-current=\"page\">Cari</a>"));
  EXPECT_FALSE(has(body, "/k/uji/jurnal"));
}

TEST(Page, every_error_page_has_a_title_and_a_way_on_in_both_languages) {
  for (const char* lang : {"id", "en"})
    for (int status : {400, 403, 404, 405, 409, 413, 422, 429, 431, 500, 503, 418}) {
      const auto reply = error_page(visitor("/x", lang), status);
      EXPECT_EQ(reply.status, status);
      EXPECT_TRUE(has(reply.body, "<h1>"));
      EXPECT_TRUE(has(reply.body, "href=\"/\""));
    }
  auto q = visitor("/x");
  q.request_id = "7F3K";
  EXPECT_TRUE(has(error_page(q, 500).body, "7F3K"));
  EXPECT_TRUE(has(error_page(q, 404).body, "action=\"/lowongan\""));
}

TEST(Texts, a_place_without_a_word_throws) {
  EXPECT_EQ(Texts::in("id").say("web.form.required", {{"label", "Nama"}}), "Isi Nama.");
  EXPECT_THROW(Texts::in("id").say("web.form.required"), std::logic_error);
  EXPECT_THROW(Texts::in("id").say("web.nothing"), std::logic_error);
}

TEST(Texts, one_and_many) {
  const auto jobs = [](std::string n) { return fill_places("{n} {n|job|jobs}", [&](std::string_view) { return &n; }); };
  EXPECT_EQ(jobs("1"), "1 job");
  EXPECT_EQ(jobs("0"), "0 jobs");
  EXPECT_EQ(jobs("21"), "21 jobs");
}

TEST(Texts, both_languages_have_the_same_keys) { EXPECT_EQ(Texts::in("id").keys(), Texts::in("en").keys()); }

TEST(BrowserFiles, the_name_carries_the_content_and_leads_back_to_it) {
  const auto name = asset("console.css");
  ASSERT_TRUE(name.starts_with("/s/console."));
  const auto file = browser_file(name.substr(3));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->type, "text/css; charset=utf-8");
  EXPECT_EQ(file->bytes, embedded_file("web/assets/console.css")->bytes);
  EXPECT_FALSE(browser_file("console.css"));
  EXPECT_FALSE(browser_file("console.00000000.css"));
  EXPECT_THROW(asset("nothing.css"), std::logic_error);
}

TEST(BrowserFiles, scripts_and_styles_stay_within_their_weight) {
  EXPECT_LT(embedded_file("web/assets/p.js")->brotli.size(), 4096U);
  EXPECT_LT(embedded_file("web/assets/console.css")->brotli.size() + embedded_file("web/assets/k.js")->brotli.size(), 9216U);
}

TEST(Drawing, a_qr_has_a_label_and_a_quiet_zone_of_four) {
  const auto svg = qr_svg("https://rantau.example/c/9K4T2M7QX", "a \"code\"").markup;
  EXPECT_TRUE(has(svg, "a &quot;code&quot;") || has(svg, "a &#34;code&#34;")) << svg.substr(0, 200);
  EXPECT_TRUE(has(svg, "d=\"M4 4h7v1h-7z"));
}

TEST(Drawing, the_three_verdicts_differ_in_shape) {
  EXPECT_NE(verdict_svg(Verdict::danger).markup, verdict_svg(Verdict::official).markup);
  EXPECT_NE(verdict_svg(Verdict::unproven).markup, verdict_svg(Verdict::official).markup);
}

TEST(Drawing, a_missing_month_is_a_gap_not_a_zero) {
  const auto svg = trend_svg({1, std::nan(""), 2}, "x").markup;
  EXPECT_EQ(std::count(svg.begin(), svg.end(), 'L'), 0);
}

}  // namespace
}  // namespace rantau::web
