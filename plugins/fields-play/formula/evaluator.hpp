// SPDX-License-Identifier: AGPL-3.0-or-later
// Computes a formula that was read. Decimal arithmetic as in sz/cpp/decimal.hpp: the same on every
// machine.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common.hpp"
#include "formula/expression.hpp"

namespace play::formula {

using sz::plugin::FieldResolver;
using sz::plugin::Input;
using sz::plugin::Resolved;

struct Empty {};
// What is no value of the language: a list, or an object with this member.
struct Thing {
    bool is_list = false;
    std::string member;
};
using Value = std::variant<Empty, Decimal, bool, std::string, Thing>;

// A path is asked for once and when it is needed: not in the branch of an “if” that is not taken.
class Evaluator {
  public:
    // They must outlive it.
    Evaluator(const JsonField& field, const FieldResolver& resolver, std::string_view formula)
        : field_(field), resolver_(resolver), formula_(formula) {}

    // Never a Thing. Where it fails the findings have been told: SZ-FIELD-288 to 293, or what the
    // resolver said.
    [[nodiscard]] Result<Value> evaluate(const Expression& part);
    // The same as a number; 0 where it is empty.
    [[nodiscard]] Result<Decimal> number_of(const Expression& part);

    // For another way through the same formula.
    void begin_again() {
        steps_ = inputs_ = 0;
        used_.clear();
    }
    // What was read since the last call, each path once, as an explanation shows it.
    [[nodiscard]] std::vector<Input> take_inputs();
    [[nodiscard]] std::string_view text_of(const Expression& part) const {
        return formula_.substr(part.begin, part.end - part.begin);
    }

  private:
    [[nodiscard]] Fault fail(const Expression& part, const char* code, const std::string& why,
                             std::string hint);
    [[nodiscard]] Fault wrong_kind(const Expression& part, const Value& value,
                                   std::string_view wanted);
    [[nodiscard]] Fault too_large(const Expression& part);
    [[nodiscard]] sz::plugin::Status step(const Expression& part);

    [[nodiscard]] Result<bool> truth_of(const Expression& part);
    [[nodiscard]] Result<const Resolved*> look_up(const Expression& path);
    [[nodiscard]] Result<Value> value_at(const Expression& path);
    [[nodiscard]] Result<Value> value_of(const Expression& path, const Json& value);
    [[nodiscard]] Result<Value> chain(const Expression& chain);
    [[nodiscard]] Result<Value> words(const Expression& chain);
    [[nodiscard]] Result<Value> comparison(const Expression& comparison);

    // functions_of.cpp
    [[nodiscard]] Result<Value> call(const Expression& call);
    [[nodiscard]] Result<Value> of_one(const Expression& call);
    [[nodiscard]] Result<Value> round(const Expression& call);
    [[nodiscard]] Result<Value> mod(const Expression& call);
    [[nodiscard]] Result<Value> of_many(const Expression& call);
    [[nodiscard]] Result<Value> count(const Expression& call);
    [[nodiscard]] Result<std::vector<Value>> gather(const Expression& argument);
    [[nodiscard]] Result<std::vector<Decimal>> numbers(const Expression& call);

    const JsonField& field_;
    const FieldResolver& resolver_;
    std::string_view formula_;
    std::map<std::vector<std::string>, Resolved> known_;
    std::vector<const Resolved*> used_;
    std::size_t steps_ = 0, inputs_ = 0;
};

}  // namespace play::formula
