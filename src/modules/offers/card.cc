// Paints a share card with cairo and pango and writes it as JPEG in memory.
#include "modules/offers/card.h"

#include <pango/pangocairo.h>

#include <cstdio>
// libjpeg wants <cstdio> first.
#include <jpeglib.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <vector>

namespace rantau::offers {
namespace {

constexpr int width = 1200, height = 630, margin = 72;

struct Color {
  double r, g, b;
};
constexpr Color brand{0.043, 0.361, 0.671}, strong{0.031, 0.290, 0.541}, paper{1, 1, 1}, ink{0.043, 0.122, 0.200},
    soft{0.267, 0.337, 0.416}, mint{0.906, 0.961, 0.933}, green{0.039, 0.420, 0.239}, ground{0.957, 0.969, 0.980},
    sun{0.902, 0.624, 0}, warm{1, 0.957, 0.839};

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Brush = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

void paint(cairo_t* c, Color color) { cairo_set_source_rgb(c, color.r, color.g, color.b); }

void box(cairo_t* c, Color color, double x, double y, double w, double h) {
  paint(c, color);
  cairo_rectangle(c, x, y, w, h);
  cairo_fill(c);
}

// A line of waves as on every page: home above, the way out below.
void waves(cairo_t* c, Color color, double y, double shift) {
  paint(c, color);
  cairo_move_to(c, -80 + shift, y + 18);
  for (int n = -1; 80 * n + shift < width + 160; ++n) {
    const double x = 80 * n + shift;
    cairo_curve_to(c, x + 17, y + 13, x + 24, y + 1, x + 40, y + 1);
    cairo_curve_to(c, x + 52, y + 1, x + 55, y + 11, x + 46, y + 12);
    cairo_curve_to(c, x + 56, y + 15, x + 66, y + 13, x + 80, y + 13);
  }
  cairo_line_to(c, width + 80, y + 40);
  cairo_line_to(c, -80, y + 40);
  cairo_fill(c);
}

// Text that shrinks until it fits its lines; what still does not fit ends in an ellipsis. Returns its height.
int say(cairo_t* c, const std::string& words, Color color, double x, double y, int size, int least, bool bold, int lines,
        double room, PangoAlignment side = PANGO_ALIGN_LEFT) {
  PangoLayout* layout = pango_cairo_create_layout(c);
  pango_layout_set_text(layout, words.c_str(), static_cast<int>(words.size()));
  pango_layout_set_width(layout, static_cast<int>(room * PANGO_SCALE));
  pango_layout_set_alignment(layout, side);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  PangoFontDescription* font = pango_font_description_from_string("Noto Sans");
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  for (;; size -= 4) {
    pango_font_description_set_absolute_size(font, size * static_cast<double>(PANGO_SCALE));
    pango_layout_set_font_description(layout, font);
    if (pango_layout_get_line_count(layout) <= lines || size - 4 < least) break;
  }
  pango_layout_set_height(layout, -lines);
  pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  paint(c, color);
  cairo_move_to(c, x, y);
  pango_cairo_show_layout(c, layout);
  int high = 0;
  pango_layout_get_pixel_size(layout, nullptr, &high);
  pango_font_description_free(font);
  g_object_unref(layout);
  return high;
}

void sail(cairo_t* c, double x, double y) {
  paint(c, paper);
  cairo_move_to(c, x + 40, y);
  cairo_curve_to(c, x + 38, y + 22, x + 26, y + 38, x + 10, y + 48);
  cairo_line_to(c, x + 40, y + 48);
  cairo_fill(c);
  paint(c, sun);
  cairo_move_to(c, x + 46, y + 10);
  cairo_curve_to(c, x + 68, y + 24, x + 74, y + 38, x + 76, y + 48);
  cairo_line_to(c, x + 46, y + 48);
  cairo_fill(c);
  paint(c, paper);
  cairo_move_to(c, x + 10, y + 56);
  cairo_line_to(c, x + 78, y + 56);
  cairo_curve_to(c, x + 74, y + 68, x + 68, y + 72, x + 60, y + 72);
  cairo_line_to(c, x + 28, y + 72);
  cairo_curve_to(c, x + 20, y + 72, x + 12, y + 68, x + 10, y + 56);
  cairo_fill(c);
}

void draw(cairo_t* c, const Card& card) {
  box(c, card.closed ? ground : paper, 0, 0, width, height);
  box(c, strong, 0, 0, width, 120);
  waves(c, brand, 98, 40);
  waves(c, card.closed ? ground : paper, 110, 0);
  sail(c, margin - 10, 18);
  say(c, "Rantau", paper, margin + 92, 20, 44, 44, true, 1, 400);
  if (!card.closed) say(c, card.kind, paper, 620, 26, 34, 26, true, 1, width - 620 - margin, PANGO_ALIGN_RIGHT);
  double y = 158;
  y += say(c, card.title, ink, margin, y, 68, 48, true, 2, width - 2 * margin) + 10;
  y += say(c, card.place, soft, margin, y, 38, 30, false, 1, width - 2 * margin) + 14;
  if (card.closed) {  // nothing on it invites: what happened stands where the pay stood
    box(c, warm, margin, y - 4, width - 2 * margin, 150);
    box(c, sun, margin, y - 4, 8, 150);
    say(c, card.kind, ink, margin + 28, y + 8, 48, 36, true, 1, width - 2 * margin - 56);
    say(c, card.pay, ink, margin + 28, y + 76, 38, 28, false, 1, width - 2 * margin - 56);
  } else {
    say(c, card.pay, ink, margin, y, 60, 40, true, 1, width - 2 * margin);
    box(c, mint, margin, 476, 430, 72);
    box(c, green, margin, 476, 8, 72);
    say(c, card.cost, ink, margin + 28, 487, 36, 26, true, 1, 390);
  }
  box(c, strong, 0, 570, width, 60);
  say(c, card.address, paper, margin, 580, 28, 20, true, 1, width - 2 * margin);
}

// cairo keeps pixels as 0xXXRRGGBB words.
std::string jpeg(const unsigned char* pixels, int stride, int quality) {
  jpeg_compress_struct press{};
  jpeg_error_mgr errors{};
  press.err = jpeg_std_error(&errors);
  jpeg_create_compress(&press);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&press, &bytes, &size);
  press.image_width = width;
  press.image_height = height;
  press.input_components = 3;
  press.in_color_space = JCS_RGB;
  jpeg_set_defaults(&press);
  jpeg_set_quality(&press, quality, TRUE);
  press.optimize_coding = TRUE;
  jpeg_start_compress(&press, TRUE);
  std::vector<unsigned char> row(width * 3);
  while (press.next_scanline < press.image_height) {
    const auto* line = reinterpret_cast<const std::uint32_t*>(pixels + static_cast<std::size_t>(stride) * press.next_scanline);
    for (int x = 0; x < width; ++x) {
      row[static_cast<std::size_t>(x) * 3] = static_cast<unsigned char>(line[x] >> 16U);
      row[static_cast<std::size_t>(x) * 3 + 1] = static_cast<unsigned char>(line[x] >> 8U);
      row[static_cast<std::size_t>(x) * 3 + 2] = static_cast<unsigned char>(line[x]);
    }
    unsigned char* at = row.data();
    jpeg_write_scanlines(&press, &at, 1);
  }
  jpeg_finish_compress(&press);
  std::string out(reinterpret_cast<char*>(bytes), size);
  jpeg_destroy_compress(&press);
  std::free(bytes);
  return out;
}

}  // namespace

std::string share_card(const Card& card) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("no surface for a share card");
  {
    const Brush brush(cairo_create(surface.get()), cairo_destroy);
    draw(brush.get(), card);
  }
  cairo_surface_flush(surface.get());
  std::string bytes;
  // Messengers refuse large pictures: less detail rather than no picture.
  for (int quality = 88; quality >= 40; quality -= 8) {
    bytes = jpeg(cairo_image_surface_get_data(surface.get()), cairo_image_surface_get_stride(surface.get()), quality);
    if (bytes.size() <= largest_card) break;
  }
  return bytes;
}

}  // namespace rantau::offers
