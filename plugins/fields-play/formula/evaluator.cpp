// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/evaluator.hpp"

#include <algorithm>

#include "formula/fault.hpp"

namespace play::formula {

namespace {

using Kind = Expression::Kind;

std::string_view name_of(const Value& value) {
    constexpr std::string_view names[] = {"empty", "a number", "true or false", "text",
                                          "an object or a list"};
    return names[value.index()];
}

bool holds(Operator comparison, int order) {
    switch (comparison) {
        case Operator::equal: return order == 0;
        case Operator::unequal: return order != 0;
        case Operator::less: return order < 0;
        case Operator::at_most: return order <= 0;
        case Operator::more: return order > 0;
        default: return order >= 0;
    }
}

// What is empty is like the nothing of what it is compared with.
void fill(Value& empty, const Value& other) {
    if (!std::holds_alternative<Empty>(empty)) return;
    if (std::holds_alternative<bool>(other))
        empty = false;
    else if (std::holds_alternative<std::string>(other))
        empty = std::string();
    else
        empty = Decimal();
}

std::string cut(const std::string& text) {
    if (text.size() <= input_bytes_max) return text;
    std::size_t end = input_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

Json shown(const Json& value) {
    if (value.is_string()) return cut(value.get<std::string>());
    if (!value.is_structured() || value.dump().size() <= input_bytes_max) return value;
    return (value.is_array() ? "a list of " : "an object of ") + std::to_string(value.size());
}

}  // namespace

Fault Evaluator::fail(const Expression& part, const char* code, const std::string& why,
                      std::string hint) {
    const Place place = place_of(formula_, part.begin);
    field_.findings.error(code, "The formula cannot be computed at " + words_of(place) + ": " + why)
        .place(place.line, place.column)
        .hint(std::move(hint));
    return sz::plugin::fault(SZ_ERR_INVALID);
}

Fault Evaluator::wrong_kind(const Expression& part, const Value& value, std::string_view wanted) {
    const std::string text(text_of(part));
    std::string hint = "Use a field that holds " + std::string(wanted) + ".";
    if (std::holds_alternative<bool>(value)) hint = "Write if(" + text + ", 1, 0).";
    if (std::holds_alternative<Decimal>(value)) hint = "Compare it: " + text + " > 0.";
    if (const auto* thing = std::get_if<Thing>(&value); thing != nullptr && !thing->member.empty())
        hint = "Name one of its members: " + text + "." + thing->member + ".";
    return fail(part, "SZ-FIELD-288",
                in_quotes(text) + " is " + std::string(name_of(value)) + ", and " +
                    std::string(wanted) + " is wanted.",
                std::move(hint));
}

Fault Evaluator::too_large(const Expression& part) {
    return fail(part, "SZ-FIELD-292",
                in_quotes(text_of(part)) + " has more than 15 digits before the point.",
                "Use a larger unit.");
}

sz::plugin::Status Evaluator::step(const Expression& part) {
    if (++steps_ <= evaluation_steps_max) return {};
    return fail(part, "SZ-FIELD-293", "it takes more than 100000 steps.",
                "Let a field on the way compute a part of it.");
}

Result<Value> Evaluator::evaluate(const Expression& part) {
    if (const auto allowed = step(part); !allowed) return allowed.error();
    switch (part.kind) {
        case Kind::number: return Value(part.number);
        case Kind::text: return Value(part.text);
        case Kind::truth: return Value(part.truth);
        case Kind::path: return value_at(part);
        case Kind::call: return call(part);
        case Kind::comparison: return comparison(part);
        case Kind::all:
        case Kind::any: return words(part);
        case Kind::minus: {
            const auto number = number_of(part.parts[0]);
            return number ? Result<Value>(number->negated()) : number.error();
        }
        case Kind::negation: {
            const auto truth = truth_of(part.parts[0]);
            return truth ? Result<Value>(!*truth) : truth.error();
        }
        default: return chain(part);
    }
}

Result<Decimal> Evaluator::number_of(const Expression& part) {
    const Result<Value> value = evaluate(part);
    if (!value) return value.error();
    if (std::holds_alternative<Empty>(*value)) return Decimal();
    if (const auto* number = std::get_if<Decimal>(&*value)) return *number;
    return wrong_kind(part, *value, "a number");
}

Result<bool> Evaluator::truth_of(const Expression& part) {
    const Result<Value> value = evaluate(part);
    if (!value) return value.error();
    if (std::holds_alternative<Empty>(*value)) return false;
    if (const auto* truth = std::get_if<bool>(&*value)) return *truth;
    return wrong_kind(part, *value, "true or false");
}

Result<const Resolved*> Evaluator::look_up(const Expression& path) {
    auto found = known_.find(path.path);
    if (found == known_.end()) {
        Result<Resolved> resolved = sz::plugin::resolve_path(field_, resolver_, path.path);
        if (!resolved) return resolved.error();
        found = known_.emplace(path.path, *std::move(resolved)).first;
    }
    const Resolved* resolved = &found->second;
    if (std::find(used_.begin(), used_.end(), resolved) == used_.end()) used_.push_back(resolved);
    return resolved;
}

Result<Value> Evaluator::value_at(const Expression& path) {
    const auto found = look_up(path);
    if (!found) return found.error();
    const Resolved& resolved = **found;
    if (!resolved.many && resolved.values.empty()) return Value(Empty{});
    Result<Value> value = resolved.many || resolved.values.size() > 1
                              ? Result<Value>(Thing{true, {}})
                              : value_of(path, resolved.values[0].value);
    if (!value) return value;
    const auto* thing = std::get_if<Thing>(&*value);
    if (thing == nullptr) return value;
    const std::string text(text_of(path));
    if (thing->is_list)
        return fail(path, "SZ-FIELD-289",
                    in_quotes(text) + " leads to many values, and one is wanted.",
                    "Write sum(" + text + "), or count, min, max or avg.");
    return fail(path, "SZ-FIELD-288", in_quotes(text) + " leads to an object, and no value.",
                "Name one of its members" +
                    (thing->member.empty() ? "." : ": " + text + "." + thing->member + "."));
}

Result<Value> Evaluator::value_of(const Expression& path, const Json& value) {
    if (value.is_null()) return Value(Empty{});
    if (value.is_boolean()) return Value(value.get<bool>());
    if (value.is_string()) return Value(value.get<std::string>());
    if (value.is_array()) return Value(Thing{true, {}});
    if (value.is_object()) return Value(Thing{false, value.empty() ? "" : value.begin().key()});
    if (const auto number = decimal_of(value)) return Value(*number);
    return fail(path, "SZ-FIELD-292",
                in_quotes(text_of(path)) + " is a number of more than 15 digits.", "Round it.");
}

Result<Value> Evaluator::chain(const Expression& chain) {
    const auto first = number_of(chain.parts[0]);
    if (!first) return first.error();
    Decimal total = *first;
    for (std::size_t i = 1; i < chain.parts.size(); ++i) {
        const Expression& part = chain.parts[i];
        const auto number = number_of(part);
        if (!number) return number.error();
        const Operator sign = chain.operators[i - 1];
        if (sign == Operator::over && number->sign() == 0)
            return fail(part, "SZ-FIELD-291",
                        in_quotes(text_of(part)) + " is 0, and nothing can be divided by it.",
                        "Write if(" + std::string(text_of(part)) + " = 0, 0, …) around it.");
        const auto next = sign == Operator::plus    ? total.plus_rounded(*number)
                          : sign == Operator::minus ? total.plus_rounded(number->negated())
                          : sign == Operator::times ? total.times(*number)
                                                    : total.divided_by(*number);
        if (!next) return too_large(chain);
        total = *next;
    }
    return Value(total);
}

Result<Value> Evaluator::words(const Expression& chain) {
    const bool decides = chain.kind == Kind::any;  // “or” is done with the first that is true
    for (const Expression& part : chain.parts) {
        const auto truth = truth_of(part);
        if (!truth) return truth.error();
        if (*truth == decides) return Value(decides);
    }
    return Value(!decides);
}

Result<Value> Evaluator::comparison(const Expression& comparison) {
    Result<Value> left = evaluate(comparison.parts[0]);
    if (!left) return left;
    Result<Value> right = evaluate(comparison.parts[1]);
    if (!right) return right;
    fill(*left, *right);
    fill(*right, *left);
    const Operator sign = comparison.operators[0];
    if (left->index() != right->index())
        return fail(comparison, "SZ-FIELD-288",
                    in_quotes(text_of(comparison)) + " compares " + std::string(name_of(*left)) +
                        " with " + std::string(name_of(*right)) + ".",
                    "Compare numbers with numbers and texts with texts: kind = \"bow\".");
    const auto* a = std::get_if<Decimal>(&*left);
    const auto* b = std::get_if<Decimal>(&*right);
    if (a != nullptr && b != nullptr) return Value(holds(sign, a->compare(*b)));
    if (sign != Operator::equal && sign != Operator::unequal)
        return fail(comparison, "SZ-FIELD-288",
                    in_quotes(text_of(comparison)) + " puts what is no number in order.",
                    "Only numbers are less or more; write = or != here.");
    const bool is_same = std::holds_alternative<bool>(*left)
                             ? std::get<bool>(*left) == std::get<bool>(*right)
                             : std::get<std::string>(*left) == std::get<std::string>(*right);
    return Value(is_same == (sign == Operator::equal));
}

std::vector<Input> Evaluator::take_inputs() {
    std::vector<Input> inputs;
    for (const Resolved* resolved : used_) {
        for (const Input& input : resolved->values) {
            if (inputs_ == inputs_max) break;
            ++inputs_;
            inputs.push_back({shown(input.value), input.path, input.name, input.of});
        }
    }
    used_.clear();
    return inputs;
}

}  // namespace play::formula
