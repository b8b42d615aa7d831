// How the house is put together.
#include "cli/program.h"

#include <filesystem>

#include "base/log.h"
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

namespace {

namespace fs = std::filesystem;

// Whoever else has an account on this machine has no business here. What an older program or a careless copy left open is
// closed; what is made from now on follows the program's umask.
void keep_private(const std::string& folder) {
  constexpr auto others = fs::perms::group_all | fs::perms::others_all;
  std::error_code failed;
  const auto close = [&](const fs::path& path) {
    if (!failed && (fs::status(path).permissions() & others) != fs::perms::none)
      fs::permissions(path, others, fs::perm_options::remove, failed);
  };
  for (const char* inner : {"", "/backup", "/keys"})
    if (fs::is_directory(folder + inner)) close(folder + inner);
  for (const char* inner : {"", "/backup"}) {
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder + inner, unreadable))
      if (entry.is_regular_file() && !entry.is_symlink()) close(entry.path());
  }
  if (failed) log("cli.folder_not_private").with_system("why", failed.message());
}

}  // namespace

std::unique_ptr<db::Store> open_store(const Config& config, std::function<Instant()> clock, std::function<std::uint64_t()> random) {
  keep_private(config.text("data"));
  return db::Store::open({.location = config.text("db").empty() ? config.text("data") : config.text("db"),
                          .readers = config.number("readers"),
                          .clock = std::move(clock),
                          .random = std::move(random),
                          .keys = config.text("keys").empty() ? config.text("data") + "/keys" : config.text("keys")});
}

void office(const Config& config) {
  web::set_office({.hotline = config.text("hotline"),
                   .whatsapp = config.text("whatsapp"),
                   .address = config.text("office_address"),
                   .hours = config.text("office_hours")});
}

}  // namespace rantau::program
