// What a company does to its own order besides writing it: throw a draft away, withdraw what it sent, take either back.
#include "modules/offers/routes.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

std::string here(OrderId id) { return "/mitra/pesanan/" + std::to_string(id.value); }

// Back to the order, with the way back in the message.
web::Reply after(const web::Request& q, Db& db, const Result<Done>& done, std::string_view flash) {
  if (!done) return web::refuse(q, done.refusal());
  const auto id = q.id<OrderId>();
  changed(q.at("id"));
  const auto history = db.read([&](Act& act) { return told(act, id); });
  const std::string step = history.empty() ? std::string() : "&id=" + std::to_string(history.front().step.id.value);
  return web::see(here(id) + "?pesan=" + std::string(flash) + step);
}

web::Reply do_discard(const web::Request& q, Db& db) {
  return after(q, db, db.write([&](Act& act) { return discard(act, q.id<OrderId>(), revision_of(q)); }), "offers.flash.discarded");
}

web::Reply do_withdraw(const web::Request& q, Db& db) {
  const auto typed = withdraw_form().read(q);
  if (!typed.good()) return company_page(q, db, &typed);
  return after(q, db, db.write([&](Act& act) { return withdraw(act, q.id<OrderId>(), revision_of(q), typed.text("reason")); }),
               "offers.flash.withdrawn");
}

web::Reply do_undo(const web::Request& q, Db& db) {
  const auto done = db.write([&](Act& act) { return undo(act, q.id<StepId>()); });
  if (!done) return web::refuse(q, done.refusal());
  changed(std::to_string(done->value));
  return web::see(here(*done) + "?pesan=offers.flash.undone");
}

}  // namespace

const web::Form& withdraw_form() {
  static const web::Form form{"offers.withdraw", {{.name = "reason", .kind = web::Kind::area, .max = note_max}}};
  return form;
}

void step_routes(web::Router& r) {
  r.post("/mitra/pesanan/langkah/{id}/urungkan", Right::submit_job_orders, do_undo);
  r.post("/mitra/pesanan/{id}/buang", Right::submit_job_orders, do_discard);
  r.post("/mitra/pesanan/{id}/tarik", Right::submit_job_orders, do_withdraw).form(withdraw_form());
}

}  // namespace rantau::offers
