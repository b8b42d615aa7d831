// Compression of made replies: what a browser takes decides, and brotli is never the larger.
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "web/incoming.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::web {
namespace {

std::string header(const Reply& r, std::string_view name) {
  for (const auto& [key, value] : r.headers)
    if (key == name) return value;
  return "";
}
Reply packed(Reply reply, std::string_view accepts) {
  compress(reply, accepts);
  return reply;
}

// Real pages: the frame, the style sheet and the sentences of every error page, in both languages.
std::vector<Reply> pages() {
  crypto::init();
  std::vector<Reply> all;
  for (const char* lang : {"id", "en"})
    for (const int status : {403, 404, 413, 422, 429, 500, 503}) {
      Request q;
      q.lang = lang;
      q.path = "/lowongan";
      q.site = "http://localhost:8080";
      q.request_id = "req-7";
      all.push_back(error_page(q, status));
    }
  return all;
}

TEST(Compress, BrotliOfAPageIsSmallerThanItsGzip) {
  for (const auto& page : pages()) {
    const auto br = packed(page, "gzip, deflate, br"), gz = packed(page, "gzip");
    EXPECT_EQ(header(br, "Content-Encoding"), "br");
    EXPECT_EQ(header(gz, "Content-Encoding"), "gzip");
    EXPECT_LT(br.body.size(), gz.body.size()) << page.status;
    EXPECT_LT(br.body.size() * 2, page.body.size());
  }
}
TEST(Compress, WhatABrowserDoesNotTakeIsNotSent) {
  const auto page = pages().front();
  for (const char* accepts : {"", "identity", "br;q=0, gzip;q=0", "deflate"}) {
    const auto sent = packed(page, accepts);
    EXPECT_EQ(sent.body, page.body) << accepts;
    EXPECT_EQ(header(sent, "Content-Encoding"), "") << accepts;
    EXPECT_EQ(header(sent, "Vary"), "Accept-Encoding") << accepts;
  }
  EXPECT_EQ(header(packed(page, "br;q=0, gzip"), "Content-Encoding"), "gzip");
}
TEST(Compress, WhatIsShortOrNoTextStaysAsItIs) {
  EXPECT_EQ(header(packed(text("halo", "text/plain"), "br"), "Content-Encoding"), "");
  EXPECT_EQ(header(packed(text(std::string(5000, 'x'), "image/png"), "br"), "Content-Encoding"), "");
  EXPECT_EQ(header(packed(text(std::string(5000, 'x'), "application/json"), "br"), "Content-Encoding"), "br");
}

}  // namespace
}  // namespace rantau::web
