// Shared by the pages of job orders: how an order, its faults and its history are shown. The doors are in *_routes.cc.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/letter.h"
#include "modules/offers/orders.h"
#include "web/form.h"
#include "web/page.h"

namespace rantau::offers {

void public_routes(web::Router&);   // /lowongan /kartu
void feed_routes(web::Router&);     // /umpan/lowongan.xml /api/v1/jobs
void desk_routes(web::Router&);     // /k/pesanan (reading)
void action_routes(web::Router&);   // /k/pesanan/{id}/… (what officers do)
void mitra_routes(web::Router&);    // /mitra/pesanan
void step_routes(web::Router&);     // /mitra/pesanan/{id}/… (discard, withdraw, take back)
void letter_routes(web::Router&);   // /mitra/pesanan/{id}/surat /k/pesanan/{id}/surat
void mission_routes(web::Router&);  // /k/pesanan/atase
void rate_routes(web::Router&);     // /k/kurs
void floor_routes(web::Router&);    // /k/batas-gaji

constexpr int page_size = 10;
bool pays_in(std::string_view currency);
const std::vector<std::string_view>& pay_currencies();  // that orders are paid in, the commonest first

// The revision that the page was made from; 0, which no order has, when the form does not say.
int revision_of(const web::Request&);
std::string title_of(const Order&, std::string_view lang);  // of the first post
std::string place_of(const Order&, std::string_view lang);  // "Osaka, Jepang"
std::string stage_text(const web::Request&, Stage);
std::string state_class(Stage);  // console: done run wait fix stop
std::string rupiah_text(const web::Request&, const Money&, const std::optional<Rate>&);
std::string closes_text(const web::Request&, const Order&, Date today);
// {kind, word} of a fault with its amounts and lists in the reader's language.
std::string fault_text(const web::Request&, const Found&);
// A refusal with its codes in the reader's words: every fault that bars an order with its law, every reason by its name.
Refusal readable(const web::Request&, Db&, OrderId, Refusal);
// One sentence that the public will read about this order.
std::string public_sentence(const web::Request&, const Order&);
// The basis of a rule by sex: its kind and reference; nothing where the post has none.
std::string basis_text(const web::Request&, const Post&);
// Where an order was open to the public and is no more, why.
std::string closed_text(const web::Request&, const Order&, const Standing&, Date today);
// The day on which it was open for the last time has passed since; unknown where only the places ran out.
Date closed_since(const Order&, const Standing&, Date today);
bool is_open(const Order&, const Standing&, Date today);

// Facts that desk and company both read; `floors`: of its country, where the page shows them.
void set_order(const web::Request&, web::View&, const Order&, Date today, const std::vector<Floor>& floors = {});
// The registered partner that it names: {partner, partner_facts, partner_state, partner_class, partner_href}; href for who may read
// it.
void set_partner(const web::Request&, web::View&, const std::optional<partners::Foreign>&, Date today);
// The letter as a file: {has_letter, letter_facts, letter_href}; `folder`: "/k/pesanan/" or "/mitra/pesanan/".
void set_letter(const web::Request&, web::View&, const std::optional<Letter>&, std::string_view folder);
void set_faults(const web::Request&, web::View&, const std::vector<Found>&);

// The page of one order, for an officer and for its company; with what was typed into a form of it that was refused.
web::Reply desk_page(const web::Request&, Db&, const web::Typed* typed = nullptr, const Refusal* refused = nullptr);
// `letter_wrong`: why the file that was sent is none.
web::Reply company_page(const web::Request&, Db&, const web::Typed* typed = nullptr, const std::string& letter_wrong = {});
const web::Form& action_form();    // what an officer writes with a step, and how long it may be
const web::Form& paper_form();     // the officer's: the letter of a mission that has no account here
const web::Form& withdraw_form();  // the company's
// Who has the order, where a country has no mission: {no_mission, holder}.
void set_no_mission(const web::Request&, web::View&, const Order&, bool has_mission);

// Lists: what is asked (?lihat= ?q= ?sesudah=), and what is shown of every list: its views with their counts, search, pager.
Asked asked_of(const web::Request&);
void set_list(const web::Request&, web::View&, const Orders&, const Asked&, const std::vector<std::pair<std::string, int>>& first);

struct Told {
  Step step;
  std::string by;
  bool may_undo = false;  // by the person who reads
};
std::vector<Told> told(Act&, OrderId);
void set_history(const web::Request&, web::View&, const std::vector<Told>&);

// The label of a form field, for reasons: "Posisi 2, Gaji sebulan".
std::string field_label(const web::Request&, const std::string& field);

// Which orders changed is news for the officers' list. The program connects this to the server's event stream.
void changed(std::string_view order_id);

struct Filter {
  Query query;
  std::string unknown_country;  // what was typed and is no country
};
Filter filter_of(const web::Request&);
// JSON-LD or JSON inside HTML: "<" cannot end the script.
web::Drawn safe_json(std::string json);

}  // namespace rantau::offers
