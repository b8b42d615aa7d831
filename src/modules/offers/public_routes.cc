// What everybody may read: the list of open jobs, one job, and its share card. A closed job keeps its address.
#include <algorithm>
#include <boost/json.hpp>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/card.h"
#include "modules/offers/routes.h"
#include "web/drawing.h"
#include "web/kit.h"

namespace rantau::offers {
namespace {

const char* const educations[] = {"SD", "SMP", "SMA", "D3", "S1"};

struct Row {
  Order order;
  Standing standing;
  std::optional<Rate> rate;
};

struct Listing {
  std::vector<Row> rows;
  int total = 0;
  std::vector<Near> countries, near;
  bool other_work = false;  // `near` is of any work: nobody asks for the one typed
  Date today;
};

Row row_of(Act& act, Order o) {
  Row row{std::move(o), {}, {}};
  row.standing = standing(act, row.order);
  if (!row.order.posts.empty()) row.rate = rate_for(act, row.order.posts.front().pay.currency);
  return row;
}

Listing read_list(Db& db, const Filter& f) {
  return db.read([&](Act& act) {
    Listing list;
    list.today = act.today;
    if (f.unknown_country.empty())
      for (auto& o : open_orders(act, f.query, page_size, list.total)) list.rows.push_back(row_of(act, std::move(o)));
    list.countries = open_elsewhere(act, {});
    if (list.total == 0) list.near = open_elsewhere(act, f.query);
    if (list.total == 0 && list.near.empty()) {
      list.near = list.countries;
      list.other_work = true;  // nobody asks for this work: what is said about other work must not name it
      std::stable_partition(list.near.begin(), list.near.end(), [&](const Near& n) { return n.country == f.query.country; });
    }
    if (list.near.size() > 3) list.near.resize(3);
    return list;
  });
}

std::string address(const Filter& f, int page, std::string_view country) {
  std::string all;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) all += (all.empty() ? "?" : "&") + std::string(name) + "=" + text::url(value);
  };
  add("country", country);
  add("occupation", f.query.occupation);
  add("education", f.query.education);
  add("q", f.query.text);
  if (page > 1) add("page", std::to_string(page));
  return "/lowongan" + all;
}

void set_filter(const web::Request& q, web::View& v, const Filter& f, const Listing& list) {
  std::vector<Near> countries = list.countries;
  std::sort(countries.begin(), countries.end(), [&](const Near& a, const Near& b) {
    return reference::country_name(a.country, q.lang) < reference::country_name(b.country, q.lang);
  });
  if (!f.query.country.empty() &&
      std::none_of(countries.begin(), countries.end(), [&](const Near& n) { return n.country == f.query.country; }))
    countries.push_back({f.query.country, 0});
  v.list("countries", countries, [&](const Near& n, web::View& row) {
    row.set("value", n.country).set("chosen", n.country == f.query.country);
    row.set("text", reference::country_name(n.country, q.lang) + " (" + show_number(n.orders, q.lang) + ")");
  });
  v.list("educations", educations, [&](const char* e, web::View& row) {
    row.set("value", e).set("chosen", f.query.education == e).set("text", q.t("offers.education." + std::string(e)));
  });
  v.set("occupation", f.query.occupation.empty() ? f.query.text : f.query.occupation);
  v.set("filtered", address(f, 1, f.query.country) != "/lowongan");
}

