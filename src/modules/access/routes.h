// Inside module access: the parts of its routes, and what they share.
#pragma once
#include "modules/access/sign_in.h"
#include "web/form.h"
#include "web/kit.h"

namespace rantau::access {

void admin_routes(web::Router&);
void journal_routes(web::Router&);
void first_run_routes(web::Router&);

Browser browser_of(const web::Request&);
web::Reply with_session(const web::Request&, web::Reply, std::string_view token);
std::string role_name(const web::Request&, std::string_view role);  // "Petugas izin"
std::string home_of(const Actor&);                                  // where the day begins for this role
// Words of a sentence as they stand in a list.
inline std::string said(const web::Request& q, std::string_view prefix, std::string_view w) {
  return q.t(std::string(prefix) + std::string(w));
}

}  // namespace rantau::access
