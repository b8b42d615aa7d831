// Inside module access: opening the office for the first time.
#pragma once
#include "modules/access/sign_in.h"

namespace rantau::access {

std::string first_run_code_of(db::Store&);  // whatever the state of the office
// The session of whoever typed the code; nothing: wrong, or too often.
Result<std::string> enter_first_run(Db&, std::string_view typed, const Browser&);

// What was typed in a step, so that every step can be left and resumed: name -> value. Never a password or a secret in
// the clear: the password stands as its hash, the secret sealed.
using Draft = std::vector<std::pair<std::string, std::string>>;
Draft draft(Act&, std::string_view step);
void keep_draft(Act&, std::string_view step, const Draft&);  // journalled
std::string draft_value(const Draft&, std::string_view name);

struct Opened {
  UserId administrator;
  std::string session;
};
// Makes the two institutions, their agreement and the administrator from the drafts; ends the first run.
Result<Opened> open_office(Db&, const Browser&);
std::vector<std::string> missing_steps(Act&);  // words of the steps that are not done

}  // namespace rantau::access
