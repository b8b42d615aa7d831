// Paths, queries, cookies and the cleaning of text: what comes out is UTF-8 without control characters, and cleaning twice changes
// nothing.
#include <cstdlib>

#include "base/text.h"
#include "web/incoming.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  namespace web = rantau::web;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  if (auto path = web::decode_path(raw)) {
    if (!rantau::text::valid_utf8(*path) || path->find("/../") != std::string::npos || path->find('\0') != std::string::npos)
      std::abort();
  }
  for (const auto& [name, value] : web::decode_query(raw))
    if (!rantau::text::valid_utf8(value) || web::clean(value) != value) std::abort();
  (void)web::decode_cookies(raw);
  return 0;
}
