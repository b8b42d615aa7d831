// Licences, their terms, search and openness: the rules of the register.
#include "modules/partners/partners.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "db/testing.h"

namespace rantau::partners {
namespace {

using namespace std::chrono_literals;

const Date today{2026y / 11 / 24};
Date day(int n) { return today.plus_days(n); }

Term term(Licence state, Date from, Date until = {}) {
  Term t{.state = state, .from = from, .until = until};
  if (is_sanction(state)) {
    t.decree = "KEP-7/CONTOH";
    t.reason = "Deposito jaminan belum diisi kembali";
    t.legal_basis = "Permen P2MI 4/2025";
  }
  return t;
}

Company facts(std::string name = "PT Maju Jaya Abadi", std::string number = "SIP3MI-1001/2022") {
  Company c;
  c.name = std::move(name);
  c.licence_number = std::move(number);
  c.licence_until = day(400);
  c.address = "Jl. Contoh No. 1, Jakarta Timur";
  c.region = "31.75";
  c.phone = "021-0000-1001";
  c.website = "https://www.maju-jaya.example/kontak";
  c.accounts = "000-100-1001\n000 200 2002";
  return c;
}

Company licensed(std::vector<Term> terms) {
  Company c = facts();
  c.terms = std::move(terms);
  return c;
}

test::TestDb office() {
  test::TestDb db = test::db();
  return db.as("izin", {Right::manage_licences}).on(today);
}

CompanyId registered(test::TestDb& db, Company c = facts(), Licence state = Licence::active) {
  return *db.write([&](Act& act) { return register_company(act, c, term(state, day(-100))); });
}

std::vector<Bar> bars_today(test::TestDb& db, CompanyId id, Date on = today) {
  return db.read([&](Act& act) { return bars(*find(act, id), on); });
}

// --- terms -----------------------------------------------------------------------------------------------------------

RC_GTEST_PROP(Terms, ExactlyOneIsInForceOnEachDaySinceAnOpenEndedOneBegan, ()) {
  std::vector<Term> terms{term(Licence::active, day(0))};
  const int more = *rc::gen::inRange(0, 8);
  for (int i = 0; i < more; ++i) {
    const int from = *rc::gen::inRange(0, 60), length = *rc::gen::inRange(-1, 30);
    terms.push_back(term(*rc::gen::elementOf(all_licences()), day(from), length < 0 ? Date{} : day(from + length)));
  }
  const Date on = day(*rc::gen::inRange(0, 90));
  const auto found = term_on(terms, on);
  RC_ASSERT(found.has_value());
  RC_ASSERT(found->from <= on);
  RC_ASSERT(!found->until.known() || on <= found->until);
  for (const Term& t : terms) RC_ASSERT(t.from > on || (t.until.known() && t.until < on) || t.from <= found->from);
  RC_ASSERT(!term_on(terms, day(-1)).has_value());
}

RC_GTEST_PROP(Terms, NothingChangesBeforeTheNextChange, ()) {
  std::vector<Term> terms;
  const int count = *rc::gen::inRange(1, 7);
  for (int i = 0; i < count; ++i) {
    const int from = *rc::gen::inRange(0, 40), length = *rc::gen::inRange(-1, 20);
    terms.push_back(term(*rc::gen::elementOf(all_licences()), day(from), length < 0 ? Date{} : day(from + length)));
    terms.back().decree = std::to_string(i);
  }
  const int start = *rc::gen::inRange(0, 40);
  const auto decree = [&](int n) {
    const auto t = term_on(terms, day(n));
    return t ? t->decree : "none";
  };
  const auto change = next_change(terms, day(start));
  int n = start + 1;
  for (; n < 70 && decree(n) == decree(start); ++n) {}
  RC_ASSERT(change.has_value() == (n < 70));
  if (change) RC_ASSERT(change->on == day(n));
  if (change) RC_ASSERT((change->becomes ? change->becomes->decree : "none") == decree(n));
}

TEST(Terms, APartialSuspensionIsNotAFullOne) {
  EXPECT_EQ(bars(licensed({term(Licence::suspended_partial, day(0))}), day(1)), std::vector{Bar::suspended_partly});
  EXPECT_EQ(bars(licensed({term(Licence::suspended_full, day(0))}), day(1)), std::vector{Bar::suspended});
}

TEST(Registering, ASecondCompanyOfTheSameNameIsAskedAbout) {
  auto db = office();
  registered(db);
  const auto again = [&](std::string name, bool ask) {
    return db.write([&](Act& act) {
      return register_company(act, facts(std::move(name), "SIP3MI-2002/2024"), term(Licence::active, day(-1)), ask);
    });
  };
  const auto warned = again("Maju  Jaya Abadi, PT.", true);
  ASSERT_FALSE(warned);
  EXPECT_EQ(warned.refusal().fields.at(0).first, "other");
  EXPECT_EQ(warned.refusal().fields.at(0).second.key, "partners.same_name");
  EXPECT_TRUE(again("PT Maju Jaya Abadi", false));
  EXPECT_TRUE(db.write([&](Act& act) {
    return register_company(act, facts("PT Maju Jaya Lestari", "SIP3MI-2003/2024"), term(Licence::active, day(-1)), true);
  }));
}

TEST(Registering, ABranchIsInARegionOfTheCountry) {
  for (const char* code : {"32", "32.73", "31.75", "11.01", "96.71"}) EXPECT_TRUE(is_region(code)) << code;
  for (const char* code : {"", "99", "99.99", "31.99", "32.00", "32.7", "3273", "32.73.01", "x", "20"})
    EXPECT_FALSE(is_region(code)) << code;
  auto db = office();
  const auto company = registered(db);
  const auto refused = db.write([&](Act& act) {
    return register_branch(act, {.company = company, .region = "99.99", .address = "Jl. Contoh", .permit = "C-1", .from = today});
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.refusal().fields.at(0).first, "region");
}

TEST(Terms, AfterASuspensionWithAnEndTheTermBeforeItIsInForceAgain) {
  const auto c = licensed({term(Licence::active, day(-100)), term(Licence::suspended_full, day(0), day(30))});
  EXPECT_TRUE(bars(c, day(-1)).empty());
  EXPECT_EQ(bars(c, day(0)), std::vector{Bar::suspended});
  EXPECT_EQ(bars(c, day(30)), std::vector{Bar::suspended});
  EXPECT_TRUE(bars(c, day(31)).empty());
}

// --- bars ------------------------------------------------------------------------------------------------------------

RC_GTEST_PROP(Bars, OnlyActiveAndWarnedCompaniesWithinTheirLicenceMayRecruit, ()) {
  const auto state = *rc::gen::elementOf(all_licences());
  const int end = *rc::gen::inRange(-5, 6);
  Company c = licensed({term(state, day(-10))});
  c.licence_until = day(end);
  const bool may = (state == Licence::active || state == Licence::sanction_written) && end >= 0;
  RC_ASSERT(bars(c, today).empty() == may);
}

TEST(Bars, AllReasonsAreNamedNotOnlyTheFirst) {
  Company c = licensed({term(Licence::revoked, day(-10))});
  c.licence_until = day(-1);
  EXPECT_EQ(bars(c, today), (std::vector{Bar::revoked, Bar::licence_expired}));
}

TEST(Bars, ACompanyWithoutATermWasNeverLicensed) {
  EXPECT_EQ(bars(licensed({}), today), std::vector{Bar::never_licensed});
  EXPECT_EQ(bars(licensed({term(Licence::active, day(1))}), today), std::vector{Bar::never_licensed});
  EXPECT_EQ(bars(licensed({term(Licence::active, day(-9), day(-1))}), today), std::vector{Bar::licence_expired});
  EXPECT_EQ(bars(licensed({term(Licence::field_check, day(-1))}), today), std::vector{Bar::not_yet_active});
  EXPECT_EQ(bars(licensed({term(Licence::deposit_drawn, day(-1))}), today), std::vector{Bar::deposit_not_refilled});
}

// --- suspending and restoring ------------------------------------------------------------------------------------------

TEST(Licence, SuspendedTodayBarsAtOnceAndRestoredFreesAtOnce) {
  auto db = office();
  const auto id = registered(db);
  EXPECT_TRUE(bars_today(db, id).empty());
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::suspended_full, today)); }));
  EXPECT_EQ(bars_today(db, id), std::vector{Bar::suspended});
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::active, today)); }));
  EXPECT_TRUE(bars_today(db, id).empty());
  EXPECT_EQ(db.read([&](Act& act) { return history(act, id).size(); }), 3U);
  EXPECT_EQ(test::audit(db), (std::vector<std::string>{"partners.registered", "partners.licence_set", "partners.licence_set"}));
}

