// serve, import, offers check, journal: the commands that open the store.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/office.h"
#include "cli/program.h"
#include "db/backup.h"
#include "db/journal.h"
#include "modules/access/access.h"
#include "modules/offers/offers.h"
#include "modules/targets/targets.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::cli {

namespace {

std::optional<std::string> file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string location_of(const Config& config) { return config.text("db").empty() ? config.text("data") : config.text("db"); }

// Looks at the whole journal a minute after the start and then each day, beside the work: what it finds stands in the log,
// on /status and on /k/jurnal.
class NightlyCheck {
 public:
  NightlyCheck(db::Store& store, const Config& config)
      : thread_([&store, where = location_of(config), path = keys_folder(config) + "/journal.pub"](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          for (std::chrono::seconds wait = std::chrono::minutes(1);; wait = std::chrono::hours(24)) {
            std::unique_lock lock(mutex);
            if (wake.wait_for(lock, stop, wait, [&] { return stop.stop_requested(); })) return;
            try {
              const auto key = crypto::unhex(text::trim(file_bytes(path).value_or("")));
              if (!key) throw std::runtime_error(path + " cannot be read");
              store.note_check(db::verify_journal_at(where, *key, std::nullopt));
            } catch (const std::exception& e) { log("db.journal_not_checked").with_system("why", e.what()); }
          }
        }) {}

 private:
  std::jthread thread_;
};

// A table as a file, read piece by piece: neither a file without end nor a line without end fills the memory.
std::optional<std::string> table_bytes(const std::string& path, int most_mb, int& code) {
  constexpr std::size_t longest_line = 1 << 20;
  const auto refuse = [&](const std::string& id, const std::string& en) {
    code = complain(id, en, 1);
    return std::nullopt;
  };
  const auto too_large = [&] {
    const std::string mb = std::to_string(most_mb) + " MB. ";
    return refuse(path + ": lebih dari " + mb + "Bagi menjadi beberapa berkas, atau ubah pengaturan import_mb.",
                  path + ": larger than " + mb + "Part it into several files, or change the setting import_mb.");
  };
  if (std::filesystem::is_directory(path))
    return refuse(path + " adalah folder, bukan berkas CSV.", path + " is a folder, not a CSV file.");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("Berkas tidak dapat dibaca: " + path, "The file cannot be read: " + path);
  std::string bytes, piece(1 << 16, '\0');
  std::size_t line = 1, began = 0;
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(in.gcount()); ++i)
      if (piece[i] == '\n' || piece[i] == '\r') {
        line += piece[i] == '\n';
        began = bytes.size() + i + 1;
      } else if (bytes.size() + i - began >= longest_line) {
        const std::string at = path + ":" + std::to_string(line);
        return refuse(at + ": baris ini lebih dari 1 MB. Ini bukan tabel CSV.",
                      at + ": this line is longer than 1 MB. This is no CSV table.");
      }
    bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > static_cast<std::size_t>(most_mb) << 20) return too_large();
  }
  if (in.bad()) return refuse("Berkas tidak dapat dibaca: " + path, "The file cannot be read: " + path);
  return bytes;
}

const web::Texts& texts() { return web::Texts::in(in_words("id", "en")); }

}  // namespace

namespace {

// Why the server could not listen, in words an operator can act on.
int cannot_listen(const std::system_error& e, const Config& config) {
  const std::string &port = config.text("port"), &bind = config.text("bind");
  if (e.code() == std::errc::address_in_use)
    return complain("Port " + port + " sudah dipakai program lain. Pilih yang lain dengan --port.",
                    "Port " + port + " is already in use by another program. Choose another with --port.", 1);
  if (e.code() == std::errc::address_not_available)
    return complain("Alamat " + bind + " bukan milik mesin ini. Periksa --bind.",
                    "The address " + bind + " is not one of this machine's. Check --bind.", 1);
  if (e.code() == std::errc::permission_denied)
    return complain("Port " + port + " hanya boleh dipakai root. Pilih 1024 ke atas dengan --port.",
                    "Port " + port + " is root's alone. Choose 1024 or above with --port.", 1);
  const std::string why = e.code().message();
  return complain("Tidak dapat mendengar di " + bind + ", port " + port + ": " + why,
                  "Cannot listen on " + bind + ", port " + port + ": " + why, 1);
}

}  // namespace

