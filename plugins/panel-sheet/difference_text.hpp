// SPDX-License-Identifier: AGPL-3.0-or-later
// What is another thing now than it was at a moment, in sentences; hidden until it is asked for.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <string>

class wxTextCtrl;

namespace sheet {

class DifferenceText : public wxPanel {
  public:
    DifferenceText(wxWindow* parent, sz::ui::PanelBus& bus);

    using Failed = std::function<void(const wxString& words)>;
    // "Previously": what changed since a moment (campaign.recap), for the person who looks.
    void tell_since(const std::string& campaign, const std::string& moment, const Failed& failed);
    // A moment against now (campaign.diff), with what it was and what it is.
    void compare(const std::string& campaign, const std::string& moment, const Failed& failed);
    void close();

    std::function<void()> on_close;  // the keyboard was in it
    std::function<void()> on_resize;

  private:
    void ask(const char* method, sz::ui::Json params, const Failed& failed);
    void fill(const wxString& title, const sz::ui::Json& answer);

    sz::ui::PanelBus& bus_;
    wxTextCtrl* text_;
    unsigned generation_ = 0;
};

}  // namespace sheet
