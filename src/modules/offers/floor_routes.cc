// The lowest pay of each destination: officers read it, an examiner enters it from a letter. Nothing is changed here.
#include <algorithm>
#include <map>

#include "base/reference.h"
#include "modules/offers/routes.h"
#include "web/form.h"

namespace rantau::offers {
namespace {

constexpr int most_shown = 500;

const web::Form& floor_form() {
  using web::Kind;
  static const web::Form form{"offers.floor",
                              {{.name = "country", .kind = Kind::choice, .required = true, .list = "countries"},
                               {.name = "occupation", .max = 4},
                               {.name = "currency", .kind = Kind::choice, .required = true, .list = "currencies"},
                               {.name = "amount", .kind = Kind::money, .required = true, .currency_field = "currency"},
                               {.name = "from", .kind = Kind::date, .required = true},
                               {.name = "source", .required = true, .min = 3, .max = 160},
                               {.name = "page", .max = 60},
                               {.name = "sure", .kind = Kind::tick}}};
  return form;
}

struct Line {
  Floor floor;
  std::string by;
  bool counts = false;
};

std::vector<Line> read_lines(Db& db) {
  return db.read([](Act& act) {
    const auto all = floors(act, "", most_shown);
    std::vector<Line> lines;
    for (const Floor& f : all) {
      const auto now = floor_on(all, f.country, f.occupation, act.today);
      lines.push_back({f, access::name_of(act, f.by), now && now->id == f.id});
    }
    return lines;
  });
}

web::View view_of(const web::Request& q, Db& db) {
  const auto lines = read_lines(db);
  web::View v;
  v.set("title", q.t("offers.floors.title")).set("may_enter", q.who.may(Right::examine_job_orders)).set("nothing", lines.empty());
  v.list("floors", lines, [&](const Line& l, web::View& row) {
    row.set("country_name", reference::country_name(l.floor.country, q.lang)).set("counts", l.counts);
    row.set("work", l.floor.occupation.empty() ? q.t("offers.floors.every_work") : "ISCO-08 " + l.floor.occupation);
    row.set("amount", show(l.floor.amount, q.lang)).set("from", show_short(l.floor.from, q.lang));
    row.set("source", l.floor.source).set("source_page", l.floor.page);
    row.set("by", l.by.empty() ? "-" : l.by).set("entered", show(l.floor.at, q.lang));
  });
  v.list("countries", reference::countries(), [&](const reference::Country& c, web::View& row) {
    row.set("value", c.alpha2).set("text", q.lang == "en" ? c.en : c.id);
  });
  v.list("currencies", pay_currencies(), [&](std::string_view c, web::View& row) {
    row.set("value", c).set("text", std::string(c) + " · " + reference::currency_name(c, q.lang));
  });
  return v;
}

web::Reply show_floors(const web::Request& q, Db& db) {
  auto v = view_of(q, db);
  const std::string& wanted = q.param("negara");  // from an order whose country has none
  const bool known = reference::country(wanted) != nullptr;
  v.set("form", floor_form().empty(q, known ? web::Pairs{{"country", wanted}} : web::Pairs{}));
  return web::page(q, "offers/floors.html", std::move(v));
}

web::Reply enter_floor(const web::Request& q, Db& db) {
  auto typed = floor_form().read(q);
  if (const auto& c = typed.text("currency"); !c.empty() && !pays_in(c)) typed.wrong("currency", {"offers.order.currency_wrong"});
  if (typed.good()) {
    const Floor floor{.id = {},
                      .country = typed.text("country"),
                      .occupation = typed.text("occupation"),
                      .amount = typed.money("amount").value_or(Money{}),
                      .from = typed.day("from"),
                      .source = typed.text("source"),
                      .page = typed.text("page")};
    const auto done = db.write([&](Act& act) { return set_floor(act, floor, typed.tick("sure")); });
    if (done) return web::see("/k/batas-gaji?pesan=offers.flash.saved");
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return web::page_again(q, "offers/floors.html", view_of(q, db), floor_form(), typed);
}

}  // namespace

void floor_routes(web::Router& r) {
  r.get("/k/batas-gaji", Right::see_job_orders, show_floors);
  r.post("/k/batas-gaji", Right::examine_job_orders, enter_floor).form(floor_form()).once();
}

}  // namespace rantau::offers
