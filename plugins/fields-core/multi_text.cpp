// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include "plain_text.hpp"

namespace fields {

Json MultiText::describe() const {
    return text_description("Long text", "Text of any length, with Markdown.", "text");
}

bool MultiText::is_canonical(std::string_view definition, std::string_view value) const {
    return value.size() <= text_bytes_max && is_canonical_string(value, "\"\\nt") &&
           surely_lacks(definition, {"\"maxLength\""});
}

Result<Json> MultiText::normalize(const JsonField& field, const Json& value) const {
    return normalize_text_value(field.definition, value);
}

Result<std::string> MultiText::search_text(const JsonField&, const Json& value) const {
    return value.is_string() ? words_of_markdown(value.get_ref<const std::string&>())
                             : std::string();
}

Result<Json> MultiText::parse(const JsonField&, std::string_view text, std::string_view) const {
    return Json(text);
}

}  // namespace fields