// "Belum ada lowongan perawat di Jerman. 12 lowongan perawat di Jepang."
void set_empty(const web::Request& q, web::View& v, const Filter& f, const Listing& list) {
  const std::string what = f.query.occupation.empty() ? f.query.text : f.query.occupation;
  const std::string where = f.query.country.empty() ? "" : reference::country_name(f.query.country, q.lang);
  v.set("empty", list.total == 0);
  v.set("empty_said", !f.unknown_country.empty()        ? q.t("offers.jobs.unknown_country", {{"typed", f.unknown_country}})
                      : !what.empty() && !where.empty() ? q.t("offers.jobs.none_of_there", {{"job", what}, {"country", where}})
                      : !what.empty()                   ? q.t("offers.jobs.none_of", {{"job", what}})
                      : !where.empty()                  ? q.t("offers.jobs.none_there", {{"country", where}})
                                                        : q.t("offers.jobs.none"));
  v.list("near", list.near, [&](const Near& n, web::View& row) {
    const Words words{
        {"count", show_number(n.orders, q.lang)}, {"job", what}, {"country", reference::country_name(n.country, q.lang)}};
    row.set("href", list.other_work ? "/lowongan?country=" + n.country : address(f, 1, n.country));
    row.set("said", q.t(list.other_work || what.empty() ? "offers.jobs.near" : "offers.jobs.near_of", words));
  });
}

// What a card in the list and the head of a job's own page both say.
void set_job(const web::Request& q, web::View& v, const Row& r, Date today) {
  const Order& o = r.order;
  const Money pay = o.posts.empty() ? Money{} : o.posts.front().pay;
  const bool open = is_open(o, r.standing, today);
  const std::string rupiah = rupiah_text(q, pay, r.rate);
  v.set("href", "/lowongan/" + o.code).set("job", title_of(o, q.lang)).set("place", place_of(o, q.lang));
  v.set("pay", q.t("offers.a_month", {{"pay", show(pay, q.lang)}})).set("rupiah", rupiah);
  v.set("months", q.t("offers.months", {{"count", show_number(o.contract_months, q.lang)}}));
  v.set("left_of", q.t("offers.left_of", {{"left", show_number(left(o), q.lang)}, {"quota", show_number(quota(o), q.lang)}}));
  v.set("cost", show(o.fee_to_worker, q.lang)).set("closes", closes_text(q, o, today)).set("open", open);
  v.set("company", r.standing.company.name).set("licence", r.standing.company.licence_number);
  v.set("examined", q.t("offers.examined_on", {{"day", show_short(day_of(o.decided_at), q.lang)}}));
  v.set("closed", open ? "" : closed_text(q, o, r.standing, today));
  const Date since = open ? Date{} : closed_since(o, r.standing, today);
  v.set("closed_since", since.known() ? q.t("offers.job.since", {{"day", show(since, q.lang)}}) : "");
  v.set("recruits", q.t("offers.from_until", {{"from", o.recruit_from.known() ? show_short(o.recruit_from, q.lang) : "-"},
                                              {"until", o.recruit_until.known() ? show_short(o.recruit_until, q.lang) : "-"}}));
  v.set("more_posts", o.posts.size() > 1 ? q.t("offers.more_posts", {{"count", std::to_string(o.posts.size() - 1)}}) : "");
}

web::Reply show_jobs(const web::Request& q, Db& db) {
  const Filter f = filter_of(q);
  const Listing list = read_list(db, f);
  web::View v;
  v.set("title", q.t("offers.jobs.title")).set("description", q.t("offers.jobs.description"));
  v.set("back_href", "/").set("back_word", q.t("web.home"));
  v.set("feed_href", "/umpan/lowongan.xml").set("feed_title", q.t("offers.jobs.title")).set("canonical", q.site + "/lowongan");
  v.set("count", show_number(list.total, q.lang));
  set_filter(q, v, f, list);
  set_empty(q, v, f, list);
  v.list("jobs", list.rows, [&](const Row& r, web::View& row) { set_job(q, row, r, list.today); });
  const bool more = f.query.page * page_size < list.total;
  v.set("more_href", more ? address(f, f.query.page + 1, f.query.country) : "");
  v.set("previous_href", f.query.page > 1 ? address(f, f.query.page - 1, f.query.country) : "");
  auto reply = web::page(q, "offers/jobs.html", std::move(v));
  reply.is_public = true;
  return reply;
}

