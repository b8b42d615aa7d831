// Reading requests: multipart bodies, queries, paths, cookies, language, clean text, accepted encodings.
#include <gtest/gtest.h>

#include "web/incoming.h"

namespace rantau::web {
namespace {

std::string part(std::string_view head, std::string_view bytes) {
  return "--B\r\n" + std::string(head) + "\r\n\r\n" + std::string(bytes) + "\r\n";
}
const std::string name_head = "Content-Disposition: form-data; name=\"nama\"";
const std::string file_head = "Content-Disposition: form-data; name=\"foto\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg";

TEST(Multipart, FieldsAndFilesAreTakenApart) {
  const std::string bytes("\x00\xff\r\n--C\r\n", 9);
  const auto parts = read_multipart(part(name_head, " Siti ") + part(file_head, bytes) + "--B--\r\n", "B");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->fields, (Pairs{{"nama", "Siti"}}));
  ASSERT_EQ(parts->files.size(), 1u);
  EXPECT_EQ(parts->files[0].name, "a.jpg");
  EXPECT_EQ(parts->files[0].type, "image/jpeg");
  EXPECT_EQ(parts->files[0].bytes, bytes);
}
TEST(Multipart, ABodyThatIsCutOffIsRefused) {
  const std::string whole = part(name_head, "Siti") + "--B--";
  ASSERT_TRUE(read_multipart(whole, "B"));
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_FALSE(read_multipart(whole.substr(0, n), "B")) << n;
}
TEST(Multipart, APartWithoutANameOrWithAnEndlessHeadIsRefused) {
  EXPECT_FALSE(read_multipart(part("Content-Disposition: form-data", "x") + "--B--", "B"));
  EXPECT_FALSE(read_multipart(part("no colon", "x") + "--B--", "B"));
  EXPECT_FALSE(read_multipart(part(name_head + "\r\nX: " + std::string(5000, 'x'), "x") + "--B--", "B"));
}
TEST(Multipart, MorePartsThanAnyFormHasAreRefused) {
  std::string many;
  for (int i = 0; i < 300; ++i) many += part(name_head, "x");
  EXPECT_FALSE(read_multipart(many + "--B--", "B"));
}
TEST(Multipart, TheBoundaryIsReadFromTheType) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"a b\"; x=y"), "a b");
  EXPECT_EQ(boundary_of("multipart/form-data"), "");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'x')), "");
  EXPECT_EQ(boundary_of("text/plain; boundary=abc"), "");
}
TEST(Multipart, ABrokenBodyMakesABrokenForm) {
  Request q;
  q.method = "POST";
  q.headers = {{"Content-Type", "multipart/form-data; boundary=B"}};
  q.body = "nothing";
  EXPECT_FALSE(fill(q));
  q.body = part(name_head, "Siti") + "--B--";
  EXPECT_TRUE(fill(q));
  EXPECT_EQ(q.field("nama"), "Siti");
}

TEST(Request, TextIsCleaned) {
  EXPECT_EQ(clean("  a\x01\r\nb\x7f\t "), "a\nb");
  EXPECT_EQ(clean("\xef\xbc\xa1"), "A");  // full width A
  EXPECT_EQ(clean("a\xe2\x80\xae"
                  "b\xe2\x81\xa6"
                  "c"),
            "abc");  // right-to-left override, isolate
  EXPECT_EQ(clean("a\xff"
                  "b"),
            "a\xef\xbf\xbd"
            "b");  // not UTF-8
}
TEST(Request, QueriesAreDecodedAndBounded) {
  EXPECT_EQ(decode_query("a=1+2&b=%41&a=3&c"), (Pairs{{"a", "1 2"}, {"b", "A"}, {"a", "3"}, {"c", ""}}));
  EXPECT_EQ(decode_query("a=%zz&b=%4"), (Pairs{{"a", "%zz"}, {"b", "%4"}}));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a=1&";
  EXPECT_EQ(decode_query(many).size(), 200u);
}
TEST(Request, PathsThatHideSomethingAreNothing) {
  EXPECT_EQ(decode_path("/a%20b/c"), "/a b/c");
  for (const char* bad : {"", "a", "/..", "/a/../b", "/%2e%2e", "/a%2fb", "/%c0%af", "/%00", "/a%5cb", "/%", "/%0a"})
    EXPECT_FALSE(decode_path(bad)) << bad;
}
TEST(Request, TheLanguageIsAskedThenKeptThenTheBrowsers) {
  const auto lang = [](std::string_view query, Pairs headers) {
    Request q;
    q.method = "GET";
    q.query_text = query;
    q.headers = std::move(headers);
    fill(q);
    return q.lang;
  };
  EXPECT_EQ(lang("", {}), "id");
  EXPECT_EQ(lang("", {{"Accept-Language", "en-US,en"}}), "en");
  EXPECT_EQ(lang("", {{"accept-language", "en"}, {"Cookie", "x=1; bahasa=id"}}), "id");
  EXPECT_EQ(lang("bahasa=en", {{"Cookie", "bahasa=id"}}), "en");
  EXPECT_EQ(lang("bahasa=jv", {}), "id");
}
TEST(Request, OverHttpsOnlyHostCookiesCount) {
  Request q;
  q.method = "GET";
  q.site = "https://rantau.example";
  q.headers = {{"Cookie", "rantau=planted; __Host-rantau=mine"}};
  fill(q);
  EXPECT_EQ(q.cookie("rantau"), "mine");
  EXPECT_EQ(q.cookies.size(), 1u);
}
TEST(Request, AnEncodingIsTakenOnlyWhenItIsAccepted) {
  EXPECT_TRUE(takes("gzip, deflate, br", "br"));
  EXPECT_TRUE(takes("br;q=0.5", "br"));
  EXPECT_FALSE(takes("br;q=0", "br"));
  EXPECT_FALSE(takes("br;q=0.0, gzip", "br"));
  EXPECT_FALSE(takes("zebra", "br"));
  EXPECT_FALSE(takes("", "br"));
}

}  // namespace
}  // namespace rantau::web
