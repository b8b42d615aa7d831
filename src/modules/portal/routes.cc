// The doors of the house. Every page here is made from what the other modules publish; this one keeps nothing.
#include <algorithm>
#include <functional>

#include "base/money.h"
#include "base/reference.h"
#include "base/text.h"
#include "base/version.h"
#include "modules/offers/offers.h"
#include "modules/partners/partners.h"
#include "modules/portal/portal.h"
#include "modules/targets/targets.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::portal {

namespace {

web::Reply open_to_all(web::Reply reply) {
  reply.is_public = true;
  return reply;
}

// --- home ----------------------------------------------------------------------------------------------------------------

struct Job {
  offers::Order order;
  std::string company;
};

struct Home {
  std::vector<Job> jobs;
  int open = 0;
  std::vector<offers::Warning> warnings;
  std::vector<targets::Figure> target, placed;
  Date today;
};

Home read_home(Db& db) {
  return db.read([](Act& act) {
    Home h{.today = act.today};
    auto orders = offers::open_orders(act, {}, 50, h.open);
    std::stable_sort(orders.begin(), orders.end(), [](const auto& a, const auto& b) { return a.decided_at > b.decided_at; });
    if (orders.size() > 3) orders.resize(3);
    for (auto& o : orders) {
      const auto company = partners::find(act, o.company);
      h.jobs.push_back({std::move(o), company ? company->name : std::string()});
    }
    for (auto& w : offers::warnings(act, 10))
      if (!w.withdrawn && h.warnings.size() < 3) h.warnings.push_back(std::move(w));
    h.target = targets::figures(act, "target", "ID");
    h.placed = targets::figures(act, "placements", "ID");
    return h;
  });
}

// "-01-" of an ISO day as a short month: the last word but one of "24 Nov 2026".
std::string short_month(Date day, std::string_view lang) {
  const auto all = text::words(show_short(day, lang));
  return all.size() == 3 ? all[1] : std::string();
}

std::string address_of(const offers::Warning& w) {
  std::string number = w.number;
  std::replace(number.begin(), number.end(), '/', '-');
  return "/peringatan/" + number;
}

// A long address of a source as its host: the page of figures has it whole.
std::string short_source(const std::string& source) { return source.substr(0, source.find('/')); }

const targets::Figure* published(const std::vector<targets::Figure>& figures, std::string_view period) {
  for (const auto& f : figures)
    if (f.period == period && f.decimals == 0 && targets::is_public(f)) return &f;
  return nullptr;
}

// The target in the news of 12 April 2023 beside the published placements of the year before, and the growth between them.
void set_figures(const web::Request& q, web::View& v, const Home& h) {
  const auto* target = published(h.target, "2023");
  const auto* placed = published(h.placed, "2022");
  std::vector<std::pair<const targets::Figure*, std::string>> shown;
  if (target != nullptr) shown.emplace_back(target, q.t("portal.figure_target"));
  if (placed != nullptr) shown.emplace_back(placed, q.t("portal.figure_placed"));
  v.set("has_figures", !shown.empty()).set("growth", "");
  v.list("figures", shown, [&](const auto& s, web::View& row) {
    row.set("value", show_number(s.first->scaled, q.lang)).set("what", s.second);
    row.set("source", q.t("portal.figure_source", {{"source", short_source(s.first->source)}}));
  });
  if (target == nullptr || placed == nullptr) return;
  if (const auto growth = targets::growth(target->scaled, placed->scaled, 1))  // said as /angka says it
    v.set("growth", q.t("portal.figure_growth", {{"percent", show_decimal(*growth, 1, q.lang) + "\u00a0%"}}));
}

web::Reply home(const web::Request& q, Db& db) {
  const Home h = read_home(db);
  web::View v;
  v.set("title", q.t("portal.home_title")).set("description", q.t("portal.home_description")).set("hero", q.t("portal.hero"));
  v.set("canonical", q.site + "/").set("feed_href", "/umpan/lowongan.xml").set("feed_title", q.t("portal.tile_jobs"));
  v.set("has_jobs", !h.jobs.empty()).set("total", show_number(h.open, q.lang)).set("day_shown", show(h.today, q.lang));
  v.list("jobs", h.jobs, [&](const Job& j, web::View& row) {
    const auto& o = j.order;
    const bool posts = !o.posts.empty();
    row.set("href", "/lowongan/" + o.code).set("company", j.company);
    row.set("job", !posts ? o.number : q.lang == "en" ? o.posts.front().title_en : o.posts.front().title_id);
    row.set("place", reference::country_name(o.country, q.lang)).set("pay", posts ? show(o.posts.front().pay, q.lang) : "");
    row.set("left", q.t("portal.places_left", {{"left", show_number(offers::left(o), q.lang)}}));
  });
  v.set("has_warnings", !h.warnings.empty());
  v.list("warnings", h.warnings, [&](const offers::Warning& w, web::View& row) {
    const Date day = day_of(w.published_at);
    row.set("href", address_of(w)).set("warned", w.title).set("number", w.number);
    row.set("day", static_cast<unsigned>(day.ymd.day())).set("month", short_month(day, q.lang));
  });
  set_figures(q, v, h);
  return open_to_all(web::page(q, "portal/home.html", std::move(v)));
}

// --- pages of words ------------------------------------------------------------------------------------------------------

web::Reply help(const web::Request& q, Db&) {
  web::View v;
  v.set("title", q.t("portal.help.title")).set("back_href", "/").set("back_word", q.t("web.home"));
  v.set("canonical", q.site + "/bantuan");
  return open_to_all(web::page(q, "portal/help.html", std::move(v)));
}

struct Part {
  std::string heading;
  std::vector<std::string> lines;
};

// portal.<name>.h1, .p1_1, .p1_2 … as long as the texts go on.
std::vector<Part> parts_of(const web::Request& q, const std::string& name) {
  const auto& texts = web::Texts::in(q.lang);
  const auto& office = web::office();
  const Words words{
      {"site", q.site}, {"hotline", office.hotline}, {"whatsapp", web::shown_whatsapp()}, {"office_address", office.address}};
  std::vector<Part> parts;
  for (int h = 1; texts.find(name + ".h" + std::to_string(h)) != nullptr; ++h) {
    Part& part = parts.emplace_back();
    part.heading = q.t(name + ".h" + std::to_string(h));
    for (int p = 1;; ++p) {
      const auto key = name + ".p" + std::to_string(h) + "_" + std::to_string(p);
      if (texts.find(key) == nullptr) break;
      part.lines.push_back(q.t(key, words));
    }
  }
  return parts;
}

web::Handler words_page(const char* name) {
  return [name = std::string(name)](const web::Request& q, Db&) {
    web::View v;
    v.set("title", q.t(name + ".title")).set("lead", q.t(name + ".lead")).set("narrow", true);
    v.set("back_href", "/").set("back_word", q.t("web.home")).set("canonical", q.site + q.path);
    v.list("parts", parts_of(q, name), [](const Part& p, web::View& row) {
      row.set("heading", p.heading);
      row.list("lines", p.lines, [](const std::string& line, web::View& l) { l.set("line", line); });
    });
    return open_to_all(web::page(q, "portal/words.html", std::move(v)));
  };
}

// --- status --------------------------------------------------------------------------------------------------------------

const char* state_key(db::Store::Trouble trouble) {
  switch (trouble) {
    case db::Store::Trouble::none: return "portal.status.good";
    case db::Store::Trouble::unreachable: return "portal.status.unreachable";
    case db::Store::Trouble::disk_full: return "portal.status.disk_full";
    case db::Store::Trouble::read_only: return "portal.status.read_only";
  }
  return "portal.status.good";
}

web::Reply status(const web::Request& q, Db& db) {
  struct Ages {
    Instant now, job, warning;
    int open = 0, companies = 0;
    std::size_t figures = 0;
  };
  auto trouble = db.store().trouble();
  Ages ages{.now = db.store().now()};
  try {
    ages = db.read([](Act& act) {
      Ages a{.now = act.now};
      for (const auto& o : offers::open_orders(act, {}, 50, a.open)) a.job = std::max(a.job, o.decided_at);
      for (const auto& w : offers::warnings(act, 1)) a.warning = w.published_at;
      for (const auto& s : partners::count_states(act)) a.companies += s.companies;
      a.figures = targets::figures(act, "").size();
      return a;
    });
  } catch (const db::Unreachable&) { trouble = db::Store::Trouble::unreachable; }  // the page that says so must not fail of it
  const auto& store = db.store();
  const auto counted = store.figures();
  const auto when = [&](Instant at) { return at.ms == 0 ? q.t("portal.status.nothing") : show(at, q.lang); };
  web::View v;
  v.set("title", q.t("portal.status.title")).set("narrow", true).set("back_href", "/").set("back_word", q.t("web.home"));
  v.set("class", trouble == db::Store::Trouble::none ? "ok" : "bad").set("state", q.t(state_key(trouble)));
  v.set("known", trouble != db::Store::Trouble::unreachable);
  v.set("now", show(ages.now, q.lang)).set("version", "Rantau " + std::string(version));
  v.set("database", store.is_sqlite() ? "SQLite" : "PostgreSQL").set("commits", show_number(counted.commits, q.lang));
  v.set("unsealed", show_number(counted.unsealed, q.lang));
  const auto check = store.journal_check();
  v.set("journal_bad", !check.intact)
      .set("journal", q.t(check.intact ? "portal.status.journal_good" : "portal.status.journal_bad", {{"at", when(check.at)}}));
  const auto pace = web::pace(q, ages.now);
  v.set("pace", pace ? q.t("portal.status.pace_told", {{"ms", show_decimal((pace->p95_us + 50) / 100, 1, q.lang)},
                                                       {"answers", show_number(pace->answers, q.lang)}})
                     : q.t("portal.status.pace_nothing"));
  const std::vector<std::pair<std::string, std::string>> rows{
      {q.t("portal.status.companies"), show_number(ages.companies, q.lang)},
      {q.t("portal.status.jobs"), show_number(ages.open, q.lang)},
      {q.t("portal.status.newest_job"), when(ages.job)},
      {q.t("portal.status.newest_warning"), when(ages.warning)},
      {q.t("portal.status.figures"), show_number(static_cast<std::int64_t>(ages.figures), q.lang)}};
  v.list("ages", rows, [](const auto& r, web::View& row) { row.set("what", r.first).set("value", r.second); });
  return web::page(q, "portal/status.html", std::move(v));
}

// --- API page --------------------------------------------------------------------------------------------------------------

// A call that can be pasted into a terminal.
std::string example_of(const web::Route& r, const std::string& site) {
  std::string path = r.pattern;
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
    const auto close = path.find('}', open);
    const bool code = path.substr(open + 1, close - open - 1) == "code";
    path.replace(open, close - open + 1, code ? "9K4T-2M7Q-X" : "placements");
  }
  if (r.method == "GET") return "curl " + site + path;
  std::string body;
  if (r.takes != nullptr)
    for (const auto& f : r.takes->fields())
      if (f.required) body += (body.empty() ? "" : ", ") + std::string("\"") + f.name + "\": \"…\"";
  return "curl -X POST -H 'Content-Type: application/json' \\\n  -d '{" + body + "}' " + site + path;
}

