// SPDX-License-Identifier: AGPL-3.0-or-later
// Markdown of Datasworn, in which links are written [Face Danger](id:starforged/…) and tables
// {{table:starforged/…}}, to Markdown that anybody can read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace datasworn {

// Is asked for each id, in order, and gives the name of what it leads to; "" if it leads to
// nothing.
using NameOf = std::function<std::string(const std::string& id)>;

// A link becomes its words, a table "*(table: Name)*", another rolled text "*Name*".
[[nodiscard]] std::string plain_markdown(std::string_view text, const NameOf& name_of);

}  // namespace datasworn