TEST(Licence, ATermOfTheFutureTakesEffectOnItsDay) {
  auto db = office();
  const auto id = registered(db);
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::suspended_full, day(7))); }));
  EXPECT_TRUE(bars_today(db, id, day(6)).empty());
  EXPECT_EQ(bars_today(db, id, day(7)), std::vector{Bar::suspended});
  auto later = db.on(day(7));
  const auto found = later.read([&](Act& act) { return list(act, "", 10, {}, Licence::suspended_full); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(later.read([&](Act& act) { return list(act, "", 10, {}, Licence::active); }).empty());
}

TEST(Licence, ASanctionWithoutDecreeReasonOrBasisIsRefusedWithAllThreeNamed) {
  auto db = office();
  const auto id = registered(db);
  const auto done =
      db.write([&](Act& act) { return set_licence(act, id, {.state = Licence::revoked, .from = today, .until = day(9)}); });
  ASSERT_FALSE(done);
  std::vector<std::string> fields;
  for (const auto& [field, why] : done.refusal().fields) fields.push_back(field);
  EXPECT_EQ(fields, (std::vector<std::string>{"until", "decree", "reason", "legal_basis"}));
}

TEST(Licence, ThePastBehindThePresentTermIsNotRewritten) {
  auto db = office();
  const auto id = registered(db);
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::suspended_full, day(-10))); }));
  EXPECT_FALSE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::sanction_written, day(-20))); }));
}