int serve(const Words&, const Config& config) try {
  const std::optional<Hold> hold = in_folder(config) ? Hold::take(config.text("data")) : std::nullopt;
  if (in_folder(config) && !hold) return held_already(config.text("data"));
  if (const auto unfinished = demo_unfinished(config)) return *unfinished;
  if (const auto orphaned = keys_without_office(config)) return *orphaned;
  auto store = program::open_store(config);
  program::office(config);
  web::set_rate_limit(config.flag("rate_limit"));
  web::Router router;
  program::routes(router);
  auto server = web::Server::start({.bind = config.text("bind"),
                                    .port = config.number("port"),
                                    .workers = config.number("workers"),
                                    .site = config.text("site"),
                                    .dev = config.flag("dev"),
                                    .trust_proxy = config.flag("trust_proxy"),
                                    .quarantine = config.text("data") + "/quarantine"},
                                   router, access::gate(), *store);
  offers::notify_with(
      [&](std::string_view topic, std::string_view event, std::string_view data) { server->publish(topic, event, data); });
  const NightlyCheck nightly(*store, config);
  if (const auto check = store->journal_check(); !check.intact)
    complain("Peringatan: jurnal rusak: " + check.what, "Warning: the journal is damaged: " + check.what);
  const std::string code = access::first_run_code(*store);
  std::printf("Rantau: http://localhost:%d\n", server->port());
  if (!code.empty())
    std::printf("%s http://localhost:%d/mulai?kode=%s\n", std::string(in_words("Penyiapan pertama:", "First run:")).c_str(),
                server->port(), code.c_str());
  std::fflush(stdout);
  server->wait();
  offers::notify_with({});
  return 0;
} catch (const web::CannotListen& e) { return cannot_listen(e, config); }

int import_statistics(const Words& words, const Config& config) {
  const std::string& path = words.plain.at(0);
  if (const auto none = no_office(config)) return *none;
  int refused = 0;
  const auto bytes = table_bytes(path, config.number("import_mb"), refused);
  if (!bytes) return refused;
  auto store = program::open_store(config);
  Db db(*store, access::system_actor());
  const std::string name = path.substr(path.find_last_of('/') + 1);
  auto done = db.write([&](Act& act) { return targets::import_statistics(act, name, *bytes); });
  if (!done) {
    const auto said = texts().say(done.refusal().key, done.refusal().words);
    complain(said, said, 1);
    for (const auto& r : done.refusal().reasons) std::fprintf(stderr, "  %s\n", texts().say(r.key, r.words).c_str());
    return 1;
  }
  for (const auto& p : done->problems) std::fprintf(stderr, "  %s\n", texts().say(p.key, p.words).c_str());
  std::printf("%s: %lld %s, %lld %s, %lld %s, %lld %s\n", name.c_str(), static_cast<long long>(done->rows),
              std::string(in_words("baris", "rows")).c_str(), static_cast<long long>(done->added),
              std::string(in_words("baru", "new")).c_str(), static_cast<long long>(done->same),
              std::string(in_words("sudah ada", "already held")).c_str(), static_cast<long long>(done->refused),
              std::string(in_words("ditolak", "refused")).c_str());
  return done->refused ? 1 : 0;
}

int check_offer(const Words& words, const Config& config) {
  std::string text = words.plain.at(0);
  if (text == "-") text.assign(std::istreambuf_iterator<char>(std::cin), {});
  if (text::trim(text).empty()) return complain("Tidak ada teks untuk dicek.", "There is no text to check.");
  const std::string lang = words.option("lang") == "en" ? "en" : "id";
  if (const auto problem = offers::unreadable(text, lang))
    return complain(web::Texts::in("id").say(problem->key, problem->words), web::Texts::in("en").say(problem->key, problem->words));
  if (const auto none = no_office(config)) return *none;
  auto store = program::open_store(config);
  Db db(*store, Actor{});
  const std::string site = config.text("site").empty() ? "localhost:" + config.text("port") : config.text("site");
  const offers::Own own{
      .site = offers::address_of_site(site), .hotline = config.text("hotline"), .whatsapp = config.text("whatsapp")};
  auto verdict = db.read([&](Act& act) { return offers::check(act, text, {}, own); });
  std::printf("%s\n", offers::to_json(verdict, lang).c_str());
  return 0;
}

namespace {

std::optional<std::string> public_key(const Words& words, const Config& config) {
  const std::string path = words.option("key").empty() ? keys_folder(config) + "/journal.pub" : words.option("key");
  const auto text = file_bytes(path);
  auto key = text ? crypto::unhex(text::trim(*text)) : std::nullopt;
  if (!key) complain("Kunci umum jurnal tidak terbaca: " + path, "The journal's public key cannot be read: " + path, 1);
  return key;
}

int drill_of(const std::string& file, std::string_view key) {
  const auto drill = db::restore_drill(file, key);
  if (drill.unproven)
    return complain(file + ": BELUM TERBUKTI. Tidak ada " + db::manifest_of(file) +
                        " di sebelahnya; basis data terbuka, tetapi bita yang berubah tidak akan terlihat.",
                    file + ": UNPROVEN. There is no " + db::manifest_of(file) +
                        " beside it; the database opens, but a changed byte would not be seen.",
                    1);
  if (!drill.good)
    return complain("Uji pemulihan GAGAL: " + file + ": " + drill.what, "The restore drill FAILED: " + file + ": " + drill.what, 1);
  const auto n = [](std::int64_t number) { return std::to_string(number); };
  std::printf("%s: %s\n", file.c_str(),
              std::string(in_words("dapat dipulihkan; " + n(drill.tables) + " tabel, " + n(drill.rows) + " baris, " +
                                       n(drill.entries) + " entri jurnal, " + n(drill.ms) + " ms",
                                   "can be restored; " + n(drill.tables) + " tables, " + n(drill.rows) + " rows, " +
                                       n(drill.entries) + " journal entries, " + n(drill.ms) + " ms"))
                  .c_str());
  return 0;
}

}  // namespace

