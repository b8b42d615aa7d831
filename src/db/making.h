// A PostgreSQL database that is being filled from nothing by one program (rantau demo): alone, and all of it or none.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/date.h"
#include "db/engine.h"

namespace rantau::db {

// Whether a making began here and did not end; what stands there is no office.
bool half_made(const std::string& url);

class Making {
 public:
  // Nothing: another program is at it. What an interrupted making left is dropped: only where its mark stands.
  static std::optional<Making> begin(const std::string& url);
  // The mark is set once the schema stands and the database is known to be empty, and taken away when everything is made.
  void mark(Instant now);
  void done();

 private:
  explicit Making(std::unique_ptr<Engine> held) : held_(std::move(held)) {}
  std::unique_ptr<Engine> held_;  // its session holds the lock: it goes with the program, however that ends
};

}  // namespace rantau::db
