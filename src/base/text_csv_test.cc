// CSV as offices write it.
#include <rapidcheck.h>

#include "base/text.h"

namespace rantau::text {

TEST(Csv, ReadsBackWhatWasWritten) {
  EXPECT_TRUE(rc::check([] {
    const auto cell = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1 ,;\"\n\r\t'=-.")));
    const auto rows =
        *rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::container<std::vector<std::string>>(3, cell));
    std::string file = "one,two,three\n";
    for (const auto& r : rows) file += csv_cell(r[0]) + "," + csv_cell(r[1]) + "," + csv_cell(r[2]) + "\n";
    const auto csv = read_csv(file);
    RC_ASSERT(csv.error.empty());
    RC_ASSERT(csv.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        const auto& read = csv.rows[i][j];
        // a cell that a spreadsheet would run got an apostrophe
        RC_ASSERT(read == rows[i][j] || read == "'" + rows[i][j]);
      }
  }));
}

TEST(Csv, FormulasAreNeutralised) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("@x"), "'@x");
  EXPECT_EQ(csv_cell("+62812"), "'+62812");
  EXPECT_EQ(csv_cell("-2,5"), "\"-2,5\"") << "a negative number is none";
  EXPECT_EQ(csv_cell("-cmd"), "'-cmd");
  EXPECT_EQ(csv_cell("a\"b"), "\"a\"\"b\"");
}

TEST(Csv, KnowsTheMarkTheBomAndWindows) {
  for (auto file : {"a,b\n1,2\n", "a;b\r\n1;2\r\n", "a\tb\n1\t2",
                    "\xEF\xBB\xBF"
                    "a;b\n1;2\n",
                    "\n a , b \n\n1,2\n\n"}) {
    const auto csv = read_csv(file);
    EXPECT_EQ(csv.header, (std::vector<std::string>{"a", "b"})) << file;
    ASSERT_EQ(csv.rows.size(), 1U) << file;
    EXPECT_EQ(csv.rows[0], (std::vector<std::string>{"1", "2"})) << file;
  }
  EXPECT_EQ(read_csv("a;b\n1,5;2\n").rows[0][0], "1,5");
  EXPECT_EQ(read_csv("a,b\nJos\xE9,\x80\n").rows[0], (std::vector<std::string>{"José", "€"}));
}

TEST(Csv, NamesTheLineOfAnError) {
  EXPECT_EQ(read_csv("a,b\n1,2\n3,\"4\n5,6\n").error, "line 3: quote not closed");
  EXPECT_EQ(read_csv("a,b\n\"1\"x,2\n").error, "line 2: text after a closing quote");
  for (const char* wide : {"\xFF\xFE", "\xFE\xFF"}) EXPECT_EQ(read_csv(wide).fault, Csv::Fault::utf16);
  EXPECT_EQ(read_csv(std::string_view("a\0,\0", 4)).fault, Csv::Fault::utf16);
  const auto csv = read_csv("a,b\n\"1\n1\",2\n3,4\n");
  EXPECT_EQ(csv.lines, (std::vector<std::size_t>{2, 4}));
}

}  // namespace rantau::text
