// Days as people type and read them.
#include "base/date.h"

#include <rapidcheck.h>

namespace rantau {

using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST(ParseDate, TakesWhatPeopleType) {
  const Date d{1999y / 12 / 31};
  for (auto typed : {"31 12 1999", "31/12/1999", "31-12-1999", "31.12.1999", "31 Des 1999", "31 Desember 1999", "31 December 1999",
                     "31 desember 1999", " 31-Dec-1999 ", "1999-12-31"})
    EXPECT_EQ(parse_date(typed), d) << typed;
  EXPECT_EQ(parse_date("1 2 2020"), Date{2020y / 2 / 1}) << "day before month, always";
  EXPECT_EQ(parse_date("5 Nopember 2020"), Date{2020y / 11 / 5});
}

TEST(ParseDate, RefusesDaysThatAreNone) {
  for (auto typed : {"31 Feb 2020", "29 02 2023", "32 1 2020", "1 13 2020", "0 1 2020", "12/1999", "31 12 99", "kemarin",
                     "31 12 1999 5", "31 Foo 1999", "", "١ ٢ ٢٠٢٠"})
    EXPECT_FALSE(parse_date(typed)) << typed;
}

TEST(ParseIso, IsStrict) {
  EXPECT_EQ(parse_iso("2024-02-29"), Date{2024y / 2 / 29});
  for (auto typed : {"2024-2-29", "2023-02-29", "2024/02/29", "2024-02-29 ", "24-02-29", ""})
    EXPECT_FALSE(parse_iso(typed)) << typed;
}

TEST(Show, ReadsBackInBothLanguages) {
  EXPECT_TRUE(rc::check([] {
    const Date d{std::chrono::year_month_day(sys_days(std::chrono::days(*rc::gen::inRange(-50'000, 70'000))))};
    for (auto lang : {"id", "en"}) {
      RC_ASSERT(parse_date(show(d, lang)) == d);
      RC_ASSERT(parse_date(show_short(d, lang)) == d);
    }
    RC_ASSERT(parse_iso(d.iso()) == d);
    RC_ASSERT(parse_date(d.iso()) == d);
    for (auto zone : {Zone::WIB, Zone::WITA, Zone::WIT}) RC_ASSERT(day_of(start_of(d, zone), zone) == d);
  }));
}

TEST(Show, WritesAsTheOfficeWrites) {
  const Date d{2026y / 11 / 24};
  EXPECT_EQ(show(d, "id"), "24 November 2026");
  EXPECT_EQ(show_short(Date{2026y / 5 / 2}, "id"), "2 Mei 2026");
  const Instant t = from_local(d, 9, 10);
  EXPECT_EQ(iso_utc(t), "2026-11-24T02:10:00Z");
  EXPECT_EQ(show(t, "id"), "24 November 2026, 09.10 WIB");
  EXPECT_EQ(show(t, "en", Zone::WIT), "24 November 2026, 11:10 WIT");
  EXPECT_EQ(show(Date{}, "id"), "");
}

TEST(Day, ChangesAtMidnightOfItsZone) {
  const Instant t{std::chrono::milliseconds(sys_days(2026y / 1 / 1).time_since_epoch()).count() - 1};  // 31 Dec 23:59:59.999 UTC
  EXPECT_EQ(day_of(t, Zone::WIB), (Date{2026y / 1 / 1}));
  EXPECT_EQ(day_of(Instant{-1}, Zone::WIB), (Date{1970y / 1 / 1}));
  EXPECT_EQ(iso_utc(Instant{-1000}), "1969-12-31T23:59:59Z");
}

}  // namespace rantau
