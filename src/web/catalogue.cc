// /ui: every component, rendered by the partials and classes that pages use.
#include "web/kit.h"

namespace rantau::web {

void catalogue_routes(Router& r) {
  (void)r;
}

}  // namespace rantau::web
