// All SQL of job orders.
#include "modules/offers/store.h"

#include <algorithm>

#include "base/text.h"
#include "modules/offers/list_store.h"

namespace rantau::offers::store {
namespace {

std::string items_text(const std::vector<Item>& items) {
  std::string all;
  for (Item i : items) all += (all.empty() ? "" : " ") + std::string(word(i));
  return all;
}

std::vector<Item> items_from(std::string_view text) {
  std::vector<Item> items;
  for (int i = 0; i < item_count; ++i) {
    const std::string padded = " " + std::string(text) + " ";
    if (padded.find(" " + std::string(word(static_cast<Item>(i))) + " ") != std::string::npos)
      items.push_back(static_cast<Item>(i));
  }
  return items;
}

Money money(const db::Row& row, std::size_t at) { return {row.num(at), row.text(at + 1)}; }
int whole(const db::Row& row, std::size_t at) { return static_cast<int>(row.num(at)); }

Order order_from(const db::Row& r) {
  Order o;
  o.id = r.id<OrderId>(0);
  o.company = r.id<CompanyId>(1);
  o.number = r.text(2);
  o.letter_date = r.day(3);
  o.letter_quota = whole(r, 4);
  o.employer = r.id<partners::ForeignId>(5);
  o.employer_name = r.text(6);
  o.employer_kind = r.text(7);
  o.country = r.text(8);
  o.city = r.text(9);
  o.scheme = r.text(10);
  o.contract_months = whole(r, 11);
  o.hours_week = whole(r, 12);
  o.rest_days_week = whole(r, 13);
  o.leave_days = whole(r, 14);
  o.fee_to_worker = money(r, 15);
  o.deductions = money(r, 17);
  o.facilities = r.text(19);
  o.requirements = r.text(20);
  o.min_education = r.text(21);
  o.min_age = whole(r, 22);
  o.contract_items = items_from(r.text(23));
  o.recruit_from = r.day(24);
  o.recruit_until = r.day(25);
  o.sip2mi = r.text(26);
  o.sip2mi_until = r.day(27);
  o.code = r.text(28);
  o.stage = stage_from(r.text(29)).value_or(Stage::draft);
  if (!r.text(30).empty()) o.proposed_verify = r.text(30) == "verify";
  o.submitted_by = r.id<UserId>(31);
  o.examined_by = r.id<UserId>(32);
  o.decided_by = r.id<UserId>(33);
  o.submitted_at = r.at(34);
  o.examined_at = r.at(35);
  o.decided_at = r.at(36);
  o.stage_since = r.at(37);
  o.revision = whole(r, 38);
  return o;
}

Post post_from(const db::Row& r) {
  Post p;
  p.id = r.id<PostId>(0);
  p.occupation = r.text(1);
  p.title_id = r.text(2);
  p.title_en = r.text(3);
  p.quota_men = whole(r, 4);
  p.quota_women = whole(r, 5);
  p.quota_any = whole(r, 6);
  p.pay = money(r, 7);
  p.sex_rule_basis = r.text(9);
  p.sex_rule_kind = r.text(16);
  p.any = {whole(r, 10), whole(r, 13)};
  p.men = {whole(r, 11), whole(r, 14)};
  p.women = {whole(r, 12), whole(r, 15)};
  p.reserved = p.any.reserved + p.men.reserved + p.women.reserved;
  p.used = p.any.used + p.men.used + p.women.used;
  return p;
}

void insert_posts(db::Connection& db, const Order& o) {
  int place = 0;
  for (const Post& p : o.posts)
    db("INSERT INTO offers_post (id, of_order, place, occupation, title_id, title_en, search, quota_men, quota_women, quota_any,"
       " pay_minor, pay_currency, sex_rule_basis, sex_rule_kind)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
       p.id, o.id, ++place, p.occupation, p.title_id, p.title_en, text::fold(p.title_id + " " + p.title_en), p.quota_men,
       p.quota_women, p.quota_any, p.pay.minor, p.pay.currency, p.sex_rule_basis, p.sex_rule_kind);
}

std::string proposal(const Order& o) { return !o.proposed_verify ? "" : *o.proposed_verify ? "verify" : "refuse"; }
std::optional<std::string> code_or_null(const Order& o) { return o.code.empty() ? std::nullopt : std::optional(o.code); }

}  // namespace

std::string pattern(std::string_view typed) {
  std::string clean = text::fold(typed);
  std::erase_if(clean, [](char c) { return c == '%' || c == '_' || c == '\\'; });
  return clean.empty() ? "" : "%" + clean + "%";
}

std::optional<Order> find(db::Connection& db, OrderId id) {
  const auto row =
      db("SELECT id, company, number, letter_date, letter_quota, employer, employer_name, employer_kind, country, city,"
         " scheme, contract_months, hours_week, rest_days_week, leave_days, fee_minor, fee_currency, deductions_minor,"
         " deductions_currency, facilities, requirements, min_education, min_age, contract_items, recruit_from,"
         " recruit_until, sip2mi, sip2mi_until, code, stage, proposal, submitted_by, examined_by, decided_by,"
         " submitted_at, examined_at, decided_at, stage_since, revision FROM offers_order WHERE id = $1",
         id)
          .one();
  if (!row) return {};
  Order o = order_from(*row);
  for (const auto& post : db("SELECT id, occupation, title_id, title_en, quota_men, quota_women, quota_any, pay_minor,"
                             " pay_currency, sex_rule_basis, reserved_any, reserved_men,"
                             " reserved_women, used_any, used_men, used_women, sex_rule_kind"
                             " FROM offers_post WHERE of_order = $1 ORDER BY place",
                             id))
    o.posts.push_back(post_from(post));
  return o;
}

OrderId id_of_code(db::Connection& db, std::string_view code) {
  const auto row = db("SELECT id FROM offers_order WHERE code = $1", code).one();
  return row ? row->id<OrderId>(0) : OrderId{};
}

OrderId id_of_sip2mi(db::Connection& db, std::string_view sip2mi) {
  const auto row = db("SELECT id FROM offers_order WHERE sip2mi = $1 AND sip2mi <> ''", sip2mi).one();
  return row ? row->id<OrderId>(0) : OrderId{};
}

OrderId id_of_post(db::Connection& db, PostId post) {
  const auto row = db("SELECT of_order FROM offers_post WHERE id = $1", post).one();
  return row ? row->id<OrderId>(0) : OrderId{};
}

void insert(db::Connection& db, const Order& o) {
  db("INSERT INTO offers_order (id, company, number, letter_date, letter_quota, employer, employer_name, employer_kind, country,"
     " city, scheme, contract_months, hours_week, rest_days_week, leave_days, fee_minor, fee_currency, deductions_minor,"
     " deductions_currency, facilities, requirements, min_education, min_age, contract_items, recruit_from, recruit_until, stage,"
     " stage_since, revision)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,"
     " $26, $27, $28, $29)",
     o.id, o.company, o.number, o.letter_date, o.letter_quota, o.employer, o.employer_name, o.employer_kind, o.country, o.city,
     o.scheme, o.contract_months, o.hours_week, o.rest_days_week, o.leave_days, o.fee_to_worker.minor, o.fee_to_worker.currency,
     o.deductions.minor, o.deductions.currency, o.facilities, o.requirements, o.min_education, o.min_age,
     items_text(o.contract_items), o.recruit_from, o.recruit_until, word(o.stage), o.stage_since, o.revision);
  insert_posts(db, o);
  index_order(db, o);
}

bool rewrite(db::Connection& db, const Order& o) {
  const auto done = db(
      "UPDATE offers_order SET number = $2, letter_date = $3, letter_quota = $4, employer = $5, employer_name = $6,"
      " employer_kind = $7, country = $8, city = $9, scheme = $10, contract_months = $11, hours_week = $12, rest_days_week = $13,"
      " leave_days = $14, fee_minor = $15, fee_currency = $16, deductions_minor = $17, deductions_currency = $18,"
      " facilities = $19, requirements = $20, min_education = $21, min_age = $22, contract_items = $23, recruit_from = $24,"
      " recruit_until = $25, revision = revision + 1 WHERE id = $1 AND revision = $26",
      o.id, o.number, o.letter_date, o.letter_quota, o.employer, o.employer_name, o.employer_kind, o.country, o.city, o.scheme,
      o.contract_months, o.hours_week, o.rest_days_week, o.leave_days, o.fee_to_worker.minor, o.fee_to_worker.currency,
      o.deductions.minor, o.deductions.currency, o.facilities, o.requirements, o.min_education, o.min_age,
      items_text(o.contract_items), o.recruit_from, o.recruit_until, o.revision);
  if (done.changed() == 0) return false;
  db("DELETE FROM offers_post WHERE of_order = $1", o.id);
  insert_posts(db, o);
  index_order(db, o);
  return true;
}

namespace {

// One more or one less open order; what is not open is not counted.
void count_open(db::Connection& db, Stage stage, std::string_view country, Date recruit_until, Date sip2mi_until, int n) {
  if (stage != Stage::open) return;
  const std::string recruits = recruit_until.known() ? recruit_until.iso() : "9999-12-31";
  const std::string permitted = sip2mi_until.known() ? sip2mi_until.iso() : "9999-12-31";
  db("INSERT INTO offers_open_count (country, until_day, n) VALUES ($1, $2, $3)"
     " ON CONFLICT (country, until_day) DO UPDATE SET n = offers_open_count.n + EXCLUDED.n",
     country, std::min(recruits, permitted), n);
}

}  // namespace

bool move(db::Connection& db, const Order& o, int seen_revision) {
  const auto was = db("SELECT stage, country, recruit_until, sip2mi_until FROM offers_order WHERE id = $1 AND revision = $2", o.id,
                      seen_revision)
                       .one();
  if (!was) return false;
  count_open(db, stage_from(was->text(0)).value_or(Stage::draft), was->text(1), was->day(2), was->day(3), -1);
  count_open(db, o.stage, was->text(1), was->day(2), o.sip2mi_until, 1);
  const auto moved =
      db("UPDATE offers_order SET stage = $2, stage_since = $3, proposal = $4, sip2mi = $5, sip2mi_until = $6, code = $7,"
         " submitted_by = $8, examined_by = $9, decided_by = $10, submitted_at = $11, examined_at = $12, decided_at = $13,"
         " revision = revision + 1 WHERE id = $1 AND revision = $14",
         o.id, word(o.stage), o.stage_since, proposal(o), o.sip2mi, o.sip2mi_until, code_or_null(o), o.submitted_by, o.examined_by,
         o.decided_by, o.submitted_at, o.examined_at, o.decided_at, seen_revision);
  if (moved.changed() != 1) return false;
  index_order(db, o);
  return true;
}

std::vector<Listed> open(db::Connection& db, const Query& query, Date today) {
  const std::string what = query.occupation.empty() ? query.text : query.occupation;
  std::vector<Listed> found;
  for (const auto& row : db("SELECT o.id, o.company, o.min_education, o.country FROM offers_order o WHERE o.stage = 'open'"
                            " AND o.recruit_until >= $1 AND o.sip2mi_until >= $1 AND ($2 = '' OR o.country = $2)"
                            " AND EXISTS (SELECT 1 FROM offers_post p WHERE p.of_order = o.id"
                            "  AND p.reserved_men + p.reserved_women + p.reserved_any + p.used_men + p.used_women + p.used_any"
                            "   < p.quota_men + p.quota_women + p.quota_any"
                            "  AND ($3 = '' OR p.search LIKE $3 OR p.occupation = $4))"
                            " ORDER BY o.decided_at DESC, o.id DESC",
                            today, query.country, pattern(what), what))
    found.push_back({row.id<OrderId>(0), row.id<CompanyId>(1), row.text(2), row.text(3)});
  return found;
}

int granted_elsewhere(db::Connection& db, const Order& o, Date today) {
  if (o.number.empty()) return 0;
  return static_cast<int>(
      db("SELECT COALESCE(SUM(p.quota_men + p.quota_women + p.quota_any), 0) FROM offers_order o"
         " JOIN offers_post p ON p.of_order = o.id"
         " WHERE o.company = $1 AND o.number = $2 AND o.id <> $3 AND o.stage = 'open' AND o.recruit_until >= $4",
         o.company.value, o.number, o.id.value, today)
          .number());
}

std::vector<OfLetter> same_letter(db::Connection& db, const Order& o) {
  std::string number;
  for (char c : o.number)
    if (c != ' ' && c != '-' && c != '/' && c != '.') number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (number.empty()) return {};
  std::vector<OfLetter> all;
  for (const auto& r :
       db("SELECT id, company, code, employer, employer_name FROM offers_order"
          " WHERE UPPER(REPLACE(REPLACE(REPLACE(REPLACE(number, ' ', ''), '-', ''), '/', ''), '.', '')) = $1 AND country = $2"
          " AND id <> $3 AND stage NOT IN ('draft', 'discarded', 'withdrawn', 'refused') ORDER BY id LIMIT 1000",
          number, o.country, o.id.value)) {
    const bool same =
        (o.employer && r.id<partners::ForeignId>(3) == o.employer) || text::fold(r.text(4)) == text::fold(o.employer_name);
    if (same) all.push_back({r.id<OrderId>(0), r.id<CompanyId>(1), r.text(2)});
  }
  return all;
}

namespace {

bool reserve_row(db::Connection& db, PostId post, Seat pool) {
  switch (pool) {
    case Seat::man:
      return db("UPDATE offers_post SET reserved_men = reserved_men + 1 WHERE id = $1 AND reserved_men + used_men < quota_men",
                post)
                 .changed() == 1;
    case Seat::woman:
      return db("UPDATE offers_post SET reserved_women = reserved_women + 1"
                " WHERE id = $1 AND reserved_women + used_women < quota_women",
                post)
                 .changed() == 1;
    case Seat::anybody:
      return db("UPDATE offers_post SET reserved_any = reserved_any + 1 WHERE id = $1 AND reserved_any + used_any < quota_any",
                post)
                 .changed() == 1;
  }
  return false;
}

bool release_row(db::Connection& db, PostId post, Seat pool) {
  switch (pool) {
    case Seat::man:
      return db("UPDATE offers_post SET reserved_men = reserved_men - 1 WHERE id = $1 AND reserved_men > 0", post).changed() == 1;
    case Seat::woman:
      return db("UPDATE offers_post SET reserved_women = reserved_women - 1 WHERE id = $1 AND reserved_women > 0", post)
                 .changed() == 1;
    case Seat::anybody:
      return db("UPDATE offers_post SET reserved_any = reserved_any - 1 WHERE id = $1 AND reserved_any > 0", post).changed() == 1;
  }
  return false;
}

}  // namespace

bool reserve(db::Connection& db, PostId post, Seat pool) {
  if (!reserve_row(db, post, pool)) return false;
  count_place(db, post, -1);
  return true;
}

bool release(db::Connection& db, PostId post, Seat pool) {
  if (!release_row(db, post, pool)) return false;
  count_place(db, post, 1);
  return true;
}

StepId add_step(db::Connection& db, std::int64_t id, OrderId order, Instant at, UserId by, std::string_view what, Stage stage,
                int revision, std::string_view note) {
  db("INSERT INTO offers_step (id, of_order, at, by_user, what, stage, revision, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", id,
     order, at, by, what, word(stage), revision, note);
  return {id};
}

void add_reason(db::Connection& db, StepId step, int place, const Reason& why) {
  db("INSERT INTO offers_reason (step, place, field, fault, reason) VALUES ($1, $2, $3, $4, $5)", step, place, why.field, why.fault,
     why.reason);
}

std::vector<Step> steps(db::Connection& db, OrderId order) {
  std::vector<Step> all;
  for (const auto& row :
       db("SELECT id, at, by_user, what, note, stage, revision FROM offers_step WHERE of_order = $1 ORDER BY id", order))
    all.push_back({row.id<StepId>(0),
                   row.at(1),
                   row.id<UserId>(2),
                   row.text(3),
                   row.text(4),
                   stage_from(row.text(5)).value_or(Stage::draft),
                   whole(row, 6),
                   {}});
  for (const auto& row : db("SELECT r.step, r.field, r.fault, r.reason FROM offers_reason r JOIN offers_step s ON s.id = r.step"
                            " WHERE s.of_order = $1 ORDER BY r.step, r.place",
                            order)) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Step& s) { return s.id.value == row.num(0); });
    if (at != all.end()) at->reasons.push_back({row.text(1), row.text(2), row.text(3)});
  }
  return all;
}

