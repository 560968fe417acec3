// SPDX-License-Identifier: AGPL-3.0-or-later
// "Image": the path of a picture below media/images, or null. Operations: set, clear, reset.
#pragma once

#include "common.hpp"

namespace fields {

class Image final : public JsonFieldType {
  public:
    Image() : JsonFieldType("Image") {}

    [[nodiscard]] Json describe() const override;
    [[nodiscard]] Result<Json> normalize(const JsonField& field, const Json& value) const override;
    [[nodiscard]] Result<Change> apply(const JsonField& field, const Json& value,
                                       const Operation& operation) const override;
    [[nodiscard]] Result<Json> references(const JsonField& field, const Json& value) const override;
};

}  // namespace fields
