// Pages and API of "Cek tawaran": /cek, /cek/foto, /v/{code}, POST /api/v1/offer-checks. Officers' pages: warning_routes.cc.
#include <algorithm>
#include <boost/json.hpp>

#include "base/reference.h"
#include "base/text.h"
#include "modules/offers/check_store.h"
#include "modules/offers/offers.h"
#include "modules/offers/warning_routes.h"
#include "web/drawing.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::offers {

namespace {

constexpr std::size_t most_typed = 20'000;
constexpr std::size_t largest_photo = 8 * 1024 * 1024;
constexpr int checks_an_hour = 30;
constexpr int api_checks_an_hour = 300;

const web::Form& api_form() {
  static const web::Form form{
      "offers.check.form", {{.name = "text", .kind = web::Kind::area, .required = true, .min = 1, .max = 0}}};  // see unreadable()
  return form;
}

web::Verdict shape(Color c) {
  switch (c) {
    case Color::resmi: return web::Verdict::official;
    case Color::belum_terbukti: return web::Verdict::unproven;
    case Color::bahaya: return web::Verdict::danger;
  }
  return web::Verdict::unproven;
}

Own own_of(const web::Request& q) {
  return {.site = address_of_site(q.site), .hotline = web::office().hotline, .whatsapp = web::office().whatsapp};
}

std::string day_text(std::string_view iso, std::string_view lang) {
  const auto day = parse_iso(iso);
  return day ? show_short(*day, lang) : std::string();
}

// --- the verdict as a page -----------------------------------------------------------------------------------------------

web::View::List segments(std::string_view text, const std::vector<Piece>& found) {
  web::View::List out;
  const auto add = [&](std::string_view part, bool mark) {
    if (!part.empty()) out.emplace_back().set("part", part).set("marked", mark);
  };
  std::size_t at = 0;
  for (const Piece& p : found) {
    if (p.from < at || p.to > text.size()) continue;
    add(text.substr(at, p.from - at), false);
    add(text.substr(p.from, p.to - p.from), true);
    at = p.to;
  }
  add(text.substr(std::min(at, text.size())), false);
  return out;
}

void fill_pay(const web::Request& q, const Verdict& v, web::View& view) {
  view.set("compares", v.pay.has_value());
  if (!v.pay) return;
  const auto& p = *v.pay;
  const bool converted = p.in_text_money.currency != p.official.currency;
  std::string official = show(p.official, q.lang);
  if (converted) official += " ≈ " + show(p.in_text_money, q.lang);
  const std::int64_t more = p.stated.minor - p.in_text_money.minor;
  view.set("pay_official", official)
      .set("pay_stated", show(p.stated, q.lang))
      .set("pay_word", q.t(more > 0   ? "offers.check.pay_higher"
                           : more < 0 ? "offers.check.pay_lower"
                                      : "offers.check.pay_same"))
      .set("pay_more", more == 0 ? std::string() : (more > 0 ? "+" : "−") + show(Money{std::abs(more), p.stated.currency}, q.lang))
      .set("rate_source", p.rate_source)
      .set("converted", converted);
}

struct Step {
  std::string href, word, how;
  bool hot = false;
};

// No number of jobs stands here: the list counts what is open today, and a second count would be a second truth.
std::vector<Step> next_steps(const web::Request& q, const Verdict& v, std::string_view country_with_jobs) {
  const web::Office& office = web::office();
  std::string chat = text::digits(office.whatsapp);
  if (chat.starts_with("0")) chat = "62" + chat.substr(1);
  const Step report{"https://wa.me/" + chat, q.t("offers.check.step_report"), q.t("offers.check.step_report_how"), true};
  const Step ask{"tel:" + text::digits(office.hotline), q.t("offers.check.step_ask"),
                 q.t("offers.check.step_ask_how", {{"hotline", office.hotline}})};
  Step jobs{"/lowongan", q.t("offers.check.step_jobs"), q.t("offers.check.step_jobs_how")};
  if (!country_with_jobs.empty()) {
    jobs.href = "/lowongan?country=" + std::string(country_with_jobs);
    jobs.how = q.t("offers.check.step_jobs_there", {{"country", reference::country_name(country_with_jobs, q.lang)}});
  }
  switch (v.color) {
    case Color::bahaya: return {report, ask, jobs};
    case Color::belum_terbukti: return {ask, jobs, {report.href, report.word, report.how, false}};
    case Color::resmi: break;
  }
  const Step fee{report.href, q.t("offers.check.step_report_fee"), q.t("offers.check.step_report_fee_how"), true};
  if (!v.order || v.order->code.empty()) return {jobs, ask, fee};
  return {{"/lowongan/" + v.order->code, q.t("offers.check.step_this"), q.t("offers.check.step_this_how")}, ask, fee};
}

// The country of the offer, where nothing is proven and official jobs are open there.
std::string country_with_jobs(Act& act, const Verdict& v) {
  if (v.color != Color::belum_terbukti) return {};
  for (const Piece& p : v.found)
    if (p.kind == Kind::country) return store::open_count(act.db, p.value, act.today) > 0 ? p.value : std::string();
  return {};
}

void fill_causes(const web::Request& q, const Verdict& v, web::View& view) {
  view.list("causes", v.causes, [&](const Cause& c, web::View& row) {
    const std::string day = day_text(c.as_of, q.lang);
    row.set("what", q.t(said(c.title, q.lang)))
        .set("sentence", q.t(said(c.sentence, q.lang)))
        .set("source", q.t(c.source) + (day.empty() ? "" : ", " + day))
        .set("svg_mark", web::reason_svg(shape(c.color)));
  });
}

struct Question {
  const char *name, *text_key, *caution;  // caution: the answer that raises it
};
constexpr Question questions[] = {{"bayar", "ask_pay", "y"},
                                  {"kantor", "ask_office", "t"},
                                  {"kontrak", "ask_contract", "t"},
                                  {"paspor", "ask_papers", "y"},
                                  {"visa", "ask_visa", "y"}};

Answers answers_of(const web::Request& q) {
  const auto raises = [&](int i) { return q.field(questions[i].name) == questions[i].caution; };
  return {.asked_to_pay = raises(0),
          .office_unseen = raises(1),
          .no_contract = raises(2),
          .holds_passport = raises(3),
          .tourist_visa = raises(4)};
}

// What was asked and answered stands in the page once more: so the reader may change the language or add an answer.
void fill_again(const web::Request& q, web::View& view, std::string_view text, bool from_qr) {
  view.set("again", "/cek").set("typed", text).set("from_qr", from_qr);
  view.list("questions", questions, [&](const Question& one, web::View& row) {
    const std::string& said = q.field(one.name);
    row.set("name", one.name).set("question", q.t("offers.check." + std::string(one.text_key)));
    row.set("said", said == "y" || said == "t" ? said : std::string()).set("said_yes", said == "y").set("said_no", said == "t");
  });
}

// The code that was probably meant, if a letter of the typed one is wrong.
std::string meant_code(const Verdict& v) {
  for (const Cause& c : v.causes)
    if (c.code == "code_typo")
      for (const auto& [place, word] : c.sentence.words)
        if (place == "code") return word;
  return {};
}

// Everything the page of a verdict shows. `asks`: with the five questions (not on pages that are kept for everybody).
web::View verdict_view(const web::Request& q, const Verdict& v, std::string_view country, bool asks) {
  web::View view;
  const std::string color(word(v.color));
  const std::string verdict_word = q.t("offers.check.word_" + color), lead = q.t("offers.check.lead_" + color);
  const std::string address = v.order && !v.order->code.empty() ? q.site + "/v/" + v.order->code : q.site + "/cek";
  const std::string share =
      q.t("offers.check.share_text", {{"verdict_word", verdict_word}, {"verdict_lead", lead}, {"address", address}});
  const auto day = parse_iso(v.as_of);
  view.set("title", q.t("offers.check.result_title", {{"verdict_word", verdict_word}}))
      .set("back_href", "/cek")
      .set("back_word", q.t("offers.check.back_to_check"))
      .set("robots", "noindex")
      .set("verdict_class", std::string(web::style_class(shape(v.color))))
      .set("svg_verdict", web::verdict_svg(shape(v.color)))
      .set("verdict_word", verdict_word)
      .set("verdict_lead", lead)
      .set("as_of", q.t("offers.check.as_of", {{"day", day ? show(*day, q.lang) : v.as_of}}))
      .set("share_href", "https://wa.me/?text=" + text::url(share))
      .set("share", share)
      .set("share_url", address)
      .set("meant", meant_code(v))
      .set("asks", asks && v.color != Color::bahaya)
      .set("shows_text", asks && !v.found.empty())
      .set("read_nothing", asks && v.found.empty());
  fill_causes(q, v, view);
  fill_pay(q, v, view);
  const auto steps = next_steps(q, v, country);
  view.list("steps", steps,
            [](const Step& s, web::View& row) { row.set("href", s.href).set("word", s.word).set("how", s.how).set("hot", s.hot); });
  view.set("has_maybe", asks && !v.maybe.empty());
  view.list("maybe", v.maybe, [](const partners::Likely& l, web::View& row) { row.set("name", l.company.name); });
  view.list("checked", v.found, [&](const Piece& p, web::View& row) {
    row.set("kind", q.t("offers.check.kind_" + std::string(word(p.kind)))).set("shown", text::cut(p.shown, 80));
  });
  return view;
}

web::Reply private_page(const web::Request& q, std::string_view file, web::View view, int status = 200) {
  return web::page(q, file, std::move(view), status);
}

// --- /cek ------------------------------------------------------------------------------------------------------------------

web::Reply entry(const web::Request& q, std::string_view typed, std::string_view problem, std::string_view photo_problem,
                 int status) {
  web::View view;
  view.set("title", q.t("offers.check.title"))
      .set("description", q.t("offers.check.description"))
      .set("back_href", "/")
      .set("back_word", q.t("offers.check.back"))
      .set("typed", typed)
      .set("problem", problem)
      .set("photo_problem", photo_problem)
      .set("feed_href", "/umpan/peringatan.xml")
      .set("feed_title", q.t("offers.check.feed_title"))
      .set("js_scan", web::asset("qr_scan.js"))
      .set("has_errors", !problem.empty() || !photo_problem.empty());
  if (!typed.empty() && q.method == "POST") view.set("again", "/cek");
  web::View::List errors;
  if (!problem.empty()) errors.emplace_back().set("target", "t").set("sentence", problem);
  if (!photo_problem.empty()) errors.emplace_back().set("target", "f").set("sentence", photo_problem);
  view.set("errors", std::move(errors));
  for (auto [name, color] :
       {std::pair{"svg_resmi", Color::resmi}, {"svg_belum", Color::belum_terbukti}, {"svg_bahaya", Color::bahaya}})
    view.set(name, web::reason_svg(shape(color)));
  return private_page(q, "offers/check.html", std::move(view), status);
}

void count(const web::Request& q, Db& db, const Verdict& v) {
  if (!q.param("bahasa").empty() || !q.param("huruf").empty()) return;  // the same answer, read in another way
  // A full disk must not keep anybody from an answer.
  try {
    db.write([&](Act& act) {
      count_check(act, v);
      return Done{};
    });
  } catch (const db::Fault&) {}
}

web::Reply show_check(const web::Request& q, Db& db) {
  const std::string& typed = q.param("t");
  if (typed.empty()) return entry(q, "", "", "", 200);
  // The short form to share is for codes alone; anything else is typed into the box and sent from there.
  const CodeReading r = read_code(typed);
  if (r.code) return web::see("/v/" + *r.code);
  (void)db;
  return entry(q, text::cut(typed, 400), "", "", 200);
}

web::Reply answer_check(const web::Request& q, Db& db, const std::string& typed, Answers answers, bool from_qr) {
  const Own own = own_of(q);
  answers.from_qr = from_qr;
  std::string country;
  Verdict v = db.read([&](Act& act) {
    Verdict found = check(act, typed, answers, own);
    country = country_with_jobs(act, found);
    return found;
  });
  count(q, db, v);
  web::View view = verdict_view(q, v, country, true);
  view.set("segments", segments(typed, v.found));
  fill_again(q, view, typed, from_qr);
  return private_page(q, "offers/check_result.html", std::move(view));
}

web::Reply post_check(const web::Request& q, Db& db) {
  const std::string& typed = q.field("t");
  if (const auto problem = unreadable(typed, q.lang)) return entry(q, typed, q.t(*problem), "", 422);
  return answer_check(q, db, typed, answers_of(q), q.field("dari") == "qr");
}

web::Reply post_photo(const web::Request& q, Db& db) {
  const auto photo = std::find_if(q.files.begin(), q.files.end(), [](const web::Upload& u) { return u.field == "f"; });
  if (photo == q.files.end() || photo->bytes.empty()) return entry(q, "", "", q.t("offers.check.photo_missing"), 422);
  if (const std::size_t size = photo->bytes.size(); size > largest_photo) {
    const auto tenths = static_cast<std::int64_t>((size * 10 + 1024 * 1024 - 1) / (1024 * 1024));
    return entry(q, "", "", q.t("offers.check.photo_heavy", {{"sent", show_decimal(tenths, 1, q.lang)}}), 422);
  }
  const auto read = read_qr(photo->bytes);
  if (!read) return entry(q, "", "", q.t(read.refusal().key), 422);
  std::string all;
  for (const std::string& s : *read) {
    std::string said = text::trim(text::nfkc(s));
    // Our own posters hold our own address: what counts is the code behind /v/.
    if (const std::string door = q.site + "/v/"; said.starts_with(door)) said.erase(0, door.size());
    all += (all.empty() ? "" : "\n") + said;
  }
  all = text::cut(all, most_typed);
  if (all.empty()) return entry(q, "", "", q.t("offers.check.photo_no_qr"), 422);
  return answer_check(q, db, all, {}, true);
}

// --- /v/{code} ---------------------------------------------------------------------------------------------------------------

web::Reply verify_code(const web::Request& q, Db& db) {
  const std::string typed = text::cut(q.at("code"), 40);
  const CodeReading r = read_code(typed);
  if (!r.looks_like_code) throw web::NoSuchPage{};
  std::string country;
  const Verdict v = db.read([&](Act& act) {
    Verdict found = check(act, r.code ? "kode " + *r.code : "kode " + typed, {}, own_of(q));
    country = country_with_jobs(act, found);
    return found;
  });
  web::View view = verdict_view(q, v, country, false);
  view.set("code", r.code ? show_code(*r.code) : typed);
  web::Reply reply = web::page(q, "offers/check_code.html", std::move(view));
  reply.is_public = true;
  return reply;
}

// --- API ---------------------------------------------------------------------------------------------------------------------

web::Reply api_check(const web::Request& q, Db& db) {
  web::Typed typed = api_form().read(q);
  if (typed.good())
    if (const auto problem = unreadable(typed.text("text"), q.lang)) typed.wrong("text", *problem);
  if (!typed.good()) return web::problem_again(q, typed);
  const Verdict v = db.read([&](Act& act) { return check(act, typed.text("text"), {}, own_of(q)); });
  count(q, db, v);
  return web::json(to_json(v, q.lang));
}

constexpr std::string_view schema = R"({
  "type": "object",
  "additionalProperties": false,
  "required": ["verdict", "reasons", "found"],
  "properties": {
    "verdict": {"type": "string", "enum": ["resmi", "belum_terbukti", "bahaya"]},
    "reasons": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["code", "sentence", "source", "as_of"],
      "properties": {"code": {"type": "string"}, "sentence": {"type": "string"}, "source": {"type": "string"},
                     "as_of": {"type": "string", "format": "date"}}}},
    "found": {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["kind", "value"],
      "properties": {"kind": {"type": "string", "enum": ["code", "licence_number", "permit_number", "phone", "account", "company",
                              "country", "money", "link", "email", "visa", "document", "demand", "byway"]},
                     "value": {"type": "string"}}}}
  }
})";

}  // namespace

