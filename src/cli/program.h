// How the house is put together: every module's routes, the gate, the store. Used by `serve`, the demo and the tests.
#pragma once
#include <functional>
#include <memory>

#include "base/config.h"
#include "db/act.h"
#include "web/web.h"

namespace rantau::program {

void routes(web::Router&);  // every route of every module, in MODULES order
// Migrates; throws db::Fault with a sentence for the operator. Real time unless a clock is given.
std::unique_ptr<db::Store> open_store(const Config&, std::function<Instant()> clock = {});
void office(const Config&);  // hotline, address and hours for every page's help block

}  // namespace rantau::program
