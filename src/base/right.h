// Every duty of the office that a route can ask for, as one enum. Who holds which: module access, policy.cc.
#pragma once
#include <bitset>
#include <string_view>

namespace rantau {

enum class Right {
  anyone,     // no account needed
  sign_in,    // a person with an account, any role
  first_run,  // holds the one-time code of the terminal
  // partners
  see_licences,     // the register with its history
  manage_licences,  // register, suspend, revoke with dates
  // offers
  submit_job_orders,   // P3MI, for its own company
  see_job_orders,      // the officers' list
  examine_job_orders,  // first eye: proposes verify or refuse
  decide_job_orders,   // second eye: another person decides
  publish_warnings,    // makes an offer check turn red
  // targets
  see_figures_desk,  // editions and imports
  import_statistics,
  // access
  manage_users,
  manage_agreements,  // the agreement between the two joint controllers
  read_journal,
  see_policy,
  see_catalogue,  // the component catalogue and the API page
  count_,         // not a right: how many there are
};

using Rights = std::bitset<static_cast<std::size_t>(Right::count_)>;
std::string_view word(Right);  // "verify_job_orders": in the journal, the policy page and the tests

}  // namespace rantau
