// A result is a value or a refusal, never both.
#include "base/result.h"

namespace rantau {

TEST(Result, HoldsTheValueOfAnActThatWasDone) {
  Result<int> r = 7;
  ASSERT_TRUE(r);
  EXPECT_EQ(*r, 7);
}

TEST(Result, HoldsEveryReasonOfARefusal) {
  Result<std::string> r = Refusal{Refusal::invalid, "base.config_no_equals", {{"a"}, {"b", {{"x", "1"}}}}};
  ASSERT_FALSE(r);
  ASSERT_EQ(r.refusal().reasons.size(), 2U);
  EXPECT_EQ(r.refusal().reasons[1].words[0].second, "1");
}

}  // namespace rantau
