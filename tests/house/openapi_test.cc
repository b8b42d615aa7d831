// /api/openapi.json against the routes of the house: each call is in it, with the rules of its form, and every name it uses
// exists. A validator reads the same text in tests/journeys.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "base/crypto.h"
#include "cli/program.h"
#include "db/testing.h"
#include "web/form.h"
#include "web/kit.h"

namespace rantau {
namespace {

namespace bj = boost::json;

struct House {
  web::Router router;
  House() {
    crypto::init();
    program::routes(router);
  }
  bj::object described(std::string lang = "id") const {
    web::Request q;
    q.lang = std::move(lang);
    q.site = "https://rantau.example";
    return bj::parse(web::openapi(router, q).body).as_object();
  }
};
std::string method_of(const web::Route& r) { return r.method == "GET" ? "get" : "post"; }

TEST(OpenApi, IsOfVersion31AndNamesTheHouse) {
  const auto doc = House().described();
  EXPECT_EQ(doc.at("openapi").as_string(), "3.1.0");
  EXPECT_FALSE(doc.at("info").at("title").as_string().empty());
  EXPECT_FALSE(doc.at("info").at("version").as_string().empty());
  EXPECT_EQ(doc.at("servers").at(0).at("url").as_string(), "https://rantau.example");
}
TEST(OpenApi, EveryCallIsInItAndNothingElse) {
  const House house;
  const auto doc = house.described();
  std::set<std::string> want, have, names;
  for (const auto& r : house.router.all())
    if (r->pattern.starts_with("/api/")) want.insert(method_of(*r) + " " + r->pattern);
  for (const auto& [path, item] : doc.at("paths").as_object())
    for (const auto& [method, operation] : item.as_object()) {
      have.insert(std::string(method) + " " + std::string(path));
      EXPECT_TRUE(names.insert(std::string(operation.at("operationId").as_string())).second) << path;
      EXPECT_FALSE(operation.as_object().at("summary").as_string().empty()) << path;
      EXPECT_TRUE(operation.at("responses").as_object().contains("200")) << path;
      EXPECT_TRUE(operation.at("responses").as_object().contains("429")) << path;
    }
  EXPECT_EQ(have, want);
  EXPECT_GE(want.size(), 6u);
}
TEST(OpenApi, EveryPlaceOfAPathIsARequiredParameter) {
  const House house;
  const auto doc = house.described();
  for (const auto& r : house.router.all()) {
    if (!r->pattern.starts_with("/api/")) continue;
    std::set<std::string> want, have;
    for (auto at = r->pattern.find('{'); at != std::string::npos; at = r->pattern.find('{', at + 1))
      want.insert(r->pattern.substr(at + 1, r->pattern.find('}', at) - at - 1));
    const auto& operation = doc.at("paths").at(r->pattern).at(method_of(*r)).as_object();
    if (const auto* parameters = operation.if_contains("parameters"))
      for (const auto& p : parameters->as_array())
        if (p.at("in").as_string() == "path") {
          EXPECT_TRUE(p.at("required").as_bool());
          have.insert(std::string(p.at("name").as_string()));
        }
    EXPECT_EQ(have, want) << r->pattern;
  }
}

// The schema of one field, wherever the call takes it.
const bj::object* schema_of(const bj::object& operation, const web::Route& r, const std::string& field, bool& required) {
  required = false;
  if (r.method == "GET") {
    for (const auto& p : operation.at("parameters").as_array())
      if (p.at("in").as_string() == "query" && p.at("name").as_string() == field) {
        required = p.at("required").as_bool();
        return &p.at("schema").as_object();
      }
    return nullptr;
  }
  const auto& schema = operation.at("requestBody").at("content").at("application/json").at("schema").as_object();
  if (const auto* needed = schema.if_contains("required"))
    for (const auto& name : needed->as_array()) required = required || name.as_string() == field;
  const auto* found = schema.at("properties").as_object().if_contains(field);
  return found ? &found->as_object() : nullptr;
}
TEST(OpenApi, TheRulesOfAFormStandInIt) {
  const House house;
  const auto doc = house.described();
  int fields = 0;
  for (const auto& r : house.router.all()) {
    if (!r->pattern.starts_with("/api/") || r->takes == nullptr) continue;
    const auto& operation = doc.at("paths").at(r->pattern).at(method_of(*r)).as_object();
    EXPECT_TRUE(operation.at("responses").as_object().contains("422")) << r->pattern;
    for (const auto& f : r->takes->fields()) {
      ++fields;
      bool required = false;
      const auto* schema = schema_of(operation, *r, f.name, required);
      ASSERT_NE(schema, nullptr) << r->pattern << " " << f.name;
      EXPECT_EQ(required, f.required) << r->pattern << " " << f.name;
      const bool text = f.kind == web::Kind::text || f.kind == web::Kind::area || f.kind == web::Kind::search;
      const std::string where = r->pattern + " " + f.name;
      const auto number = [&](const char* rule) { return schema->contains(rule) ? schema->at(rule).as_int64() : -1; };
      if (text && f.max > 0) { EXPECT_EQ(number("maxLength"), f.max) << where; }
      if (f.kind == web::Kind::whole) { EXPECT_EQ(number("minimum"), f.min) << where; }
      EXPECT_EQ(schema->contains("enum") ? schema->at("enum").as_array().size() : 0, f.options.size()) << where;
      EXPECT_EQ(schema->contains("pattern") ? schema->at("pattern").as_string() : bj::string(), f.pattern) << where;
    }
  }
  EXPECT_GT(fields, 3);
}

void references(const bj::value& v, std::set<std::string>& into) {
  if (const auto* object = v.if_object())
    for (const auto& [key, inner] : *object) {
      if (key == "$ref" && inner.is_string()) into.insert(std::string(inner.as_string()));
      references(inner, into);
    }
  if (const auto* array = v.if_array())
    for (const auto& inner : *array) references(inner, into);
}
TEST(OpenApi, EveryNameItRefersToExists) {
  const auto doc = House().described();
  std::set<std::string> all;
  references(bj::value(doc), all);
  EXPECT_TRUE(all.contains("#/components/schemas/problem"));
  for (const auto& ref : all) {
    boost::system::error_code wrong;
    const bj::value whole(doc);
    EXPECT_NE(whole.find_pointer(ref.substr(1), wrong), nullptr) << ref;
  }
}
TEST(OpenApi, WhatNeedsAnAccountSaysSo) {
  const House house;
  const auto doc = house.described();
  for (const auto& r : house.router.all()) {
    if (!r->pattern.starts_with("/api/")) continue;
    const auto& operation = doc.at("paths").at(r->pattern).at(method_of(*r)).as_object();
    EXPECT_EQ(operation.contains("security"), r->right != Right::anyone) << r->pattern;
  }
}
// What the description promises of a body is kept: each POST is sent what its schema does not allow.
TEST(OpenApi, ABodyThatTheSchemaDoesNotAllowIsRefusedByName) {
  const House house;
  const auto doc = house.described();
  test::TestDb db = test::db();
  const web::Gate gate;
  int calls = 0;
  for (const auto& r : house.router.all()) {
    if (!r->pattern.starts_with("/api/") || r->method != "POST") continue;
    ASSERT_NE(r->takes, nullptr) << r->pattern << ": a call without a rule table accepts anything";
    const auto& operation = doc.at("paths").at(r->pattern).at("post").as_object();
    EXPECT_TRUE(operation.at("responses").as_object().contains("415")) << r->pattern;
    const auto& schema = operation.at("requestBody").at("content").at("application/json").at("schema").as_object();
    EXPECT_EQ(schema.at("additionalProperties"), bj::value(false)) << r->pattern;
    const auto send = [&](const std::string& body, const std::string& type, const std::string& lang) {
      web::Request q;
      q.method = "POST";
      q.path = r->pattern;
      q.lang = lang;
      q.wants_json = true;
      q.headers = {{"Content-Type", type}};
      q.body = body;
      return web::answer(house.router, gate, db.store(), q);
    };
    EXPECT_EQ(send("text=a", "application/x-www-form-urlencoded", "id").status, 415) << r->pattern;
    EXPECT_EQ(send("{}", "text/plain", "id").status, 415) << r->pattern;
    for (const std::string lang : {"id", "en"}) {
      std::vector<std::pair<std::string, std::string>> wrong{{"tidak_dikenal", R"({"tidak_dikenal":1})"}};
      for (const auto& f : r->takes->fields()) wrong.emplace_back(f.name, "{\"" + f.name + "\":[1]}");
      for (const auto& [member, body] : wrong) {
        const auto reply = send(body, "application/json", lang);
        EXPECT_EQ(reply.status, 422) << r->pattern << body;
        EXPECT_EQ(reply.type, "application/problem+json");
        EXPECT_NE(reply.body.find("{\"field\":\"" + member + "\",\"sentence\":\"" + member + ": "), std::string::npos)
            << reply.body;
        const auto problem = bj::parse(reply.body).as_object();
        for (const auto& needed : doc.at("components").at("schemas").at("problem").at("required").as_array())
          EXPECT_TRUE(problem.contains(needed.as_string())) << needed;
        ++calls;
      }
    }
  }
  EXPECT_GE(calls, 4);
}
TEST(OpenApi, SpeaksBothLanguages) {
  const House house;
  EXPECT_NE(bj::serialize(house.described("id")), bj::serialize(house.described("en")));
}

}  // namespace
}  // namespace rantau
