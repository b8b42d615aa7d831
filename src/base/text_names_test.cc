// Names that are one name, names that are not, and how alike two are.
#include <rapidcheck.h>

#include "base/text.h"

namespace rantau::text {

void one_name(std::initializer_list<const char*> names) {
  for (auto n : names) EXPECT_EQ(name_key(n), name_key(*names.begin())) << n;
}

TEST(NameKey, AbbreviationsMeetTheWholeWord) {
  one_name({"Muhammad Jumadi", "Moh. Djumadi", "M. Jumadi", "Muh. Jumadi", "Mochamad Jumadi", "Mukhamad Djoemadi", "MOCH JUMADI",
            "Mohd. Jumadi", "Moh.Djumadi", "Mhd Jumadi", "Muhamad Jumadi"});
  one_name({"Abdul Rahman", "Abd. Rahman", "Abdurrahman", "A. Rahman", "Abdul Rachman"});
  one_name({"Siti Aminah", "St. Aminah", "Siti Amina", "S. Aminah"});
  one_name({"Ahmad Fauzi", "Achmad Fauzi", "Akhmad Pauzi", "Akmad Fauzi"});
  one_name({"Nur Hayati", "Nurhayati", "N. Hayati", "Noerhayati"});
}

TEST(NameKey, OldSpellingMeetsTheNew) {
  one_name({"Soekarno", "Sukarno"});
  one_name({"Tjahjo", "Cahjo", "Tjahjo"});
  one_name({"Fatimah", "Fathimah", "Patimah", "Fatima"});
  one_name({"Yusuf", "Jusuf", "Yusup", "Joesoef"});
  one_name({"Zainal", "Jainal", "Zaenal"});
  one_name({"Aziz", "Azis", "Ajis"});
  one_name({"Sjahrir", "Syahrir"});
  one_name({"Iqbal", "Ikbal"});
  one_name({"Rizky", "Riski", "Rizqi"});
}

TEST(NameKey, TitlesAndDegreesAreNoNames) {
  one_name({"Budi Santoso", "H. Budi Santoso", "Drs. H. Budi Santoso, S.E., M.Si.", "Bpk. Budi Santoso", "Budi Santoso S.Pd.",
            "R. Budi Santoso", "Raden Budi Santoso", "Alm. Budi Santoso", "Ir. Budi Santoso, SH"});
  one_name({"Siti", "Hj. Siti", "Ny. Siti"});
}

TEST(NameKey, TheWordBintiGoesAndTheFathersNameStays) {
  one_name({"Siti Aminah Ahmad", "Siti Aminah binti Achmad", "SITI AMINAH BINTI AHMAD"});
  EXPECT_NE(name_key("Siti Aminah"), name_key("Siti Aminah binti Ahmad"));
}

TEST(NameKey, KeepsDifferentPeopleApart) {
  EXPECT_NE(name_key("Jumadi"), name_key("Sumadi"));
  EXPECT_NE(name_key("Nurdin"), name_key("Nur"));
  EXPECT_NE(name_key("Siti"), name_key("Sita"));
  EXPECT_FALSE(name_key("Haji").empty()) << "a name that is only a title keeps a key";
  EXPECT_FALSE(name_key("M.").empty());
  EXPECT_TRUE(name_key(" . ").empty());
}

TEST(NameKey, NeverFailsOnAnyText) {
  EXPECT_TRUE(rc::check([](const std::string& s) {
    RC_ASSERT(valid_utf8(name_key(s)));
    RC_ASSERT(valid_utf8(company_key(s)));
  }));
}

TEST(CompanyKey, DropsFormAndNoise) {
  for (auto n : {"PT. Maju Jaya Abadi (P3MI)", "P.T. MAJU JAYA ABADI", "maju jaya abadi, PT", "PT Mаju Jaya Abadi Tbk"})
    EXPECT_EQ(company_key(n), "maju jaya abadi") << n;
  EXPECT_EQ(company_key("PT"), "pt");
}

TEST(Likeness, IsHundredOnlyForEqualKeys) {
  EXPECT_EQ(likeness("maju jaya", "maju jaya"), 100);
  EXPECT_EQ(likeness("majujaya", "maju jaya"), 99);
  EXPECT_GE(likeness("jaya maju", "maju jaya"), 95);
  EXPECT_GE(likeness("maju jaya abadi", "maju jya abadi"), 85);
  EXPECT_LT(likeness("maju jaya abadi", "bumi mas nusantara"), 50);
  EXPECT_EQ(likeness("", "maju"), 0);
}

TEST(Likeness, DoesNotDependOnTheOrderOfTheTwo) {
  EXPECT_TRUE(rc::check([] {
    const auto word = rc::gen::container<std::string>(rc::gen::elementOf(std::string("abn ")));
    const std::string a = *word, b = *word;
    const int l = likeness(a, b);
    RC_ASSERT(l == likeness(b, a));
    RC_ASSERT(l >= 0 && l <= 100);
    RC_ASSERT((l == 100) == (a == b && !a.empty()));
  }));
}

}  // namespace rantau::text
