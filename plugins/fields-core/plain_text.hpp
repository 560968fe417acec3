// SPDX-License-Identifier: AGPL-3.0-or-later
// Text as people type it, made canonical; Markdown as plain text; what all types of text say of
// themselves.
#pragma once

#include "common.hpp"

namespace fields {

// describe() of a type whose values are text: maxLength, set, reset. `editor` is "line" or "text".
[[nodiscard]] Json text_description(const char* title, const char* summary, const char* editor);

// Line ends become "\n". SZ-FIELD-120 not text, 121 longer than the definition's maxLength (in
// characters) or 1 MiB, 122 control characters other than tab and line end.
[[nodiscard]] Result<Json> normalize_text_value(const Json& definition, const Json& value);

// The words of Markdown without its marks and without the addresses of links.
[[nodiscard]] std::string words_of_markdown(std::string_view markdown);

}  // namespace fields
