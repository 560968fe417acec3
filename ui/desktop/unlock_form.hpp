// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks for the passphrase of the active identity, above what is on the screen. Without it
// everything can be read and nothing changed.
#pragma once

#include <wx/panel.h>
#include <wx/weakref.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <string>

class wxTextCtrl;
namespace sz::ui {
class Notice;
}

namespace sz::desktop {

class UnlockForm : public wxPanel {
  public:
    explicit UnlockForm(wxWindow* parent);

    // Knows from now on, for as long as the bus lives, whether the active identity is locked.
    // Offers itself if it is; `done` says with what result.
    void follow(ui::PanelBus& bus, std::function<void(bool offered)> done);
    // Shows itself and takes the keyboard, if the active identity is locked indeed.
    void offer();

    std::function<void(bool locked)> on_known;
    std::function<void()> on_resize;                     // it has come, gone, or another height
    std::function<void()> on_left;                       // nothing else takes the keyboard back
    std::function<void(const wxString& words)> on_done;  // unlocked, or failed after it was left

  private:
    void build();
    void ask(std::function<void()> then);
    void learn(const ui::Json& identity);
    void open();
    void leave();
    void unlock();
    void refused(const ui::BusError& error);

    ui::PanelBus* bus_ = nullptr;
    std::string client_id_;
    wxString name_;
    bool locked_ = false;
    bool busy_ = false;  // a key is being derived
    ui::Notice* question_;
    ui::Notice* notice_;
    wxTextCtrl* passphrase_;
    wxWeakRef<wxWindow> before_;  // had the keyboard
};

}  // namespace sz::desktop
