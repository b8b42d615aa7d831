// The multipart reader: never reads past the body, never grows past it.
#include <cstdlib>

#include "web/incoming.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto end = body.find('\n');
  const auto boundary = end == std::string_view::npos || end == 0 || end > 70 ? std::string_view("b") : body.substr(0, end);
  if (auto parts = rantau::web::read_multipart(body.substr(end == std::string_view::npos ? 0 : end + 1), boundary)) {
    std::size_t kept = 0;
    for (const auto& f : parts->files) kept += f.bytes.size();
    if (kept > size) std::abort();
  }
  (void)rantau::web::boundary_of(body.substr(0, 300));
  return 0;
}
