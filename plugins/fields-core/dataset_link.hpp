// SPDX-License-Identifier: AGPL-3.0-or-later
// "DatasetLink": one entry of a dataset, or null. Options: datasetLink, which restricts and
// completes the link. Operations: set, clear, reset.
#pragma once

#include "common.hpp"

namespace fields {

class DatasetLink final : public JsonFieldType {
  public:
    DatasetLink() : JsonFieldType("DatasetLink") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
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
