// "Angka" for everybody, its tables as CSV and JSON, and the officers' desk for imports.
#include <boost/json.hpp>

#include <algorithm>

#include "base/money.h"
#include "base/text.h"
#include "modules/access/access.h"
#include "modules/targets/shapes.h"
#include "modules/targets/show.h"
#include "modules/targets/store.h"
#include "modules/targets/targets.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::targets {
namespace {

using web::Reply;
using web::Request;
using web::View;

constexpr std::size_t rows_a_page = 40;
constexpr std::size_t bars_a_chart = 12, bars_over_time = 24;

// The order of the page; series that an import adds follow by name.
constexpr std::string_view order[] = {"target",
                                      "placements",
                                      "placements_by_kind",
                                      "placements_by_sex",
                                      "placements_by_country",
                                      "placements_by_province",
                                      "placements_by_occupation",
                                      "placements_share_by_occupation",
                                      "placements_by_scheme",
                                      "bp3mi_jakarta",
                                      "p3mi_by_province",
                                      "complaints",
                                      "complaints_resolved",
                                      "complaints_by_category",
                                      "complaints_by_country",
                                      "return_and_prevention",
                                      "police_task_force",
                                      "jakarta_trafficking_victims",
                                      "jakarta_people",
                                      "jakarta_unemployment",
                                      "jakarta_job_fairs"};

std::string series_title(const Request& q, std::string_view series) {
  const std::string key = "targets.series." + std::string(series);
  return web::Texts::in(q.lang).find(key) ? q.t(key) : std::string(series);
}

std::vector<Figure> public_figures(Act& act, std::string_view series) {
  auto all = figures(act, series);
  std::erase_if(all, [](const Figure& f) { return !is_public(f); });
  return all;
}

// An address in pieces that may part at the end of a line.
View::List source_parts(const std::string& source) {
  View::List parts;
  std::string part;
  for (char c : source) {
    part += c;
    if (c != '/' && c != '-') continue;
    parts.emplace_back().set("part", part);
    part.clear();
  }
  if (!part.empty()) parts.emplace_back().set("part", part);
  return parts;
}

// value, period, edition, axis, source: what every figure carries wherever it stands
void fill(const Request& q, const Figure& f, View& row) {
  std::string edition = show_edition(f, q.lang);
  if (edition.empty()) edition = q.t("targets.no_edition");
  row.set("label", show_label(f, q.lang))
      .set("value", show_value(f, q.lang))
      .set("unit", f.unit == "percent" ? std::string() : q.t("targets.unit." + f.unit))
      .set("period", show_period(f.period, q.lang))
      .set("edition", edition)
      .set("axis", q.t("targets.axis." + std::string(word(f.axis))))
      .set("source", source_parts(show_source(f.source, q.lang)))
      .set("derived", f.status == "derived")
      .set("note", show_note(f, q.lang));
}

const Figure* find(const std::vector<Figure>& all, std::string_view series, std::string_view period, std::string_view label_begin,
                   std::string_view source = {}) {
  for (const Figure& f : all)
    if (f.series == series && f.period == period && f.label.starts_with(label_begin) && f.source.find(source) != std::string::npos)
      return &f;
  return nullptr;
}

std::string signed_percent(std::int64_t scaled, int decimals, const std::string& lang) {
  return (scaled >= 0 ? "+" : "") + show_decimal(scaled, decimals, lang) + "\u00a0%";
}

// The target of the news of 12 April 2023 and what its "+24.52 %" says about the year before.
View claim(const Request& q, const std::vector<Figure>& all, const Figure& target) {
  constexpr std::int64_t printed = 2452;
  const Range range = implied_base(target.scaled, printed, 2);
  View v;
  fill(q, target, v);
  v.set("printed", signed_percent(printed, 2, q.lang))
      .set("implied", show_number(range.nearest, q.lang))
      .set("from", show_number(range.from, q.lang))
      .set("to", show_number(range.to, q.lang))
      .set("implied_growth", signed_percent(growth(target.scaled, range.nearest, 2).value_or(0), 2, q.lang));
  View::List bases;
  for (const Figure& f : all) {
    if (f.series != "placements" || f.period != "2022") continue;
    View& row = bases.emplace_back();
    fill(q, f, row);
    row.set("growth", signed_percent(growth(target.scaled, f.scaled, 1).value_or(0), 1, q.lang));
  }
  v.set("bases", std::move(bases));
  return v;
}

View contradiction(const Request& q, const Contradiction& c) {
  Words said;
  for (const auto& [name, scaled] : c.words) {
    const auto n = parse_whole(scaled).value_or(0);
    said.emplace_back(name, name == "implied" ? show_number(n, q.lang) : show_decimal(n, 1, q.lang) + "\u00a0%");
  }
  View v;
  v.set("topic", q.t(c.topic, said)).set("a", unbroken(q.t(c.figure_a, said))).set("b", unbroken(q.t(c.figure_b, said)));
  v.set("why", unbroken(q.t(c.why, said))).set("sources", q.t(c.sources));
  return v;
}

View::List series_list(const Request& q, const std::vector<Figure>& all) {
  std::vector<std::string> names(std::begin(order), std::end(order));
  for (const Figure& f : all)
    if (std::find(names.begin(), names.end(), f.series) == names.end()) names.push_back(f.series);
  View::List out;
  for (const auto& name : names) {
    const auto count = std::count_if(all.begin(), all.end(), [&](const Figure& f) { return f.series == name; });
    if (count) out.emplace_back().set("href", "/angka/" + name).set("name", series_title(q, name)).set("count", count);
  }
  return out;
}

std::vector<Bar> bars_of(const Request& q, const std::vector<Figure>& rows, bool with_period) {
  std::vector<Bar> bars;
  for (const Figure& f : rows) {
    std::string label = with_period ? show_period(f.period, q.lang) : show_label(f, q.lang);
    const std::string edition = show_edition(f, q.lang);
    if (with_period && !edition.empty()) label += ", " + edition;
    double value = static_cast<double>(f.scaled);
    for (int i = 0; i < f.decimals; ++i) value /= 10;
    bars.push_back({label, show_value(f, q.lang), value});
  }
  return bars;
}

bool is_year(const Figure& f) { return f.period.size() == 4; }

Reply front(const Request& q, Db& db) {
  return db.read([&](Act& act) {
    const auto all = public_figures(act, "");
    View v;
    v.set("title", q.t("targets.title")).set("description", q.t("targets.lead"));
    const Figure* target = find(all, "target", "2023", "target", "12 April 2023");
    const Figure* people = find(all, "jakarta_people", "2023-04", "population (");
    const Figure* schooled = find(all, "jakarta_people", "2023-04", "population with");
    v.set("seed", target && people && schooled);
    if (target && people && schooled) {
      View p, s;
      fill(q, *people, p);
      fill(q, *schooled, s);
      s.set("share", show_decimal(percent(schooled->scaled, people->scaled, 2).value_or(0), 2, q.lang) + "\u00a0%");
      v.set("target", claim(q, all, *target)).set("people", std::move(p)).set("schooled", std::move(s));
    }
    std::vector<Figure> years;
    for (const Figure& f : all)
      if (f.series == "placements" && is_year(f) && f.period >= "2019") years.push_back(f);
    v.set("svg_years", web::Drawn{bars_svg(bars_of(q, years, true), q.t("targets.chart_years"))});
    v.list("years", years, [&](const Figure& f, View& row) { fill(q, f, row); });
    View::List two;
    for (const auto& c : contradictions(act))
      if (c.id == "c1" || c.id == "c2" || c.id == "c3") two.push_back(contradiction(q, c));
    v.set("contradictions", std::move(two)).set("contradiction_count", contradictions(act).size());
    v.set("series", series_list(q, all));
    Reply r = web::page(q, "targets/figures.html", std::move(v));
    r.is_public = true;
    return r;
  });
}

Reply all_contradictions(const Request& q, Db& db) {
  return db.read([&](Act& act) {
    View v;
    v.set("title", q.t("targets.contradictions")).set("back_href", "/angka").set("back_word", q.t("targets.title"));
    v.set("description", q.t("targets.contradictions_lead"));
    View::List all;
    for (const auto& c : contradictions(act)) all.push_back(contradiction(q, c));
    v.set("contradictions", std::move(all));
    Reply r = web::page(q, "targets/contradictions.html", std::move(v));
    r.is_public = true;
    return r;
  });
}

Reply csv(const std::vector<Figure>& rows, const std::string& series) {
  std::string out = own_header() + "\r\n";
  for (const Figure& f : rows) out += own_row(f) + "\r\n";
  Reply r = web::download(out, "text/csv; charset=utf-8", series + ".csv");
  r.is_public = true;
  return r;
}

// Without the wholes whose parts stand there too, and without the parts of parts: bars side by side must not hold each other.
std::vector<Figure> side_by_side(const std::vector<Figure>& all) {
  std::vector<Figure> rows;
  for (const Figure& f : all) {
    const bool whole = std::any_of(all.begin(), all.end(), [&](const Figure& g) { return !f.label.empty() && g.note == f.label; });
    if (!whole && f.label.find(':') == std::string::npos && !f.label.starts_with("of which")) rows.push_back(f);
  }
  return rows.empty() ? all : rows;
}

// The newest period with the most rows is drawn; every row stands in the table.
std::vector<Figure> drawn(const std::vector<Figure>& all) {
  const auto rows = side_by_side(all);
  const auto with_unit = [&](const std::string& u) {
    return std::count_if(rows.begin(), rows.end(), [&](const Figure& f) { return f.unit == u; });
  };
  std::string unit = rows.front().unit;  // one unit in one drawing
  for (const Figure& f : rows)
    if (with_unit(f.unit) > with_unit(unit)) unit = f.unit;
  std::string best;
  std::ptrdiff_t most = 0;
  for (const Figure& f : rows) {
    if (f.unit != unit) continue;
    const auto n = std::count_if(rows.begin(), rows.end(), [&](const Figure& g) { return g.period == f.period && g.unit == unit; });
    if (n > most || (n == most && f.period > best)) {
      most = n;
      best = f.period;
    }
  }
  std::vector<Figure> out;
  const bool over_time = most <= 3;
  std::string scope;  // of one office or place, that of most rows
  const auto of_scope = [&](const std::string& s) {
    return std::count_if(rows.begin(), rows.end(), [&](const Figure& f) { return f.period == best && f.scope == s; });
  };
  const bool one_scope = !over_time && rows.front().series == "return_and_prevention";
  for (const Figure& f : rows)
    if (one_scope && of_scope(f.scope) > of_scope(scope)) scope = f.scope;
  const std::size_t most_bars = over_time ? bars_over_time : bars_a_chart;
  for (const Figure& f : rows)
    if (f.unit == unit && f.period.find("..") == std::string::npos && (over_time || f.period == best) &&
        (!one_scope || f.scope == scope))
      out.push_back(f);
  if (over_time && out.size() > most_bars) out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(most_bars));
  if (out.size() > most_bars) out.resize(most_bars);
  if (!out.empty()) return out;
  for (const Figure& f : rows)
    if (f.unit == unit && f.period == best && out.size() < bars_a_chart) out.push_back(f);
  return out;
}

