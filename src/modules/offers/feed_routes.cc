// Open jobs for programs: an Atom feed (RFC 4287) and a JSON API.
#include <boost/json.hpp>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/routes.h"

namespace rantau::offers {
namespace {

namespace json = boost::json;

struct Listed {
  std::vector<std::pair<Order, Standing>> rows;
  int total = 0;
  Date today;
};

Listed read_open(Db& db, const Query& query, int count) {
  return db.read([&](Act& act) {
    Listed list;
    list.today = act.today;
    for (auto& o : open_orders(act, query, count, list.total)) {
      auto now = standing(act, o);
      list.rows.emplace_back(std::move(o), std::move(now));
    }
    return list;
  });
}

web::Reply atom(const web::Request& q, Db& db) {
  const auto list = read_open(db, {}, 50);
  const std::string self = text::html(q.site + "/umpan/lowongan.xml");
  Instant updated{};
  std::string entries;
  for (const auto& [o, now] : list.rows) {
    updated = std::max(updated, o.decided_at);
    const std::string href = text::html(q.site + "/lowongan/" + o.code);
    entries.append("<entry><id>").append(href).append("</id><title>");
    entries.append(text::html(title_of(o, q.lang) + " · " + place_of(o, q.lang)));
    entries.append("</title><link href=\"").append(href).append("\"/><updated>").append(iso_utc(o.decided_at));
    entries.append("</updated><author><name>").append(text::html(now.company.name)).append("</name></author><summary>");
    entries.append(text::html(public_sentence(q, o))).append("</summary></entry>\n");
  }
  std::string body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
                     q.lang + "\"><id>" + self + "</id><title>" + text::html(q.t("offers.jobs.title")) +
                     "</title><link rel=\"self\" href=\"" + self + "\"/><link href=\"" + text::html(q.site + "/lowongan") +
                     "\"/><updated>" + iso_utc(updated) + "</updated>\n" + entries + "</feed>\n";
  auto reply = web::text(std::move(body), "application/atom+xml; charset=utf-8");
  reply.is_public = true;
  return reply;
}

std::string amount(const Money& m) {
  const int digits = minor_digits(m.currency);
  std::string text = std::to_string(m.minor);
  if (digits == 0) return text;
  while (text.size() <= static_cast<std::size_t>(digits)) text.insert(0, "0");
  return text.insert(text.size() - static_cast<std::size_t>(digits), ".");
}
json::object money_json(const Money& m) { return {{"amount", amount(m)}, {"currency", m.currency}}; }
json::value day_json(Date d) { return d.known() ? json::value(d.iso()) : json::value(nullptr); }

// Why a job is or is not offered today, for programs.
std::string state_word(const Order& o, const Standing& s, Date today) {
  switch (closed_by(o, s, today)) {
    case ClosedBy::nothing: return "open";
    case ClosedBy::stage: return std::string(word(stage_on(o, today)));
    case ClosedBy::licence: return "company_barred";
    case ClosedBy::country: return "country_closed";
  }
  return "";
}

json::object job_json(const web::Request& q, const Order& o, const Standing& now, Date today) {
  const partners::Company& company = now.company;
  json::array posts;
  for (const Post& p : o.posts)
    posts.push_back(json::object{{"title", {{"id", p.title_id}, {"en", p.title_en}}},
                                 {"isco08", p.occupation},
                                 {"pay_month", money_json(p.pay)},
                                 {"quota", {{"men", p.quota_men}, {"women", p.quota_women}, {"any", p.quota_any}}},
                                 {"left", left(p)}});
  return {{"code", show_code(o.code)},
          {"url", q.site + "/lowongan/" + o.code},
          {"check_url", q.site + "/v/" + o.code},
          {"title", title_of(o, q.lang)},
          {"country", o.country},
          {"country_name", reference::country_name(o.country, q.lang)},
          {"city", o.city},
          {"employer", o.employer_name},
          {"company",
           {{"name", company.name},
            {"licence_number", company.licence_number},
            {"may_recruit", partners::bars(company, today).empty()}}},
          {"state", state_word(o, now, today)},
          {"open", is_open(o, now, today)},
          {"permit", o.sip2mi},
          {"permit_until", day_json(o.sip2mi_until)},
          {"closes_on", day_json(o.recruit_until)},
          {"examined_on", day_json(day_of(o.decided_at))},
          {"contract_months", o.contract_months},
          {"hours_week", o.hours_week},
          {"leave_days", o.leave_days},
          {"deductions_month", money_json(o.deductions)},
          {"cost_to_worker", money_json(o.fee_to_worker)},
          {"min_age", o.min_age},
          {"min_education", o.min_education},
          {"quota", quota(o)},
          {"left", left(o)},
          {"posts", std::move(posts)}};
}

const web::Form& query_form() {
  using web::Kind;
  static const web::Form form{"offers.query",
                              {{.name = "country", .kind = Kind::text, .max = 60},
                               {.name = "occupation", .kind = Kind::text, .max = 80},
                               {.name = "education", .kind = Kind::choice, .options = {"SD", "SMP", "SMA", "D3", "S1"}},
                               {.name = "q", .kind = Kind::text, .max = 120},
                               {.name = "page", .kind = Kind::whole, .min = 1, .max = 99'999}}};
  return form;
}

web::Reply api_jobs(const web::Request& q, Db& db) {
  const web::Typed typed = query_form().read_query(q);
  if (!typed.good()) return web::problem_again(q, typed);
  const Filter f = filter_of(q);
  if (!f.unknown_country.empty())
    return web::refuse(q, {Refusal::invalid, "offers.api_country", {}, {{"country", {"offers.api_country"}}}});
  const auto list = read_open(db, f.query, page_size);
  json::array jobs;
  for (const auto& [o, now] : list.rows) jobs.push_back(job_json(q, o, now, list.today));
  json::value next = nullptr;
  if (f.query.page * page_size < list.total)
    next = "/api/v1/jobs?country=" + f.query.country + "&occupation=" + text::url(f.query.occupation) +
           "&education=" + text::url(f.query.education) + "&q=" + text::url(f.query.text) +
           "&page=" + std::to_string(f.query.page + 1);
  auto reply = web::json(json::serialize(json::object{{"as_of", list.today.iso()},
                                                      {"total", list.total},
                                                      {"page", f.query.page},
                                                      {"jobs", std::move(jobs)},
                                                      {"next", std::move(next)}}));
  reply.is_public = true;
  return reply;
}

web::Reply api_job(const web::Request& q, Db& db) {
  std::string body = db.read([&](Act& act) -> std::string {
    const auto code = read_code(q.at("code")).code;
    const auto o = code ? find_by_code(act, *code) : std::nullopt;
    if (!o) return {};
    auto answer = job_json(q, *o, standing(act, *o), act.today);
    answer["as_of"] = act.today.iso();
    return json::serialize(answer);
  });
  if (body.empty()) return web::refuse(q, {Refusal::not_found, "offers.unknown"});
  auto reply = web::json(std::move(body));
  reply.is_public = true;
  return reply;
}

constexpr std::string_view money_schema =
    R"({"type":"object","required":["amount","currency"],"properties":{"amount":{"type":"string","examples":["198000"]},"currency":{"type":"string","examples":["JPY"]}}})";

constexpr std::string_view job_schema = R"({"type":"object","required":["code","title","country","open","posts"],"properties":{
"code":{"type":"string","examples":["9K4T-2M7Q-X"]},"url":{"type":"string","format":"uri"},"check_url":{"type":"string","format":"uri"},
"title":{"type":"string"},"country":{"type":"string","examples":["JP"]},"country_name":{"type":"string"},"city":{"type":"string"},
"employer":{"type":"string"},"company":{"type":"object","properties":{"name":{"type":"string"},"licence_number":{"type":"string"},"may_recruit":{"type":"boolean"}}},
"state":{"enum":["open","full","expired","suspended","revoked","company_barred","country_closed"]},"open":{"type":"boolean"},
"permit":{"type":"string"},"permit_until":{"type":["string","null"],"format":"date"},"closes_on":{"type":["string","null"],"format":"date"},
"examined_on":{"type":["string","null"],"format":"date"},"contract_months":{"type":"integer"},"hours_week":{"type":"integer"},"leave_days":{"type":"integer"},
"deductions_month":{"$ref":"#/components/schemas/Money"},"cost_to_worker":{"$ref":"#/components/schemas/Money"},
"min_age":{"type":"integer"},"min_education":{"type":"string"},"quota":{"type":"integer"},"left":{"type":"integer"},
"posts":{"type":"array","items":{"type":"object","properties":{"title":{"type":"object"},"isco08":{"type":"string"},"pay_month":{"$ref":"#/components/schemas/Money"},"left":{"type":"integer"}}}},
"as_of":{"type":"string","format":"date"}}})";

constexpr std::string_view jobs_schema = R"({"type":"object","required":["as_of","total","jobs"],"properties":{
"as_of":{"type":"string","format":"date"},"total":{"type":"integer"},"page":{"type":"integer"},
"jobs":{"type":"array","items":{"$ref":"#/components/schemas/Job"}},"next":{"type":["string","null"]}}})";

}  // namespace

void feed_routes(web::Router& r) {
  r.schema("Money", money_schema);
  r.schema("Job", job_schema);
  r.schema("Jobs", jobs_schema);
  r.get("/umpan/lowongan.xml", Right::anyone, atom);
  r.get("/api/v1/jobs", Right::anyone, api_jobs).says("offers.api_jobs").form(query_form()).gives("Jobs");
  r.get("/api/v1/jobs/{code}", Right::anyone, api_job).says("offers.api_job").gives("Job");
}

}  // namespace rantau::offers
