// Reads one published table. A row is taken whole or refused whole, with its line and the reason.
#include "modules/targets/shapes.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/money.h"
#include "base/reference.h"
#include "base/text.h"

namespace rantau::targets {
namespace {

struct BadRow {
  Sentence why;
};

using Header = std::vector<std::string>;

// One row, its cells by column name. Every reader below throws BadRow with the reason.
class Row {
 public:
  Row(const Header& header, const std::vector<std::string>& cells, std::size_t line)
      : header_(header), cells_(cells), line_(std::to_string(line)) {}

  std::string cell(std::string_view column) const {
    for (std::size_t i = 0; i < header_.size() && i < cells_.size(); ++i)
      if (header_[i] == column) return text::trim(text::nfkc(cells_[i]));
    return "";
  }
  std::string needed(std::string_view column) const {
    std::string value = cell(column);
    if (value.empty()) fail("targets.row_empty", column, "");
    return value;
  }
  std::string period(std::string_view column = "period") const {
    std::string value = needed(column);
    if (!valid_period(value)) fail("targets.row_period", column, value);
    return value;
  }
  std::string country(std::string_view column) const {
    std::string code = cell(column);
    if (!code.empty() && reference::country(code) == nullptr) fail("targets.row_country", column, code);
    return code;
  }
  std::string status() const {
    std::string value = needed("status");
    if (value != "found" && value != "derived" && value != "unverified") fail("targets.row_status", "status", value);
    return value;
  }
  std::string source(const std::string& status) const {
    std::string value = cell("source");
    if (value.empty() && status != "unverified") fail("targets.row_source", "source", "");
    // Some collectors call the article of 12 April 2023 by a name of their own: its publisher and day are said instead.
    return value.find("seed article") == std::string::npos ? value : "bp2mi.go.id, 12 April 2023";
  }
  // A whole number in groups of three, or for percent with a decimal point or comma.
  void number(std::string_view column, Figure& f) const {
    std::string value = needed(column);
    const bool percent = f.unit == "percent";
    if (percent && value.ends_with('%')) value = text::trim(std::string_view(value).substr(0, value.size() - 1));
    const auto mark = percent ? value.find_first_of(".,") : std::string::npos;
    std::string whole = value;
    if (mark != std::string::npos) {
      f.decimals = static_cast<int>(value.size() - mark - 1);
      whole.erase(mark, 1);
      if (f.decimals < 1 || f.decimals > 6) fail("targets.row_number", column, value);
    }
    const auto n = parse_whole(whole);
    if (!n || *n < 0 || whole.size() > 15 || (mark != std::string::npos && whole.find_first_of("., ") != std::string::npos))
      fail("targets.row_number", column, value);
    f.scaled = *n;  // as many decimals as were printed: 55 stays 55
  }
  [[noreturn]] void fail(std::string_view key, std::string_view column, const std::string& value) const {
    throw BadRow{{std::string(key), {{"line", line_}, {"column", std::string(column)}, {"value", text::cut(value, 40)}}}};
  }
  bool complete() const { return cells_.size() == header_.size(); }

