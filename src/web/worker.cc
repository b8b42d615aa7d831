// See worker.h.
#include "web/worker.h"

#include <chrono>
#include <exception>

#include "base/crypto.h"
#include "base/log.h"
#include "web/answer.h"
#include "web/browserfile.h"
#include "web/framing.h"
#include "web/incoming.h"

namespace rantau::web {

namespace {

// Compressed, with the security headers, and with an ETag when it is to be kept.
std::string finish(Reply& reply, const Request& q, bool keep) {
  std::string etag = keep ? crypto::hex(crypto::sha256(reply.body)).substr(0, 20) : "";
  compress(reply, q.header("accept-encoding"));
  if (keep) {  // two encodings of one page are two representations
    for (const auto& [name, value] : reply.headers)
      if (name == "Content-Encoding") etag += "-" + value;
    etag = "\"" + etag + "\"";
    reply.headers.emplace_back("ETag", etag);
  }
  harden(q, reply);
  return etag;
}

Made make_or_throw(Workshop& shop, Task& task) {
  Request& q = task.request;
  const auto began = std::chrono::steady_clock::now();
  const std::int64_t before = stamp(shop.store);
  Reply reply = fill(q, std::move(task.arrived)) ? answer(shop.router, shop.gate, shop.store, q)
                                                 : refuse(q, {.kind = Refusal::invalid, .key = "web.broken_form"});
  q.files.clear();  // what nobody claimed is gone before the answer leaves
  const bool keep = task.may_keep && reply.is_public && reply.status == 200 && reply.sse_topic.empty();
  const std::string etag = finish(reply, q, keep);
  reply.headers.emplace_back("X-Request-Id", q.request_id);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  shop.metrics.note(reply.status, took.count(), shop.store.now().ms);
  reply.headers.emplace_back("Server-Timing", "app;dur=" + std::to_string(static_cast<double>(took.count()) / 1000).substr(0, 6));
  if (keep) {
    const auto kept = kept_of(reply, etag);
    if (!sets_cookie(reply)) shop.pages.keep(task.page_key, before, kept);
    if (knows(q.header("if-none-match"), etag)) return {task.keep_alive ? kept->unchanged : with_close(kept->unchanged), {}};
  }
  return {frame(reply, task.keep_alive, q.method == "HEAD"), reply.sse_topic};
}

}  // namespace

Made make(Workshop& shop, Task& task) {
  try {
    return make_or_throw(shop, task);
  } catch (const std::exception& e) {
    log("web.fault").with_system("request", task.request.request_id).with_system("what", e.what());
    return {};
  }
}

std::string make_refusal(Request& q, const std::function<Reply(const Request&)>& page) {
  try {
    fill(q, Parts{});
    Reply reply = page(q);
    finish(reply, q, false);
    return frame(reply, false, false);
  } catch (const std::exception& e) {
    log("web.fault").with_system("what", e.what());
    return {};
  }
}

}  // namespace rantau::web
