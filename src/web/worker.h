// What a worker thread does with a request that has arrived: the form is read, the handler runs, and its reply becomes bytes.
// Nothing here knows a socket.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "web/metrics.h"
#include "web/multipart.h"
#include "web/pagecache.h"
#include "web/web.h"

namespace rantau::web {

struct Workshop {
  const Router& router;
  const Gate& gate;
  db::Store& store;
  PageCache& pages;
  Metrics& metrics;
};

struct Task {
  Request request;
  std::optional<Parts> arrived{};  // of a form with files; nothing when it was broken
  std::string page_key{};          // under which a public page may be kept for the next visitor
  bool may_keep = false, keep_alive = true;
};

struct Made {
  std::string bytes;  // empty: not even the page of a fault could be made
  std::string topic;  // not empty: an event stream begins
};

Made make(Workshop&, Task&);

// The bytes of a refusal whose request was not read to its end: the connection closes behind it. Empty when no page can be made.
std::string make_refusal(Request&, const std::function<Reply(const Request&)>& page);

}  // namespace rantau::web
