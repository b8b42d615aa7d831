// Reading a request: decoding, cleaning, language, and the accessors of Request.
#include <algorithm>

#include "base/text.h"
#include "web/incoming.h"
#include "web/multipart.h"
#include "web/page.h"

namespace rantau::web {

namespace {

const std::string empty;

const std::string& first(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs)
    if (key == name) return value;
  return empty;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> decode(std::string_view raw, bool plus_is_blank) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (raw[i] == '%') {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int high = hex_digit(raw[i + 1]), low = hex_digit(raw[i + 2]);
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += raw[i];
    }
  }
  return out;
}

std::optional<std::string> decode_path(std::string_view raw) {
  if (raw.empty() || raw[0] != '/') return std::nullopt;
  std::string out;
  for (std::size_t from = 1; from <= raw.size();) {
    auto slash = std::min(raw.find('/', from), raw.size());
    auto segment = decode(raw.substr(from, slash - from), false);
    if (!segment || !text::valid_utf8(*segment) || segment->find('/') != std::string::npos || *segment == "." || *segment == "..")
      return std::nullopt;
    for (unsigned char c : *segment)
      if (c < 0x20 || c == 0x7f || c == '\\') return std::nullopt;
    out += '/';
    out += *segment;
    from = slash + 1;
  }
  return out;
}

Pairs decode_query(std::string_view raw) {
  Pairs out;
  for (std::size_t from = 0; from < raw.size() && out.size() < 200;) {
    auto end = std::min(raw.find('&', from), raw.size());
    auto part = raw.substr(from, end - from);
    from = end + 1;
    if (part.empty()) continue;
    auto equals = std::min(part.find('='), part.size());
    auto name = part.substr(0, equals), value = equals < part.size() ? part.substr(equals + 1) : std::string_view();
    out.emplace_back(clean(decode(name, true).value_or(std::string(name))),
                     clean(decode(value, true).value_or(std::string(value))));
  }
  return out;
}

Pairs decode_cookies(std::string_view header) {
  Pairs out;
  for (std::size_t from = 0; from < header.size() && out.size() < 50;) {
    auto end = std::min(header.find(';', from), header.size());
    auto part = header.substr(from, end - from);
    from = end + 1;
    while (!part.empty() && part[0] == ' ') part.remove_prefix(1);
    auto equals = part.find('=');
    if (equals != std::string_view::npos && equals > 0) out.emplace_back(part.substr(0, equals), part.substr(equals + 1));
  }
  return out;
}

std::string clean(std::string_view raw) {
  std::string out;
  const std::string normal = text::nfkc(raw);
  for (std::size_t i = 0; i < normal.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(normal[i]);
    if (c == '\r') {  // CRLF of forms, and a lone CR, become a line feed
      if (i + 1 == normal.size() || normal[i + 1] != '\n') out += '\n';
      continue;
    }
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) continue;
    // U+200E, 200F, 202A..202E, 2066..2069 and the byte order mark only hide how a text really runs
    if (c == 0xe2 && i + 2 < normal.size()) {
      const auto b = static_cast<unsigned char>(normal[i + 1]), d = static_cast<unsigned char>(normal[i + 2]);
      if ((b == 0x80 && (d == 0x8e || d == 0x8f || (d >= 0xaa && d <= 0xae))) || (b == 0x81 && d >= 0xa6 && d <= 0xa9)) {
        i += 2;
        continue;
      }
    }
    if (c == 0xef && normal.compare(i, 3, "\xef\xbb\xbf") == 0) {
      i += 2;
      continue;
    }
    out += normal[i];
  }
  return text::trim(out);
}

bool fill(Request& q, std::optional<Parts> arrived) {
  q.query = decode_query(q.query_text);
  for (const auto& [name, value] : q.headers)
    if (same_name(name, "cookie"))
      for (auto& c : decode_cookies(value)) {
        // Over https only __Host- cookies count, under their plain name: a neighbouring host cannot set one.
        const bool bound = c.first.starts_with("__Host-");
        if (bound != q.site.starts_with("https://")) continue;
        if (bound) c.first.erase(0, 7);
        q.cookies.push_back(std::move(c));
      }
  const auto choose = [&](std::string_view asked, std::string_view kept) -> std::string {
    const auto& typed = q.param(asked);
    return !typed.empty() ? typed : q.cookie(kept);
  };
  const std::string lang = choose("bahasa", "bahasa");
  const auto& accepts = q.header("accept-language");
  q.lang = lang == "id" || lang == "en" ? lang : accepts.starts_with("en") ? "en" : "id";
  q.large_text = choose("huruf", "huruf") == "besar";
  q.wants_json = q.path.starts_with("/api/") || q.header("accept").starts_with("application/json");
  q.partial = q.header("hx-request") == "true";
  if (q.method != "POST") return true;
  const std::string& type = q.header("content-type");
  if (type.starts_with("application/x-www-form-urlencoded")) {
    q.form = decode_query(q.body);
  } else if (type.starts_with("multipart/form-data")) {
    const auto boundary = boundary_of(type);
    auto parts = arrived ? std::move(arrived) : boundary.empty() ? std::nullopt : read_multipart(q.body, boundary);
    if (!parts) return false;
    q.form = std::move(parts->fields);
    q.files = std::move(parts->files);
    q.body.clear();
  }
  return true;
}

const std::string& Request::field(std::string_view name) const { return first(form, name); }
const std::string& Request::param(std::string_view name) const { return first(query, name); }
const std::string& Request::at(std::string_view name) const { return first(path_values, name); }
const std::string& Request::cookie(std::string_view name) const { return first(cookies, name); }
const std::string& Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return empty;
}
std::string Request::t(std::string_view key, const Words& words) const { return Texts::in(lang).say(key, words); }

}  // namespace rantau::web
