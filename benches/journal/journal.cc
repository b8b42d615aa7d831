// The journal under load: `append DATA N` writes N entries and seals them, `verify DATA` proves them. One line of figures
// each, read by run.py; both are processes of their own, so that the peak memory is that of the one thing.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include "base/crypto.h"
#include "db/act.h"
#include "db/journal.h"

namespace {

using namespace rantau;
using std::chrono::steady_clock;

double seconds_since(steady_clock::time_point began) { return std::chrono::duration<double>(steady_clock::now() - began).count(); }

struct Spent {
  double cpu = 0, peak_mb = 0;
};
Spent spent() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return {seconds(use.ru_utime) + seconds(use.ru_stime), static_cast<double>(use.ru_maxrss) / 1024};
}

std::string public_key(const std::string& data) {
  std::ifstream in(data + "/keys/journal.pub");
  std::string hex;
  in >> hex;
  return crypto::unhex(hex).value_or("");
}

Actor officer() { return {.user = {41}, .org = {7}, .role = "officer"}; }

void record(Act& act, int n) {
  act.record("bench.registered", Id<struct ThingTag>{n + 1}, "purpose=verification&n=" + std::to_string(n));
}

// As an import writes: a thousand entries a transaction.
void bulk(db::Store& store, int from, int until) {
  for (int n = from; n < until; n += 1000)
    Db(store, officer()).write([&](Act& act) {
      for (int i = n; i < std::min(until, n + 1000); ++i) record(act, i);
      return Done{};
    });
}

// As people write: an entry a transaction of its own, 64 at a time, each told after COMMIT.
void each(db::Store& store, int count) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 64; ++t)
    threads.emplace_back([&, t] {
      for (int n = t; n < count; n += 64)
        Db(store, officer()).write([&](Act& act) {
          record(act, n);
          return Done{};
        });
    });
  for (auto& t : threads) t.join();
}

int append(const std::string& data, int count) {
  auto store = db::Store::open({.location = data});
  const int alone = std::min(count / 10, 100'000);
  auto began = steady_clock::now();
  each(*store, alone);
  store->seal_now();
  const double one_each = alone / seconds_since(began);
  began = steady_clock::now();
  bulk(*store, alone, count);
  store->seal_now();
  std::printf("RESULT %.0f %.0f %.1f\n", one_each, (count - alone) / seconds_since(began), spent().peak_mb);
  return 0;
}

int verify(const std::string& data, const std::optional<db::Known>& known) {
  const auto key = public_key(data);
  const auto began = steady_clock::now();
  const auto verdict = db::verify_journal_at(data, key, known);
  const double took = seconds_since(began);
  if (!verdict.intact) std::fprintf(stderr, "%s\n", verdict.what.c_str());
  std::printf("RESULT %d %lld %lld %.2f %.2f %.1f\n", verdict.intact, static_cast<long long>(verdict.entries),
              static_cast<long long>(verdict.checkpoints), took, spent().cpu, spent().peak_mb);
  return verdict.intact ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  crypto::init();
  if (argc == 4 && std::strcmp(argv[1], "append") == 0) return append(argv[2], std::atoi(argv[3]));
  if (argc == 3 && std::strcmp(argv[1], "verify") == 0) return verify(argv[2], std::nullopt);
  if (argc == 3 && std::strcmp(argv[1], "verify-noted") == 0) return verify(argv[2], db::last_checkpoint_at(argv[2]));
  std::fprintf(stderr, "usage: bench_journal append DATA N | verify DATA | verify-noted DATA\n");
  return 2;
}
