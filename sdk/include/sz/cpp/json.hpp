// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON for plugins that link nlohmann_json: a strict parser, and a field type whose functions take
// and give JSON.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "field_type.hpp"

namespace sz::plugin {

using Json = nlohmann::json;

inline constexpr std::size_t json_depth_max = 64;

namespace detail {

// Builds a value and refuses what nlohmann's own parser lets pass: duplicate keys and any depth.
class StrictJson final : public nlohmann::json_sax<Json> {
  public:
    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return refuse("binary data is not JSON"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        auto& members = open_.back()->get_ref<Json::object_t&>();
        const auto [place, is_new] = members.try_emplace(std::move(name), nullptr);
        member_ = &place->second;
        return is_new || refuse("the key \"" + place->first + "\" stands there twice");
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        return refuse("it is not JSON at byte " + std::to_string(position));
    }

    Json result;
    std::string why;  // empty while all is well

  private:
    template <class T>
    Json& add(T&& item) {
        if (open_.empty()) return result = Json(std::forward<T>(item));
        if (open_.back()->is_array()) return open_.back()->emplace_back(std::forward<T>(item));
        return *member_ = Json(std::forward<T>(item));
    }
    template <class T>
    bool put(T&& item) {
        add(std::forward<T>(item));
        return true;
    }
    bool open(Json container) {
        if (open_.size() == json_depth_max) return refuse("it is nested too deeply");
        open_.push_back(&add(std::move(container)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    bool refuse(std::string reason) {
        if (why.empty()) why = std::move(reason);
        return false;
    }

    std::vector<Json*> open_;  // a container does not move while something inside it is open
    Json* member_ = nullptr;   // where the value of the key just read goes
};

}  // namespace detail

// RFC 8259 text without duplicate keys, at most json_depth_max deep.
[[nodiscard]] inline Result<Json> parse_json(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark)
        return invalid("SZ-JSON-001", "This text begins with a byte order mark.",
                       "Save it as UTF-8 without one.");
    detail::StrictJson reader;
    if (!Json::sax_parse(text, &reader) || !reader.why.empty())
        return invalid("SZ-JSON-001", "This text cannot be read: " + reader.why + ".");
    return std::move(reader.result);
}

// Canonical text: keys in byte order, no white space.
[[nodiscard]] inline std::string json_text(const Json& value) { return value.dump(); }

// A member of an object, or the fallback when it is missing or of another type.
template <class T>
[[nodiscard]] T member_or(const Json& object, const char* key, T fallback) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || found == object.end()) return fallback;
    if constexpr (std::is_same_v<T, bool>)
        return found->is_boolean() ? found->template get<bool>() : fallback;
    else if constexpr (std::is_arithmetic_v<T>)
        return found->is_number() ? found->template get<T>() : fallback;
    else
        return found->is_string() ? found->template get<T>() : fallback;
}

// The field that a call is about.
struct JsonField {
    const Json& definition;
    const FieldHost& types;
    Findings& findings;
};

// The canonical form of a value inside this one, by its own type. `prefix` is its JSON pointer in
// this value.
[[nodiscard]] inline Result<Json> normalize_nested(const JsonField& field, const Json& definition,
                                                   const Json& value, const std::string& prefix) {
    const NestedFindings nested(field.findings, prefix);
    const std::string given = json_text(value);
    const Result<std::string> text =
        field.types.normalize(json_text(definition), given, nested.table());
    if (!text) return text.error();
    return *text == given ? Result<Json>(value) : parse_json(*text);
}

struct Operation {
    std::string op;
    Json args = Json::array();
    std::string key;  // the id of a new item

