// The invented province holds what its stories promise.
#include "demo/demo.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>

#include "base/crypto.h"
#include "db/db.h"
#include "modules/access/access.h"
#include "modules/offers/offers.h"

namespace rantau::demo {
namespace {

TEST(Demo, AnOpenOrderNamesItsRegisteredEmployerAndNothingSpeaksAgainstIt) {
  const auto folder = std::filesystem::temp_directory_path() / ("rantau-demo-" + crypto::hex(crypto::random_bytes(6)));
  const Date today = *parse_iso("2026-11-24");
  std::atomic<std::int64_t> clock{from_local(today, 9, 0).ms};
  auto store = db::Store::open({.location = folder.string(), .clock = [&clock] { return Instant{clock.load()}; }});
  make(*store, {.people = 1500, .seed = 5, .today = today, .set_clock = [&clock](Instant t) { clock = t.ms; }});
  clock = from_local(today, 9, 0).ms;
  Db(*store, access::system_actor()).read([&](Act& act) {
    int total = 0;
    const auto open = offers::open_orders(act, {}, 1000, total);
    EXPECT_GT(open.size(), 5U);
    for (const auto& o : open) {
      EXPECT_TRUE(o.employer) << o.number;
      for (const auto& f : offers::faults(o, offers::facts_for(act, o), act.today))
        ADD_FAILURE() << o.number << " " << word(f.fault);
    }
    return true;
  });
  store.reset();
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace rantau::demo
