// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/cpp/locale.hpp>

#include "types.hpp"

namespace play {

namespace {

using sz::plugin::format_number;

constexpr std::size_t rules_max = 50;

struct Pool {
    Decimal current, maximum, temporary;
};

// What the definition says.
struct Limits {
    Decimal min;
    std::optional<Decimal> max;  // what the maximum is where the value does not say
    bool is_open = false;        // current may go beyond the maximum
};

Result<Limits> limits_of(const Json& definition) {
    Limits limits;
    if (const Json& min = option(definition, "min"); !min.is_null()) {
        const auto number = decimal_of(min);
        if (!number) return wrong_option(definition, "min", "a number");
        limits.min = *number;
    }
    if (const Json& max = option(definition, "max"); !max.is_null()) {
        limits.max = decimal_of(max);
        if (!limits.max) return wrong_option(definition, "max", "a number");
        if (limits.max->compare(limits.min) < 0)
            return wrong_option(definition, "max", "at least \"min\"");
    }
    limits.is_open = member_or(definition, "isOpen", false);
    return limits;
}

Json json_of_pool(const Pool& pool) {
    return {{"current", json_of(pool.current)},
            {"maximum", json_of(pool.maximum)},
            {"temporary", json_of(pool.temporary)}};
}

// A canonical value.
Pool pool_of(const Json& value) {
    const auto member = [&value](const char* name) {
        return decimal_of(option(value, name)).value_or(Decimal());
    };
    return {member("current"), member("maximum"), member("temporary")};
}

Decimal between(const Decimal& number, const Decimal& least, const Decimal& most) {
    return number.compare(least) < 0 ? least : number.compare(most) > 0 ? most : number;
}
Decimal highest_current(const Limits& limits, const Pool& pool) {
    return limits.is_open && pool.current.compare(pool.maximum) > 0 ? pool.current : pool.maximum;
}

Fault at(Fault fault, const std::string& pointer) {
    fault.pointer = pointer + fault.pointer;
    return fault;
}

// The number of a member, or `otherwise` where it is left out.
Result<Decimal> number_of(const Json& value, const char* name, const Decimal& otherwise) {
    const Json& written = option(value, name);
    if (written.is_null()) return otherwise;
    DecimalFault fault = DecimalFault::none;
    const auto number = decimal_of(written, &fault);
    if (!number) return at(wrong_number(written, fault), step(name));
    return *number;
}

Fault outside(const char* member, std::string_view why) {
    return invalid("SZ-FIELD-200", in_quotes(member) + " " + std::string(why) + ".",
                   "Give a number in the range, or change the other one first.", step(member));
}

std::optional<Fault> wrong_pool(const Limits& limits, const Pool& pool) {
    if (pool.maximum.compare(limits.min) < 0)
        return outside("maximum", "is less than the least value, " + limits.min.text());
    if (pool.current.compare(limits.min) < 0)
        return outside("current", "is less than the least value, " + limits.min.text());
    if (!limits.is_open && pool.current.compare(pool.maximum) > 0)
        return outside("current", "is more than the maximum, " + pool.maximum.text());
    if (pool.temporary.sign() < 0) return outside("temporary", "is less than nothing");
    return std::nullopt;
}

// A number alone is the current one; the maximum stays what it is, or what the definition says.
Result<Pool> read_pool(const Limits& limits, const Json& value, const Pool* before) {
    Pool pool = before != nullptr ? *before : Pool{};
    if (value.is_number()) {
        const auto current = number_of(Json{{"current", value}}, "current", {});
        if (!current) return current.error();
        if (before == nullptr) pool.maximum = limits.max.value_or(*current);
        pool.current = *current;
        return pool;
    }
    const Decimal known = before != nullptr ? before->maximum : limits.max.value_or(limits.min);
    const auto maximum = number_of(value, "maximum",
                                   before == nullptr && !limits.max
                                       ? decimal_of(option(value, "current")).value_or(known)
                                       : known);
    if (!maximum) return maximum.error();
    const auto current =
        number_of(value, "current", before != nullptr ? before->current : *maximum);
    if (!current) return current.error();
    const auto temporary = number_of(value, "temporary", pool.temporary);
    if (!temporary) return temporary.error();
    return Pool{*current, *maximum, *temporary};
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
Result<Change> add(const Limits& limits, const Pool& before, const Decimal& amount) {
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

Result<Change> adjust(const Limits& limits, const Pool& before, const Operation& operation) {
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

// Where a rule of the definition leads: {"id", "name", "to": "maximum", "minimum", "half" or a
// number, "add": number, "keepsTemporary"}.
Result<Pool> by_rule(const JsonField& field, const Limits& limits, const Pool& before,
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
    const Json& to = option(*rule, "to");
    const Json& more = option(*rule, "add");
    if (to == "maximum") {
        after.current = before.maximum;
    } else if (to == "minimum") {
        after.current = limits.min;
    } else if (to == "half") {
        after.current = before.maximum.divided_by(*Decimal::parse("2"))->floor();
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
        {"references", false},
        {"options",
         {{"type", "object"},
          {"properties",
           {{"min", {{"type", "number"}, {"title", "Least value (0)"}}},
            {"max", {{"type", "number"}, {"title", "Maximum, where the value does not say"}}},
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
    const Result<Limits> limits = limits_of(field.definition);
    if (!limits) return limits.error();
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

Result<Change> Resource::apply(const JsonField& field, const Json& value,
                               const Operation& operation) const {
    const Result<Limits> limits = limits_of(field.definition);
    if (!limits) return limits.error();
    const Pool before = pool_of(value);
    if (operation.op == "add") {
        const auto amount = argument(operation, 0);
        return amount ? add(*limits, before, *amount) : amount.error();
    }
    if (operation.op == "adjust") return adjust(*limits, before, operation);
    Pool after = before;
    if (operation.op == "setMaximum" || operation.op == "setTemporary") {
        const auto number = argument(operation, 0);
        if (!number) return number.error();
        const bool is_maximum = operation.op == "setMaximum";
        (is_maximum ? after.maximum : after.temporary) = *number;
        if (is_maximum && !limits->is_open && after.current.compare(after.maximum) > 0)
            after.current = after.maximum;
    } else if (operation.op == "reset" && !operation.arg(0).is_null()) {
        const Result<Pool> reset = by_rule(field, *limits, before, operation);
        if (!reset) return reset.error();
        after = *reset;
    } else if (operation.op == "set" &&
               (operation.arg(0).is_number() || operation.arg(0).is_object())) {
        const Result<Pool> set = read_pool(*limits, operation.arg(0), &before);
        if (!set) return set.error();
        after = *set;
    } else {
        return JsonFieldType::apply(field, value, operation);
    }
    if (const auto wrong = wrong_pool(*limits, after)) return *wrong;
    return set_change(value, json_of_pool(after));
}

Result<std::string> Resource::format(const JsonField&, const Json& value,
                                     std::string_view locale) const {
    const Pool pool = pool_of(value);
    std::string text = format_number(pool.current.text(), locale) + "/" +
                       format_number(pool.maximum.text(), locale);
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

}  // namespace play
