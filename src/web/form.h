// One rule table per form. From it come the HTML attributes, the server's checks, the messages and the OpenAPI schema.
//
//   const web::Form licence_form{"partners.licence", {
//     {.name = "name", .kind = web::Kind::text, .required = true, .max = 120},
//     {.name = "valid_until", .kind = web::Kind::date, .required = true},
//   }};
//   auto typed = licence_form.read(q);                 // what was typed, checked field by field
//   if (!typed.good()) return web::page_again(q, "partners/licence_new.html", view, licence_form, typed);
//   typed.day("valid_until")
//
// Labels and hints are texts by key: <form key>.<field>, <form key>.<field>_hint (if present), options
// <form key>.<field>.<value>. In the page: {{#form}}{{> form}}{{/form}} prints every field, the error summary before them.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/result.h"
#include "web/page.h"

namespace rantau::web {

enum class Kind { text, area, whole, money, date, phone, email, password, code, choice, tick, hidden, file, search, nik };

struct Field {
  std::string name;
  Kind kind = Kind::text;
  bool required = false;
  std::int64_t min = 0, max = 200;     // characters for text, value for whole, bytes for files; money and whole: max 0 = none
  std::string pattern{};               // anchored regular expression, ECMAScript without look-behind; message <form>.<field>_wrong
  std::vector<std::string> options{};  // choice: fixed words
  std::string list{};                  // choice: name of a View list given at render time, items {value, text, chosen}
  std::string autocomplete{"off"};
  std::string currency_field{};  // money: the field that holds its currency
  std::string section{};         // heading key before this field
};

class Typed {
 public:
  bool good() const { return errors.empty(); }
  const std::string& text(std::string_view name) const;  // cleaned; "" when absent
  std::int64_t whole(std::string_view name) const;       // 0 when absent or wrong
  std::optional<Money> money(std::string_view name) const;
  std::string currency_of(std::string_view name) const;  // in which the amount of a money field is read
  Date day(std::string_view name) const;
  bool tick(std::string_view name) const;
  const Upload* file(std::string_view name) const;
  void wrong(std::string_view field, Sentence why);  // a rule of the module adds its own finding
  void wrong(const Refusal&);                        // fields and key of a refusal

  Pairs values;                                          // exactly as typed, to be shown again
  std::vector<std::pair<std::string, Sentence>> errors;  // field ("" = whole form) -> what is wrong
  std::vector<const Upload*> files;

 private:
  friend class Form;
  Pairs currencies_;  // money field -> the currency its amount is in
};

class Form {
 public:
  Form(std::string_view key, std::vector<Field> fields);
  const std::string& key() const { return key_; }
  const std::vector<Field>& fields() const { return fields_; }
  Typed read(const Request&) const;        // form fields of a POST, or a JSON body's members
  Typed read_query(const Request&) const;  // GET forms
  // The view partial `form` prints: `fields`, `errors`, `csrf`, `enctype` (for <form enctype="{{form.enctype}}">); fields with
  // label, hint, attributes, value and error.
  View view(const Request&, const Typed&) const;
  View empty(const Request&, const Pairs& values = {}) const;
  std::string json_schema(const std::string& lang) const;

 private:
  std::string key_;
  std::vector<Field> fields_;
};

// An amount with more digits after the mark than its currency has: nothing is rounded unseen.
Sentence too_fine(const std::string& label, std::string_view currency);
// 422 with the same page, the error summary, the typed values and the focus on the summary.
Reply page_again(const Request&, std::string_view file, View, const Form&, const Typed&, int status = 422);
// The same for an API: problem+json with `errors[{field, sentence}]`.
Reply problem_again(const Request&, const Typed&);

}  // namespace rantau::web
