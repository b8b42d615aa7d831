// One connection, from its first byte to its last, and what all of them share. With Boost.Beast, which takes long to compile:
// server.cc alone includes this. A request goes through it top to bottom: read its header, answer at once or read its body,
// hand it to a worker (worker.h), write the reply; or refuse it; or stay open as a stream of events.
#pragma once
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/crypto.h"
#include "base/log.h"
#include "web/answer.h"
#include "web/browserfile.h"
#include "web/framing.h"
#include "web/incoming.h"
#include "web/kit.h"
#include "web/metrics.h"
#include "web/multipart.h"
#include "web/pagecache.h"
#include "web/quarantine.h"
#include "web/worker.h"

namespace rantau::web {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using tcp = net::ip::tcp;
using namespace std::chrono_literals;

constexpr auto header_time = 10s;    // to send a whole header
constexpr auto body_time = 60s;      // to send a whole body
constexpr auto idle_time = 30s;      // between two requests of a kept connection
constexpr auto write_time = 30s;     // to take the answer, and a second more for each 8 KiB of it
constexpr auto farewell_time = 20s;  // for what runs when the server stops
constexpr std::size_t header_limit = 16 * 1024, queue_limit = 1024, most_connections = 4096, event_queue = 64;
constexpr std::size_t memory_limit = 2 * 1024 * 1024;  // a body without files is kept in memory, and is never longer
constexpr std::size_t piece_size = 64 * 1024;          // of a form with files

class Connection;

// What all connections share.
struct House {
  const ServerOptions& options;
  const Router& router;
  const Gate& gate;
  db::Store& store;
  net::io_context io{1};
  std::unique_ptr<net::thread_pool> pool;
  net::thread_pool spool{1};  // writes what arrives into quarantine, so that a slow disk holds up no other connection
  Quarantine quarantine{options.quarantine};
  std::atomic<std::size_t> queued{0};
  std::atomic<bool> stopping{false};
  std::set<std::shared_ptr<Connection>> connections;                                    // I/O thread only
  std::map<std::string, std::set<std::shared_ptr<Connection>>, std::less<>> listeners;  // SSE topics; I/O thread only
  PageCache pages{};
  Metrics metrics{};
  Workshop workshop{router, gate, store, pages, metrics};
  std::string site{};
  DateLine date{};  // I/O thread only
};

// A form with files on its way into quarantine.
struct Arriving {
  Arriving(http::request_parser<http::string_body>&& header, std::string_view boundary, Quarantine& quarantine)
      : parser(std::move(header)), reader(boundary, &quarantine) {}
  http::request_parser<http::buffer_body> parser;
  MultipartReader reader;
  std::array<char, piece_size> piece;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, House& house) : stream_(std::move(socket)), timer_(house.io), house_(house) {
    boost::system::error_code ec;
    stream_.socket().set_option(tcp::no_delay(true), ec);
    auto peer = stream_.socket().remote_endpoint(ec);
    address_ = ec ? "" : peer.address().to_string();
    loopback_ = !ec && peer.address().is_loopback();
  }

  void next() {
    parser_.emplace();
    parser_->header_limit(header_limit);
    parser_->body_limit(boost::none);
    arriving_.reset();
    busy_ = false;
    out_ = {};
    if (house_.stopping) return close();
    arm(first_ ? header_time : idle_time);
    first_ = false;
    // A byte begins the request: from here the whole header has its own ten seconds.
    if (buffer_.size() > 0) return read_header();
    stream_.async_read_some(buffer_.prepare(8192), [self = shared_from_this()](beast::error_code ec, std::size_t n) {
      self->buffer_.commit(n);
      if (ec) return self->close();
      self->read_header();
    });
  }

  void publish(const std::shared_ptr<const std::string>& event) {
    if (events_.size() >= event_queue) return close();  // a screen that does not read loses its stream, not the server memory
    events_.push_back(event);
    if (events_.size() == 1) write_event();
  }

  bool busy() const { return busy_; }

