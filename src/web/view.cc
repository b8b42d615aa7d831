// What a page is told, and mustache over it: strict names, escaped words, partials joined before parsing.
#include "web/template.h"

#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <kainjow/mustache.hpp>
#include <mutex>
#include <shared_mutex>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

#include "base/embedded.h"
#include "web/kit.h"

namespace rantau::web {
namespace {

using Mustache = kainjow::mustache::basic_mustache<std::string>;
using Data = kainjow::mustache::basic_data<std::string>;

bool is_drawn_name(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos) name.remove_prefix(dot + 1);
  return name.starts_with("svg_") || name == "style" || name == "json_ld";
}

std::string& source_folder() {
  static std::string folder;
  return folder;
}
std::atomic<bool> from_disk{false};

}  // namespace

View::View() : items_(std::make_unique<std::map<std::string, Item, std::less<>>>()) {}
View::View(const View& other) : items_(std::make_unique<std::map<std::string, Item, std::less<>>>(*other.items_)) {}
View::View(View&& other) noexcept : items_(std::move(other.items_)) {}
View& View::operator=(View other) noexcept {
  items_.swap(other.items_);
  return *this;
}
View::~View() = default;

View& View::set(std::string_view name, std::string text) {
  if (is_drawn_name(name)) throw std::logic_error("the name " + std::string(name) + " is kept for drawings");
  items_->insert_or_assign(std::string(name), std::move(text));
  return *this;
}
View& View::set(std::string_view name, bool flag) {
  items_->insert_or_assign(std::string(name), flag);
  return *this;
}
View& View::set(std::string_view name, Drawn drawn) {
  if (!is_drawn_name(name)) throw std::logic_error("a drawing needs a name svg_…: " + std::string(name));
  items_->insert_or_assign(std::string(name), std::move(drawn));
  return *this;
}
View& View::set(std::string_view name, View view) {
  items_->insert_or_assign(std::string(name), std::move(view));
  return *this;
}
View& View::set(std::string_view name, List list) {
  items_->insert_or_assign(std::string(name), std::move(list));
  return *this;
}
const View::Item* View::find(std::string_view name) const {
  const auto at = items_->find(name);
  return at == items_->end() ? nullptr : &at->second;
}

// --- files ---------------------------------------------------------------------------------------------------------
void read_from_disk(std::string folder) {
  source_folder() = std::move(folder);
  from_disk = true;
}
bool reads_disk() { return from_disk; }

std::string file_text(std::string_view path) {
  if (from_disk) {
    std::ifstream file(source_folder() + "/src/" + std::string(path), std::ios::binary);
    if (file) return {std::istreambuf_iterator<char>(file), {}};
  }
  const auto file = embedded_file(path);
  return file ? std::string(file->bytes) : std::string();
}

namespace {

struct Place {
  std::string file, folder;  // "modules/offers/pages/check.html", "modules/offers/pages/"
};
Place place_of(std::string_view file) {
  const auto slash = file.find('/');
  if (slash == std::string_view::npos) throw std::logic_error("a page is named module/page.html: " + std::string(file));
  const std::string module(file.substr(0, slash));
  const std::string folder = module == "web" ? "web/layout/" : "modules/" + module + "/pages/";
  return {folder + std::string(file.substr(slash + 1)), folder};
}

// Blank lines and indentation are for the author.
std::string tightened(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const auto from = line.find_first_not_of(" \t\r");
    if (from == std::string::npos) continue;
    out.append(line, from, line.find_last_not_of(" \t\r") - from + 1).push_back('\n');
  }
  return out;
}

void refuse_raw_tags(const std::string& text, std::string_view file) {
  if (text.find("{{&") != std::string::npos) throw std::logic_error(std::string(file) + ": {{& is not allowed");
  for (auto at = text.find("{{{"); at != std::string::npos; at = text.find("{{{", at + 3)) {
    const auto end = text.find("}}}", at);
    const auto name = text.substr(at + 3, end == std::string::npos ? 0 : end - at - 3);
    if (!is_drawn_name(name)) throw std::logic_error(std::string(file) + ": {{{" + name + "}}} is no drawing");
  }
}

// The text of a file with its partials put in: {{> name}} is <own folder>/name.html or web/layout/name.html.
std::string joined(const Place& place, std::string_view body, int depth) {
  const std::string text = tightened(file_text(place.file));
  if (text.empty()) throw std::logic_error("no page " + place.file);
  if (depth > 8) throw std::logic_error("partials in a circle: " + place.file);
  refuse_raw_tags(text, place.file);
  std::string out;
  std::size_t at = 0;
  for (auto tag = text.find("{{>"); tag != std::string::npos; tag = text.find("{{>", at)) {
    out.append(text, at, tag - at);
    const auto end = text.find("}}", tag);
    if (end == std::string::npos) throw std::logic_error(place.file + ": {{> is not closed");
    std::string name = text.substr(tag + 3, end - tag - 3);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    at = end + 2;
    if (name == "body") {
      out.append(body);
      continue;
    }
    const std::string own = place.folder + name + ".html";
    std::string inner = joined({file_text(own).empty() ? "web/layout/" + name + ".html" : own, place.folder}, body, depth + 1);
    if (!inner.empty() && inner.back() == '\n') inner.pop_back();
    out.append(inner);
  }
  return out.append(text, at);
}

