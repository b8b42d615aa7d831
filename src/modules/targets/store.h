// Where published figures are kept.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/targets/targets.h"

namespace rantau::targets::store {

bool empty(Act&);
// The figure with the same series, scope, label, period, edition and source.
std::optional<Figure> same_place(Act&, const Figure&);
void add(Act&, const Figure&);
std::vector<Figure> list(Act&, std::string_view series, std::string_view scope);

struct Record {
  Instant at;
  UserId by;
  std::string name;
  Import counts;
};
void record_import(Act&, std::string_view name, const Import&);
std::vector<Record> imports(Act&, int count);

}  // namespace rantau::targets::store