web::Reply api(const web::Router& router, const web::Request& q) {
  std::vector<const web::Route*> calls;
  for (const auto& r : router.all())
    if (r->pattern.starts_with("/api/") && !r->summary_key.empty() && r->right == Right::anyone) calls.push_back(r.get());
  web::View v;
  v.set("title", q.t("portal.api.title")).set("back_href", "/").set("back_word", q.t("web.home"));
  v.list("calls", calls, [&](const web::Route* r, web::View& row) {
    std::vector<const web::Field*> fields;
    if (r->takes != nullptr)
      for (const auto& f : r->takes->fields())
        if (f.kind != web::Kind::hidden) fields.push_back(&f);
    row.set("summary", q.t(r->summary_key)).set("method", r->method).set("pattern", r->pattern);
    row.set("answers", !r->returns.empty()).set("schema", r->returns).set("example", example_of(*r, q.site));
    row.set("has_fields", !fields.empty());
    const std::string form = r->takes != nullptr ? r->takes->key() : "";
    row.list("fields", fields, [&](const web::Field* f, web::View& line) {
      const auto* meaning = web::Texts::in(q.lang).find(form + "." + f->name);
      line.set("name", f->name).set("meaning", meaning != nullptr ? *meaning : std::string()).set("required", f->required);
    });
  });
  return open_to_all(web::page(q, "portal/api.html", std::move(v)));
}

