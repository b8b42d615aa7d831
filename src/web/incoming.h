// From the bytes of a request to a Request: paths, queries, forms, cookies, language. Shared by the server and the tests.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "web/multipart.h"
#include "web/web.h"

namespace rantau::web {

// Percent-decoding; nothing on a broken escape, NUL, or bytes that are not UTF-8.
std::optional<std::string> decode(std::string_view, bool plus_is_blank);
// "/a/b" decoded segment by segment; nothing where a segment hides a slash, is "." or "..", or is not UTF-8.
std::optional<std::string> decode_path(std::string_view raw);
// a=1&b=2; at most 200 pairs; broken escapes are kept as typed.
Pairs decode_query(std::string_view);
Pairs decode_cookies(std::string_view header);
// Text as the program keeps it: NFKC, valid UTF-8, trimmed, no control characters but line feed and tab, no bidi marks.
std::string clean(std::string_view);

// Fills query, cookies, form, lang, large_text, wants_json, partial from method, query_text, headers and body; `arrived`: the
// parts of a multipart body that was read from the socket. False: the body is not what its type says (a broken multipart).
bool fill(Request&, std::optional<Parts> arrived = {});

// Adds to Vary: what of a request chose this reply.
void vary(Reply&, std::string_view by);
// Compresses when the browser takes it and the type is text; sets Content-Encoding and Vary.
void compress(Reply&, std::string_view accept_encoding);
// Whether an Accept-Encoding takes this coding ("br;q=0" does not).
bool takes(std::string_view accept_encoding, std::string_view coding);

// Token buckets per key; bounded: the oldest are forgotten.
bool allow(std::string_view key, double per_second, double burst, std::int64_t now_ms, int& wait_seconds);

// The masked token of forms, and whether a masked token fits a secret.
std::string mask_csrf(std::string_view secret);
bool csrf_fits(std::string_view masked, std::string_view secret);

}  // namespace rantau::web
