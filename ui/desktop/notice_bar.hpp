// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person should know about this start, above the panels until it is put away. [ui-thread]
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

namespace sz::ui {
class Notice;
}

namespace sz::desktop {

class NoticeBar : public wxPanel {
  public:
    explicit NoticeBar(wxWindow* parent);

    // Asks what there is to be told and shows it, if there is something.
    void ask(ui::PanelBus& bus);

  private:
    void show(const wxString& words);

    ui::Notice* notice_;
};

}  // namespace sz::desktop
