// The table of commands, and help made from it.
#include <cstdio>

#include "base/right.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/program.h"

namespace rantau::cli {

namespace {

constexpr Option data{"data", "DIR", "folder data (bawaan ./data)", "data folder (default ./data)", true};
constexpr Option database{"db", "URL", "postgres://… ; kosong: SQLite di folder data",
                          "postgres://… ; empty: SQLite in the data folder", true};

// What `serve` takes; `config` shows what the same words would do.
const std::vector<Option> of_serving{
    data,
    database,
    {"port", "N", "port (bawaan 8080)", "port (default 8080)", true},
    {"bind", "ADDRESS", "alamat yang didengar (bawaan 127.0.0.1)", "address to listen on (default 127.0.0.1)", true},
    {"site", "URL", "alamat umum, untuk tautan keluar", "public address, for links that leave the site", true},
    {"workers", "N", "jumlah pekerja (bawaan 64)", "number of workers (default 64)", true},
    {"dev", "", "baca ulang halaman dan gaya dari folder src/", "re-read pages and styles from src/", true}};

std::string pad(std::string_view text, std::size_t width) {
  std::string out(text);
  if (out.size() < width) out.append(width - out.size(), ' ');
  return out;
}

void print_one(const Command& c) {
  std::printf("%s\n\n  %s\n", std::string(c.usage).c_str(), std::string(in_words(c.id, c.en)).c_str());
  if (c.options.empty()) return;
  std::printf("\n");
  for (const Option& o : c.options)
    std::printf("  %s %s\n", pad("--" + std::string(o.name) + (o.value.empty() ? "" : " " + std::string(o.value)), 22).c_str(),
                std::string(in_words(o.id, o.en)).c_str());
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table{
      {"serve", "rantau serve [--data DIR] [--port N]", "Melayani portal dan ruang kerja di http://localhost:PORT.",
       "Serves the portal and the workspace at http://localhost:PORT.", of_serving, 0, 0, serve},
      {"demo",
       "rantau demo --data DIR [--people N] [--seed S]",
       "Membuat provinsi contoh: lembaga, perusahaan, job order, peringatan, dan pengguna; semuanya rekaan. Kata sandi dicetak.",
       "Makes the demo province: institutions, companies, job orders, warnings and users, all invented. Prints the passwords.",
       {data,
        database,
        {"people", "N", "besar provinsi (bawaan 20000): menentukan jumlah perusahaan dan job order",
         "size of the province (default 20000): decides how many companies and job orders"},
        {"companies", "N", "jumlah perusahaan (bawaan people / 200)", "number of companies (default people / 200)"},
        {"orders", "N", "jumlah job order (bawaan people / 50)", "number of job orders (default people / 50)"},
        {"seed", "S", "bilangan awal; bilangan sama, provinsi sama (bawaan 1)", "seed; same seed, same province (default 1)"},
        {"today", "YYYY-MM-DD", "hari yang dianggap hari ini (bawaan hari ini)", "the day taken as today (default today)"}},
       0,
       0,
       make_demo},
      {"import statistics",
       "rantau import statistics FILE.csv [--data DIR]",
       "Memuat satu tabel angka terbitan. Baris yang salah disebut dengan nomor dan alasannya; yang baik disimpan.",
       "Loads one published table of figures. Bad rows are named with line and reason; good ones are kept.",
       {data, database},
       1,
       1,
       import_statistics},
      {"offers check",
       "rantau offers check - | TEXT [--data DIR]",
       "Cek tawaran kerja: membaca teks dari masukan standar (-) dan mencetak putusan sebagai JSON.",
       "Checks a job offer: reads the text from standard input (-) and prints the verdict as JSON.",
       {data, database, {"lang", "id|en", "bahasa kalimat (bawaan id)", "language of the sentences (default id)"}},
       1,
       1,
       check_offer},
      {"journal verify",
       "rantau journal verify [--data DIR] [--key FILE] [--checkpoint SIZE:ROOT]",
       "Memeriksa jurnal tanpa server: setiap entri, setiap titik periksa, setiap tanda tangan. Entri rusak pertama disebut.",
       "Verifies the journal offline: every entry, checkpoint and signature. The first bad entry is named.",
       {data,
        database,
        {"key", "FILE", "kunci umum jurnal (bawaan DIR/keys/journal.pub)",
         "public key of the journal (default DIR/keys/journal.pub)"},
        {"checkpoint", "SIZE:ROOT", "titik periksa yang Anda catat sebelumnya", "a checkpoint you noted earlier"}},
       0,
       0,
       verify_journal},
      {"journal checkpoint",
       "rantau journal checkpoint [--data DIR]",
       "Mencetak titik periksa terakhir (SIZE:ROOT) untuk dicatat lembaga lain.",
       "Prints the latest checkpoint (SIZE:ROOT), for the other institution to keep.",
       {data, database},
       0,
       0,
       show_checkpoint},
      {"backup",
       "rantau backup FOLDER [--data DIR]",
       "Menyalin basis data SQLite yang sedang berjalan ke FOLDER beserta manifes bertanda tangan, lalu menguji pemulihannya. "
       "Salin kunci terpisah.",
       "Copies the running SQLite database into FOLDER, with a signed manifest, and drills its restore. Copy the keys apart.",
       {data, database},
       1,
       1,
       make_backup},
      {"backup drill",
       "rantau backup drill FILE [--data DIR] [--key FILE]",
       "Memulihkan salinan ke tempat sementara dan memeriksanya: manifes, keutuhan, rujukan, jumlah baris, seluruh jurnal.",
       "Restores a copy into a temporary place and checks it: manifest, integrity, references, rows, the whole journal.",
       {data,
        {"key", "FILE", "kunci umum jurnal (bawaan DIR/keys/journal.pub)",
         "public key of the journal (default DIR/keys/journal.pub)"}},
       1,
       1,
       restore_drill},
      {"restore",
       "rantau restore FILE [--data DIR] [--key FILE]",
       "Menguji salinan, lalu menaruhnya di folder data yang belum berisi kantor. Taruh dahulu kunci di DIR/keys.",
       "Drills a copy, then puts it into a data folder that holds no office yet. Put the keys into DIR/keys first.",
       {data,
        database,
        {"key", "FILE", "kunci umum jurnal (bawaan DIR/keys/journal.pub)",
         "public key of the journal (default DIR/keys/journal.pub)"}},
       1,
       1,
       restore},
      {"config", "rantau config [--data DIR] [--config FILE] [--port N]", "Mencetak setiap pengaturan, nilainya, dan asalnya.",
       "Prints every setting, its value and where it came from.", of_serving, 0, 0, show_config},
      {"routes",
       "rantau routes",
       "Mencetak setiap halaman dan panggilan, dengan hak yang diminta.",
       "Prints every page and call, with the right that each asks for.",
       {},
       0,
       0,
       show_routes},
      {"version", "rantau version", "Mencetak versi.", "Prints the version.", {}, 0, 0, version},
      {"help", "rantau help [COMMAND]", "Menjelaskan semua perintah, atau satu.", "Explains all commands, or one.", {}, 0, 3, help},
  };
  return table;
}

int help(const Words& words, const Config&) {
  std::string wanted;
  for (const auto& w : words.plain) wanted += (wanted.empty() ? "" : " ") + w;
  if (!wanted.empty()) {
    bool found = false;
    for (const Command& c : commands()) {
      if (c.name != wanted && !c.name.starts_with(wanted + " ")) continue;
      if (found) std::printf("\n");
      print_one(c);
      found = true;
    }
    return found ? 0 : complain("Perintah tidak dikenal: " + wanted, "Unknown command: " + wanted);
  }
  std::printf("%s\n\n",
              std::string(in_words("Rantau: ruang kerja bersama BP3MI DKI Jakarta dan Pemprov DKI Jakarta.",
                                   "Rantau: the joint workspace of BP3MI DKI Jakarta and the Jakarta provincial government."))
                  .c_str());
  for (const Command& c : commands()) std::printf("  %s %s\n", pad(c.name, 20).c_str(), std::string(in_words(c.id, c.en)).c_str());
  std::printf(
      "\n%s\n",
      std::string(
          in_words("rantau help PERINTAH menjelaskan pilihan. Pengaturan: rantau config. Setiap perintah menerima --config FILE.\n"
                   "Kode keluar: 0 berhasil, 1 gagal atau tidak utuh, 2 salah tulis.",
                   "rantau help COMMAND explains the options. Settings: rantau config. Every command takes --config FILE.\n"
                   "Exit codes: 0 done, 1 failed or not intact, 2 mistyped."))
          .c_str());
  return 0;
}

int show_routes(const Words&, const Config&) {
  web::Router router;
  program::routes(router);
  for (const auto& r : router.all())
    std::printf("%s %s %s\n", pad(r->method, 4).c_str(), r->pattern.c_str(), std::string(word(r->right)).c_str());
  return 0;
}

int version(const Words&, const Config&) {
  std::printf("rantau %s\n", std::string(rantau::version).c_str());
  return 0;
}

int show_config(const Words&, const Config& config) {
  for (const Setting& s : config.all()) {
    const std::string value = s.secret && !s.value.empty() ? std::string("(set)") : s.value;
    std::printf("%s = %s\n    %s · %s\n", s.key.c_str(), value.c_str(), s.origin.c_str(), s.meaning.c_str());
  }
  return 0;
}

}  // namespace rantau::cli
