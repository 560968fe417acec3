// SPDX-License-Identifier: AGPL-3.0-or-later
// "MultiText": Markdown of any length. Options: maxLength. Operations: set, reset.
#pragma once

#include "common.hpp"

namespace fields {

class MultiText final : public JsonFieldType {
  public:
    MultiText() : JsonFieldType("MultiText") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] bool is_canonical(std::string_view definition,
                                    std::string_view value) const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<std::string> search_text(const JsonField& field,
                                                  const Json& value) const override;
};

}  // namespace fields
