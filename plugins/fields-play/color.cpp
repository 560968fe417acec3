// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

namespace play {

namespace {

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// "#rgb", "#rgba", "#rrggbb" or "#rrggbbaa", as CSS writes them, as the long form in small letters.
// What is not transparent needs no "ff".
std::optional<std::string> canonical(std::string_view text) {
    if (text.empty() || text[0] != '#') return std::nullopt;
    const std::string_view digits = text.substr(1);
    const bool is_short = digits.size() == 3 || digits.size() == 4;
    if (!is_short && digits.size() != 6 && digits.size() != 8) return std::nullopt;
    std::string color = "#";
    for (const char c : digits) {
        if (!is_hex(c)) return std::nullopt;
        const char small = c >= 'A' && c <= 'F' ? static_cast<char>(c + ('a' - 'A')) : c;
        color.append(is_short ? 2 : 1, small);
    }
    constexpr std::size_t with_alpha = 9;
    if (color.size() == with_alpha && color.ends_with("ff")) color.resize(with_alpha - 2);
    return color;
}

}  // namespace

Json Color::describe() const {
    return {{"title", "Colour"},
            {"summary", "A colour, such as #8b0000."},
            {"default", nullptr},
            {"editor", "color"},
            {"typed", true},
            {"references", false},
            {"options", {{"type", "object"}}},
            {"operations",
             Json::array({describe_operation(
                              "set", "Sets the colour; null sets none.",
                              {{"color", "Colour", {{"type", Json::array({"string", "null"})}}}}),
                          describe_operation("clear", "Takes the colour away.", {}),
                          describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Color::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json();
    const auto color =
        wanted.is_string() ? canonical(wanted.get_ref<const std::string&>()) : std::nullopt;
    if (color) return Json(*color);
    return invalid("SZ-FIELD-210",
                   wanted.is_string()
                       ? in_quotes(wanted.get_ref<const std::string&>()) + " is not a colour."
                       : "A colour belongs here, not " + std::string(kind_of(wanted)) + ".",
                   "Write #rrggbb, such as \"#8b0000\" for a dark red.");
}

Result<Change> Color::apply(const JsonField& field, const Json& value,
                            const Operation& operation) const {
    return change_nullable(*this, field, value, operation, true);
}

Result<Json> Color::parse(const JsonField&, std::string_view text, std::string_view) const {
    return text_or_null(text);
}

}  // namespace play