// --- one job ---------------------------------------------------------------------------------------------------------------

struct Shown {
  std::optional<Row> row;
  std::vector<Order> others;
  Date today;
};

Shown read_job(Db& db, std::string_view typed) {
  return db.read([&](Act& act) {
    Shown s{.row = {}, .others = {}, .today = act.today};
    const auto code = read_code(typed).code;
    auto o = code ? find_by_code(act, *code) : std::nullopt;
    if (!o) return s;
    s.row = row_of(act, std::move(*o));
    if (is_open(s.row->order, s.row->standing, act.today)) return s;
    // A closed job points at what is open instead.
    int total = 0;
    Query near{.country = s.row->order.country};
    s.others = open_orders(act, near, 3, total);
    return s;
  });
}

// https://schema.org/JobPosting. A job that is closed is no posting any more.
web::Drawn json_ld(const web::Request& q, const Row& r, Date today) {
  namespace json = boost::json;
  const Order& o = r.order;
  if (!is_open(o, r.standing, today)) return {};
  const Date end = o.sip2mi_until < o.recruit_until ? o.sip2mi_until : o.recruit_until;
  json::object posting{{"@context", "https://schema.org"},
                       {"@type", "JobPosting"},
                       {"title", title_of(o, q.lang)},
                       {"description", public_sentence(q, o)},
                       {"datePosted", day_of(o.decided_at).iso()},
                       {"validThrough", end.iso()},
                       {"url", q.site + "/lowongan/" + o.code},
                       {"identifier", {{"@type", "PropertyValue"}, {"name", "SIP2MI"}, {"value", o.sip2mi}}},
                       {"hiringOrganization",
                        {{"@type", "Organization"}, {"name", o.employer_name.empty() ? r.standing.company.name : o.employer_name}}},
                       {"jobLocation",
                        {{"@type", "Place"},
                         {"address", {{"@type", "PostalAddress"}, {"addressLocality", o.city}, {"addressCountry", o.country}}}}}};
  posting["employmentType"] = "FULL_TIME";
  posting["directApply"] = false;
  posting["totalJobOpenings"] = left(o);
  if (!o.posts.empty()) {
    const Money& pay = o.posts.front().pay;
    std::int64_t unit = 1;
    for (int i = minor_digits(pay.currency); i > 0; --i) unit *= 10;
    json::value amount = pay.minor % unit == 0 ? json::value(pay.minor / unit)
                                               : json::value(static_cast<double>(pay.minor) / static_cast<double>(unit));
    posting["baseSalary"] = {{"@type", "MonetaryAmount"},
                             {"currency", pay.currency},
                             {"value", {{"@type", "QuantitativeValue"}, {"value", amount}, {"unitText", "MONTH"}}}};
  }
  return safe_json(json::serialize(posting));
}

void set_terms(const web::Request& q, web::View& v, const Row& r) {
  const Order& o = r.order;
  v.list("posts", o.posts, [&](const Post& p, web::View& row) {
    row.set("post", q.lang == "en" && !p.title_en.empty() ? p.title_en : p.title_id).set("post_pay", show(p.pay, q.lang));
    row.set("post_left", q.t("offers.left_of", {{"left", show_number(left(p), q.lang)}, {"quota", show_number(quota(p), q.lang)}}));
    row.set("post_sexes",
            p.quota_any > 0 ? ""
            : p.quota_men > 0 && p.quota_women > 0
                ? q.t("offers.job.both_sexes",
                      {{"men", show_number(left(p, Seat::man), q.lang)}, {"women", show_number(left(p, Seat::woman), q.lang)}})
                : q.t(p.quota_men > 0 ? "offers.job.only_men" : "offers.job.only_women", {{"basis", basis_text(q, p)}}));
  });
  v.set("has_deductions", o.deductions.minor > 0).set("deductions", "−" + show(o.deductions, q.lang));
  const bool one = o.posts.size() == 1 && o.deductions.minor > 0 && o.posts.front().pay.currency == o.deductions.currency;
  v.set("net", one ? show(o.posts.front().pay - o.deductions, q.lang) : "");
  v.set("hours", o.hours_week).set("rest", o.rest_days_week).set("leave", o.leave_days);
  // Companies write these in Indonesian.
  const auto requirements = text::lines(o.requirements, "\n;");
  v.set("facilities", o.facilities).set("indonesian", q.lang != "id" && !requirements.empty());
  v.list("requirements", requirements, [](const std::string& line, web::View& row) { row.set("requirement", line); });
  v.set("age", q.t("offers.job.age", {{"age", std::to_string(o.min_age)}}));
  v.set("education", o.min_education.empty() ? "" : q.t("offers.job.education", {{"education", o.min_education}}));
}

