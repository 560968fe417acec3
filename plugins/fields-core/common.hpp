// SPDX-License-Identifier: AGPL-3.0-or-later
// The SDK's words in this plugin's namespace, and a quick look at canonical text.
#pragma once

#include <sz/cpp/fields.hpp>

namespace fields {

using sz::plugin::Change;
using sz::plugin::change_nullable;
using sz::plugin::describe_operation;
using sz::plugin::Fault;
using sz::plugin::id_bytes_max;
using sz::plugin::in_quotes;
using sz::plugin::invalid;
using sz::plugin::is_id;
using sz::plugin::items_max;
using sz::plugin::Json;
using sz::plugin::JsonField;
using sz::plugin::JsonFieldType;
using sz::plugin::kind_of;
using sz::plugin::member_or;
using sz::plugin::Operation;
using sz::plugin::option;
using sz::plugin::Result;
using sz::plugin::step;
using sz::plugin::text_bytes_max;
using sz::plugin::text_or_null;
using sz::plugin::trimmed;
using sz::plugin::wrong_option;

// A JSON text of a string that stands as nlohmann would write it, with no escapes but those for the
// characters of `escapes` (a list of letters behind the backslash), no control character, valid
// UTF-8.
[[nodiscard]] bool is_canonical_string(std::string_view json, std::string_view escapes);

// Does the definition's text surely have none of these options? A look at the letters, no parsing:
// "no" may be wrong, "yes" not.
[[nodiscard]] bool surely_lacks(std::string_view definition,
                                std::initializer_list<std::string_view> options);

}  // namespace fields
