// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/effects.hpp>
#include <sz/cpp/locale.hpp>

#include "formula/definition.hpp"
#include "formula/explanation.hpp"
#include "resource_pool.hpp"
#include "types.hpp"

namespace play {

namespace {

using sz::plugin::Evaluation;
using sz::plugin::FieldResolver;
using sz::plugin::format_number;

constexpr std::size_t rules_max = 50;

// How far what is added goes. Nothing: as far as one likes.
std::optional<Decimal> highest_current(const PoolLimits& limits, const Pool& pool) {
    const auto most = limits.maximum_of(pool);
    return limits.is_open && most && pool.current.compare(*most) > 0 ? pool.current : most;
}

Result<Decimal> argument(const Operation& operation, std::size_t index) {
    const auto number = decimal_of(operation.arg(index));
    if (!number) return wrong_arguments(operation, "a number");
    return *number;
}

Result<Decimal> sum(const Decimal& a, const Decimal& b) {
    if (const auto total = a.plus(b)) return *total;
    return invalid("SZ-FIELD-111", "The sum has more than 15 significant digits.",
                   "Set the number instead.");
}

// What a relative operation comes to. Its inverse says by how much, not to what: others may have
// changed the pool since.
Result<Change> moved(const Pool& before, const Pool& after) {
    const auto current = sum(before.current, after.current.negated());
    const auto temporary = sum(before.temporary, after.temporary.negated());
    if (!current) return current.error();
    if (!temporary) return temporary.error();
    return Change{
        {{"set", json_of_pool(after)}},
        {{"op", "adjust"}, {"args", Json::array({json_of(*current), json_of(*temporary)})}},
        true,
        {}};
}

// Losses are taken from what is temporary first.
Result<Change> add(const PoolLimits& limits, const Pool& before, const Decimal& amount) {
    Pool after = before;
    Decimal left = amount;
    if (amount.sign() < 0 && before.temporary.sign() > 0) {
        const auto rest = sum(before.temporary, amount);
        if (!rest) return rest.error();
        after.temporary = rest->sign() > 0 ? *rest : Decimal();
        left = rest->sign() < 0 ? *rest : Decimal();
    }
    const auto total = sum(before.current, left);
    if (!total) return total.error();
    after.current = limits.is_open && total->compare(limits.min) >= 0
                        ? *total
                        : between(*total, limits.min, highest_current(limits, before));
    return moved(before, after);
}

Result<Change> adjust(const PoolLimits& limits, const Pool& before, const Operation& operation) {
    const auto current = argument(operation, 0);
    if (!current) return current.error();
    const auto temporary = argument(operation, 1);
    if (!temporary) return temporary.error();
    const auto new_current = sum(before.current, *current);
    if (!new_current) return new_current.error();
    const auto new_temporary = sum(before.temporary, *temporary);
    if (!new_temporary) return new_temporary.error();
    Pool after = before;
    after.current = limits.is_open && new_current->compare(limits.min) >= 0
                        ? *new_current
                        : between(*new_current, limits.min, highest_current(limits, before));
    after.temporary = new_temporary->sign() < 0 ? Decimal() : *new_temporary;
    return moved(before, after);
}

Fault unknown_maximum() {
    return invalid("SZ-FIELD-203", "What the maximum is cannot be computed now.",
                   "Ask why (character explain), or set the current number.");
}
Fault computed_maximum() {
    return invalid("SZ-FIELD-204", "The maximum is computed; it is not set.",
                   "Change what its formula reads.");
}

// Where a rule of the definition leads: {"id", "name", "to": "maximum", "minimum", "half" or a
// number, "add": number, "keepsTemporary"}.
Result<Pool> by_rule(const JsonField& field, const PoolLimits& limits, const Pool& before,
                     const Operation& operation) {
    const Json& rules = option(field.definition, "rules");
    const std::string id = operation.arg(0).is_string() ? operation.arg(0).get<std::string>() : "";
    const auto rule = std::find_if(rules.begin(), rules.end(), [&id](const Json& one) {
        return member_or(one, "id", std::string()) == id;
    });
    if (!rules.is_array() || rule == rules.end())
        return invalid("SZ-FIELD-201", "The field has no rule " + in_quotes(id) + " to reset by.",
                       "Give the id of one of its \"rules\", or nothing for the default.");
    Pool after = before;
    const auto most = limits.maximum_of(before);
    const Json& to = option(*rule, "to");
    const Json& more = option(*rule, "add");
    if ((to == "maximum" || to == "half") && !most) return unknown_maximum();
    if (to == "maximum") {
        after.current = *most;
    } else if (to == "minimum") {
        after.current = limits.min;
    } else if (to == "half") {
        after.current = most->divided_by(*Decimal::parse("2"))->floor();
    } else if (const auto number = decimal_of(to.is_null() ? more : to)) {
        const auto wanted = to.is_null() ? sum(before.current, *number) : Result<Decimal>(*number);
        if (!wanted) return wanted.error();
        after.current = between(*wanted, limits.min, highest_current(limits, before));
    } else {
        return wrong_option(field.definition, "rules",
                            "rules whose \"to\" is maximum, minimum, half or a number");
    }
    if (!member_or(*rule, "keepsTemporary", false)) after.temporary = Decimal();
    return after;
}

Fault no_number(const Json& value) {
    return invalid(
        "SZ-FIELD-205",
        "The maximum comes to " + std::string(kind_of(value)) + ", and a number belongs here.",
        "Mend the field's formula: 10 + 2 * wit is a number.");
}

// What is stored, or what the formula comes to. Empty counts as 0.
Result<Evaluation> maximum_before_things(const JsonField& field, const FieldResolver& resolver,
                                         const Json& value) {
    const auto text = formula::formula_of(field.definition);
    if (!text) return text.error();
    if (!*text) {
        const Json stored = json_of(decimal_of(option(value, "maximum")).value_or(Decimal()));
        const std::string name = member_or(field.definition, "name", std::string("maximum"));
        return Evaluation{stored, {{"add", name, stored, {}}}};
    }
    const auto expression = formula::read(field, **text);
    if (!expression) return expression.error();
    formula::Evaluator evaluator(field, resolver, **text);
    Result<Evaluation> evaluation = formula::explain(*expression, evaluator);
    if (!evaluation) return evaluation;
    if (evaluation->value.is_null()) {
        evaluation->value = 0;
        for (auto& term : evaluation->terms) term = {"add", term.text, 0, term.inputs};
    }
    if (!evaluation->value.is_number()) return no_number(evaluation->value);
    return evaluation;
}

}  // namespace

Json Resource::describe() const {
    const Json number{{"type", "number"}}, text{{"type", "string"}};
    const Json rule{
        {"type", "object"},
        {"required", Json::array({"id"})},
        {"properties",
         {{"id", text},
          {"name", text},
          {"to", {{"enum", Json::array({"maximum", "minimum", "half"})}, {"title", "Or a number"}}},
          {"add", number},
          {"keepsTemporary", {{"type", "boolean"}}}}}};
    Json open_rule = rule;
    open_rule["properties"]["to"] = {{"title", "maximum, minimum, half or a number"}};
    const Json value{{"type", Json::array({"object", "number"})}};
    return {
        {"title", "Resource"},
        {"summary", "What is used up and comes back: how much there is, how much there may be."},
        {"default", {{"current", 0}, {"maximum", 0}, {"temporary", 0}}},
        {"editor", "resource"},
        {"typed", true},
        {"references", true},
        {"computed", "modified"},
        {"appliesTo", "computed"},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"min", {{"type", "number"}, {"title", "Least value (0)"}}},
            {"max", {{"type", "number"}, {"title", "Maximum, where the value does not say"}}},
            {"formula",
             {{"type", "string"},
              {"minLength", 1},
              {"maxLength", formula::formula_bytes_max},
              {"title", "Formula of the maximum, such as 10 + 2 * wit"}}},
            {"declassify",
             {{"type", "boolean"},
              {"title", "Whoever sees this field may see the maximum, whatever it comes from"}}},
            {"isOpen", {{"type", "boolean"}, {"title", "May go beyond the maximum"}}},
            {"rules",
             {{"type", "array"},
              {"maxItems", rules_max},
              {"items", open_rule},
              {"title", "What resets it, such as a rest"}}}}}}},
        {"operations",
         Json::array(
             {describe_operation("set", "Sets it: the current number, or members of the value.",
                                 {{"value", "Value", value}}),
              describe_operation("add",
                                 "Adds to what is there, within the limits; a loss is taken from "
                                 "what is temporary first.",
                                 {{"number", "How much", number}}, true),
              describe_operation(
                  "adjust", "Adds to each part, within the limits.",
                  {{"current", "Current", number}, {"temporary", "Temporary", number}}, true),
              describe_operation("setMaximum", "Sets how much there may be.",
                                 {{"number", "Maximum", number}}),
              describe_operation("setTemporary", "Sets what is temporary.",
                                 {{"number", "Temporary", number}}),
              describe_operation("reset",
                                 "Goes back to the default, or by one of the field's rules.",
                                 {{"rule", "Rule", {{"type", "string"}}}})})}};
}

