// SPDX-License-Identifier: AGPL-3.0-or-later
// The floor: a wx frame with a few controls, which reports its first paint and its memory and ends.
#include <wx/wx.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace {

long resident_kib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    long value = 0;
    while (status >> word) {
        if (word == "VmRSS:") status >> value;
    }
    return value;
}

class EmptyApp final : public wxApp {
  public:
    bool OnInit() override {
        auto* frame = new wxFrame(nullptr, wxID_ANY, "Empty", wxDefaultPosition, wxSize(1000, 700));
        auto* panel = new wxPanel(frame);
        auto* column = new wxBoxSizer(wxVERTICAL);
        column->Add(new wxStaticText(panel, wxID_ANY, "Text"));
        column->Add(new wxTextCtrl(panel, wxID_ANY));
        column->Add(new wxButton(panel, wxID_ANY, "Button"));
        panel->SetSizer(column);
        panel->Bind(wxEVT_PAINT, [this, panel, frame](wxPaintEvent&) {
            { const wxPaintDC dc(panel); }
            if (reported_) return;
            reported_ = true;
            std::puts("first-paint");
            std::fflush(stdout);
            CallAfter([frame] {
                std::printf("ready %ld\n", resident_kib());
                std::fflush(stdout);
                frame->Close();
            });
        });
        frame->Show();
        return true;
    }

  private:
    bool reported_ = false;
};

}  // namespace

wxIMPLEMENT_APP(EmptyApp);