// --- for machines ------------------------------------------------------------------------------------------------------------

using Places = std::vector<std::pair<std::string, Instant>>;

Places addresses(Act& act) {
  Places all;
  for (const char* path : {"/", "/cek", "/lowongan", "/perusahaan", "/peringatan", "/angka", "/bantuan", "/mengenali", "/privasi",
                           "/aksesibilitas", "/api"})
    all.emplace_back(path, Instant{});
  for (auto& place : offers::sitemap(act)) all.push_back(std::move(place));
  for (const auto& w : offers::warnings(act, 500))
    if (!w.withdrawn) all.emplace_back(address_of(w), w.published_at);
  CompanyId after{};
  for (;;) {
    const auto some = partners::list(act, "", 500, after);
    for (const auto& c : some) all.emplace_back("/perusahaan/" + c.code, Instant{});
    if (some.size() < 500) break;
    after = some.back().id;
  }
  return all;
}

web::Reply sitemap(const web::Request& q, Db& db) {
  constexpr std::size_t most = 50'000;  // sitemaps.org
  auto all = db.read(addresses);
  if (all.size() > most) all.resize(most);
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const auto& [path, changed] : all) {
    xml += "<url><loc>" + text::html(q.site + path) + "</loc>";
    if (changed.ms != 0) xml += "<lastmod>" + iso_utc(changed) + "</lastmod>";
    xml += "</url>\n";
  }
  return open_to_all(web::text(xml + "</urlset>\n", "application/xml; charset=utf-8"));
}

