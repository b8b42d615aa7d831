// Amounts as messages and forms say them.
#include "base/money.h"

#include <rapidcheck.h>

namespace rantau {

TEST(ParseMoney, ReadsWhatMessagesSay) {
  const auto rp = [](std::int64_t n) { return Money{n, "IDR"}; };
  EXPECT_EQ(parse_money("Rp 7,5 juta"), rp(7'500'000));
  EXPECT_EQ(parse_money("7.500.000"), rp(7'500'000));
  EXPECT_EQ(parse_money("7jt"), rp(7'000'000));
  EXPECT_EQ(parse_money("40 JT"), rp(40'000'000));
  EXPECT_EQ(parse_money("Rp. 4.500.000,-"), rp(4'500'000));
  EXPECT_EQ(parse_money("Rp4.500.000,00"), rp(4'500'000));
  EXPECT_EQ(parse_money("500rb"), rp(500'000));
  EXPECT_EQ(parse_money("1,5 miliar"), rp(1'500'000'000));
  EXPECT_EQ(parse_money("10 juta rupiah"), rp(10'000'000));
  EXPECT_EQ(parse_money("rp 8.000.000 / bulan"), rp(8'000'000));
  EXPECT_EQ(parse_money("Ｒｐ　１５．０００．０００"), rp(15'000'000)) << "fullwidth digits";
  EXPECT_EQ(parse_money("USD 3,200"), (Money{320'000, "USD"}));
  EXPECT_EQ(parse_money("NT$ 28.590"), (Money{28'590, "TWD"}));
  EXPECT_EQ(parse_money("RM 1.700,00"), (Money{170'000, "MYR"}));
  EXPECT_EQ(parse_money("RM 1,700.50"), (Money{170'050, "MYR"}));
  EXPECT_EQ(parse_money("1700", "MYR"), (Money{170'000, "MYR"}));
  EXPECT_EQ(parse_money("2.500 SAR"), (Money{250'000, "SAR"}));
}

TEST(ParseMoney, RefusesWhatIsNoAmount) {
  for (auto typed : {"", "Rp", "abc", "7..5 juta", "1.23.456", "Rp -", "12,3456", "99999999999999999999", "5 ekor", "Rp 5 6"})
    EXPECT_FALSE(parse_money(typed)) << typed;
}

TEST(Show, ReadsBackInBothLanguages) {
  EXPECT_TRUE(rc::check([] {
    const Money m{*rc::gen::inRange<std::int64_t>(-9'000'000'000'000, 9'000'000'000'000),
                  *rc::gen::elementOf(std::vector<std::string>{"IDR", "TWD", "MYR", "HKD", "SGD", "JPY", "KRW", "SAR", "USD", "KWD",
                                                               "EUR", "TRY", "AUD", "BND"})};
    for (auto lang : {"id", "en"}) RC_ASSERT(parse_money(show(m, lang)) == m);
    for (auto lang : {"id", "en"}) RC_ASSERT(parse_whole(show_number(m.minor, lang)) == m.minor);
  }));
}

TEST(Show, WritesAsPeopleRead) {
  EXPECT_EQ(show(Money{8'000'000, "IDR"}, "id"), "Rp 8.000.000");
  EXPECT_EQ(show(Money{28'590, "TWD"}, "id"), "NT$ 28.590");
  EXPECT_EQ(show(Money{170'000, "MYR"}, "id"), "RM 1.700,00");
  EXPECT_EQ(show(Money{170'000, "MYR"}, "en"), "RM 1,700.00");
  EXPECT_EQ(show_decimal(3904, 2, "id"), "39,04");
  EXPECT_EQ(show_decimal(-5, 2, "en"), "-0.05");
}

TEST(Money, OfTwoCurrenciesIsNeverAddedOrCompared) {
  const Money a{1, "IDR"}, b{1, "MYR"};
  EXPECT_THROW((void)(a + b), std::logic_error);
  EXPECT_THROW((void)(a < b), std::logic_error);
  EXPECT_EQ((a + Money{2, "IDR"}).minor, 3);
}

TEST(ParseWhole, KnowsGroupsOfThree) {
  EXPECT_EQ(parse_whole("1.234"), 1234);
  EXPECT_EQ(parse_whole("1,234,567"), 1'234'567);
  EXPECT_EQ(parse_whole("1 234"), 1234);
  EXPECT_EQ(parse_whole("-12"), -12);
  for (auto typed : {"", "1.23", "1,2345", "12a", "1.234,5", "."}) EXPECT_FALSE(parse_whole(typed)) << typed;
}

TEST(Money, MoreDecimalsThanTheCurrencyHasAreNoticed) {
  for (const char* yen : {"198.000,50", "198000.5", "0,01"}) EXPECT_TRUE(finer_than_money(yen, "JPY")) << yen;
  for (const char* yen : {"198.000", "198.000,00", "1,5 juta", "MYR 1,50", "bukan uang"})
    EXPECT_FALSE(finer_than_money(yen, "JPY")) << yen;
  EXPECT_FALSE(finer_than_money("1.700,50", "MYR"));
  EXPECT_TRUE(finer_than_money("rp 7,5", "MYR")) << "the currency that was typed counts";
}

}  // namespace rantau
