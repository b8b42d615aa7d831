// For tests: an empty office in a temporary database, SQLite or (RANTAU_TEST_PG=postgres://…) PostgreSQL.
//   auto db = test::db().as("siti", {Right::decide_job_orders}).on(2026y / 11 / 24);
//   EXPECT_TRUE(db.write([&](Act& act) { return verify(act, id); }));
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/act.h"

namespace rantau::test {

class TestDb {
 public:
  TestDb();
  TestDb as(std::string_view name, std::initializer_list<Right> rights, OrgId org = {}, CompanyId company = {}) const;
  TestDb as(Actor) const;
  TestDb on(Date) const;    // the clock stands at 09:00 WIB of that day
  void later(int seconds);  // moves the clock of every copy
  template <class F>
  auto write(F&& f) {
    return handle().write(std::forward<F>(f));
  }
  template <class F>
  auto read(F&& f) {
    return handle().read(std::forward<F>(f));
  }
  db::Store& store() const;
  Db handle() const;
  std::string folder() const;  // SQLite: the data folder
 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  Actor who_;
};
TestDb db();
std::vector<std::string> audit(TestDb&);          // events in order
std::vector<std::string> rows(TestDb&, db::Sql);  // each row joined by '|'

}  // namespace rantau::test
