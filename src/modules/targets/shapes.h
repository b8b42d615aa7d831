// The tables of published figures as their publishers and collectors lay them out: each is recognised by its columns.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/targets/targets.h"

namespace rantau::targets {

struct Table {
  bool known = false;             // false: no layout has these columns
  std::optional<Sentence> error;  // the file itself cannot be read
  std::vector<Sentence> columns;  // not known: how the columns differ from the layout that is nearest
  std::int64_t rows = 0, refused = 0;
  std::vector<Figure> figures;  // of the good rows; one row may hold several
  std::vector<Sentence> problems;
};
Table read_table(std::string_view bytes);
// One row in the layout of this program's own CSV, without the line end.
std::string own_header();
std::string own_row(const Figure&);

bool valid_period(std::string_view);

}  // namespace rantau::targets
