// OpenAPI 3.1 from the routes under /api/ and the rule tables of their forms.
#include <algorithm>
#include <boost/json.hpp>

#include "web/form.h"
#include "web/kit.h"

namespace rantau::web {

namespace {

namespace bj = boost::json;

bj::array path_parameters(const Route& r) {
  bj::array out;
  for (std::size_t at = r.pattern.find('{'); at != std::string::npos; at = r.pattern.find('{', at + 1)) {
    const auto end = r.pattern.find('}', at);
    out.push_back(
        {{"name", r.pattern.substr(at + 1, end - at - 1)}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
  }
  return out;
}

bj::array query_parameters(const Route& r, const std::string& lang) {
  bj::array out;
  const auto schema = bj::parse(r.takes->json_schema(lang)).as_object();
  const bj::array needed = schema.contains("required") ? schema.at("required").as_array() : bj::array{};
  for (const auto& [name, described] : schema.at("properties").as_object()) {
    const bool required = std::find(needed.begin(), needed.end(), bj::value(name)) != needed.end();
    out.push_back({{"name", name}, {"in", "query"}, {"required", required}, {"schema", described}});
  }
  return out;
}

bj::object problem_reply(std::string_view what) {
  return {{"description", what},
          {"content", {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/problem"}}}}}}}};
}

bj::object operation(const Request& q, const Route& r) {
  bj::object op;
  std::string id = r.method;
  for (char c : r.pattern) id += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  op["operationId"] = id;
  if (!r.summary_key.empty()) op["summary"] = q.t(r.summary_key);
  bj::array parameters = path_parameters(r);
  if (r.takes && r.method == "GET")
    for (auto& p : query_parameters(r, q.lang)) parameters.push_back(std::move(p));
  if (r.idempotent_key)
    parameters.push_back(
        {{"name", "Idempotency-Key"}, {"in", "header"}, {"required", false}, {"schema", {{"type", "string"}, {"maxLength", 200}}}});
  if (!parameters.empty()) op["parameters"] = std::move(parameters);
  if (r.takes && r.method == "POST")
    op["requestBody"] = {{"required", true},
                         {"content", {{"application/json", {{"schema", bj::parse(r.takes->json_schema(q.lang))}}}}}};
  bj::object good{{"description", "OK"}};
  if (!r.returns.empty()) good["content"] = {{"application/json", {{"schema", {{"$ref", "#/components/schemas/" + r.returns}}}}}};
  bj::object replies{{"200", std::move(good)}, {"429", problem_reply("too many requests")}};
  if (r.takes && r.method == "POST") replies["415"] = problem_reply("the body is not application/json");
  if (r.takes) replies["422"] = problem_reply("not acceptable, with the fields that are wrong");
  if (r.pattern.find('{') != std::string::npos) replies["404"] = problem_reply("absent, or not for you");
  if (r.right != Right::anyone) {
    replies["401"] = problem_reply("sign in first");
    replies["403"] = problem_reply("not among your duties");
    op["security"] = bj::array{bj::object{{"session", bj::array{}}}};
  }
  op["responses"] = std::move(replies);
  return op;
}

}  // namespace

Reply openapi(const Router& router, const Request& q) {
  bj::object paths, schemas;
  for (const auto& r : router.all()) {
    if (!r->pattern.starts_with("/api/")) continue;
    auto& item = paths[r->pattern];
    if (!item.is_object()) item = bj::object{};
    std::string method = r->method == "GET" ? "get" : "post";
    item.as_object()[method] = operation(q, *r);
  }
  for (const auto& [name, text] : router.schemas()) schemas[name] = bj::parse(text);
  schemas["problem"] = bj::parse(
      R"({"type":"object","required":["title","status","code"],"properties":{"type":{"type":"string"},"title":{"type":"string"},
    "status":{"type":"integer"},"code":{"type":"string"},"request":{"type":"string"},
    "reasons":{"type":"array","items":{"type":"object","properties":{"code":{"type":"string"},"sentence":{"type":"string"}}}},
    "errors":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"sentence":{"type":"string"}}}}}})");
  bj::object doc{{"openapi", "3.1.0"},
                 {"info", {{"title", "Rantau"}, {"version", "1"}, {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
                 {"servers", bj::array{bj::object{{"url", q.site}}}},
                 {"paths", std::move(paths)},
                 {"components",
                  {{"schemas", std::move(schemas)},
                   {"securitySchemes", {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "rantau"}}}}}}}};
  Reply reply = json(bj::serialize(doc));
  reply.is_public = true;
  return reply;
}

void openapi_routes(Router& router) {
  router.get("/api/openapi.json", Right::anyone, [&router](const Request& q, Db&) { return openapi(router, q); })
      .says("web.openapi");
}

}  // namespace rantau::web