Result<Json> Resource::normalize(const JsonField& field, const Json& value) const {
    const Result<PoolLimits> limits = limits_of(field.definition);
    if (!limits) return limits.error();
    const auto formula = formula::formula_of(field.definition);
    if (!formula) return formula.error();
    if (*formula) {
        const auto good = formula::read_to_keep(field, **formula);
        if (!good) return good.error();
        if (good->kind == formula::Expression::Kind::text) return no_number(Json(good->text));
    }
    const Json& wanted = given_or_default(field.definition, value);
    if (!wanted.is_null() && !wanted.is_number() && !wanted.is_object())
        return invalid("SZ-FIELD-202",
                       "A resource belongs here, not " + std::string(kind_of(wanted)) + ".",
                       "Write {\"current\", \"maximum\", \"temporary\"}, or the number alone.");
    const Result<Pool> pool =
        read_pool(*limits, wanted.is_null() ? Json::object() : wanted, nullptr);
    if (!pool) return pool.error();
    if (const auto wrong = wrong_pool(*limits, *pool)) return *wrong;
    if (wanted.is_object())
        warn_of_others(field, wanted, {"current", "maximum", "temporary"}, "A resource");
    return json_of_pool(*pool);
}

namespace {

// Lowers nothing that is stored: a thing that lowers the maximum may go again. It only stops what
// would be gained.
Pool before_change(PoolLimits& limits, const Json& value) {
    if (!limits.computed) return pool_of(limits, value);
    PoolLimits stored = limits;
    const auto maximum = decimal_of(option(value, "maximum"));
    if (maximum && stored.computed->compare(*maximum) < 0) stored.computed = maximum;
    Pool before = pool_of(stored, value);
    if (limits.computed->compare(before.current) < 0) limits.computed = before.current;
    return before;
}

bool is_whole(const Json& value) {
    return value.is_object() && value.contains("current") && value.contains("maximum") &&
           value.contains("temporary");
}

}  // namespace

