// What the public pages, the desk and the company's own page of the register show alike.
#pragma once
#include <string>
#include <vector>

#include "modules/partners/partners.h"
#include "web/page.h"
#include "web/web.h"

namespace rantau::partners {

void desk_routes(web::Router&);  // /k/perusahaan… /k/negara /k/mitra-luar

// The word of the state shown: a licence that has run out is "expired" whatever its term says, no term is "none".
std::string shown_state(const Company&, Date today);
// state, tag_class, desk_class, svg_mark, may_recruit: the state today, as shape and word.
void set_state(const web::Request&, web::View&, const Company&, Date today);
// What the public reads about one term: the same sentences on the public page and in the officer's preview.
std::vector<std::string> said_of(const web::Request&, const Term&, Date today);
// The rows of the public history, newest first: state, when, sentences.
void set_history(const web::Request&, web::View&, const Company&, Date today);
// Licence number, end, address, phones, site: the facts of a company.
void set_facts(const web::Request&, web::View&, const Company&, Date today);
std::string region_name(const web::Request&, const std::string& code);
std::string day_or(const web::Request&, Date, const char* key_when_unknown);

}  // namespace rantau::partners
