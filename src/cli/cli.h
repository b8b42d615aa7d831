// The terminal: the same use cases as the web, and the program's own upkeep. `rantau help` lists them.
#pragma once
#include <string>
#include <vector>

namespace rantau::cli {

// Returns the process's exit code: 0 done, 1 refused or something found, 2 called with the wrong words.
int run(const std::vector<std::string>& words);

}  // namespace rantau::cli