TEST(Licence, OfTwoOfficersAtOnceTheSecondIsToldAndNothingIsLost) {
  auto db = office();
  const auto id = registered(db);
  const int seen = db.read([&](Act& act) { return find(act, id)->revision; });
  auto other = db.as("izin2", {Right::manage_licences});
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::suspended_full, today), seen); }));
  const auto second = other.write([&](Act& act) { return set_licence(act, id, term(Licence::revoked, today), seen); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.refusal().kind, Refusal::conflict);
  EXPECT_EQ(bars_today(db, id), std::vector{Bar::suspended});
}

TEST(Licence, ASlipIsWithdrawnWithinAMinuteAndHistoryKeepsBoth) {
  auto db = office();
  const auto id = registered(db);
  const auto newest = [&] { return db.read([&](Act& act) { return history(act, id).front(); }); };
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::revoked, today)); }));
  const auto slip = newest().id;
  auto other = db.as("izin2", {Right::manage_licences});
  EXPECT_EQ(other.write([&](Act& act) { return withdraw_licence(act, id, slip); }).refusal().key, "partners.withdraw_not_yours");
  ASSERT_TRUE(db.write([&](Act& act) { return withdraw_licence(act, id, slip); }));
  EXPECT_TRUE(bars_today(db, id).empty());
  EXPECT_TRUE(newest().withdrawn());
  EXPECT_EQ(newest().term.state, Licence::revoked);
  EXPECT_EQ(test::audit(db).back(), "partners.licence_withdrawn");
  EXPECT_EQ(db.write([&](Act& act) { return withdraw_licence(act, id, slip); }).refusal().key, "partners.withdraw_built_on");
}

TEST(Licence, AfterAMinuteOrForTheFirstTermThereIsNoWithdrawing) {
  auto db = office();
  const auto id = registered(db);
  const auto newest = [&] { return db.read([&](Act& act) { return history(act, id).front().id; }); };
  EXPECT_EQ(db.write([&](Act& act) { return withdraw_licence(act, id, newest()); }).refusal().key, "partners.withdraw_the_only");
  ASSERT_TRUE(db.write([&](Act& act) { return set_licence(act, id, term(Licence::suspended_full, today)); }));
  const auto late = newest();
  db.later(61);
  EXPECT_EQ(db.write([&](Act& act) { return withdraw_licence(act, id, late); }).refusal().key, "partners.too_late_to_withdraw");
}

