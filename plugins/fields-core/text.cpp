// SPDX-License-Identifier: AGPL-3.0-or-later
#include "types.hpp"

#include <algorithm>

#include "plain_text.hpp"

namespace fields {

Json Text::describe() const { return text_description("Text", "One line of text.", "line"); }

bool Text::is_canonical(std::string_view definition, std::string_view value) const {
    return value.size() <= text_bytes_max && is_canonical_string(value, "\"\\") &&
           surely_lacks(definition, {"\"maxLength\""});
}

Result<Json> Text::normalize(const JsonField& field, const Json& value) const {
    Result<Json> text = normalize_text_value(field.definition, value);
    if (text && text->get_ref<const std::string&>().find('\n') != std::string::npos) {
        field.findings.warning("SZ-FIELD-123", "A Text is one line, but this one has several.")
            .hint("Declare the field as MultiText, or take the line breaks out.");
    }
    return text;
}

Result<std::string> Text::format(const JsonField&, const Json& value, std::string_view) const {
    std::string line = value.is_string() ? value.get<std::string>() : value.dump();
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

Result<std::string> Text::search_text(const JsonField&, const Json& value) const {
    return value.is_string() ? value.get<std::string>() : std::string();
}

Result<Json> Text::parse(const JsonField&, std::string_view text, std::string_view) const {
    return Json(text);
}

}  // namespace fields
