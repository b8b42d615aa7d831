// QR codes are read from photos as phones take them; pictures that are bombs or no pictures are refused.
#include <gtest/gtest.h>
#include <png.h>
#include <webp/encode.h>
#include <qrcodegen/qrcodegen.hpp>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

#include <jpeglib.h>

#include "modules/offers/offers.h"

namespace rantau::offers {
namespace {

struct Picture {
  int side = 0;
  std::vector<std::uint8_t> grey;
};

// A poster: the code turned by so many degrees on grey paper, with noise.
Picture poster(const std::string& text, double degrees = 0, int noise = 0, int module = 8) {
  const auto qr = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  const int size = (qr.getSize() + 8) * module;
  Picture p{size * 2, std::vector<std::uint8_t>(static_cast<std::size_t>(size) * 2 * static_cast<std::size_t>(size) * 2, 230)};
  std::mt19937 dice(7);
  const double a = degrees * 3.14159265358979 / 180, c = std::cos(a), s = std::sin(a);
  for (int y = 0; y < p.side; ++y)
    for (int x = 0; x < p.side; ++x) {
      const double dx = x - p.side / 2.0, dy = y - p.side / 2.0;
      const int u = static_cast<int>(std::floor((c * dx + s * dy + size / 2.0) / module)) - 4;
      const int v = static_cast<int>(std::floor((-s * dx + c * dy + size / 2.0) / module)) - 4;
      int value = u >= -4 && v >= -4 && u < qr.getSize() + 4 && v < qr.getSize() + 4 ? (qr.getModule(u, v) ? 30 : 240) : 200;
      if (noise) value += static_cast<int>(dice() % static_cast<unsigned>(2 * noise + 1)) - noise;
      p.grey[static_cast<std::size_t>(y * p.side + x)] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
    }
  return p;
}

std::string as_png(const Picture& p) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = static_cast<png_uint_32>(p.side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, p.grey.data(), 0, nullptr);
  std::string out(size, '\0');
  png_image_write_to_memory(&image, out.data(), &size, 0, p.grey.data(), 0, nullptr);
  out.resize(size);
  return out;
}

std::string as_jpeg(const Picture& p, int quality = 60) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &memory, &size);
  info.image_width = info.image_height = static_cast<JDIMENSION>(p.side);
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(p.grey.data() + std::size_t{info.next_scanline} * info.image_width);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string out(reinterpret_cast<char*>(memory), size);
  jpeg_destroy_compress(&info);
  std::free(memory);
  return out;
}

// A sticker: lossless and partly transparent, or lossy as a saved picture.
std::string as_webp(const Picture& p, bool lossless) {
  std::vector<std::uint8_t> rgba;
  for (std::uint8_t grey : p.grey) rgba.insert(rgba.end(), {grey, grey, grey, static_cast<std::uint8_t>(grey == 200 ? 0 : 255)});
  std::uint8_t* memory = nullptr;
  const std::size_t size = lossless ? WebPEncodeLosslessRGBA(rgba.data(), p.side, p.side, p.side * 4, &memory)
                                    : WebPEncodeRGBA(rgba.data(), p.side, p.side, p.side * 4, 70, &memory);
  std::string out(reinterpret_cast<char*>(memory), size);
  WebPFree(memory);
  return out;
}

const std::string address = "https://rantau.example/v/9K4T2M7QX";

std::string first_text(const std::string& bytes) {
  const auto read = read_qr(bytes);
  return read && !read->empty() ? read->front() : "";
}

TEST(Qr, IsReadFromPngAndJpeg) {
  const Picture p = poster(address);
  EXPECT_EQ(first_text(as_png(p)), address);
  EXPECT_EQ(first_text(as_jpeg(p)), address);
}

TEST(Qr, IsReadTurnedNoisyAndLarge) {
  for (double degrees : {10.0, 45.0, 90.0, 180.0, 203.0})
    EXPECT_EQ(first_text(as_jpeg(poster(address, degrees, 25))), address) << degrees;
  EXPECT_EQ(first_text(as_png(poster(address, 5, 15, 40))), address) << "larger than the wanted side";
}

