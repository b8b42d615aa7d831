// The CSV reader: rows as wide as the header or an error that names a line; dates, money and names on the way.
#include <cstdlib>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto csv = rantau::text::read_csv(raw);
  if (csv.rows.size() != csv.lines.size()) std::abort();
  for (const auto& row : csv.rows)
    for (const auto& cell : row) {
      (void)rantau::parse_date(cell);
      (void)rantau::parse_money(cell);
      (void)rantau::text::name_key(cell);
      (void)rantau::text::company_key(cell);
      (void)rantau::text::phone(cell);
      (void)rantau::text::nik(cell);
    }
  return 0;
}
