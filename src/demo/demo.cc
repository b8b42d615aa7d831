// Makes the invented province through the modules' use cases, in the order in which an office would live it: institutions
// and their agreement, people with accounts, companies and licences, openness of countries, job orders, warnings.
#include "demo/demo.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.h"
#include "demo/names.h"
#include "modules/access/access.h"
#include "modules/offers/offers.h"
#include "modules/partners/partners.h"
#include "modules/targets/targets.h"

namespace rantau::demo {

namespace {

constexpr int batch =
    200;  // acts in one transaction: bounded, so that a demo made beside a running office never holds the writer long

// A refusal here is a mistake of the generator.
template <class T>
T must(Result<T> result, std::string_view what) {
  if (result) return std::move(*result);
  std::string why = result.refusal().key;
  for (const auto& r : result.refusal().reasons) why += " " + r.key;
  for (const auto& f : result.refusal().fields) why += " " + f.first + "=" + f.second.key;
  throw std::logic_error("demo: " + std::string(what) + " was refused: " + why);
}

struct Firm {
  partners::Company company;
  OrgId org;
  Actor clerk;
  enum class Fate { good, suspended, revoked, ending, applied } fate = Fate::good;
};

// The story of one order, decided before it is told.
enum class Ending { open, open_then_over, submitted, endorsed, examined, refused, returned, draft };

class Maker {
 public:
  Maker(db::Store& store, const Plan& plan, const Progress& progress)
      : store_(store), plan_(plan), progress_(progress), dice_(plan.seed) {}

  Made make() {
    if (!plan_.today.known()) plan_.today = day_of(store_.now());
    stand_on(plan_.today.plus_days(-90));
    institutions();
    people();
    places();
    firms();
    orders(Ending::open_then_over, plan_.today.plus_days(-60));
    orders_of_today();
    fates();
    warnings();
    stand_on(plan_.today);
    examples();
    return std::move(made_);
  }

 private:
  db::Store& store_;
  Plan plan_;
  Progress progress_;
  Dice dice_;
  Made made_;
  OrgId agency_, province_;
  std::map<access::Role, Actor> officer_, second_;
  std::map<std::string, Actor, std::less<>> mission_;
  std::map<std::string, std::vector<partners::ForeignId>, std::less<>> employers_;
  std::map<std::string, std::vector<std::string>, std::less<>> employer_names_;
  std::vector<Firm> firms_;
  std::vector<std::string> open_codes_;

  Db system() { return {store_, access::system_actor()}; }
  void stand_on(Date day) {
    if (plan_.set_clock) plan_.set_clock(from_local(day, 9, 0));
  }
  void tell(std::string_view what, int done, int of) {
    if (progress_) progress_(what, done, of);
  }

  Actor account(OrgId org, const access::Org& facts, std::string login, access::Role role) {
    access::User user{.id = {}, .org = org, .login = std::move(login), .name = person_name(dice_), .role = role};
    const std::string word = password(dice_);
    user.id = system().write([&](Act& act) { return must(access::register_user(act, user, word), user.login); });
    made_.accounts.push_back({user.login, word, user.name, std::string(access::word(role)), facts.name});
    access::Org with = facts;
    with.id = org;
    return access::acting(user, with);
  }

