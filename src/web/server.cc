// The server: accepts connections, publishes events, stops. One I/O thread reads and writes; a pool runs the handlers.
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <thread>

#include "web/connection.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

class Running final : public Server {
 public:
  Running(const ServerOptions& options, const Router& router, const Gate& gate, db::Store& store)
      : options_(options),
        gate_(gate),
        house_{options_, router, gate_, store},
        acceptor_(house_.io),
        pause_(house_.io),
        signals_(house_.io) {
    house_.pool = std::make_unique<net::thread_pool>(static_cast<std::size_t>(std::max(1, options.workers)));
    listen();
    port_ = acceptor_.local_endpoint().port();
    house_.site = options.site.empty() ? "http://localhost:" + std::to_string(port_) : options.site;
    while (house_.site.ends_with('/')) house_.site.pop_back();
    if (options.dev) read_from_disk(".");
    accept();
    thread_ = std::thread([this] {
      const auto stay = net::make_work_guard(house_.io);  // stop() asks this thread, also when nothing is open any more
      house_.io.run();
    });
    log("web.listening").with("port", port_).with("workers", options.workers);
  }
  ~Running() override { stop(); }

  int port() const override { return port_; }

  void publish(std::string_view topic, std::string_view event, std::string_view data) override {
    std::string text = "event: " + std::string(event) + "\n";
    for (std::size_t from = 0; from <= data.size();) {  // a line of data a line of text
      auto end = std::min(data.find('\n', from), data.size());
      text += "data: " + std::string(data.substr(from, end - from)) + "\n";
      from = end + 1;
    }
    auto bytes = std::make_shared<const std::string>(text + "\n");
    net::post(house_.io, [this, topic = std::string(topic), bytes] {
      auto found = house_.listeners.find(topic);
      if (found == house_.listeners.end()) return;
      const auto all = found->second;
      for (const auto& c : all) c->publish(bytes);
    });
  }

  void wait() override {
    std::signal(SIGPIPE, SIG_IGN);
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](beast::error_code ec, int) {
      if (ec) return;
      std::lock_guard lock(mutex_);
      told_ = true;
      heard_.notify_all();
    });
    std::unique_lock lock(mutex_);
    heard_.wait(lock, [this] { return told_; });
    lock.unlock();
    stop();
  }

  void stop() override {
    if (!thread_.joinable()) return;
    log("web.stopping");
    house_.stopping = true;
    net::post(house_.io, [this] {
      boost::system::error_code ec;
      acceptor_.close(ec);
      signals_.cancel(ec);
      pause_.cancel();
      const auto all = house_.connections;
      for (const auto& c : all)
        if (!c->busy()) c->close();
    });
    const auto until = std::chrono::steady_clock::now() + farewell_time;
    while (std::chrono::steady_clock::now() < until && open() > 0) std::this_thread::sleep_for(20ms);
    house_.pool->stop();
    house_.pool->join();
    house_.spool.stop();
    house_.spool.join();
    house_.io.stop();
    thread_.join();
    house_.listeners.clear();
    house_.connections.clear();
  }

 private:
  std::size_t open() {
    std::promise<std::size_t> count;
    net::post(house_.io, [&] { count.set_value(house_.connections.size()); });
    return count.get_future().get();
  }

  void listen() try {
    const tcp::endpoint where(net::ip::make_address(options_.bind), static_cast<std::uint16_t>(options_.port));
    acceptor_.open(where.protocol());
    acceptor_.set_option(net::socket_base::reuse_address(true));
    acceptor_.bind(where);
    acceptor_.listen(1024);
  } catch (const boost::system::system_error& e) { throw CannotListen(e.code().value(), std::system_category()); }

  void accept() {
    acceptor_.async_accept([this](beast::error_code ec, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (ec) {  // no descriptors left: wait instead of spinning
        pause_.expires_after(50ms);
        pause_.async_wait([this](beast::error_code stopped) {
          if (!stopped && acceptor_.is_open()) accept();
        });
        return;
      }
      if (house_.connections.size() < most_connections) {
        auto connection = std::make_shared<Connection>(std::move(socket), house_);
        house_.connections.insert(connection);
        connection->next();
      }
      accept();
    });
  }

  ServerOptions options_;
  Gate gate_;
  House house_;
  tcp::acceptor acceptor_;
  net::steady_timer pause_;
  net::signal_set signals_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable heard_;
  bool told_ = false;
};

}  // namespace

std::unique_ptr<Server> Server::start(const ServerOptions& options, const Router& router, const Gate& gate, db::Store& store) {
  return std::make_unique<Running>(options, router, gate, store);
}

}  // namespace rantau::web
