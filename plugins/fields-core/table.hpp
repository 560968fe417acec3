// SPDX-License-Identifier: AGPL-3.0-or-later
// "Table": rows of the same columns, each row with an id. Options: columns.
// Operations: insert, remove, move, set, apply, assign, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Table final : public JsonFieldType {
  public:
    Table() : JsonFieldType("Table") {}

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
