// SPDX-License-Identifier: AGPL-3.0-or-later
// "Text": one line of text. Options: maxLength. Operations: set, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Text final : public JsonFieldType {
  public:
    Text() : JsonFieldType("Text") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<std::string> format(const JsonField& field, const Json& value,
                                             std::string_view locale) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
};

}  // namespace fields
