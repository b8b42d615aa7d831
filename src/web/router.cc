// Routes by segments. A pattern's `{name}` takes one whole segment.
#include <algorithm>

#include "web/web.h"

namespace rantau::web {

namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> out;
  std::size_t from = 1;
  while (from <= path.size()) {
    auto slash = path.find('/', from);
    if (slash == std::string_view::npos) slash = path.size();
    out.push_back(path.substr(from, slash - from));
    from = slash + 1;
  }
  return out;
}

// Whether `path` fits `pattern`; "{code}.jpg" style tails are allowed inside a segment.
bool fits(std::string_view pattern, std::string_view path, Pairs& values) {
  const auto want = segments(pattern), have = segments(path);
  if (want.size() != have.size()) return false;
  for (std::size_t i = 0; i < want.size(); ++i) {
    const auto open = want[i].find('{');
    if (open == std::string_view::npos) {
      if (want[i] != have[i]) return false;
      continue;
    }
    const auto close = want[i].find('}', open);
    const auto before = want[i].substr(0, open), after = want[i].substr(close + 1);
    if (have[i].size() <= before.size() + after.size() || !have[i].starts_with(before) || !have[i].ends_with(after)) return false;
    values.emplace_back(want[i].substr(open + 1, close - open - 1),
                        have[i].substr(before.size(), have[i].size() - before.size() - after.size()));
  }
  return true;
}

Route& add(std::vector<std::unique_ptr<Route>>& routes, std::string_view method, std::string_view pattern, Right right,
           Handler handler) {
  routes.push_back(std::make_unique<Route>());
  Route& r = *routes.back();
  r.method = method;
  r.pattern = pattern;
  r.right = right;
  r.handler = std::move(handler);
  return r;
}

}  // namespace

Route& Router::get(std::string_view pattern, Right right, Handler handler) {
  return add(routes_, "GET", pattern, right, std::move(handler));
}
Route& Router::post(std::string_view pattern, Right right, Handler handler) {
  return add(routes_, "POST", pattern, right, std::move(handler));
}
void Router::schema(std::string_view name, std::string_view json) { schemas_.emplace_back(name, json); }

// A literal route wins over one with a place: "/lowongan/baru" before "/lowongan/{code}".
const Route* Router::find(std::string_view method, std::string_view path, Pairs& values, bool& wrong_method) const {
  wrong_method = false;
  if (method == "HEAD") method = "GET";
  const Route* best = nullptr;
  Pairs best_values;
  for (const auto& r : routes_) {
    Pairs found;
    if (!fits(r->pattern, path, found)) continue;
    if (r->method != method) {
      wrong_method = true;
      continue;
    }
    if (!best || found.size() < best_values.size()) {
      best = r.get();
      best_values = std::move(found);
    }
  }
  if (best) {
    wrong_method = false;
    values = std::move(best_values);
  }
  return best;
}

std::string Router::allowed(std::string_view path) const {
  bool reads = false, posts = false;
  for (const auto& r : routes_) {
    Pairs values;
    if (fits(r->pattern, path, values)) (r->method == "POST" ? posts : reads) = true;
  }
  if (!reads && !posts) return {};
  return std::string(reads ? "GET, HEAD, " : "") + (posts ? "POST, " : "") + "OPTIONS";
}

std::string Router::readable(std::string_view path) const {
  Pairs values;
  bool wrong_method = false;
  while (path.size() > 1 && find("GET", path, values, wrong_method) == nullptr) path = path.substr(0, path.rfind('/'));
  return path.empty() ? "/" : std::string(path);
}

}  // namespace rantau::web
