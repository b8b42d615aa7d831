// The data folder as the terminal meets it: does an office stand in it, is somebody serving it, who may read it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/config.h"

namespace rantau::cli {

bool in_folder(const Config&);  // the office is a folder (SQLite), not a PostgreSQL database

// Nothing when there is an office to work on; else what was said about it, as an exit code. Only `serve` and `demo` make
// an office: any other command that did would hide a mistyped folder.
std::optional<int> no_office(const Config&);
// What is done to a folder and not to a PostgreSQL database, which has a tool of its own: said, never guessed.
std::optional<int> not_in_folder(const Config&, std::string_view tool);

std::string keys_folder(const Config&);
// Keys of an office and no database: its database is elsewhere (PostgreSQL), or lost. Making a new one beside its keys would
// show an empty office where a full one is missed.
std::optional<int> keys_without_office(const Config&);

// A demo that was interrupted is no office: half a province would be served for ever. The mark stands from before the first
// row until after the last; `run` looks for it too. In PostgreSQL the mark is a row: db/making.h.
std::string demo_mark(const std::string& folder);
std::optional<int> demo_unfinished(const Config&);

// Held by `serve` and `demo` until they end: two of them on one folder would each believe to be alone.
class Hold {
 public:
  static std::optional<Hold> take(const std::string& folder);  // makes the folder; nothing: somebody else holds it
  Hold(Hold&&) noexcept;
  Hold& operator=(Hold&&) = delete;
  ~Hold();

 private:
  explicit Hold(int file) : file_(file) {}
  int file_;
};
int held_already(const std::string& folder);  // says so

}  // namespace rantau::cli
