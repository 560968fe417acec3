// SPDX-License-Identifier: AGPL-3.0-or-later
// The snapshots of a campaign: takes one with a note, compares one with now, goes back to one.
#pragma once

#include <wx/scrolwin.h>
#include <sz/wx/row_list.hpp>

#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxButton;
class wxTextCtrl;
namespace sz::ui {
class Notice;
}

namespace sheet {

class DifferenceText;

class SnapshotsPage : public wxScrolledWindow {
  public:
    SnapshotsPage(wxWindow* parent, sz::ui::PanelBus& bus);

    void show_campaign(const std::string& campaign);
    void reload();  // asks only while it is on the screen
    void focus_first();

  private:
    void build_taking(wxSizer& column);
    void build_question(wxSizer& column);
    void fill(const Json& answer);
    void choose_row();
    void take();
    void compare();
    void remove();
    void ask_return(bool ask);
    void go_back();
    void lay_out();
    [[nodiscard]] std::string chosen() const;  // "s3", "" for none
    void call(const char* method, const Json& params, const wxString& done);

    sz::ui::PanelBus& bus_;
    std::string campaign_;
    wxTextCtrl* note_;
    sz::ui::RowList* list_;
    wxButton *compare_, *return_, *remove_;
    wxPanel* question_;
    sz::ui::Notice* question_words_;
    wxButton* stay_;
    DifferenceText* difference_;
    sz::ui::Notice* notice_;
    std::vector<std::string> ids_;  // of the rows
    unsigned generation_ = 0;
};

}  // namespace sheet
