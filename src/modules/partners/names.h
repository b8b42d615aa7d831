// Which names of the register are like a given one: the whole register's names, held in memory while they are the same.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "modules/partners/store.h"

namespace rantau::partners {

// Companies whose names share most three-letter pieces with this key, most alike first, `count` at most.
std::vector<store::Candidate> candidates(db::Connection&, std::string_view key, int count);

}  // namespace rantau::partners
