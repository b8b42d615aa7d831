// --dev: pages, styles and sentences come from the source folder, read again at every request. A program of its own, because
// the switch is for the whole process.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "base/crypto.h"
#include "db/testing.h"
#include "web/browserfile.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::web {
namespace {

namespace fs = std::filesystem;

struct Sources {
  fs::path folder;
  Sources() {
    crypto::init();
    folder = fs::temp_directory_path() / ("rantau-dev-" + crypto::hex(crypto::random_bytes(6)));
    read_from_disk(folder.string());
  }
  ~Sources() { fs::remove_all(folder); }
  void write(const std::string& path, std::string_view text) const {
    const auto file = folder / "src" / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
};
Request ask() {
  Request q;
  q.method = "GET";
  q.path = "/";
  q.site = "http://localhost:8080";
  return q;
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Dev, APageIsReadAgainAtEveryRequest) {
  const Sources s;
  s.write("web/layout/coba.html", "<h1>{{title}} satu</h1>");
  EXPECT_TRUE(has(page(ask(), "web/coba.html", View{}.set("title", "x")).body, "<h1>x satu</h1>"));
  s.write("web/layout/coba.html", "<h1>{{title}} dua</h1>");
  const auto body = page(ask(), "web/coba.html", View{}.set("title", "x")).body;
  EXPECT_TRUE(has(body, "<h1>x dua</h1>"));
  EXPECT_FALSE(has(body, "satu"));
}
TEST(Dev, APartialAndTheFrameAreReadAgain) {
  const Sources s;
  s.write("web/layout/coba.html", "{{> sebagian}}");
  s.write("web/layout/sebagian.html", "<p>satu</p>");
  EXPECT_TRUE(has(page(ask(), "web/coba.html", View{}.set("title", "x")).body, "<p>satu</p>"));
  s.write("web/layout/sebagian.html", "<p>dua</p>");
  s.write("web/layout/citizen.html", "<main id=\"baru\">{{> body}}</main>");
  EXPECT_TRUE(has(page(ask(), "web/coba.html", View{}.set("title", "x")).body, "<main id=\"baru\">"));
  EXPECT_TRUE(has(page(ask(), "web/coba.html", View{}.set("title", "x")).body, "<p>dua</p>"));
}
TEST(Dev, WhatIsNotInTheFolderComesFromTheProgram) {
  const Sources s;
  EXPECT_EQ(error_page(ask(), 404).status, 404);
}
TEST(Dev, AMistakeInAPageIsNamedAndMendedWithoutARestart) {
  const Sources s;
  s.write("web/layout/coba.html", "{{tidak_ada}}");
  EXPECT_THROW(page(ask(), "web/coba.html", View{}.set("title", "x")), std::logic_error);
  s.write("web/layout/coba.html", "{{{title}}}");
  EXPECT_THROW(page(ask(), "web/coba.html", View{}.set("title", "x")), std::logic_error);
  s.write("web/layout/coba.html", "{{title}}");
  EXPECT_TRUE(has(page(ask(), "web/coba.html", View{}.set("title", "x")).body, "x"));
}
TEST(Dev, TheStyleAndItsPermissionChangeTogether) {
  const Sources s;
  s.write("web/assets/citizen.css", "body { color: red; }");
  const auto first = inline_style_hash();
  EXPECT_TRUE(has(error_page(ask(), 404).body, "body{color:red}"));
  s.write("web/assets/citizen.css", "body { color: blue; }");
  EXPECT_TRUE(has(error_page(ask(), 404).body, "body{color:blue}"));
  EXPECT_NE(inline_style_hash(), first);
}
TEST(Dev, ABrowserFileHasANewAddressWhenItChanges) {
  const Sources s;
  const auto before = asset("console.css");
  s.write("web/assets/console.css", "b{}");
  const auto after = asset("console.css");
  EXPECT_NE(after, before);
  EXPECT_EQ(
      browser_reply(std::string_view(after).substr(3), {.method = "GET", .target = after, .headers = {{"Accept-Encoding", "br"}}})
          .body,
      "b{}")
      << "not the twin of the program";
}

// One whole reply, over a connection of its own.
std::string get(int port, const std::string& path) {
  const int s = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
  EXPECT_EQ(::connect(s, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
  const std::string ask = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  EXPECT_EQ(::send(s, ask.data(), ask.size(), MSG_NOSIGNAL), static_cast<ssize_t>(ask.size()));
  std::string all;
  char piece[4096];
  for (ssize_t n; (n = ::recv(s, piece, sizeof piece, 0)) > 0;) all.append(piece, static_cast<std::size_t>(n));
  ::close(s);
  return all;
}
TEST(Dev, APublicPageIsNotKept) {
  auto db = test::db();
  Router router;
  router.get("/umum", Right::anyone, [](const Request& q, Db&) {
    Reply r = page(q, "web/coba.html", View{}.set("title", "x"));
    r.is_public = true;
    return r;
  });
  const auto server = Server::start({.port = 0, .workers = 2, .dev = true}, router, {}, db.store());
  const Sources s;  // after the start, which reads from where the program was started
  s.write("web/layout/coba.html", "<h1>satu</h1>");
  EXPECT_TRUE(has(get(server->port(), "/umum"), "<h1>satu</h1>"));
  s.write("web/layout/coba.html", "<h1>dua</h1>");
  EXPECT_TRUE(has(get(server->port(), "/umum"), "<h1>dua</h1>"));
}

}  // namespace
}  // namespace rantau::web
