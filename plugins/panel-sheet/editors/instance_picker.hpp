// SPDX-License-Identifier: AGPL-3.0-or-later
// Chooses a character of the campaign: a field in which a part of the name is typed, and the names
// that have it; without a part all of them, and none.
#pragma once

#include <sz/wx/row_list.hpp>

#include <functional>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxTextCtrl;

namespace sheet {

// A character whom the viewer may see.
struct Choosable {
    std::string id;
    wxString name;
};

class InstancePicker : public wxPanel {
  public:
    InstancePicker(wxWindow* parent, EditorServices& services);

    void set_names(const wxString& field_name);
    void begin(std::vector<Choosable> all);  // shows itself with the keyboard in the field

    std::function<void(const std::string& id)> on_pick;  // "": none
    std::function<void()> on_close;                      // Escape, Close

  private:
    void filter();
    void pick(int row);

    wxTextCtrl* field_;
    sz::ui::RowList* list_;
    std::vector<Choosable> all_, shown_;
};

}  // namespace sheet