    // The argument, or null.
    [[nodiscard]] const Json& arg(std::size_t index) const {
        static const Json none;
        return index < args.size() ? args[index] : none;
    }
};

// What an operation comes to (ext/field_type.h, "effect").
struct Change {
    Json effect;
    Json inverse;  // {"op","args"}
    bool relative = false;
    std::vector<std::string> touches;
};

// The change that sets the whole value, with its inverse.
[[nodiscard]] inline Change set_change(const Json& before, Json after) {
    return {Json{{"set", std::move(after)}},
            Json{{"op", "set"}, {"args", Json::array({before})}},
            false,
            {}};
}

// Where a computed value comes from, and what is there.
struct Input {
    Json value;
    std::string path, name, of;
};
struct Resolved {
    std::vector<Input> values;
    bool many = false;
};

// What the sheet has at `path` (ext/field_type.h, sz_field_resolver); why not goes to the findings.
[[nodiscard]] inline Result<Resolved> resolve_path(const JsonField& field,
                                                   const FieldResolver& resolver,
                                                   const std::vector<std::string>& path) {
    const NestedFindings findings(field.findings, "");
    const Result<std::string> text = resolver.resolve(json_text(Json(path)), findings.table());
    if (!text) return text.error();
    const Result<Json> json = parse_json(*text);
    if (!json) return json.error();
    const auto values = json->find("values");
    if (values == json->end() || !values->is_array()) return fault(SZ_ERR_INTERNAL);
    Resolved resolved;
    resolved.many = member_or(*json, "many", false);
    for (const Json& one : *values)
        resolved.values.push_back(
            {one.value("value", Json()), member_or(one, "path", std::string{}),
             member_or(one, "name", std::string{}), member_or(one, "of", std::string{})});
    return resolved;
}

// A computed value and how it came about.
struct Term {
    std::string op;    // "add", "subtract", "multiply", "atMost", "atLeast", "set", "round"
    std::string text;  // as its author wrote it
    Json value;
    std::vector<Input> inputs;
};
struct Evaluation {
    Json value;
    std::vector<Term> terms;
};

class JsonFieldType : public FieldType {
  public:
    using FieldType::FieldType;

    [[nodiscard]] virtual Json describe() const = 0;
    [[nodiscard]] virtual Result<Json> normalize(const JsonField& field,
                                                 const Json& value) const = 0;
    // A quick look before anything is parsed: true only when `value` surely is what normalize would
    // write, byte for byte. Most values of a big pack are, and parsing them would be most of its
    // import.
    [[nodiscard]] virtual bool is_canonical(std::string_view /*definition*/,
                                            std::string_view /*value*/) const {
        return false;
    }
    // "set" and "reset" for every type; override for more and end in this.
    [[nodiscard]] virtual Result<Change> apply(const JsonField& field, const Json& value,
                                               const Operation& operation) const {
        if (operation.op != "set" && operation.op != "reset")
            return invalid(
                "SZ-FIELD-102",
                std::string(name()) + " does not know the operation \"" + operation.op + "\".",
                "It knows " + operation_names() + ".");
        if (operation.op == "set" && operation.args.empty())
            return invalid("SZ-FIELD-103", "The operation \"set\" wants a value.",
                           "Give one argument.");
        Result<Json> after = normalize(field, operation.op == "set" ? operation.arg(0) : Json());
        if (!after) return after.error();
        return set_change(value, *std::move(after));
    }
    // Text as it is, anything else as JSON text.
    [[nodiscard]] virtual Result<std::string> format(const JsonField&, const Json& value,
                                                     std::string_view) const {
        return value.is_string() ? value.get<std::string>()
               : value.is_null() ? std::string{}
                                 : json_text(value);
    }
    // What was typed, as "set" takes it. A type that overrides it describes itself as "typed" when
    // it reads all that format writes.
    [[nodiscard]] virtual Result<Json> parse(const JsonField&, std::string_view /*text*/,
                                             std::string_view /*locale*/) const {
        return fault(SZ_ERR_UNSUPPORTED);
    }
    [[nodiscard]] virtual Result<std::string> search_text(const JsonField&, const Json&) const {
        return std::string{};
    }
    [[nodiscard]] virtual Result<Json> references(const JsonField&, const Json&) const {
        return Json::array();
    }
    // Of a type that was made with Computed::yes. `effects` is an array of objects.
    [[nodiscard]] virtual Result<Evaluation> evaluate(const JsonField&, const FieldResolver&,
                                                      const Json& /*value*/,
                                                      const Json& /*effects*/) const {
        return fault(SZ_ERR_UNSUPPORTED);
    }

