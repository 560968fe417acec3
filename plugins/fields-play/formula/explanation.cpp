// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/explanation.hpp"

namespace play::formula {

namespace {

using sz::plugin::Term;
using Kind = Expression::Kind;

struct Summand {
    const Expression* part;
    bool is_negative;
};

// How far a sum is taken apart. Adding up what stands in parentheses on their own side may round
// elsewhere, or go past 15 digits where the formula does not.
enum class Apart : bool { on_the_left, everywhere };

void collect(const Expression& part, bool is_negative, bool goes_inside, Apart apart,
             std::vector<Summand>& summands) {
    if (goes_inside && part.kind == Kind::minus)
        return collect(part.parts[0], !is_negative, goes_inside, apart, summands);
    if (!goes_inside || part.kind != Kind::sum) return summands.push_back({&part, is_negative});
    for (std::size_t i = 0; i < part.parts.size(); ++i) {
        const bool is_subtracted = i > 0 && part.operators[i - 1] == Operator::minus;
        collect(part.parts[i], is_negative != is_subtracted, i == 0 || apart == Apart::everywhere,
                apart, summands);
    }
}

struct Sum {
    std::vector<Term> terms;
    std::optional<Decimal> total;  // nothing past 15 digits before the point
};

Result<Sum> add_up(const Expression& formula, Evaluator& evaluator, Apart apart) {
    std::vector<Summand> summands;
    collect(formula, false, true, apart, summands);
    evaluator.begin_again();
    Sum sum{{}, Decimal()};
    for (const auto& [part, is_negative] : summands) {
        const auto number = evaluator.number_of(*part);
        if (!number) return number.error();
        sum.terms.push_back({is_negative ? "subtract" : "add",
                             std::string(evaluator.text_of(*part)), json_of(*number),
                             evaluator.take_inputs()});
        if (sum.total)
            sum.total = sum.total->plus_rounded(is_negative ? number->negated() : *number);
    }
    return sum;
}

Json json_of_value(const Value& value) {
    if (const auto* truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return nullptr;
}

}  // namespace

Result<Evaluation> explain(const Expression& formula, Evaluator& evaluator) {
    const Result<Value> value = evaluator.evaluate(formula);
    if (!value) return value.error();
    const auto* number = std::get_if<Decimal>(&*value);
    if (number == nullptr) {
        const Json result = json_of_value(*value);
        return Evaluation{
            result,
            {{"set", std::string(evaluator.text_of(formula)), result, evaluator.take_inputs()}}};
    }
    for (const Apart apart : {Apart::everywhere, Apart::on_the_left}) {
        Result<Sum> sum = add_up(formula, evaluator, apart);
        if (!sum) return sum.error();
        if (sum->total == *number) return Evaluation{json_of(*number), std::move(sum->terms)};
    }
    return sz::plugin::fault(SZ_ERR_INTERNAL);  // the left-most way is the formula's own
}

}  // namespace play::formula
