// SPDX-License-Identifier: AGPL-3.0-or-later
// Markdown of Datasworn, in which links are written [Face Danger](id:starforged/…) and tables
// {{table:starforged/…}}, to Markdown of packs, in which both are links to entries.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace datasworn {

// What an id leads to.
struct Destination {
    std::string name;    // "" if it leads to nothing
    std::string target;  // "entry:…"; "" where a text takes no links
};

// Is asked for each id, in order.
using DestinationOf = std::function<Destination(const std::string& id)>;

// A link is a link, a table "*(table: Name)*" and another rolled text "*Name*" with a link on the
// name. Without a target they are words.
[[nodiscard]] std::string pack_markdown(std::string_view text, const DestinationOf& destination);

// Does a text made so have links to entries?
[[nodiscard]] bool has_entry_links(std::string_view markdown);

}  // namespace datasworn
