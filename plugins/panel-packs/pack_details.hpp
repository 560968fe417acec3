// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack as a page of text.
#pragma once

#include <sz/wx/bus.hpp>
#include <sz/wx/styled_text.hpp>

namespace packs {

using sz::ui::Json;

// "1.4 MiB"
[[nodiscard]] wxString size_words(std::int64_t bytes);

// `pack` is an item of pack.list, `more` the answer of pack.show or null.
void write_pack(sz::ui::StyledText& out, const Json& pack, const Json& more);

}  // namespace packs