  void close() {
    timer_.cancel();
    boost::system::error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ec);
    stream_.socket().close(ec);
    if (auto found = house_.listeners.find(topic_); found != house_.listeners.end()) {
      found->second.erase(shared_from_this());
      if (found->second.empty()) house_.listeners.erase(found);
    }
    house_.connections.erase(shared_from_this());
  }

 private:
  void arm(std::chrono::seconds time) {
    timed_out_ = false;
    timer_.expires_after(time);
    timer_.async_wait([self = weak_from_this()](beast::error_code ec) {
      auto me = self.lock();
      if (ec || !me) return;
      me->timed_out_ = true;
      me->stream_.cancel();
    });
  }

  void read_header() {
    busy_ = true;
    arm(header_time);
    header_size_ = 0;
    take_header();
  }

  // The parser takes a field as soon as it is whole and limits what is left; the sum of all is ours to limit. It also joins
  // the lines of a folded field, which RFC 9112 (5.2) lets a server refuse: nobody honest folds, and proxies differ in it.
  void take_header() {
    beast::error_code ec;
    const auto seen = buffer_.data();
    const std::size_t used = parser_->put(seen, ec);
    const std::string_view taken(static_cast<const char*>(seen.data()), used);
    const bool folded = taken.find("\r\n ") != std::string_view::npos || taken.find("\r\n\t") != std::string_view::npos;
    buffer_.consume(used);
    header_size_ += used;
    if (ec == http::error::header_limit || header_size_ + (parser_->is_header_done() ? 0 : buffer_.size()) > header_limit)
      return header_too_large();
    if (folded || (ec && ec != http::error::need_more)) return malformed(400);
    if (parser_->is_header_done()) return have_header();
    stream_.async_read_some(buffer_.prepare(8192), [self = shared_from_this()](beast::error_code failed, std::size_t n) {
      if (self->timed_out_) return self->malformed(408);
      if (failed) return self->close();
      self->buffer_.commit(n);
      self->take_header();
    });
  }

  // The header so far; half of it when it is refused.
  Framing parsed() const {
    const auto& m = parser_->get();
    Framing f;
    f.version = static_cast<int>(m.version());
    f.target = std::string(m.target());
    for (const auto& h : m) f.headers.emplace_back(std::string(h.name_string()), std::string(h.value()));
    f.method = std::string(m.method_string());
    to_origin_form(f);
    return f;
  }

  void have_header() {
    Framing f = parsed();
    if (int status = check_framing(f)) return malformed(status);
    if (answer_at_once(f)) return;
    const std::string boundary = f.method == "POST" ? boundary_of(f.header("content-type")) : "";
    const std::size_t limit = std::min(body_limit(house_.router, f), boundary.empty() ? memory_limit : std::size_t(-1));
    framing_ = std::move(f);
    if (auto length = parser_->content_length(); length && *length > limit) return too_large(*length, limit);
    parser_->body_limit(limit);
    if (parser_->is_done()) return to_worker();
    const auto length = parser_->content_length().value_or(0);
    limit_ = limit;
    if (!boundary.empty()) arriving_ = std::make_unique<Arriving>(std::move(*parser_), boundary, house_.quarantine);
    arm(body_time + std::chrono::seconds(length / 8192));
    if (framing_.version >= 11 && beast::iequals(framing_.header("expect"), "100-continue")) {
      static const std::string go = "HTTP/1.1 100 Continue\r\n\r\n";
      net::async_write(stream_, net::buffer(go),
                       [self = shared_from_this()](beast::error_code e, std::size_t) { e ? self->close() : self->read_body(); });
      return;
    }
    read_body();
  }

  void read_body() {
    if (arriving_) return read_piece();
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code ec, std::size_t) {
      if (self->timed_out_) return self->malformed(408);
      if (ec == http::error::body_limit) return self->too_large(0, self->limit_);
      if (ec) return self->malformed(400);
      self->to_worker();
    });
  }

  void read_piece() {
    auto& body = arriving_->parser.get().body();
    body.data = arriving_->piece.data();
    body.size = arriving_->piece.size();
    http::async_read(stream_, buffer_, arriving_->parser, [self = shared_from_this()](beast::error_code ec, std::size_t) {
      if (self->timed_out_) return self->malformed(408);
      if (ec == http::error::body_limit) return self->too_large(0, self->limit_);
      if (ec && ec != http::error::need_buffer) return self->malformed(400);
      self->keep_piece();
    });
  }
  void keep_piece() {
    const std::size_t n = arriving_->piece.size() - arriving_->parser.get().body().size;
    net::post(house_.spool, [self = shared_from_this(), n] {
      auto state = MultipartReader::State::no_room;
      try {
        state = self->arriving_->reader.take({self->arriving_->piece.data(), n});
      } catch (const std::exception& e) { log("web.upload_fault").with_system("what", e.what()); }
      net::post(self->house_.io, [self, state] { self->kept_piece(state); });
    });
  }
  void kept_piece(MultipartReader::State state) {
    if (timed_out_) return malformed(408);
    if (state == MultipartReader::State::too_large) return too_large(0, limit_);
    if (state == MultipartReader::State::no_room) return malformed(503);
    if (arriving_->parser.is_done()) return to_worker();
    read_piece();  // also of a broken form: the rest is read past, and the answer says what was wrong
  }

  std::string site() const { return public_site(house_.site, house_.options.trust_proxy, framing_); }

  // What needs no worker: kept pages, browser files, health and metrics, and methods that nothing here has.
  bool answer_at_once(const Framing& f) {
    const bool reads = f.method == "GET" || f.method == "HEAD";
    if (f.method == "POST" && !is_own(f.path())) return false;
    keep_alive_ = parser_->keep_alive() && parser_->is_done();  // a body nobody reads must not become the next request
    head_ = f.method == "HEAD";
    const std::string where = public_site(house_.site, house_.options.trust_proxy, f);
    if (!reads) {
      drain_ = f.method != "OPTIONS";
      keep_alive_ = keep_alive_ && !drain_;
      Reply reply = other_method(house_.router, f);
      house_.metrics.note(reply.status, 0);
      plainly(std::move(reply), where);
      return true;
    }
    if (f.target.starts_with("/s/")) {
      plainly(browser_reply(f.path().substr(3), f), where);
      return true;
    }
    if (f.target == "/health" || f.target == "/ready" || f.target == "/health/ready" ||
        (f.target == "/metrics" && loopback_ && f.header("x-forwarded-for").empty())) {
      plainly(own_page(f.target, house_.metrics, house_.store), where);
      return true;
    }
    if (house_.options.dev || !visitor(f)) return false;
    auto kept = house_.pages.find(page_key(f, where), stamp(house_.store));
    if (!kept) return false;
    house_.metrics.kept.fetch_add(1, std::memory_order_relaxed);
    send_kept(kept, f.header("if-none-match"));
    return true;
  }

  void send_kept(std::shared_ptr<const Kept> kept, const std::string& known) {
    if (house_.stopping) keep_alive_ = false;
    const std::string& bytes = knows(known, kept->etag) ? kept->unchanged : head_ ? kept->head : kept->bytes;
    if (!keep_alive_) return send(with_close(bytes));
    out_kept_ = std::move(kept);
    write(bytes);
  }

  // What the header asks for, without the body.
  Request asked() const {
    Request q;
    q.method = framing_.method;
    q.path = *decode_path(framing_.path());
    q.query_text = framing_.query();
    q.headers = framing_.headers;
    q.site = site();
    return q;
  }

  void to_worker() {
    timer_.cancel();
    keep_alive_ = arriving_ ? arriving_->parser.keep_alive() : parser_->keep_alive();
    head_ = framing_.method == "HEAD";
    if (house_.queued >= queue_limit) return refuse_busy();
    ++house_.queued;
    const auto task = std::make_shared<Task>();
    task->request = asked();
    Request& q = task->request;
    if (!arriving_) q.body = std::move(parser_->get().body());
    if (arriving_ && arriving_->reader.state() == MultipartReader::State::done) task->arrived = arriving_->reader.parts();
    arriving_.reset();
    q.metrics = &house_.metrics;
    q.address = house_.options.trust_proxy ? forwarded_client(framing_, address_) : address_;
    q.request_id = crypto::hex(crypto::random_bytes(6));
    task->page_key = page_key(framing_, q.site);
    task->may_keep = !house_.options.dev && visitor(framing_) && framing_.method != "POST";
    task->keep_alive = keep_alive_;
    net::post(*house_.pool, [self = shared_from_this(), task] {
      const auto made = std::make_shared<Made>(make(self->house_.workshop, *task));
      net::post(self->house_.io, [self, made] {
        --self->house_.queued;
        if (made->bytes.empty()) return self->malformed(500);
        if (!made->topic.empty()) return self->listen(made->topic, std::move(made->bytes));
        self->send(std::move(made->bytes));
      });
    });
  }

  void refuse_busy() {
    house_.metrics.note(503, 0);
    plainly(busy_reply(), house_.site);
  }

  // Refused before it was read: a person who sent a large photo gets our page, with the way back.
  void too_large(std::uint64_t sent, std::size_t limit) {
    refuse_unread(413, [this, sent, limit](const Request& q) { return web::too_large(house_.router, q, sent, limit); });
  }
  void header_too_large() {
    framing_ = parsed();
    if (!decode_path(framing_.path())) return malformed(431);
    refuse_unread(431, [](const Request& q) { return web::header_too_large(q); });
  }

  // A page costs a worker; when none is free, or none can be made, the plain sentence says it.
  void refuse_unread(int status, std::function<Reply(const Request&)> page) {
    timer_.cancel();
    arriving_.reset();
    keep_alive_ = false;
    drain_ = true;
    if (house_.queued >= queue_limit) return malformed(status);
    ++house_.queued;
    const auto q = std::make_shared<Request>(asked());
    net::post(*house_.pool, [self = shared_from_this(), q, status, page = std::move(page)] {
      const auto bytes = std::make_shared<std::string>(make_refusal(*q, page));
      net::post(self->house_.io, [self, bytes, status] {
        --self->house_.queued;
        if (bytes->empty()) return self->malformed(status);
        self->house_.metrics.note(status, 0);
        self->send(std::move(*bytes));
      });
    });
  }

  // Bytes that are no request: the status, a plain sentence, and the connection closes, so that nothing hidden in them can run.
  void malformed(int status) {
    house_.metrics.note(status, 0);
    keep_alive_ = false;
    drain_ = true;
    arriving_.reset();
    plainly(malformed_reply(status, parser_ ? std::string_view(parser_->get().target()) : std::string_view()), house_.site);
  }

  void plainly(Reply reply, const std::string& site) {
    harden({.site = site}, reply);
    send(frame(reply, keep_alive_, head_ && !drain_));
  }

  // Who is told to keep a connection that the end of the program closes would send its next request into nothing.
  void send(std::string bytes) {
    if (house_.stopping && keep_alive_) bytes = with_close(bytes);
    keep_alive_ = keep_alive_ && !house_.stopping;
    out_ = std::move(bytes);
    write(out_);
  }

  // The date goes behind the status line: a kept page is the same bytes for a long time, its date is not.
  void write(std::string_view bytes) {
    arm(write_time + std::chrono::seconds(bytes.size() / 8192));
    date_ = house_.date.at(house_.store.now());
    const auto line = bytes.find("\r\n") + 2;
    const std::array<net::const_buffer, 3> all{net::buffer(bytes.substr(0, line)), net::buffer(date_),
                                               net::buffer(bytes.substr(line))};
    net::async_write(stream_, all, [self = shared_from_this()](beast::error_code ec, std::size_t) {
      self->out_kept_.reset();
      if (ec) return self->close();
      if (self->drain_) return self->drain();
      if (!self->keep_alive_) return self->close();
      self->next();
    });
  }

  // Reads what the other side still sends, for a moment, so that the refusal is not lost in a reset.
  void drain() {
    boost::system::error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    arm(2s);
    buffer_.clear();
    drain_more(0);
  }
  void drain_more(std::size_t so_far) {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(8192), [self = shared_from_this(), so_far](beast::error_code ec, std::size_t n) {
      if (ec || so_far > 1024 * 1024) return self->close();
      self->drain_more(so_far + n);
    });
  }

  void listen(const std::string& topic, std::string head) {
    if (house_.stopping) return close();
    topic_ = topic;
    house_.listeners[topic].insert(shared_from_this());
    busy_ = false;
    timer_.cancel();
    head.insert(head.find("\r\n") + 2, house_.date.at(house_.store.now()));
    events_.push_back(std::make_shared<std::string>(std::move(head)));
    write_event();
    beat();
    watch();
  }
  void watch() {  // the other side closing is the only thing it can say
    stream_.async_read_some(buffer_.prepare(256),
                            [self = shared_from_this()](beast::error_code ec, std::size_t) { ec ? self->close() : self->watch(); });
  }
  void beat() {
    timer_.expires_after(15s);
    timer_.async_wait([self = weak_from_this()](beast::error_code ec) {
      auto me = self.lock();
      if (ec || !me) return;
      static const auto pulse = std::make_shared<const std::string>(": .\n\n");
      me->publish(pulse);
      me->beat();
    });
  }
  void write_event() {
    net::async_write(stream_, net::buffer(*events_.front()), [self = shared_from_this()](beast::error_code ec, std::size_t) {
      if (ec) return self->close();
      self->events_.pop_front();
      if (!self->events_.empty()) self->write_event();
    });
  }

  beast::tcp_stream stream_;
  net::steady_timer timer_;
  House& house_;
  beast::flat_buffer buffer_{header_limit * 4};
  std::optional<http::request_parser<http::string_body>> parser_;
  Framing framing_;
  std::unique_ptr<Arriving> arriving_;
  std::size_t header_size_ = 0;
  std::size_t limit_ = 0;  // of the body that is being read
  std::string address_, out_, date_, topic_;
  std::shared_ptr<const Kept> out_kept_;
  std::deque<std::shared_ptr<const std::string>> events_;
  bool loopback_ = false, first_ = true, busy_ = false, timed_out_ = false, keep_alive_ = true, head_ = false, drain_ = false;
};

}  // namespace rantau::web
