// SPDX-License-Identifier: AGPL-3.0-or-later
#include "dice_expression.hpp"
#include "formula/fault.hpp"
#include "types.hpp"

namespace play {

Json Dice::describe() const {
    return {{"title", "Dice"},
            {"summary", "What to roll, such as 2d6+3 or 4d6dl1."},
            {"default", nullptr},
            {"editor", "dice"},
            {"typed", true},
            {"references", false},
            {"options", {{"type", "object"}}},
            {"operations",
             Json::array({describe_operation(
                              "set", "Sets what to roll; null sets nothing.",
                              {{"dice", "Dice", {{"type", Json::array({"string", "null"})}}}}),
                          describe_operation("clear", "Takes it away.", {}),
                          describe_operation("reset", "Goes back to the default.", {})})}};
}

Result<Json> Dice::normalize(const JsonField& field, const Json& value) const {
    const Json& wanted = given_or_default(field.definition, value);
    if (wanted.is_null()) return Json();
    if (!wanted.is_string())
        return invalid("SZ-FIELD-250",
                       "What to roll belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write it as text, such as \"2d6+3\".");
    const auto& text = wanted.get_ref<const std::string&>();
    const auto parsed = parse_dice(text);
    if (const auto* good = std::get_if<DiceExpression>(&parsed)) return Json(good->text());
    const auto& fault = std::get<DiceFault>(parsed);
    return invalid("SZ-FIELD-251",
                   in_quotes(text) + " cannot be rolled, from its character " +
                       std::to_string(formula::place_of(text, fault.at).column) +
                       " on: " + fault.why,
                   "Write dice such as 2d6+3, 4d6dl1 (drop the lowest), 3d10>=8 (count) or 4dF.");
}

Result<Change> Dice::apply(const JsonField& field, const Json& value,
                           const Operation& operation) const {
    return change_nullable(*this, field, value, operation, true);
}

Result<std::string> Dice::search_text(const JsonField&, const Json& value) const {
    return value.is_string() ? value.get<std::string>() : std::string();
}

Result<Json> Dice::parse(const JsonField&, std::string_view text, std::string_view) const {
    return text_or_null(text);
}

}  // namespace play
