// rantau demo: makes the invented province and prints who can sign in.
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stdexcept>

#include "base/money.h"
#include "cli/command.h"
#include "cli/office.h"
#include "cli/program.h"
#include "db/making.h"
#include "demo/demo.h"
#include "modules/access/access.h"

namespace rantau::cli {

namespace {

// A whole number option, or its usual value; nothing when it is no number in the range.
std::optional<int> number(const Words& words, std::string_view name, int usual, int least, int most) {
  if (!words.has(name)) return usual;
  const auto n = parse_whole(words.option(name));
  if (!n || *n < least || *n > most) return std::nullopt;
  return static_cast<int>(*n);
}

void print_accounts(const demo::Made& made, const std::string& file) {
  std::ofstream kept;
  if (!file.empty()) kept.open(file, std::ios::trunc);
  for (const auto& a : made.accounts) {
    char line[300];
    std::snprintf(line, sizeof line, "%-14s %-34s %-18s %s, %s", a.login.c_str(), a.password.c_str(), a.role.c_str(),
                  a.name.c_str(), a.org.c_str());
    std::printf("  %s\n", line);
    if (kept) kept << line << "\n";
  }
}

// Removes what an interrupted demo left. Only where its mark stands: an office is never touched. Keys stay: they fit a new one.
void clear_unfinished(const std::string& folder) {
  for (const char* name : {"/rantau.db", "/rantau.db-wal", "/rantau.db-shm", "/akun-contoh.txt"})
    std::filesystem::remove(folder + name);
}

void set_mark(const std::string& file) {
  std::ofstream mark(file);
  mark << "rantau demo\n";
  if (!mark.flush()) throw std::runtime_error(file + " cannot be written");
}

}  // namespace

int make_demo(const Words& words, const Config& config) {
  const auto people = number(words, "people", 20000, 100, 10'000'000);
  const auto companies = number(words, "companies", 0, 4, 6912);
  const auto orders = number(words, "orders", 0, 24, 1'000'000);
  const auto seed = number(words, "seed", 1, 0, 2'000'000'000);
  if (!people || !companies || !orders || !seed)
    return complain("Bilangan di luar batas: --people 100.., --companies 4..6912, --orders 24.., --seed 0..",
                    "A number is out of range: --people 100.., --companies 4..6912, --orders 24.., --seed 0..");
  const Date today =
      words.has("today")
          ? parse_iso(words.option("today")).value_or(Date{})
          : day_of({std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                        .count()});
  if (!today.known()) return complain("Tanggal ditulis YYYY-MM-DD.", "A date is written YYYY-MM-DD.");

  const std::string& folder = config.text("data");
  const std::optional<Hold> hold = in_folder(config) ? Hold::take(folder) : std::nullopt;
  std::optional<db::Making> making = in_folder(config) ? std::nullopt : db::Making::begin(config.text("db"));
  if (!in_folder(config) && !making)
    return complain("Basis data ini sedang diisi provinsi contoh oleh rantau lain. Tunggu sampai selesai.",
                    "Another rantau is making the demo province in this database. Wait until it is done.", 1);
  if (in_folder(config)) {
    if (!hold) return held_already(folder);
    if (std::filesystem::exists(demo_mark(folder)))
      clear_unfinished(folder);
    else if (const auto orphaned = keys_without_office(config))
      return *orphaned;
    if (!std::filesystem::exists(folder + "/rantau.db")) set_mark(demo_mark(folder));
  }
  auto clock = std::make_shared<std::atomic<std::int64_t>>(from_local(today, 9, 0).ms);
  // The same seed on the same day is the same province to the last public code.
  auto chance = std::make_shared<std::mt19937_64>(static_cast<std::uint64_t>(*seed) + 0x52414E54ULL);
  auto guard = std::make_shared<std::mutex>();
  auto store = program::open_store(
      config, [clock] { return Instant{clock->load()}; },
      [chance, guard] {
        const std::scoped_lock lock(*guard);
        return (*chance)();
      });
  if (access::first_run_code(*store).empty())
    return complain("Di tempat ini sudah ada kantor. Provinsi contoh tidak pernah dicampur dengan data lain.",
                    "An office stands here already. The demo province is never mixed with other data.", 1);
  if (in_folder(config)) set_mark(demo_mark(folder));
  if (making) making->mark(store->now());
  demo::Plan plan{.people = *people,
                  .companies = *companies,
                  .orders = *orders,
                  .seed = static_cast<std::uint64_t>(*seed),
                  .today = today,
                  .set_clock = [clock](Instant t) { clock->store(t.ms); }};
  const auto made = demo::make(*store, plan, [last = -1](std::string_view what, int done, int of) mutable {
    const int step = done * 20 / of;  // a line of twenty marks, not one for each act
    if (step == last && done != of) return;
    last = step;
    std::fprintf(stderr, "\r%.*s %d / %d   %s", static_cast<int>(what.size()), what.data(), done, of, done == of ? "\n" : "");
  });
  store->seal_now();
  std::printf("%d %s, %d %s (%d %s), %d %s\n", made.companies, std::string(in_words("perusahaan", "companies")).c_str(),
              made.orders, "job order", made.open_orders, std::string(in_words("pernah dibuka", "opened")).c_str(), made.warnings,
              std::string(in_words("peringatan", "warnings")).c_str());
  std::printf("\n%s\n", std::string(in_words("Akun contoh (nama masuk, kata sandi, peran, orang):",
                                             "Demo accounts (login, password, role, person):"))
                            .c_str());
  print_accounts(made, in_folder(config) ? folder + "/akun-contoh.txt" : "");
  std::printf("\n%s\n", std::string(in_words("Untuk dicoba di Cek tawaran:", "To try in the offer check:")).c_str());
  for (const auto& e : made.examples) std::printf("  %s\n", e.c_str());
  if (in_folder(config)) std::filesystem::remove(demo_mark(folder));
  if (making) making->done();
  return 0;
}

}  // namespace rantau::cli
