// Reads the carried tables reference/countries.tsv and reference/currencies.tsv once.
#include "base/reference.h"

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "base/text.h"

namespace rantau::reference {
namespace {

std::vector<std::string_view> split(std::string_view line, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = line.find(at);
    parts.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return parts;
    line.remove_prefix(end + 1);
  }
}

template <class F>
void each_line(std::string_view path, F&& use) {
  const auto file = embedded_file(path);
  if (!file) return;
  for (std::string_view line : split(file->bytes, '\n')) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty()) use(split(line, '\t'));
  }
}

template <class T, class Key>
const T* by_code(const std::vector<T>& sorted, std::string_view code, Key key) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), code, [&](const T& a, std::string_view c) { return key(a) < c; });
  return at != sorted.end() && key(*at) == code ? &*at : nullptr;
}

std::map<std::string, const Country*, std::less<>> names() {
  std::map<std::string, const Country*, std::less<>> found;
  for (const Country& c : countries()) {
    for (auto name : {c.alpha2, c.alpha3, c.id, c.en}) found.emplace(text::fold(name), &c);
    for (auto name : c.also) found.emplace(text::fold(name), &c);
  }
  return found;
}

}  // namespace

const std::vector<Country>& countries() {
  static const std::vector<Country> all = [] {
    std::vector<Country> read;
    each_line("reference/countries.tsv", [&](const std::vector<std::string_view>& cell) {
      if (cell.size() < 4) return;
      Country c{cell[0], cell[1], cell[2], cell[3], {}};
      if (cell.size() > 4 && !cell[4].empty()) c.also = split(cell[4], '|');
      read.push_back(std::move(c));
    });
    std::sort(read.begin(), read.end(), [](const Country& a, const Country& b) { return a.alpha2 < b.alpha2; });
    return read;
  }();
  return all;
}

const Country* country(std::string_view alpha2) {
  return by_code(countries(), alpha2, [](const Country& c) { return c.alpha2; });
}

const Country* country_named(std::string_view any_name) {
  static const auto known = names();
  const auto at = known.find(text::fold(any_name));
  return at == known.end() ? nullptr : at->second;
}

std::string country_name(std::string_view alpha2, std::string_view lang) {
  const Country* c = country(alpha2);
  if (!c) return std::string(alpha2);
  return std::string(lang == "en" ? c->en : c->id);
}

const std::vector<Currency>& currencies() {
  static const std::vector<Currency> all = [] {
    std::vector<Currency> read;
    each_line("reference/currencies.tsv", [&](const std::vector<std::string_view>& cell) {
      if (cell.size() >= 3) read.push_back({cell[0], cell[1], cell[2]});
    });
    std::sort(read.begin(), read.end(), [](const Currency& a, const Currency& b) { return a.code < b.code; });
    return read;
  }();
  return all;
}

const Currency* currency(std::string_view code) {
  return by_code(currencies(), code, [](const Currency& c) { return c.code; });
}

std::string currency_name(std::string_view code, std::string_view lang) {
  const Currency* c = currency(code);
  if (!c) return std::string(code);
  return std::string(lang == "en" ? c->en : c->id);
}

}  // namespace rantau::reference
