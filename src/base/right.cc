// The word of each right, as the journal and the policy page write it.
#include "base/right.h"

namespace rantau {

std::string_view word(Right r) {
  switch (r) {
    case Right::anyone: return "anyone";
    case Right::sign_in: return "sign_in";
    case Right::first_run: return "first_run";
    case Right::see_licences: return "see_licences";
    case Right::manage_licences: return "manage_licences";
    case Right::submit_job_orders: return "submit_job_orders";
    case Right::see_job_orders: return "see_job_orders";
    case Right::examine_job_orders: return "examine_job_orders";
    case Right::decide_job_orders: return "decide_job_orders";
    case Right::publish_warnings: return "publish_warnings";
    case Right::see_figures_desk: return "see_figures_desk";
    case Right::import_statistics: return "import_statistics";
    case Right::manage_users: return "manage_users";
    case Right::manage_agreements: return "manage_agreements";
    case Right::read_journal: return "read_journal";
    case Right::see_policy: return "see_policy";
    case Right::see_catalogue: return "see_catalogue";
    case Right::count_: break;
  }
  return "";
}

}  // namespace rantau