int make_backup(const Words& words, const Config& config) {
  if (const auto other = not_in_folder(config, "pg_dump")) return *other;
  if (const auto none = no_office(config)) return *none;
  const auto key = public_key(words, config);
  if (!key) return 1;
  const std::string& folder = words.plain.at(0);
  const auto file = db::backup(
      config.text("data"), keys_folder(config), folder,
      Instant{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()});
  if (db::same_disk(config.text("data"), file))
    complain("Peringatan: salinan terletak di cakram yang sama dengan data.",
             "Warning: the copy lies on the same disk as the data.");
  return drill_of(file, *key);
}

int restore_drill(const Words& words, const Config& config) {
  const auto key = public_key(words, config);
  return key ? drill_of(words.plain.at(0), *key) : 1;
}

int restore(const Words& words, const Config& config) {
  if (const auto other = not_in_folder(config, "pg_restore")) return *other;
  const std::string &folder = config.text("data"), &file = words.plain.at(0);
  const std::optional<Hold> hold = Hold::take(folder);
  if (!hold) return held_already(folder);
  if (std::filesystem::exists(folder + "/rantau.db"))
    return complain(
        "Di " + folder + " sudah ada kantor; tidak ada yang ditimpa. Pindahkan dahulu rantau.db beserta -wal dan -shm.",
        "An office stands in " + folder + " already; nothing is overwritten. First move rantau.db away, with -wal and -shm.", 1);
  const auto key = public_key(words, config);
  if (!key) return 1;
  if (const int failed = drill_of(file, *key)) return failed;
  for (const char* rest : {"/rantau.db-wal", "/rantau.db-shm"}) {
    if (!std::filesystem::exists(folder + rest)) continue;  // SQLite would play it into the copy
    return complain("Sisa kantor lama ada di " + folder + rest + ". Pindahkan dahulu.",
                    "A rest of the old office lies at " + folder + rest + ". Move it away first.", 1);
  }
  db::restore(file, *key, folder);
  std::printf("%s\n", std::string(in_words("Dipulihkan ke " + folder + ". Jalankan: rantau serve --data " + folder,
                                           "Restored into " + folder + ". Start it: rantau serve --data " + folder))
                          .c_str());
  return 0;
}

int verify_journal(const Words& words, const Config& config) {
  if (const auto none = no_office(config)) return *none;
  const auto key = public_key(words, config);
  if (!key) return 1;
  std::optional<db::Known> known;
  if (words.has("checkpoint")) {
    const auto& typed = words.option("checkpoint");
    const auto colon = typed.find(':');
    const auto size = colon == std::string::npos ? std::nullopt : parse_id(typed.substr(0, colon));
    const std::string root = size ? text::fold(text::trim(typed.substr(colon + 1))) : "";
    if (root.size() != 64 || !crypto::unhex(root))
      return complain("Nilai --checkpoint salah: ditulis SIZE:ROOT, ROOT 64 angka heksadesimal.",
                      "Bad argument to --checkpoint: it is written SIZE:ROOT, ROOT being 64 hexadecimal digits.");
    known = db::Known{*size, root};
  }
  const auto verdict = db::verify_journal_at(location_of(config), *key, known);
  std::printf("%lld %s, %lld %s, %lld %s\n", static_cast<long long>(verdict.entries),
              std::string(in_words("entri", "entries")).c_str(), static_cast<long long>(verdict.checkpoints),
              std::string(in_words("titik periksa", "checkpoints")).c_str(), static_cast<long long>(verdict.unsealed),
              std::string(in_words("belum disegel", "not yet sealed")).c_str());
  if (verdict.intact) {
    std::printf("%s\n", std::string(in_words("Utuh.", "Intact.")).c_str());
    return 0;
  }
  return complain("Jurnal rusak: " + verdict.what, "The journal is damaged: " + verdict.what, 1);
}

int show_checkpoint(const Words&, const Config& config) {
  if (const auto none = no_office(config)) return *none;
  const auto last = db::last_checkpoint_at(location_of(config));
  if (!last) return complain("Belum ada titik periksa.", "There is no checkpoint yet.", 1);
  std::printf("%lld:%s\n", static_cast<long long>(last->size), last->root.c_str());
  return 0;
}

}  // namespace rantau::cli
