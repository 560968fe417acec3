// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done with the keyboard, and what is running.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>
#include <sz/wx/styled_text.hpp>

#include <functional>

namespace sz::desktop {

class HelpPage : public wxPanel {
  public:
    HelpPage(wxWindow* parent, std::function<void()> go_back);

    // Writes it anew. `bus` is null while the profile is not open.
    void show_help(ui::PanelBus* bus);

  private:
    void write_all(const ui::Json& info);

    ui::StyledText* text_;
};

}  // namespace sz::desktop