  void institutions() {
    access::Org agency{.id = {}, .kind = access::OrgKind::agency, .name = "BP3MI DKI Jakarta", .short_name = "BP3MI"};
    access::Org province{
        .id = {}, .kind = access::OrgKind::province, .name = "Disnakertransgi DKI Jakarta", .short_name = "Disnakertransgi"};
    system().write([&](Act& act) {
      agency_ = must(access::register_org(act, agency), "agency");
      province_ = must(access::register_org(act, province), "province");
      must(access::record_agreement(act, {.agency = agency_,
                                          .province = province_,
                                          .number = "PKS-01/CONTOH/2026",
                                          .signed_on = act.today,
                                          .valid_until = act.today.plus_days(1095),
                                          .contact = "kontak.bersama@rantau.example"}),
           "agreement");
      return Done{};
    });
    using access::Role;
    account(agency_, agency, "admin.bp3mi", Role::administrator);
    account(province_, province, "admin.dki", Role::administrator);
    for (auto [login, role] : {std::pair{"izin", Role::licence_officer},
                               {"periksa", Role::offer_examiner},
                               {"putus", Role::offer_decider},
                               {"kepala", Role::placement_chief},
                               {"humas", Role::press_officer},
                               {"loket", Role::counter_officer},
                               {"auditor", Role::auditor},
                               {"pimpinan", Role::leader}})
      officer_[role] = account(agency_, agency, login, role);
    second_[Role::offer_examiner] = account(agency_, agency, "periksa2", Role::offer_examiner);
    second_[Role::offer_decider] = account(agency_, agency, "putus2", Role::offer_decider);
    for (auto [login, role] : {std::pair{"statistik.dki", Role::statistician},
                               {"loket.dki", Role::counter_officer},
                               {"auditor.dki", Role::auditor},
                               {"pimpinan.dki", Role::leader}})
      account(province_, province, login, role);
  }

