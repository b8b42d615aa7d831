// See multipart.h.
#include "web/multipart.h"

#include <algorithm>

#include "base/text.h"
#include "web/incoming.h"

namespace rantau::web {

namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 32) == (y | 32); });
}

std::optional<std::string> quoted(std::string_view value, std::string_view what) {
  const auto p = value.find(what);
  if (p == std::string_view::npos) return std::nullopt;
  const auto close = value.find('"', p + what.size());
  if (close == std::string_view::npos) return std::nullopt;
  return std::string(value.substr(p + what.size(), close - p - what.size()));
}

}  // namespace

std::string boundary_of(std::string_view type) {
  if (!type.starts_with("multipart/form-data")) return {};
  auto at = type.find("boundary=");
  if (at == std::string_view::npos) return {};
  auto b = type.substr(at + 9);
  if (!b.empty() && b[0] == '"') {
    auto close = b.find('"', 1);
    if (close == std::string_view::npos) return {};
    b = b.substr(1, close - 1);
  } else {
    b = b.substr(0, b.find(';'));
  }
  return b.empty() || b.size() > 70 ? std::string() : std::string(b);
}

MultipartReader::MultipartReader(std::string_view boundary, Quarantine* quarantine, PartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), quarantine_(quarantine), limits_(limits) {
  pending_ = "\r\n";  // so that the first delimiter looks like every other
}

MultipartReader::State MultipartReader::take(std::string_view piece) {
  if (state_ != State::reading) return state_;
  pending_ += piece;
  while (state_ == State::reading && step()) {}
  pending_.erase(0, at_);
  at_ = 0;
  if (state_ != State::reading) {
    pending_.clear();
    held_.reset();
    if (state_ != State::done) parts_ = {};
  }
  return state_;
}

bool MultipartReader::stop(State why) {
  state_ = why;
  return false;
}

bool MultipartReader::step() {
  const std::string_view rest = std::string_view(pending_).substr(at_);
  switch (where_) {
    case Where::start:
      if (rest.size() < delimiter_.size()) return delimiter_.starts_with(rest) ? false : stop(State::broken);
      if (!rest.starts_with(delimiter_)) return stop(State::broken);
      at_ += delimiter_.size();
      where_ = Where::delimiter;
      return true;
    case Where::delimiter:
      if (rest.size() < 2) return false;
      if (rest.starts_with("--")) return stop(State::done);
      if (!rest.starts_with("\r\n")) return stop(State::broken);
      if (++count_ > limits_.parts) return stop(State::broken);
      at_ += 2;
      where_ = Where::head;
      return true;
    case Where::head: {
      const auto end = rest.find("\r\n\r\n");
      if (end == std::string_view::npos ? rest.size() > limits_.head + 3 : end > limits_.head) return stop(State::broken);
      if (end == std::string_view::npos) return false;
      if (!begin_part(rest.substr(0, end))) return false;
      at_ += end + 4;
      where_ = Where::content;
      return true;
    }
    case Where::content: {
      const auto end = rest.find(delimiter_);
      // The last bytes may be the beginning of a delimiter.
      const auto sure = end != std::string_view::npos ? end : rest.size() - std::min(rest.size(), delimiter_.size() - 1);
      if (!add(rest.substr(0, sure))) return false;
      at_ += sure;
      if (end == std::string_view::npos) return false;
      end_part();
      at_ += delimiter_.size();
      where_ = Where::delimiter;
      return true;
    }
  }
  return false;
}

bool MultipartReader::begin_part(std::string_view head) {
  name_.clear(), file_name_.clear(), type_.clear(), text_.clear();
  is_file_ = false;
  size_ = 0;
  held_.reset();
  for (std::size_t from = 0; from < head.size();) {
    const auto eol = std::min(head.find("\r\n", from), head.size());
    const auto line = head.substr(from, eol - from);
    from = eol + 2;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return stop(State::broken);
    const auto value = line.substr(colon + 1);
    if (same_name(line.substr(0, colon), "content-type")) type_ = text::trim(value);
    if (!same_name(line.substr(0, colon), "content-disposition")) continue;
    const auto name = quoted(value, " name=\"");
    if (!name) return stop(State::broken);
    name_ = clean(*name);
    if (const auto file = quoted(value, "filename=\"")) {
      is_file_ = true;
      file_name_ = clean(*file);
    }
  }
  if (name_.empty()) return stop(State::broken);
  if (is_file_ && parts_.files.size() >= limits_.files) return stop(State::too_large);
  return true;
}

bool MultipartReader::add(std::string_view bytes) {
  if (bytes.empty()) return true;
  size_ += bytes.size();
  if (!is_file_) text_total_ += bytes.size();
  if (is_file_ ? size_ > limits_.one_file : text_total_ > limits_.text) return stop(State::too_large);
  if (!is_file_ || quarantine_ == nullptr) {
    text_ += bytes;
    return true;
  }
  if (!held_) held_ = quarantine_->begin();  // a field left empty makes no file
  return held_ && held_->write(bytes) ? true : stop(State::no_room);
}

void MultipartReader::end_part() {
  if (!is_file_) {
    parts_.fields.emplace_back(std::move(name_), clean(text_));
    return;
  }
  if (held_) held_->close();
  parts_.files.push_back({std::move(name_), std::move(file_name_), std::move(type_),
                          held_ ? Bytes(std::exchange(held_, nullptr)) : Bytes(std::move(text_))});
}

std::optional<Parts> read_multipart(std::string_view body, std::string_view boundary) {
  MultipartReader reader(boundary, nullptr);
  if (reader.take(body) != MultipartReader::State::done) return std::nullopt;
  return reader.parts();
}

}  // namespace rantau::web