TEST(Licence, WithoutTheDutyNothingIsWritten) {
  auto db = office();
  const auto id = registered(db);
  auto clerk = db.as("loket", {Right::see_licences});
  const auto kind = [](const auto& result) { return result ? -1 : static_cast<int>(result.refusal().kind); };
  EXPECT_EQ(kind(clerk.write([&](Act& act) { return set_licence(act, id, term(Licence::revoked, today)); })), Refusal::forbidden);
  EXPECT_EQ(kind(clerk.write([&](Act& act) { return amend(act, id, facts()); })), Refusal::forbidden);
  EXPECT_EQ(
      kind(clerk.write([&](Act& act) { return register_company(act, facts("PT Lain", "9/2022"), term(Licence::active, today)); })),
      Refusal::forbidden);
  EXPECT_EQ(kind(clerk.write([&](Act& act) { return set_openness(act, {.country = "JP", .legal_basis = "x", .from = today}); })),
            Refusal::forbidden);
}

// --- facts -----------------------------------------------------------------------------------------------------------

TEST(Facts, OneLicenceNumberBelongsToOneCompanyHoweverItIsWritten) {
  auto db = office();
  registered(db);
  const auto twin = db.write([&](Act& act) {
    return register_company(act, facts("PT Lain Sekali", "sip3mi no. 1001 / 2022"), term(Licence::active, today));
  });
  ASSERT_FALSE(twin);
  EXPECT_EQ(twin.refusal().fields.front().first, "licence_number");
  EXPECT_TRUE(db.read([&](Act& act) { return find_by_licence(act, "1001-2022").has_value(); }));
  EXPECT_FALSE(db.read([&](Act& act) { return find_by_licence(act, "").has_value(); }));
}

TEST(Facts, APhoneAnAccountAndAHostLeadToTheirCompany) {
  auto db = office();
  const auto id = registered(db);
  registered(db, facts("PT Lentera Selat", "1002/2022"));
  auto lentera = facts("PT Lentera Selat", "1002/2022");
  lentera.phone = lentera.website = lentera.accounts = "";
  ASSERT_TRUE(db.write([&](Act& act) { return amend(act, find_by_licence(act, "1002/2022")->id, lentera); }));
  const auto only = [&](std::vector<Company> found) { return found.size() == 1 ? found[0].id : CompanyId{}; };
  EXPECT_EQ(only(db.read([&](Act& act) { return by_phone(act, *text::phone("(021) 00001001")); })), id);
  EXPECT_EQ(only(db.read([&](Act& act) { return by_account(act, "0002002002"); })), id);
  EXPECT_EQ(only(db.read([&](Act& act) { return by_host(act, "MAJU-jaya.example"); })), id);
  EXPECT_TRUE(db.read([&](Act& act) { return by_host(act, "jaya.example"); }).empty());
}

TEST(Facts, AnAmendmentKeepsWhatStoodThere) {
  auto db = office();
  const auto id = registered(db);
  auto moved = facts();
  moved.address = "Jl. Contoh No. 99, Jakarta Barat";
  ASSERT_TRUE(db.write([&](Act& act) { return amend(act, id, moved); }));
  EXPECT_EQ(test::rows(db, "SELECT field, before_text FROM partners_change"),
            std::vector<std::string>{"address|Jl. Contoh No. 1, Jakarta Timur"});
  moved.revision = 1;
  EXPECT_EQ(db.write([&](Act& act) { return amend(act, id, moved); }).refusal().kind, Refusal::conflict);
}

TEST(Facts, NumbersAndHostsAreReadAsPeopleWriteThem) {
  EXPECT_EQ(licence_key("SIP3MI-1000/2022"), "1000/2022");
  EXPECT_EQ(licence_key(" Sip3mi No. 12-3 / 2022 "), "12/3/2022");
  EXPECT_NE(licence_key("1/23"), licence_key("12/3"));
  EXPECT_EQ(licence_key("Nomor"), "nomor");
  EXPECT_EQ(host_of("https://www.MajuJaya.example:8443/kontak?a=b"), "majujaya.example");
  EXPECT_EQ(host_of("https://majujaya.example@jahat.example/"), "jahat.example");
  EXPECT_EQ(host_of("bukan alamat"), "");
}

// --- search ------------------------------------------------------------------------------------------------------------

