// What the program and the server tell the pages once at start, and what the pages tell them: the office, the console's
// navigation, sentences after a redirect, browser files, error pages and the component catalogue.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/config.h"
#include "base/date.h"
#include "base/right.h"
#include "web/page.h"
#include "web/web.h"

namespace rantau::web {

// The help block of every page. Set once at start; the defaults are those of the settings.
struct Office {
  std::string hotline{Config::built_in("hotline")};
  std::string whatsapp{Config::built_in("whatsapp")};
  std::string address{Config::built_in("office_address")};
  std::string hours{Config::built_in("office_hours")};
  bool demo = true;  // says "data contoh" in both frames
};
void set_office(Office);
const Office& office();
std::string shown_whatsapp();  // the office's number as people read it: 0812-0000-0017

// One entry of the officers' bar, shown to people who hold `right`. Modules call it from routes(); a path given twice
// counts once. `text_key` is the word shown.
void nav(Right right, std::string_view path, std::string_view text_key);

// A sentence that a page may show after a redirect: see("/k/pesanan?pesan=offers.decided_flash"). Only registered keys
// are shown. With `undo` ("/k/pesanan/{id}/urungkan") and ?id=<digits or code> it carries an "undo" button that posts there.
void flash(std::string_view text_key, std::string_view undo = {});

// Where pages, texts and browser files are read from again at every request (--dev): the folder that holds src/.
void read_from_disk(std::string source_folder);

// A browser file by its hashed name ("citizen.3f9c1a2b.css", without /s/), compressed twins included.
struct BrowserFile {
  std::string_view bytes, brotli, gzip;  // twins may be empty
  std::string type;
};
std::optional<BrowserFile> browser_file(std::string_view hashed_name);

// The style sheet inside every citizens' page, for the Content-Security-Policy: "'sha256-…'".
std::string inline_style_hash();

// problem+json of a status that no refusal has: 405, 413, 415, 431.
Reply problem(const Request&, int status, std::string_view key, Words words = {});
// 400 403 404 405 409 413 422 429 431 500 503 as a page. `extra` may set `detail` (a sentence), `reasons` (list of {text}) and
// `when` (429, 503: when to try again). Never throws for an unknown status: it says what 500 says.
Reply error_page(const Request&, int status, View extra = {});

// How fast the server was in the last five minutes: 95 of 100 answers that a handler made took no longer. Nothing without
// a server (tests), or before there are enough of them.
struct Pace {
  std::int64_t p95_us = 0, answers = 0;
};
std::optional<Pace> pace(const Request&, Instant now);

// /ui: every component in both frames. Needs Right::see_catalogue outside --dev.
void catalogue_routes(Router&);

// /api/openapi.json, of every route of this router (which must outlive the server).
void openapi_routes(Router&);
Reply openapi(const Router&, const Request&);

// Off for benches and journeys only: their load comes from one address.
void set_rate_limit(bool on);

}  // namespace rantau::web
