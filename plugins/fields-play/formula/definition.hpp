// SPDX-License-Identifier: AGPL-3.0-or-later
// The formula in a field's definition, for every type that has one.
#pragma once

#include <optional>
#include <string>

#include "common.hpp"
#include "formula/expression.hpp"

namespace play::formula {

// The member "formula"; nothing where there is none. SZ-FIELD-104: it is no text.
[[nodiscard]] Result<std::optional<std::string>> formula_of(const Json& definition);

// The formula, read; what is wrong with it goes to the findings, SZ-FIELD-281 to 287.
[[nodiscard]] Result<Expression> read(const JsonField& field, const std::string& text);

// The same for a definition that is to be kept: refuses what can never be computed as well, a
// division by a 0 that is written there (SZ-FIELD-291).
[[nodiscard]] Result<Expression> read_to_keep(const JsonField& field, const std::string& text);

// The paths in the definition's formula, each once, as sz_field_type.references writes them.
[[nodiscard]] Json what_it_reads(const Json& definition);

}  // namespace play::formula
