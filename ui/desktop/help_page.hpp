// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done with the keyboard, and what is running.
#pragma once

#include <sz/wx/bus.hpp>
#include <sz/wx/styled_text.hpp>

namespace sz::desktop {

class HelpPage : public ui::StyledText {
  public:
    HelpPage(wxWindow* parent, ui::PanelBus* bus);  // null while the profile is not open

  private:
    void write_all(const ui::Json& info);
};

}  // namespace sz::desktop
