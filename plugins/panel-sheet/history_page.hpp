// SPDX-License-Identifier: AGPL-3.0-or-later
// What has happened in a campaign, newest first, each as a sentence; any event can be taken back,
// and what has changed since it can be read.
#pragma once

#include <wx/panel.h>
#include <sz/wx/row_list.hpp>

#include <map>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxButton;
namespace sz::ui {
class Notice;
}

namespace sheet {

class DifferenceText;

class HistoryPage : public wxPanel {
  public:
    HistoryPage(wxWindow* parent, sz::ui::PanelBus& bus);

    void show_campaign(const std::string& campaign);
    void reload();  // asks only while it is on the screen
    [[nodiscard]] wxWindow* list() { return list_; }

  private:
    void ask(std::int64_t before);
    void fill(const Json& answer, bool more);
    void undo();
    void tell_since();
    void enable_buttons();

    sz::ui::PanelBus& bus_;
    std::string campaign_;
    std::map<std::string, wxString> names_;  // of identities, by Client ID
    sz::ui::RowList* list_;
    wxButton* undo_;
    wxButton* since_;
    wxButton* older_;
    DifferenceText* difference_;
    sz::ui::Notice* notice_;
    std::vector<std::int64_t> events_;  // of the rows
    bool stale_ = true;
    unsigned generation_ = 0;
};

}  // namespace sheet
