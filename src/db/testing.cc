// An empty office for tests.
#include "db/testing.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "base/crypto.h"
#include "db/engine.h"

namespace rantau::test {

namespace fs = std::filesystem;

namespace {

std::string temporary_folder() {
  const char* given = std::getenv("TMPDIR");
  std::string pattern = (given ? std::string(given) : fs::is_directory("/dev/shm") ? "/dev/shm" : "/tmp") + "/rantau-test-XXXXXX";
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  return pattern;
}

// The schema is laid down once in a process and copied for every further office.
struct Template {
  std::string folder = temporary_folder();
  pid_t owner = ::getpid();
  Template() { db::Store::open({.location = folder}); }
  ~Template() {
    std::error_code ignored;
    if (owner == ::getpid()) fs::remove_all(folder, ignored);
  }
};

const char* postgres() {
  const char* url = std::getenv("RANTAU_TEST_PG");
  return url && *url ? url : nullptr;
}

}  // namespace

struct TestDb::Shared {
  std::string folder, schema;
  std::atomic<std::int64_t> now{from_local(Date(std::chrono::year(2026) / 11 / 24), 9, 0).ms};
  std::unique_ptr<db::Store> store;

  Shared() : folder(temporary_folder()) {
    std::string location = folder;
    if (const char* url = postgres()) {
      crypto::init();
      schema = "t_" + crypto::hex(crypto::random_bytes(8));
      db::open_postgres(url)->script("CREATE SCHEMA " + schema);
      location = url + std::string(std::string_view(url).find('?') == std::string_view::npos ? "?" : "&") +
                 "options=-csearch_path%3D" + schema;
    } else {
      static const Template made;
      fs::copy(made.folder, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    }
    store = db::Store::open({.location = location, .clock = [this] { return Instant{now.load()}; }, .keys = folder + "/keys"});
  }
  ~Shared() {
    store.reset();
    if (!schema.empty()) {
      try {
        db::open_postgres(postgres())->script("DROP SCHEMA " + schema + " CASCADE");
      } catch (...) {  // the cluster is thrown away anyway
      }
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
};

TestDb::TestDb() : shared_(std::make_shared<Shared>()) {}

TestDb TestDb::as(std::string_view name, std::initializer_list<Right> rights, OrgId org, CompanyId company) const {
  Actor who{.org = org, .company = company, .name = std::string(name), .role = "test"};
  std::uint64_t number = 1469598103934665603U;  // FNV-1a: one name, one user
  for (const char c : name) number = (number ^ static_cast<unsigned char>(c)) * 1099511628211U;
  who.user = {static_cast<std::int64_t>(number >> 2) | 1};
  for (const Right r : rights) who.rights.set(static_cast<std::size_t>(r));
  return as(who);
}

TestDb TestDb::as(Actor who) const {
  TestDb copy = *this;
  copy.who_ = std::move(who);
  return copy;
}

TestDb TestDb::on(Date day) const {
  shared_->now = from_local(day, 9, 0).ms;
  return *this;
}

void TestDb::later(int seconds) { shared_->now += std::int64_t{seconds} * 1000; }

db::Store& TestDb::store() const { return *shared_->store; }
Db TestDb::handle() const { return {*shared_->store, who_}; }
std::string TestDb::folder() const { return shared_->folder; }

TestDb db() { return {}; }

namespace {
std::string shown(const db::Value& v) {
  if (const auto* n = std::get_if<std::int64_t>(&v)) return std::to_string(*n);
  if (const auto* d = std::get_if<double>(&v)) return std::to_string(*d);
  const auto* s = std::get_if<std::string>(&v);
  return s ? *s : "";
}
}  // namespace

std::vector<std::string> audit(TestDb& office) {
  return office.read([](Act& act) {
    std::vector<std::string> events;
    for (const auto& row : act.db("SELECT event FROM db_journal ORDER BY id")) events.push_back(row.text(0));
    return events;
  });
}

std::vector<std::string> rows(TestDb& office, db::Sql sql) {
  return office.read([&](Act& act) {
    std::vector<std::string> lines;
    for (const auto& row : act.db(sql)) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i) line += '|';
        line += shown(row.value(i));
      }
      lines.push_back(std::move(line));
    }
    return lines;
  });
}

}  // namespace rantau::test
