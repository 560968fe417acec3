// SPDX-License-Identifier: AGPL-3.0-or-later
// A panel with one button, which does what is wrong with it.
#pragma once

#include <wx/button.h>
#include <wx/sizer.h>
#include <sz/wx/panel.hpp>

class FaultyPanel : public sz::ui::Panel {
  public:
    FaultyPanel(wxWindow* parent, const sz_panel_host& host) : Panel(parent, host) {
        SetSizer(new wxBoxSizer(wxVERTICAL));
        button_ = new wxButton(this, wxID_ANY, "Do it");
        GetSizer()->Add(button_);
        button_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { do_it(); });
    }
    virtual void do_it() = 0;
    void focus_first() override { button_->SetFocus(); }
    bool show_target(const sz::ui::Json&) override { return false; }

  private:
    wxButton* button_;
};
