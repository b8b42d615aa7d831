// The parser of requests and our checks beside it, as the server uses them: what passes has one length, one host and a path that
// hides nothing.
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>

#include "web/framing.h"
#include "web/incoming.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  namespace http = boost::beast::http;
  http::request_parser<http::string_body> parser;
  parser.header_limit(16 * 1024);
  parser.body_limit(64 * 1024);
  boost::beast::error_code ec;
  parser.eager(true);
  std::size_t at = 0;
  while (at < size && !parser.is_done() && !ec) {
    const auto used = parser.put(boost::asio::buffer(data + at, size - at), ec);
    if (used == 0) break;
    at += used;
  }
  if (!parser.is_header_done()) return 0;
  rantau::web::Framing f;
  const auto& m = parser.get();
  f.method = std::string(m.method_string());
  f.target = std::string(m.target());
  f.version = static_cast<int>(m.version());
  for (const auto& h : m) f.headers.emplace_back(std::string(h.name_string()), std::string(h.value()));
  rantau::web::to_origin_form(f);
  if (rantau::web::check_framing(f) || f.target == "*") return 0;
  if (m.count(http::field::content_length) > 1 || (m.count(http::field::content_length) && m.count(http::field::transfer_encoding)))
    std::abort();
  if (!rantau::web::decode_path(f.path())) std::abort();
  rantau::web::Request q;
  q.method = f.method;
  q.path = *rantau::web::decode_path(f.path());
  q.query_text = f.query();
  q.headers = f.headers;
  q.body = m.body();
  (void)rantau::web::fill(q);
  return 0;
}
