// How the house is put together.
#include "cli/program.h"

#include "modules/access/access.h"
#include "modules/offers/offers.h"
#include "modules/partners/partners.h"
#include "modules/portal/portal.h"
#include "modules/targets/targets.h"
#include "web/kit.h"

namespace rantau::program {

void routes(web::Router& router) {
  access::routes(router);
  partners::routes(router);
  offers::routes(router);
  targets::routes(router);
  portal::routes(router);
  web::catalogue_routes(router);
  web::openapi_routes(router);
}

std::unique_ptr<db::Store> open_store(const Config& config, std::function<Instant()> clock) {
  return db::Store::open({.location = config.text("db").empty() ? config.text("data") : config.text("db"),
                          .readers = config.number("readers"),
                          .clock = std::move(clock),
                          .keys = config.text("keys").empty() ? config.text("data") + "/keys" : config.text("keys")});
}

void office(const Config& config) {
  web::set_office({.hotline = config.text("hotline"),
                   .whatsapp = config.text("whatsapp"),
                   .address = config.text("office_address"),
                   .hours = config.text("office_hours")});
}

}  // namespace rantau::program
