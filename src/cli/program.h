// How the house is put together: every module's routes, the gate, the store. Used by `serve`, the demo and the tests.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "base/config.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::program {

void routes(web::Router&);  // every route of every module, in MODULES order
// Migrates, and closes the data folder to everybody else on the machine; throws db::Fault with a sentence for the operator.
// Real time and real chance unless they are given.
std::unique_ptr<db::Store> open_store(const Config&, std::function<Instant()> clock = {},
                                      std::function<std::uint64_t()> random = {});
void office(const Config&);  // hotline, address and hours for every page's help block

}  // namespace rantau::program
