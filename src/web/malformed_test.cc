// Malformed requests on a raw socket: the status is ours, the connection closes, and no second request hidden in the bytes runs.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>

#include "db/testing.h"
#include "web/kit.h"
#include "web/web.h"

namespace rantau::web {
namespace {

std::atomic<int> secrets_run{0}, pages_run{0};

// One server for all cases: a page, a form and a route that must never run unasked.
struct Site {
  test::TestDb db = test::db();
  Router router;
  std::unique_ptr<Server> server;
  Site() {
    set_rate_limit(false);
    router.get("/halo", Right::anyone, [](const Request&, Db&) {
      ++pages_run;
      return text("halo", "text/plain");
    });
    router.get("/rahasia", Right::anyone, [](const Request&, Db&) {
      ++secrets_run;
      return text("rahasia", "text/plain");
    });
    router
        .post("/kirim", Right::anyone,
              [](const Request& q, Db&) { return text("diterima " + std::to_string(q.body.size()), "text/plain"); })
        .limit(1000);
    server = Server::start({.port = 0, .workers = 2}, router, {}, db.store());
  }
};
Site& site() {
  static Site s;
  return s;
}

// Sends bytes, reads until the other side closes or is silent for a while.
std::string say(const std::string& bytes, int wait_ms = 700) {
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(site().server->port()));
  inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
  EXPECT_EQ(connect(s, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
  timeval t{wait_ms / 1000, (wait_ms % 1000) * 1000};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto n = send(s, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) break;
    sent += static_cast<std::size_t>(n);
  }
  std::string heard;
  char part[4096];
  for (ssize_t n; (n = recv(s, part, sizeof part, 0)) > 0;) heard.append(part, static_cast<std::size_t>(n));
  close(s);
  return heard;
}

int status(const std::string& reply) {
  return reply.size() > 12 && reply.starts_with("HTTP/1.1 ") ? std::stoi(reply.substr(9, 3)) : 0;
}
const std::string hidden = "GET /rahasia HTTP/1.1\r\nHost: a\r\n\r\n";

// The reply is `want`, the connection says close, and what was hidden did not run.
void refused(const std::string& bytes, int want) {
  const int before = secrets_run;
  const auto reply = say(bytes);
  EXPECT_EQ(status(reply), want) << reply.substr(0, 200);
  EXPECT_NE(reply.find("Connection: close"), std::string::npos);
  EXPECT_EQ(secrets_run, before) << "a hidden request ran";
}

TEST(Malformed, AWellFormedRequestIsAnswered) {
  EXPECT_EQ(status(say("GET /halo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")), 200);
}
TEST(Malformed, TwoRequestsOnOneConnectionAreBothAnswered) {
  const auto reply = say("GET /halo HTTP/1.1\r\nHost: a\r\n\r\nGET /rahasia HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_NE(reply.find("halo"), std::string::npos);
  EXPECT_NE(reply.find("rahasia"), std::string::npos);
}
TEST(Malformed, LengthAndChunkedTogether) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 400);
}
TEST(Malformed, ChunkedAndLengthTogether) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden, 400);
}
TEST(Malformed, TwoEqualLengths) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc" + hidden, 400);
}
TEST(Malformed, TwoDifferentLengths) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc" + hidden, 400);
}
TEST(Malformed, SpaceBeforeTheColon) { refused("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc" + hidden, 400); }
TEST(Malformed, BareLineFeeds) { refused("GET /halo HTTP/1.1\nHost: a\n\n" + hidden, 400); }
TEST(Malformed, LengthsThatAreNoNumber) {
  for (const char* length : {"+5", "-5", "5,5", "0x5", "99999999999999999999999", " ", "5 5"})
    refused(std::string("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: ") + length + "\r\n\r\nabcde" + hidden, 400);
}
TEST(Malformed, ChunkSizesThatAreNoNumber) {
  for (const char* size : {"-2", "0x5", "fffffffffffffffff", "5 5"})
    refused(std::string("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") + size + "\r\nabcde\r\n0\r\n\r\n" +
                hidden,
            400);
}
TEST(Malformed, AnotherTransferCoding) {
  for (const char* coding : {"gzip", "gzip, chunked", "identity", "xchunked"})
    refused(std::string("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ") + coding + "\r\n\r\n0\r\n\r\n" + hidden, 501);
}
TEST(Malformed, TwoTransferCodings) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
          400);
}
TEST(Malformed, ChunkedInHttp10) {
  refused("POST /kirim HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 400);
}
TEST(Malformed, AFoldedHeader) {
  for (const char* fold : {"\r\n Content-Length: 3", "\r\n\tb", "\r\n ", " \r\n  b"}) {
    refused(std::string("POST /kirim HTTP/1.1\r\nHost: a\r\nX: a") + fold + "\r\nContent-Length: 0\r\n\r\n" + hidden, 400);
    refused(std::string("GET /halo HTTP/1.1\r\nX: a") + fold + "\r\nHost: a\r\n\r\n" + hidden, 400);
  }
  refused("GET /halo HTTP/1.1\r\n Host: a\r\n\r\n" + hidden, 400);
}
TEST(Malformed, ALineOfABodyMayBeginWithABlank) {
  EXPECT_EQ(status(say("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\na\r\n b")), 200);
}
TEST(Malformed, ATransferCodingMayBeWrittenLarge) {
  for (const char* coding : {"Chunked", "CHUNKED", "chunked "}) {
    const auto reply = say(std::string("POST /kirim HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTRANSFER-ENCODING: ") + coding +
                           "\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    EXPECT_NE(reply.find("diterima 3"), std::string::npos) << coding << reply;
  }
}
TEST(Malformed, AHostThatIsNone) {
  for (const char* host :
       {"", "a b", "a/b", "a@b", "a\\b", "<a>", "a:b", "a:123456", ":80", "[::1", "[]", "[::1]x", "a\"b", "a?b", "a#b"})
    refused(std::string("GET /halo HTTP/1.1\r\nHost: ") + host + "\r\n\r\n" + hidden, 400);
  for (const char* host : {"rantau.example", "rantau.example:8080", "127.0.0.1:80", "[::1]:8080", "A-1.example"})
    EXPECT_EQ(status(say(std::string("GET /halo HTTP/1.1\r\nHost: ") + host + "\r\nConnection: close\r\n\r\n")), 200) << host;
}
TEST(Malformed, AWholeAddressIsThePathBehindItsHost) {
  EXPECT_EQ(status(say("GET http://a.example/halo HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n")), 200);
  EXPECT_EQ(status(say("GET HTTP://a.example?x=1 HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n")), 404);
  refused("GET http://a.example/../halo HTTP/1.1\r\nHost: b\r\n\r\n" + hidden, 400);
  refused("GET http:///halo HTTP/1.1\r\nHost: b\r\n\r\n" + hidden, 400);
  refused("GET ftp://a/halo HTTP/1.1\r\nHost: b\r\n\r\n" + hidden, 400);
}
TEST(Malformed, ABodyBehindARefusedChunkNeverRuns) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcXX" + hidden, 400);
}
TEST(Malformed, NoHost) { refused("GET /halo HTTP/1.1\r\n\r\n" + hidden, 400); }
TEST(Malformed, TwoHosts) { refused("GET /halo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden, 400); }
TEST(Malformed, AHeaderBlockTooLarge) {
  refused("GET /halo HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", 431);
}
std::string many_headers(std::size_t bytes) {
  std::string all;
  for (int i = 0; all.size() < bytes; ++i) all += "X-" + std::to_string(i) + ": a\r\n";
  return all;
}
TEST(Malformed, ManyShortHeadersTooLargeTogether) {
  for (std::size_t bytes : {16'400, 20'000, 70'000, 300'000}) {
    refused("GET /halo HTTP/1.1\r\nHost: a\r\n" + many_headers(bytes) + "\r\n" + hidden, 431);
    refused("GET /halo HTTP/1.1\r\nHost: a\r\n" + many_headers(bytes), 431);  // and without an end
  }
  EXPECT_EQ(status(say("GET /halo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + many_headers(15'000) + "\r\n")), 200);
}
TEST(Malformed, AHeaderTooLargeIsAnsweredWithThePageInTheReadersLanguage) {
  const auto page = say("GET /halo HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n" + many_headers(17'000) + "\r\n");
  for (const char* said : {"HTTP/1.1 431 Request Header Fields Too Large", "text/html", "Delete this site"})
    EXPECT_NE(page.find(said), std::string::npos) << said;
  const auto problem = say("GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\n" + many_headers(17'000) + "\r\n");
  for (const char* said : {"HTTP/1.1 431", "application/problem+json", "\"code\":\"web.header_too_large\"", "Paling besar 16 KB"})
    EXPECT_NE(problem.find(said), std::string::npos) << said;
}
TEST(Malformed, ToProgramsTheReasonIsAProblem) {
  const auto problem = say("GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
  for (const char* said : {"HTTP/1.1 400", "application/problem+json", "\"status\":400"})
    EXPECT_NE(problem.find(said), std::string::npos) << said;
}
TEST(Malformed, ABodyTooLargeIsRefusedBeforeItIsRead) {
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n", 413);
}
TEST(Malformed, AChunkedBodyTooLarge) {
  std::string chunks;
  for (int i = 0; i < 20; ++i) chunks += "64\r\n" + std::string(100, 'x') + "\r\n";
  refused("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n", 413);
}
TEST(Malformed, NulInAHeader) {
  std::string bytes = "GET /halo HTTP/1.1\r\nHost: a\r\nX: a_b\r\n\r\n" + hidden;
  bytes[bytes.find('_')] = '\0';
  refused(bytes, 400);
}
TEST(Malformed, BareCarriageReturnInAHeader) { refused("GET /halo HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n" + hidden, 400); }
TEST(Malformed, PathsThatHideSomething) {
  for (const char* path : {"/a%2fb", "/../halo", "/%2e%2e/halo", "/a/..", "/%c0%af", "/%00", "/a%0d%0ab", "/%zz", "halo", "/a\\b"})
    refused(std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, 400);
}
TEST(Malformed, AMethodWeDoNotHave) {
  for (const char* method : {"DELETE", "PUT", "PATCH"})
    refused(method + std::string(" /halo HTTP/1.1\r\nHost: a\r\n\r\n") + hidden, 405);
  refused("DELETE /tidak-ada HTTP/1.1\r\nHost: a\r\n\r\n" + hidden, 404);
  for (const char* method : {"TRACE", "BREW", "get"})
    refused(method + std::string(" /halo HTTP/1.1\r\nHost: a\r\n\r\n") + hidden, 501);
}
TEST(Malformed, AHeaderThatNeverEnds) {
  const auto reply = say("GET /halo HTTP/1.1\r\nHost: a\r\nX: ", 12000);
  EXPECT_EQ(status(reply), 408) << reply;
}
TEST(Malformed, AHeaderSentByteByByteHasTenSecondsInAll) {
  const int s = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(site().server->port()));
  inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
  ASSERT_EQ(connect(s, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
  timeval t{0, 500'000};
  setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
  std::string heard;
  char part[4096];
  const std::string slow = "GET /halo HTTP/1.1\r\nHost: a\r\nX: " + std::string(200, 'x');
  for (std::size_t i = 0; i < slow.size() && heard.empty(); ++i) {  // a byte each half second would take two minutes
    (void)!send(s, &slow[i], 1, MSG_NOSIGNAL);
    if (const auto n = recv(s, part, sizeof part, 0); n > 0) heard.assign(part, static_cast<std::size_t>(n));
  }
  close(s);
  EXPECT_EQ(status(heard), 408) << heard;
}
TEST(Malformed, AnAnswerIsNeverSplitByWhatWasTyped) {
  const auto reply = say("GET /halo?x=%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status(reply), 200);
  EXPECT_EQ(reply.find("Set-Cookie"), std::string::npos);
}

}  // namespace
}  // namespace rantau::web
