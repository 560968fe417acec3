// SPDX-License-Identifier: AGPL-3.0-or-later
// What most field types need: limits, options of a definition, words for findings, the description
// of operations. For plugins that link nlohmann_json.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "decimal.hpp"
#include "json.hpp"
#include "locale.hpp"

namespace sz::plugin {

inline constexpr std::size_t text_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t id_bytes_max = 128;
inline constexpr std::size_t items_max = 10'000;

// The definition's member, or null.
[[nodiscard]] inline const Json& option(const Json& definition, const char* name) {
    static const Json none;
    if (!definition.is_object()) return none;
    const auto found = definition.find(name);
    return found == definition.end() ? none : *found;
}

// "x", quoted and cut to a length that a sentence can carry.
[[nodiscard]] inline std::string in_quotes(std::string_view text) {
    constexpr std::size_t bytes_max = 60;
    if (text.size() <= bytes_max) return '"' + std::string(text) + '"';
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;  // not inside a character
    return '"' + std::string(text.substr(0, end)) + "…\"";
}

// Without the spaces, tabs and line ends around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// What was typed into a field whose values are text or null.
[[nodiscard]] inline Json text_or_null(std::string_view typed) {
    const std::string_view text = trimmed(typed);
    return text.empty() ? Json() : Json(text);
}

// An option that must be text, a boolean or an object, and is not. SZ-FIELD-104.
[[nodiscard]] inline Fault wrong_option(const Json& definition, std::string_view option,
                                        std::string_view wanted) {
    const std::string id = member_or(definition, "id", std::string());
    return invalid("SZ-FIELD-104",
                   "The definition of the field" + (id.empty() ? "" : " " + in_quotes(id)) +
                       " is wrong: " + in_quotes(option) + " must be " + std::string(wanted) + ".",
                   "Mend the template or the entry that declares the field.");
}

// What was given, for a message: "text", "a number", …
[[nodiscard]] inline std::string_view kind_of(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::boolean: return "true or false";
        case Json::value_t::string: return "text";
        case Json::value_t::array: return "a list";
        case Json::value_t::object: return "an object";
        default: return "a number";
    }
}

// An id inside a pack or a list: letters, digits, '-', '_', '.', at most id_bytes_max bytes; not
// "." or "..".
[[nodiscard]] inline bool is_id(std::string_view text) {
    if (text.empty() || text.size() > id_bytes_max || text == "." || text == "..") return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

// A JSON pointer's step for `key`: "/a~1b".
[[nodiscard]] inline std::string step(std::string_view key) {
    std::string text = "/";
    for (const char c : key) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return text;
}

// One argument of an operation, for describe().
struct Argument {
    const char* name;
    const char* title;
    Json schema;
};
// One operation, for describe(). `relative` operations commute.
[[nodiscard]] inline Json describe_operation(const char* name, const char* summary,
                                             std::initializer_list<Argument> args,
                                             bool is_relative = false) {
    Json list = Json::array();
    for (const Argument& arg : args)
        list.push_back({{"name", arg.name}, {"title", arg.title}, {"schema", arg.schema}});
    return {
        {"name", name}, {"summary", summary}, {"args", std::move(list)}, {"relative", is_relative}};
}

// For values that may be empty (null): set, clear and reset. "set" to null empties the field
// whatever its default is.
[[nodiscard]] inline Result<Change> change_nullable(const JsonFieldType& type,
                                                    const JsonField& field, const Json& value,
                                                    const Operation& operation, bool has_clear) {
    const bool is_set = operation.op == "set" && !operation.args.empty();
    if ((is_set && operation.arg(0).is_null()) || (has_clear && operation.op == "clear")) {
        return sz::plugin::set_change(value, nullptr);
    }
    return type.JsonFieldType::apply(field, value, operation);
}

// The number of JSON, or nothing and why.
[[nodiscard]] inline std::optional<Decimal> decimal_of(const Json& value,
                                                       DecimalFault* fault = nullptr) {
    if (value.is_number_unsigned())
        return Decimal::parse(std::to_string(value.get<std::uint64_t>()), fault);
    if (value.is_number_integer())
        return Decimal::parse(std::to_string(value.get<std::int64_t>()), fault);
    if (value.is_number_float()) return Decimal::from_double(value.get<double>(), fault);
    if (fault != nullptr) *fault = DecimalFault::not_a_number;
    return std::nullopt;
}

// A whole number becomes an integer, anything else the nearest binary number, whose shortest text
// is the decimal again.
[[nodiscard]] inline Json json_of(const Decimal& number) {
    return Json::parse(number.text(), nullptr, false);
}

// SZ-FIELD-110, 111.
[[nodiscard]] inline Fault wrong_number(const Json& value, DecimalFault fault) {
    switch (fault) {
        case DecimalFault::too_many_digits:
            return invalid("SZ-FIELD-111", "The number has more than 15 significant digits.",
                           "Round it.");
        case DecimalFault::too_large:
            return invalid("SZ-FIELD-111", "The number has more than 15 digits before the point.",
                           "Use a larger unit.");
        case DecimalFault::too_fine:
            return invalid("SZ-FIELD-111", "The number has more than 15 digits behind the point.",
                           "Round it.");
        default:
            return invalid("SZ-FIELD-110",
                           "A number belongs here, not " + std::string(kind_of(value)) + ".",
                           value.is_string() ? "Write the number without quotation marks."
                                             : "Write a number such as 3 or 2.5.");
    }
}

// A number that was typed. SZ-FIELD-110, 111.
[[nodiscard]] inline Result<Decimal> typed_number(std::string_view typed, std::string_view locale) {
    const std::string example = format_number("2.5", locale);
    const auto text = number_typed(typed, locale);
    DecimalFault fault = DecimalFault::not_a_number;
    if (const auto number = text ? Decimal::parse(*text, &fault) : std::nullopt) return *number;
    if (fault != DecimalFault::not_a_number) return wrong_number(Json(), fault);
    return invalid("SZ-FIELD-110", in_quotes(typed) + " is not a number.",
                   "Type a number such as 3 or " + example + ".");
}

}  // namespace sz::plugin
