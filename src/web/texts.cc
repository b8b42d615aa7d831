// Sentences of both languages, from the text files of the kit and of every module.
#include <filesystem>
#include <fstream>
#include <list>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "base/embedded.h"
#include "web/page.h"
#include "web/template.h"

namespace rantau::web {
namespace {

std::string_view trimmed(std::string_view line) {
  const auto from = line.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_last_not_of(" \t\r") - from + 1);
}

void read_sentences(std::string_view path, std::map<std::string, std::string, std::less<>>& into) {
  std::istringstream lines(file_text(path));
  for (std::string raw; std::getline(lines, raw);) {
    const auto line = trimmed(raw);
    if (line.empty() || line[0] == '#') continue;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) throw std::logic_error(std::string(path) + ": no '=' in: " + std::string(line));
    auto [at, fresh] = into.emplace(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
    if (!fresh) throw std::logic_error(std::string(path) + ": key twice: " + at->first);
  }
}

bool is_text_file(std::string_view path, std::string_view lang) {
  return path.find("/text/") != std::string_view::npos && path.ends_with("." + std::string(lang) + ".txt");
}

}  // namespace

std::string fill_places(std::string_view sentence, const std::function<const std::string*(std::string_view)>& word) {
  std::string out;
  out.reserve(sentence.size() + 32);
  while (true) {
    const auto open = sentence.find('{');
    const auto close = open == std::string_view::npos ? open : sentence.find('}', open);
    if (close == std::string_view::npos) return out.append(sentence);
    out.append(sentence.substr(0, open));
    auto place = sentence.substr(open + 1, close - open - 1);
    const auto bar = place.find('|');
    const std::string* value = word(place.substr(0, bar));
    if (value == nullptr) throw std::logic_error("no word for {" + std::string(place.substr(0, bar)) + "}");
    if (bar == std::string_view::npos) {
      out.append(*value);
    } else {
      const auto forms = place.substr(bar + 1);
      const auto second = forms.find('|');
      out.append(*value == "1" || second == std::string_view::npos ? forms.substr(0, second) : forms.substr(second + 1));
    }
    sentence.remove_prefix(close + 1);
  }
}

const Texts& Texts::in(std::string_view lang) {
  const auto load = [](std::string_view wanted) {
    Texts texts;
    for (const auto& file : embedded_files())
      if (is_text_file(file.path, wanted)) read_sentences(file.path, texts.sentences_);
    return texts;
  };
  static const Texts indonesian = load("id");
  static const Texts english = load("en");
  if (!reads_disk()) return lang == "en" ? english : indonesian;
  // --dev: read again once a second; earlier readings stay, pages may still be looking at them.
  static std::mutex mutex;
  static std::list<std::pair<std::string, Texts>> readings;
  static std::map<std::string, std::chrono::steady_clock::time_point> read_at;
  const std::lock_guard lock(mutex);
  const std::string key = lang == "en" ? "en" : "id";
  const auto now = std::chrono::steady_clock::now();
  if (auto at = read_at.find(key); at == read_at.end() || now - at->second > std::chrono::seconds(1)) {
    readings.emplace_front(key, load(key));
    read_at[key] = now;
  }
  for (const auto& [name, texts] : readings)
    if (name == key) return texts;
  return indonesian;
}

const std::string* Texts::find(std::string_view key) const {
  const auto at = sentences_.find(key);
  return at == sentences_.end() ? nullptr : &at->second;
}

std::string Texts::say(std::string_view key, const Words& words) const {
  const std::string* sentence = find(key);
  if (sentence == nullptr) throw std::logic_error("no sentence " + std::string(key));
  try {
    return fill_places(*sentence, [&](std::string_view name) -> const std::string* {
      for (const auto& [place, word] : words)
        if (place == name) return &word;
      return nullptr;
    });
  } catch (const std::logic_error& missing) { throw std::logic_error("sentence " + std::string(key) + ": " + missing.what()); }
}

std::vector<std::string_view> Texts::keys() const {
  std::vector<std::string_view> names;
  names.reserve(sentences_.size());
  for (const auto& [key, sentence] : sentences_) names.push_back(key);
  return names;
}

}  // namespace rantau::web
