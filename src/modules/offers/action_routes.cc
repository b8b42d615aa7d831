// What officers do to a job order: endorse, return, propose, decide, suspend. Somebody who was slower is shown both versions.
#include <algorithm>

#include "base/text.h"
#include "modules/offers/routes.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

std::string here(const web::Request& q) { return "/k/pesanan/" + q.at("id"); }

// 409: what the officer saw and wanted beside what stands now and who did it.
web::Reply overtaken(const web::Request& q, Db& db, const Refusal& refusal) {
  struct Now {
    std::optional<Order> order;
    std::vector<Told> history;
    Date today;
  };
  const Now now = db.read([&](Act& act) {
    Now n{find_mine(act, q.id<OrderId>()), {}, act.today};
    if (n.order) n.history = told(act, n.order->id);
    return n;
  });
  if (!now.order) return web::refuse(q, {Refusal::not_found, "offers.unknown"});
  web::View v;
  set_order(q, v, *now.order, now.today);
  const int seen = revision_of(q);
  std::vector<Told> since;
  for (const Told& t : now.history)
    if (t.step.revision > seen) since.push_back(t);
  set_history(q, v, since);
  const auto seen_stage = stage_from(q.field("stage"));
  v.set("title", q.t("offers.overtaken_title")).set("said", q.t(refusal.key, refusal.words));
  v.set("seen_revision", seen).set("seen_stage", seen_stage ? stage_text(q, *seen_stage) : "-");
  v.set("wanted", q.t("offers.wanted." + q.path.substr(q.path.rfind('/') + 1))).set("wanted_note", q.field("note"));
  v.set("href", here(q));
  return web::page(q, "offers/overtaken.html", std::move(v), 409);
}

template <class T>
web::Reply after(const web::Request& q, Db& db, const Result<T>& done) {
  if (done) {
    changed(q.at("id"));
    // The message carries the way back, for the step that was just taken.
    const StepId mine = db.read([&](Act& act) {
      const auto history = told(act, q.id<OrderId>());
      return !history.empty() && history.front().may_undo ? history.front().step.id : StepId{};
    });
    if (!mine) return web::see(here(q) + "?pesan=offers.flash.done");
    return web::see(here(q) + "?pesan=offers.flash.taken&id=" + std::to_string(mine.value));
  }
  if (!q.wants_json && done.refusal().key == "offers.overtaken") return overtaken(q, db, done.refusal());
  const Refusal said = readable(q, db, q.id<OrderId>(), done.refusal());
  const bool on_page = said.kind == Refusal::invalid || said.kind == Refusal::conflict;
  return on_page && !q.wants_json ? desk_page(q, db, nullptr, &said) : web::refuse(q, said);
}

// A step whose words are longer than the office keeps is refused whole: nothing is cut off unseen, what was typed stays.
template <class Step>
web::Handler in_words(Step step) {
  return [step](const web::Request& q, Db& db) {
    const auto typed = action_form().read(q);
    if (typed.good()) return step(q, db);
    const Refusal said{Refusal::invalid, "offers.too_long", {}, typed.errors};
    return q.wants_json ? web::refuse(q, said) : desk_page(q, db, nullptr, &said);
  };
}

web::Reply do_take_up(const web::Request& q, Db& db) {
  return after(q, db, db.write([&](Act& act) { return take_up(act, q.id<OrderId>(), revision_of(q)); }));
}

web::Reply do_endorse(const web::Request& q, Db& db) {
  return after(q, db, db.write([&](Act& act) { return endorse(act, q.id<OrderId>(), revision_of(q), q.field("note")); }));
}

web::Reply do_endorse_on_paper(const web::Request& q, Db& db) {
  auto typed = paper_form().read(q);
  if (!typed.good()) return desk_page(q, db, &typed);
  const Endorsement letter{typed.text("mission"), typed.text("letter"), typed.day("letter_day")};
  const auto done = db.write([&](Act& act) { return endorse_on_paper(act, q.id<OrderId>(), revision_of(q), letter); });
  if (done || done.refusal().kind != Refusal::invalid) return after(q, db, done);
  typed.wrong(done.refusal());
  return desk_page(q, db, &typed);
}

web::Reply do_give_back(const web::Request& q, Db& db) {
  std::vector<std::pair<std::string, std::string>> reasons;
  for (int n = 1; n <= 3; ++n) {
    const std::string reason = q.field("reason" + std::to_string(n));
    const std::string field = text::cut(q.field("field" + std::to_string(n)), 40);
    if (!reason.empty()) reasons.emplace_back(field.empty() ? "number" : field, reason);
  }
  return after(q, db, db.write([&](Act& act) { return give_back(act, q.id<OrderId>(), revision_of(q), reasons); }));
}

