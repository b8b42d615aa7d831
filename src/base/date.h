// Days and instants. The clock is read only where an Act begins; everything else is told the time.
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rantau {

// Milliseconds since 1970 UTC.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads it
};

// A calendar day, without zone. Stored as TEXT 'YYYY-MM-DD'. A default Date is "no date" (empty text).
struct Date {
  std::chrono::year_month_day ymd{};
  Date() = default;
  Date(std::chrono::year_month_day d) : ymd(d) {}
  bool known() const { return ymd.ok(); }
  auto operator<=>(const Date& other) const { return days() <=> other.days(); }
  bool operator==(const Date& other) const { return days() == other.days(); }
  std::chrono::sys_days days() const { return known() ? std::chrono::sys_days(ymd) : std::chrono::sys_days::min(); }
  Date plus_days(int n) const { return {std::chrono::year_month_day(days() + std::chrono::days(n))}; }
  std::string iso() const;  // "2026-11-24", "" when unknown
};

enum class Zone { WIB = 7, WITA = 8, WIT = 9 };  // fixed offsets; Indonesia has no summer time

Date day_of(Instant, Zone = Zone::WIB);
Instant start_of(Date, Zone = Zone::WIB);
Instant from_local(Date, int hour, int minute, Zone = Zone::WIB);
std::optional<Date> parse_iso(std::string_view);  // strict YYYY-MM-DD
// What people type: "31 12 1999", "31/12/1999", "31-12-1999", "31 Des 1999", "31 Desember 1999", "31 December 1999",
// "1999-12-31". Day before month, always. 31 Feb is nothing.
std::optional<Date> parse_date(std::string_view typed);
std::string iso_utc(Instant);  // "2026-11-24T02:10:00Z"

// For people. lang is "id" or "en".
std::string show(Date, std::string_view lang);                       // "24 November 2026"
std::string show_short(Date, std::string_view lang);                 // "24 Nov 2026"
std::string show(Instant, std::string_view lang, Zone = Zone::WIB);  // "24 November 2026, 09.10 WIB"
std::string weekday(Date, std::string_view lang);                    // "Selasa"

}  // namespace rantau
