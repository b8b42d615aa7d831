// Files that arrive: into quarantine piece by piece, within limits, and gone with their request unless somebody claims them.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <fcntl.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "base/crypto.h"
#include "db/testing.h"
#include "web/kit.h"
#include "web/multipart.h"
#include "web/web.h"

namespace rantau::web {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using State = MultipartReader::State;

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}
std::string part(std::string_view head, std::string_view bytes) {
  return "--B\r\n" + std::string(head) + "\r\n\r\n" + std::string(bytes) + "\r\n";
}
const std::string name_head = "Content-Disposition: form-data; name=\"nama\"";
const std::string file_head = "Content-Disposition: form-data; name=\"foto\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg";

// --- the reader ------------------------------------------------------------------------------------------------------------
TEST(Upload, AFileLiesInQuarantineUnderARandomNameForTheOwnerAlone) {
  Quarantine q("");
  MultipartReader reader("B", &q);
  ASSERT_EQ(reader.take(part(name_head, "Siti") + part(file_head, "satu dua") + "--B--"), State::done);
  auto parts = reader.parts();
  EXPECT_EQ(parts.fields, (Pairs{{"nama", "Siti"}}));
  ASSERT_EQ(files_in(q.folder()), 1u);
  const auto path = fs::directory_iterator(q.folder())->path();
  EXPECT_EQ(path.filename().string().size(), 37u);
  EXPECT_EQ(path.string().find("a.jpg"), std::string::npos);
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(parts.files[0].bytes, "satu dua");
  EXPECT_EQ(parts.files[0].bytes.sha256(), crypto::sha256("satu dua"));
  parts = {};
  EXPECT_EQ(files_in(q.folder()), 0u);
}
TEST(Upload, WhereverTheBytesAreCutTheFormIsTheSame) {
  const std::string bytes("\r\n--C\r\n\r\n--\x00\xff\r\n-", 16);
  const std::string whole = part(name_head, "Siti") + part(file_head, bytes) + part(file_head, "") + "--B--\r\n";
  for (std::size_t step = 1; step < whole.size(); ++step) {
    Quarantine q("");
    MultipartReader reader("B", &q);
    for (std::size_t at = 0; at < whole.size(); at += step) reader.take(whole.substr(at, step));
    ASSERT_EQ(reader.state(), State::done) << step;
    const auto parts = reader.parts();
    EXPECT_EQ(parts.fields, (Pairs{{"nama", "Siti"}}));
    ASSERT_EQ(parts.files.size(), 2u);
    EXPECT_EQ(parts.files[0].bytes, bytes) << step;
    EXPECT_TRUE(parts.files[1].bytes.empty());
    EXPECT_EQ(files_in(q.folder()), 1u) << "a field left empty makes no file";
  }
}
TEST(Upload, EveryLimitIsKept) {
  const auto read = [](const std::string& body, PartLimits limits) { return MultipartReader("B", nullptr, limits).take(body); };
  const std::string text = part(name_head, std::string(60, 'x')), file = part(file_head, std::string(60, 'x'));
  EXPECT_EQ(read(text + text + "--B--", {.text = 120}), State::done);
  EXPECT_EQ(read(text + text + "--B--", {.text = 119}), State::too_large);
  EXPECT_EQ(read(file + file + "--B--", {.one_file = 60}), State::done);
  EXPECT_EQ(read(file + "--B--", {.one_file = 59}), State::too_large);
  EXPECT_EQ(read(file + file + "--B--", {.files = 1}), State::too_large);
  EXPECT_EQ(read(text + file + "--B--", {.parts = 2}), State::done);
  EXPECT_EQ(read(text + file + text + "--B--", {.parts = 2}), State::broken);
  EXPECT_EQ(read(text + "--B--", {.head = name_head.size()}), State::done);
  EXPECT_EQ(read(text + "--B--", {.head = name_head.size() - 1}), State::broken);
  EXPECT_EQ(read("--B\r\n" + std::string(200, 'x'), {.head = 100}), State::broken) << "a head that never ends";
}
TEST(Upload, ABrokenFormLeavesNoFile) {
  Quarantine q("");
  MultipartReader reader("B", &q);
  EXPECT_EQ(reader.take(part(file_head, std::string(1000, 'x')) + part("no colon", "x")), State::broken);
  EXPECT_EQ(files_in(q.folder()), 0u);
}

