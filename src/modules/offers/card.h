// The picture that messengers show beside a shared job: 1200 x 630, JPEG, at most 100 KB.
#pragma once
#include <string>

namespace rantau::offers {

struct Card {
  std::string kind;     // "Lowongan resmi"
  std::string title;    // "Perawat lansia (kaigo)"
  std::string place;    // "Osaka, Jepang"
  std::string pay;      // "¥198.000 / bulan"
  std::string cost;     // "Biaya Anda Rp 0"
  std::string address;  // "Cek keasliannya: situs.example/v/9K4T2M7QX"
  bool closed = false;
};
std::string share_card(const Card&);
constexpr std::size_t largest_card = 100 * 1024;

}  // namespace rantau::offers