TEST(Search, AMisspeltNameFindsItsCompany) {
  auto db = office();
  const auto id = registered(db);
  registered(db, facts("PT Dermaga Fajar Umpama", "1002/2022"));
  registered(db, facts("PT Abadi Sentosa Raya", "1003/2022"));
  const auto best = [&](std::string_view typed) {
    const auto found = db.read([&](Act& act) { return likely(act, typed); });
    return found.empty() ? CompanyId{} : found.front().company.id;
  };
  EXPECT_EQ(best("pt. maju jya abadi"), id);
  EXPECT_EQ(best("ABADI MAJU JAYA PT"), id);
  EXPECT_EQ(best("Majujaya Abadi"), id);
  EXPECT_EQ(best("P.T. Maju Jaya Abady (P3MI)"), id);
  EXPECT_EQ(best("Warung Bakso Pak Kumis"), CompanyId{});
  EXPECT_EQ(best("pt"), CompanyId{});
  EXPECT_EQ(db.read([&](Act& act) { return likely(act, "Maju Jaya Abadi"); }).front().likeness, 100);
}

TEST(Search, ARenamedCompanyIsFoundByItsNewNameOnly) {
  auto db = office();
  const auto id = registered(db);
  ASSERT_TRUE(db.write([&](Act& act) { return amend(act, id, facts("PT Cakrawala Biru Samudra")); }));
  EXPECT_TRUE(db.read([&](Act& act) { return likely(act, "maju jaya abadi"); }).empty());
  EXPECT_EQ(db.read([&](Act& act) { return likely(act, "cakrawala biru samudera"); }).size(), 1U);
}

// The names are held in memory; what another office, another transaction or an undone one did is never mixed in.
TEST(Search, TheNamesInMemoryAreThoseOfThisRegister) {
  auto one = office(), other = office();
  const auto found = [](test::TestDb& db, std::string_view name) {
    return db.read([&](Act& act) { return likely(act, name).size(); });
  };
  EXPECT_EQ(found(one, "maju jaya abdi"), 0U);
  registered(one);
  EXPECT_EQ(found(one, "maju jaya abdi"), 1U) << "registered after the first look";
  EXPECT_EQ(found(other, "maju jaya abdi"), 0U) << "another register";
  const auto undone = one.write([&](Act& act) -> Result<Done> {
    const partners::Term first{.state = Licence::active, .from = act.today.plus_days(-1)};
    auto c = facts("PT Cakrawala Biru Samudra");
    c.licence_number = "SIP3MI-77/2022";
    if (auto id = register_company(act, c, first); !id) return id.refusal();
    if (likely(act, "cakrawala biru samudera").empty()) return Refusal{Refusal::conflict, "not seen inside"};
    return Refusal{Refusal::conflict, "seen inside, and undone"};
  });
  EXPECT_EQ(undone.refusal().key, "seen inside, and undone");
  EXPECT_EQ(found(one, "cakrawala biru samudera"), 0U);
  EXPECT_EQ(found(one, "maju jaya abdi"), 1U);
}

TEST(Search, WildcardsAreOnlyCharacters) {
  auto db = office();
  registered(db);
  for (const char* typed : {"%", "_", "%%%", "' OR 1=1 --", "*", "\\"})
    EXPECT_TRUE(db.read([&](Act& act) { return list(act, typed, 10); }).empty()) << typed;
  EXPECT_EQ(db.read([&](Act& act) { return list(act, "jaya maj", 10); }).size(), 1U);
  EXPECT_EQ(db.read([&](Act& act) { return list(act, "1001/20", 10); }).size(), 1U);
  EXPECT_EQ(db.read([&](Act& act) { return list(act, "", 10); }).size(), 1U);
}

