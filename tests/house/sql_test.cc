// Every statement of the project is prepared on the database of the run: SQLite, or PostgreSQL with RANTAU_TEST_PG.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "db/testing.h"

namespace rantau {
namespace {

TEST(Sql, EveryStatementCanBePrepared) {
  auto db = test::db();
  const std::string list = db.folder() + "/statements";
  ASSERT_EQ(std::system(("python3 tools/check_sql.py --list " + list).c_str()), 0) << "tools/check_sql.py found a breach";
  std::ifstream in(list, std::ios::binary);
  const std::string all(std::istreambuf_iterator<char>(in), {});
  int prepared = 0;
  for (std::size_t from = 0, end; (end = all.find('\x1e', from)) != std::string::npos; from = end + 1) {
    const std::string one = all.substr(from, end - from);
    const auto line = one.find('\n');
    try {
      db.read([&](Act& act) {
        act.db.prepare(one.substr(line + 1));
        return 0;
      });
      ++prepared;
    } catch (const db::Fault& e) { ADD_FAILURE() << one.substr(3, line - 3) << ": " << e.what(); }
  }
  EXPECT_GT(prepared, 20) << "the list of statements is too short to be true";
}

}  // namespace
}  // namespace rantau
