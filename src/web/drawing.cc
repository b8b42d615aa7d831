// SVG painters: QR, the verdicts' shapes, the five states, bars and trends.
#include "web/drawing.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <qrcodegen/qrcodegen.hpp>

#include "base/text.h"

namespace rantau::web {

Drawn qr_svg(std::string_view text, std::string_view label) {
  const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  const int side = code.getSize() + 8;
  std::string path;
  for (int y = 0; y < code.getSize(); ++y)
    for (int x = 0; x < code.getSize();) {
      int run = 0;
      while (x + run < code.getSize() && code.getModule(x + run, y)) ++run;
      if (run > 0) path += fmt::format("M{} {}h{}v1h-{}z", x + 4, y + 4, run, run);
      x += std::max(run, 1);
    }
  return {
      fmt::format("<svg class=\"qr\" viewBox=\"0 0 {0} {0}\" role=\"img\" aria-label=\"{1}\" shape-rendering=\"crispEdges\">"
                  "<path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path d=\"{2}\"/></svg>",
                  side, text::html(label), path)};
}

std::string_view style_class(Verdict verdict) {
  switch (verdict) {
    case Verdict::danger: return "danger";
    case Verdict::unproven: return "unproven";
    case Verdict::official: return "official";
  }
  return {};
}

namespace {

// Octagon and cross, triangle and mark, circle and tick; 120 units wide. The thin inner line makes it a road sign.
std::string verdict_paths(Verdict verdict, bool small) {
  const char* thin = small ? "" : nullptr;
  switch (verdict) {
    case Verdict::danger:
      return std::string("<path class=\"p-danger\" d=\"M37 4h46l33 33v46l-33 33H37L4 83V37z\"/>") +
             (thin ? thin : "<path class=\"l-paper\" stroke-width=\"3\" d=\"M40.5 12.5h39l28 28v39l-28 28h-39l-28-28v-39z\"/>") +
             "<path class=\"l-paper\" stroke-width=\"14\" d=\"M42 42l36 36M78 42L42 78\"/>";
    case Verdict::unproven:
      return "<path class=\"p-sun\" stroke=\"currentColor\" stroke-width=\"7\" d=\"M60 9l53 99H7z\"/>"
             "<path class=\"l-ink\" stroke-width=\"13\" d=\"M60 45v29\"/><circle cx=\"60\" cy=\"93\" r=\"7.5\"/>";
    case Verdict::official:
      return std::string("<circle class=\"p-success\" cx=\"60\" cy=\"60\" r=\"57\"/>") +
             (thin ? thin : "<circle class=\"l-paper\" stroke-width=\"3\" cx=\"60\" cy=\"60\" r=\"48.5\"/>") +
             "<path class=\"l-paper\" stroke-width=\"14\" d=\"M37 62l16 17 30-37\"/>";
  }
  return {};
}

}  // namespace

Drawn verdict_svg(Verdict verdict) {
  return {"<svg class=\"sign\" viewBox=\"0 0 120 120\" aria-hidden=\"true\">" + verdict_paths(verdict, false) + "</svg>"};
}
Drawn reason_svg(Verdict verdict) {
  return {"<svg class=\"mark\" viewBox=\"0 0 120 120\" aria-hidden=\"true\">" + verdict_paths(verdict, true) + "</svg>"};
}

Drawn step_svg(StepState state) {
  const auto wrap = [](std::string_view inner) {
    return Drawn{fmt::format("<svg class=\"mark\" viewBox=\"0 0 40 40\" aria-hidden=\"true\">{}</svg>", inner)};
  };
  switch (state) {
    case StepState::done:
      return wrap(
          "<circle class=\"p-success\" cx=\"20\" cy=\"20\" r=\"18\"/><path class=\"l-paper\" stroke-width=\"5\" d=\"M12 21l6 6 "
          "11-13\"/>");
    case StepState::running:
      return wrap(
          "<circle class=\"p-paper l-brand\" stroke-width=\"3\" cx=\"20\" cy=\"20\" r=\"16.5\"/><path class=\"p-brand\" d=\"M20 "
          "3.5a16.5 16.5 0 010 33z\"/>");
    case StepState::stopped:
      return wrap(
          "<path class=\"p-danger\" d=\"M12.5 2h15L38 12.5v15L27.5 38h-15L2 27.5v-15z\"/><path class=\"l-paper\" "
          "stroke-width=\"5\" d=\"M14 14l12 12m0-12L14 26\"/>");
    case StepState::yours:
      return wrap(
          "<path class=\"p-sun\" stroke=\"currentColor\" stroke-width=\"2.5\" d=\"M20 2.5L37.5 20 20 37.5 2.5 20z\"/><path "
          "class=\"l-ink\" stroke-width=\"4\" d=\"M12 20h15m-6-6l6 6-6 6\"/>");
    case StepState::waiting:
      return wrap(
          "<circle class=\"p-paper l-field\" stroke-width=\"3\" stroke-dasharray=\"6 5.2\" cx=\"20\" cy=\"20\" r=\"16.5\"/>");
  }
  return {};
}

Drawn bar_svg(double value, double max, double limit, std::string_view label) {
  const double width = 160;
  const auto x = [&](double v) { return max > 0 ? std::clamp(v / max, 0.0, 1.0) * width : 0.0; };
  std::string limit_line;
  if (limit > 0)
    limit_line = fmt::format("<path class=\"l-ink\" stroke-width=\"2\" d=\"M{:.1f} 0v16\"/>", std::clamp(x(limit), 1.0, width - 1));
  return {
      fmt::format("<svg class=\"databar\" viewBox=\"0 0 {0} 16\" width=\"{0}\" height=\"16\" role=\"img\" aria-label=\"{1}\">"
                  "<path class=\"p-ground\" d=\"M0 3h{0}v10H0z\"/><path class=\"p-data\" d=\"M0 3h{2:.1f}v10H0z\"/>{3}</svg>",
                  width, text::html(label), x(value), limit_line)};
}

Drawn trend_svg(const std::vector<double>& points, std::string_view label) {
  double top = 0;
  for (double p : points)
    if (!std::isnan(p)) top = std::max(top, p);
  const double width = 320;
  const double height = 72;
  std::string path;
  std::string dot;
  bool drawing = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isnan(points[i])) {
      drawing = false;
      continue;
    }
    const double x =
        points.size() > 1 ? 6 + (width - 12) * static_cast<double>(i) / static_cast<double>(points.size() - 1) : width / 2;
    const double y = height - 8 - (top > 0 ? (height - 16) * points[i] / top : 0);
    path += fmt::format("{}{:.1f} {:.1f}", drawing ? "L" : "M", x, y);
    dot = fmt::format("<circle class=\"p-data\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>", x, y);
    drawing = true;
  }
  return {fmt::format(
      "<svg class=\"trend\" viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"{2}\"><path class=\"l-line\" d=\"M0 {3}h{0}\"/>"
      "<path class=\"l-data\" d=\"{4}\"/>{5}</svg>",
      width, height, text::html(label), height - 8, path, dot)};
}

}  // namespace rantau::web
