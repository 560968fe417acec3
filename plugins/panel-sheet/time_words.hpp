// SPDX-License-Identifier: AGPL-3.0-or-later
// A moment as the lists show it.
#pragma once

#include <sz/wx/text.hpp>

#include <string>

namespace sheet {

// "2026-11-21 21:58" out of RFC 3339.
[[nodiscard]] inline wxString time_words(const std::string& at) {
    return at.size() < 16 ? sz::ui::from_utf8(at)
                          : sz::ui::from_utf8(at.substr(0, 10) + " " + at.substr(11, 5));
}

}  // namespace sheet
