// SPDX-License-Identifier: AGPL-3.0-or-later
#include <wx/dialog.h>

#include "faulty_panel.hpp"

class DialogThrows final : public FaultyPanel {
  public:
    using FaultyPanel::FaultyPanel;
    void do_it() override {
        wxDialog dialog(this, wxID_ANY, "A question");
        auto* column = new wxBoxSizer(wxVERTICAL);
        auto* fail = new wxButton(&dialog, wxID_ANY, "Fail");
        fail->Bind(wxEVT_BUTTON, [](wxCommandEvent&) { throw 7; });
        column->Add(fail);
        column->Add(new wxButton(&dialog, wxID_CANCEL, "Leave it"));
        dialog.SetSizerAndFit(column);
        dialog.ShowModal();
        SetName("the panel is there still, after its dialog");
    }
};

SZ_PANEL_PLUGIN("org.test.dialog-throws", DialogThrows, "asks", "Asks", "", 93)
