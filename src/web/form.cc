// Forms from one rule table: reading and checking what was typed, the view of the fields, the JSON schema.
#include "web/form.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <regex>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "web/incoming.h"
#include "web/template.h"

namespace rantau::web {
namespace {

const std::string nothing;

bool whole_amount(const Field& f) { return f.max != 0; }
bool is_email(std::string_view typed) {
  const auto at = typed.find('@');
  if (at == std::string_view::npos || at == 0 || typed.find('@', at + 1) != std::string_view::npos) return false;
  const auto host = typed.substr(at + 1);
  const auto dot = host.rfind('.');
  return typed.find_first_of(" \t,;<>()\"") == std::string_view::npos && dot != std::string_view::npos && dot > 0 &&
         dot + 1 < host.size() && host.find("..") == std::string_view::npos;
}

struct Reader {
  const Request& q;
  const std::string& key;
  Typed& typed;

  std::string label(const Field& f) const {
    const auto* text = Texts::in(q.lang).find(key + "." + f.name);
    return text == nullptr ? f.name : *text;
  }
  void wrong(const Field& f, std::string_view what, Words more = {}) {
    more.insert(more.begin(), {"label", label(f)});
    typed.errors.emplace_back(f.name, Sentence{"web.form." + std::string(what), std::move(more)});
  }
  std::string number(std::int64_t n) const { return show_number(n, q.lang); }

  void check(const Field& f, const std::string& value) {
    if (value.empty()) {
      if (f.required) wrong(f, f.kind == Kind::choice ? "choose" : f.kind == Kind::tick ? "tick" : "required");
      return;
    }
    switch (f.kind) {
      case Kind::text:
      case Kind::area:
      case Kind::password:
      case Kind::code:
      case Kind::search:
      case Kind::hidden: check_length(f, value); break;
      case Kind::whole: check_whole(f, value); break;
      case Kind::money: check_money(f, value); break;
      case Kind::date:
        if (!parse_date(value)) wrong(f, "date");
        break;
      case Kind::phone:
        if (!text::phone(value)) wrong(f, "phone");
        break;
      case Kind::email:
        if (!is_email(value))
          wrong(f, "email");
        else
          check_length(f, value);
        break;
      case Kind::nik:
        if (const auto n = text::digits(value); n.size() != 16)
          wrong(f, "nik", {{"typed", number(static_cast<std::int64_t>(n.size()))}});
        break;
      case Kind::choice:
        if (f.list.empty() && std::ranges::find(f.options, value) == f.options.end()) wrong(f, "choose");
        break;
      case Kind::tick:
      case Kind::file: break;
    }
    if (!f.pattern.empty() && text::length(value) <= 2000 && !std::regex_match(value, std::regex(f.pattern)))
      typed.errors.emplace_back(f.name, Sentence{key + "." + f.name + "_wrong", {{"label", label(f)}}});
  }

