// The server on a socket: kept connections, limits, slow clients, event streams, a full queue, kept pages, and the end.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "db/testing.h"
#include "web/kit.h"
#include "web/page.h"
#include "web/web.h"

namespace rantau::web {
namespace {

using namespace std::chrono_literals;

// Handlers that wait behind it go on when it opens.
struct Barrier {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  int waiting = 0;
  void pass() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [&] { return open; });
  }
  void await(int n) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return waiting >= n; });
  }
  void lift() {
    std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
};

class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    connected = ::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    timeval t{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  void say(std::string_view bytes) { (void)!::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  void get(std::string_view path, std::string_view headers = "") {
    say("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n");
  }
  // One reply with a Content-Length (or none for HEAD and 304).
  std::string reply(bool head = false) {
    std::string all = until("\r\n\r\n");
    const auto at = all.find("Content-Length: ");
    const std::size_t length = head || at == std::string::npos ? 0 : std::stoul(all.substr(at + 16));
    while (rest_.size() < length && more()) {}
    all += rest_.substr(0, length);
    rest_.erase(0, length);
    return all;
  }
  std::string until(std::string_view what) {
    while (rest_.find(what) == std::string::npos && more()) {}
    const auto end = std::min(rest_.size(), rest_.find(what) + what.size());
    std::string out = rest_.substr(0, end);
    rest_.erase(0, end);
    return out;
  }
  bool heard() const {
    char c = 0;
    return ::recv(socket_, &c, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  }
  bool closed() {
    while (more()) {}
    return errno != EAGAIN;
  }
  bool connected = false;

 private:
  bool more() {
    char part[4096];
    errno = 0;
    const auto n = ::recv(socket_, part, sizeof part, 0);
    if (n > 0) rest_.append(part, static_cast<std::size_t>(n));
    return n > 0;
  }
  int socket_;
  std::string rest_;
};

int status(const std::string& reply) { return reply.size() > 12 ? std::stoi(reply.substr(9, 3)) : 0; }
std::string header(const std::string& reply, std::string_view name) {
  const auto at = reply.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos) return "";
  const auto from = at + name.size() + 4;
  return reply.substr(from, reply.find("\r\n", from) - from);
}
std::string body(const std::string& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }

struct Site {
  test::TestDb db = test::db();
  Router router;
  Gate gate;
  Barrier barrier;
  std::atomic<int> made{0};
  std::unique_ptr<Server> server;

