// Countries and currencies by code, with their Indonesian and English names and the other names people write.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rantau::reference {

struct Country {
  std::string_view alpha2, alpha3, id, en;
  std::vector<std::string_view> also;  // "Korsel", "Hongkong": as in advertisements
};
const std::vector<Country>& countries();                  // by alpha-2
const Country* country(std::string_view alpha2);          // nullptr: no such code
const Country* country_named(std::string_view any_name);  // either language, alias or alpha-2/3 code, folded; nullptr: unknown
std::string country_name(std::string_view alpha2, std::string_view lang);  // the code itself when unknown

struct Currency {
  std::string_view code, id, en;
};
const std::vector<Currency>& currencies();  // by code
const Currency* currency(std::string_view code);
std::string currency_name(std::string_view code, std::string_view lang);

}  // namespace rantau::reference