web::Reply robots(const web::Request& q, Db&) {
  std::string out = "User-agent: *\n";
  for (const char* path : {"/k/", "/mitra", "/akun", "/masuk", "/keluar", "/mulai"}) out += "Disallow: " + std::string(path) + "\n";
  return open_to_all(web::text(out + "\nSitemap: " + q.site + "/sitemap.xml\n", "text/plain; charset=utf-8"));
}

web::Reply humans(const web::Request&, Db&) {
  return open_to_all(
      web::text("/* Rantau */\nBP3MI DKI Jakarta, Pemprov DKI Jakarta\nBahasa: Indonesia, English\n"
                "Server HTML, C++20, SQLite, PostgreSQL. EUPL-1.2.\n",
                "text/plain; charset=utf-8"));
}

// RFC 9116.
web::Reply security(const web::Request& q, Db& db) {
  const Date end = db.read([](Act& act) { return act.today; }).plus_days(180);
  return open_to_all(web::text("Contact: " + q.site + "/bantuan\nExpires: " + iso_utc(start_of(end)) +
                                   "\nPreferred-Languages: id, en\nCanonical: " + q.site + "/.well-known/security.txt\n",
                               "text/plain; charset=utf-8"));
}

web::Reply favicon(const web::Request&, Db&) {
  return open_to_all(web::text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"><rect width=\"48\" height=\"48\" rx=\"10\" "
      "fill=\"#084a8a\"/>"
      "<path fill=\"#e69f00\" d=\"M26 13c7 4 11 9 12 15H26z\"/><path fill=\"#fff\" d=\"M23 7c0 9-4 16-14 21h14zM6 31h36c-2 6-5 "
      "9-10 9H16c-5 0-8-3-10-9z\"/></svg>",
      "image/svg+xml"));
}

}  // namespace

void routes(web::Router& r) {
  r.get("/", Right::anyone, home);
  r.get("/bantuan", Right::anyone, help);
  r.get("/mengenali", Right::anyone, words_page("portal.recognise"));
  r.get("/privasi", Right::anyone, words_page("portal.privacy"));
  r.get("/aksesibilitas", Right::anyone, words_page("portal.access"));
  r.get("/status", Right::anyone, status);
  r.get("/api", Right::anyone, [&r](const web::Request& q, Db&) { return api(r, q); });
  r.get("/sitemap.xml", Right::anyone, sitemap);
  r.get("/robots.txt", Right::anyone, robots);
  r.get("/humans.txt", Right::anyone, humans);
  r.get("/.well-known/security.txt", Right::anyone, security);
  r.get("/favicon.svg", Right::anyone, favicon);
  r.get("/favicon.ico", Right::anyone, favicon);
}

}  // namespace rantau::portal