Result<Change> Resource::apply(const JsonField& field, const Json& value,
                               const Operation& operation) const {
    Result<PoolLimits> limits = limits_of(field.definition);
    if (!limits) return limits.error();
    if (operation.op == "add") {
        const auto amount = argument(operation, 0);
        if (!amount) return amount.error();
        // A loss is one from what is seen.
        if (amount->sign() < 0) return add(*limits, pool_of(*limits, value), *amount);
        const Pool before = before_change(*limits, value);
        return add(*limits, before, *amount);
    }
    const Pool before = before_change(*limits, value);
    if (operation.op == "adjust") return adjust(*limits, before, operation);
    Pool after = before;
    if (operation.op == "setMaximum" || operation.op == "setTemporary") {
        const auto number = argument(operation, 0);
        if (!number) return number.error();
        const bool is_maximum = operation.op == "setMaximum";
        if (is_maximum && limits->has_formula) return computed_maximum();
        if (is_maximum)
            after.maximum = *number;
        else
            after.temporary = *number;
        const bool is_cut = is_maximum && !limits->computed && !limits->is_open;
        if (is_cut && after.current.compare(*number) > 0) after.current = *number;
    } else if (operation.op == "reset" && !operation.arg(0).is_null()) {
        const Result<Pool> reset = by_rule(field, *limits, before, operation);
        if (!reset) return reset.error();
        after = *reset;
    } else if (operation.op == "set" &&
               (operation.arg(0).is_number() || operation.arg(0).is_object())) {
        const auto maximum = decimal_of(option(operation.arg(0), "maximum"));
        if (limits->has_formula && maximum && maximum != limits->computed)
            return computed_maximum();
        const Result<Pool> set = read_pool(*limits, operation.arg(0), &before);
        if (!set) return set.error();
        after = *set;
        // An undo gives the whole value back; what is too much today is cut by whoever reads it.
        if (limits->computed && is_whole(operation.arg(0))) limits->is_open = true;
    } else {
        return JsonFieldType::apply(field, value, operation);
    }
    // What things make of another maximum is not known here; whoever reads it cuts it.
    if (limits->computed && after.maximum != before.maximum) limits->is_open = true;
    if (const auto wrong = wrong_pool(*limits, after)) return *wrong;
    return set_change(value, json_of_pool(after));
}