// Two editions of one figure are told apart in the drawing too.
std::string edition_if_two(const std::vector<Figure>& chart, const Figure& f, const Request& q) {
  const auto same = std::count_if(chart.begin(), chart.end(), [&](const Figure& g) {
    return g.period == f.period && g.label == f.label && g.scope == f.scope;
  });
  const std::string edition = show_edition(f, q.lang);
  return same > 1 && !edition.empty() ? ", " + edition : "";
}

Reply series(const Request& q, Db& db) {
  std::string name = q.at("series");
  const bool as_csv = name.ends_with(".csv");
  if (as_csv) name.resize(name.size() - 4);
  return db.read([&](Act& act) {
    const auto rows = name.empty() ? std::vector<Figure>() : public_figures(act, name);
    if (rows.empty()) throw web::NoSuchPage{};
    if (as_csv) return csv(rows, name);
    const auto chart = drawn(rows);
    const bool one_period =
        std::all_of(chart.begin(), chart.end(), [&](const Figure& f) { return f.period == chart.front().period; });
    auto bars = bars_of(q, chart, !one_period);
    if (!one_period)
      for (std::size_t i = 0; i < bars.size(); ++i)
        bars[i].label =
            show_period(chart[i].period, q.lang) + ", " + show_label(chart[i], q.lang) + edition_if_two(chart, chart[i], q);
    const std::string title = series_title(q, name);
    const std::size_t pages = (rows.size() + rows_a_page - 1) / rows_a_page;
    const auto asked = parse_whole(q.param("hal")).value_or(1);
    const auto page = static_cast<std::size_t>(std::clamp<std::int64_t>(asked, 1, static_cast<std::int64_t>(pages)));
    View v;
    v.set("title", title).set("description", q.t("targets.lead")).set("back_href", "/angka").set("back_word", q.t("targets.title"));
    v.set("chart_title", one_period ? title + ", " + show_period(chart.front().period, q.lang) : title);
    v.set("svg_chart", web::Drawn{bars_svg(bars, title)}).set("csv_href", "/angka/" + name + ".csv").set("total", rows.size());
    const std::vector<Figure> shown(rows.begin() + static_cast<std::ptrdiff_t>((page - 1) * rows_a_page),
                                    rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), page * rows_a_page)));
    v.list("rows", shown, [&](const Figure& f, View& row) { fill(q, f, row); });
    const auto link = [&](std::size_t n) { return "/angka/" + name + "?hal=" + std::to_string(n); };
    v.set("earlier", page > 1 ? link(page - 1) : "").set("later", page < pages ? link(page + 1) : "").set("paged", pages > 1);
    Reply r = web::page(q, "targets/series.html", std::move(v));
    r.is_public = true;
    return r;
  });
}

