// SPDX-License-Identifier: AGPL-3.0-or-later
// "Number": an exact decimal number. Options: min, max, step, unit. Operations: set, add, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Number final : public JsonFieldType {
  public:
    Number() : JsonFieldType("Number") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
};

}  // namespace fields
