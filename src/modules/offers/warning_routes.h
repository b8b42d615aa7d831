// Routes of warnings: public list and feed, officers' desk. Called by check_routes.
#pragma once
#include "web/web.h"

namespace rantau::offers {
void warning_routes(web::Router&);
}