  void check_length(const Field& f, const std::string& value) {
    const auto n = static_cast<std::int64_t>(text::length(value));
    if (n < f.min) wrong(f, "short", {{"min", number(f.min)}});
    if (f.max > 0 && n > f.max) wrong(f, "long", {{"max", number(f.max)}, {"typed", number(n)}});
  }
  void check_range(const Field& f, std::int64_t n) {
    if (n < f.min) wrong(f, "low", {{"min", number(f.min)}});
    if (whole_amount(f) && n > f.max) wrong(f, "high", {{"max", number(f.max)}});
  }
  void check_whole(const Field& f, const std::string& value) {
    if (const auto n = parse_whole(value))
      check_range(f, *n);
    else
      wrong(f, "whole");
  }
  void check_money(const Field& f, const std::string& value) {
    const auto amount = typed.money(f.name);
    if (!amount) return wrong(f, "money");
    if (finer_than_money(value, typed.currency_of(f.name))) return typed.wrong(f.name, too_fine(label(f), amount->currency));
    if (amount->minor < f.min) wrong(f, "low", {{"min", show({f.min, amount->currency}, q.lang)}});
    // A ceiling left at the table's default counts characters, not money.
    if (whole_amount(f) && f.max != Field{}.max && amount->minor > f.max)
      wrong(f, "high", {{"max", show({f.max, amount->currency}, q.lang)}});
  }
  void check_file(const Field& f, const Upload* file) {
    if (file == nullptr || file->bytes.empty()) {
      if (f.required) wrong(f, "file");
      return;
    }
    const auto size = static_cast<std::int64_t>(file->bytes.size());
    if (f.max > 200 && size > f.max) wrong(f, "file_large", {{"max", show_decimal(f.max * 10 / 1048576, 1, q.lang)}});
  }
};

// What a member of a JSON body has to be. The schema of OpenAPI and the check of the body read it here.
const char* json_type(Kind kind) {
  switch (kind) {
    case Kind::whole: return "integer";
    case Kind::tick: return "boolean";
    case Kind::text:
    case Kind::area:
    case Kind::money:
    case Kind::date:
    case Kind::phone:
    case Kind::email:
    case Kind::password:
    case Kind::code:
    case Kind::choice:
    case Kind::hidden:
    case Kind::file:
    case Kind::search:
    case Kind::nik: return "string";
  }
  return "string";
}

// The member as a form would have sent it; nothing where it is of another type.
std::optional<std::string> as_typed(std::string_view type, const boost::json::value& v) {
  if (type == "integer") return v.is_int64() || v.is_uint64() ? std::optional(boost::json::serialize(v)) : std::nullopt;
  if (type == "boolean") return v.is_bool() ? std::optional<std::string>(v.get_bool() ? "1" : "") : std::nullopt;
  return v.is_string() ? std::optional(clean(v.get_string())) : std::nullopt;
}

struct Members {
  Pairs values;
  std::vector<std::pair<std::string, Sentence>> errors;
  std::set<std::string> untyped;  // of another type: nothing more is to be said of them
};

// A name that is no field of the form is a finding, not passed over: who mistypes "text" must not be told about another.
Members json_members(const std::vector<Field>& fields, const std::string& body) {
  Members m;
  boost::system::error_code wrong;
  const auto value = boost::json::parse(body, wrong);
  if (wrong || !value.is_object()) {
    m.errors.emplace_back("", Sentence{"web.broken_json", {}});
    return m;
  }
  for (const auto& member : value.get_object()) {
    if (m.errors.size() >= 20) break;  // enough to see what is wrong
    const std::string name = text::cut(clean(member.key()), 60);
    const auto field = std::ranges::find_if(fields, [&](const Field& f) { return f.name == name && f.kind != Kind::file; });
    if (field == fields.end()) {
      m.errors.emplace_back(name, Sentence{"web.form.unknown", {{"member", name}}});
      continue;
    }
    const std::string type = json_type(field->kind);
    if (auto typed = as_typed(type, member.value())) {
      m.values.emplace_back(name, std::move(*typed));
      continue;
    }
    m.errors.emplace_back(name, Sentence{"web.form.type_" + type, {{"member", name}}});
    m.untyped.insert(name);
  }
  return m;
}

const std::string& first(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs)
    if (key == name) return value;
  return nothing;
}

}  // namespace

// --- what was typed ------------------------------------------------------------------------------------------------------
const std::string& Typed::text(std::string_view name) const { return first(values, name); }
std::int64_t Typed::whole(std::string_view name) const { return parse_whole(text(name)).value_or(0); }
std::optional<Money> Typed::money(std::string_view name) const { return parse_money(text(name), currency_of(name)); }
std::string Typed::currency_of(std::string_view name) const {
  const std::string& currency = first(currencies_, name);
  return currency.empty() ? "IDR" : currency;
}
Date Typed::day(std::string_view name) const { return parse_date(text(name)).value_or(Date{}); }
bool Typed::tick(std::string_view name) const { return !text(name).empty(); }
const Upload* Typed::file(std::string_view name) const {
  for (const auto* file : files)
    if (file->field == name) return file;
  return nullptr;
}
void Typed::wrong(std::string_view field, Sentence why) { errors.emplace_back(std::string(field), std::move(why)); }
void Typed::wrong(const Refusal& refusal) {
  for (const auto& [field, why] : refusal.fields) errors.emplace_back(field, why);
  if (refusal.fields.empty() && !refusal.key.empty()) errors.emplace_back("", Sentence{refusal.key, refusal.words});
  for (const auto& why : refusal.reasons) errors.emplace_back("", why);
}

Sentence too_fine(const std::string& label, std::string_view currency) {
  const int places = minor_digits(currency);
  if (places == 0) return {"web.form.money_whole", {{"label", label}, {"currency", std::string(currency)}}};
  return {"web.form.money_fine", {{"label", label}, {"currency", std::string(currency)}, {"places", std::to_string(places)}}};
}

Form::Form(std::string_view key, std::vector<Field> fields) : key_(key), fields_(std::move(fields)) {}

namespace {

Typed begin_reading(const std::vector<Field>& fields, const Pairs& given) {
  Typed typed;
  for (const auto& f : fields)
    if (f.kind != Kind::file) typed.values.emplace_back(f.name, first(given, f.name));
  return typed;
}

}  // namespace

