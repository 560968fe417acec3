// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <sz/cpp/decimal.hpp>
#include <sz/cpp/effects.hpp>
#include <sz/cpp/locale.hpp>

namespace fields {

namespace {

using sz::plugin::Decimal;
using sz::plugin::decimal_of;
using sz::plugin::DecimalFault;
using sz::plugin::format_number;
using sz::plugin::json_of;
using sz::plugin::typed_number;
using sz::plugin::wrong_number;

struct Bounds {
    std::optional<Decimal> min, max, step;
};

Result<Bounds> bounds_of(const Json& definition) {
    Bounds bounds;
    const struct {
        const char* name;
        std::optional<Decimal>* bound;
    } parts[] = {{"min", &bounds.min}, {"max", &bounds.max}, {"step", &bounds.step}};
    for (const auto& part : parts) {
        const Json& written = option(definition, part.name);
        if (written.is_null()) continue;
        *part.bound = decimal_of(written);
        if (!*part.bound) return wrong_option(definition, part.name, "a number");
    }
    if (bounds.step && bounds.step->sign() <= 0)
        return wrong_option(definition, "step", "greater than 0");
    if (bounds.min && bounds.max && bounds.max->compare(*bounds.min) < 0)
        return wrong_option(definition, "max", "at least \"min\"");
    return bounds;
}

std::string range_text(const Bounds& bounds) {
    if (bounds.min && bounds.max) return "from " + bounds.min->text() + " to " + bounds.max->text();
    return bounds.min ? bounds.min->text() + " or more" : bounds.max->text() + " or less";
}

// What is wrong with the number's place, if anything.
std::optional<Fault> outside(const Bounds& bounds, const Decimal& number) {
    if ((bounds.min && number.compare(*bounds.min) < 0) ||
        (bounds.max && number.compare(*bounds.max) > 0)) {
        return invalid(
            "SZ-FIELD-112",
            number.text() + " is out of range: the field takes " + range_text(bounds) + ".",
            "Give a number " + range_text(bounds) + ".");
    }
    const Decimal origin = bounds.min.value_or(Decimal());
    if (bounds.step && !number.is_on_step(origin, *bounds.step)) {
        return invalid("SZ-FIELD-113",
                       number.text() + " is between two steps: the field goes in steps of " +
                           bounds.step->text() + " from " + origin.text() + ".",
                       "Give " + origin.text() + " or a number that is whole steps away from it.");
    }
    return std::nullopt;
}

// Zero, or what is nearest to it in the range.
Decimal type_default(const Bounds& bounds) {
    const Decimal zero;
    if (bounds.min && bounds.min->compare(zero) > 0) return *bounds.min;
    if (bounds.max && bounds.max->compare(zero) < 0 && !bounds.min) return *bounds.max;
    if (bounds.min && outside(bounds, zero)) return *bounds.min;
    return zero;
}

}  // namespace

Json Number::describe() const {
    const Json number{{"type", "number"}};
    return {
        {"title", "Number"},
        {"summary", "A decimal number of up to 15 digits."},
        {"default", 0},
        {"editor", "number"},
        {"typed", true},
        {"references", false},
        {"computed", "modified"},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"min", {{"type", "number"}, {"title", "Least value"}}},
            {"max", {{"type", "number"}, {"title", "Greatest value"}}},
            {"step",
             {{"type", "number"},
              {"exclusiveMinimum", 0},
              {"title", "Step, counted from the least value or 0"}}},
            {"unit",
             {{"type", "string"},
              {"maxLength", 40},
              {"title", "Unit, shown behind the number"}}}}}}},
        {"operations",
         Json::array({describe_operation("set", "Sets the number.", {{"number", "Number", number}}),
                      describe_operation("add", "Adds to the number; a negative number takes away.",
                                         {{"number", "How much", number}}, true),
                      describe_operation("reset", "Goes back to the default.", {})})}};
}

bool Number::is_canonical(std::string_view definition, std::string_view value) const {
    const auto number = Decimal::parse(value);
    return number && number->text() == value &&
           surely_lacks(definition, {"\"min\"", "\"max\"", "\"step\""});
}

Result<Json> Number::normalize(const JsonField& field, const Json& value) const {
    const Result<Bounds> bounds = bounds_of(field.definition);
    if (!bounds) return bounds.error();
    const Json& wanted = value.is_null() ? option(field.definition, "defaultValue") : value;
    if (wanted.is_null()) return json_of(type_default(*bounds));
    DecimalFault fault = DecimalFault::none;
    const auto number = decimal_of(wanted, &fault);
    if (!number) return wrong_number(wanted, fault);
    if (const auto wrong = outside(*bounds, *number)) return *wrong;
    return json_of(*number);
}

Result<Change> Number::apply(const JsonField& field, const Json& value,
                             const Operation& operation) const {
    if (operation.op != "add") return JsonFieldType::apply(field, value, operation);
    const Result<Bounds> bounds = bounds_of(field.definition);
    if (!bounds) return bounds.error();
    DecimalFault fault = DecimalFault::none;
    const auto more = decimal_of(operation.arg(0), &fault);
    if (!more) {
        const Fault wrong = wrong_number(operation.arg(0), fault);
        return invalid("SZ-FIELD-103", "The operation \"add\" wants a number. " + wrong.message,
                       wrong.hint);
    }
    const auto now = decimal_of(value, &fault);
    if (!now) return wrong_number(value, fault);
    const auto sum = now->plus(*more);
    if (!sum)
        return invalid("SZ-FIELD-111", "The sum has more than 15 significant digits.",
                       "Set the number instead.");
    if (const auto wrong = outside(*bounds, *sum)) {
        return invalid(
            wrong->code,
            "Adding " + more->text() + " to " + now->text() + " is not possible: " + wrong->message,
            wrong->hint);
    }
    return Change{{{"set", json_of(*sum)}},
                  {{"op", "add"}, {"args", Json::array({json_of(more->negated())})}},
                  true,
                  {}};
}

Result<std::string> Number::format(const JsonField& field, const Json& value,
                                   std::string_view locale) const {
    const auto number = decimal_of(value);
    std::string text = number ? format_number(number->text(), locale) : value.dump();
    const std::string unit = member_or(field.definition, "unit", std::string());
    return unit.empty() ? text : text + " " + unit;
}

Result<Json> Number::parse(const JsonField& field, std::string_view text,
                           std::string_view locale) const {
    const std::string unit = member_or(field.definition, "unit", std::string());
    if (!unit.empty() && text.ends_with(" " + unit)) text.remove_suffix(unit.size() + 1);
    if (trimmed(text).empty()) return Json();
    const auto number = typed_number(text, locale);
    return number ? Result<Json>(json_of(*number)) : number.error();
}

// The limits are for what is stored: a thing may lift a number above them.
Result<sz::plugin::Evaluation> Number::evaluate(const JsonField& field,
                                                const sz::plugin::FieldResolver&, const Json& value,
                                                const Json& effects) const {
    const std::string name = member_or(field.definition, "name", std::string("value"));
    sz::plugin::Evaluation evaluation{value,
                                      {{value.is_number() ? "add" : "set", name, value, {}}}};
    const auto applied =
        sz::plugin::apply_effects(evaluation, effects, sz::plugin::EffectsOn::number);
    if (!applied) return applied.error();
    return evaluation;
}

}  // namespace fields
