// SPDX-License-Identifier: AGPL-3.0-or-later
// An entry as a page of text, and the links that stand in it.
#pragma once

#include <sz/wx/styled_text.hpp>

#include <string>
#include <vector>

#include "entry_key.hpp"

namespace library {

struct EntryLink {
    wxString label;    // the field it stands in, or the words of a Markdown link
    Json link;         // a dataset link's value, or as much of one as a text says; null: an address
    std::string url;   // http or https
    std::string from;  // the pack in which a text says it; it knows the version
};

// Where a link stands in the text.
struct LinkPlace {
    long from = 0, to = 0;
    std::size_t link = 0;  // which
};

struct EntryLinks {
    std::vector<EntryLink> links;  // each target once
    std::vector<LinkPlace> places;
};

// Writes the answer of library.entry into `out`.
[[nodiscard]] EntryLinks write_entry(sz::ui::StyledText& out, const Json& entry);

}  // namespace library