  private:
    // "insert, remove and reset"
    [[nodiscard]] std::string operation_names() const {
        std::vector<std::string> all;
        const Json description = describe();
        if (const auto listed = description.find("operations"); listed != description.end()) {
            for (const Json& one : *listed) all.push_back(member_or(one, "name", std::string{}));
        }
        if (all.empty()) all = {"set", "reset"};
        std::string text;
        for (std::size_t i = 0; i < all.size(); ++i)
            text += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
        return text;
    }
    // Parses definition and value and calls `body(field, value)`.
    template <class Body>
    static Result<std::string> with(const Field& field, std::string_view value_text, Body&& body) {
        Result<Json> definition = parse_json(field.definition);
        if (!definition) return std::move(definition).error();
        Result<Json> value = parse_json(value_text);
        if (!value) return std::move(value).error();
        return body(JsonField{*definition, field.types, field.findings}, *value);
    }
    static Result<std::string> text_of(Result<Json> value, const Findings& findings) {
        if (!value) return std::move(value).error();
        if (findings.has_error()) return fault(SZ_ERR_INVALID);
        return json_text(*value);
    }

    Result<std::string> describe_text() const final { return json_text(describe()); }
    Result<std::string> normalize_text(const Field& field, std::string_view value) const final {
        if (is_canonical(field.definition, value)) return std::string(value);
        return with(field, value, [&](const JsonField& f, const Json& v) {
            return text_of(normalize(f, v), field.findings);
        });
    }
    Result<std::string> apply_text(const Field& field, std::string_view value,
                                   std::string_view operation) const final {
        Result<Json> wanted = parse_json(operation);
        if (!wanted) return std::move(wanted).error();
        const Operation parsed{
            member_or(*wanted, "op", std::string{}),
            wanted->is_object() && wanted->contains("args") ? wanted->at("args") : Json::array(),
            member_or(*wanted, "key", std::string{})};
        if (!parsed.args.is_array())
            return invalid("SZ-FIELD-103", "The arguments of an operation are a list.");
        return with(field, value, [&](const JsonField& f, const Json& v) -> Result<std::string> {
            Result<Change> change = apply(f, v, parsed);
            if (!change) return std::move(change).error();
            if (field.findings.has_error()) return fault(SZ_ERR_INVALID);
            return json_text(Json{{"effect", change->effect},
                                  {"inverse", change->inverse},
                                  {"relative", change->relative},
                                  {"touches", change->touches}});
        });
    }
    Result<std::string> format_text(const Field& field, std::string_view value,
                                    std::string_view locale) const final {
        return with(field, value,
                    [&](const JsonField& f, const Json& v) { return format(f, v, locale); });
    }
    Result<std::string> parse_text(const Field& field, std::string_view text,
                                   std::string_view locale) const final {
        return with(field, "null", [&](const JsonField& f, const Json&) {
            return text_of(parse(f, text, locale), field.findings);
        });
    }
    Result<std::string> find_text(const Field& field, std::string_view value) const final {
        return with(field, value,
                    [&](const JsonField& f, const Json& v) { return search_text(f, v); });
    }
    Result<std::string> references_text(const Field& field, std::string_view value) const final {
        return with(field, value, [&](const JsonField& f, const Json& v) {
            return text_of(references(f, v), field.findings);
        });
    }
    static Json input_json(const Input& input) {
        return {
            {"value", input.value}, {"path", input.path}, {"name", input.name}, {"of", input.of}};
    }
    static Json term_json(const Term& term) {
        Json inputs = Json::array();
        for (const Input& input : term.inputs) inputs.push_back(input_json(input));
        return {{"op", term.op},
                {"text", term.text},
                {"value", term.value},
                {"inputs", std::move(inputs)}};
    }
    Result<std::string> evaluate_text(const Field& field, const FieldResolver& resolver,
                                      std::string_view value,
                                      std::string_view effects) const final {
        Result<Json> list = parse_json(effects);
        if (!list) return std::move(list).error();
        if (!list->is_array()) return fault(SZ_ERR_INVALID);
        return with(field, value, [&](const JsonField& f, const Json& v) -> Result<std::string> {
            Result<Evaluation> result = evaluate(f, resolver, v, *list);
            if (!result) return std::move(result).error();
            if (field.findings.has_error()) return fault(SZ_ERR_INVALID);
            Json terms = Json::array();
            for (const Term& term : result->terms) terms.push_back(term_json(term));
            return json_text(
                Json{{"value", std::move(result->value)}, {"terms", std::move(terms)}});
        });
    }
};

}  // namespace sz::plugin
