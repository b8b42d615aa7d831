// What is known while one text is judged. Private to the check: check.cc and check_signs.cc.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/offers/offers.h"

namespace rantau::offers {

struct Judge {
  Act& act;
  std::string_view text;
  const Answers& answers;
  const Own& own;
  Verdict v{};
  std::vector<partners::Company> companies{}, named{};  // known exactly; of these, those that the text names
  std::vector<Order> orders{};                          // that the text points at by code or permit number
  std::vector<std::string> countries{};                 // alpha-2, as mentioned
  std::vector<const Piece*> unread{};                   // of v.found: beyond what is looked up for one message
  int look_ups = 0;

  void say(std::string_view code, Color, Words, Sentence source, std::string as_of = {});
  Sentence register_of_licences() const;
  Sentence register_of_orders() const;
  bool has(Kind) const;
  bool knows(CompanyId) const;
  void add_company(CompanyId);
  void add_order(const Order&);

  // check.cc: who and what
  bool is_own(const Piece&) const;  // a link to this very site
  void identify();
  void by_code(const std::string& typed);
  void by_number(const Piece&);
  void by_name(const Piece&);
  bool may_recruit(const partners::Company&);
  bool country_open(std::string_view country, std::string_view occupation, std::string_view employer_kind);
  void judge_countries();
  struct Share;
  std::optional<Share> share_of(const Money& amount, const Money& pay);
  std::optional<Money> promised() const;
  bool other_period(const Piece&) const;
  void compare_pay(const Order&);
  bool is_pay_of(const Order&, const Money&);
  bool is_in_record(const Order&, const Money&) const;
  void judge_order(const Order&);
  void judge_rest(const Order&);
  void find_order_of_company();
  void close();

  // check_signs.cc: what speaks against it, whoever offers it
  void judge_warnings();
  void judge_contacts();
  void judge_links(const std::vector<const Piece*>&);
  void judge_money();
  void judge_answers();
  void warned(const Warning&);
};

// The first part of a message that neither everyday words nor the record of this order and its company explain; nothing: all
// is explained. `known`: pieces that were looked up already. Pure.
std::string unexplained(std::string_view text, const std::vector<Piece>& known, const Order&, const partners::Company&);
// The words of our own pages and shared messages in this one, as ranges. Pure.
std::vector<Piece> own_sentences(std::string_view text);
// Words that say nothing about an offer, and those that name a kind of work: they may stand behind a name of a company.
bool may_follow_a_name(std::string_view word);
// Does the message name the work of this post?
bool names_work_of(std::string_view text, const Post&);

}  // namespace rantau::offers