TEST(Search, PagesFollowOneAnotherWithoutLossOrRepetition) {
  auto db = office();
  for (int i = 0; i < 23; ++i)
    registered(db, facts("PT Contoh " + std::string(1, static_cast<char>('a' + i % 5)), std::to_string(i) + "/2022"));
  std::vector<std::int64_t> seen;
  CompanyId after{};
  for (;;) {
    const auto page = db.read([&](Act& act) { return list(act, "contoh", 4, after); });
    if (page.empty()) break;
    for (const auto& c : page) seen.push_back(c.id.value);
    after = page.back().id;
  }
  EXPECT_EQ(seen.size(), 23U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

// --- openness ----------------------------------------------------------------------------------------------------------

OpenRule rule(std::string occupation, std::string kind, Openness state, Date from = day(-10), Date until = {}) {
  return {.country = "SA",
          .occupation = std::move(occupation),
          .employer_kind = std::move(kind),
          .state = state,
          .legal_basis = "contoh",
          .from = from,
          .until = until};
}
std::optional<Openness> state_of(const std::vector<OpenRule>& rules, const char* isco, const char* kind, Date on = today) {
  const auto r = openness(rules, "SA", isco, kind, on);
  return r ? std::optional(r->state) : std::nullopt;
}

TEST(Openness, TheMostSpecificRuleInForceCounts) {
  const std::vector rules{rule("", "", Openness::open), rule("9111", "household", Openness::closed),
                          rule("91", "", Openness::limited)};
  EXPECT_EQ(state_of(rules, "5321", "legal_entity"), Openness::open);
  EXPECT_EQ(state_of(rules, "9111", "household"), Openness::closed);
  EXPECT_EQ(state_of(rules, "9111", "legal_entity"), Openness::limited);
  EXPECT_EQ(openness(rules, "JP", "5321", "legal_entity", today), std::nullopt);
  EXPECT_EQ(state_of(rules, "5321", "legal_entity", day(-11)), std::nullopt);
}

TEST(Openness, OfTwoRulesOfWhichNeitherContainsTheOtherTheStricterCounts) {
  const std::vector rules{rule("", "household", Openness::closed), rule("5321", "", Openness::open)};
  EXPECT_EQ(state_of(rules, "5321", "household"), Openness::closed);
  EXPECT_EQ(state_of(rules, "5321", "legal_entity"), Openness::open);
}

TEST(Openness, OfTwoRulesForTheSameTheOneThatBeganLastCounts) {
  const std::vector rules{rule("", "", Openness::closed, day(-5)), rule("", "", Openness::open, day(-10)),
                          rule("", "", Openness::open, day(5))};
  EXPECT_EQ(state_of(rules, "1", "ship"), Openness::closed);
  EXPECT_EQ(state_of(rules, "1", "ship", day(5)), Openness::open);
}

RC_GTEST_PROP(Openness, ARuleForExactlyThisCaseDecidesWhateverElseIsWritten, ()) {
  std::vector<OpenRule> rules;
  const int count = *rc::gen::inRange(0, 8);
  for (int i = 0; i < count; ++i)
    rules.push_back(rule(*rc::gen::element<std::string>("", "9", "91", "911", "5"),
                         *rc::gen::element<std::string>("", "household", "ship"),
                         *rc::gen::element(Openness::open, Openness::limited, Openness::closed), day(*rc::gen::inRange(-20, 20))));
  const auto exact = *rc::gen::element(Openness::open, Openness::limited, Openness::closed);
  rules.insert(rules.begin() + *rc::gen::inRange(0, count + 1), rule("9111", "household", exact));
  RC_ASSERT(state_of(rules, "9111", "household") == exact);
}

TEST(Openness, AWrongRuleIsRefusedFieldByField) {
  auto db = office();
  const auto done = db.write([&](Act& act) {
    return set_openness(act, {.country = "XX", .occupation = "9a", .employer_kind = "pirate", .from = day(3), .until = day(1)});
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.refusal().fields.size(), 5U);
}

// --- branches and foreign partners ---------------------------------------------------------------------------------------

TEST(Branches, BelongToTheirCompany) {
  auto db = office();
  const auto id = registered(db);
  const Branch branch{
      .company = id, .region = "32", .address = "Jl. Contoh No. 5, Bandung", .permit = "CAB-1/CONTOH", .from = today};
  ASSERT_TRUE(db.write([&](Act& act) { return register_branch(act, branch); }));
  EXPECT_EQ(db.read([&](Act& act) { return branches(act, id).size(); }), 1U);
  Branch nowhere = branch;
  nowhere.company = {77};
  EXPECT_EQ(db.write([&](Act& act) { return register_branch(act, nowhere); }).refusal().kind, Refusal::not_found);
}

TEST(ForeignPartners, AreFoundByCountryAndName) {
  auto db = office();
  const Foreign f{.name = "Sakura Care Co., Ltd",
                  .country = "JP",
                  .kind = "employer",
                  .registration = "REG-1",
                  .verified_on = today,
                  .verified_by = "KBRI contoh"};
  ASSERT_TRUE(db.write([&](Act& act) { return register_foreign(act, f); }));
  EXPECT_EQ(db.read([&](Act& act) { return foreign_partners(act, "JP", "sakura").size(); }), 1U);
  EXPECT_TRUE(db.read([&](Act& act) { return foreign_partners(act, "KR", ""); }).empty());
  EXPECT_TRUE(db.read([&](Act& act) { return foreign_partners(act, "", "%"); }).size() <= 1U);
  Foreign unverified = f;
  unverified.verified_by = "";
  EXPECT_FALSE(db.write([&](Act& act) { return register_foreign(act, unverified); }));
}

Foreign mission_checked(std::string country = "JP", Date until = day(30)) {
  return {.id = {},
          .name = "Sakura Care " + country,
          .country = std::move(country),
          .kind = "employer",
          .registration = "REG-1",
          .verified_on = day(-9),
          .verified_by = "KBRI contoh",
          .valid_from = day(-9),
          .valid_until = until};
}

TEST(ForeignPartners, ARegistrationIsJudgedByItsDays) {
  Foreign f = mission_checked();
  EXPECT_EQ(registration_on(f, day(-9)), Registration::valid);
  EXPECT_EQ(registration_on(f, day(30)), Registration::valid);
  EXPECT_EQ(registration_on(f, day(31)), Registration::ended);
  f.verified_on = day(-20);
  EXPECT_EQ(registration_on(f, day(-10)), Registration::not_yet);
  EXPECT_EQ(registration_on(f, day(-21)), Registration::incomplete) << "nobody had verified it then";
  f.registration.clear();
  EXPECT_EQ(registration_on(f, today), Registration::incomplete);
}

TEST(ForeignPartners, ARegistrationIsAmendedByWhoSawTheNewest) {
  auto db = office();
  const auto id = *db.write([&](Act& act) { return register_foreign(act, mission_checked()); });
  Foreign facts = mission_checked();
  facts.valid_until = day(400);
  facts.name = "Nama lain";
  ASSERT_TRUE(db.write([&](Act& act) { return amend_foreign(act, id, facts); }));
  const auto now = db.read([&](Act& act) { return *find_foreign(act, id); });
  EXPECT_EQ(now.valid_until, day(400));
  EXPECT_EQ(now.valid_from, day(-9));
  EXPECT_EQ(now.name, "Sakura Care JP") << "who it is stays";
  EXPECT_EQ(test::audit(db).back(), "partners.foreign_amended");
  EXPECT_EQ(db.write([&](Act& act) { return amend_foreign(act, id, facts); }).refusal().kind, Refusal::conflict);
  facts.revision = now.revision;
  facts.valid_until = day(-10);
  EXPECT_EQ(db.write([&](Act& act) { return amend_foreign(act, id, facts); }).refusal().fields.front().first, "valid_until");
  auto visitor = db.as("tamu", {Right::see_licences});
  EXPECT_EQ(visitor.write([&](Act& act) { return amend_foreign(act, id, facts); }).refusal().kind, Refusal::forbidden);
  EXPECT_EQ(db.write([&](Act& act) { return amend_foreign(act, {77}, facts); }).refusal().kind, Refusal::not_found);
}

TEST(ForeignPartners, ThoseThatStandAreListedWithTheAskedCountryFirst) {
  auto db = office();
  for (const auto& f : {mission_checked("HK"), mission_checked("TW"), mission_checked("JP", day(-1)), mission_checked("KR", {})})
    ASSERT_TRUE(db.write([&](Act& act) { return register_foreign(act, f); }));
  const auto countries = [&](std::string_view first, int count) {
    std::string all;
    for (const auto& f : db.read([&](Act& act) { return standing_partners(act, first, count); })) all += f.country;
    return all;
  };
  EXPECT_EQ(countries("", 9), "HKKRTW");
  EXPECT_EQ(countries("TW", 9), "TWHKKR");
  EXPECT_EQ(countries("TW", 1), "TW");
}

}  // namespace
}  // namespace rantau::partners
