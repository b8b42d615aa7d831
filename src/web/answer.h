// What the server does around web::answer.
#pragma once
#include "web/web.h"

namespace rantau::web {

// Security headers, cookies over https, Cache-Control.
void harden(const Request&, Reply&);

}  // namespace rantau::web