 private:
  const Header& header_;
  const std::vector<std::string>& cells_;
  std::string line_;
};

using Figures = std::vector<Figure>;

Figure begin(const Row& r, std::string_view series, Axis axis, std::string_view unit = "persons") {
  Figure f;
  f.series = series;
  f.axis = axis;
  f.unit = unit;
  f.status = r.status();
  f.source = r.source(f.status);
  return f;
}

// A column that may be empty: not published, never zero.
void optional_column(const Row& r, Figure f, std::string_view column, std::string_view series, std::string_view label, Figures& out,
                     std::string_view unit = "") {
  if (r.cell(column).empty()) return;
  f.series = series;
  f.label = label;
  if (!unit.empty()) f.unit = unit;
  f.decimals = 0;
  r.number(column, f);
  out.push_back(std::move(f));
}

std::string national(const std::string& scope) {
  if (scope == "national") return "ID";
  return scope == "BP3MI DKI Jakarta" ? "BP3MI DKI" : scope;
}

void placements(const Row& r, Figures& out) {
  Figure f = begin(r, "placements", Axis::national);
  f.period = r.period();
  f.scope = "ID";
  f.edition = r.cell("as_of_or_edition");
  optional_column(r, f, "total", "placements", "total", out);
  optional_column(r, f, "formal", "placements_by_kind", "formal", out);
  optional_column(r, f, "informal", "placements_by_kind", "informal", out);
  optional_column(r, f, "male", "placements_by_sex", "male", out);
  optional_column(r, f, "female", "placements_by_sex", "female", out);
  if (out.empty()) r.fail("targets.row_empty", "total", "");
}

void placements_by_country(const Row& r, Figures& out) {
  Figure f = begin(r, "placements_by_country", Axis::destination);
  f.period = r.period();
  f.scope = r.country("iso2");
  f.label = r.needed("country");
  f.edition = r.cell("edition");
  r.number("placements", f);
  out.push_back(f);
}

std::string province_code(const Row& r) {
  std::string code = r.cell("kemendagri_code");
  if (!code.empty() && (code.size() != 2 || code.find_first_not_of("0123456789") != std::string::npos))
    r.fail("targets.row_region", "kemendagri_code", code);
  return code;
}

void placements_by_province(const Row& r, Figures& out) {
  Figure f = begin(r, "placements_by_province", Axis::origin_region);
  f.period = r.period();
  f.scope = province_code(r);
  f.label = r.needed("province");
  f.edition = r.cell("edition");
  r.number("placements", f);
  out.push_back(f);
}

void placements_by_occupation(const Row& r, Figures& out) {
  Figure f = begin(r, "placements_by_occupation", Axis::national);
  f.period = r.period();
  f.scope = "ID";
  f.label = r.needed("occupation_id_term");
  f.edition = r.cell("edition");
  r.number("placements", f);
  out.push_back(f);
  optional_column(r, f, "share_pct", "placements_share_by_occupation", f.label, out, "percent");
}

void placements_by_scheme(const Row& r, Figures& out) {
  Figure f = begin(r, "placements_by_scheme", Axis::national);
  f.period = r.period();
  f.scope = national(r.needed("scope"));
  if (f.scope != "ID") f.axis = Axis::service_office;
  f.label = r.needed("scheme");
  f.note = r.cell("notes");
  r.number("placements", f);
  out.push_back(f);
}

// Only suspects and victims are people; what else the police count are reports and the cases made of them.
std::string_view police_unit(const std::string& measure) {
  if (measure.starts_with("stage")) return "cases";
  return measure.starts_with("suspects") || measure.starts_with("victims") ? "persons" : "reports";
}

// period, measure, value: the office's own figures carry notes, the police's do not
void measured(const Row& r, Figures& out, std::string_view series, std::string_view scope, Axis axis) {
  Figure f = begin(r, series, axis);
  f.period = r.period();
  f.scope = scope;
  f.label = r.needed("measure");
  f.note = r.cell("notes");
  if (series == "police_task_force") f.unit = police_unit(f.label);
  r.number("value", f);
  out.push_back(f);
}

void companies(const Row& r, Figures& out) {
  Figure f = begin(r, "p3mi_by_province", Axis::place, "companies");
  f.period = r.period();
  f.scope = province_code(r);
  f.label = r.needed("province");
  if (f.scope.empty()) f.scope = "ID";
  r.number("p3mi_count", f);
  out.push_back(f);
}

void target(const Row& r, Figures& out) {
  Figure f = begin(r, "target", Axis::national);
  f.period = r.period();
  f.scope = national(r.needed("scope"));
  if (f.scope != "ID") f.axis = Axis::service_office;
  f.label = "target";
  f.note = r.cell("notes");
  if (f.note.find('%') != std::string::npos) f.note.clear();  // a printed percentage is a claim, computed anew where it is shown
  r.number("target", f);
  out.push_back(f);
}

void complaints(const Row& r, Figures& out) {
  Figure f = begin(r, "complaints", Axis::national, "reports");
  f.period = r.period();
  f.scope = "ID";
  f.note = r.cell("notes");
  f.label = "total";
  r.number("complaints", f);
  out.push_back(f);
  optional_column(r, f, "non_procedural", "complaints", "non-procedural", out);
  optional_column(r, f, "procedural", "complaints", "procedural", out);
  optional_column(r, f, "other", "complaints", "other", out);
  optional_column(r, f, "resolved_pct", "complaints_resolved", "resolved", out, "percent");
}

void complaints_by_category(const Row& r, Figures& out) {
  Figure f = begin(r, "complaints_by_category", Axis::national, "reports");
  f.period = r.period();
  f.scope = r.needed("category_code");
  f.label = r.needed("published_label");
  Figure whole = f;
  r.number("period_total", whole);
  f.note = "of " + std::to_string(whole.scaled);
  r.number("count", f);
  out.push_back(f);
}

void complaints_by_country(const Row& r, Figures& out) {
  Figure f = begin(r, "complaints_by_country", Axis::destination, "reports");
  f.period = r.period();
  f.scope = r.country("iso2");
  f.label = f.scope.empty() ? "country not clear" : reference::country_name(f.scope, "en");
  f.note = r.cell("notes");
  r.number("count", f);
  out.push_back(f);
}

void returns(const Row& r, Figures& out) {
  Figure f = begin(r, "return_and_prevention", Axis::national);
  f.period = r.period();
  f.scope = r.needed("scope");
  f.label = r.needed("measure");
  f.note = r.cell("part_of");
  r.number("value", f);
  out.push_back(f);
}

void victims(const Row& r, Figures& out) {
  Figure f = begin(r, "jakarta_trafficking_victims", Axis::place);
  f.period = r.period();
  f.label = r.needed("area");
  f.scope = "31";
  if (f.label.find("cases") != std::string::npos) f.unit = "cases";
  r.number("victims", f);
  out.push_back(f);
}

void labour(const Row& r, Figures& out) {
  const std::string measure = r.needed("measure"), unit = r.needed("unit");
  if (unit != "%" && unit != "percent" && unit != "persons") r.fail("targets.row_unit", "unit", unit);
  const bool rate = measure.starts_with("TPT");
  Figure f = begin(r, rate ? "jakarta_unemployment" : "jakarta_people", Axis::residents, unit == "persons" ? "persons" : "percent");
  f.period = r.period();
  f.scope = "31";
  f.label = measure;
  // the concept, because a register, a census and a survey count different people
  const bool registered = measure.starts_with("population") || measure.find("upper-secondary") != std::string::npos;
  const bool unsaid = measure == "unemployed persons";  // the papers that printed it do not say who counted
  f.edition = registered ? "register, Disnakertransgi" : unsaid ? "" : "BPS survey";
  f.note = f.status == "derived" ? "" : r.cell("notes");
  r.number("value", f);
  out.push_back(f);
}

// Events name their year in words: "Job fair Jaksel stage 1 2025".
std::string year_in(const std::string& event) {
  for (std::size_t i = event.size(); i >= 4; --i) {
    std::string four = event.substr(i - 4, 4);
    if ((four.starts_with("20") || four.starts_with("19")) && valid_period(four)) return four;
  }
  return "";
}

void job_fairs(const Row& r, Figures& out) {
  Figure f = begin(r, "jakarta_job_fairs", Axis::place);
  f.scope = r.needed("event");
  f.period = year_in(f.scope);
  if (f.period.empty()) r.fail("targets.row_period", "event", f.scope);
  f.label = r.needed("measure");
  f.note = r.cell("notes");
  if (f.label == "companies") f.unit = "companies";
  if (f.label == "days" || f.label == "vacancies" || f.label == "seats") f.unit = f.label;
  if (f.label.starts_with("lesson hours")) f.unit = "hours";
  const std::string label = f.label;
  optional_column(r, f, "total", f.series, label, out);
  optional_column(r, f, "ktp_dki", f.series, label + " (KTP DKI)", out);
  optional_column(r, f, "ktp_non_dki", f.series, label + " (KTP non-DKI)", out);
  if (out.empty()) r.fail("targets.row_empty", "total", "");
}

constexpr std::array<std::string_view, 10> units{"persons", "percent",   "companies", "reports", "units",
                                                 "cases",   "vacancies", "seats",     "days",    "hours"};

void own(const Row& r, Figures& out) {
  Figure f = begin(r, r.needed("series"), Axis::national, r.needed("unit"));
  if (f.series.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
    r.fail("targets.row_series", "series", f.series);
  if (std::find(units.begin(), units.end(), f.unit) == units.end()) r.fail("targets.row_unit", "unit", f.unit);
  const std::string axis = r.needed("axis");
  bool found = false;
  for (Axis a : {Axis::origin_region, Axis::service_office, Axis::departure_point, Axis::destination, Axis::national,
                 Axis::residents, Axis::place})
    if (word(a) == axis) {
      f.axis = a;
      found = true;
    }
  if (!found) r.fail("targets.row_axis", "axis", axis);
  f.scope = r.cell("scope");
  f.label = r.needed("label");
  f.period = r.period();
  f.edition = r.cell("edition");
  f.note = r.cell("note");
  r.number("value", f);
  out.push_back(f);
}

struct Shape {
  std::vector<std::string_view> columns;
  std::function<void(const Row&, Figures&)> read;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all{
      {{"series", "scope", "label", "value", "unit", "axis", "period", "edition", "status", "source", "note"}, own},
      {{"period", "total", "formal", "informal", "male", "female", "as_of_or_edition", "status", "source"}, placements},
      {{"period", "iso2", "country", "placements", "edition", "status", "source"}, placements_by_country},
      {{"period", "kemendagri_code", "province", "placements", "edition", "status", "source"}, placements_by_province},
      {{"period", "occupation_id_term", "placements", "share_pct", "edition", "status", "source"}, placements_by_occupation},
      {{"period", "scope", "scheme", "placements", "status", "notes", "source"}, placements_by_scheme},
      {{"period", "measure", "value", "status", "notes", "source"},
       [](const Row& r, Figures& out) { measured(r, out, "bp3mi_jakarta", "BP3MI DKI", Axis::service_office); }},
      {{"period", "measure", "value", "status", "source"},
       [](const Row& r, Figures& out) { measured(r, out, "police_task_force", "ID", Axis::national); }},
      {{"period", "kemendagri_code", "province", "p3mi_count", "status", "source"}, companies},
      {{"period", "scope", "target", "status", "notes", "source"}, target},
      {{"period", "complaints", "resolved_pct", "non_procedural", "procedural", "other", "notes", "status", "source"}, complaints},
      {{"period", "period_total", "category_code", "published_label", "count", "status", "source"}, complaints_by_category},
      {{"period", "iso2", "count", "notes", "status", "source"}, complaints_by_country},
      {{"period", "scope", "measure", "part_of", "value", "status", "source"}, returns},
      {{"period", "area", "victims", "status", "source"}, victims},
      {{"period", "measure", "value", "unit", "notes", "status", "source"}, labour},
      {{"event", "measure", "ktp_dki", "ktp_non_dki", "total", "notes", "status", "source"}, job_fairs},
  };
  return all;
}

// The same columns in any order.
const Shape* recognise(const Header& header) {
  for (const Shape& s : shapes()) {
    if (s.columns.size() != header.size()) continue;
    if (std::all_of(s.columns.begin(), s.columns.end(),
                    [&](std::string_view c) { return std::find(header.begin(), header.end(), c) != header.end(); }))
      return &s;
  }
  return nullptr;
}

std::string listed(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names) out += (out.empty() ? "" : ", ") + text::cut(name, 40);
  return out;
}

// Lists that lie beside the tables of figures and are none: said so, instead of "unknown columns".
std::optional<Sentence> other_list(const Header& header) {
  struct List {
    std::vector<std::string_view> columns;
    const char* key;
  };
  static const std::vector<List> lists{
      {{"id", "topic", "figure_a", "figure_b", "why_it_matters", "sources"}, "targets.import_is_contradictions"},
      {{"code", "nik_prefix", "level", "name", "source"}, "targets.import_is_codes"},
      {{"code", "level", "name", "source"}, "targets.import_is_codes"},
      {{"bp2mi_label", "id_label", "isco08", "isco08_title", "sector_bp2mi", "status", "notes"}, "targets.import_is_codes"},
      {{"code", "label_id", "phase", "label_status"}, "targets.import_is_codes"},
  };
  for (const List& list : lists)
    if (list.columns.size() == header.size() &&
        std::all_of(header.begin(), header.end(), [&](const std::string& h) { return text::in(list.columns, h); }))
      return Sentence{list.key};
  return std::nullopt;
}

// What stands in the way of the layout that shares most columns with this one.
std::vector<Sentence> differences(const Header& header) {
  // Of two layouts that share as many, the one that wants fewer others.
  const auto near = [&](const Shape& s) {
    return 2 * std::count_if(s.columns.begin(), s.columns.end(), [&](std::string_view c) { return text::in(header, c); }) -
           static_cast<std::ptrdiff_t>(s.columns.size());
  };
  const auto& all = shapes();
  const Shape& nearest =
      *std::max_element(all.begin(), all.end(), [&](const Shape& a, const Shape& b) { return near(a) < near(b); });
  std::vector<std::string_view> unknown, missing, twice;
  for (auto h = header.begin(); h != header.end(); ++h) {
    if (std::find(header.begin(), h, *h) != h)
      twice.push_back(*h);
    else if (!text::in(nearest.columns, *h))
      unknown.push_back(*h);
  }
  for (const auto c : nearest.columns)
    if (!text::in(header, c)) missing.push_back(c);
  std::vector<Sentence> out;
  if (!unknown.empty()) out.push_back({"targets.import_columns_unknown", {{"columns", listed(unknown)}}});
  if (!missing.empty()) out.push_back({"targets.import_columns_missing", {{"columns", listed(missing)}}});
  if (!twice.empty()) out.push_back({"targets.import_columns_twice", {{"columns", listed(twice)}}});
  return out;
}

std::optional<Sentence> fault_of(const text::Csv& csv) {
  const Words line{{"line", std::to_string(csv.fault_line)}};
  switch (csv.fault) {
    case text::Csv::Fault::none: break;
    case text::Csv::Fault::open_quote: return Sentence{"targets.import_open_quote", line};
    case text::Csv::Fault::after_quote: return Sentence{"targets.import_after_quote", line};
    case text::Csv::Fault::utf16: return Sentence{"targets.import_utf16"};
  }
  if (csv.header.empty()) return Sentence{"targets.import_empty"};
  return std::nullopt;
}

bool two_digits(std::string_view s, int most) {
  return s.size() == 2 && s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' && (s[0] - '0') * 10 + s[1] - '0' >= 1 &&
         (s[0] - '0') * 10 + s[1] - '0' <= most;
}

bool single_period(std::string_view s) {
  if (s.size() < 4 || s.substr(0, 4).find_first_not_of("0123456789") != std::string_view::npos) return false;
  if (s[0] != '1' && s[0] != '2') return false;
  if (s.size() == 4) return true;
  if (s[4] != '-') return false;
  const auto rest = s.substr(5);
  if (rest == "H1" || rest == "H2") return true;
  if (rest.size() == 2 && rest[0] == 'Q') return rest[1] >= '1' && rest[1] <= '4';
  if (rest.size() == 2) return two_digits(rest, 12);
  return parse_iso(s).has_value();
}

}  // namespace

bool valid_period(std::string_view period) {
  const auto dots = period.find("..");
  if (dots == std::string_view::npos) return single_period(period);
  return single_period(period.substr(0, dots)) && single_period(period.substr(dots + 2));
}

Table read_table(std::string_view bytes) {
  const auto csv = text::read_csv(bytes);
  Table table;
  Header header;
  for (const auto& h : csv.header) header.push_back(text::fold(h));
  table.error = fault_of(csv);
  const Shape* shape = recognise(header);
  table.known = shape != nullptr;
  if (!shape && !table.error) {
    if (auto other = other_list(header))
      table.error = std::move(other);
    else
      table.columns = differences(header);
  }
  if (shape && !table.error && csv.rows.empty()) table.error = Sentence{"targets.import_no_rows"};
  if (!shape || table.error) return table;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    ++table.rows;
    const Row row(header, csv.rows[i], csv.lines[i]);
    Figures found;
    try {
      if (!row.complete()) row.fail("targets.row_cells", "", std::to_string(csv.rows[i].size()));
      shape->read(row, found);
      table.figures.insert(table.figures.end(), found.begin(), found.end());
    } catch (const BadRow& bad) {
      ++table.refused;
      table.problems.push_back(bad.why);
    }
  }
  return table;
}

std::string own_header() { return "series,scope,label,value,unit,axis,period,edition,status,source,note"; }

std::string own_row(const Figure& f) {
  std::string value = show_decimal(f.scaled, f.decimals, "en");
  std::erase(value, ',');
  std::string out;
  for (const std::string& cell :
       {f.series, f.scope, f.label, value, f.unit, std::string(word(f.axis)), f.period, f.edition, f.status, f.source, f.note}) {
    if (!out.empty()) out += ',';
    out += text::csv_cell(cell);
  }
  return out;
}

}  // namespace rantau::targets
