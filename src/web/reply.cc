// The usual replies.
#include <boost/json.hpp>

#include "base/text.h"
#include "web/kit.h"
#include "web/web.h"

namespace rantau::web {

namespace {

int status_of(Refusal::Kind kind) {
  switch (kind) {
    case Refusal::invalid: return 422;
    case Refusal::forbidden: return 403;
    case Refusal::not_found: return 404;
    case Refusal::conflict: return 409;
    case Refusal::too_many: return 429;
    case Refusal::unavailable: return 503;
  }
  return 500;
}

// RFC 9457, with every reason and the fields they belong to.
Reply problem(const Request& q, const Refusal& refusal, int status) {
  boost::json::object out{{"type", "about:blank"},
                          {"title", q.t(refusal.key, refusal.words)},
                          {"status", status},
                          {"code", refusal.key},
                          {"request", q.request_id}};
  boost::json::array reasons, errors;
  for (const auto& r : refusal.reasons) reasons.push_back({{"code", r.key}, {"sentence", q.t(r)}});
  for (const auto& [field, why] : refusal.fields) errors.push_back({{"field", field}, {"sentence", q.t(why)}});
  if (!reasons.empty()) out["reasons"] = std::move(reasons);
  if (!errors.empty()) out["errors"] = std::move(errors);
  Reply reply = json(boost::json::serialize(out), status);
  reply.type = "application/problem+json";
  return reply;
}

}  // namespace

Reply problem(const Request& q, int status, std::string_view key, Words words) {
  return problem(q, {.kind = Refusal::invalid, .key = std::string(key), .words = std::move(words)}, status);
}

Reply see(std::string_view where) { return {.status = 303, .body = {}, .headers = {{"Location", std::string(where)}}}; }
Reply json(std::string body, int status) { return {.status = status, .type = "application/json", .body = std::move(body)}; }
Reply text(std::string body, std::string_view type, int status) {
  return {.status = status, .type = std::string(type), .body = std::move(body)};
}

Reply download(std::string bytes, std::string_view type, std::string_view file_name) {
  return {.status = 200,
          .type = std::string(type),
          .body = std::move(bytes),
          .headers = {{"Content-Disposition", "attachment; filename*=UTF-8''" + text::url(file_name)}}};
}

Reply refuse(const Request& q, const Refusal& refusal) {
  const int status = status_of(refusal.kind);
  if (q.wants_json) return problem(q, refusal, status);
  // Absent and forbidden objects answer alike, whatever the use case knows.
  if (refusal.kind == Refusal::not_found) return error_page(q, 404);
  View extra;
  extra.set("detail", q.t(refusal.key, refusal.words));
  extra.list("reasons", refusal.reasons, [&](const Sentence& s, View& row) { row.set("text", q.t(s)); });
  return error_page(q, status, std::move(extra));
}

Reply set_cookie(Reply reply, std::string_view name, std::string_view value, int max_age_s, bool http_only) {
  std::string line = std::string(name) + "=" + std::string(value) + "; Path=/; SameSite=Lax; Max-Age=" + std::to_string(max_age_s);
  if (http_only) line += "; HttpOnly";
  reply.headers.emplace_back("Set-Cookie", line);  // over https the server adds Secure and the __Host- prefix
  return reply;
}

}  // namespace rantau::web
