// SPDX-License-Identifier: AGPL-3.0-or-later
// "List": items of one type, each with an id. Options: itemType or datasetLink, unique, min, max.
// Operations: insert, remove, move, set, apply, assign, reset.
#pragma once

#include "common.hpp"

namespace fields {

class List final : public JsonFieldType {
  public:
    List() : JsonFieldType("List") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;

  private:
    // "set" and "apply" on one item.
    [[nodiscard]] static Result<Change> change_item(const JsonField& field, const Json& value,
                                                    const Operation& operation);
};

}  // namespace fields
