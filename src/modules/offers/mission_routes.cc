// Which mission endorses the letters of which country. An administrator keeps this list.
#include <algorithm>

#include "base/reference.h"
#include "modules/offers/routes.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

const web::Form& mission_form() {
  static const web::Form form{"offers.mission",
                              {{.name = "org", .kind = web::Kind::choice, .required = true, .list = "missions"},
                               {.name = "country", .kind = web::Kind::choice, .required = true, .list = "countries"}}};
  return form;
}

web::View view_of(const web::Request& q, Db& db) {
  web::View v;
  db.read([&](Act& act) {
    web::View::List missions, rows;
    for (const auto& org : access::orgs(act)) {
      if (org.kind != access::OrgKind::mission) continue;
      missions.emplace_back().set("value", std::to_string(org.id.value)).set("text", org.name);
      std::string all;
      for (const auto& country : mission_countries(act, org.id))
        all += (all.empty() ? "" : ", ") + reference::country_name(country, q.lang);
      rows.emplace_back().set("mission", org.name).set("mission_countries", all.empty() ? "-" : all);
    }
    v.set("missions", std::move(missions)).set("rows", std::move(rows));
    return Done{};
  });
  v.list("countries", reference::countries(), [&](const reference::Country& c, web::View& row) {
    row.set("value", c.alpha2).set("text", q.lang == "en" ? c.en : c.id);
  });
  v.set("title", q.t("offers.mission.title"));
  return v;
}

web::Reply show_missions(const web::Request& q, Db& db) {
  auto v = view_of(q, db);
  v.set("form", mission_form().empty(q));
  return web::page(q, "offers/missions.html", std::move(v));
}

web::Reply add(const web::Request& q, Db& db) {
  auto typed = mission_form().read(q);
  if (typed.good()) {
    const auto done =
        db.write([&](Act& act) { return set_mission(act, {parse_id(typed.text("org")).value_or(0)}, typed.text("country")); });
    if (done) return web::see("/k/pesanan/atase?pesan=offers.flash.saved");
    if (done.refusal().kind == Refusal::forbidden) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return web::page_again(q, "offers/missions.html", view_of(q, db), mission_form(), typed);
}

}  // namespace

void mission_routes(web::Router& r) {
  web::nav(Right::manage_users, "/k/pesanan/atase", "offers.mission.nav");
  r.get("/k/pesanan/atase", Right::manage_users, show_missions);
  r.post("/k/pesanan/atase", Right::manage_users, add).form(mission_form());
}

}  // namespace rantau::offers
