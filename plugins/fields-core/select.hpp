// SPDX-License-Identifier: AGPL-3.0-or-later
// "Select": the id of one of several options, or null; with "multiple" a list of ids. Options:
// options, multiple. Operations: set, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Select final : public JsonFieldType {
  public:
    Select() : JsonFieldType("Select") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
};

}  // namespace fields