void keep_before(db::Connection& db, StepId step, const Order& o) {
  int taken = 0;
  for (const Post& p : o.posts) taken += p.reserved + p.used;
  db("INSERT INTO offers_before (step, stage, stage_since, proposal, sip2mi, sip2mi_until, code, submitted_by, examined_by,"
     " decided_by, submitted_at, examined_at, decided_at, taken)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
     step, word(o.stage), o.stage_since, proposal(o), o.sip2mi, o.sip2mi_until, o.code, o.submitted_by, o.examined_by, o.decided_by,
     o.submitted_at, o.examined_at, o.decided_at, taken);
}

std::optional<Before> before(db::Connection& db, StepId step) {
  const auto row = db("SELECT stage, stage_since, proposal, sip2mi, sip2mi_until, code, submitted_by, examined_by, decided_by,"
                      " submitted_at, examined_at, decided_at, taken FROM offers_before WHERE step = $1",
                      step)
                       .one();
  if (!row) return {};
  Before b;
  b.order.stage = stage_from(row->text(0)).value_or(Stage::draft);
  b.order.stage_since = row->at(1);
  if (!row->text(2).empty()) b.order.proposed_verify = row->text(2) == "verify";
  b.order.sip2mi = row->text(3);
  b.order.sip2mi_until = row->day(4);
  b.order.code = row->text(5);
  b.order.submitted_by = row->id<UserId>(6);
  b.order.examined_by = row->id<UserId>(7);
  b.order.decided_by = row->id<UserId>(8);
  b.order.submitted_at = row->at(9);
  b.order.examined_at = row->at(10);
  b.order.decided_at = row->at(11);
  b.taken = whole(*row, 12);
  return b;
}