std::optional<Sentence> unreadable(std::string_view typed, std::string_view lang) {
  const std::size_t length = text::length(typed);
  if (length == 0) return Sentence{"offers.check.empty", {}};
  if (length > most_typed) return Sentence{"offers.check.long", {{"typed", show_number(static_cast<std::int64_t>(length), lang)}}};
  std::size_t letters = 0;
  for (const auto& w : text::words(text::fold(typed))) letters += text::length(w);
  if (letters < 4) return Sentence{"offers.check.short", {}};
  return std::nullopt;
}

Sentence said(const Sentence& s, std::string_view lang) {
  Sentence out{s.key, {}};
  for (const auto& [place, word] : s.words) {
    std::string text = word;
    if (place.starts_with("day_")) {
      const auto day = parse_iso(word);
      text = day ? show(*day, lang) : "—";
    } else if (place.starts_with("job_")) {
      const auto bar = word.find('|');
      const std::string english = bar == std::string::npos ? "" : word.substr(bar + 1);
      text = lang == "en" && !english.empty() ? english : word.substr(0, bar);
    } else if (place.starts_with("country_")) {
      text = reference::country_name(word, lang);
    } else if (place.starts_with("money_") && word.size() > 4) {
      const auto minor = parse_whole(std::string_view(word).substr(4));
      if (minor) text = show(Money{*minor, word.substr(0, 3)}, lang);
    }
    out.words.emplace_back(place, std::move(text));
  }
  return out;
}

