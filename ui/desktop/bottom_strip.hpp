// SPDX-License-Identifier: AGPL-3.0-or-later
// The line at the bottom of the window: what was last said, and what runs, with a way to stop it.
// Native controls with the role of a status bar, since a screen reader sees nothing of the
// toolkit's own status bar.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

#include <map>
#include <string>

class wxButton;
class wxGauge;
class wxStaticText;

namespace sz::desktop {

class BottomStrip : public wxPanel {
  public:
    explicit BottomStrip(wxWindow* parent);

    void say(const wxString& words);
    void follow_tasks(ui::PanelBus& bus);  // for as long as the bus lives

  private:
    void on_progress(const ui::Json& message);
    void show_running();

    wxStaticText* words_;
    wxStaticText* task_words_;
    wxGauge* gauge_;
    wxButton* cancel_;
    ui::PanelBus* bus_ = nullptr;
    struct Running {
        ui::Json last;  // message
        wxLongLong since_ms;
    };
    std::map<std::string, Running> running_;  // by the task's id
};

}  // namespace sz::desktop
