// The doors of the house: home, help, "how to recognise the official site", privacy, accessibility, status, the API page,
// sitemap, robots, security.txt. It owns no data.
#pragma once
#include "web/web.h"

namespace rantau::portal {

void routes(web::Router&);

}  // namespace rantau::portal