Typed Form::read(const Request& q) const {
  const bool json = q.form.empty() && q.files.empty() && !q.body.empty();
  Members members = json ? json_members(fields_, q.body) : Members{};
  Typed typed = begin_reading(fields_, json ? members.values : q.form);
  typed.errors = std::move(members.errors);
  // Nothing of it was read: no field can be missing.
  if (!typed.errors.empty() && typed.errors.front().second.key == "web.broken_json") return typed;
  for (const auto& file : q.files) typed.files.push_back(&file);
  for (const auto& f : fields_)
    if (!f.currency_field.empty()) typed.currencies_.emplace_back(f.name, first(typed.values, f.currency_field));
  Reader reader{q, key_, typed};
  for (const auto& f : fields_) {
    if (f.kind == Kind::file)
      reader.check_file(f, typed.file(f.name));
    else if (!members.untyped.contains(f.name))
      reader.check(f, typed.text(f.name));
  }
  // Brought back after the session had ended: the same form stands filled, and nothing is done until it is sent again.
  if (q.field("dibawa") == "1") typed.wrong("", {"web.brought_back"});
  return typed;
}

Typed Form::read_query(const Request& q) const {
  Typed typed = begin_reading(fields_, q.query);
  for (const auto& f : fields_)
    if (!f.currency_field.empty()) typed.currencies_.emplace_back(f.name, first(typed.values, f.currency_field));
  Reader reader{q, key_, typed};
  for (const auto& f : fields_) reader.check(f, typed.text(f.name));
  return typed;
}

// --- the view --------------------------------------------------------------------------------------------------------------
namespace {

struct Attributes {
  const char* type = "text";
  const char* inputmode = "";
};
Attributes attributes_of(Kind kind) {
  switch (kind) {
    case Kind::whole: return {"text", "numeric"};
    case Kind::money: return {"text", "decimal"};
    case Kind::nik: return {"text", "numeric"};
    case Kind::phone: return {"tel", "tel"};
    case Kind::email: return {"email", "email"};
    case Kind::password: return {"password", ""};
    case Kind::search: return {"search", "search"};
    case Kind::file: return {"file", ""};
    case Kind::hidden: return {"hidden", ""};
    case Kind::text:
    case Kind::area:
    case Kind::date:
    case Kind::code:
    case Kind::choice:
    case Kind::tick: return {};
  }
  return {};
}

bool counts_characters(Kind kind) {
  return kind == Kind::text || kind == Kind::area || kind == Kind::password || kind == Kind::code || kind == Kind::email ||
         kind == Kind::search;
}

std::string default_hint(const Request& q, Kind kind) {
  if (kind == Kind::date) return q.t("web.form.date_hint");
  if (kind == Kind::nik) return q.t("web.form.nik_hint");
  return {};
}

// Every name the partial `field` asks for, whatever the kind.
View field_view(const Request& q, const std::string& key, const Field& f, const Typed& typed) {
  const Texts& texts = Texts::in(q.lang);
  const std::string name = key + "." + f.name;
  const auto* hint = texts.find(name + "_hint");
  std::string error;
  for (const auto& [field, why] : typed.errors)
    if (field == f.name) error += (error.empty() ? "" : " ") + q.t(why);
  const std::string id = "f-" + f.name;
  const std::string hint_text = hint != nullptr ? *hint : default_hint(q, f.kind);
  std::string described = hint_text.empty() ? "" : id + "-hint";
  if (!error.empty()) described += (described.empty() ? "" : " ") + id + "-error";
  const auto [type, inputmode] = attributes_of(f.kind);

  View v;
  v.set("name", f.name).set("id", id).set("type", type).set("inputmode", inputmode).set("error", error).set("hint", hint_text);
  v.set("label", f.kind == Kind::hidden ? std::string() : q.t(name)).set("described", described);
  v.set("value", f.kind == Kind::password ? std::string() : typed.text(f.name));
  v.set("required", f.required).set("autocomplete", f.autocomplete).set("pattern", f.pattern);
  v.set("minlength", counts_characters(f.kind) && f.min > 0 ? std::to_string(f.min) : std::string());
  v.set("maxlength", counts_characters(f.kind) && f.max > 0 ? std::to_string(f.max) : std::string());
  v.set("section", f.section.empty() ? std::string() : q.t(f.section)).set("list_name", f.list);
  v.set("is_hidden", f.kind == Kind::hidden).set("is_area", f.kind == Kind::area).set("is_tick", f.kind == Kind::tick);
  v.set("is_file", f.kind == Kind::file).set("is_nik", f.kind == Kind::nik).set("is_money", f.kind == Kind::money);
  v.set("is_short", f.kind == Kind::whole || f.kind == Kind::date || f.kind == Kind::code || f.kind == Kind::nik ||
                        f.kind == Kind::phone || f.kind == Kind::money);
  v.set("rupiah", f.kind == Kind::money && f.currency_field.empty())
      .set("large", f.kind == Kind::file && f.max > 200 ? std::to_string(f.max) : std::string());
  v.set("is_radios", f.kind == Kind::choice && f.list.empty() && f.options.size() <= 5);
  v.set("is_select", f.kind == Kind::choice && (!f.list.empty() || f.options.size() > 5));
  v.set("is_input",
        f.kind != Kind::hidden && f.kind != Kind::area && f.kind != Kind::tick && f.kind != Kind::file && f.kind != Kind::choice);
  v.list("options", f.options, [&](const std::string& option, View& row) {
    row.set("value", option).set("text", q.t(name + "." + option)).set("chosen", option == typed.text(f.name));
    row.set("option_id", &option == f.options.data() ? id : id + "-" + option);
  });
  return v;
}

}  // namespace

