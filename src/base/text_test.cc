// Text from people in one shape: folding, phones, numbers, NIK.
#include "base/text.h"

#include <rapidcheck.h>

namespace rantau::text {

TEST(Fold, MakesForgedLettersPlain) {
  EXPECT_EQ(fold("PT Mаju Jаyа"), "pt maju jaya") << "Cyrillic a";
  EXPECT_EQ(fold("РТ МАЈU"), "pt maju") << "Cyrillic capitals";
  EXPECT_EQ(fold("Bοrneο"), "borneo") << "Greek o";
  EXPECT_EQ(fold("０８１２ ３４５６"), "0812 3456") << "fullwidth digits";
  EXPECT_EQ(fold("ma\u200Bju\u202E ja\u200Dya\uFEFF"), "maju jaya") << "invisible and right-to-left marks";
  EXPECT_EQ(fold("  José\u00A0\tĐinh  Ølsen "), "jose dinh olsen");
  EXPECT_EQ(fold("𝐆𝐚𝐣𝐢"), "gaji") << "mathematical letters";
  EXPECT_EQ(fold("Ma’ruf"), "ma'ruf");
}

TEST(Fold, TwiceIsAsOnce) {
  EXPECT_TRUE(rc::check([] {
    std::string s;
    for (auto c : *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(0x20, 0x3000))) {
      if (c < 0x80) {
        s += static_cast<char>(c);
      } else if (c < 0x800) {
        s += static_cast<char>(0xC0 | c >> 6);
        s += static_cast<char>(0x80 | (c & 0x3F));
      } else {
        s += static_cast<char>(0xE0 | c >> 12);
        s += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        s += static_cast<char>(0x80 | (c & 0x3F));
      }
    }
    RC_ASSERT(fold(fold(s)) == fold(s));
  }));
}

TEST(Utf8, BrokenBytesNeverPass) {
  EXPECT_TRUE(valid_utf8("Padang é"));
  for (auto bad : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80"}) {
    EXPECT_FALSE(valid_utf8(bad));
    EXPECT_TRUE(valid_utf8(nfkc(bad)));
    EXPECT_TRUE(valid_utf8(fold(bad)));
  }
  EXPECT_EQ(length("añ€"), 3U);
  EXPECT_EQ(cut("añ€b", 2), "añ");
  EXPECT_EQ(cut("ab", 5), "ab");
}

TEST(Phone, TakesEveryWayOfWritingOneNumber) {
  for (auto typed : {"0812-0000-7890", "081200007890", "62 812 0000 7890", "+62812-0000-7890", "+62 (0)812 0000 7890",
                     "0062 812 0000 7890", "(0812) 0000.7890", "tel:+6281200007890", "０８１２００００７８９０"})
    EXPECT_EQ(phone(typed), "+6281200007890") << typed;
  EXPECT_EQ(phone("+886 912 000 017"), "+886912000017");
  EXPECT_EQ(phone("021-5550-100"), "+62215550100");
}

TEST(Phone, ForeignNumbersNeedTheirPlus) {
  for (auto typed : {"886912000017", "85290000017", "", "12", "0812abc0000", "++62812", "0812 0000 7890 1234 5678", "110"})
    EXPECT_FALSE(phone(typed)) << typed;
}

TEST(Phone, ShownIsReadAsTheSame) {
  EXPECT_TRUE(rc::check([] {
    const std::string front = *rc::gen::elementOf(std::vector<std::string>{"+628", "+6221", "+62274", "+886", "+852", "+60", "+1"});
    std::string e164 = front;
    const int more = *rc::gen::inRange(7, 10);
    for (int i = 0; i < more; ++i) e164 += static_cast<char>('0' + *rc::gen::inRange(i ? 0 : 1, 10));
    RC_ASSERT(phone(show_phone(e164)) == e164);
  }));
}

TEST(Phone, IsShownAndMaskedAsPeopleReadIt) {
  EXPECT_EQ(show_phone("+6281234567890"), "0812-3456-7890");
  EXPECT_EQ(show_phone("+886912000017"), "+886 912 000 017");
}

TEST(Nik, IsReadSoftly) {
  const auto woman = nik("31.74.02.55.07.98.0000");
  EXPECT_TRUE(woman.sixteen && woman.plausible_date && woman.woman && woman.synthetic);
  EXPECT_EQ(woman.day, 15);
  EXPECT_EQ(woman.month, 7);
  EXPECT_EQ(woman.year2, 98);
  EXPECT_FALSE(nik("3174021513980000").plausible_date) << "month 13";
  EXPECT_FALSE(nik("3174023102980000").plausible_date) << "31 February";
  EXPECT_FALSE(nik("317402150798").sixteen);
}

TEST(Escapes, LeaveNothingThatActs) {
  EXPECT_EQ(html("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
  EXPECT_EQ(url("a b/é"), "a%20b%2F%C3%A9");
}

}  // namespace rantau::text
