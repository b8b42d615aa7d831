// The kit under load: POST /daftar writes one row and one journal entry, durably. One route on the real server, store and
// journal, because the product has no public form this small. `--one-each` turns group commit off, for the comparison.
#include <cstdio>
#include <cstring>

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

web::Reply enrol(const web::Request& q, Db& db) {
  const auto typed = registration.read(q);
  if (!typed.good()) return web::problem_again(q, typed);
  auto id = db.write([&](Act& act) -> Result<RegistrationId> {
    const auto fresh = act.fresh<RegistrationId>();
    act.db("INSERT INTO bench_registration(id, name, phone, at) VALUES ($1, $2, $3, $4)", fresh, typed.text("name"),
           typed.text("phone"), act.now);
    act.record("bench.registered", fresh);
    return fresh;
  });
  if (!id) return web::refuse(q, id.refusal());
  return web::json("{\"id\":\"" + to_string_id(id->value) + "\"}", 201);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_registrations DATA PORT [--one-each]\n");
    return 2;
  }
  crypto::init();
  const bool one_each = argc > 3 && std::strcmp(argv[3], "--one-each") == 0;
  auto store = db::Store::open({.location = argv[1], .group_commit = !one_each});
  Db(*store, {}).write([](Act& act) {
    act.db(
        "CREATE TABLE IF NOT EXISTS bench_registration(id BIGINT PRIMARY KEY, name TEXT NOT NULL, phone TEXT NOT NULL, at BIGINT "
        "NOT NULL)");
    return Done{};
  });
  web::set_rate_limit(false);
  web::Router router;
  router.post("/daftar", Right::anyone, enrol);
  const int workers = argc > 4 ? std::atoi(argv[4]) : 64;
  auto server = web::Server::start({.port = std::atoi(argv[2]), .workers = workers}, router, {}, *store);
  std::printf("ready %d\n", server->port());
  std::fflush(stdout);
  server->wait();
}