Result<std::string> Resource::format(const JsonField& field, const Json& value,
                                     std::string_view locale) const {
    const Result<PoolLimits> limits = limits_of(field.definition);
    const Pool pool = pool_of(limits ? *limits : PoolLimits(), value);
    std::string text = format_number(pool.current.text(), locale);
    if (pool.maximum) text += "/" + format_number(pool.maximum->text(), locale);
    if (pool.temporary.sign() > 0)
        text += " (+" + format_number(pool.temporary.text(), locale) + ")";
    return text;
}

// "7", "7/10", "7/10 (+4)". What is not typed stays as it is, which "set" sees to.
Result<Json> Resource::parse(const JsonField&, std::string_view text,
                             std::string_view locale) const {
    text = sz::plugin::trimmed(text);
    if (text.empty()) return Json();
    Json value = Json::object();
    const auto take = [&](const char* member, std::string_view typed) -> std::optional<Fault> {
        const auto number = typed_number(typed, locale);
        if (!number) return number.error();
        value[member] = json_of(*number);
        return std::nullopt;
    };
    if (const std::size_t open = text.find('('); open != text.npos && text.ends_with(')')) {
        const std::string_view rest = text.substr(open + 1, text.size() - open - 2);
        if (const auto wrong = take("temporary", rest)) return *wrong;
        text = text.substr(0, open);
    }
    const std::size_t slash = text.find('/');
    if (slash != text.npos) {
        if (const auto wrong = take("maximum", text.substr(slash + 1))) return *wrong;
    }
    if (const auto wrong = take("current", text.substr(0, slash))) return *wrong;
    return value.size() == 1 ? value["current"] : value;
}

Result<Json> Resource::references(const JsonField& field, const Json&) const {
    return formula::what_it_reads(field.definition);
}

// The terms are those of the maximum.
Result<Evaluation> Resource::evaluate(const JsonField& field, const FieldResolver& resolver,
                                      const Json& value, const Json& effects) const {
    Result<PoolLimits> limits = limits_of(field.definition);
    if (!limits) return limits.error();
    Result<Evaluation> maximum = maximum_before_things(field, resolver, value);
    if (!maximum) return maximum;
    const auto applied =
        sz::plugin::apply_effects(*maximum, effects, sz::plugin::EffectsOn::number);
    if (!applied) return applied.error();
    limits->computed = decimal_of(maximum->value);
    if (!limits->computed) return no_number(maximum->value);
    if (limits->computed->compare(limits->min) < 0) {
        limits->computed = limits->min;
        maximum->terms.push_back({"atLeast", "least value", json_of(limits->min), {}});
    }
    Pool pool = pool_of(*limits, value);
    pool.maximum = limits->computed;
    maximum->value = json_of_pool(pool);
    return maximum;
}

}  // namespace play