  void people() {
    for (const auto& d : destinations()) {
      access::Org mission{.id = {},
                          .kind = access::OrgKind::mission,
                          .name = "Perwakilan RI " + std::string(d.country) + " (contoh)",
                          .short_name = "Perwakilan " + std::string(d.country)};
      const OrgId id = system().write([&](Act& act) {
        const OrgId made = must(access::register_org(act, mission), "mission");
        must(offers::set_mission(act, made, d.country), "mission's country");
        return made;
      });
      std::string login = "atase." + std::string(d.country);
      std::transform(login.begin(), login.end(), login.begin(),
                     [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
      mission_[std::string(d.country)] = account(id, mission, login, access::Role::mission_officer);
    }
  }

  void places() {
    system().write([&](Act& act) {
      must(targets::load_published(act), "published figures");
      for (const auto& d : destinations()) {
        must(partners::set_openness(act, {.country = std::string(d.country),
                                          .occupation = "",
                                          .employer_kind = "",
                                          .state = partners::Openness::open,
                                          .legal_basis = "Daftar negara terbuka (contoh)",
                                          .from = act.today.plus_days(-700)}),
             "open country");
        must(offers::set_rate(act, d.currency, act.today, d.rupiah_scaled * 98 / 100, "contoh (example)", true), "rate");
        must(offers::set_floor(act, {.id = {},
                                     .country = std::string(d.country),
                                     .occupation = "",
                                     .amount = {d.pay_floor_minor, std::string(d.currency)},
                                     .from = act.today.plus_days(-700),
                                     .source = "Surat Perwakilan RI " + std::string(d.country) + " (contoh)",
                                     .page = "hal. 1 (contoh)"}),
             "pay floor");
      }
      for (const char* country : {"KH", "MM", "LA"})
        must(partners::set_openness(act, {.country = country,
                                          .occupation = "",
                                          .employer_kind = "",
                                          .state = partners::Openness::closed,
                                          .legal_basis = "Bukan negara penempatan (contoh)",
                                          .from = act.today.plus_days(-900)}),
             "closed country");
      must(partners::set_openness(act, {.country = "SA",
                                        .occupation = "9111",
                                        .employer_kind = "household",
                                        .state = partners::Openness::closed,
                                        .legal_basis = "Penghentian pengguna perseorangan Timur Tengah (contoh)",
                                        .from = act.today.plus_days(-3000)}),
           "closed post");
      return Done{};
    });
    system().write([&](Act& act) {
      for (const auto& d : destinations()) {
        for (int i = 0; i < 6; ++i) {
          const std::string name = employer_name(dice_, d.country);
          employers_[std::string(d.country)].push_back(must(
              partners::register_foreign(act, {.id = {},
                                               .name = name,
                                               .country = std::string(d.country),
                                               .kind = "employer",
                                               .registration = "REG-" + std::string(d.country) + "-" + std::to_string(1000 + i),
                                               .verified_on = act.today.plus_days(-30),
                                               .verified_by = "Perwakilan RI (contoh)",
                                               .valid_from = act.today.plus_days(-400),
                                               .valid_until = act.today.plus_days(700)}),
              "employer"));
          employer_names_[std::string(d.country)].push_back(name);
        }
      }
      return Done{};
    });
  }

  Firm firm(int number) {
    Firm f;
    // The first ones have fixed parts in the stories that are told with the demo.
    constexpr std::string_view cast[] = {"PT Maju Jaya Abadi", "PT Layar Semu Perkasa", "PT Dermaga Fajar Umpama",
                                         "PT Lentera Selat Mandiri"};
    f.company.name = number < 4 ? std::string(cast[number]) : company_name(number);
    f.fate = number == 1   ? Firm::Fate::revoked
             : number == 2 ? Firm::Fate::suspended
             : number == 3 ? Firm::Fate::ending
                           : Firm::Fate::good;
    if (number > 3) {
      const int lot = dice_.below(100);
      f.fate = lot < 82   ? Firm::Fate::good
               : lot < 88 ? Firm::Fate::suspended
               : lot < 93 ? Firm::Fate::revoked
               : lot < 97 ? Firm::Fate::ending
                          : Firm::Fate::applied;
    }
    f.company.licence_number = "SIP3MI-" + std::to_string(1000 + number) + "/2022";
    f.company.licence_until = f.fate == Firm::Fate::ending ? plan_.today.plus_days(dice_.between(5, 25))
                                                           : plan_.today.plus_days(dice_.between(200, 1500));
    f.company.address = street(dice_);
    const int city = dice_.between(1, 5);
    f.company.region = "31.7" + std::to_string(city);
    f.company.address = in_city(f.company.address, city);  // of the region, not of another city
    const std::string tail = std::to_string(100000 + number);
    f.company.phone = "+62210000" + tail.substr(1);
    std::string host = text::company_key(f.company.name);
    std::replace(host.begin(), host.end(), ' ', '-');
    f.company.website = "https://" + host + ".example";
    f.company.email = "kantor@" + host + ".example";
    f.company.accounts = "0000" + tail;
    return f;
  }

  void firms() {
    const int count = plan_.companies ? plan_.companies : std::max(12, plan_.people / 200);
    for (int start = 0; start < count; start += batch) {
      const int end = std::min(count, start + batch);
      const std::size_t first = firms_.size();
      for (int n = start; n < end; ++n) firms_.push_back(firm(n));
      Db(store_, officer_[access::Role::licence_officer]).write([&](Act& act) {
        for (std::size_t i = first; i < firms_.size(); ++i) {
          Firm& f = firms_[i];
          const partners::Term term{.state = f.fate == Firm::Fate::applied ? partners::Licence::applied : partners::Licence::active,
                                    .from = act.today.plus_days(-800),
                                    .until = {},
                                    .decree = "KEP-" + std::to_string(1000 + i) + "/CONTOH",
                                    .reason = "",
                                    .legal_basis = "UU 18/2017 Pasal 51"};
          f.company.id = must(partners::register_company(act, f.company, term), f.company.name);
        }
        return Done{};
      });
      tell("perusahaan", end, count);
    }
    made_.companies = count;
    clerks();
  }

  void clerks() {
    system().write([&](Act& act) {
      for (Firm& f : firms_) {
        access::Org org{.id = {},
                        .kind = access::OrgKind::company,
                        .name = f.company.name,
                        .short_name = f.company.name,
                        .company = f.company.id};
        f.org = must(access::register_org(act, org), f.company.name);
        org.id = f.org;
        f.clerk = access::acting(
            {.id = {}, .org = f.org, .login = "", .name = "petugas perusahaan", .role = access::Role::company_clerk}, org);
      }
      return Done{};
    });
    for (std::size_t i = 0; i < std::min<std::size_t>(3, firms_.size()); ++i) {
      Firm& f = firms_[i];
      f.clerk = account(f.org,
                        {.id = f.org,
                         .kind = access::OrgKind::company,
                         .name = f.company.name,
                         .short_name = f.company.name,
                         .company = f.company.id},
                        "p3mi" + std::to_string(i + 1), access::Role::company_clerk);
    }
    // The others have a clerk of their own too, without a password: thousands of passwords would serve nobody.
    for (std::size_t start = 3; start < firms_.size(); start += batch)
      system().write([&](Act& act) {
        for (std::size_t i = start; i < std::min(firms_.size(), start + batch); ++i) {
          Dice own(plan_.seed + i);  // the closure may run twice: it takes nothing from the common dice
          access::User user{.id = {},
                            .org = firms_[i].org,
                            .login = "p3mi" + std::to_string(i + 1),
                            .name = person_name(own),
                            .role = access::Role::company_clerk};
          firms_[i].clerk.user = must(access::register_user(act, user, ""), user.login);
          firms_[i].clerk.name = user.name;
        }
        return Done{};
      });
  }

  offers::Order order_of(const Firm& f, int number, Ending ending, Date day) {
    const auto& where = destinations()[static_cast<std::size_t>(dice_.below(static_cast<int>(destinations().size())))];
    const auto& work = works()[static_cast<std::size_t>(dice_.below(static_cast<int>(works().size())))];
    offers::Order o;
    o.company = f.company.id;
    o.number = "DL-" + std::string(where.country) + "-" + std::to_string(20000 + number);
    o.letter_date = day.plus_days(-dice_.between(5, 40));
    const int employer = dice_.below(6);
    const std::string country(where.country);
    o.employer = employers_[country][static_cast<std::size_t>(employer)];
    o.employer_name = employer_names_[country][static_cast<std::size_t>(employer)];
    o.employer_kind = std::string(work.employer_kind);
    o.country = country;
    o.city = std::string(where.city);
    offers::Post p;
    p.occupation = std::string(work.isco);
    p.title_id = std::string(work.title_id);
    p.title_en = std::string(work.title_en);
    p.quota_any = dice_.between(4, 60);
    const std::int64_t raise = where.pay_floor_minor * dice_.between(10, 48) / 100;
    p.pay = {(where.pay_floor_minor + raise) / 100 * 100, std::string(where.currency)};
    o.contract_months = dice_.pick<int>(std::span<const int>(months_));
    o.hours_week = dice_.between(40, 48);
    o.rest_days_week = dice_.between(1, 2);
    o.leave_days = dice_.between(7, 14);
    o.fee_to_worker = {0, "IDR"};
    o.deductions = {where.pay_floor_minor * dice_.between(2, 8) / 100, std::string(where.currency)};
    o.facilities = "Asrama, asuransi, tiket pulang di akhir kontrak";
    o.requirements = std::string(work.requirements);
    o.min_education = std::string(work.education);
    o.min_age = dice_.chance(30) ? 21 : 18;
    for (int i = 0; i < offers::item_count; ++i) o.contract_items.push_back(static_cast<offers::Item>(i));
    o.recruit_from = day;
    o.recruit_until = ending == Ending::open_then_over ? plan_.today.plus_days(-dice_.between(2, 20))
                                                       : plan_.today.plus_days(dice_.between(3, 120));
    if (ending == Ending::refused || ending == Ending::returned) spoil(o, p);
    o.posts.push_back(p);
    return o;
  }

  // Something an officer would have to find.
  void spoil(offers::Order& o, offers::Post& p) {
    switch (dice_.below(4)) {
      case 0: o.fee_to_worker = {dice_.between(5, 40) * 1'000'000LL, "IDR"}; break;
      case 1: p.pay.minor = p.pay.minor / 2; break;
      case 2: o.contract_items.resize(9); break;
      default: o.country = "KH", o.city = "Poipet", o.employer = {}; break;  // where nobody is registered
    }
  }

  static constexpr int months_[] = {12, 24, 36};

  struct Told {
    offers::OrderId id;
    std::size_t firm;
    Ending ending;
    std::string country;
  };

  // Runs every step of the chain for a set of orders, step by step, each step by those who have that duty.
  void tell_orders(std::vector<Told>& told) {
    using access::Role;
    in_batches(told, [&](std::span<Told> part) {
      std::map<std::string, std::vector<Told*>, std::less<>> by_country;
      for (Told& t : part)
        if (t.ending != Ending::draft && t.ending != Ending::submitted && mission_.contains(t.country))
          by_country[t.country].push_back(&t);
      for (auto& [country, list] : by_country)
        Db(store_, mission_[country]).write([&, &list = list](Act& act) {  // clang 14 does not capture a binding by itself
          for (Told* t : list)
            must(t->ending == Ending::returned
                     ? offers::give_back(act, t->id, revision(act, t->id), {{"pay", "Upah belum sesuai surat permintaan."}})
                     : offers::endorse(act, t->id, revision(act, t->id), "sesuai surat permintaan"),
                 "endorse");
          return Done{};
        });
    });
    in_batches(told, [&](std::span<Told> part) {
      Db(store_, officer_[Role::offer_examiner]).write([&](Act& act) {
        for (const Told& t : part)
          if (passes(t, Ending::examined)) {
            std::vector<offers::Fault> reasons;
            if (t.ending == Ending::refused)
              for (const auto& f : found(act, t.id)) reasons.push_back(f.fault);
            must(offers::examine(act, t.id, revision(act, t.id), t.ending != Ending::refused, reasons,
                                 "diperiksa terhadap surat permintaan"),
                 "examine");
          }
        return Done{};
      });
    });
    in_batches(told, [&](std::span<Told> part) {
      Db(store_, officer_[Role::offer_decider]).write([&](Act& act) {
        for (const Told& t : part) {
          if (!passes(t, Ending::open)) continue;
          const std::string permit =
              t.ending == Ending::refused ? "" : "SIP2MI-" + std::to_string(30000 + made_.open_orders) + "/2026";
          auto order =
              must(offers::decide(act, t.id, revision(act, t.id), true, permit, plan_.today.plus_days(180), "sepakat"), "decide");
          if (t.ending == Ending::refused) continue;
          ++made_.open_orders;
          if (t.ending == Ending::open && open_codes_.size() < 8) open_codes_.push_back(order.code);
        }
        return Done{};
      });
    });
  }

  static bool passes(const Told& t, Ending step) {
    const bool examined = t.ending == Ending::open || t.ending == Ending::open_then_over || t.ending == Ending::refused;
    const bool has_mission = t.country != "KH";
    return has_mission && (examined || (step == Ending::examined && t.ending == Ending::examined));
  }
  static int revision(Act& act, offers::OrderId id) { return offers::find(act, id)->revision; }
  std::vector<offers::Found> found(Act& act, offers::OrderId id) {
    auto order = offers::find(act, id);
    return offers::faults(*order, offers::facts_for(act, *order), act.today);
  }

  template <class T, class F>
  void in_batches(std::vector<T>& all, F&& f) {
    for (std::size_t i = 0; i < all.size(); i += batch)
      f(std::span<T>(all).subspan(i, std::min<std::size_t>(batch, all.size() - i)));
  }

  int order_count() const { return plan_.orders ? plan_.orders : std::max(24, plan_.people / 50); }

  void make_orders(std::vector<Told>& told, int count, const std::function<Ending()>& ending, Date day) {
    std::vector<std::vector<std::pair<std::size_t, offers::Order>>> by_firm(firms_.size());
    for (int i = 0; i < count; ++i) {
      std::size_t f = static_cast<std::size_t>(dice_.below(static_cast<int>(firms_.size())));
      while (firms_[f].fate == Firm::Fate::applied) f = (f + 1) % firms_.size();
      if (i < 3) f = static_cast<std::size_t>(i);  // each of the cast has an order
      const Ending e = i < 3 ? Ending::open : ending();
      auto order = order_of(firms_[f], made_.orders + i, e, day);
      told.push_back({.id = {}, .firm = f, .ending = e, .country = order.country});
      by_firm[f].emplace_back(told.size() - 1, std::move(order));
    }
    made_.orders += count;
    int done = 0;
    for (std::size_t f = 0; f < by_firm.size(); ++f) {
      if (by_firm[f].empty()) continue;
      Db(store_, firms_[f].clerk).write([&](Act& act) {
        for (auto& [index, order] : by_firm[f]) {
          told[index].id = must(offers::draft(act, order), "draft");
          must(offers::attach_letter(act, told[index].id, letter_pdf(order.number, order.employer_name)), "letter");
          if (told[index].ending != Ending::draft)
            must(offers::submit(act, told[index].id, revision(act, told[index].id)), "submit");
        }
        return Done{};
      });
      done += static_cast<int>(by_firm[f].size());
      tell("job order", done, count);
    }
  }

  void orders(Ending ending, Date day) {
    stand_on(day);
    std::vector<Told> told;
    make_orders(
        told, order_count() / 12, [&] { return ending; }, day);
    tell_orders(told);
  }

  void orders_of_today() {
    stand_on(plan_.today.plus_days(-6));
    std::vector<Told> told;
    const auto ending = [&] {
      const int lot = dice_.below(100);
      return lot < 66   ? Ending::open
             : lot < 73 ? Ending::submitted
             : lot < 79 ? Ending::endorsed
             : lot < 84 ? Ending::examined
             : lot < 90 ? Ending::refused
             : lot < 95 ? Ending::returned
                        : Ending::draft;
    };
    make_orders(told, order_count() - order_count() / 12, ending, plan_.today.plus_days(-6));
    tell_orders(told);
  }

  // What happened to licences since.
  void fates() {
    stand_on(plan_.today.plus_days(-3));
    Db(store_, officer_[access::Role::licence_officer]).write([&](Act& act) {
      for (const Firm& f : firms_) {
        if (f.fate == Firm::Fate::suspended)
          must(partners::set_licence(act, f.company.id,
                                     {.state = partners::Licence::suspended_full,
                                      .from = act.today,
                                      .until = {},
                                      .decree = "KEP-SKORS/CONTOH",
                                      .reason = "Deposito jaminan belum diisi kembali",
                                      .legal_basis = "Permen P2MI 4/2025"}),
               "suspend");
        if (f.fate == Firm::Fate::revoked)
          must(partners::set_licence(act, f.company.id,
                                     {.state = partners::Licence::revoked,
                                      .from = act.today,
                                      .until = {},
                                      .decree = "KEP-CABUT/CONTOH",
                                      .reason = "Menempatkan di luar kuota dan memungut biaya",
                                      .legal_basis = "Permen P2MI 4/2025"}),
               "revoke");
      }
      return Done{};
    });
  }

  void warnings() {
    stand_on(plan_.today.plus_days(-2));
    Db(store_, officer_[access::Role::offer_examiner]).write([&](Act& act) {
      for (const auto& d : destinations())
        must(offers::set_rate(act, d.currency, act.today, d.rupiah_scaled, "contoh (example)", true), "rate");
      return Done{};
    });
    Db(store_, officer_[access::Role::placement_chief]).write([&](Act& act) {
      for (int i = 0; i < 6; ++i) {
        offers::Warning w;
        const std::string tail = std::to_string(900 + i);
        w.marks = {{offers::Mark::phone, "+628120000" + tail}, {offers::Mark::account, "0000000" + tail}};
        if (i == 0) w.marks.push_back({offers::Mark::name, "PT Layar Semu Perkasa"});
        if (i == 1) w.marks.push_back({offers::Mark::host, "kerja-cepat-eropa.example"});
        w.title = i % 2 ? "Tawaran kerja pabrik lewat pesan berantai" : "Permintaan uang kursi ke rekening pribadi";
        w.reason = "Diterbitkan setelah dua sumber berbeda diperiksa petugas. Jangan membayar dan jangan menyerahkan paspor.";
        must(offers::publish_warning(act, w), "warning");
        ++made_.warnings;
      }
      return Done{};
    });
  }

  void examples() {
    const std::string code = open_codes_.empty() ? std::string() : show_code(open_codes_.front());
    made_.examples = {"Info loker " + code,
                      "Lowongan Jepang lewat PT Maju Jaya Abadi, gaji bagus, kuota terbatas, minat hubungi 0812-0000-4321",
                      "Kerja pabrik di Eropa, gaji 40 jt! Visa turis dulu. Transfer 7.500.000 hari ini ke rek 0000 000 900, hub "
                      "0812 0000 900, PT Layar Semu Perkasa"};
  }
};

}  // namespace

Made make(db::Store& store, const Plan& plan, const Progress& progress) { return Maker(store, plan, progress).make(); }

}  // namespace rantau::demo
