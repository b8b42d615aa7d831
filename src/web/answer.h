// What the server does around web::answer.
#pragma once
#include <cstdint>

#include "web/web.h"

namespace rantau::web {

// 413 as a page, or as problem+json: the limit, what was sent (0: not said), and the way back.
Reply too_large(const Router&, const Request&, std::uint64_t sent, std::size_t limit);

// 431 likewise: mostly a browser with too many cookies.
Reply header_too_large(const Request&);

// Security headers, cookies over https, Cache-Control.
void harden(const Request&, Reply&);

}  // namespace rantau::web
