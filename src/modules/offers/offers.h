// Job orders from abroad, who may be sent to them, and the public check "Cek tawaran kerja".
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "db/act.h"
#include "modules/partners/partners.h"
#include "web/web.h"

namespace rantau::offers {

using OrderId = Id<struct OrderTag>;
using PostId = Id<struct PostTag>;
using WarningId = Id<struct WarningTag>;
using FloorId = Id<struct FloorTag>;

// The chain of a job order, domain README 5.7: demand letter -> SIP2MI -> open.
enum class Stage {
  draft,
  submitted,
  verif_atnaker,
  returned,
  endorsed,
  examined,
  sip2mi_issued,
  open,
  full,
  expired,
  suspended,
  revoked,
  refused,
  withdrawn,  // by its company, before a decision was proposed
  discarded   // a draft its company threw away; nobody else ever sees it
};
std::string_view word(Stage);
std::optional<Stage> stage_from(std::string_view);

// Whom a place is for. A man takes a place for men first, then one for anybody.
enum class Seat { anybody, man, woman };
std::string_view word(Seat);
struct Taken {
  int reserved = 0, used = 0;
};

// One post of an order: what is done, by how many, for what pay.
struct Post {
  PostId id;
  std::string occupation;  // ISCO-08, four digits
  std::string title_id, title_en;
  int quota_men = 0, quota_women = 0, quota_any = 0;
  int reserved = 0, used = 0;    // of all places
  Taken any{}, men{}, women{};   // the same, apart
  Money pay;                     // a month
  std::string sex_rule_kind{};   // one of sex_rule_kinds, where the places are not the same number for both sexes
  std::string sex_rule_basis{};  // its number or reference
};
inline constexpr std::array<std::string_view, 3> sex_rule_kinds{"destination_law", "agreement", "indonesian_law"};
// Does the post name a kind of basis and a reference with a number in it? Pure.
bool sex_basis_stated(const Post&);
int quota(const Post&);
int left(const Post&);
int quota(const Post&, Seat);  // of the places for these alone
int left(const Post&, Seat);
const Taken& taken(const Post&, Seat);

// The minimum content of a work contract (Perban BP2MI 1/2020), as ticks of the draft attached.
enum class Item {
  parties,
  identity,
  job_description,
  workplace,
  hours,
  wage,
  leave,
  facilities,
  social_security,
  term,
  dispute,
  termination
};
constexpr int item_count = 12;
std::string_view word(Item);

struct Order {
  OrderId id;
  CompanyId company;
  std::string number;  // demand letter number
  Date letter_date;
  partners::ForeignId employer;  // registered partner or employer; draft and amend take country and name from it where empty
  std::string employer_name, employer_kind, country, city;  // country alpha-2; kind household|legal_entity|ship
  std::string scheme = "P2P";
  std::vector<Post> posts{};
  int contract_months = 0, hours_week = 0, rest_days_week = 0, leave_days = 0;
  Money fee_to_worker;  // what the worker is asked to pay in all: must be 0 (UU 18/2017 art. 30)
  Money deductions;     // a month
  std::string facilities, requirements, min_education;
  int min_age = 18;
  std::vector<Item> contract_items{};
  Date recruit_from, recruit_until;
  std::string sip2mi;  // permit number, when issued
  Date sip2mi_until;
  std::string code;  // public code, when open
  Stage stage = Stage::draft;
  UserId submitted_by, examined_by, decided_by;
  Instant submitted_at, examined_at, decided_at, stage_since;
  int revision = 1;                     // optimistic: a decision names the revision it saw
  int letter_quota = 0;                 // what the demand letter asks for in all; 0: as the posts say
  std::optional<bool> proposed_verify;  // what the first eye proposes, while it waits for the second
};
int quota(const Order&);  // of all posts
int left(const Order&);
// The stage as it is on that day: an open order whose permit or recruitment has ended is expired, one without places full.
Stage stage_on(const Order&, Date);

// Everything that speaks against sending a worker to this order. Pure: no database, no clock.
enum class Fault {
  licence_not_valid,
  worker_charged_fee,
  pay_below_floor,
  pay_floor_unknown,
  pay_rate_missing,
  net_below_floor,
  deductions_excessive,
  scheme_elsewhere,
  not_ship_work,
  country_closed,
  country_not_stated,
  post_closed,
  quota_exceeded,
  quota_empty,
  sex_rule_without_basis,
  contract_items_missing,
  permit_expired,
  recruitment_over,
  age_below_minimum,
  hours_excessive,
  letter_missing,
  letter_in_future,
  letter_elsewhere,
  occupation_unknown,
  permit_too_long,
  partner_not_named,
  partner_elsewhere,
  partner_unregistered,
  partner_not_yet,
  partner_lapsed,
  // What only a person can judge, and says why.
  letter_doubtful,
  employer_unfit,
  contract_unlawful,
};
constexpr int fault_count = static_cast<int>(Fault::contract_unlawful) + 1;
std::string_view word(Fault);
std::optional<Fault> fault_from(std::string_view);
bool blocks(Fault);                    // false: a doubt to be read, not a bar
bool of_partner(Fault);                // about the registered foreign partner
bool judged(Fault);                    // no rule finds it: a person names it, with a note
bool of_office(Fault);                 // the office itself has to enter what is missing; the company cannot
std::string_view legal_source(Fault);  // "UU 18/2017 Pasal 30"
// Rupiah for one whole unit of a currency x 10,000, on a day, with its source: the only way to compare pay in two currencies.
struct Rate {
  std::string currency;
  Date day;
  std::int64_t scaled = 0;
  std::string source;
  UserId by{};
};
// The lowest pay of a destination for a kind of work, a month, as the office read it in a letter. Only ever added to.
struct Floor {
  FloorId id;
  std::string country, occupation;  // alpha-2; ISCO-08 prefix ("5322", "53"), "" = every work there
  Money amount;
  Date from;
  std::string source, page;  // letter or decree with its number; page or article in it
  UserId by{};
  Instant at{};
};
// The floor that counts: the closest kind of work, then the newest day, then the last entry. Nothing: none is on record. Pure.
std::optional<Floor> floor_on(const std::vector<Floor>&, std::string_view country, std::string_view isco, Date day);
// Does ISCO-08 have this group (one to three digits) or the minor group of this code (four digits)? Pure.
bool isco_known(std::string_view code);
bool ship_work(std::string_view isco);  // done by the crew of a ship, its hotel side included. Pure.
struct Found {
  Fault fault;
  Words words;         // for the sentence offers.fault.<word>: {post}, {pay}, {floor}, {missing}... money as read in Indonesia
  Money pay, floor{};  // the amounts behind {pay} or {fee} and {floor}, to be shown in another language
  std::vector<Rate> rates{};      // by which they were compared or are shown in rupiah
  std::vector<OrderId> others{};  // the other orders of {other}, at most most_named
};
struct SameLetter {  // another order that names the same letter of the same employer
  OrderId order;
  std::string company, code;
};
struct Facts {  // what the rule needs besides the order
  partners::Company company;
  std::vector<partners::OpenRule> openness;
  int quota_granted_elsewhere = 0;  // by other open orders under the same demand letter
  int quota_of_letter = 0;          // what the demand letter asks for in all; 0 = as the posts say
  std::vector<Rate> rates{};        // the newest of each currency that the order or its floor names
  std::vector<Floor> floors{};      // of its country
  std::vector<SameLetter> same_letter{};
  std::optional<partners::Foreign> partner{};  // that the order names, as it is registered
};
constexpr int most_named = 3;     // of other orders with the same letter; the others are counted
constexpr int permit_days = 366;  // a SIP2MI longer than a year is a slip or an abuse; the office's own limit
constexpr int rate_days = 90;     // an older rate is shown with its day, but decides nothing
std::vector<Found> faults(const Order&, const Facts&, Date today);

// --- use cases ------------------------------------------------------------------------------------------------------
Result<OrderId> draft(Act&, Order);        // submit_job_orders, own company
Result<Done> amend(Act&, OrderId, Order);  // draft or returned only
// The demand letter: PDF, JPEG or PNG, by its bytes, while the company has the order. What nobody else has had before him is
// replaced; what was sent once stays beneath.
Result<Done> attach_letter(Act&, OrderId, std::string_view bytes);
Result<Done> submit(Act&, OrderId, int revision);
Result<Done> discard(Act&, OrderId, int revision);                            // its company's draft; can be taken back
Result<Done> withdraw(Act&, OrderId, int revision, std::string_view reason);  // until a decision is proposed; can be taken back
// A mission is an organisation that endorses the letters of one or more countries.
Result<Done> set_mission(Act&, OrgId, std::string_view country);  // manage_users
std::vector<std::string> mission_countries(Act&, OrgId);
bool has_mission(Act&, std::string_view country);
// Where no mission of the register serves a country, the letter of the mission that is accredited there is recorded by hand.
struct Endorsement {
  std::string mission, number;
  Date day;
};
Result<Done> endorse_on_paper(Act&, OrderId, int revision, const Endorsement&);  // examine_job_orders
// Every step names the revision its reader had before him: who was slower is told, and nothing of his is written.
Result<Done> take_up(Act&, OrderId, int revision);                         // the mission says that it has begun
Result<Done> endorse(Act&, OrderId, int revision, std::string_view note);  // mission, for its country
Result<Done> give_back(Act&, OrderId, int revision,
                       const std::vector<std::pair<std::string, std::string>>& field_reasons);  // returned
// First eye: proposes. The proposal and its reasons wait for another person. A refusal names only reasons that the rules find
// on that day, or that a person judges and explains; never what the office itself has left undone.
Result<Done> examine(Act&, OrderId, int revision, bool verify, const std::vector<Fault>& reasons, std::string_view note);
// Second eye: agrees or disagrees with the proposal; never the person who examined. Agreeing to verify issues the SIP2MI
// number and the public code and opens the order.
Result<Order> decide(Act&, OrderId, int revision, bool agree, std::string_view sip2mi, Date sip2mi_until, std::string_view note);
// Quota without races: 200 at once on 7 places end with exactly 7.
Result<Done> reserve(Act&, PostId, Seat = Seat::anybody);
Result<Done> release(Act&, PostId, Seat = Seat::anybody);

struct Query {
  std::string country, occupation, education, text;
  int page = 1;
};
std::vector<Order> open_orders(Act&, const Query&, int count, int& total);
std::optional<Order> find(Act&, OrderId);
std::optional<Order> find_by_code(Act&, std::string_view code);  // any stage that was public once
Facts facts_for(Act&, const Order&);
// Public addresses of this module with the time of their last change, for the sitemap.
std::vector<std::pair<std::string, Instant>> sitemap(Act&);

// `sure`: the officer has looked again at a value that is twice or half the one before.
Result<Done> set_rate(Act&, std::string_view currency, Date day, std::int64_t rupiah_scaled, std::string_view source,
                      bool sure = false);                       // examine_job_orders
std::vector<Rate> rates(Act&, int count);                       // by currency, newest first
std::optional<Rate> rate_for(Act&, std::string_view currency);  // the newest that is not after today
Money in_rupiah(const Money&, const Rate&);                     // rounded half up

// What a destination pays at least, with its source; never by a company. `sure`: as for rates. examine_job_orders
Result<FloorId> set_floor(Act&, Floor, bool sure = false);
std::vector<Floor> floors(Act&, std::string_view country, int count);  // "" = of all countries; newest first of each work

// --- warnings an officer has published ---------------------------------------------------------------------------------
enum class Mark { phone, account, name, host, text };  // what the warning is about
std::string_view word(Mark);
struct WarningMark {
  Mark mark{};
  std::string value;    // in publish_warning as typed; kept normalised
  std::string shown{};  // a name or a text as the officer wrote it
};
struct Warning {
  WarningId id;
  std::string number;  // "0412/2026"
  std::vector<WarningMark> marks{};
  std::string title, reason;
  CompanyId company{};
  Instant published_at;
  UserId published_by;
  bool withdrawn = false;
};
Result<WarningId> publish_warning(Act&, const Warning&);
Result<Done> withdraw_warning(Act&, WarningId, std::string_view reason);
std::vector<Warning> warnings(Act&, int count);            // in force, newest first
std::vector<Warning> withdrawn_warnings(Act&, int count);  // for the officer who may still undo
std::optional<Warning> find_warning(Act&, std::string_view number);
Result<Done> undo_withdrawal(Act&, WarningId);  // within 60 seconds
// The form in which a mark is kept and compared; nothing: too short or no phone, account or host at all.
std::optional<std::string> normal_mark(Mark, std::string_view typed);

// --- Cek tawaran -----------------------------------------------------------------------------------------------------
enum class Kind {
  code,
  licence_number,
  permit_number,
  phone,
  account,
  company,
  country,
  money,
  link,
  email,
  visa,      // a visa that is not for work: "visa turis"
  document,  // papers taken away: "paspor ditahan"
  demand,    // money asked for without an amount: "bayar DP dulu"
  byway,     // a way around the law: "jalur belakang"
};
std::string_view word(Kind);
struct Piece {
  Kind kind;
  std::string value, shown;
  std::size_t from = 0, to = 0;  // byte range in the text
  // Money: what the words around it say. `noted`: "potongan 2 jt", "pay 2 jt": asked for, unless the record has this amount.
  enum Said { plain, asked, promised, noted } said = plain;
  Money money{};  // money only
};
// What a pasted text mentions. Pure; linear in the text; at most 20,000 characters are read.
std::vector<Piece> pieces(std::string_view text);

enum class Color { resmi, belum_terbukti, bahaya };
std::string_view word(Color);
// Places of its sentences that read differently in each language are named by what they hold: {day_…} an ISO day,
// {money_…} "IDR 7500000", {country_…} alpha-2, {job_…} "Perawat|Nurse".
// said() makes them readable.
struct Cause {
  std::string code;
  Sentence title, sentence, source;
  std::string as_of;  // ISO day
  Color color{};
};
struct Verdict {
  Color color = Color::belum_terbukti;
  std::vector<Cause> causes;
  std::vector<Piece> found;
  std::string as_of;                    // date of the newest source used
  std::optional<Order> order;           // the job order that fits
  std::vector<partners::Likely> maybe;  // "Maksud Anda …?"
  std::string code_hint;                // place of the letter that is probably wrong: "6"
  // Pay stated in the text beside the pay of `order`; `in_text_money`: the order's pay in the currency of the text.
  struct Compared {
    Money official, stated, in_text_money;
    std::string rate_source;  // where the rate is from, when it was converted
  };
  std::optional<Compared> pay{};
};
struct Answers {
  bool asked_to_pay = false, office_unseen = false, no_contract = false, holds_passport = false, tourist_visa = false;
  bool from_qr = false;  // the text was read from a QR: whoever scans it is led to its address at once
};
// The verdict on a text. Reads public facts only; never an unconfirmed report. Never says "aman".
// This office as a message may name it: host and port of its public address ("rantau.example", "localhost:8301"), its
// telephone and its WhatsApp number. A link is to us when host and port are the same, never when they only begin so.
struct Own {
  std::string site{}, hotline{}, whatsapp{};
};
std::string address_of_site(std::string_view url);  // "https://Rantau.example/" -> "rantau.example"
Verdict check(Act&, std::string_view text, const Answers& = {}, const Own& = {});
std::string to_json(const Verdict&, std::string_view lang);
Sentence said(const Sentence&, std::string_view lang);
// What is wrong with a typed text before it is read at all: empty, too short, too long. For pages, API and command line.
std::optional<Sentence> unreadable(std::string_view text, std::string_view lang);
// Counts one check: kind of input, answer, country. Nothing of the text is kept.
void count_check(Act&, const Verdict&);
// Text of QR codes in a photo (libzxing). Refuses what is no image or too large.
Result<std::vector<std::string>> read_qr(std::string_view image_bytes);

// Told after an order changed: topic "orders", event "changed", data the order's number. The program hands in the server's
// publish(); without it pages ask by themselves.
using Notify = std::function<void(std::string_view topic, std::string_view event, std::string_view data)>;
void notify_with(Notify);

void check_routes(web::Router&);  // /cek /v/{code} /peringatan /umpan/peringatan.xml /api/v1/offer-checks
void routes(web::Router&);        // /cek /lowongan /v/{code} /peringatan /umpan/… /k/pesanan… /mitra/pesanan… /api/v1/…

}  // namespace rantau::offers