void set_company(const web::Request& q, web::View& v, const Row& r, Date today) {
  const auto bars = partners::bars(r.standing.company, today);
  v.set("company_href", r.standing.company.code.empty() ? "" : "/perusahaan/" + r.standing.company.code)
      .set("may_recruit", bars.empty());
  v.set("licence_state",
        bars.empty()
            ? q.t("offers.job.licence_ok",
                  {{"day", r.standing.company.licence_until.known() ? show(r.standing.company.licence_until, q.lang) : "-"}})
            : q.t("offers.bar." + std::string(partners::word(bars.front()))));
  v.set("sip2mi", r.order.sip2mi).set("sip2mi_until", r.order.sip2mi_until.known() ? show(r.order.sip2mi_until, q.lang) : "-");
  v.set("employer", r.order.employer_name);
}

web::Reply show_job(const web::Request& q, Db& db) {
  const Shown s = read_job(db, q.at("code"));
  if (!s.row) return web::refuse(q, {Refusal::not_found, "offers.unknown"});
  const Order& o = s.row->order;
  // One address for one job: the code as it is kept.
  if (q.at("code") != o.code) return {.status = 301, .body = {}, .headers = {{"Location", "/lowongan/" + o.code}}};
  const bool open = is_open(o, s.row->standing, s.today);
  const std::string check = q.site + "/v/" + o.code, headline = title_of(o, q.lang) + " · " + place_of(o, q.lang);
  web::View v;
  set_job(q, v, *s.row, s.today);
  set_terms(q, v, *s.row);
  set_company(q, v, *s.row, s.today);
  const std::string share =
      q.t("offers.job.share_text",
          {{"job", headline}, {"pay", show(o.posts.empty() ? Money{} : o.posts.front().pay, q.lang)}, {"address", check}});
  const std::string closed = open ? "" : q.t("offers.job.closed") + " " + closed_text(q, o, s.row->standing, s.today);
  v.set("title", open ? headline : q.t("offers.job.closed_title", {{"job", headline}}));
  v.set("description", open ? public_sentence(q, o) : closed).set("canonical", q.site + "/lowongan/" + o.code);
  v.set("back_href", "/lowongan?country=" + o.country).set("back_word", q.t("offers.jobs.title"));
  v.set("og_title", open ? headline + " · " + show(o.posts.empty() ? Money{} : o.posts.front().pay, q.lang)
                         : q.t("offers.job.closed_title", {{"job", headline}}));
  v.set("og_image",
        q.site + "/kartu/" + o.code + "." + std::to_string(o.revision) + (open ? "" : "t") + (q.lang == "en" ? "e" : "") + ".jpg");
  v.set("json_ld", json_ld(q, *s.row, s.today)).set("robots", open ? "" : "noindex");
  v.set("share_href", "https://wa.me/?text=" + text::url(share)).set("share", share).set("share_url", check);
  v.set("svg_qr", web::qr_svg(check, q.t("offers.job.qr_label", {{"code", show_code(o.code)}})));
  v.set("code_shown", show_code(o.code)).set("check_href", "/v/" + o.code);
  v.set("svg_wait", web::step_svg(web::StepState::waiting));
  v.set("has_others", !s.others.empty());
  v.list("others", s.others, [&](const Order& other, web::View& row) {
    row.set("other_href", "/lowongan/" + other.code)
        .set("other", title_of(other, q.lang))
        .set("other_place", place_of(other, q.lang));
  });
  auto reply = web::page(q, "offers/job.html", std::move(v));
  reply.is_public = true;
  return reply;
}