// --- the quarantine ---------------------------------------------------------------------------------------------------------
TEST(Quarantine, HoldsNoMoreThanItsRoomAndGivesItBack) {
  Quarantine q("", 100);
  auto one = q.begin();
  EXPECT_TRUE(one->write(std::string(60, 'x')));
  auto two = q.begin();
  EXPECT_FALSE(two->write(std::string(60, 'x')));
  one.reset();
  EXPECT_TRUE(q.begin()->write(std::string(60, 'x')));
}
TEST(Quarantine, AClaimedFileStaysAndNeverReplacesAnother) {
  Quarantine q("");
  const std::string kept = q.folder() + "/kept", other = q.folder() + "/other";
  std::ofstream(other) << "somebody else's";
  {
    auto held = q.begin();
    held->write("satu");
    held->close();
    const Bytes bytes(std::move(held));
    EXPECT_FALSE(bytes.claim(other));
    EXPECT_TRUE(bytes.claim(kept));
    EXPECT_EQ(bytes, "satu");
  }
  EXPECT_EQ(files_in(q.folder()), 2u);
  EXPECT_EQ(fs::file_size(kept), 4u);
  EXPECT_EQ(fs::file_size(other), 15u);
  EXPECT_FALSE(Bytes("dua").claim(other));
  EXPECT_TRUE(Bytes("dua").claim(other + "2"));
  EXPECT_EQ(fs::file_size(other + "2"), 3u);
}
TEST(Quarantine, AtTheStartOnlyItsOwnLeftoversAreRemoved) {
  auto db = test::db();
  const std::string folder = (fs::temp_directory_path() / ("rantau-" + crypto::hex(crypto::random_bytes(6)))).string();
  fs::create_directory(folder);
  const std::string left = folder + "/0123456789abcdef0123456789abcdef.part",
                    used = folder + "/1123456789abcdef0123456789abcdef.part";
  for (const auto& path : {left, used, folder + "/catatan.txt"}) std::ofstream(path) << "x";
  const int file = ::open(used.c_str(), O_RDONLY | O_CLOEXEC);
  ::flock(file, LOCK_EX);
  { Quarantine q(folder); }
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(used)) << "another server is receiving it";
  EXPECT_TRUE(fs::exists(folder + "/catatan.txt"));
  struct stat info {};
  ::stat(folder.c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  ::close(file);
  fs::remove_all(folder);
}

// --- on a socket --------------------------------------------------------------------------------------------------------------
struct Site {
  test::TestDb db = test::db();
  Router router;
  std::string folder;
  std::atomic<int> runs{0};
  std::unique_ptr<Server> server;
  Site() : folder((fs::temp_directory_path() / ("rantau-" + crypto::hex(crypto::random_bytes(6)))).string()) {
    set_rate_limit(false);
    router
        .post("/foto", Right::anyone,
              [this](const Request& q, Db&) {
                ++runs;
                std::string said = q.field("nama");
                for (const auto& f : q.files)
                  said += "|" + f.field + " " + f.name + " " + std::to_string(f.bytes.size()) + " " + crypto::hex(f.bytes.sha256());
                return text(said + "|" + std::to_string(files_in(folder)), "text/plain");
              })
        .limit(24 * 1024 * 1024);
    router
        .post("/baca", Right::anyone,
              [](const Request& q, Db&) { return text(crypto::hex(crypto::sha256(q.files.at(0).bytes)), "text/plain"); })
        .limit(24 * 1024 * 1024);
    router
        .post("/simpan", Right::anyone,
              [this](const Request& q, Db&) {
                return text(q.files.at(0).bytes.claim(folder + "/tersimpan") ? "ya" : "tidak", "text/plain");
              })
        .limit(1024 * 1024);
    server = Server::start({.port = 0, .workers = 2, .quarantine = folder}, router, {}, db.store());
  }
  ~Site() {
    server.reset();
    fs::remove_all(folder);
  }
  // Files go with their connection, which the server notices a moment later.
  std::size_t files_in_the_end(std::size_t want) const {
    for (int i = 0; i < 500 && files_in(folder) != want; ++i) std::this_thread::sleep_for(10ms);
    return files_in(folder);
  }
};

class Client {
 public:
  explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where), 0);
    timeval t{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  bool say(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  std::string hear() {
    std::string all;
    char piece[4096];
    for (ssize_t n; (n = ::recv(socket_, piece, sizeof piece, 0)) > 0;) all.append(piece, static_cast<std::size_t>(n));
    return all;
  }

 private:
  int socket_;
};

std::string post(std::string_view path, std::size_t length) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=B\r\n" +
         "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}
std::string send(const Site& s, std::string_view path, const std::string& body) {
  Client c(s.server->port());
  c.say(post(path, body.size()) + body);
  return c.hear();
}
int status(const std::string& reply) { return reply.size() > 12 ? std::stoi(reply.substr(9, 3)) : 0; }
std::string body(const std::string& reply) {
  const auto at = reply.find("\r\n\r\n");
  return at == std::string::npos ? "" : reply.substr(at + 4);
}

std::size_t status_kb(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(name)) return std::stoul(line.substr(name.size() + 1));
  return 0;
}

