// SPDX-License-Identifier: AGPL-3.0-or-later
// The functions of a formula, applied.
#include <algorithm>

#include "formula/evaluator.hpp"

namespace play::formula {

namespace {

using Kind = Expression::Kind;

// An item of a List is {"id", "value"}: what counts is its value.
const Json& content_of(const Json& item) {
    if (!item.is_object() || item.size() != 2 || !item.contains("id")) return item;
    const auto value = item.find("value");
    return value == item.end() ? item : *value;
}

bool is_counted(const Value& value) {
    if (std::holds_alternative<Empty>(value)) return false;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr || !text->empty();
}

}  // namespace

Result<Value> Evaluator::call(const Expression& call) {
    if (call.function->takes_many)
        return call.function->id == FunctionId::count ? count(call) : of_many(call);
    switch (call.function->id) {
        case FunctionId::when: {
            const auto truth = truth_of(call.parts[0]);
            return truth ? evaluate(call.parts[*truth ? 1 : 2]) : truth.error();
        }
        case FunctionId::round: return round(call);
        case FunctionId::mod: return mod(call);
        default: return of_one(call);
    }
}

Result<Value> Evaluator::of_one(const Expression& call) {
    const auto number = number_of(call.parts[0]);
    if (!number) return number.error();
    switch (call.function->id) {
        case FunctionId::floor: return Value(number->floor());
        case FunctionId::ceil: return Value(number->ceil());
        default: return Value(number->sign() < 0 ? number->negated() : *number);
    }
}

Result<Value> Evaluator::round(const Expression& call) {
    const auto number = number_of(call.parts[0]);
    if (!number) return number.error();
    if (call.parts.size() == 1) return Value(number->round());
    const auto places = number_of(call.parts[1]);
    if (!places) return places.error();
    if (!places->is_whole() || places->whole() < 0 || places->whole() > Decimal::digits_max)
        return fail(
            call.parts[1], "SZ-FIELD-288",
            "“round” keeps 0 to 15 digits behind the point, and this is " + places->text() + ".",
            "Write round(weight, 1).");
    return Value(number->round_to(static_cast<int>(places->whole())));
}

// The result has the sign of the second: mod(-1, 24) is 23.
Result<Value> Evaluator::mod(const Expression& call) {
    const auto number = number_of(call.parts[0]);
    if (!number) return number.error();
    const auto by = number_of(call.parts[1]);
    if (!by) return by.error();
    const auto rest = number->remainder(*by);
    if (!rest)
        return fail(call.parts[1], "SZ-FIELD-291",
                    in_quotes(text_of(call.parts[1])) + " is 0, and nothing can be divided by it.",
                    "Write if(" + std::string(text_of(call.parts[1])) + " = 0, 0, …) around it.");
    if (rest->sign() * by->sign() >= 0) return Value(*rest);
    return Value(rest->plus_rounded(*by).value_or(*rest));  // smaller than both: it has room
}

// All values of an argument: those of a path that leads to many, or through a list.
Result<std::vector<Value>> Evaluator::gather(const Expression& argument) {
    std::vector<Value> all;
    if (argument.kind != Kind::path) {
        Result<Value> one = evaluate(argument);
        if (!one) return one.error();
        all.push_back(*std::move(one));
        return all;
    }
    if (const auto allowed = step(argument); !allowed) return allowed.error();
    const auto found = look_up(argument);
    if (!found) return found.error();
    const auto add = [&](const Json& value) -> sz::plugin::Status {
        if (const auto allowed = step(argument); !allowed) return allowed;
        Result<Value> one = value_of(argument, value);
        if (!one) return one.error();
        all.push_back(*std::move(one));
        return {};
    };
    for (const Input& input : (*found)->values) {
        if (!input.value.is_array()) {
            if (const auto added = add(content_of(input.value)); !added) return added.error();
            continue;
        }
        for (const Json& item : input.value)
            if (const auto added = add(content_of(item)); !added) return added.error();
    }
    return all;
}

Result<Value> Evaluator::count(const Expression& call) {
    std::int64_t counted = 0;
    for (const Expression& argument : call.parts) {
        const auto values = gather(argument);
        if (!values) return values.error();
        counted += std::count_if(values->begin(), values->end(), is_counted);
    }
    return Value(*Decimal::parse(std::to_string(counted)));
}

Result<std::vector<Decimal>> Evaluator::numbers(const Expression& call) {
    std::vector<Decimal> all;
    for (const Expression& argument : call.parts) {
        const auto values = gather(argument);
        if (!values) return values.error();
        for (const Value& value : *values) {
            if (std::holds_alternative<Empty>(value)) continue;
            const auto* number = std::get_if<Decimal>(&value);
            if (number == nullptr) return wrong_kind(argument, value, "a number");
            all.push_back(*number);
        }
    }
    return all;
}

Result<Value> Evaluator::of_many(const Expression& call) {
    const auto all = numbers(call);
    if (!all) return all.error();
    const FunctionId id = call.function->id;
    const auto is_less = [](const Decimal& a, const Decimal& b) { return a.compare(b) < 0; };
    const std::string name(call.function->name);
    if (all->empty() && id != FunctionId::sum)
        return fail(call, "SZ-FIELD-290", "there is no " + name + " of nothing.",
                    "Give it one more argument, such as " + name + "(0, …).");
    if (id == FunctionId::min) return Value(*std::min_element(all->begin(), all->end(), is_less));
    if (id == FunctionId::max) return Value(*std::max_element(all->begin(), all->end(), is_less));
    Decimal total;
    for (const Decimal& number : *all) {
        const auto next = total.plus_rounded(number);
        if (!next) return too_large(call);
        total = *next;
    }
    if (id == FunctionId::sum) return Value(total);
    return Value(*total.divided_by(*Decimal::parse(std::to_string(all->size()))));
}

}  // namespace play::formula