View Form::view(const Request& q, const Typed& typed) const {
  View v;
  v.list("fields", fields_, [&](const Field& f, View& row) { row = field_view(q, key_, f, typed); });
  v.list("errors", typed.errors, [&](const auto& error, View& row) {
    row.set("sentence", q.t(error.second)).set("target", error.first.empty() ? std::string() : "f-" + error.first);
  });
  const bool files = std::ranges::any_of(fields_, [](const Field& f) { return f.kind == Kind::file; });
  v.set("has_errors", !typed.errors.empty()).set("csrf", q.csrf).set("form_key", key_);
  v.set("enctype", files ? "multipart/form-data" : "application/x-www-form-urlencoded");
  return v;
}

View Form::empty(const Request& q, const Pairs& values) const {
  Typed typed;
  typed.values = values;
  return view(q, typed);
}

void fill_lists(View& page) {
  const auto* item = page.find("form");
  const auto* given = item == nullptr ? nullptr : std::get_if<View>(item);
  const auto* rows = given == nullptr ? nullptr : given->find("fields");
  if (rows == nullptr) return;
  const auto word = [](const View& v, std::string_view name) {
    const auto* text = v.find(name);
    return text != nullptr && std::holds_alternative<std::string>(*text) ? std::get<std::string>(*text) : std::string();
  };
  auto fields = std::get<View::List>(*rows);
  for (auto& field : fields) {
    const std::string list_name = word(field, "list_name");
    const auto* list = list_name.empty() ? nullptr : page.find(list_name);
    if (list_name.empty()) continue;
    if (list == nullptr) throw std::logic_error("the form asks for a list \"" + list_name + "\"");
    auto options = std::get<View::List>(*list);
    const std::string typed = word(field, "value");
    for (auto& option : options)
      if (!typed.empty() || option.find("chosen") == nullptr) option.set("chosen", word(option, "value") == typed);
    field.set("options", std::move(options));
  }
  View form = *given;
  form.set("fields", std::move(fields));
  page.set("form", std::move(form));
}

// --- OpenAPI -------------------------------------------------------------------------------------------------------------
std::string Form::json_schema(const std::string& lang) const {
  namespace json = boost::json;
  const Texts& texts = Texts::in(lang);
  json::object properties;
  json::array required;
  for (const auto& f : fields_) {
    json::object p;
    p["type"] = json_type(f.kind);
    if (const auto* label = texts.find(key_ + "." + f.name)) p["title"] = *label;
    if (const auto* hint = texts.find(key_ + "." + f.name + "_hint")) p["description"] = *hint;
    if (counts_characters(f.kind) && f.min > 0) p["minLength"] = f.min;
    if (counts_characters(f.kind) && f.max > 0) p["maxLength"] = f.max;
    if (f.kind == Kind::whole) p["minimum"] = f.min;
    if (f.kind == Kind::whole && f.max > 0) p["maximum"] = f.max;
    if (!f.pattern.empty()) p["pattern"] = f.pattern;
    if (f.kind == Kind::date) p["format"] = "date";
    if (f.kind == Kind::email) p["format"] = "email";
    if (f.kind == Kind::file) p["contentMediaType"] = "application/octet-stream";
    if (f.kind == Kind::password) p["writeOnly"] = true;
    if (!f.options.empty()) p["enum"] = json::array(f.options.begin(), f.options.end());
    if (f.required) required.emplace_back(f.name);
    properties[f.name] = std::move(p);
  }
  json::object schema{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return json::serialize(schema);
}

Reply page_again(const Request& q, std::string_view file, View v, const Form& form, const Typed& typed, int status) {
  v.set("form", form.view(q, typed));
  return page(q, file, std::move(v), status);
}

Reply problem_again(const Request& q, const Typed& typed) {
  namespace json = boost::json;
  json::array errors;
  for (const auto& [field, why] : typed.errors) errors.push_back(json::object{{"field", field}, {"sentence", q.t(why)}});
  const json::object problem{{"type", "about:blank"},      {"title", q.t("web.form.summary")}, {"status", 422},
                             {"code", "web.form.summary"}, {"request", q.request_id},          {"errors", std::move(errors)}};
  Reply reply;
  reply.status = 422;
  reply.type = "application/problem+json";
  reply.body = json::serialize(problem);
  return reply;
}

}  // namespace rantau::web
