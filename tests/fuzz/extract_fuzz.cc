// Fuzzes the reader of pasted messages: whatever the bytes, pieces lie in order inside the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "modules/offers/offers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t at = 0;
  for (const auto& p : rantau::offers::pieces(text)) {
    if (p.from < at || p.to <= p.from || p.to > size) std::abort();
    at = p.to;
  }
  return 0;
}
