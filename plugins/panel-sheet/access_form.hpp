// SPDX-License-Identifier: AGPL-3.0-or-later
// Says who sees and who changes a field, the group and section that it is in, or the whole sheet;
// stands between the sheet's name and its sections while it is asked for.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxButton;
class wxChoice;
namespace sz::ui {
class Notice;
}

namespace sheet {

class AccessRule;

class AccessForm : public wxPanel {
  public:
    AccessForm(wxWindow* parent, EditorServices& services);

    // `sheet` is the answer of character.show; `path` a field, a section, or "" for the whole.
    void begin(const Json& sheet, const std::string& path);
    void show_sheet(const Json& sheet);  // the same sheet, as it is now

    std::function<void()> on_close;  // Escape, Close
    std::function<void()> on_resize;

  private:
    struct Place {
        std::string path;
        wxString name;
    };
    [[nodiscard]] static std::vector<Place> places_around(const Json& sheet,
                                                          const std::string& path);
    [[nodiscard]] const std::string& path() const;
    void show_place();
    void decide(const char* method, const Json& to);

    EditorServices& services_;
    Json decided_;
    std::vector<Place> places_;  // from the smallest to the whole sheet
    wxChoice* place_;
    AccessRule *seen_, *changed_;
    wxButton* back_;
    sz::ui::Notice* notice_;
};

}  // namespace sheet
