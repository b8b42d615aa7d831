// Browser files (/s/…) as replies, and what a browser may ask about something it already has (RFC 9110, 13 and 14).
#pragma once
#include <string>
#include <string_view>

#include "web/framing.h"
#include "web/web.h"

namespace rantau::web {

// Whether an If-None-Match names this ETag: "*" names every one, and W/ does not count.
bool knows(std::string_view if_none_match, std::string_view etag);

// A browser file: compressed twin, ETag of what is sent, one range of the plain bytes.
Reply browser_reply(std::string_view hashed_name, const Framing&);

}  // namespace rantau::web
