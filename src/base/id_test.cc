// Record numbers grow and never repeat; a public code finds every single slip of the pen.
#include "base/id.h"

#include <rapidcheck.h>

#include <set>

namespace rantau {

const std::string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

TEST(IdMaker, NeverRepeatsEvenWhenTheClockStandsOrGoesBack) {
  IdMaker maker(3);
  std::set<std::int64_t> seen;
  std::int64_t last = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto id = maker.next(1'790'000'000'000 - i / 100);
    EXPECT_GT(id, last);
    last = id;
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST(IdMaker, TwoProcessesNeverMakeTheSameNumber) {
  IdMaker a(1), b(2);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 5'000; ++i) {
    EXPECT_TRUE(seen.insert(a.next(1'790'000'000'000)).second);
    EXPECT_TRUE(seen.insert(b.next(1'790'000'000'000)).second);
  }
}

TEST(ParseId, TakesDecimalDigitsOnly) {
  EXPECT_EQ(parse_id("42"), 42);
  EXPECT_EQ(parse_id("9223372036854775807"), 9223372036854775807);
  for (auto bad : {"", "0", "-1", "+1", "1 ", "1.0", "0x5", "042", "9223372036854775808", "99999999999999999999"})
    EXPECT_FALSE(parse_id(bad)) << bad;
}

TEST(Code, ReadsBackWhateverWayItIsSaid) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const std::string code = make_code(bits);
    RC_ASSERT(code.size() == 9U);
    std::string said = show_code(code);
    for (char& c : said) {
      if (c == '0') c = 'O';
      if (c == '1') c = 'l';
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    RC_ASSERT(read_code(said).code == code);
    RC_ASSERT(read_code(show_code(code)).code == code);
  }));
}

TEST(Code, FindsEverySingleSubstitution) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const std::string code = make_code(bits);
    for (std::size_t i = 0; i < code.size(); ++i)
      for (char c : letters) {
        if (c == code[i]) continue;
        std::string wrong = code;
        wrong[i] = c;
        const auto r = read_code(wrong);
        RC_ASSERT(!r.code);
        RC_ASSERT(r.looks_like_code);
      }
  }));
}

TEST(Code, FindsEverySwapOfNeighbours) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const std::string code = make_code(bits);
    for (std::size_t i = 0; i + 1 < code.size(); ++i) {
      if (code[i] == code[i + 1]) continue;
      std::string wrong = code;
      std::swap(wrong[i], wrong[i + 1]);
      RC_ASSERT(!read_code(wrong).code);
    }
  }));
}

TEST(Code, NamesThePlaceOfTheOnlyRepairThatLeadsToAKnownCode) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const std::string code = make_code(bits);
    const auto known = [&](std::string_view c) { return c == code; };
    const auto at = *rc::gen::inRange<std::size_t>(0, 9);
    std::string wrong = code;
    wrong[at] = *rc::gen::elementOf(letters);
    RC_PRE(wrong != code);
    const auto r = read_code(show_code(wrong), known);
    RC_ASSERT(r.suggestion == code);
    RC_ASSERT(r.wrong_at == static_cast<int>(at) + 1);
  }));
}

TEST(Code, NamesTheFirstOfTwoSwappedCharacters) {
  const std::string code = make_code(0x123456789A);
  std::string wrong = code;
  std::size_t at = 0;
  while (wrong[at] == wrong[at + 1]) ++at;
  std::swap(wrong[at], wrong[at + 1]);
  const auto r = read_code(wrong, [&](std::string_view c) { return c == code; });
  EXPECT_EQ(r.suggestion, code);
  EXPECT_EQ(r.wrong_at, static_cast<int>(at) + 1);
}

TEST(Code, SaysNothingWhenSeveralRepairsAreKnown) {
  const std::string code = make_code(77);
  std::string wrong = code;
  wrong[2] = wrong[2] == 'Z' ? 'Y' : 'Z';
  const auto r = read_code(wrong, [](std::string_view) { return true; });
  EXPECT_TRUE(r.suggestion.empty());
  EXPECT_EQ(r.wrong_at, 0);
}

TEST(Code, IsNotSeenInOtherText) {
  for (auto text : {"", "9K4T-2M7Q", "9K4T-2M7Q-XX", "9K4T-2M7Q-U", "9K4T-2M7Q-?", "Perusahaan"})
    EXPECT_FALSE(read_code(text).looks_like_code) << text;
}

}  // namespace rantau
