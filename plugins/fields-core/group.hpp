// SPDX-License-Identifier: AGPL-3.0-or-later
// "Group": named fields of any types as one value. Options: fields. Operations: set, apply, assign,
// reset.
#pragma once

#include "common.hpp"

namespace fields {

class Group final : public JsonFieldType {
  public:
    Group() : JsonFieldType("Group") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
};

}  // namespace fields