  explicit Site(int workers = 2) {
    set_rate_limit(false);
    gate.who = [](Db&, std::string_view) -> std::optional<Visitor> {
      Visitor v;
      v.actor.user = {1};
      v.csrf_secret = "0123456789abcdef";
      return v;
    };
    router.get("/umum", Right::anyone, [this](const Request& q, Db&) {
      Reply r = text("umum " + std::to_string(++made) + " " + q.lang + std::string(3000, 'x'), "text/plain");
      r.is_public = true;
      return r;
    });
    router.get("/sendiri", Right::anyone, [](const Request& q, Db&) { return text("sendiri " + q.address, "text/plain"); });
    router.get("/lama", Right::anyone, [this](const Request&, Db&) {
      barrier.pass();
      return text("akhirnya", "text/plain");
    });
    router.get("/kabar", Right::anyone, [](const Request&, Db&) {
      Reply r;
      r.sse_topic = "kabar";
      return r;
    });
    router.post("/kirim", Right::anyone, [](const Request& q, Db&) { return text(std::to_string(q.body.size()), "text/plain"); })
        .limit(200'000);
    server = Server::start({.port = 0, .workers = workers}, router, gate, db.store());
  }
  ~Site() { barrier.lift(); }
};

TEST(Server, AConnectionIsKeptAndRequestsAreAnsweredInOrder) {
  Site s;
  Client c(s.server->port());
  for (int i = 0; i < 3; ++i) {
    c.get("/sendiri");
    const auto r = c.reply();
    EXPECT_EQ(status(r), 200);
    EXPECT_EQ(body(r), "sendiri 127.0.0.1");
    EXPECT_EQ(header(r, "Connection"), "keep-alive");
  }
  c.get("/sendiri", "Connection: close\r\n");
  EXPECT_EQ(header(c.reply(), "Connection"), "close");
  EXPECT_TRUE(c.closed());
}
TEST(Server, HeadHasTheHeadersOfGetAndNoBody) {
  Site s;
  Client c(s.server->port());
  for (const char* path : {"/umum", "/umum", "/sendiri"}) {  // made, kept, made
    c.say("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto r = c.reply(true);
    EXPECT_EQ(status(r), 200);
    EXPECT_NE(header(r, "Content-Length"), "0");
  }
  c.get("/sendiri");
  EXPECT_EQ(body(c.reply()), "sendiri 127.0.0.1");  // no byte of a body was left between
}
TEST(Server, APublicPageIsMadeOnceUntilSomethingIsWritten) {
  Site s;
  Client c(s.server->port());
  const auto ask = [&](std::string_view headers = "") {
    c.get("/umum", headers);
    return c.reply();
  };
  const auto first = ask();
  const auto again = ask();
  EXPECT_EQ(body(again), body(first));
  EXPECT_EQ(s.made, 1);
  EXPECT_EQ(header(again, "Cache-Control"), "public, no-cache");
  const auto etag = header(first, "ETag");
  EXPECT_EQ(header(again, "ETag"), etag);
  const auto unchanged = ask("If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(status(unchanged), 304);
  s.db.write([](Act& act) {
    act.record("web.tested");
    return Done{};
  });
  EXPECT_NE(body(ask()), body(first));
  EXPECT_EQ(s.made, 2);
}
TEST(Server, APageIsKeptForEachLanguageEncodingAndDay) {
  Site s;
  Client c(s.server->port());
  const auto ask = [&](std::string_view headers) {
    c.get("/umum", headers);
    return c.reply();
  };
  ask("");
  EXPECT_NE(ask("Accept-Language: en\r\n").find("umum 2 en"), std::string::npos);
  EXPECT_NE(ask("Cookie: bahasa=en\r\n").find("umum 2 en"), std::string::npos);  // the same page
  // a header that only looks like another's key chooses no other page
  EXPECT_NE(ask("Accept-Language: bahasa=en\r\n").find("umum 1 id"), std::string::npos);
  const auto packed = ask("Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(header(packed, "Content-Encoding"), "br");
  EXPECT_NE(header(packed, "ETag"), header(ask(""), "ETag"));
  EXPECT_EQ(s.made, 3);
  s.db.later(14 * 3600);  // 09:00 to 23:00: the same day in Jakarta
  ask("");
  EXPECT_EQ(s.made, 3);
  s.db.later(2 * 3600);
  ask("");
  EXPECT_EQ(s.made, 4);
}
TEST(Server, EveryStateOfAPublicPageNamesWhatChoseIt) {
  Site s;
  Client c(s.server->port());
  const std::string all = "Accept-Language, Cookie, Accept, HX-Request, Accept-Encoding";
  std::string etag;
  for (const char* headers : {"", "", "Accept-Encoding: br\r\n", "Accept-Language: en\r\n", "Cookie: rantau=siti\r\n"}) {
    c.get("/umum", headers);
    const auto r = c.reply();
    EXPECT_EQ(header(r, "Vary"), all) << headers;
    if (etag.empty()) etag = header(r, "ETag");
  }
  c.get("/umum", "If-None-Match: " + etag + "\r\n");
  const auto unchanged = c.reply();
  EXPECT_EQ(status(unchanged), 304);
  EXPECT_EQ(header(unchanged, "Vary"), all);
  c.get(asset("console.css"));
  EXPECT_EQ(header(c.reply(), "Vary"), "Accept-Encoding");  // the same file for everybody
}
TEST(Server, WhoIsSignedInNeverGetsAKeptPage) {
  Site s;
  Client c(s.server->port());
  c.get("/umum");
  c.reply();
  c.get("/umum", "Cookie: rantau=siti\r\n");
  const auto r = c.reply();
  EXPECT_NE(r.find("umum 2"), std::string::npos);
  EXPECT_EQ(header(r, "Cache-Control"), "no-store");
  c.get("/umum");
  EXPECT_NE(c.reply().find("umum 1"), std::string::npos);
}
TEST(Server, EveryAnswerHasItsDateWhateverItIs) {
  Site s;
  s.db.on(std::chrono::year{2026} / 11 / 24);  // 09:00 in Jakarta
  const std::string at_nine = "Tue, 24 Nov 2026 02:00:00 GMT";
  Client c(s.server->port());
  const auto date_of = [&](std::string_view path, std::string_view headers = "") {
    c.get(path, headers);
    return header(c.reply(), "Date");
  };
  const std::string etag = [&] {
    c.get("/umum");
    return header(c.reply(), "ETag");
  }();
  EXPECT_EQ(date_of("/sendiri"), at_nine);                                  // made
  EXPECT_EQ(date_of("/umum"), at_nine);                                     // kept
  EXPECT_EQ(date_of("/umum", "If-None-Match: " + etag + "\r\n"), at_nine);  // 304
  EXPECT_EQ(date_of("/tidak-ada"), at_nine);
  EXPECT_EQ(date_of("/health"), at_nine);
  EXPECT_EQ(date_of(asset("console.css")), at_nine);
  s.db.later(3601);
  EXPECT_EQ(date_of("/umum"), "Tue, 24 Nov 2026 03:00:01 GMT") << "a kept page is not as old as its making";
  EXPECT_EQ(s.made, 1);
  Client stream(s.server->port()), broken(s.server->port());
  stream.get("/kabar");
  EXPECT_EQ(header(stream.until(": ready\n\n"), "Date"), "Tue, 24 Nov 2026 03:00:01 GMT");
  broken.say("nonsense\r\n\r\n");
  EXPECT_EQ(header(broken.reply(), "Date"), "Tue, 24 Nov 2026 03:00:01 GMT");
}
TEST(Server, ABodyBehindAGetNeverRunsAsTheNextRequest) {
  Site s;
  const std::string hidden = "GET /umum HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const std::string& path : {std::string("/umum"), std::string("/umum"), std::string("/health"), asset("console.css")}) {
    Client c(s.server->port());
    c.say("GET " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(hidden.size()) + "\r\n\r\n" + hidden);
    EXPECT_EQ(status(c.reply()), 200) << path;
    c.say("GET /sendiri HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto next = c.reply();  // what we asked next, or nothing at all
    EXPECT_TRUE(next.empty() || body(next).starts_with("sendiri")) << path << next.substr(0, 400);
  }
}
TEST(Server, ABodyIsReadToItsRouteLimit) {
  Site s;
  Client c(s.server->port());
  c.say("POST /kirim HTTP/1.1\r\nHost: a\r\nContent-Length: 150000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status(c.until("\r\n\r\n")), 100);
  c.say(std::string(150'000, 'x'));
  EXPECT_EQ(body(c.reply()), "150000");
  c.say("POST /kirim HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(body(c.reply()), "5");
  c.say("POST /tidak-ada HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n");  // before a byte of it
  const auto refused = c.reply();
  EXPECT_EQ(status(refused), 413);
  for (const char* said : {"<!doctype html>", "Paling besar 64 KB", "Yang Anda kirim 0,1 MB", "bahasa=en"})
    EXPECT_NE(refused.find(said), std::string::npos) << said;
  EXPECT_TRUE(c.closed());
}
TEST(Server, ManySlowClientsDoNotHoldUpAnother) {
  Site s;
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<Client>(s.server->port()));
    slow.back()->say("GET /sendiri HTTP/1.1\r\nHost: a\r\nX: ");
  }
  Client c(s.server->port());
  c.get("/sendiri");
  EXPECT_EQ(status(c.reply()), 200);
}
TEST(Server, AFullQueueAnswers503AndGoesOn) {
  Site s(1);
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 1030; ++i) {
    waiting.push_back(std::make_unique<Client>(s.server->port()));
    if (!waiting.back()->connected) GTEST_SKIP() << "too few descriptors";
    waiting.back()->get("/lama", "Connection: close\r\n");
  }
  s.barrier.await(1);
  const auto heard = [&] { return std::count_if(waiting.begin(), waiting.end(), [](const auto& c) { return c->heard(); }); };
  for (int i = 0; i < 2000 && heard() < 6; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(heard(), 6);
  s.barrier.lift();
  std::map<int, int> count;
  for (auto& c : waiting) {
    const auto r = c->reply();
    ++count[status(r)];
    EXPECT_EQ(header(r, "Retry-After").empty(), status(r) == 200);
  }
  EXPECT_EQ(count, (std::map<int, int>{{200, 1024}, {503, 6}}));
}
TEST(Server, AnEventReachesEveryScreenOfItsTopic) {
  Site s;
  Client one(s.server->port()), two(s.server->port());
  for (Client* c : {&one, &two}) {
    c->get("/kabar");
    EXPECT_NE(c->until(": ready\n\n").find("Content-Type: text/event-stream"), std::string::npos);
  }
  s.server->publish("lain", "x", "not for them");
  s.server->publish("kabar", "baru", "satu\ndua");
  for (Client* c : {&one, &two}) EXPECT_EQ(c->until("\n\n"), "event: baru\ndata: satu\ndata: dua\n\n");
}
TEST(Server, StoppingFinishesWhatRunsAndClosesTheRest) {
  Site s;
  Client running(s.server->port()), idle(s.server->port()), stream(s.server->port());
  stream.get("/kabar");
  stream.until(": ready\n\n");
  running.get("/lama");
  s.barrier.await(1);
  std::thread stopping([&] { s.server->stop(); });
  EXPECT_TRUE(idle.closed());
  EXPECT_TRUE(stream.closed());
  s.barrier.lift();
  const auto r = running.reply();
  EXPECT_EQ(status(r), 200);
  EXPECT_EQ(body(r), "akhirnya");
  stopping.join();
  Client late(s.server->port());
  EXPECT_FALSE(late.connected);
}
TEST(Server, WhileItStopsEveryAnswerSaysThatTheConnectionCloses) {
  Site s(1);
  std::vector<std::unique_ptr<Client>> asked;
  for (const char* path : {"/lama", "/sendiri", "/umum"}) {  // one runs, the others wait in the queue
    asked.push_back(std::make_unique<Client>(s.server->port()));
    asked.back()->get(path);
    if (asked.size() == 1) s.barrier.await(1);
  }
  Client other(s.server->port());
  for (int i = 0; i < 2; ++i) {  // what the others sent has been read when these are answered
    other.get("/health");
    other.reply();
  }
  std::thread stopping([&] { s.server->stop(); });
  while (Client(s.server->port()).connected) std::this_thread::sleep_for(1ms);  // it has stopped accepting
  s.barrier.lift();
  for (auto& c : asked) {
    const auto r = c->reply();
    EXPECT_EQ(status(r), 200);
    EXPECT_EQ(header(r, "Connection"), "close");
    EXPECT_TRUE(c->closed());
  }
  stopping.join();
}
TEST(Server, AllowNamesTheMethodsThatTheAddressHas) {
  Site s;
  Client c(s.server->port());
  const auto allow = [&](const std::string& method, const std::string& path, int want) {
    Client other(s.server->port());
    other.say(method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    const auto r = other.reply();
    EXPECT_EQ(status(r), want) << method << path;
    return header(r, "Allow");
  };
  for (const char* method : {"DELETE", "PUT", "PATCH"}) {
    EXPECT_EQ(allow(method, "/umum", 405), "GET, HEAD, OPTIONS");
    EXPECT_EQ(allow(method, "/kirim", 405), "POST, OPTIONS");
    EXPECT_EQ(allow(method, "/tidak-ada", 404), "");
  }
  EXPECT_EQ(allow("POST", "/umum", 405), "GET, HEAD, OPTIONS");
  EXPECT_EQ(allow("GET", "/kirim", 405), "POST, OPTIONS");
  for (const std::string& own : {std::string("/health"), std::string("/metrics"), asset("console.css")})
    EXPECT_EQ(allow("POST", own, 405), "GET, HEAD, OPTIONS") << own;
  EXPECT_EQ(allow("OPTIONS", "/kirim", 204), "POST, OPTIONS");
  EXPECT_EQ(allow("OPTIONS", "/tidak-ada", 404), "");
  EXPECT_EQ(allow("OPTIONS", "*", 204), "GET, HEAD, POST, OPTIONS");
  for (int i = 0; i < 2; ++i) {  // a question about a path keeps the connection
    c.say("OPTIONS /umum HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto r = c.reply();
    EXPECT_EQ(status(r), 204);
    EXPECT_EQ(header(r, "Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(header(r, "Content-Length"), "");
  }
}
TEST(Server, IfNoneMatchTakesAListAWeakNameAndAStar) {
  Site s;
  Client c(s.server->port());
  for (const std::string& path : {std::string("/umum"), asset("console.css")}) {
    const auto ask = [&](const std::string& known) {
      c.get(path, known.empty() ? "" : "If-None-Match: " + known + "\r\n");
      return c.reply();
    };
    const auto etag = header(ask(""), "ETag");
    for (const std::string& known : {std::string("*"), etag, "W/" + etag, "\"a\", " + etag, "\"a\",W/" + etag + " ,\"b\""})
      EXPECT_EQ(status(ask(known)), 304) << path << known;
    for (const std::string& known : {std::string("\"a\""), std::string("\"*\""), "\"" + etag, etag.substr(1, etag.size() - 2)})
      EXPECT_EQ(status(ask(known)), 200) << path << known;
  }
}
TEST(Server, APartIsSentOnlyOfTheFileItsAskerHolds) {
  Site s;
  Client c(s.server->port());
  const std::string path = asset("console.css");
  const auto ask = [&](const std::string& headers) {
    c.get(path, headers);
    return c.reply();
  };
  const auto whole = ask("");
  const auto etag = header(whole, "ETag"), packed_etag = header(ask("Accept-Encoding: br\r\n"), "ETag");
  EXPECT_NE(etag, packed_etag) << "two encodings are two representations";
  EXPECT_EQ(header(whole, "Accept-Ranges"), "bytes");
  EXPECT_EQ(status(ask("Range: bytes=10-19\r\nIf-Range: " + etag + "\r\n")), 206);
  for (const std::string& held :
       {std::string("\"other\""), "W/" + etag, packed_etag, std::string("Tue, 24 Nov 2026 02:00:00 GMT")}) {
    const auto r = ask("Range: bytes=10-19\r\nIf-Range: " + held + "\r\n");
    EXPECT_EQ(status(r), 200) << held;
    EXPECT_EQ(body(r), body(whole));
    EXPECT_EQ(status(ask("Range: bytes=99999999-\r\nIf-Range: " + held + "\r\n")), 200) << held;
  }
  const auto size = body(whole).size();
  const auto tail = ask("Range: bytes=-7\r\n");
  EXPECT_EQ(status(tail), 206);
  EXPECT_EQ(body(tail), body(whole).substr(size - 7));
  EXPECT_EQ(header(tail, "Content-Range"),
            "bytes " + std::to_string(size - 7) + "-" + std::to_string(size - 1) + "/" + std::to_string(size));
  EXPECT_EQ(body(ask("Range: bytes=10-\r\n")), body(whole).substr(10));
  EXPECT_EQ(body(ask("Range: bytes=-99999999\r\n")), body(whole));
  EXPECT_EQ(status(ask("Range: bytes=-0\r\n")), 416);
  for (const char* nonsense : {"bytes=", "bytes=-", "bytes=9-1", "bytes=a-b", "bytes=1", "bytes=0-1,3-4", "rows=1-2", "bytes=--1",
                               "bytes=99999999999999999999999-"})
    EXPECT_EQ(status(ask(std::string("Range: ") + nonsense + "\r\n")), 200) << nonsense;
  c.say("HEAD " + path + " HTTP/1.1\r\nHost: a\r\nRange: bytes=10-19\r\n\r\n");
  EXPECT_EQ(status(c.reply(true)), 200);  // a range is a matter of GET alone
}
TEST(Server, HealthAndMetricsNeedNoWorker) {
  Site s(1);
  Client busy(s.server->port());
  busy.get("/lama");
  s.barrier.await(1);
  Client c(s.server->port());
  c.get("/health");
  EXPECT_EQ(body(c.reply()), "ok\n");
  c.get("/health/ready");
  const auto ready = c.reply();
  EXPECT_EQ(status(ready), 200);
  EXPECT_EQ(header(ready, "X-Content-Type-Options"), "nosniff");
  c.get("/metrics");
  const auto r = c.reply();
  EXPECT_NE(r.find("# TYPE rantau_http_requests counter"), std::string::npos);
  EXPECT_TRUE(r.ends_with("# EOF\n"));
}
TEST(Server, BrowserFilesAreImmutableCompressedAndInRanges) {
  Site s;
  Client c(s.server->port());
  const std::string path = asset("console.css");
  c.get(path);
  const auto whole = c.reply();
  ASSERT_EQ(status(whole), 200);
  EXPECT_EQ(header(whole, "Cache-Control"), "public, max-age=31536000, immutable");
  c.get(path, "Accept-Encoding: br\r\n");
  const auto packed = c.reply();
  EXPECT_EQ(header(packed, "Content-Encoding"), "br");
  EXPECT_LT(body(packed).size(), body(whole).size());
  c.get(path, "Range: bytes=10-19\r\n");
  const auto part = c.reply();
  EXPECT_EQ(status(part), 206);
  EXPECT_EQ(body(part), body(whole).substr(10, 10));
  c.get(path, "Range: bytes=99999999-\r\n");
  EXPECT_EQ(status(c.reply()), 416);
  c.get(path, "If-None-Match: " + header(whole, "ETag") + "\r\n");
  EXPECT_EQ(status(c.reply()), 304);
  c.get("/s/tidak.00000000.css");
  EXPECT_EQ(status(c.reply()), 404);
}

}  // namespace
}  // namespace rantau::web
