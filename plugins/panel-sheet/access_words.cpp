// SPDX-License-Identifier: AGPL-3.0-or-later
#include "access_words.hpp"

#include <wx/translation.h>

#include <algorithm>

namespace sheet {

wxString people_words(const EditorServices& services, const Json& who) {
    if (who == "everyone") return _("everyone");
    if (who == "players") return _("the players");
    if (who == "owner") return _("the owner");
    if (!who.is_array()) return _("the game masters");
    constexpr std::size_t id_letters = 12;  // of a Client ID that is no member's any more
    wxString words;
    for (const Json& one : who) {
        const auto member =
            std::find_if(services.members.begin(), services.members.end(),
                         [&one](const Member& known) { return one == Json(known.id); });
        const wxString name = member != services.members.end() ? member->name
                              : one.is_string()
                                  ? sz::ui::from_utf8(one.get<std::string>()).Left(id_letters)
                                  : wxString();
        words += (words.empty() ? "" : ", ") + name;
    }
    return words;
}

wxString decided_words(const EditorServices& services, const Json& decided,
                       const std::string& path) {
    const Json& seen = sz::ui::member_of(sz::ui::member_of(decided, "visibility"), path.c_str());
    const Json& changed =
        sz::ui::member_of(sz::ui::member_of(decided, "editability"), path.c_str());
    wxString words;
    if (!seen.is_null())
        words = wxString::Format(_("Decided: seen by %s."), people_words(services, seen));
    if (!changed.is_null())
        words += (words.empty() ? "" : " ") +
                 wxString::Format(_("Decided: changed by %s."), people_words(services, changed));
    return words;
}

}  // namespace sheet