TEST(Upload, TwentyMegabytesDoNotMakeTheServerGrowByThem) {
  Site s;
  const std::string front = part(name_head, "Siti") + "--B\r\n" + file_head + "\r\n\r\n", back = "\r\n--B--\r\n";
  constexpr std::size_t megabytes = 20;
  const std::string megabyte(1 << 20, 'm');
  const auto upload = [&](std::size_t n, crypto::Sha256& sum) {
    Client c(s.server->port());
    c.say(post("/foto", front.size() + n * megabyte.size() + back.size()) + front);
    for (std::size_t i = 0; i < n; ++i) {
      sum.add(megabyte);
      EXPECT_TRUE(c.say(megabyte));
    }
    c.say(back);
    return c.hear();
  };
  crypto::Sha256 small, large;
  EXPECT_EQ(status(upload(1, small)), 200);       // everything that is made once
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak counts from here
  const auto before = status_kb("VmRSS:");
  const auto reply = upload(megabytes, large);
  const auto peak = status_kb("VmHWM:");
  EXPECT_EQ(status(reply), 200) << reply;
  EXPECT_EQ(body(reply), "Siti|foto a.jpg " + std::to_string(megabytes << 20) + " " + crypto::hex(large.digest()) + "|1");
  EXPECT_LT(peak, before + 4 * 1024);
  EXPECT_EQ(s.files_in_the_end(0), 0u);
}
TEST(Upload, AHandlerReadsTheBytesAndTheyAreGoneAfterwards) {
  Site s;
  const std::string bytes(300'000, 'b');
  EXPECT_EQ(body(send(s, "/baca", part(file_head, bytes) + "--B--\r\n")), crypto::hex(crypto::sha256(bytes)));
  EXPECT_EQ(s.files_in_the_end(0), 0u);
}
TEST(Upload, AHandlerMayClaimAFile) {
  Site s;
  EXPECT_EQ(body(send(s, "/simpan", part(file_head, "penting") + "--B--\r\n")), "ya");
  EXPECT_EQ(s.files_in_the_end(1), 1u);
  EXPECT_EQ(fs::file_size(s.folder + "/tersimpan"), 7u);
}
TEST(Upload, PastTheLimitOfTheRouteNothingIsKept) {
  Site s;
  EXPECT_EQ(status(send(s, "/foto", part(file_head, std::string(25 << 20, 'x')))), 413);  // said before it is read
  Client c(s.server->port());
  c.say("POST /simpan HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n");
  const std::string front = "--B\r\n" + file_head + "\r\n\r\n", chunk(100'000, 'x');
  for (int i = 0; i < 15; ++i) {
    const std::string bytes = i == 0 ? front + chunk : chunk;
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    if (!c.say(size + bytes + "\r\n")) break;
  }
  EXPECT_EQ(status(c.hear()), 413);
  EXPECT_EQ(s.files_in_the_end(0), 0u);
  EXPECT_EQ(s.runs, 0);
}
TEST(Upload, WhoHangsUpHalfwayLeavesNothing) {
  Site s;
  {
    Client c(s.server->port());
    c.say(post("/foto", 1'000'000) + "--B\r\n" + file_head + "\r\n\r\n" + std::string(200'000, 'x'));
    EXPECT_EQ(s.files_in_the_end(1), 1u);
  }
  EXPECT_EQ(s.files_in_the_end(0), 0u);
  EXPECT_EQ(s.runs, 0);
}
TEST(Upload, ABrokenFormIsRefusedWithAPageAndWithoutAFile) {
  Site s;
  for (const std::string& broken : {std::string("nothing at all"), part(file_head, "x") + "--X--", part("no colon", "x") + "--B--",
                                    part(file_head, std::string(200'000, 'x'))}) {
    const auto reply = send(s, "/foto", broken);
    EXPECT_EQ(status(reply), 422) << reply;
    EXPECT_NE(reply.find("<h1"), std::string::npos);
  }
  EXPECT_EQ(s.files_in_the_end(0), 0u);
  EXPECT_EQ(s.runs, 0);
}
TEST(Upload, ATextFieldAsLargeAsAFileIsRefused) {
  Site s;
  EXPECT_EQ(status(send(s, "/foto", part(name_head, std::string(3 << 20, 'x')) + "--B--")), 413);
  EXPECT_EQ(s.runs, 0);
}
TEST(Upload, ABodyThatIsNoFormWithFilesIsNeverLargerThanMemoryAllows) {
  Site s;
  Client c(s.server->port());
  c.say("POST /foto HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n\r\n");
  EXPECT_EQ(status(c.hear()), 413);
}
TEST(Upload, ManyAtOnceDoNotMixTheirBytes) {
  Site s;
  std::vector<std::thread> all;
  std::atomic<int> good{0};
  for (int i = 0; i < 8; ++i)
    all.emplace_back([&, i] {
      const std::string bytes(150'000 + static_cast<std::size_t>(i) * 7, static_cast<char>('a' + i));
      if (body(send(s, "/baca", part(file_head, bytes) + "--B--\r\n")) == crypto::hex(crypto::sha256(bytes))) ++good;
    });
  for (auto& t : all) t.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(s.files_in_the_end(0), 0u);
}

}  // namespace
}  // namespace rantau::web
