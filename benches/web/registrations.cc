// The kit under load: POST /daftar writes one row and one journal entry, durably. One route on the real server, store and
// journal, because the product has no public form this small. `--store` writes the same without HTTP. `--one-each` turns
// group commit off, for the comparison.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "base/crypto.h"
#include "db/act.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/web.h"

namespace {

using namespace rantau;

using RegistrationId = Id<struct RegistrationTag>;

const web::Form registration{"bench",
                             {{.name = "name", .required = true, .max = 80}, {.name = "phone", .required = true, .max = 20}}};

Result<RegistrationId> registered(Act& act, std::string_view name, std::string_view phone) {
  const auto fresh = act.fresh<RegistrationId>();
  act.db("INSERT INTO bench_registration(id, name, phone, at) VALUES ($1, $2, $3, $4)", fresh, name, phone, act.now);
  act.record("bench.registered", fresh);
  return fresh;
}

web::Reply enrol(const web::Request& q, Db& db) {
  const auto typed = registration.read(q);
  if (!typed.good()) return web::problem_again(q, typed);
  auto id = db.write([&](Act& act) { return registered(act, typed.text("name"), typed.text("phone")); });
  if (!id) return web::refuse(q, id.refusal());
  return web::json("{\"id\":\"" + to_string_id(id->value) + "\"}", 201);
}

void make_table(db::Store& store) {
  Db(store, {}).write([](Act& act) {
    act.db(
        "CREATE TABLE IF NOT EXISTS bench_registration(id BIGINT PRIMARY KEY, name TEXT NOT NULL, phone TEXT NOT NULL, at BIGINT "
        "NOT NULL)");
    return Done{};
  });
}

double cpu_seconds() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
         static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

// The store without HTTP and without a load generator beside it: `threads` callers, each waiting for its COMMIT.
int store_alone(const char* data, int threads, double seconds, bool one_each) {
  auto store = db::Store::open({.location = data, .group_commit = !one_each});
  make_table(*store);
  std::atomic<bool> over = false;
  std::atomic<std::int64_t> done = 0;
  const std::int64_t commits = store->figures().commits;
  const double cpu = cpu_seconds();
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> callers;
  for (int t = 0; t < threads; ++t)
    callers.emplace_back([&] {
      Db db(*store, {});
      for (std::int64_t n = 0; !over; ++n) {
        const auto id = db.write([&](Act& act) {
          return registered(act, "Wulan Saptarini " + std::to_string(n), "081200000" + std::to_string(n % 900 + 100));
        });
        if (id) ++done;
      }
    });
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  for (auto& t : callers) t.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const auto count = static_cast<double>(done);
  std::printf("STORE %.0f %.1f %.1f\n", count / took.count(), (cpu_seconds() - cpu) * 1e6 / count,
              count / static_cast<double>(store->figures().commits - commits));
  return 0;
}

// What this disk takes for one small durable write: 4 KiB appended and fdatasync, as a commit does. Median of so many.
int disk(const char* folder, int times) {
  const std::string path = std::string(folder) + "/sync";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  std::vector<double> took;
  for (int i = 0; i < times; ++i) {
    const auto began = std::chrono::steady_clock::now();
    if (::write(file, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || ::fdatasync(file) != 0) return 1;
    took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  ::close(file);
  ::unlink(path.c_str());
  std::sort(took.begin(), took.end());
  std::printf("DISK %.3f\n", took[took.size() / 2]);
  return 0;
}

int serve(const char* data, int port, bool one_each, int workers) {
  auto store = db::Store::open({.location = data, .group_commit = !one_each});
  make_table(*store);
  web::set_rate_limit(false);
  web::Router router;
  router.post("/daftar", Right::anyone, enrol);
  auto server = web::Server::start({.port = port, .workers = workers}, router, {}, *store);
  std::printf("ready %d\n", server->port());
  std::fflush(stdout);
  server->wait();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  crypto::init();
  const auto is = [&](int i, const char* word) { return argc > i && std::strcmp(argv[i], word) == 0; };
  const bool one_each = is(argc - 1, "--one-each");
  if (argc >= 5 && is(2, "--store")) return store_alone(argv[1], std::atoi(argv[3]), std::atof(argv[4]), one_each);
  if (argc >= 3 && is(2, "--disk")) return disk(argv[1], 1000);
  if (argc >= 3) return serve(argv[1], std::atoi(argv[2]), one_each, 64);
  std::fprintf(stderr,
               "usage: bench_registrations DATA PORT [--one-each] | DATA --store THREADS SECONDS [--one-each] | DATA --disk\n");
  return 2;
}
