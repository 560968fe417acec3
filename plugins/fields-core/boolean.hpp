// SPDX-License-Identifier: AGPL-3.0-or-later
// "Boolean": yes or no. Operations: set, toggle, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Boolean final : public JsonFieldType {
  public:
    Boolean() : JsonFieldType("Boolean") {}

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