void put_back(Order& o, const Before& b) {
  o.stage = b.order.stage;
  o.stage_since = b.order.stage_since;
  o.proposed_verify = b.order.proposed_verify;
  o.sip2mi = b.order.sip2mi;
  o.sip2mi_until = b.order.sip2mi_until;
  o.code = b.order.code;
  o.submitted_by = b.order.submitted_by;
  o.examined_by = b.order.examined_by;
  o.decided_by = b.order.decided_by;
  o.submitted_at = b.order.submitted_at;
  o.examined_at = b.order.examined_at;
  o.decided_at = b.order.decided_at;
}

OrderId order_of_step(db::Connection& db, StepId step) {
  const auto row = db("SELECT of_order FROM offers_step WHERE id = $1", step).one();
  return row ? row->id<OrderId>(0) : OrderId{};
}

void set_mission(db::Connection& db, OrgId org, std::string_view country) {
  db("INSERT INTO offers_mission (org, country) VALUES ($1, $2) ON CONFLICT (org, country) DO NOTHING", org, country);
}

std::vector<std::string> mission_countries(db::Connection& db, OrgId org) {
  std::vector<std::string> all;
  for (const auto& row : db("SELECT country FROM offers_mission WHERE org = $1 ORDER BY country", org.value))
    all.push_back(row.text(0));
  return all;
}