std::vector<Fault> ticked(const web::Request& q) {
  std::vector<Fault> all;
  for (int i = 0; i < fault_count; ++i)
    if (!q.field("fault_" + std::string(word(static_cast<Fault>(i)))).empty()) all.push_back(static_cast<Fault>(i));
  return all;
}

web::Reply do_verify(const web::Request& q, Db& db) {
  return after(q, db, db.write([&](Act& act) { return examine(act, q.id<OrderId>(), revision_of(q), true, {}, q.field("note")); }));
}

web::Reply do_refuse(const web::Request& q, Db& db) {
  return after(
      q, db, db.write([&](Act& act) { return examine(act, q.id<OrderId>(), revision_of(q), false, ticked(q), q.field("note")); }));
}

web::Reply do_agree(const web::Request& q, Db& db) {
  const Date until = parse_date(q.field("sip2mi_until")).value_or(Date{});
  return after(q, db, db.write([&](Act& act) {
    return decide(act, q.id<OrderId>(), revision_of(q), true, q.field("sip2mi"), until, q.field("note"));
  }));
}

web::Reply do_disagree(const web::Request& q, Db& db) {
  return after(q, db,
               db.write([&](Act& act) { return decide(act, q.id<OrderId>(), revision_of(q), false, "", {}, q.field("note")); }));
}

web::Reply do_halt(const web::Request& q, Db& db, Stage to) {
  return after(q, db, db.write([&](Act& act) { return halt(act, q.id<OrderId>(), revision_of(q), to, q.field("note")); }));
}

web::Reply do_undo(const web::Request& q, Db& db) {
  const auto done = db.write([&](Act& act) { return undo(act, q.id<StepId>()); });
  if (!done) return web::refuse(q, done.refusal());
  const std::string order = std::to_string(done->value);
  changed(order);
  return web::see("/k/pesanan/" + order + "?pesan=offers.flash.undone");
}

}  // namespace

const web::Form& paper_form() {
  static const web::Form form{"offers.paper",
                              {{.name = "mission", .required = true, .max = 160},
                               {.name = "letter", .required = true, .max = 80},
                               {.name = "letter_day", .kind = web::Kind::date, .required = true}}};
  return form;
}

const web::Form& action_form() {
  static const web::Form form{"offers.action",
                              {{.name = "note", .kind = web::Kind::area, .max = note_max},
                               {.name = "reason1", .max = 500},
                               {.name = "reason2", .max = 500},
                               {.name = "reason3", .max = 500},
                               {.name = "sip2mi", .max = 60}}};
  return form;
}

void action_routes(web::Router& r) {
  r.post("/k/pesanan/langkah/{id}/urungkan", Right::see_job_orders, do_undo);
  r.post("/k/pesanan/{id}/mulai", Right::see_job_orders, do_take_up);
  r.post("/k/pesanan/{id}/sahkan", Right::see_job_orders, in_words(do_endorse)).form(action_form());
  r.post("/k/pesanan/{id}/sahkan-surat", Right::examine_job_orders, do_endorse_on_paper).form(paper_form());
  r.post("/k/pesanan/{id}/kembalikan", Right::see_job_orders, in_words(do_give_back)).form(action_form());
  r.post("/k/pesanan/{id}/usul-sah", Right::examine_job_orders, in_words(do_verify)).form(action_form());
  r.post("/k/pesanan/{id}/usul-tolak", Right::examine_job_orders, in_words(do_refuse)).form(action_form());
  r.post("/k/pesanan/{id}/setuju", Right::decide_job_orders, in_words(do_agree)).form(action_form());
  r.post("/k/pesanan/{id}/tidak-setuju", Right::decide_job_orders, in_words(do_disagree)).form(action_form());
  r.post("/k/pesanan/{id}/hentikan", Right::decide_job_orders,
         in_words([](const web::Request& q, Db& db) { return do_halt(q, db, Stage::suspended); }))
      .form(action_form());
  r.post("/k/pesanan/{id}/lanjutkan", Right::decide_job_orders,
         in_words([](const web::Request& q, Db& db) { return do_halt(q, db, Stage::open); }))
      .form(action_form());
  r.post("/k/pesanan/{id}/cabut", Right::decide_job_orders,
         in_words([](const web::Request& q, Db& db) { return do_halt(q, db, Stage::revoked); }))
      .form(action_form());
}

}  // namespace rantau::offers
