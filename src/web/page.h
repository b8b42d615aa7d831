// Pages: mustache files beside their module, filled through a strict context. An unknown name throws; everything is
// escaped, except drawings and data that C++ made itself (names svg_…, style, json_ld).
//
//   web::View v;
//   v.set("title", q.t("offers.jobs_title")).set("count", jobs.size());
//   v.list("jobs", jobs, [&](const Job& j, web::View& row) { row.set("position", j.position); });
//   return web::page(q, "offers/jobs.html", std::move(v));
//
// In a page: {{position}} · {{#jobs}}…{{/jobs}} · {{^jobs}}…{{/jobs}} · {{t.offers.jobs_title}} (a sentence; its {places}
// are taken from the view) · {{> form}} (a partial of web/layout). A page that begins with {{! console }} gets the
// officers' frame, one that begins with {{! bare }} none; every other the citizens'. Every view has `title`. The answer of
// a post that holds a form with the id "again" sets `again` to its address: language and letter size then send that form.
#pragma once
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "web/web.h"

namespace rantau::web {

// Markup painted by C++ (SVG, QR, JSON-LD with "<" written \u003c). Templates cannot make one.
struct Drawn {
  std::string markup;
};

class View {
 public:
  using List = std::vector<View>;
  using Item = std::variant<std::string, bool, Drawn, View, List>;
  View();
  View(const View&);
  View(View&&) noexcept;
  View& operator=(View) noexcept;
  ~View();

  View& set(std::string_view name, std::string text);
  View& set(std::string_view name, std::string_view text) { return set(name, std::string(text)); }
  View& set(std::string_view name, const char* text) { return set(name, std::string(text)); }
  View& set(std::string_view name, bool);
  View& set(std::string_view name, std::integral auto n) requires(!std::same_as<decltype(n), bool>) {
    return set(name, std::to_string(n));
  }
  View& set(std::string_view name, Drawn);
  View& set(std::string_view name, View);
  View& set(std::string_view name, List);
  template <class Range, class F>
  View& list(std::string_view name, const Range& range, F&& fill) {
    List rows;
    for (const auto& item : range) fill(item, rows.emplace_back());
    return set(name, std::move(rows));
  }
  const Item* find(std::string_view name) const;

 private:
  std::unique_ptr<std::map<std::string, Item, std::less<>>> items_;
};

// The whole page, framed. `file` is "module/page.html" (src/modules/<module>/pages/) or "web/<page>.html".
Reply page(const Request&, std::string_view file, View, int status = 200);
// The same file without a frame, as text: for feeds, mails and partial swaps.
std::string render(const Request&, std::string_view file, const View&);

// Sentences of src/text/{id,en}.txt.
class Texts {
 public:
  static const Texts& in(std::string_view lang);
  const std::string* find(std::string_view key) const;
  // Throws std::logic_error on an unknown key or a place that has no word: the tests find it before a user does.
  std::string say(std::string_view key, const Words& words = {}) const;
  std::vector<std::string_view> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> sentences_;
};

std::string asset(std::string_view name);  // "style.css" -> "/s/style.3f9c1a2b.css": immutable

// QR code as an SVG drawing (ECC M, quiet zone 4).
Drawn qr_svg(std::string_view text, std::string_view label);

}  // namespace rantau::web
