// Which codes exist in ISCO-08: its 130 minor groups, by the two digits of their sub-major group.
#include <algorithm>
#include <array>

#include "modules/offers/offers.h"

namespace rantau::offers {
namespace {

struct SubMajor {
  std::string_view digits;
  char most;  // its minor groups are numbered from 1 (armed forces: the major group's own number) up to this
};
constexpr std::array<SubMajor, 40> sub_majors{
    {{"11", '2'}, {"12", '2'}, {"13", '4'}, {"14", '3'}, {"21", '6'}, {"22", '6'}, {"23", '5'}, {"24", '3'},
     {"25", '2'}, {"26", '5'}, {"31", '5'}, {"32", '5'}, {"33", '5'}, {"34", '3'}, {"35", '2'}, {"41", '3'},
     {"42", '2'}, {"43", '2'}, {"44", '1'}, {"51", '6'}, {"52", '4'}, {"53", '2'}, {"54", '1'}, {"61", '3'},
     {"62", '2'}, {"63", '4'}, {"71", '3'}, {"72", '3'}, {"73", '2'}, {"74", '2'}, {"75", '4'}, {"81", '8'},
     {"82", '1'}, {"83", '5'}, {"91", '2'}, {"92", '1'}, {"93", '3'}, {"94", '1'}, {"95", '2'}, {"96", '2'}}};
constexpr std::array<std::string_view, 3> armed_forces{"011", "021", "031"};

bool starts_a_group(std::string_view two) {
  return std::any_of(sub_majors.begin(), sub_majors.end(), [&](const SubMajor& s) { return s.digits.starts_with(two); }) ||
         std::any_of(armed_forces.begin(), armed_forces.end(), [&](std::string_view g) { return g.starts_with(two); });
}

// Officers and engineers, deck crews, fishers; the trades, galley and cabins that larger ships carry.
constexpr std::array<std::string_view, 22> on_ships{"3151", "3152", "835",  "622", "9216", "7126", "7127", "7212",
                                                    "7214", "7222", "7233", "741", "7421", "8182", "511",  "512",
                                                    "513",  "5151", "9112", "941", "221",  "222"};

}  // namespace

bool ship_work(std::string_view isco) {
  return std::any_of(on_ships.begin(), on_ships.end(), [&](std::string_view group) { return isco.starts_with(group); });
}

bool isco_known(std::string_view code) {
  if (code.empty() || code.size() > 4 || code.find_first_not_of("0123456789") != std::string_view::npos) return false;
  if (code.size() <= 2) return starts_a_group(code);
  const auto minor = code.substr(0, 3);
  if (std::find(armed_forces.begin(), armed_forces.end(), minor) != armed_forces.end()) return true;
  const auto at =
      std::find_if(sub_majors.begin(), sub_majors.end(), [&](const SubMajor& s) { return s.digits == minor.substr(0, 2); });
  return at != sub_majors.end() && minor[2] >= '1' && minor[2] <= at->most;
}

}  // namespace rantau::offers
