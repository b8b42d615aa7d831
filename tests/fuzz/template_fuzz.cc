// Values in pages and places in sentences: whatever is typed comes out escaped, and a sentence with strange places throws, never
// crashes.
#include <cstdlib>
#include <stdexcept>

#include "base/text.h"
#include "web/template.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string typed(reinterpret_cast<const char*>(data), size);
  try {
    const std::string said = rantau::web::fill_places(
        typed, [&](std::string_view name) -> const std::string* { return name.size() % 2 ? &typed : nullptr; });
    (void)said;
  } catch (const std::logic_error&) {}
  const auto escaped = rantau::text::html(typed);
  if (escaped.find_first_of("<>\"") != std::string::npos) std::abort();
  (void)rantau::web::minified_css(typed);
  return 0;
}
