// Reads QR codes in a photo. JPEG, PNG and WebP only, decoded in memory, small at once: a photo may be a bomb.
#define ZX_USE_UTF8 1  // text() as UTF-8
#include <ZXing/ReadBarcode.h>
#include <png.h>
#include <webp/decode.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstring>

// jpeglib.h needs <cstdio> before it.
#include <jpeglib.h>
// after it
#include <jerror.h>

#include "modules/offers/offers.h"

namespace rantau::offers {

namespace {

constexpr std::size_t most_bytes = 8 * 1024 * 1024;
constexpr std::uint64_t most_pixels = 40'000'000;
constexpr std::uint32_t most_side = 20'000;
constexpr std::uint32_t wanted_side = 2'000;  // larger pictures are made smaller while they are decoded
constexpr std::uint64_t most_kept = 16'000'000;

struct Grey {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};
enum class Trouble { none, no_image, too_large };

bool fits(std::uint64_t width, std::uint64_t height) {
  return width >= 1 && height >= 1 && width <= most_side && height <= most_side && width * height <= most_pixels;
}

// --- JPEG ----------------------------------------------------------------------------------------------------------------

struct JpegErrors {
  jpeg_error_mgr base;
  std::jmp_buf back;
};
void jpeg_fails(j_common_ptr info) { std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->back, 1); }
// A photo that ends before its end is counted; lesser damage is common and harmless.
void jpeg_says(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) ++info->err->num_warnings;
}
void jpeg_writes(j_common_ptr) {}

// No object with a destructor may live between setjmp and longjmp: `out` belongs to the caller.
Trouble decode_jpeg(std::string_view bytes, Grey& out) {
  jpeg_decompress_struct info{};
  JpegErrors errors{};
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = jpeg_fails;
  errors.base.emit_message = jpeg_says;
  errors.base.output_message = jpeg_writes;
  if (setjmp(errors.back)) {
    jpeg_destroy_decompress(&info);
    return Trouble::no_image;
  }
  jpeg_create_decompress(&info);
  info.mem->max_memory_to_use = 48L * 1024 * 1024;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) {
    jpeg_destroy_decompress(&info);
    return Trouble::no_image;
  }
  // A progressive picture keeps all its coefficients at once: those are bounded more tightly.
  const std::uint64_t area = std::uint64_t{info.image_width} * info.image_height;
  if (!fits(info.image_width, info.image_height) || (jpeg_has_multiple_scans(&info) && area > most_kept)) {
    jpeg_destroy_decompress(&info);
    return Trouble::too_large;
  }
  info.out_color_space = JCS_GRAYSCALE;
  info.scale_num = 1;
  info.scale_denom = 1;
  while (info.scale_denom < 8 && std::max(info.image_width, info.image_height) / info.scale_denom > wanted_side)
    info.scale_denom *= 2;
  jpeg_start_decompress(&info);
  out.width = static_cast<int>(info.output_width);
  out.height = static_cast<int>(info.output_height);
  out.pixels.resize(std::size_t{info.output_width} * info.output_height);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = out.pixels.data() + std::size_t{info.output_scanline} * info.output_width;
    jpeg_read_scanlines(&info, &row, 1);
  }
  const bool damaged = errors.base.num_warnings > 0;
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return damaged ? Trouble::no_image : Trouble::none;
}

// --- PNG -----------------------------------------------------------------------------------------------------------------

struct PngSource {
  std::string_view bytes;
  std::size_t at = 0;
};
void png_take(png_structp png, png_bytep to, png_size_t n) {
  auto* source = static_cast<PngSource*>(png_get_io_ptr(png));
  if (source->bytes.size() - source->at < n) png_error(png, "short");
  std::memcpy(to, source->bytes.data() + source->at, n);
  source->at += n;
}
void png_fails(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void png_says(png_structp, png_const_charp) {}

// Reads row by row and keeps every `step`-th point as the mean of a block, so that 40 megapixels need little memory.
Trouble decode_png(std::string_view bytes, Grey& out, std::vector<std::uint8_t>& row, std::vector<std::uint32_t>& sums) {
  PngSource source{bytes};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, png_fails, png_says);
  if (!png) return Trouble::no_image;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, nullptr);
    return Trouble::no_image;
  }
  png_set_user_limits(png, most_side, most_side);
  png_set_chunk_cache_max(png, 16);
  png_set_chunk_malloc_max(png, 1024 * 1024);
  png_set_read_fn(png, &source, png_take);
  png_read_info(png, info);
  const std::uint32_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  const bool interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  if (!fits(width, height) || (interlaced && std::uint64_t{width} * height > most_kept)) {
    png_destroy_read_struct(&png, &info, nullptr);
    return Trouble::too_large;
  }
  png_set_strip_16(png);
  png_set_expand(png);
  const png_color_16 white{255, 255, 255, 255, 255};
  if (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA || png_get_valid(png, info, PNG_INFO_tRNS))
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
  png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT, PNG_RGB_TO_GRAY_DEFAULT);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  const std::size_t channels = png_get_channels(png, info), stride = png_get_rowbytes(png, info);
  const std::uint32_t step = passes > 1 ? 1 : std::max<std::uint32_t>(1, std::max(width, height) / wanted_side);
  out.width = static_cast<int>(width / step);
  out.height = static_cast<int>(height / step);
  out.pixels.assign(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 255);
  if (passes > 1) {
    row.assign(stride * height, 255);
    for (int pass = 0; pass < passes; ++pass)
      for (std::uint32_t y = 0; y < height; ++y) png_read_row(png, row.data() + stride * y, nullptr);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = row[i * channels];
  } else {
    row.assign(stride, 255);
    sums.assign(static_cast<std::size_t>(out.width), 0);
    for (std::uint32_t y = 0; y < height; ++y) {
      png_read_row(png, row.data(), nullptr);
      for (std::size_t x = 0; x < sums.size() * step; ++x) sums[x / step] += row[x * channels];
      if ((y + 1) % step) continue;
      const std::size_t line = y / step;
      if (line < static_cast<std::size_t>(out.height))
        for (std::size_t x = 0; x < sums.size(); ++x)
          out.pixels[line * sums.size() + x] = static_cast<std::uint8_t>(sums[x] / (step * step));
      std::fill(sums.begin(), sums.end(), 0);
    }
  }
  png_read_end(png, nullptr);
  png_destroy_read_struct(&png, &info, nullptr);
  return Trouble::none;
}

