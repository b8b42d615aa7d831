// Every right has its own word, because the journal and the policy page name it.
#include "base/right.h"

#include <set>

namespace rantau {

TEST(Right, EveryRightHasAWordOfItsOwn) {
  std::set<std::string> seen;
  for (int i = 0; i < static_cast<int>(Right::count_); ++i) {
    const std::string w(word(static_cast<Right>(i)));
    EXPECT_FALSE(w.empty()) << i;
    EXPECT_TRUE(seen.insert(w).second) << w;
  }
}

}  // namespace rantau