const web::Form& api_form() {
  static const web::Form form{"targets.query", {{.name = "series", .kind = web::Kind::text, .max = 60}}};
  return form;
}

Reply api(const Request& q, Db& db) {
  const web::Typed typed = api_form().read_query(q);
  if (!typed.good()) return web::problem_again(q, typed);
  return db.read([&](Act& act) {
    const auto rows = public_figures(act, typed.text("series"));
    if (rows.empty()) return web::refuse(q, {Refusal::not_found, "targets.no_series"});
    boost::json::array list;
    for (const Figure& f : rows) {
      std::string value = show_decimal(f.scaled, f.decimals, "en");
      std::erase(value, ',');
      list.push_back({{"series", f.series},
                      {"scope", f.scope},
                      {"label", f.label},
                      {"value", value},
                      {"unit", f.unit},
                      {"axis", std::string(word(f.axis))},
                      {"period", f.period},
                      {"edition", f.edition},
                      {"status", f.status},
                      {"source", f.source}});
    }
    Reply r = web::json(boost::json::serialize(boost::json::object{{"figures", std::move(list)}}));
    r.is_public = true;
    return r;
  });
}

// --- the officers' desk ----------------------------------------------------------------------------------------------

const web::Form& import_form() {
  static const web::Form form{"targets.import",
                              {{.name = "file", .kind = web::Kind::file, .max = 1024 * 1024},
                               {.name = "text", .kind = web::Kind::area, .max = 400'000},
                               {.name = "keep", .kind = web::Kind::tick}}};
  return form;
}

View desk_view(const Request& q, Act& act) {
  View v;
  v.set("title", q.t("targets.desk_title")).set("result", false).set("may_import", act.may(Right::import_statistics));
  v.set("empty_store", store::empty(act)).set("held", figures(act, "").size());
  const auto held = store::imports(act, 20);
  v.set("has_imports", !held.empty());
  v.list("imports", held, [&](const store::Record& r, View& row) {
    row.set("at", show(r.at, q.lang)).set("by", access::name_of(act, r.by)).set("name", r.name);
    row.set("rows", r.counts.rows).set("added", r.counts.added).set("same", r.counts.same).set("refused", r.counts.refused);
  });
  return v;
}

Reply desk(const Request& q, Db& db) {
  return db.read([&](Act& act) {
    View v = desk_view(q, act);
    v.set("form", import_form().empty(q));
    return web::page(q, "targets/desk.html", std::move(v));
  });
}

View result_view(const Request& q, const Import& done, bool kept) {
  View v;
  v.set("kept", kept).set("rows", done.rows).set("added", done.added).set("same", done.same).set("refused", done.refused);
  View::List problems;
  for (std::size_t i = 0; i < done.problems.size() && i < 100; ++i) problems.emplace_back().set("text", q.t(done.problems[i]));
  v.set("problems", std::move(problems));
  return v;
}

// First a trial that keeps nothing and shows what would happen; with the tick the good rows are kept.
Reply bring(const Request& q, Db& db) {
  auto typed = import_form().read(q);
  const web::Upload* file = typed.file("file");
  const bool uploaded = file && !file->bytes.empty();
  const std::string bytes(uploaded ? file->bytes.view() : std::string_view(typed.text("text")));
  if (bytes.empty()) typed.wrong("file", {"targets.import_nothing"});
  const bool keep = typed.tick("keep");
  const auto again = [&](int status, const Import* done) {
    return db.read([&](Act& act) {
      View v = desk_view(q, act);
      if (done) v.set("result", result_view(q, *done, keep));
      if (uploaded && text::valid_utf8(bytes))
        for (auto& [name, value] : typed.values)
          if (name == "text") value = bytes;  // the file's text stands in the form, so that it is not chosen twice
      return web::page_again(q, "targets/desk.html", std::move(v), import_form(), typed, status);
    });
  };
  if (!typed.good()) return again(422, nullptr);
  const std::string name = uploaded ? file->name : "";
  auto done = keep ? db.write([&](Act& act) { return import_statistics(act, name, bytes); })
                   : db.read([&](Act& act) { return check_statistics(act, bytes); });
  if (done) return again(200, &*done);
  if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
  // The first reason names the columns; without one the refusal itself says it.
  const auto& no = done.refusal();
  typed.wrong("file", no.reasons.empty() ? Sentence{no.key, no.words} : no.reasons.front());
  return again(422, nullptr);
}

Reply load(const Request& q, Db& db) {
  const auto done = db.write([&](Act& act) { return load_published(act); });
  if (!done) return web::refuse(q, done.refusal());
  return web::see("/k/angka?pesan=targets.loaded_flash");
}

}  // namespace

void routes(web::Router& r) {
  web::nav(Right::see_figures_desk, "/k/angka", "targets.nav");
  web::flash("targets.loaded_flash");
  r.schema("Figures", R"({"type":"object","required":["figures"],"properties":{"figures":{"type":"array","items":{"type":"object",
"required":["series","label","value","unit","axis","period","source"],"properties":{"series":{"type":"string"},
"scope":{"type":"string"},"label":{"type":"string"},"value":{"type":"string","description":"decimal number"},
"unit":{"type":"string"},"axis":{"type":"string"},"period":{"type":"string"},"edition":{"type":"string"},
"status":{"type":"string","enum":["found","derived"]},"source":{"type":"string"}}}}}})");
  r.get("/angka", Right::anyone, front);
  r.get("/angka/pertentangan", Right::anyone, all_contradictions);
  r.get("/angka/{series}", Right::anyone, series);
  r.get("/api/v1/figures", Right::anyone, api).says("targets.api_figures").form(api_form()).gives("Figures");
  r.get("/k/angka", Right::see_figures_desk, desk);
  r.post("/k/angka", Right::import_statistics, bring).limit(2 * 1024 * 1024);
  r.post("/k/angka/muat", Right::import_statistics, load);
}

}  // namespace rantau::targets
