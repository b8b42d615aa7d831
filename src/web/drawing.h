// SVG painters that several modules use. All return Drawn: give them names that begin with svg_.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/page.h"

namespace rantau::web {

enum class Verdict { danger, unproven, official };  // BAHAYA, BELUM TERBUKTI, RESMI
std::string_view style_class(Verdict);              // "danger", "unproven", "official": class of the `verdict` block
Drawn verdict_svg(Verdict);                         // 136 px, for the verdict itself
Drawn reason_svg(Verdict);                          // 32 px, the same shape beside a reason

// Five states, five shapes; the word always stands beside.
enum class StepState { done, running, stopped, yours, waiting };
Drawn step_svg(StepState);

// One true-scale bar inside a table row: value of max, an optional limit as a line with its number.
Drawn bar_svg(double value, double max, double limit, std::string_view label);
// A trend line with its last value marked. NaN points are gaps: missing is never zero.
Drawn trend_svg(const std::vector<double>& points, std::string_view label);

}  // namespace rantau::web
