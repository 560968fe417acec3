// SPDX-License-Identifier: AGPL-3.0-or-later
// Above a sheet: the name, which can be changed there, what it was made from, and its removal,
// asked in place.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <string>

class wxButton;
class wxStaticText;
class wxTextCtrl;
namespace sz::ui {
class Notice;
}

namespace sheet {

using sz::ui::Json;

class SheetHeader : public wxPanel {
  public:
    SheetHeader(wxWindow* parent, sz::ui::PanelBus& bus);

    void show_sheet(const std::string& id, bool is_campaign, const wxString& name,
                    const wxString& about);
    void warn(const wxString& words);  // an error; "" when there is none any more
    void commit();                     // a name that was typed and not sent

    void show_decided(const wxString& words);  // of who sees and who changes the whole
    void set_read_only(bool read_only);

    std::function<void()> on_undo, on_redo;
    std::function<void(const wxString& words)> on_lost;  // a name refused, when the sheet has gone
    std::function<void(const wxString& words)> on_removed;
    std::function<void()> on_resize;

  private:
    void build_name(wxSizer& line);
    void build_removal(wxSizer& column);
    void rename();
    void resized();
    void ask_removal(bool ask);
    [[nodiscard]] wxString removal_words() const;
    void remove();

    sz::ui::PanelBus& bus_;
    std::string id_;
    bool is_campaign_ = false;
    wxString shown_;
    wxTextCtrl* name_;
    wxStaticText* about_;
    sz::ui::Notice* decided_;
    wxButton *undo_, *redo_, *remove_;
    wxPanel* removal_;
    sz::ui::Notice* question_;
    wxButton* keep_;
    sz::ui::Notice* notice_;
};

}  // namespace sheet
