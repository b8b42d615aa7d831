// Dated exchange rates: officers read them, an examiner enters them with their source.
#include <algorithm>

#include "base/reference.h"
#include "modules/offers/routes.h"
#include "web/form.h"

namespace rantau::offers {
namespace {

const web::Form& rate_form() {
  using web::Kind;
  static const web::Form form{"offers.rate",
                              {{.name = "currency", .kind = Kind::choice, .required = true, .list = "currencies"},
                               {.name = "day", .kind = Kind::date, .required = true},
                               {.name = "value", .required = true, .max = 20},
                               {.name = "source", .required = true, .min = 3, .max = 120},
                               {.name = "sure", .kind = Kind::tick}}};
  return form;
}

// "Rp 105,4" for one unit; the places that a small rate needs and no more.
std::string rate_text(const Rate& r, std::string_view lang) {
  std::int64_t scaled = r.scaled;
  int decimals = 4;
  while (decimals > 0 && scaled % 10 == 0) scaled /= 10, --decimals;
  return "Rp " + (decimals == 0 ? show_number(scaled, lang) : show_decimal(scaled, decimals, lang));
}

// "105,45" or "105.45", "16.250" or "16,250": rupiah x 10,000. The last mark divides unless three digits stand behind it.
std::optional<std::int64_t> read_rate(std::string_view typed) {
  std::string digits;
  std::size_t after = std::string::npos;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == '.' || c == ',') {
      const bool last = typed.find_first_of(".,", i + 1) == std::string_view::npos;
      if (last && typed.size() - i - 1 != 3) after = digits.size();
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  std::size_t places = after == std::string::npos ? 0 : digits.size() - after;
  if (places > 4) return std::nullopt;
  std::int64_t scaled = std::stoll(digits);
  for (; places < 4; ++places) scaled *= 10;
  return scaled > 0 ? std::optional(scaled) : std::nullopt;
}

web::View view_of(const web::Request& q, Db& db) {
  struct Line {
    Rate rate;
    std::string by;
  };
  const auto all = db.read([](Act& act) {
    std::vector<Line> lines;
    for (auto& r : rates(act, 200)) {
      const std::string by = access::name_of(act, r.by);
      lines.push_back({std::move(r), by});
    }
    return lines;
  });
  web::View v;
  v.set("title", q.t("offers.rates.title")).set("may_enter", q.who.may(Right::examine_job_orders)).set("nothing", all.empty());
  std::vector<std::string> seen;
  v.list("rates", all, [&](const Line& l, web::View& row) {
    const bool newest = std::find(seen.begin(), seen.end(), l.rate.currency) == seen.end();
    if (newest) seen.push_back(l.rate.currency);
    row.set("rate_currency", l.rate.currency).set("rate_name", reference::currency_name(l.rate.currency, q.lang));
    row.set("rate_value", rate_text(l.rate, q.lang))
        .set("rate_day", show_short(l.rate.day, q.lang))
        .set("rate_source", l.rate.source);
    row.set("rate_by", l.by.empty() ? "-" : l.by).set("newest", newest);
  });
  v.list("currencies", pay_currencies(), [&](std::string_view c, web::View& row) {
    row.set("value", c).set("text", std::string(c) + " · " + reference::currency_name(c, q.lang));
  });
  return v;
}

web::Reply show_rates(const web::Request& q, Db& db) {
  auto v = view_of(q, db);
  v.set("form", rate_form().empty(q));
  return web::page(q, "offers/rates.html", std::move(v));
}

web::Reply enter_rate(const web::Request& q, Db& db) {
  auto typed = rate_form().read(q);
  const auto value = read_rate(typed.text("value"));
  if (!value && !typed.text("value").empty()) typed.wrong("value", {"offers.rate.value_wrong"});
  if (typed.good()) {
    const auto done = db.write([&](Act& act) {
      return set_rate(act, typed.text("currency"), typed.day("day"), *value, typed.text("source"), typed.tick("sure"));
    });
    if (done) return web::see("/k/kurs?pesan=offers.flash.saved");
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
  }
  return web::page_again(q, "offers/rates.html", view_of(q, db), rate_form(), typed);
}

}  // namespace

void rate_routes(web::Router& r) {
  r.get("/k/kurs", Right::see_job_orders, show_rates);
  r.post("/k/kurs", Right::examine_job_orders, enter_rate).form(rate_form()).once();
}

}  // namespace rantau::offers