// --- WebP: saved messages and stickers ----------------------------------------------------------------------------------------

struct WebpPixels {
  WebPDecoderConfig config;
  ~WebpPixels() { WebPFreeDecBuffer(&config.output); }
};

Trouble decode_webp(std::string_view bytes, Grey& out) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebpPixels image{};
  auto& c = image.config;
  if (!WebPInitDecoderConfig(&c) || WebPGetFeatures(data, bytes.size(), &c.input) != VP8_STATUS_OK || c.input.has_animation)
    return Trouble::no_image;
  const auto width = static_cast<std::uint64_t>(c.input.width), height = static_cast<std::uint64_t>(c.input.height);
  // A lossless picture, and what is transparent of any, is kept whole while it is decoded.
  const bool kept = c.input.format == 2 || c.input.has_alpha;
  if (!fits(width, height) || (kept && width * height > most_kept)) return Trouble::too_large;
  const std::uint64_t step = std::max<std::uint64_t>(1, std::max(width, height) / wanted_side);
  c.options.use_scaling = step > 1;
  c.options.scaled_width = static_cast<int>(std::max<std::uint64_t>(1, width / step));
  c.options.scaled_height = static_cast<int>(std::max<std::uint64_t>(1, height / step));
  c.output.colorspace = MODE_RGBA;
  if (WebPDecode(data, bytes.size(), &c) != VP8_STATUS_OK) return Trouble::no_image;
  out.width = c.output.width;
  out.height = c.output.height;
  out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(out.height); ++y)
    for (std::size_t x = 0; x < static_cast<std::size_t>(out.width); ++x) {
      const std::uint8_t* p = c.output.u.RGBA.rgba + y * static_cast<std::size_t>(c.output.u.RGBA.stride) + x * 4;
      const unsigned grey = (p[0] * 299U + p[1] * 587U + p[2] * 114U) / 1000U;
      out.pixels[y * static_cast<std::size_t>(out.width) + x] =
          static_cast<std::uint8_t>((grey * p[3] + 255U * (255U - p[3])) / 255U);  // on white, as a chat shows it
    }
  return Trouble::none;
}

Trouble decode(std::string_view bytes, Grey& out) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return decode_jpeg(bytes, out);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    std::vector<std::uint8_t> row;
    std::vector<std::uint32_t> sums;
    return decode_png(bytes, out, row, sums);
  }
  if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return decode_webp(bytes, out);
  return Trouble::no_image;
}

std::vector<std::string> codes_in(const Grey& image) {
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  hints.setTryHarder(true);
  hints.setTryRotate(true);
  hints.setTryDownscale(true);
  hints.setMaxNumberOfSymbols(8);
  std::vector<std::string> out;
  for (const auto& found : ZXing::ReadBarcodes({image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum}, hints)) {
    if (!found.isValid()) continue;
    std::string said = found.text();
    if (said.size() > 4000) said.resize(4000);
    if (std::find(out.begin(), out.end(), said) == out.end()) out.push_back(std::move(said));
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> read_qr(std::string_view bytes) {
  if (bytes.size() > most_bytes) return Refusal{Refusal::invalid, "offers.check.photo_too_large"};
  Grey image;
  const Trouble trouble = decode(bytes, image);
  if (trouble == Trouble::too_large) return Refusal{Refusal::invalid, "offers.check.photo_too_large"};
  if (trouble == Trouble::no_image || image.width < 8 || image.height < 8)
    return Refusal{Refusal::invalid, "offers.check.photo_no_image"};
  auto out = codes_in(image);
  if (!out.empty()) return out;
  // Light on dark: this version of the reader knows dark on light alone.
  for (auto& grey : image.pixels) grey = static_cast<std::uint8_t>(255 - grey);
  return codes_in(image);
}

}  // namespace rantau::offers
