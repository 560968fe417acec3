// SPDX-License-Identifier: AGPL-3.0-or-later
#include "common.hpp"

#include <algorithm>

namespace fields {

const Json& option(const Json& definition, const char* name) {
    static const Json none;
    if (!definition.is_object()) return none;
    const auto found = definition.find(name);
    return found == definition.end() ? none : *found;
}

Fault wrong_option(const Json& definition, std::string_view option, std::string_view wanted) {
    const std::string id = member_or(definition, "id", std::string());
    return invalid("SZ-FIELD-104",
                   "The definition of the field" + (id.empty() ? "" : " " + in_quotes(id)) +
                       " is wrong: " + in_quotes(option) + " must be " + std::string(wanted) + ".",
                   "Mend the template or the entry that declares the field.");
}

std::string_view kind_of(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::boolean: return "true or false";
        case Json::value_t::string: return "text";
        case Json::value_t::array: return "a list";
        case Json::value_t::object: return "an object";
        default: return "a number";
    }
}

bool is_id(std::string_view text) {
    if (text.empty() || text.size() > id_bytes_max || text == "." || text == "..") return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

std::string step(std::string_view key) {
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

std::string in_quotes(std::string_view text) {
    constexpr std::size_t bytes_max = 60;
    if (text.size() <= bytes_max) return '"' + std::string(text) + '"';
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;  // not inside a character
    return '"' + std::string(text.substr(0, end)) + "…\"";
}

Json describe_operation(const char* name, const char* summary, std::initializer_list<Argument> args,
                        bool is_relative) {
    Json list = Json::array();
    for (const Argument& arg : args)
        list.push_back({{"name", arg.name}, {"title", arg.title}, {"schema", arg.schema}});
    return {
        {"name", name}, {"summary", summary}, {"args", std::move(list)}, {"relative", is_relative}};
}

Result<Change> change_nullable(const JsonFieldType& type, const JsonField& field, const Json& value,
                               const Operation& operation, bool has_clear) {
    const bool is_set = operation.op == "set" && !operation.args.empty();
    if ((is_set && operation.arg(0).is_null()) || (has_clear && operation.op == "clear")) {
        return sz::plugin::set_change(value, nullptr);
    }
    return type.JsonFieldType::apply(field, value, operation);
}

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The bytes of the character that begins at `at` (RFC 3629), or 0 when it is none.
std::size_t character_bytes(std::string_view text, std::size_t at) {
    const auto byte = [&text, at](std::size_t i) {
        return static_cast<unsigned char>(text[at + i]);
    };
    const unsigned char first = byte(0);
    const std::size_t bytes = first < 0x80                    ? 1
                              : first >= 0xc2 && first < 0xe0 ? 2
                              : (first & 0xf0) == 0xe0        ? 3
                              : first >= 0xf0 && first < 0xf5 ? 4
                                                              : 0;
    if (bytes == 0 || at + bytes > text.size()) return 0;
    for (std::size_t i = 1; i < bytes; ++i) {
        if (!is_continuation(text[at + i])) return 0;
    }
    const bool is_wrong = (first == 0xe0 && byte(1) < 0xa0) ||
                          (first == 0xed && byte(1) >= 0xa0) ||  // overlong, surrogates
                          (first == 0xf0 && byte(1) < 0x90) ||
                          (first == 0xf4 && byte(1) >= 0x90);  // overlong, past U+10FFFF
    return is_wrong ? 0 : bytes;
}

}  // namespace

bool is_canonical_string(std::string_view json, std::string_view escapes) {
    if (json.size() < 2 || json.front() != '"' || json.back() != '"') return false;
    const std::string_view inside = json.substr(1, json.size() - 2);
    for (std::size_t at = 0; at < inside.size();) {
        const char c = inside[at];
        if (c == '\\') {
            if (at + 1 == inside.size() || escapes.find(inside[at + 1]) == escapes.npos)
                return false;
            at += 2;
        } else if (c == '"' || c == 0x7f || (static_cast<unsigned char>(c) < 0x20)) {
            return false;
        } else {
            const std::size_t bytes = character_bytes(inside, at);
            if (bytes == 0) return false;
            at += bytes;
        }
    }
    return true;
}

bool surely_lacks(std::string_view definition, std::initializer_list<std::string_view> options) {
    if (definition.find('\\') != definition.npos)
        return false;  // a name may be written with \u escapes
    return std::all_of(options.begin(), options.end(), [definition](std::string_view option) {
        return definition.find(option) == definition.npos;
    });
}

}  // namespace fields
