// The office of the tests with its doors: pages asked by each of its people, without sockets.
#pragma once
#include <algorithm>

#include "modules/offers/orders_world.h"
#include "web/incoming.h"
#include "web/web.h"

namespace rantau::offers::pages_world {

using orders_world::Office;

struct House : Office {
  web::Router router;
  House() { offers::routes(router); }

  web::Reply ask(test::TestDb& who, std::string method, std::string path, web::Pairs form = {}, std::string lang = "id") {
    web::Request q;
    q.method = std::move(method);
    const auto cut = path.find('?');
    if (cut != std::string::npos) {
      q.query_text = path.substr(cut + 1);
      for (std::size_t at = cut + 1; at < path.size();) {
        const auto end = std::min(path.find('&', at), path.size());
        const auto equals = path.find('=', at);
        q.query.emplace_back(path.substr(at, equals - at), path.substr(equals + 1, end - equals - 1));
        at = end + 1;
      }
    }
    q.path = path.substr(0, cut);
    q.lang = std::move(lang);
    q.site = "https://rantau.example";
    q.wants_json = q.path.starts_with("/api/");
    const Actor actor = who.handle().who();
    if (actor.user) q.cookies = {{"rantau", "token"}};
    q.form = std::move(form);
    web::Gate gate{[&](Db&, std::string_view) -> std::optional<web::Visitor> { return web::Visitor{actor, secret}; }};
    if (q.method == "POST") q.form.emplace_back("csrf", web::mask_csrf(secret));
    return web::answer(router, gate, db.store(), q);
  }
  web::Reply get(test::TestDb& who, std::string path, std::string lang = "id") {
    return ask(who, "GET", std::move(path), {}, std::move(lang));
  }
  web::Reply post(test::TestDb& who, std::string path, web::Pairs form) {
    return ask(who, "POST", std::move(path), std::move(form));
  }
  std::string secret = std::string(32, 's');
  // How often an address stands where machines look for open jobs.
  int listed(const std::string& path) {
    const auto places = db.read([](Act& act) { return sitemap(act); });
    const auto there = std::count_if(places.begin(), places.end(), [&](const auto& p) { return p.first == path; });
    return static_cast<int>(there) + (get(visitor, "/umpan/lowongan.xml").body.find(path + "<") != std::string::npos ? 1 : 0);
  }
};

inline std::string k(OrderId id) { return "/k/pesanan/" + std::to_string(id.value); }
inline std::string mitra(OrderId id) { return "/mitra/pesanan/" + std::to_string(id.value); }
inline bool has(const web::Reply& r, std::string_view what) { return r.body.find(what) != std::string::npos; }
inline std::string location(const web::Reply& r) {
  for (const auto& [name, value] : r.headers)
    if (name == "Location") return value;
  return {};
}

}  // namespace rantau::offers::pages_world
