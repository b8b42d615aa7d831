// A connection as the store itself sees it: transactions and scripts, which a use case never touches.
#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "db/db.h"

namespace rantau::db {

// The server went away. `during_commit`: whether it kept the transaction is not known; otherwise it has not.
struct Lost : Unreachable {
  Lost(const std::string& what, bool at_commit) : Unreachable(what), during_commit(at_commit) {}
  bool during_commit;
};

class Engine : public Connection {
 public:
  Rows run(std::string_view sql, std::span<const Value> values) final;
  void script(std::string_view many_statements) override = 0;
  virtual void begin(bool to_write) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool lost() { return false; }  // the server went away: do not use again

  // The first statement that failed since begin() or forgive(). PostgreSQL refuses every statement after it until the
  // rollback; SQLite is held to the same, so that code tried on one engine works on the other.
  const std::exception_ptr& failure() const { return failure_; }
  void forgive() { failure_ = nullptr; }

 protected:
  virtual Rows execute(std::string_view sql, std::span<const Value> values) = 0;

 private:
  std::exception_ptr failure_;
};

// The text of one engine: the other's `-- @sqlite` / `-- @pg` parts dropped.
std::string for_engine(std::string_view sql, bool sqlite);

std::unique_ptr<Engine> open_postgres(const std::string& url);
bool is_postgres(std::string_view location);

}  // namespace rantau::db
