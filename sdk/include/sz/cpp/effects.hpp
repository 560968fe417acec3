// SPDX-License-Identifier: AGPL-3.0-or-later
// What things do to a computed value: the sword's +1, the curse that halves. For types that compute
// (ext/field_type.h, evaluate). Each effect becomes a term of the explanation.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "fields.hpp"

namespace sz::plugin {

inline constexpr std::size_t effects_max = 1000;  // on one field

// What a value may become: a number's effects leave it a number.
enum class EffectsOn : bool { number, any };

namespace effects_detail {

[[nodiscard]] inline Fault refuse(const std::string& name, std::string why, std::string hint) {
    return invalid("SZ-FIELD-114",
                   "The effect of " + in_quotes(name) + " cannot be applied: " + std::move(why),
                   std::move(hint));
}

[[nodiscard]] inline bool is_known(std::string_view op) {
    return op == "multiply" || op == "add" || op == "atMost" || op == "atLeast" || op == "set";
}

// Nothing past 15 digits before the point.
[[nodiscard]] inline std::optional<Decimal> apply(std::string_view op, const Decimal& before,
                                                  const Decimal& by) {
    if (op == "add") return before.plus_rounded(by);
    if (op == "multiply") return before.times(by);
    if (op == "atMost") return before.compare(by) > 0 ? by : before;
    if (op == "atLeast") return before.compare(by) < 0 ? by : before;
    return by;
}

// The value afterwards.
[[nodiscard]] inline Result<Json> after(const std::string& name, const std::string& op,
                                        const Json& before, const Json& by, EffectsOn kind) {
    const auto number = decimal_of(by);
    if (op == "set" && kind == EffectsOn::any && (by.is_string() || by.is_boolean())) return by;
    if (!number)
        return refuse(name,
                      "it brings " + std::string(kind_of(by)) + ", and a number belongs here.",
                      "Mend the effect of this thing: its value is a number of up to 15 digits.");
    const auto now = decimal_of(before);
    if (op == "set") return json_of(*number);
    if (!now)
        return refuse(name,
                      "there is " + std::string(kind_of(before)) + " and no number to change.",
                      "Mend the effect of this thing: only \"set\" changes what is no number.");
    const auto changed = apply(op, *now, *number);
    if (!changed)
        return refuse(name, "the result has more than 15 digits before the point.",
                      "Mend the effect of this thing: its value is too large.");
    return json_of(*changed);
}

// What is empty counts as 0, in its term too.
inline void fill(Evaluation& evaluation) {
    evaluation.value = 0;
    for (Term& term : evaluation.terms) {
        term.op = "add";
        term.value = 0;
    }
}

}  // namespace effects_detail

// Applies the effects (an array as evaluate gets it) in their order to the evaluation's value, with
// a term for each. Arithmetic is rounded as in decimal.hpp. An effect whose value is empty (null)
// does nothing and has no term. SZ-FIELD-114.
[[nodiscard]] inline Status apply_effects(Evaluation& evaluation, const Json& effects,
                                          EffectsOn kind) {
    if (effects.size() > effects_max)
        return invalid("SZ-FIELD-114", "More than 1000 effects change this field.",
                       "Take things away that change it.");
    for (const Json& effect : effects) {
        const std::string name = member_or(effect, "name", std::string());
        const std::string op = member_or(effect, "op", std::string());
        if (!effects_detail::is_known(op))
            return effects_detail::refuse(
                name, in_quotes(op) + " is not what an effect can do.",
                "An effect is one of multiply, add, atMost, atLeast and set.");
        const Json& by = option(effect, "value");
        if (by.is_null()) continue;
        if (evaluation.value.is_null() && op != "set") effects_detail::fill(evaluation);
        Result<Json> after = effects_detail::after(name, op, evaluation.value, by, kind);
        if (!after) return std::move(after).error();
        evaluation.value = *std::move(after);
        evaluation.terms.push_back({op,
                                    name,
                                    by,
                                    {{by, member_or(effect, "path", std::string()), name,
                                      member_or(effect, "of", std::string())}}});
    }
    return {};
}

}  // namespace sz::plugin
