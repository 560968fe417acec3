// SPDX-License-Identifier: AGPL-3.0-or-later
// A formula's value, and the terms that it comes from.
#pragma once

#include "formula/evaluator.hpp"

namespace play::formula {

using sz::plugin::Evaluation;

// A number has a term "add" or "subtract" for each summand; anything else has one term "set".
// Applying the terms one after the other from 0 gives the value.
[[nodiscard]] Result<Evaluation> explain(const Expression& formula, Evaluator& evaluator);

}  // namespace play::formula
