// Words beside figures (tables/words.tsv) and the bars of a series.
#include "modules/targets/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "base/money.h"
#include "base/reference.h"
#include "base/text.h"

namespace rantau::targets {
namespace {

struct Said {
  std::string id, en;
};

// What was published, and how the two languages say it.
const std::map<std::string, Said, std::less<>>& known_words() {
  static const auto all = [] {
    std::map<std::string, Said, std::less<>> read;
    const auto file = embedded_file("modules/targets/tables/words.tsv");
    std::string_view rest = file ? file->bytes : std::string_view();
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const auto first = line.find('\t'), second = line.rfind('\t');
      if (line.starts_with('#') || first == std::string_view::npos || first == second) continue;
      read[std::string(line.substr(0, first))] = {std::string(line.substr(first + 1, second - first - 1)),
                                                  std::string(line.substr(second + 1))};
    }
    return read;
  }();
  return all;
}

// The published words themselves when nothing better is known.
std::string said(const std::string& published, std::string_view lang) {
  const auto at = known_words().find(published);
  if (at == known_words().end()) return published;
  const std::string& words = lang == "en" ? at->second.en : at->second.id;
  return words.empty() ? published : words;
}

std::string show_single(std::string_view p, std::string_view lang) {
  if (p.size() == 4) return std::string(p);
  const std::string year(p.substr(0, 4)), rest(p.substr(5));
  if (rest.starts_with('H')) return (lang == "en" ? "half-year " : "semester ") + rest.substr(1) + " " + year;
  if (rest.starts_with('Q')) return (lang == "en" ? "quarter " : "triwulan ") + rest.substr(1) + " " + year;
  if (rest.size() == 2) {
    const auto day = parse_iso(year + "-" + rest + "-01");
    return day ? show(*day, lang).substr(2) : std::string(p);
  }
  const auto day = parse_iso(p);
  return day ? show_short(*day, lang) : std::string(p);
}

}  // namespace

std::string show_label(const Figure& f, std::string_view lang) {
  if (f.series.ends_with("_by_country") && f.scope.size() == 2) return reference::country_name(f.scope, lang);
  std::string label = said(f.label, lang);
  if (f.series == "complaints_by_category" && lang == "en") label = said(f.scope, lang);
  // offices and events that are not the whole country
  const bool named = f.series == "target" || f.series == "placements_by_scheme" || f.series == "return_and_prevention" ||
                     f.series == "jakarta_job_fairs";
  if (named && f.scope != "ID" && !f.scope.empty()) label = said(f.scope, lang) + ": " + label;
  return label;
}

std::string show_value(const Figure& f, std::string_view lang) {
  return unbroken(show_decimal(f.scaled, f.decimals, lang) + (f.unit == "percent" ? " %" : ""));
}

std::string unbroken(std::string text) {
  for (auto at = text.find(" %"); at != std::string::npos; at = text.find(" %", at)) text.replace(at, 1, "\u00a0");
  return text;
}

std::string show_source(std::string_view source, std::string_view lang) {
  std::string out(source);
  // " 2023-12-29" behind the name; a day inside an address stays as the address has it
  for (auto at = out.find(' '); at != std::string::npos; at = out.find(' ', at + 1)) {
    const auto end = std::min(out.find_first_of(" ,;)", at + 1), out.size());
    const std::string word = out.substr(at + 1, end - at - 1);
    if (const auto day = word.size() == 10 ? parse_iso(word) : std::nullopt)
      out = out.substr(0, at) + (out[at - 1] == ',' ? " " : ", ") + show(*day, lang) + out.substr(end);
  }
  return out;
}

std::string show_period(std::string_view period, std::string_view lang) {
  const auto dots = period.find("..");
  if (dots == std::string_view::npos) return show_single(period, lang);
  return show_single(period.substr(0, dots), lang) + " – " + show_single(period.substr(dots + 2), lang);
}

std::string show_edition(const Figure& f, std::string_view lang) { return said(f.edition, lang); }

std::string show_note(const Figure& f, std::string_view lang) {
  if (f.note.starts_with("of "))
    if (const auto whole = parse_whole(std::string_view(f.note).substr(3)))
      return (lang == "en" ? "of " : "dari ") + show_number(*whole, lang);
  if (f.series == "return_and_prevention" && !f.note.empty())
    return (lang == "en" ? "part of: " : "bagian dari: ") + said(f.note, lang);
  return said(f.note, lang);
}

namespace {

// Two lines at most, broken at a blank, so that nothing runs out of the drawing on a small phone.
std::vector<std::string> lines_of(const std::string& label) {
  constexpr std::size_t line = 46;
  if (text::length(label) <= line) return {label};
  const std::string first = text::cut(label, line);
  const auto blank = first.rfind(' ');
  const std::size_t at = blank == std::string::npos ? first.size() : blank;
  std::string rest = text::trim(std::string_view(label).substr(at));
  if (text::length(rest) > line) rest = text::cut(rest, line - 1) + "…";
  return {first.substr(0, at), rest};
}

}  // namespace

std::string bars_svg(const std::vector<Bar>& bars, std::string_view title) {
  constexpr int width = 340, longest = 230;
  double top = 0;
  for (const Bar& b : bars) top = std::max(top, b.value);
  std::string marks;
  int y = 0;
  for (const Bar& b : bars) {
    for (const auto& line : lines_of(b.label)) marks += fmt::format("<text x=\"0\" y=\"{}\">{}</text>", y += 14, text::html(line));
    const double bar = std::max(1.0, top > 0 ? longest * b.value / top : 0);
    marks +=
        fmt::format("<path class=\"p-data\" d=\"M0 {}h{:.1f}v14H0z\"/><text x=\"{:.1f}\" y=\"{}\" font-weight=\"700\">{}</text>",
                    y + 6, bar, bar + 6, y + 18, text::html(b.shown));
    y += 28;
  }
  return fmt::format(
      "<svg class=\"trend\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" font-size=\"13\"><g class=\"p-ink\">{}</g></svg>",
      width, y + 2, text::html(title), marks);
}

}  // namespace rantau::targets
