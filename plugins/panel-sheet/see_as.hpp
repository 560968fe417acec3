// SPDX-License-Identifier: AGPL-3.0-or-later
// Chooses as whom a sheet is seen: as oneself, or exactly as one of the members gets it, which is
// then said plainly. Hidden while there is nobody else.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxChoice;
namespace sz::ui {
class Notice;
}

namespace sheet {

class SeeAs : public wxPanel {
  public:
    SeeAs(wxWindow* parent, EditorServices& services);

    void show_members();  // of the services
    void show_chosen(bool sees_sheet);

    std::function<void(const std::string& client_id)> on_choose;  // "": oneself
    std::function<void()> on_resize;

  private:
    EditorServices& services_;
    wxChoice* choice_;
    sz::ui::Notice* notice_;
    std::vector<Member> members_;  // of the choice, behind its first line
};

}  // namespace sheet
