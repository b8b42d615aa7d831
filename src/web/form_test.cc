// Forms: what is refused, what is kept, what the page and the API say.
#include "web/form.h"

#include "base/crypto.h"
#include "web/template.h"

namespace rantau::web {
namespace {

const Form& form() {
  static const Form f{"web.ui",
                      {
                          {.name = "name", .required = true, .min = 2, .max = 5},
                          {.name = "nik", .kind = Kind::nik},
                          {.name = "phone", .kind = Kind::phone},
                          {.name = "email", .kind = Kind::email},
                          {.name = "born", .kind = Kind::date},
                          {.name = "age", .kind = Kind::whole, .min = 18, .max = 64},
                          {.name = "pay", .kind = Kind::money, .min = 1},
                          {.name = "sex", .kind = Kind::choice, .options = {"woman", "man"}},
                          {.name = "code", .kind = Kind::code, .pattern = "[0-9A-Z]+"},
                          {.name = "photo", .kind = Kind::file, .max = 1048576},
                          {.name = "agree", .kind = Kind::tick},
                          {.name = "secret", .kind = Kind::password},
                      }};
  return f;
}
Request post(Pairs typed, std::string lang = "id") {
  crypto::init();
  Request q;
  q.method = "POST";
  q.path = "/ui";
  q.lang = std::move(lang);
  q.form = std::move(typed);
  return q;
}
// The one error of a form whose only other field is a good name.
std::string error_of(const std::string& field, const std::string& value) {
  const auto q = post({{"name", "Sari"}, {field, value}});
  const auto typed = form().read(q);
  if (typed.errors.empty()) return "";
  EXPECT_EQ(typed.errors[0].first, field);
  return q.t(typed.errors[0].second);
}

TEST(Form, a_required_field_left_empty_is_named_by_its_label) {
  const auto q = post({{"name", ""}});
  const auto typed = form().read(q);
  ASSERT_EQ(typed.errors.size(), 1U);
  EXPECT_EQ(q.t(typed.errors[0].second), "Isi Nama.");
}

TEST(Form, length_counts_characters_not_bytes) {
  EXPECT_TRUE(form().read(post({{"name", "éééé"}})).good());
  EXPECT_TRUE(form().read(post({{"name", "ééééé"}})).good());
  EXPECT_FALSE(form().read(post({{"name", "éééééé"}})).good());
  EXPECT_FALSE(form().read(post({{"name", "é"}})).good());
}

TEST(Form, each_kind_refuses_what_it_cannot_read) {
  EXPECT_EQ(error_of("nik", "3171"), "NIK: NIK berisi 16 angka. Anda menulis 4.");
  EXPECT_EQ(error_of("nik", "3171 0101 0199 0000"), "");
  EXPECT_NE(error_of("phone", "12"), "");
  EXPECT_EQ(error_of("phone", "0812-0000-1234"), "");
  EXPECT_NE(error_of("email", "a@b"), "");
  EXPECT_NE(error_of("email", "a b@c.example"), "");
  EXPECT_EQ(error_of("email", "a@b.example"), "");
  EXPECT_NE(error_of("born", "31 Feb 1999"), "");
  EXPECT_EQ(error_of("born", "31 Des 1999"), "");
  EXPECT_EQ(error_of("age", "17"), "Umur: paling kecil 18.");
  EXPECT_EQ(error_of("age", "65"), "Umur: paling besar 64.");
  EXPECT_NE(error_of("age", "dua"), "");
  EXPECT_NE(error_of("pay", "banyak"), "");
  EXPECT_EQ(error_of("pay", "Rp 7,5 juta"), "");
  EXPECT_EQ(error_of("sex", "other"), "Pilih Jenis kelamin.");
  EXPECT_NE(error_of("code", "a-b"), "");
}

TEST(Form, typed_values_are_read_by_kind) {
  const auto typed =
      form().read(post({{"name", "Sari"}, {"age", "1.0"}, {"born", "31/12/1999"}, {"pay", "7.500.000"}, {"agree", "1"}}));
  EXPECT_EQ(typed.day("born").iso(), "1999-12-31");
  ASSERT_TRUE(typed.money("pay"));
  EXPECT_EQ(typed.money("pay")->minor, 7500000);
  EXPECT_TRUE(typed.tick("agree"));
  EXPECT_EQ(typed.whole("nothing"), 0);
  EXPECT_EQ(typed.text("nothing"), "");
}

TEST(Form, a_file_over_its_limit_is_refused_with_the_limit) {
  auto q = post({{"name", "Sari"}});
  q.files.push_back({"photo", "a.jpg", "image/jpeg", std::string(1048577, 'x')});
  const auto typed = form().read(q);
  ASSERT_EQ(typed.errors.size(), 1U);
  EXPECT_EQ(q.t(typed.errors[0].second), "Foto poster: berkas terlalu besar. Paling besar 1,0 MB.");
  EXPECT_NE(typed.file("photo"), nullptr);
}

TEST(Form, json_members_are_read_like_fields) {
  Request q = post({});
  q.body = R"({"name":" Sari ","age":20,"agree":true})";
  const auto typed = form().read(q);
  EXPECT_TRUE(typed.good());
  EXPECT_EQ(typed.text("name"), "Sari");
  EXPECT_EQ(typed.whole("age"), 20);
  EXPECT_TRUE(typed.tick("agree"));
  q.body = "[not json";
  EXPECT_FALSE(form().read(q).good());
}

// "member: sentence" of each finding.
std::vector<std::string> findings(const std::string& body, const std::string& lang) {
  Request q = post({}, lang);
  q.body = body;
  std::vector<std::string> all;
  for (const auto& [member, why] : form().read(q).errors) all.push_back(member + ": " + q.t(why));
  return all;
}
using Findings = std::vector<std::string>;

TEST(Form, a_json_member_of_another_type_is_named_and_nothing_else_is_said_of_it) {
  for (const char* value : {"1", "1.5", "true", "null", "[]", "{}", "[\"Sari\"]"}) {
    EXPECT_EQ(findings(std::string(R"({"name":)") + value + "}", "id"), Findings{"name: name: harus teks."}) << value;
    EXPECT_EQ(findings(std::string(R"({"name":)") + value + "}", "en"), Findings{"name: name: must be a string."}) << value;
  }
  for (const char* value : {"\"20\"", "20.5", "true", "null", "[20]", "1e999"})
    EXPECT_EQ(findings(std::string(R"({"name":"Sari","age":)") + value + "}", "en").size(), 1U) << value;
  EXPECT_EQ(findings(R"({"name":"Sari","age":"20"})", "id"), Findings{"age: age: harus bilangan bulat."});
  EXPECT_EQ(findings(R"({"name":"Sari","agree":"1"})", "id"), Findings{"agree: agree: harus true atau false."});
}
TEST(Form, a_json_member_that_no_field_has_is_named) {
  EXPECT_EQ(findings(R"({"name":"Sari","nama":"Sari"})", "id"), Findings{"nama: nama: anggota ini tidak dikenal."});
  EXPECT_EQ(findings(R"({"name":"Sari","photo":"x"})", "en"),
            Findings{"photo: photo: this member is not known."});  // a file is no JSON
  EXPECT_EQ(findings(R"({"nama":"Sari"})", "id").size(), 2U);      // and the one it should have been is missing
}
TEST(Form, json_text_is_cleaned_like_typed_text) {
  Request q = post({});
  q.body = "{\"name\":\"\\u202eSa\\u0000ri \"}";
  EXPECT_EQ(form().read(q).text("name"), "Sari");
}

TEST(Form, the_page_again_keeps_what_was_typed_but_never_a_password) {
  const auto q = post({{"name", "\"><i>"}, {"nik", "31"}, {"secret", "rahasia"}});
  View v = form().view(q, form().read(q));
  v.set("title", "x");
  const auto reply = page_again(q, "web/form.html", std::move(v), form(), form().read(q));
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find("value=\"&quot;&gt;&lt;i&gt;\""), std::string::npos);
  EXPECT_EQ(reply.body.find("rahasia"), std::string::npos);
  EXPECT_NE(reply.body.find("<a href=\"#f-nik\">"), std::string::npos);
  EXPECT_NE(reply.body.find("aria-describedby=\"f-nik-hint f-nik-error\""), std::string::npos);
  EXPECT_NE(reply.body.find("role=\"alert\""), std::string::npos);
}

TEST(Form, few_options_are_radios_and_a_list_is_a_select_filled_by_the_page) {
  const Form f{"web.ui",
               {{.name = "sex", .kind = Kind::choice, .options = {"woman", "man"}},
                {.name = "country", .kind = Kind::choice, .list = "countries"}}};
  const auto q = post({{"country", "KOR"}});
  View v;
  View::List countries(2);
  countries[0].set("value", "JPN").set("text", "Jepang");
  countries[1].set("value", "KOR").set("text", "Korea");
  v.set("countries", countries).set("form", f.view(q, f.read(q)));
  fill_lists(v);
  const auto html = render(q, "web/form.html", std::get<View>(*v.find("form")));
  EXPECT_NE(html.find("type=\"radio\" name=\"sex\" value=\"woman\""), std::string::npos);
  EXPECT_NE(html.find("<option value=\"KOR\" selected>Korea</option>"), std::string::npos);
  View without;
  without.set("form", f.empty(q));
  EXPECT_THROW(fill_lists(without), std::logic_error);
}

TEST(Form, a_refusal_of_the_module_shows_beside_its_field_or_above_all) {
  Typed typed;
  typed.wrong(Refusal{.kind = Refusal::invalid, .key = "web.error.422_do", .fields = {{"nik", {"web.form.summary"}}}});
  ASSERT_EQ(typed.errors.size(), 1U);
  EXPECT_EQ(typed.errors[0].first, "nik");
  Typed whole;
  whole.wrong(Refusal{.kind = Refusal::conflict, .key = "web.error.409_do"});
  ASSERT_EQ(whole.errors.size(), 1U);
  EXPECT_EQ(whole.errors[0].first, "");
}

TEST(Form, the_schema_says_the_same_rules) {
  const auto schema = form().json_schema("en");
  EXPECT_NE(schema.find("\"required\":[\"name\"]"), std::string::npos);
  EXPECT_NE(schema.find("\"minimum\":18"), std::string::npos);
  EXPECT_NE(schema.find("\"additionalProperties\":false"), std::string::npos);
  EXPECT_NE(schema.find("\"enum\":[\"woman\",\"man\"]"), std::string::npos);
  EXPECT_NE(schema.find("\"title\":\"Date of birth\""), std::string::npos);
}

TEST(Form, an_api_answer_names_field_and_sentence) {
  const auto q = post({{"name", ""}}, "en");
  const auto reply = problem_again(q, form().read(q));
  EXPECT_EQ(reply.type, "application/problem+json");
  EXPECT_NE(reply.body.find(R"({"field":"name","sentence":"Fill in Name."})"), std::string::npos) << reply.body;
}

}  // namespace
}  // namespace rantau::web
