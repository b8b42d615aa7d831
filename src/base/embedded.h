// Files carried inside the binary: schema, pages, texts, browser files, reference tables. Made by tools/embed.py.
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace rantau {

struct Embedded {
  std::string_view path;  // "modules/offers/pages/check.html", "web/assets/style.css", "reference/countries.tsv"
  std::string_view bytes;
  std::string_view brotli;  // pre-compressed, assets only
  std::string_view gzip;
};
std::span<const Embedded> embedded_files();  // sorted by path
std::optional<Embedded> embedded_file(std::string_view path);

}  // namespace rantau
