// Links, hosts and e-mail addresses of a message. Nothing is ever opened: a host is only named and compared.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "modules/offers/shadow.h"

namespace rantau::offers {

namespace {

// Endings that make a word with a dot a host even without "https://" before it.
constexpr std::array<std::string_view, 62> endings{
    "com",  "net",  "org",  "id",    "co",      "info", "biz",  "xyz",  "top",   "site",   "online", "shop", "store",
    "club", "vip",  "me",   "ly",    "app",     "link", "live", "io",   "cc",    "tk",     "ml",     "ga",   "cf",
    "gq",   "my",   "sg",   "hk",    "tw",      "jp",   "kr",   "sa",   "ae",    "de",     "uk",     "us",   "work",
    "jobs", "page", "web",  "icu",   "click",   "fun",  "tech", "gl",   "be",    "to",     "ru",     "cn",   "asia",
    "pro",  "dev",  "test", "world", "example", "gov",  "edu",  "mobi", "space", "website"};

bool host_char(const Shadow& s, std::size_t i) {
  const char c = s.lower[i];
  return is_alnum(c) || c == '-' || c == '_' || (c == '*' && s.sign[i] > 0x7F && s.sign[i] != 0xFFFD);
}

bool breaks(char c) { return c == ' ' || c == '\n' || c == '<' || c == '>' || c == '"' || c == '(' || c == ')' || c == '|'; }

// The host as a browser would ask for it: letters that only look Latin stay what they are and become xn--.
std::string real_host(const Shadow& s, std::size_t a, std::size_t b) {
  std::string out;
  std::u32string label;
  bool odd = false;
  const auto end_label = [&] {
    if (odd) {
      out += punycode_label(label);
    } else {
      for (char32_t c : label) out += static_cast<char>(c);
    }
    label.clear();
    odd = false;
  };
  for (std::size_t i = a; i < b; ++i) {
    if (s.lower[i] == '.') {
      end_label();
      out += '.';
      continue;
    }
    const char32_t c = s.sign[i];
    // Full-width and styled Latin letters are Latin to a browser too; letters of other scripts are not.
    const bool other_script = c > 0x7F && !(c >= 0xFF01 && c <= 0xFF5E) && !(c >= 0x1D400 && c <= 0x1D7FF);
    if (other_script) {
      if (label.empty() || i == a || s.from[i] != s.from[i - 1]) label += c;
      odd = true;
    } else {
      label += static_cast<char32_t>(static_cast<unsigned char>(s.lower[i]));
    }
  }
  end_label();
  return out;
}

bool known_ending(std::string_view host) {
  const auto dot = host.rfind('.');
  if (dot == std::string_view::npos) return false;
  const auto last = host.substr(dot + 1);
  return last.starts_with("xn--") || std::find(endings.begin(), endings.end(), last) != endings.end();
}

// The phone inside wa.me/62812… or api.whatsapp.com/send?phone=62812…
std::string whatsapp_phone(std::string_view host, std::string_view rest) {
  std::string digits;
  if (host == "wa.me" || host == "www.wa.me") {
    if (rest.starts_with('/')) rest.remove_prefix(1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
  } else if (host == "api.whatsapp.com" || host == "web.whatsapp.com" || host == "whatsapp.com") {
    const auto at = rest.find("phone=");
    if (at == std::string_view::npos) return "";
    rest.remove_prefix(at + 6);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    if (rest.starts_with("%2b")) rest.remove_prefix(3);
  } else if ((host == "t.me" || host == "telegram.me") && rest.starts_with("/+")) {
    rest.remove_prefix(2);
  } else {
    return "";
  }
  while (!rest.empty() && is_digit(rest.front()) && digits.size() < 16) {
    digits += rest.front();
    rest.remove_prefix(1);
  }
  if (digits.starts_with("0")) return text::phone(digits).value_or("");
  return digits.size() >= 8 ? text::phone("+" + digits).value_or("") : "";
}

std::size_t end_of_chunk(const Shadow& s, std::size_t at) {
  while (at < s.size() && !breaks(s.lower[at])) ++at;
  return at;
}

// One run of signs without blanks. Returns where it was left.
void read_chunk(Shadow& s, std::size_t begin, std::size_t end, std::vector<Piece>& out) {
  const std::string_view low = std::string_view(s.lower).substr(begin, end - begin);
  std::size_t at = begin;
  bool scheme = false;
  if (const auto colon = low.find("://"); colon != std::string_view::npos) {
    std::size_t word = colon;  // the scheme itself: letters before "://"
    while (word > 0 && is_lower(low[word - 1])) --word;
    scheme = colon > word;
    begin += word;
    at = begin + (colon - word) + 3;
  }
  while (at < end && !scheme && !host_char(s, at)) ++at, begin = at;
  std::size_t host = at, stop = at;
  const auto run = [&] {
    while (stop < end && (host_char(s, stop) || s.lower[stop] == '.')) ++stop;
  };
  run();
  bool mail = false;
  if (stop < end && (s.lower[stop] == '@' || (scheme && s.lower[stop] == ':') || s.lower[stop] == '+')) {
    // user@host: a mail address, or in a link the part before the real host.
    std::size_t sign = stop;
    while (sign < end && s.lower[sign] != '@' && s.lower[sign] != '/') ++sign;
    if (sign < end && s.lower[sign] == '@') {
      mail = !scheme;
      host = stop = sign + 1;
      run();
    }
  }
  while (stop > host && !(is_alnum(s.lower[stop - 1]) || s.lower[stop - 1] == '*')) --stop;
  if (stop == host) return;
  std::string name = real_host(s, host, stop);
  const bool dotted = name.find('.') != std::string::npos;
  // "email:kantor@contoh.example", "daftar:bit.ly/x": a word and a colon stand before the address.
  if (!dotted && !scheme && stop + 1 < end && s.lower[stop] == ':') return read_chunk(s, stop + 1, end, out);
  if (name.size() > 253 || (!dotted && !scheme) || name.find("..") != std::string::npos) return;
  // A "port" that is no number belongs to a name that only begins like another: "rantau.example:80.jahat.example".
  if (!mail && stop + 1 < end && s.lower[stop] == ':' && is_digit(s.lower[stop + 1])) {
    std::size_t port = stop + 1;
    while (port < end && (host_char(s, port) || s.lower[port] == '.')) ++port;
    while (!is_alnum(s.lower[port - 1])) --port;
    const bool number =
        std::all_of(s.lower.begin() + static_cast<long>(stop) + 1, s.lower.begin() + static_cast<long>(port), is_digit);
    if (!number) {
      name += s.lower.substr(stop, port - stop);
      stop = port;
    }
  }
  if (!scheme && !known_ending(name)) return;
  const bool letters = std::any_of(name.begin(), name.end(), is_lower);
  if (!scheme && !letters) return;
  if (mail) {
    std::string address = s.lower.substr(begin, host - begin) + name;
    out.push_back(s.take(Kind::email, begin, stop, std::move(address)));
    return;
  }
  std::size_t last = end;
  while (last > stop &&
         (s.lower[last - 1] == '.' || s.lower[last - 1] == ',' || s.lower[last - 1] == '*' || s.lower[last - 1] == '!' ||
          s.lower[last - 1] == ':' || s.lower[last - 1] == '?' || s.lower[last - 1] == ';'))
    --last;
  if (last > stop && !(s.lower[stop] == '/' || s.lower[stop] == '?' || s.lower[stop] == ':' || s.lower[stop] == '#')) last = stop;
  const std::string rest = s.lower.substr(stop, std::min<std::size_t>(last - stop, 400));
  if (const std::string phone = whatsapp_phone(name, rest); !phone.empty()) {
    out.push_back(s.take(Kind::phone, begin, last, phone));
    return;
  }
  Piece p = s.take(Kind::link, begin, last, name);
  p.shown = name + rest.substr(0, 120);
  out.push_back(std::move(p));
}

}  // namespace

void read_links(Shadow& s, std::vector<Piece>& out) {
  for (std::size_t at = 0; at < s.size();) {
    if (breaks(s.lower[at])) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_chunk(s, at);
    const std::string_view chunk = std::string_view(s.lower).substr(at, end - at);
    if (chunk.find('.') != std::string_view::npos || chunk.find("://") != std::string_view::npos) read_chunk(s, at, end, out);
    at = end;
  }
}

// RFC 3492, only the way out.
std::string punycode_label(const std::u32string& label) {
  std::string out;
  for (char32_t c : label)
    if (c < 0x80) out += static_cast<char>(c);
  std::uint32_t n = 0x80, delta = 0, bias = 72, done = static_cast<std::uint32_t>(out.size());
  const std::uint32_t basic = done, total = static_cast<std::uint32_t>(label.size());
  const bool writable = std::all_of(label.begin(), label.end(), [](char32_t c) { return c <= 0x10FFFF; });
  if (total > 63 || !writable) return "xn--?";  // longer than a label may be, or no sign at all; bounds the loop below
  if (basic) out += '-';
  while (done < total) {
    char32_t next = 0x10FFFF;
    for (char32_t c : label)
      if (c >= n && c < next) next = c;
    delta += (static_cast<std::uint32_t>(next) - n) * (done + 1);
    n = static_cast<std::uint32_t>(next);
    for (char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = 36;; k += 36) {
        const std::uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        const std::uint32_t digit = t + (q - t) % (36 - t);
        out += static_cast<char>(digit < 26 ? 'a' + digit : '0' + digit - 26);
        q = (q - t) / (36 - t);
      }
      out += static_cast<char>(q < 26 ? 'a' + q : '0' + q - 26);
      std::uint32_t d = done == basic ? delta / 700 : delta / 2;
      d += d / (done + 1);
      std::uint32_t k = 0;
      for (; d > 455; k += 36) d /= 35;
      bias = k + 36 * d / (d + 38);
      delta = 0;
      ++done;
    }
    ++delta;
    ++n;
  }
  return "xn--" + out;
}

}  // namespace rantau::offers
