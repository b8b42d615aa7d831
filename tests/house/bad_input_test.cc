// Two hundred bad inputs in every field of every form of the house: never a 5xx, never silence, and what was typed is shown again.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "cli/program.h"
#include "demo/demo.h"
#include "modules/access/access.h"
#include "web/incoming.h"
#include "web/kit.h"

namespace rantau {
namespace {

std::string many(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

// What people and programs really send: emoji, one-word names, other scripts, broken bytes, formulas, markup, SQL, numbers at the
// edge, dates that do not exist, paths, headers.
std::vector<std::string> corpus() {
  std::vector<std::string> c{"",
                             " ",
                             "\t\n",
                             "a",
                             "Siti",
                             "🙂🙂🙂",
                             "مرحبا",
                             "Ωmega",
                             "陈小明",
                             "пример",
                             "é",
                             "\xc3",
                             "\xff\xfe",
                             "\xe2\x80\xae"
                             "abc",
                             "\xe2\x80\x8b",
                             std::string("a\0b", 3),
                             "\r\nSet-Cookie: a=b",
                             "=cmd|' /C calc'!A0",
                             "+1+1",
                             "-2",
                             "@SUM(1)",
                             "' OR 1=1 --",
                             "\"; DROP TABLE access_user; --",
                             "1; DELETE FROM offers_order",
                             "%' ESCAPE '\\",
                             "__proto__",
                             "${7*7}",
                             "{{7*7}}",
                             "{{{a}}}",
                             "{{#a}}",
                             "<script>alert(1)</script>",
                             "\"><img src=x onerror=alert(1)>",
                             "<svg/onload=alert(1)>",
                             "javascript:alert(1)",
                             "data:text/html,x",
                             "../../etc/passwd",
                             "..\\..\\x",
                             "/etc/passwd",
                             "C:\\x",
                             "file:///x",
                             "http://169.254.169.254/",
                             "0",
                             "-0",
                             "-1",
                             "1e9",
                             "1E400",
                             "NaN",
                             "Infinity",
                             "0x10",
                             "9223372036854775807",
                             "9223372036854775808",
                             "-9223372036854775809",
                             "99999999999999999999999999",
                             "1.5",
                             "1,5",
                             "1.234,5",
                             "Rp",
                             "Rp 7,5 juta",
                             "40 jt",
                             "Rp -5",
                             "31 2 2026",
                             "31/02/2026",
                             "2026-02-30",
                             "0000-00-00",
                             "9999-12-31",
                             "29 2 2025",
                             "1 1 1",
                             "besok",
                             "31 Des 99999",
                             "12-31-2026",
                             "0812",
                             "+62",
                             "62812000045555555555555",
                             "abcd@",
                             "@b.example",
                             "a@b",
                             "a b@c.example",
                             "3174 0101 0199 0000",
                             "3.17E+15",
                             "on",
                             "true",
                             "null",
                             "undefined",
                             "[]",
                             "{}",
                             "{\"a\":1}",
                             "a=b&c=d",
                             "%zz",
                             "%00",
                             "+",
                             "&",
                             "#",
                             "?",
                             "\\",
                             "'",
                             "\"",
                             "`",
                             ";",
                             "|",
                             "%",
                             "_",
                             "*"};
  c.push_back(many("x", 300));
  c.push_back(many("x", 5000));
  c.push_back(many("🙂", 1000));
  c.push_back(many("kata ", 3000));
  c.push_back(many("\n", 500));
  c.push_back(many("9", 400));
  c.push_back(many("(", 200));
  c.push_back(many("<b>", 300));
  c.push_back(many("a,", 1000));
  for (int i = 0; c.size() < 200; ++i) {
    static const char* const parts[] = {"PT ", "0812-0000-", "Rp ", "31/", "SIP2MI-", "+886 ", "9K4T-2M7Q-", "rek ", "<", "'"};
    c.push_back(std::string(parts[i % 10]) + std::to_string(i * 7919) + (i % 3 ? "" : " \xe2\x80\x8f") +
                (i % 4 ? "" : many("=", i % 9)));
  }
  return c;
}

// The demo province with a router and, for every role, a session that holds it.
struct House {
  std::string folder = (std::filesystem::temp_directory_path() / ("rantau-bad-" + crypto::hex(crypto::random_bytes(6)))).string();
  std::shared_ptr<std::atomic<std::int64_t>> clock = std::make_shared<std::atomic<std::int64_t>>(0);
  std::unique_ptr<db::Store> store;
  web::Router router;
  web::Gate gate;
  std::string secret = crypto::random_bytes(16);
  House() {
    const Date today = *parse_iso("2026-11-24");
    clock->store(from_local(today, 9, 0).ms);
    store = db::Store::open({.location = folder, .readers = 4, .clock = [c = clock] { return Instant{c->load()}; }});
    demo::make(*store, {.people = 1000, .seed = 3, .today = today, .set_clock = [c = clock](Instant t) { c->store(t.ms); }});
    program::routes(router);
    web::set_rate_limit(false);
    Actor all = access::system_actor();
    all.user = UserId{77};
    all.rights.set();
    gate.who = [all, this](Db&, std::string_view) { return std::optional<web::Visitor>(web::Visitor{all, secret}); };
  }
  ~House() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  web::Reply ask(web::Request q) {
    q.site = "http://localhost:8080";
    q.request_id = "t";
    q.headers.emplace_back("Cookie", "rantau=t");
    q.headers.emplace_back("Host", "localhost:8080");
    return web::fill(q) ? web::answer(router, gate, *store, q) : web::Reply{.status = 400, .body = {}};
  }
};

std::string path_of(const std::string& pattern, std::int64_t id) {
  return std::regex_replace(pattern, std::regex("\\{[a-z]+\\}"), std::to_string(id));
}

std::set<std::string> fields_of(const std::string& page) {
  std::set<std::string> names;
  static const std::regex named("name=\"([A-Za-z_0-9.]+)\"");
  for (std::sregex_iterator at(page.begin(), page.end(), named), end; at != end; ++at) names.insert((*at)[1]);
  names.erase("csrf");
  return names;
}

TEST(BadInput, NoFormOfTheHouseAnswersWithAFault) {
  House house;
  const auto inputs = corpus();
  ASSERT_GE(inputs.size(), 200U);
  std::int64_t order = 0;
  Db(*house.store, access::system_actor()).read([&](Act& act) {
    return order = act.db("SELECT id FROM offers_order LIMIT 1").number();
  });
  std::map<int, int> statuses;
  int calls = 0;
  for (const auto& route : house.router.all()) {
    if (route->method != "POST" || route->pattern == "/keluar") continue;
    // The fields of the page that stands before this form: the same address, or the one above it.
    std::set<std::string> names{"text", "t", "reason", "note", "revision", "name", "code", "stage"};
    for (std::string at = path_of(route->pattern, order); at.size() > 1; at.resize(at.rfind('/'))) {
      web::Request q;
      q.method = "GET";
      q.path = at;
      const auto page = house.ask(q);
      EXPECT_LT(page.status, 500) << "GET " << at;
      if (page.status == 200) {
        names.merge(fields_of(page.body));
        break;
      }
      if (at.find('/') == at.rfind('/')) break;
    }
    for (const auto& input : inputs) {
      web::Request q;
      q.method = "POST";
      q.path = path_of(route->pattern, order);
      if (route->pattern.starts_with("/api/")) {
        q.headers.emplace_back("Content-Type", "application/json");
        q.headers.emplace_back("X-CSRF-Token", web::mask_csrf(house.secret));
        q.body = calls % 2 ? input : "{\"text\": \"" + text::url(input) + "\"}";
      } else {
        q.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        q.body = "csrf=" + web::mask_csrf(house.secret);
        for (const auto& name : names) q.body += "&" + name + "=" + text::url(input);
      }
      const auto reply = house.ask(std::move(q));
      ++calls;
      ++statuses[reply.status];
      EXPECT_LT(reply.status, 500) << route->pattern << " with " << text::cut(web::clean(input), 60);
      EXPECT_FALSE(reply.status != 303 && reply.status != 204 && reply.body.empty()) << route->pattern << ": silence";
    }
  }
  EXPECT_GT(calls, 5000);
  EXPECT_GT(statuses[422], 1000) << "the corpus is refused by the forms, not before them";
}

TEST(BadInput, WhatWasTypedIsShownAgain) {
  House house;
  int shown = 0;
  for (const char* where : {"/k/perusahaan/baru", "/k/negara", "/k/mitra-luar", "/k/peringatan", "/mulai"}) {
    web::Request get;
    get.method = "GET";
    get.path = where;
    const auto page = house.ask(get);
    if (page.status != 200) continue;
    for (const std::string& input : {std::string("<b>Wulan & \"Sekar\""), std::string("31 Februari"), std::string("🙂 pelaut")}) {
      web::Request q;
      q.method = "POST";
      q.path = where;
      q.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
      q.body = "csrf=" + web::mask_csrf(house.secret);
      for (const auto& name : fields_of(page.body)) q.body += "&" + name + "=" + text::url(input);
      const auto reply = house.ask(std::move(q));
      if (reply.status != 422) continue;
      ++shown;
      EXPECT_NE(reply.body.find(text::html(input)), std::string::npos) << where << " lost " << input;
    }
  }
  EXPECT_GE(shown, 9);
}

}  // namespace
}  // namespace rantau
