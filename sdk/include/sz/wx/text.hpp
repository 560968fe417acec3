// SPDX-License-Identifier: AGPL-3.0-or-later
// Text between the bus (UTF-8 in std::string) and wx.
#pragma once

#include <wx/control.h>
#include <wx/string.h>

#include <string>
#include <string_view>

#include "../abi.h"

namespace sz::ui {

// Bytes that are not UTF-8 become question marks instead of an empty string, so that nothing shown
// to a person vanishes.
[[nodiscard]] inline wxString from_utf8(std::string_view text) {
    wxString out = wxString::FromUTF8(text.data(), text.size());
    if (!out.empty() || text.empty()) return out;
    std::string plain(text);
    for (char& c : plain)
        if (static_cast<unsigned char>(c) > 127) c = '?';
    return wxString::FromUTF8(plain.data(), plain.size());
}

[[nodiscard]] inline std::string to_utf8(const wxString& text) {
    const wxScopedCharBuffer bytes = text.utf8_str();
    return std::string(bytes.data(), bytes.length());
}

[[nodiscard]] inline sz_str borrow(std::string_view text) {
    return sz_str{text.data(), text.size()};
}
[[nodiscard]] inline std::string_view view(sz_str text) {
    return text.data == nullptr ? std::string_view{}
                                : std::string_view(text.data, static_cast<std::size_t>(text.size));
}

// A name out of a pack or a campaign, safe in a label: an '&' in it is no mnemonic.
[[nodiscard]] inline wxString label_text(std::string_view text) {
    return wxControl::EscapeMnemonics(from_utf8(text));
}

}  // namespace sz::ui
