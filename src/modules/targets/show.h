// How a figure is said to people: label, period, edition and note in their language, value with their decimal mark.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/targets/targets.h"

namespace rantau::targets {

std::string show_label(const Figure&, std::string_view lang);
std::string show_value(const Figure&, std::string_view lang);  // "279.700", "39,04 %"; as many decimals as printed
std::string show_period(std::string_view period, std::string_view lang);
std::string show_edition(const Figure&, std::string_view lang);  // "" when the publisher names none
std::string show_note(const Figure&, std::string_view lang);
std::string show_source(std::string_view source, std::string_view lang);  // its ISO days as people write days
std::string unbroken(std::string text);                                   // the blank before "%" never ends a line

// Horizontal bars, the label above each bar and the value beside it: SVG markup, read aloud as `title`.
struct Bar {
  std::string label, shown;
  double value = 0;
};
std::string bars_svg(const std::vector<Bar>&, std::string_view title);

}  // namespace rantau::targets
