// The version of the program: said by `rantau version` and on /status.
#pragma once
#include <string_view>

namespace rantau {

inline constexpr std::string_view version = "0.1";

}  // namespace rantau
