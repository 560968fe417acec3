// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds an entry for a link: a search field and what it found, in the place where the link will
// stand. Restricted to the dataset that the field's definition names, if it names one.
#pragma once

#include <wx/timer.h>
#include <sz/wx/row_list.hpp>

#include <functional>
#include <vector>

#include "editors/editor.hpp"

class wxTextCtrl;
class wxStaticText;

namespace sheet {

class LinkPicker : public wxPanel {
  public:
    LinkPicker(wxWindow* parent, EditorServices& services, const Json& restriction,
               const wxString& field_name);

    void begin();  // shows itself with the keyboard in the search field

    std::function<void(const Json& link)> on_pick;
    std::function<void()> on_close;  // Escape, Close

  private:
    void search();
    void fill(const Json& rows, const char* id_key, const Json& answer);
    void pick(int row);

    EditorServices& services_;
    Json restriction_;  // {"datapackId","datasetId","version"} or null
    wxTextCtrl* field_;
    wxStaticText* summary_;
    sz::ui::RowList* list_;
    wxTimer timer_;
    std::vector<Json> links_;  // of the rows
    unsigned generation_ = 0;
};

}  // namespace sheet
