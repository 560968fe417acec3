// SPDX-License-Identifier: AGPL-3.0-or-later
// An entry as a page of text, and the links that stand in it.
#pragma once

#include <sz/wx/styled_text.hpp>

#include <string>
#include <vector>

#include "entry_key.hpp"

namespace library {

struct EntryLink {
    wxString label;   // the field it stands in, or the words of a Markdown link
    Json link;        // a dataset link's value; null for an address
    std::string url;  // http or https
};

// Writes the answer of library.entry into `out`.
[[nodiscard]] std::vector<EntryLink> write_entry(sz::ui::StyledText& out, const Json& entry);

}  // namespace library
