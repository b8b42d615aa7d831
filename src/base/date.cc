// Days and instants: reading what people type, writing what they read.
#include "base/date.h"

#include <array>
#include <vector>

namespace rantau {

using namespace std::chrono;

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::array<std::string_view, 12> months_id{"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                                     "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
constexpr std::array<std::string_view, 12> months_en{"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 12> short_id{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                                    "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
constexpr std::array<std::string_view, 12> short_en{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days_id{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"};
constexpr std::array<std::string_view, 7> days_en{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::string two(int n) {
  std::string s = std::to_string(n);
  return s.size() < 2 ? "0" + s : s;
}
std::string four(int n) {
  std::string s = std::to_string(n);
  return s.size() < 4 ? std::string(4 - s.size(), '0') + s : s;
}

std::int64_t offset_ms(Zone zone) { return static_cast<std::int64_t>(zone) * 3'600'000; }
std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// 1..12, 0 when it is no month. Old and clipped spellings as found on papers: Pebruari, Nopember, Agt, Sept.
int month_named(std::string_view typed) {
  const std::string word = lower(typed);
  for (unsigned i = 0; i < 12; ++i)
    for (auto name : {months_id[i], months_en[i], short_id[i], short_en[i]})
      if (word == lower(name)) return static_cast<int>(i) + 1;
  constexpr std::array<std::pair<std::string_view, int>, 11> also{{{"peb", 2},
                                                                   {"pebruari", 2},
                                                                   {"mrt", 3},
                                                                   {"agt", 8},
                                                                   {"ags", 8},
                                                                   {"agust", 8},
                                                                   {"sept", 9},
                                                                   {"okto", 10},
                                                                   {"nop", 11},
                                                                   {"nopember", 11},
                                                                   {"dsm", 12}}};
  for (const auto& [name, month] : also)
    if (word == name) return month;
  return 0;
}

std::optional<int> number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  int n = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

std::optional<Date> make(int y, int m, int d) {
  const year_month_day ymd{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{ymd};
}

// Runs of digits or letters, with anything of " /-.," between them.
std::optional<std::vector<std::string_view>> parts(std::string_view s) {
  std::vector<std::string_view> out;
  auto kind = [](char c) {
    if (c >= '0' && c <= '9') return 1;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 2;
    return c == ' ' || c == '/' || c == '-' || c == '.' || c == ',' ? 0 : -1;
  };
  for (std::size_t i = 0; i < s.size();) {
    const int k = kind(s[i]);
    if (k < 0) return std::nullopt;
    std::size_t j = i + 1;
    while (j < s.size() && kind(s[j]) == k) ++j;
    if (k > 0) out.push_back(s.substr(i, j - i));
    i = j;
  }
  return out;
}

unsigned month_index(const Date& d) { return static_cast<unsigned>(d.ymd.month()) - 1; }
std::string in_words(const Date& d, std::string_view month_name) {
  return std::to_string(static_cast<unsigned>(d.ymd.day())) + " " + std::string(month_name) + " " +
         four(static_cast<int>(d.ymd.year()));
}

std::string_view zone_name(Zone z) {
  switch (z) {
    case Zone::WIB: return "WIB";
    case Zone::WITA: return "WITA";
    case Zone::WIT: return "WIT";
  }
  return "";
}

}  // namespace

std::string Date::iso() const {
  if (!known()) return "";
  return four(static_cast<int>(ymd.year())) + "-" + two(static_cast<int>(static_cast<unsigned>(ymd.month()))) + "-" +
         two(static_cast<int>(static_cast<unsigned>(ymd.day())));
}

Date day_of(Instant t, Zone zone) {
  return {year_month_day(sys_days(std::chrono::days(floor_div(t.ms + offset_ms(zone), day_ms))))};
}

Instant start_of(Date d, Zone zone) {
  return {static_cast<std::int64_t>(d.days().time_since_epoch().count()) * day_ms - offset_ms(zone)};
}

Instant from_local(Date d, int hour, int minute, Zone zone) {
  return {start_of(d, zone).ms + (static_cast<std::int64_t>(hour) * 60 + minute) * 60'000};
}

std::optional<Date> parse_iso(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const auto y = number(s.substr(0, 4)), m = number(s.substr(5, 2)), d = number(s.substr(8, 2));
  if (!y || !m || !d) return std::nullopt;
  return make(*y, *m, *d);
}

std::optional<Date> parse_date(std::string_view typed) {
  const auto found = parts(typed);
  if (!found || found->size() != 3) return std::nullopt;
  const auto& p = *found;
  if (p[0].size() == 4) {  // year first: only the written-out ISO form
    const auto y = number(p[0]), m = number(p[1]), d = number(p[2]);
    if (!y || !m || !d || p[1].size() > 2 || p[2].size() > 2) return std::nullopt;
    return make(*y, *m, *d);
  }
  if (p[0].size() > 2 || p[2].size() != 4) return std::nullopt;
  const auto d = number(p[0]), y = number(p[2]);
  if (!d || !y) return std::nullopt;
  int m = month_named(p[1]);
  if (m == 0 && p[1].size() <= 2) m = number(p[1]).value_or(0);
  return m == 0 ? std::nullopt : make(*y, m, *d);
}

std::string iso_utc(Instant t) {
  const std::int64_t day = floor_div(t.ms, day_ms);
  const int seconds = static_cast<int>((t.ms - day * day_ms) / 1000);
  return Date{year_month_day(sys_days(std::chrono::days(day)))}.iso() + "T" + two(seconds / 3600) + ":" + two(seconds / 60 % 60) +
         ":" + two(seconds % 60) + "Z";
}

std::string show(Date d, std::string_view lang) {
  if (!d.known()) return "";
  return in_words(d, (lang == "en" ? months_en : months_id)[month_index(d)]);
}

std::string show_short(Date d, std::string_view lang) {
  if (!d.known()) return "";
  return in_words(d, (lang == "en" ? short_en : short_id)[month_index(d)]);
}

std::string weekday(Date d, std::string_view lang) {
  if (!d.known()) return "";
  return std::string((lang == "en" ? days_en : days_id)[std::chrono::weekday(d.days()).c_encoding()]);
}

std::string show(Instant t, std::string_view lang, Zone zone) {
  const std::int64_t local = t.ms + offset_ms(zone);
  const int minutes = static_cast<int>((local - floor_div(local, day_ms) * day_ms) / 60'000);
  return show(day_of(t, zone), lang) + ", " + two(minutes / 60) + (lang == "en" ? ":" : ".") + two(minutes % 60) + " " +
         std::string(zone_name(zone));
}

}  // namespace rantau
