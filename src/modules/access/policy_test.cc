// The policy table: default deny, every reason, and no role that holds what it must not.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "modules/access/access.h"

namespace rantau::access {
namespace {

bool said(const std::vector<Denied>& found, Denied d) { return std::find(found.begin(), found.end(), d) != found.end(); }

TEST(Policy, WhatNoLineAllowsIsRefused) {
  for (int r = 0; r < static_cast<int>(Right::count_); ++r) {
    const Right right = static_cast<Right>(r);
    EXPECT_EQ(denials({.right = right}).empty(), right == Right::anyone) << word(right);
    for (const Role role : all_roles())
      for (const OrgKind kind : {OrgKind::agency, OrgKind::province, OrgKind::company, OrgKind::mission}) {
        const bool stated = std::any_of(policy().begin(), policy().end(), [&](const Rule& line) {
          return line.right == right && std::count(line.roles.begin(), line.roles.end(), role) &&
                 std::count(line.orgs.begin(), line.orgs.end(), kind);
        });
        EXPECT_EQ(rights_of(role, kind).test(static_cast<std::size_t>(right)), stated)
            << word(right) << " " << word(role) << " " << word(kind);
        if (!stated && right != Right::anyone) {
          EXPECT_FALSE(denials({.right = right, .role = role, .org = kind, .relation = Relation::own_company}).empty());
        }
      }
  }
}

TEST(Policy, EveryRightButTheTerminalCodeHasALine) {
  for (int r = static_cast<int>(Right::sign_in); r < static_cast<int>(Right::count_); ++r) {
    const Right right = static_cast<Right>(r);
    const bool has = std::any_of(policy().begin(), policy().end(), [&](const Rule& line) { return line.right == right; });
    EXPECT_EQ(has, right != Right::first_run) << word(right);
  }
}

TEST(Policy, EachLineAllowsItsRolesAndNamesEveryReason) {
  for (const Rule& line : policy())
    for (const Role role : line.roles)
      for (const OrgKind kind : line.orgs)
        EXPECT_TRUE(denials({.right = line.right, .role = role, .org = kind, .relation = line.relation, .purpose = "x"}).empty());
  const auto two =
      denials({.right = Right::submit_job_orders, .role = Role::company_clerk, .org = OrgKind::agency, .relation = Relation::none});
  EXPECT_TRUE(said(two, Denied::wrong_institution));
  EXPECT_TRUE(said(two, Denied::not_own));
}

TEST(Policy, AClerkTouchesOnlyTheOwnCompany) {
  Question q{.right = Right::submit_job_orders, .role = Role::company_clerk, .org = OrgKind::company, .relation = Relation::none};
  EXPECT_EQ(denials(q), std::vector{Denied::not_own});
  q.relation = Relation::own_company;
  EXPECT_TRUE(denials(q).empty());
}

TEST(Policy, AnAdministratorHoldsNoDataRight) {
  for (const OrgKind kind : {OrgKind::agency, OrgKind::province}) {
    const Rights held = rights_of(Role::administrator, kind);
    for (const Right r : {Right::see_licences, Right::manage_licences, Right::submit_job_orders, Right::see_job_orders,
                          Right::examine_job_orders, Right::decide_job_orders, Right::publish_warnings, Right::see_figures_desk,
                          Right::import_statistics, Right::read_journal})
      EXPECT_FALSE(held.test(static_cast<std::size_t>(r))) << word(r);
  }
  EXPECT_FALSE(rights_of(Role::auditor, OrgKind::agency).test(static_cast<std::size_t>(Right::see_job_orders)));
}

TEST(Policy, NobodyIsBothEyes) {
  for (const Role role : all_roles())
    for (const OrgKind kind : {OrgKind::agency, OrgKind::province, OrgKind::company, OrgKind::mission}) {
      const Rights held = rights_of(role, kind);
      EXPECT_FALSE(held.test(static_cast<std::size_t>(Right::examine_job_orders)) &&
                   held.test(static_cast<std::size_t>(Right::decide_job_orders)))
          << word(role);
    }
}

TEST(Policy, AClosedCompartmentIsAReason) {
  Question q{.right = Right::see_licences, .role = Role::leader, .compartments = {"INTEL"}};
  EXPECT_EQ(denials(q), std::vector{Denied::compartment_closed});
  q.clearances = {"INTEL"};
  EXPECT_TRUE(denials(q).empty());
}

}  // namespace
}  // namespace rantau::access
