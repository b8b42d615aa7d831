// Frames around pages, and what the kit keeps for them: the office, navigation, flash sentences, browser files.
#include "web/page.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "base/crypto.h"
#include "base/embedded.h"
#include "base/text.h"
#include "web/kit.h"
#include "web/template.h"

namespace rantau::web {
namespace {

Office& the_office() {
  static Office office;
  return office;
}

struct NavEntry {
  Right right;
  std::string path, text_key;
};
struct Flash {
  std::string key, undo;
};
std::shared_mutex tables_mutex;
std::vector<NavEntry>& nav_table() {
  static std::vector<NavEntry> table;
  return table;
}
std::vector<Flash>& flash_table() {
  static std::vector<Flash> table;
  return table;
}

// The same address with one parameter set: the reader stays where they are.
std::string here_with(const Request& q, std::string_view name, std::string_view value) {
  std::string out = text::url(q.reads_at.empty() ? q.path : q.reads_at);
  for (std::size_t at = out.find("%2F"); at != std::string::npos; at = out.find("%2F", at)) out.replace(at, 3, "/");
  char mark = '?';
  for (const auto& [key, kept] : q.query) {
    if (key == name || key == "pesan") continue;
    out.append(1, mark).append(text::url(key)).append("=").append(text::url(kept));
    mark = '&';
  }
  return out.append(1, mark).append(name).append("=").append(value);
}

bool is_current(const std::string& here, const std::string& path) {
  return here == path || (here.starts_with(path) && here.size() > path.size() && here[path.size()] == '/');
}

// The office writes its hours in Indonesian; the days of the week have English names.
std::string hours_in(std::string hours, const std::string& lang) {
  if (lang != "en") return hours;
  static constexpr std::pair<const char*, const char*> days[] = {
      {"Senin", "Monday"}, {"Selasa", "Tuesday"}, {"Rabu", "Wednesday"}, {"Kamis", "Thursday"},
      {"Jumat", "Friday"}, {"Sabtu", "Saturday"}, {"Minggu", "Sunday"}};
  for (const auto& [own, english] : days)
    if (const auto at = hours.find(own); at != std::string::npos) hours.replace(at, std::string_view(own).size(), english);
  return hours;
}

void add_office(View& v, const std::string& lang) {
  const Office& o = office();
  std::string digits = text::digits(o.whatsapp);
  if (digits.starts_with("0")) digits = "62" + digits.substr(1);
  v.set("hotline", o.hotline)
      .set("hotline_digits", text::digits(o.hotline))
      .set("whatsapp", shown_whatsapp())
      .set("whatsapp_digits", digits)
      .set("office_address", o.address)
      .set("office_hours", hours_in(o.hours, lang))
      .set("demo", o.demo);
}

void add_nav(View& v, const Request& q) {
  const std::shared_lock lock(tables_mutex);
  // The longest path that holds this page is the current one: /k/pesanan before /k.
  const NavEntry* current = nullptr;
  for (const auto& entry : nav_table())
    if (is_current(q.path, entry.path) && (current == nullptr || entry.path.size() > current->path.size())) current = &entry;
  View::List entries;
  for (const auto& entry : nav_table()) {
    if (!q.who.may(entry.right)) continue;
    View& row = entries.emplace_back();
    row.set("href", entry.path).set("word", Texts::in(q.lang).say(entry.text_key)).set("current", &entry == current);
  }
  v.set("nav", std::move(entries));
}

bool is_name_of_record(const std::string& id) {
  return !id.empty() && id.size() <= 24 &&
         std::ranges::all_of(id, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
}

void add_flash(View& v, const Request& q) {
  v.set("flash", false).set("flash_undo", "");
  const std::string& wanted = q.param("pesan");
  if (wanted.empty()) return;
  const std::shared_lock lock(tables_mutex);
  for (const auto& [key, undo] : flash_table()) {
    if (key != wanted) continue;
    v.set("flash", Texts::in(q.lang).say(key));
    const std::string& id = q.param("id");
    if (undo.empty() || !is_name_of_record(id)) return;
    std::string path = undo;
    if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
    v.set("flash_undo", path);
  }
}

std::string asset_or_nothing(std::string_view name) {
  return embedded_file("web/assets/" + std::string(name)) ? asset(name) : std::string();
}

const std::string& citizen_style() {
  static const std::string style = minified_css(file_text("web/assets/citizen.css"));
  return style;
}

// What every frame knows; a page's own names stand before these.
View frame_view(const Request& q) {
  View v;
  const bool english = q.lang == "en";
  v.set("lang", q.lang)
      .set("other_lang", english ? "id" : "en")
      .set("other_lang_href", here_with(q, "bahasa", english ? "id" : "en"))
      .set("large", q.large_text)
      .set("larger_href", here_with(q, "huruf", q.large_text ? "biasa" : "besar"))
      .set("other_size", q.large_text ? "biasa" : "besar")
      .set("path", q.path)
      .set("site", q.site)
      .set("csrf", q.csrf)
      .set("request_id", q.request_id)
      .set("signed_in", q.who.user ? true : false)
      .set("user_name", q.who.name)
      .set("user_org", q.who.org_name)
      .set("user_role", q.who.role)
      .set("style", Drawn{reads_disk() ? minified_css(file_text("web/assets/citizen.css")) : citizen_style()})
      .set("js_p", asset("p.js"))
      .set("js_k", asset("k.js"))
      .set("js_htmx", asset_or_nothing("htmx.min.js"))
      .set("css_console", asset("console.css"));
  for (const char* of_page : {"description", "back_href", "back_word", "robots", "feed_href", "feed_title", "canonical", "og_title",
                              "og_image", "hero", "keys", "narrow", "again"})
    v.set(of_page, false);
  v.set("json_ld", Drawn{});
  add_office(v, q.lang);
  add_nav(v, q);
  add_flash(v, q);
  return v;
}

}  // namespace

void set_office(Office o) { the_office() = std::move(o); }
const Office& office() { return the_office(); }

std::string shown_whatsapp() {
  const std::string& number = office().whatsapp;
  if (const auto e164 = text::phone(number.starts_with("62") ? "+" + number : number)) return text::show_phone(*e164);
  if (!number.starts_with("62") || number != text::digits(number)) return number;
  std::string home = "0" + number.substr(2);  // a number of a demonstration, which nobody has
  for (std::size_t at = 4; at + 2 < home.size(); at += 5) home.insert(at, "-");
  return home;
}

void nav(Right right, std::string_view path, std::string_view text_key) {
  const std::unique_lock lock(tables_mutex);
  for (const auto& entry : nav_table())
    if (entry.path == path) return;
  nav_table().push_back({right, std::string(path), std::string(text_key)});
}

void flash(std::string_view text_key, std::string_view undo) {
  const std::unique_lock lock(tables_mutex);
  for (const auto& entry : flash_table())
    if (entry.key == text_key) return;
  flash_table().push_back({std::string(text_key), std::string(undo)});
}

Reply page(const Request& q, std::string_view file, View v, int status) {
  fill_lists(v);
  std::string frame = frame_of(file);
  if (frame == "bare") frame.clear();
  Reply reply{.status = status};
  reply.body = render_template(file, q.partial ? "" : frame, q.lang, v, frame_view(q));
  return reply;
}

std::string render(const Request& q, std::string_view file, const View& v) {
  return render_template(file, "", q.lang, v, frame_view(q));
}

// --- browser files ---------------------------------------------------------------------------------------------------
namespace {

struct Named {
  std::string hashed;
  std::string content;
};
std::string type_of(std::string_view name) {
  const std::pair<std::string_view, const char*> types[] = {{".css", "text/css; charset=utf-8"},
                                                            {".js", "text/javascript; charset=utf-8"},
                                                            {".svg", "image/svg+xml"},
                                                            {".png", "image/png"},
                                                            {".ico", "image/x-icon"},
                                                            {".woff2", "font/woff2"},
                                                            {".webmanifest", "application/manifest+json"}};
  for (const auto& [end, type] : types)
    if (name.ends_with(end)) return type;
  return "application/octet-stream";
}

std::string hashed(std::string_view name, std::string_view bytes) {
  const auto dot = name.rfind('.');
  return std::string(name.substr(0, dot)) + "." + crypto::hex(crypto::sha256(bytes)).substr(0, 8) + std::string(name.substr(dot));
}

const std::unordered_map<std::string, std::string>& hashed_names() {
  static const auto table = [] {
    std::unordered_map<std::string, std::string> names;
    for (const auto& file : embedded_files())
      if (file.path.starts_with("web/assets/")) names.emplace(file.path.substr(11), hashed(file.path.substr(11), file.bytes));
    return names;
  }();
  return table;
}

}  // namespace

std::string asset(std::string_view name) {
  if (reads_disk())
    if (const auto bytes = file_text("web/assets/" + std::string(name)); !bytes.empty()) return "/s/" + hashed(name, bytes);
  const auto at = hashed_names().find(std::string(name));
  if (at == hashed_names().end()) throw std::logic_error("no browser file " + std::string(name));
  return "/s/" + at->second;
}

std::optional<BrowserFile> browser_file(std::string_view hashed_name) {
  for (const auto& [name, with_hash] : hashed_names()) {
    if (with_hash != hashed_name && !(reads_disk() && asset(name).substr(3) == hashed_name)) continue;
    if (with_hash != hashed_name) {  // --dev: a newer text than the binary's; kept for as long as the program runs
      static std::mutex mutex;
      static std::unordered_map<std::string, std::string> newer;
      const std::lock_guard lock(mutex);
      return BrowserFile{
          newer.try_emplace(std::string(hashed_name), file_text("web/assets/" + name)).first->second, {}, {}, type_of(name)};
    }
    const auto file = *embedded_file("web/assets/" + name);
    return BrowserFile{file.bytes, file.brotli, file.gzip, type_of(name)};
  }
  return std::nullopt;
}

std::string minified_css(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  char quote = 0;
  for (std::size_t i = 0; i < css.size(); ++i) {
    const char c = css[i];
    if (quote != 0) {
      out.push_back(c);
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '/' && i + 1 < css.size() && css[i + 1] == '*') {
      const auto end = css.find("*/", i + 2);
      if (end == std::string_view::npos) break;  // a comment that never ends takes the rest
      i = end + 1;
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && (out.empty() || std::string_view(" {};,:>").find(out.back()) != std::string_view::npos)) continue;
    const bool closes = c == '{' || c == '}' || c == ';' || c == ',' || c == '>';
    if (closes && !out.empty() && out.back() == ' ') out.pop_back();
    if (c == '}' && !out.empty() && out.back() == ';') out.pop_back();
    out.push_back(blank ? ' ' : c);
  }
  return out;
}

static std::string hash_source(std::string_view css) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string digest = crypto::sha256(css);
  std::string out = "'sha256-";
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const auto byte = [&](std::size_t at) { return at < digest.size() ? static_cast<unsigned char>(digest[at]) : 0U; };
    const unsigned group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    for (std::size_t k = 0; k < 4; ++k) out.push_back(i + k > digest.size() ? '=' : letters[group >> (18 - 6 * k) & 63U]);
  }
  return out + "'";
}