std::shared_ptr<Mustache> parsed(std::string_view file, std::string_view frame) {
  static std::shared_mutex mutex;
  static std::unordered_map<std::string, std::shared_ptr<Mustache>> kept;
  const std::string key = std::string(frame) + " " + std::string(file);
  if (!from_disk) {
    const std::shared_lock lock(mutex);
    if (auto at = kept.find(key); at != kept.end()) return at->second;
  }
  const Place place = place_of(file);
  std::string text = joined(place, {}, 0);
  if (!frame.empty()) text = joined({"web/layout/" + std::string(frame) + ".html", "web/layout/"}, text, 0);
  auto made = std::make_shared<Mustache>(text);
  if (!made->is_valid()) throw std::logic_error(std::string(file) + ": " + made->error_message());
  if (from_disk) return made;
  const std::unique_lock lock(mutex);
  return kept.emplace(key, std::move(made)).first->second;
}

// Looks names up from the innermost section outwards. An unknown name throws; `name?` is false instead (partials only).
class Strict final : public kainjow::mustache::basic_context<std::string> {
 public:
  Strict(std::string_view file, const Texts& texts, const View& page, const View& outer)
      : file_(file), texts_(texts), stack_{&outer, &page} {}

  void push(const Data* data) override {
    const auto at = views_.find(data);
    stack_.push_back(at == views_.end() ? nullptr : at->second);
  }
  void pop() override { stack_.pop_back(); }
  const Data* get_partial(const std::string& name) const override { throw std::logic_error(file_ + ": partial " + name); }

  const Data* get(const std::string& name) const override {
    if (name.starts_with("t.")) return keep(Data(sentence(std::string_view(name).substr(2))));
    if (name.ends_with('?')) {
      const auto* item = find(std::string_view(name).substr(0, name.size() - 1));
      return item != nullptr ? data_of(*item) : keep(Data(false));
    }
    const auto* item = find(name);
    if (item == nullptr) throw std::logic_error(file_ + ": the page has no name \"" + name + "\"");
    return data_of(*item);
  }

 private:
  const View::Item* find(std::string_view name) const {
    for (auto view = stack_.rbegin(); view != stack_.rend(); ++view)
      if (*view != nullptr)
        if (const auto* item = (*view)->find(name)) return item;
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return nullptr;
    const auto* outer = find(name.substr(0, dot));
    const auto* view = outer == nullptr ? nullptr : std::get_if<View>(outer);
    return view == nullptr ? nullptr : view->find(name.substr(dot + 1));
  }

  std::string sentence(std::string_view key) const {
    const std::string* text = texts_.find(key);
    if (text == nullptr) throw std::logic_error(file_ + ": no sentence " + std::string(key));
    try {
      return fill_places(*text, [this](std::string_view place) -> const std::string* {
        const auto* item = find(place);
        return item == nullptr ? nullptr : std::get_if<std::string>(item);
      });
    } catch (const std::logic_error& missing) { throw std::logic_error(file_ + ": " + std::string(key) + ": " + missing.what()); }
  }

  const Data* keep(Data data) const { return &arena_.emplace_back(std::move(data)); }

  const Data* data_of(const View::Item& item) const {
    if (auto at = made_.find(&item); at != made_.end()) return at->second;
    const Data* made = std::visit([this](const auto& held) { return make(held); }, item);
    made_.emplace(&item, made);
    return made;
  }
  const Data* make(const std::string& text) const { return keep(text.empty() ? Data(false) : Data(text)); }
  const Data* make(bool flag) const { return keep(Data(flag)); }
  const Data* make(const Drawn& drawn) const { return keep(drawn.markup.empty() ? Data(false) : Data(drawn.markup)); }
  const Data* make(const View& view) const {
    const Data* data = keep(Data(Data::type::object));
    views_.emplace(data, &view);
    return data;
  }
  const Data* make(const View::List& list) const {
    Data rows(Data::type::list);
    for (std::size_t i = 0; i < list.size(); ++i) rows.push_back(Data(Data::type::object));
    const Data* data = keep(std::move(rows));
    for (std::size_t i = 0; i < list.size(); ++i) views_.emplace(&data->list_value()[i], &list[i]);
    return data;
  }

  std::string file_;
  const Texts& texts_;
  std::vector<const View*> stack_;
  mutable std::deque<Data> arena_;
  mutable std::unordered_map<const View::Item*, const Data*> made_;
  mutable std::unordered_map<const Data*, const View*> views_;
};

}  // namespace

std::string frame_of(std::string_view file) {
  const std::string text = file_text(place_of(file).file);
  if (text.empty()) throw std::logic_error("no page " + std::string(file));
  const auto first = text.substr(0, text.find('\n'));
  for (const char* frame : {"console", "bare"})
    if (first.find("{{! " + std::string(frame) + " }}") != std::string::npos) return frame;
  return "citizen";
}

std::string render_template(std::string_view file, std::string_view frame, const std::string& lang, const View& page,
                            const View& outer) {
  auto made = parsed(file, frame);
  Strict context(file, Texts::in(lang), page, outer);
  return made->render(context);
}

}  // namespace rantau::web
