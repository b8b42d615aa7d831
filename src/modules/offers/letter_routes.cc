// The demand letter over HTTP: uploaded by its company, downloaded by whoever may see the order, never shown by us.
#include <algorithm>

#include "modules/offers/letter.h"
#include "modules/offers/routes.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

web::Reply get_letter(const web::Request& q, Db& db) {
  auto found = db.write([&](Act& act) { return read_letter(act, q.id<OrderId>()); });
  if (!found) return web::refuse(q, {Refusal::not_found, "offers.letter.unknown"});
  const std::string& kind = found->letter.kind;
  const std::string type = kind == "pdf" ? "application/pdf" : "image/" + kind;
  const std::string name = "surat-permintaan-" + q.at("id") + "." + (kind == "jpeg" ? "jpg" : kind);
  return web::download(std::move(found->bytes), type, name);
}

web::Reply put_letter(const web::Request& q, Db& db) {
  const auto file = std::find_if(q.files.begin(), q.files.end(), [](const web::Upload& u) { return u.field == "letter"; });
  const std::string_view bytes = file == q.files.end() ? std::string_view() : file->bytes.view();
  const auto done = db.write([&](Act& act) { return attach_letter(act, q.id<OrderId>(), bytes); });
  if (done) return web::see("/mitra/pesanan/" + q.at("id") + "?pesan=offers.flash.letter#surat-berkas");
  if (done.refusal().kind == Refusal::invalid) return company_page(q, db, nullptr, q.t(done.refusal().key));
  return web::refuse(q, done.refusal());
}

}  // namespace

void set_letter(const web::Request& q, web::View& v, const std::optional<Letter>& letter, std::string_view folder) {
  v.set("has_letter", letter.has_value());
  if (!letter) return;
  std::string kind = letter->kind;
  std::transform(kind.begin(), kind.end(), kind.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  const std::int64_t kib = std::max<std::int64_t>(1, (letter->size + 1023) / 1024);
  v.set("letter_href", std::string(folder) + q.at("id") + "/surat");
  v.set("letter_facts",
        q.t("offers.letter.facts", {{"kind", kind}, {"size", show_number(kib, q.lang)}, {"at", show(letter->at, q.lang)}}));
}

void letter_routes(web::Router& r) {
  web::flash("offers.flash.letter");
  r.get("/mitra/pesanan/{id}/surat", Right::submit_job_orders, get_letter);
  r.get("/k/pesanan/{id}/surat", Right::see_job_orders, get_letter);
  r.post("/mitra/pesanan/{id}/surat", Right::submit_job_orders, put_letter).limit(letter_max + 64 * 1024).at_most(60);
}

}  // namespace rantau::offers