// --- share card ------------------------------------------------------------------------------------------------------------

// The last cards painted: a shared job is asked for by every phone of a group at once.
std::string painted(const std::string& name, const Card& card) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::string> kept;
  static std::list<std::string> order;
  {
    const std::lock_guard lock(mutex);
    if (const auto at = kept.find(name); at != kept.end()) return at->second;
  }
  std::string bytes = share_card(card);
  const std::lock_guard lock(mutex);
  if (kept.emplace(name, bytes).second) order.push_back(name);
  if (order.size() > 64) {
    kept.erase(order.front());
    order.pop_front();
  }
  return bytes;
}

std::string without_scheme(std::string site) {
  if (const auto at = site.find("://"); at != std::string::npos) site.erase(0, at + 3);
  return site;
}

web::Reply show_card(const web::Request& q, Db& db) {
  const Refusal unknown{Refusal::not_found, "offers.unknown"};
  const std::string& name = q.at("name");  // <code>.<version>.jpg, version = revision, "t" for closed, "e" last for English
  const auto dot = name.find('.');
  if (dot == std::string::npos || !name.ends_with(".jpg")) return web::refuse(q, unknown);
  const Shown s = read_job(db, name.substr(0, dot));
  if (!s.row) return web::refuse(q, unknown);
  web::Request reader = q;
  reader.lang = name.ends_with("e.jpg") ? "en" : "id";
  const Order& o = s.row->order;
  const bool open = is_open(o, s.row->standing, s.today);
  const Card card{
      .kind = reader.t(open ? "offers.jobs.title" : "offers.card_closed"),
      .title = title_of(o, reader.lang),
      .place = place_of(o, reader.lang),
      .pay = open ? reader.t("offers.a_month", {{"pay", show(o.posts.empty() ? Money{} : o.posts.front().pay, reader.lang)}})
                  : closed_text(reader, o, s.row->standing, s.today),
      .cost = reader.t("offers.your_cost", {{"cost", show(o.fee_to_worker, reader.lang)}}),
      .address = reader.t("offers.card_check", {{"address", without_scheme(q.site) + "/v/" + o.code}}),
      .closed = !open};
  const std::string key = q.site + "|" + o.code + "|" + std::to_string(o.revision) + reader.lang + (open ? "open" : card.pay);
  web::Reply reply{.status = 200, .type = "image/jpeg", .body = painted(key, card), .headers = {}};
  reply.is_public = true;
  return reply;
}

}  // namespace

Filter filter_of(const web::Request& q) {
  Filter f;
  const std::string country = q.param("country");
  if (!country.empty()) {
    const auto* known = reference::country_named(country);
    if (known)
      f.query.country = known->alpha2;
    else
      f.unknown_country = text::cut(country, 60);
  }
  f.query.occupation = text::cut(q.param("occupation"), 80);
  f.query.text = text::cut(q.param("q"), 120);
  f.query.education = text::cut(q.param("education"), 10);
  const auto page = parse_whole(q.param("page"));
  f.query.page = page && *page > 0 && *page < 100'000 ? static_cast<int>(*page) : 1;
  return f;
}

void public_routes(web::Router& r) {
  r.get("/lowongan", Right::anyone, show_jobs);
  r.get("/lowongan/{code}", Right::anyone, show_job);
  r.get("/kartu/{name}", Right::anyone, show_card);
}

}  // namespace rantau::offers