std::string inline_style_hash() {
  if (reads_disk()) return hash_source(minified_css(file_text("web/assets/citizen.css")));
  static const std::string kept = hash_source(citizen_style());  // asked for with every reply
  return kept;
}

// --- error pages ---------------------------------------------------------------------------------------------------------
Reply error_page(const Request& q, int status, View extra) {
  static constexpr int known[] = {400, 403, 404, 405, 409, 413, 422, 429, 431, 500, 503};
  const int said = std::ranges::find(known, status) != std::end(known) ? status : 500;
  const std::string key = "web.error." + std::to_string(said);
  for (const char* optional : {"detail", "when"})
    if (extra.find(optional) == nullptr) extra.set(optional, false);
  if (extra.find("reasons") == nullptr) extra.set("reasons", View::List{});
  extra.set("title", q.t(key + "_title")).set("what_to_do", q.t(key + "_do"));
  extra.set("searches", said == 404).set("has_code", said == 500).set("signs_in", said == 403 && !q.who.user);
  extra.set("status", said).set("return_href", q.reads_at == "/" ? std::string() : q.reads_at);
  Reply reply =
      page(q, q.path.starts_with("/k/") && q.who.user ? "web/error_console.html" : "web/error.html", std::move(extra), status);
  return reply;
}

}  // namespace rantau::web
