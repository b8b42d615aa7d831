// Warnings as pages: /peringatan for everybody, /umpan/peringatan.xml for programs, /k/peringatan for officers.
#include "modules/offers/warning_routes.h"

#include <algorithm>

#include "base/text.h"
#include "modules/offers/check_store.h"
#include "modules/offers/offers.h"
#include "web/form.h"
#include "web/kit.h"
#include "web/page.h"

namespace rantau::offers {

namespace {

constexpr std::string_view desk = "/k/peringatan";
constexpr Mark all_marks[] = {Mark::phone, Mark::account, Mark::name, Mark::host, Mark::text};

const web::Form& publish_form() {
  using web::Kind;
  static const web::Form form{"offers.check.warning",
                              {{.name = "title", .kind = Kind::text, .required = true, .min = 5, .max = 120},
                               {.name = "phone", .kind = Kind::area, .max = 1000},
                               {.name = "account", .kind = Kind::area, .max = 1000},
                               {.name = "name", .kind = Kind::area, .max = 1000},
                               {.name = "host", .kind = Kind::area, .max = 1000},
                               {.name = "text", .kind = Kind::area, .max = 2000},
                               {.name = "reason", .kind = Kind::area, .required = true, .min = 10, .max = 600},
                               {.name = "licence", .kind = Kind::text, .max = 60}}};
  return form;
}
const web::Form& withdraw_form() {
  static const web::Form form{"offers.check.withdraw",
                              {{.name = "reason", .kind = web::Kind::text, .required = true, .min = 5, .max = 300}}};
  return form;
}

std::string shown_mark(Mark mark, const std::string& value) { return mark == Mark::phone ? text::show_phone(value) : value; }

std::string path_of(const Warning& w) {
  std::string number = w.number;
  std::replace(number.begin(), number.end(), '/', '-');
  return "/peringatan/" + number;
}

void fill(const web::Request& q, const Warning& w, web::View& row) {
  row.set("number", w.number)
      .set("id", w.id.value)
      .set("href", path_of(w))
      .set("heading", w.title)
      .set("reason", w.reason)
      .set("day", show(day_of(w.published_at), q.lang))
      .set("short_day", show_short(day_of(w.published_at), q.lang))
      .set("withdrawn", w.withdrawn);
  row.list("marks", w.marks, [&](const auto& m, web::View& item) {
    item.set("kind", q.t("offers.check.mark_" + std::string(word(m.mark))))
        .set("value", m.shown.empty() ? shown_mark(m.mark, m.value) : m.shown);
  });
}

// --- for everybody -----------------------------------------------------------------------------------------------------

web::Reply public_list(const web::Request& q, Db& db) {
  const auto list = db.read([](Act& act) { return warnings(act, 100); });
  web::View v;
  v.set("title", q.t("offers.check.warnings_title"))
      .set("description", q.t("offers.check.warnings_lead"))
      .set("back_href", "/cek")
      .set("back_word", q.t("offers.check.title"))
      .set("feed_href", "/umpan/peringatan.xml")
      .set("feed_title", q.t("offers.check.feed_title"));
  v.set("indonesian", q.lang != "id" && !list.empty());
  v.list("warnings", list, [&](const Warning& w, web::View& row) { fill(q, w, row); });
  web::Reply reply = web::page(q, "offers/warnings.html", std::move(v));
  reply.is_public = true;
  return reply;
}

web::Reply public_one(const web::Request& q, Db& db) {
  std::string company;
  const auto w = db.read([&](Act& act) {
    auto found = find_warning(act, q.at("number"));
    if (found && found->company)
      if (const auto c = partners::find(act, found->company)) company = c->name;
    return found;
  });
  if (!w) throw web::NoSuchPage{};
  web::View v;
  v.set("title", q.t("offers.check.warning_number", {{"number", w->number}}))
      .set("back_href", "/peringatan")
      .set("back_word", q.t("offers.check.back_to_warnings"))
      .set("company", company);
  if (w->withdrawn) v.set("robots", "noindex");
  v.set("indonesian", q.lang != "id" && !w->withdrawn);
  fill(q, *w, v);
  web::Reply reply = web::page(q, "offers/warning.html", std::move(v));
  reply.is_public = true;
  return reply;
}

web::Reply feed(const web::Request& q, Db& db) {
  Instant now;
  const auto list = db.read([&](Act& act) {
    now = act.now;
    return warnings(act, 50);
  });
  std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"id\">\n";
  const auto tag = [&](std::string_view name, std::string_view text) {
    xml.append("<").append(name).append(">").append(text::html(text)).append("</").append(name).append(">\n");
  };
  tag("title", web::Texts::in("id").say("offers.check.feed_title"));
  tag("id", q.site + "/umpan/peringatan.xml");
  xml += "<link rel=\"self\" href=\"" + text::html(q.site) + "/umpan/peringatan.xml\"/>\n";
  xml += "<link href=\"" + text::html(q.site) + "/peringatan\"/>\n";
  tag("updated", iso_utc(list.empty() ? start_of(day_of(now)) : list.front().published_at));
  xml += "<author><name>BP3MI</name></author>\n";
  for (const Warning& w : list) {
    xml += "<entry>\n";
    tag("title", w.title);
    tag("id", q.site + path_of(w));
    xml += "<link href=\"" + text::html(q.site + path_of(w)) + "\"/>\n";
    tag("updated", iso_utc(w.published_at));
    tag("summary", w.reason);
    xml += "</entry>\n";
  }
  xml += "</feed>\n";
  web::Reply reply = web::text(std::move(xml), "application/atom+xml; charset=utf-8");
  reply.is_public = true;
  return reply;
}

// --- for officers --------------------------------------------------------------------------------------------------------

struct Mentioned {
  Mark mark;
  std::string line, normal;  // normal "" = cannot be used
};
std::vector<Mentioned> mentioned(const web::Typed& typed) {
  std::vector<Mentioned> out;
  for (Mark mark : all_marks) {
    const std::string& lines = typed.text(word(mark));
    for (std::size_t at = 0; at <= lines.size();) {
      const auto end = std::min(lines.find('\n', at), lines.size());
      const std::string line = text::trim(std::string_view(lines).substr(at, end - at));
      if (!line.empty()) out.push_back({mark, line, normal_mark(mark, line).value_or("")});
      at = end + 1;
    }
  }
  return out;
}

web::View desk_view(const web::Request& q, Db& db) {
  std::vector<Warning> active, gone;
  db.read([&](Act& act) {
    active = warnings(act, 200);
    gone = withdrawn_warnings(act, 50);
    return Done{};
  });
  web::View v;
  v.set("title", q.t("offers.check.desk_title")).set("previews", false).set("preview", web::View::List{});
  v.list("active", active, [&](const Warning& w, web::View& row) { fill(q, w, row); });
  v.list("gone", gone, [&](const Warning& w, web::View& row) { fill(q, w, row); });
  return v;
}

web::Reply show_desk(const web::Request& q, Db& db) {
  web::View v = desk_view(q, db);
  v.set("form", publish_form().empty(q));
  return web::page(q, "offers/warnings_desk.html", std::move(v));
}

web::Reply desk_again(const web::Request& q, Db& db, const web::Typed& typed) {
  return web::page_again(q, "offers/warnings_desk.html", desk_view(q, db), publish_form(), typed);
}

web::Reply publish(const web::Request& q, Db& db) {
  web::Typed typed = publish_form().read(q);
  const auto marks = mentioned(typed);
  for (const Mentioned& m : marks)
    if (m.normal.empty()) typed.wrong(word(m.mark), {"offers.check.mark_wrong_" + std::string(word(m.mark))});
  Warning w;
  w.title = typed.text("title");
  w.reason = typed.text("reason");
  for (const Mentioned& m : marks) w.marks.push_back({m.mark, m.line});
  if (typed.good() && marks.empty()) typed.wrong("phone", {"offers.check.warning_without_mark"});
  if (const std::string& licence = typed.text("licence"); typed.good() && !licence.empty()) {
    const auto company = db.read([&](Act& act) { return partners::find_by_licence(act, licence); });
    if (company)
      w.company = company->id;
    else
      typed.wrong("licence", {"offers.check.warning_company_unknown"});
  }
  if (!typed.good()) return desk_again(q, db, typed);
  if (q.field("langkah") != "terbit") {
    web::View v = desk_view(q, db);
    v.set("form", publish_form().view(q, typed)).set("previews", true);
    v.list("preview", marks, [&](const Mentioned& m, web::View& row) {
      row.set("kind", q.t("offers.check.mark_" + std::string(word(m.mark))))
          .set("line", m.line)
          .set("value", shown_mark(m.mark, m.normal));
    });
    return web::page(q, "offers/warnings_desk.html", std::move(v));
  }
  const auto done = db.write([&](Act& act) { return publish_warning(act, w); });
  if (!done) {
    if (done.refusal().kind != Refusal::invalid) return web::refuse(q, done.refusal());
    typed.wrong(done.refusal());
    return desk_again(q, db, typed);
  }
  return web::see(std::string(desk) + "?pesan=offers.check.published_flash");
}

web::Reply take_back(const web::Request& q, Db& db) {
  const auto id = q.id<WarningId>();
  const web::Typed typed = withdraw_form().read(q);
  if (!typed.good()) {
    Refusal r{Refusal::invalid, "offers.check.withdraw_reason_short"};
    return web::refuse(q, r);
  }
  const auto done = db.write([&](Act& act) { return withdraw_warning(act, id, typed.text("reason")); });
  if (!done) return web::refuse(q, done.refusal());
  return web::see(std::string(desk) + "?pesan=offers.check.withdrawn_flash&id=" + to_string_id(id.value));
}

web::Reply undo(const web::Request& q, Db& db) {
  const auto id = q.id<WarningId>();
  const auto done = db.write([&](Act& act) { return undo_withdrawal(act, id); });
  if (!done) return web::refuse(q, done.refusal());
  return web::see(std::string(desk) + "?pesan=offers.check.restored_flash");
}

}  // namespace

void warning_routes(web::Router& r) {
  r.get("/peringatan", Right::anyone, public_list);
  r.get("/peringatan/{number}", Right::anyone, public_one);
  r.get("/umpan/peringatan.xml", Right::anyone, feed);
  r.get(desk, Right::publish_warnings, show_desk);
  r.post(desk, Right::publish_warnings, publish).form(publish_form()).once();
  r.post("/k/peringatan/{id}/cabut", Right::publish_warnings, take_back).form(withdraw_form());
  r.post("/k/peringatan/{id}/urungkan", Right::publish_warnings, undo);
  web::nav(Right::publish_warnings, desk, "offers.check.nav_warnings");
  web::flash("offers.check.published_flash");
  web::flash("offers.check.withdrawn_flash", "/k/peringatan/{id}/urungkan");
  web::flash("offers.check.restored_flash");
}

}  // namespace rantau::offers