TEST(Qr, APhotoWithoutACodeIsNoError) {
  Picture p{400, std::vector<std::uint8_t>(160'000, 128)};
  const auto read = read_qr(as_png(p));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->empty());
}

std::string refusal(const std::string& bytes) {
  const auto read = read_qr(bytes);
  return read ? "" : read.refusal().key;
}

void put32(std::string& s, std::size_t at, std::uint32_t n) {
  for (int i = 3; i >= 0; --i, n >>= 8) s[at + static_cast<std::size_t>(i)] = static_cast<char>(n & 255);
}
std::uint32_t crc(std::string_view s) {
  std::uint32_t c = 0xFFFFFFFFU;
  for (unsigned char b : s) {
    c ^= b;
    for (int k = 0; k < 8; ++k) c = c & 1 ? 0xEDB88320U ^ (c >> 1) : c >> 1;
  }
  return ~c;
}

TEST(Qr, AHeaderThatClaimsAHugePictureIsRefused) {
  std::string png = as_png(poster(address));
  const auto claim = [&](std::uint32_t w, std::uint32_t h) {
    std::string bomb = png;
    put32(bomb, 16, w);
    put32(bomb, 20, h);
    put32(bomb, 29, crc(std::string_view(bomb).substr(12, 17)));
    return bomb;
  };
  EXPECT_NE(refusal(claim(100'000, 100'000)), "");
  EXPECT_EQ(refusal(claim(20'000, 20'000)), "offers.check.photo_too_large");
  EXPECT_EQ(refusal(std::string(9 * 1024 * 1024, 'x')), "offers.check.photo_too_large");
  std::string jpeg = as_jpeg(poster(address));
  const auto frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  for (int i = 5; i < 9; ++i) jpeg[frame + static_cast<std::size_t>(i)] = '\xC0';  // 49,344 x 49,344
  EXPECT_EQ(refusal(jpeg), "offers.check.photo_too_large");
}

TEST(Qr, TruncatedAndForeignFilesAreRefused) {
  const std::string png = as_png(poster(address)), jpeg = as_jpeg(poster(address));
  for (std::size_t keep : {0UL, 3UL, 20UL, 100UL, 500UL}) {
    EXPECT_EQ(refusal(png.substr(0, keep)), "offers.check.photo_no_image") << keep;
    EXPECT_EQ(refusal(jpeg.substr(0, keep)), "offers.check.photo_no_image") << keep;
  }
  EXPECT_EQ(refusal(jpeg.substr(0, jpeg.size() / 2)), "offers.check.photo_no_image");
  EXPECT_EQ(refusal("<svg xmlns='http://www.w3.org/2000/svg'/>"), "offers.check.photo_no_image");
  EXPECT_EQ(refusal("GIF89a"), "offers.check.photo_no_image");
}

TEST(QrPhoto, ReadsWebpAsMessengersSaveIt) {
  for (bool lossless : {true, false}) {
    const auto found = read_qr(as_webp(poster(address), lossless));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U) << lossless;
    EXPECT_EQ(found->front(), address);
  }
  const std::string whole = as_webp(poster(address), true);
  for (std::size_t cut : {std::size_t{13}, std::size_t{40}, whole.size() / 2})
    EXPECT_FALSE(read_qr(whole.substr(0, cut))) << "a torn picture is no picture";
}

TEST(QrPhoto, AWebpBombIsRefusedBeforeItIsDecoded) {
  const std::string head = as_webp({4'200, std::vector<std::uint8_t>(std::size_t{4'200} * 4'200, 200)}, true);
  EXPECT_LT(head.size(), 100'000U);
  const auto found = read_qr(head);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.refusal().key, "offers.check.photo_too_large");
}

TEST(QrPhoto, ReadsLightOnDark) {
  Picture p = poster(address);
  for (auto& grey : p.grey) grey = static_cast<std::uint8_t>(255 - grey);
  const auto found = read_qr(as_png(p));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->front(), address);
}

}  // namespace
}  // namespace rantau::offers