bool has_mission(db::Connection& db, std::string_view country) {
  return !db("SELECT org FROM offers_mission WHERE country = $1 LIMIT 1", country).empty();
}

void set_rate(db::Connection& db, const Rate& r, Instant at) {
  db("INSERT INTO offers_rate (currency, day, scaled, source, by_user, at) VALUES ($1, $2, $3, $4, $5, $6)"
     " ON CONFLICT (currency, day) DO UPDATE SET scaled = EXCLUDED.scaled, source = EXCLUDED.source, by_user = EXCLUDED.by_user,"
     " at = EXCLUDED.at",
     r.currency, r.day, r.scaled, r.source, r.by, at);
}

std::vector<Rate> rates(db::Connection& db, int count) {
  std::vector<Rate> all;
  for (const auto& row :
       db("SELECT currency, day, scaled, source, by_user FROM offers_rate ORDER BY currency, day DESC LIMIT $1", count))
    all.push_back({row.text(0), row.day(1), row.num(2), row.text(3), row.id<UserId>(4)});
  return all;
}

std::optional<Rate> rate(db::Connection& db, std::string_view currency, Date today) {
  const auto row = db("SELECT currency, day, scaled, source, by_user FROM offers_rate WHERE currency = $1 AND day <= $2"
                      " ORDER BY day DESC LIMIT 1",
                      currency, today)
                       .one();
  if (!row) return {};
  return Rate{row->text(0), row->day(1), row->num(2), row->text(3), row->id<UserId>(4)};
}

}  // namespace rantau::offers::store
