// The multipart reader: never reads past the body, never grows past it, and reads the same form wherever the bytes are cut.
#include <cstdlib>

#include "web/incoming.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using rantau::web::MultipartReader;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto end = all.find('\n');
  const auto boundary = end == std::string_view::npos || end == 0 || end > 70 ? std::string_view("b") : all.substr(0, end);
  const auto body = all.substr(end == std::string_view::npos ? 0 : end + 1);
  const auto whole = rantau::web::read_multipart(body, boundary);
  if (whole) {
    std::size_t kept = 0;
    for (const auto& f : whole->files) kept += f.bytes.size();
    if (kept > size) std::abort();
  }
  MultipartReader pieces(boundary, nullptr);
  for (std::size_t at = 0, step = 1; at < body.size(); at += step) {
    step = 1 + (at * 7 + size) % 13;
    pieces.take(body.substr(at, step));
  }
  if ((pieces.state() == MultipartReader::State::done) != whole.has_value()) std::abort();
  if (whole) {
    const auto again = pieces.parts();
    if (again.fields != whole->fields || again.files.size() != whole->files.size()) std::abort();
    for (std::size_t i = 0; i < again.files.size(); ++i)
      if (!(again.files[i].bytes == whole->files[i].bytes.view())) std::abort();
  }
  (void)rantau::web::boundary_of(body.substr(0, 300));
  return 0;
}
