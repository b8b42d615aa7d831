// /ui: every component, rendered by the partials and classes that pages use. Its words are examples, not the office's.
#include <cmath>
#include <limits>

#include "web/drawing.h"
#include "web/form.h"
#include "web/kit.h"

namespace rantau::web {
namespace {

struct Example {
  const char *name, *indonesian, *english;
};
constexpr Example examples[] = {
    {"intro", "Semua komponen, dari potongan halaman yang sama.", "Every component, from the same pieces the pages use."},
    {"other_frame", "Bingkai lain", "The other frame"},
    {"with_errors", "Dengan kesalahan", "With errors"},
    {"with_undo", "Dengan pesan", "With a message"},
    {"tiles", "Petak", "Tiles"},
    {"tile1", "Cek tawaran kerja", "Check a job offer"},
    {"tile2", "Lowongan resmi", "Official jobs"},
    {"tile3", "Pelatihan & job fair", "Training & job fair"},
    {"tile4", "Ambil antrean", "Join the queue"},
    {"tile5", "Berkas saya", "My documents"},
    {"tile6", "Lapor / minta tolong", "Report / get help"},
    {"verdict", "Hasil cek", "Verdict"},
    {"next", "Lakukan sekarang", "Do this now"},
    {"report", "Laporkan", "Report it"},
    {"report_small", "Boleh tanpa nama", "No name needed"},
    {"ask", "Tanya petugas", "Ask an officer"},
    {"ask_small", "Telepon gratis", "The call is free"},
    {"see_jobs", "Lihat lowongan resmi", "See official jobs"},
    {"see_jobs_small", "37 lowongan diperiksa", "37 checked jobs"},
    {"pasted", "Yang Anda tempel", "What you pasted"},
    {"quote1", "“Kerja pabrik, gaji 40 jt!", "“Factory work, 40 million!"},
    {"quote2", "Transfer 7.500.000", "Transfer 7,500,000"},
    {"quote3", "hari ini ke rekening", "today to account"},
    {"questions", "Pertanyaan", "Questions"},
    {"question", "Diminta membayar?", "Were you asked to pay?"},
    {"yes", "Ya", "Yes"},
    {"no", "Tidak", "No"},
    {"recheck", "Periksa ulang", "Check again"},
    {"voyage", "Garis perjalanan", "Voyage line"},
    {"jobs", "Kartu lowongan", "Job cards"},
    {"job", "Pekerjaan", "Job"},
    {"country", "Negara", "Country"},
    {"school", "Pendidikan", "School"},
    {"all", "Semua", "All"},
    {"job1", "Perawat lansia (kaigo)", "Care worker (kaigo)"},
    {"job2", "Juru masak hotel", "Hotel cook"},
    {"month", "bulan", "month"},
    {"months", "bulan", "months"},
    {"about", "kira-kira Rp 20,8 juta · kurs 23 Nov", "about Rp 20.8 million · rate of 23 Nov"},
    {"contract", "Kontrak", "Contract"},
    {"places", "Sisa tempat", "Places left"},
    {"cost", "Biaya Anda", "Your cost"},
    {"cost_why", "Tiket, visa, dan pelatihan ditanggung majikan.", "Ticket, visa and training are paid by the employer."},
    {"closes", "Tutup", "Closes"},
    {"tomorrow", "besok", "tomorrow"},
    {"checked", "Diperiksa 12 Nov oleh BP3MI", "Checked 12 Nov by BP3MI"},
    {"closed", "Ditutup: kuota penuh", "Closed: no places left"},
    {"pages", "Halaman daftar", "Pages of the list"},
    {"previous", "Sebelumnya", "Previous"},
    {"following", "Berikutnya", "Next"},
    {"table", "Gaji per bulan", "Pay a month"},
    {"rate", "Kurs 23 Nov 2026: ¥1 = Rp 105", "Rate of 23 Nov 2026: ¥1 = Rp 105"},
    {"item", "Butir", "Item"},
    {"basic", "Gaji pokok", "Basic pay"},
    {"tax", "Pajak dan asuransi", "Tax and insurance"},
    {"received", "Anda terima", "You receive"},
    {"company", "Perusahaan", "Company"},
    {"code", "Kode cek", "Check code"},
    {"rows", "Daftar", "List"},
    {"row1", "Job fair Pelabuhan Muda", "Job fair Pelabuhan Muda"},
    {"row1_small", "Kamis 09.00 · GOR Contoh", "Thursday 09.00 · GOR Contoh"},
    {"row2", "Orientasi berangkat", "Pre-departure class"},
    {"row2_small", "Berikutnya 3 Des", "Next one 3 Dec"},
    {"row3", "Tanya lowongan", "Ask about jobs"},
    {"seats", "tempat", "places"},
    {"full", "Penuh", "Full"},
    {"call", "Telepon", "Call"},
    {"share", "Bagikan", "Share"},
    {"small", "Bagian kecil", "Small parts"},
    {"tag", "Tanda", "Tag"},
    {"tag_ok", "Berlaku", "Valid"},
    {"tag_wait", "Menunggu", "Waiting"},
    {"tag_bad", "Dicabut", "Revoked"},
    {"tag_off", "Tutup", "Closed"},
    {"clock", "2 hari lagi", "2 days left"},
    {"late", "lewat 1 hari", "1 day late"},
    {"notice", "Data diperbarui setiap pagi.", "Data is renewed every morning."},
    {"notice_ok", "Isian tersimpan.", "Saved."},
    {"notice_wait", "Paspor habis 5 bulan lagi.", "The passport ends in 5 months."},
    {"notice_bad", "Jangan bayar.", "Do not pay."},
    {"progress", "Impor berjalan", "Import running"},
    {"empty", "Tidak ada yang cocok.", "Nothing fits."},
    {"empty_do", "Hapus saringan", "Clear the filter"},
    {"door_yes", "Saya dalam bahaya", "I am in danger"},
    {"door_no", "Saya ingin melapor", "I want to report"},
    {"stat", "orang ditempatkan", "people placed"},
    {"stat_source", "Data contoh, per 24 Nov 2026", "Sample data, as of 24 Nov 2026"},
    {"bar", "7 dari 24, batas 20", "7 of 24, limit 20"},
    {"trend", "Enam bulan, satu kosong", "Six months, one missing"},
    {"qr", "Pindai untuk memeriksa.", "Scan to check."},
    {"time1", "12 Nov 2026", "12 Nov 2026"},
    {"time2", "20 Nov 2026", "20 Nov 2026"},
    {"event1", "Diajukan", "Submitted"},
    {"event2", "Diperiksa petugas", "Examined by an officer"},
    {"form", "Formulir", "Form"},
    {"send", "Kirim", "Send"},
    {"views", "Tampilan", "Views"},
    {"mine", "Menunggu saya", "Waiting for me"},
    {"state", "Keadaan", "State"},
    {"left", "Hari", "Days"},
    {"state_done", "Selesai", "Done"},
    {"state_run", "Diperiksa", "Examined"},
    {"state_wait", "Menunggu", "Waiting"},
    {"state_fix", "Perbaiki", "To fix"},
    {"state_stop", "Ditolak", "Refused"},
    {"declared", "Ditulis", "Declared"},
    {"found", "Terbaca", "Found"},
    {"compare", "Banding", "Compared"},
    {"same", "sama", "same"},
    {"accept", "Terima", "Accept"},
    {"send_back", "Kembalikan", "Send back"},
    {"history", "Riwayat", "History"},
};

const Form& example_form() {
  static const Form form{
      "web.ui",
      {
          {.name = "name", .required = true, .min = 2, .max = 40, .autocomplete = "name", .section = "web.ui.person"},
          {.name = "nik", .kind = Kind::nik, .required = true},
          {.name = "phone", .kind = Kind::phone, .required = true, .autocomplete = "tel"},
          {.name = "email", .kind = Kind::email, .autocomplete = "email"},
          {.name = "born", .kind = Kind::date, .required = true, .autocomplete = "bday"},
          {.name = "secret", .kind = Kind::password, .autocomplete = "new-password"},
          {.name = "age", .kind = Kind::whole, .min = 18, .max = 64, .section = "web.ui.work"},
          {.name = "pay", .kind = Kind::money, .required = true, .min = 1},
          {.name = "sex", .kind = Kind::choice, .required = true, .options = {"woman", "man"}},
          {.name = "country", .kind = Kind::choice, .list = "countries"},
          {.name = "code", .kind = Kind::code, .max = 11, .pattern = "[0-9A-Za-z -]+"},
          {.name = "story", .kind = Kind::area, .max = 500},
          {.name = "photo", .kind = Kind::file, .max = 4 * 1024 * 1024},
          {.name = "agree", .kind = Kind::tick, .required = true},
      }};
  return form;
}

View catalogue_view(const Request& q, bool console) {
  const bool english = q.lang == "en";
  const auto two = [english](const char* id, const char* en) { return english ? en : id; };
  View v;
  v.set("title", console ? two("Komponen petugas", "Officers' components") : two("Komponen warga", "Citizens' components"));
  View words;
  for (const auto& [name, id, en] : examples) words.set(name, two(id, en));
  v.set("w", std::move(words));
  struct Judged {
    Verdict verdict;
    const char *word, *lead, *reason, *why, *source;
  };
  const Judged judged[] = {
      {Verdict::danger, two("BAHAYA", "DANGER"),
       two("Jangan bayar. Jangan serahkan paspor.", "Do not pay. Do not hand over your passport."),
       two("Izin perusahaan dicabut", "The licence is revoked"), two("Tidak boleh merekrut siapa pun.", "It may recruit nobody."),
       two("Daftar izin P3MI, 3 Nov 2026", "Licence register, 3 Nov 2026")},
      {Verdict::unproven, two("BELUM TERBUKTI", "NOT PROVEN"),
       two("Tahan dulu. Jangan bayar sebelum jelas.", "Wait. Do not pay before it is clear."),
       two("Nama perusahaan hanya mirip", "The name is only alike"),
       two("Maksud Anda PT Samudra Karya Mandiri?", "Did you mean PT Samudra Karya Mandiri?"),
       two("Daftar izin P3MI, 24 Nov 2026", "Licence register, 24 Nov 2026")},
      {Verdict::official, two("RESMI", "OFFICIAL"),
       two("Terdaftar dan cocok dengan lowongan ini.", "Registered, and it matches this job."),
       two("Izin perusahaan berlaku", "The licence is valid"), two("Sampai 14 Agustus 2028.", "Until 14 August 2028."),
       two("Daftar izin P3MI, 24 Nov 2026", "Licence register, 24 Nov 2026")},
  };
  v.list("verdicts", judged, [&](const Judged& j, View& row) {
    row.set("verdict_class", style_class(j.verdict))
        .set("svg_verdict", verdict_svg(j.verdict))
        .set("svg_mark", reason_svg(j.verdict));
    row.set("word", j.word).set("lead", j.lead).set("reason", j.reason).set("why", j.why).set("source", j.source);
    row.set("as_of", two("Data per 24 November 2026, 08.00 WIB", "Data as of 24 November 2026, 08.00 WIB"));
  });
  struct Stage {
    StepState state;
    const char *step, *word;
  };
  const Stage stages[] = {
      {StepState::done, two("Daftar minat", "Interest"), two("Selesai 9 Nov", "Done 9 Nov")},
      {StepState::running, two("Periksa dokumen", "Documents"), two("Diperiksa petugas", "With an officer")},
      {StepState::yours, two("Surat sehat", "Health letter"), two("Giliran Anda", "Your turn")},
      {StepState::stopped, two("Visa kerja", "Work visa"), two("Dikembalikan", "Sent back")},
      {StepState::waiting, two("Berangkat", "Departure"), two("Belum mulai", "Not yet")},
  };
  v.list("steps", stages, [](const Stage& s, View& row) {
    row.set("svg_step", step_svg(s.state)).set("step", s.step).set("state", s.word).set("past", s.state == StepState::done);
  });
  View::List ticks(2);
  ticks[0]
      .set("svg_mark", step_svg(StepState::done))
      .set("text", two("Lulus SMA atau SMK", "Senior high school"))
      .set("state", two("Ya", "Yes"));
  ticks[1]
      .set("svg_mark", step_svg(StepState::waiting))
      .set("text", two("Bahasa Jepang N4", "Japanese N4"))
      .set("state", two("Belum", "Not yet"));
  v.set("ticks", std::move(ticks));
  View::List countries(2);
  countries[0].set("value", "JPN").set("text", two("Jepang", "Japan"));
  countries[1].set("value", "KOR").set("text", two("Korea Selatan", "South Korea"));
  v.set("countries", std::move(countries));
  v.set("svg_bar", bar_svg(7, 24, 20, two("7 dari 24, batas 20", "7 of 24, limit 20")));
  v.set("svg_trend", trend_svg({40, 52, std::numeric_limits<double>::quiet_NaN(), 61, 58, 74},
                               two("Enam bulan: 40 sampai 74", "Six months: 40 to 74")));
  v.set("svg_qr", qr_svg("https://rantau.example/c/9K4T2M7QX", two("Kode QR untuk memeriksa", "QR code to check")));
  return v;
}

Reply catalogue(const Request& q, bool console) {
  View v = catalogue_view(q, console);
  const char* file = console ? "web/catalogue_console.html" : "web/catalogue.html";
  const bool wrong = q.method == "POST" || q.param("salah") == "1";
  if (wrong) return page_again(q, file, std::move(v), example_form(), example_form().read(q), q.method == "POST" ? 422 : 200);
  v.set("form", example_form().empty(q));
  return page(q, file, std::move(v));
}

}  // namespace

void catalogue_routes(Router& r) {
  flash("web.ui.flash", "/ui");
  nav(Right::see_catalogue, "/ui/konsol", "web.ui.nav");
  for (const bool console : {false, true}) {
    const char* path = console ? "/ui/konsol" : "/ui";
    r.get(path, Right::see_catalogue, [console](const Request& q, Db&) { return catalogue(q, console); });
    r.post(path, Right::see_catalogue, [console](const Request& q, Db&) { return catalogue(q, console); });
  }
}

}  // namespace rantau::web