// "MYR 800", "USD 12.50": what was written, not the cents that are counted with.
static std::string plain(const Money& m) {
  std::int64_t unit = 1;
  for (int i = minor_digits(m.currency); i > 0; --i) unit *= 10;
  std::string out = m.currency + " " + std::to_string(m.minor / unit);
  if (unit == 100 && m.minor % 100) out += "." + std::to_string(100 + m.minor % 100).substr(1);
  return out;
}

std::string to_json(const Verdict& v, std::string_view lang) {
  const web::Texts& texts = web::Texts::in(lang);
  const auto say = [&](const Sentence& s) {
    const Sentence readable = said(s, lang);
    return texts.say(readable.key, readable.words);
  };
  boost::json::array reasons, found;
  for (const Cause& c : v.causes)
    reasons.push_back(
        boost::json::object{{"code", c.code}, {"sentence", say(c.sentence)}, {"source", say(c.source)}, {"as_of", c.as_of}});
  for (const Piece& p : v.found)
    found.push_back(
        boost::json::object{{"kind", std::string(word(p.kind))}, {"value", p.kind == Kind::money ? plain(p.money) : p.value}});
  return boost::json::serialize(
      boost::json::object{{"verdict", std::string(word(v.color))}, {"reasons", std::move(reasons)}, {"found", std::move(found)}});
}

void check_routes(web::Router& r) {
  r.get("/cek", Right::anyone, show_check);
  r.post("/cek", Right::anyone, post_check).limit(512 * 1024).at_most(checks_an_hour);
  r.post("/cek/foto", Right::anyone, post_photo).limit(largest_photo + 64 * 1024).at_most(checks_an_hour);
  r.get("/v/{code}", Right::anyone, verify_code);
  r.schema("OfferCheck", schema);
  r.post("/api/v1/offer-checks", Right::anyone, api_check)
      .says("offers.check.api")
      .form(api_form())
      .gives("OfferCheck")
      .once()
      .limit(256 * 1024)
      .at_most(api_checks_an_hour);
  warning_routes(r);
}

}  // namespace rantau::offers
