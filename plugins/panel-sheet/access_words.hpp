// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sees and who changes a thing, in words: a label or a list of Client IDs, as the bus tells it.
#pragma once

#include <string>

#include "editors/editor.hpp"

namespace sheet {

// "the game masters", "Mira, Ansel"
[[nodiscard]] wxString people_words(const EditorServices& services, const Json& who);

// What was decided of the place at `path` besides the template: "Seen by Mira. Changed by the game
// masters." "" where nothing was.
[[nodiscard]] wxString decided_words(const EditorServices& services, const Json& decided,
                                     const std::string& path);

}  // namespace sheet
