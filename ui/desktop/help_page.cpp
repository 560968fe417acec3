// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/help_page.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

namespace sz::desktop {

namespace {

struct Shortcut {
    const char* keys;
    const char* what;
};

const Shortcut anywhere[] = {
    {"Ctrl+1, Ctrl+2, ...", wxTRANSLATE("goes to a panel")},
    {"F6, Shift+F6", wxTRANSLATE("goes to the next or previous part of a panel")},
    {"Tab, Shift+Tab", wxTRANSLATE("goes from control to control")},
    {"Ctrl+F", wxTRANSLATE("searches the library")},
    {"Ctrl+I", wxTRANSLATE("imports a pack")},
    {"Ctrl+N", wxTRANSLATE("makes a new campaign")},
    {"Ctrl+Shift+N", wxTRANSLATE("makes a new character")},
    {"Ctrl+Z", wxTRANSLATE("takes back the last change")},
    {"Ctrl+Shift+Z", wxTRANSLATE("does again what was taken back last; so does Ctrl+Y")},
    {"Ctrl+Shift+P",
     wxTRANSLATE("decides who sees and who changes the field, its group, its section, "
                 "the sheet")},
    {"F1", wxTRANSLATE("shows this page, and goes back from it")},
    {"Ctrl+Q", wxTRANSLATE("ends the program; everything is saved already")},
};

const Shortcut library[] = {
    {"Down", wxTRANSLATE("goes from the search field into what was found")},
    {"Enter", wxTRANSLATE("opens the chosen entry or link")},
    {"Alt+Left, Alt+Right", wxTRANSLATE("goes back and forward among the entries you have read")},
    {"Left, Right", wxTRANSLATE("closes and opens a pack in the tree")},
};

const Shortcut sheet[] = {
    {"Enter", wxTRANSLATE("keeps what you typed; leaving the field does the same")},
    {"Ctrl+Enter", wxTRANSLATE("keeps a text of several lines")},
    {"Escape", wxTRANSLATE("brings back what was there before you typed")},
    {"Up, Down", wxTRANSLATE("adds to a number, takes from it")},
    {"Ctrl+E", wxTRANSLATE("shows how a text will look")},
    {"Delete", wxTRANSLATE("removes the chosen item of a list")},
    {"Alt+Up, Alt+Down", wxTRANSLATE("moves the chosen item of a list")},
    {"Ctrl+Page Up, Ctrl+Page Down", wxTRANSLATE("goes from section to section")},
};

template <std::size_t count>
void write_section(ui::StyledText& out, const wxString& heading,
                   const Shortcut (&shortcuts)[count]) {
    out.write("\n" + heading + "\n", {.heading = 3});
    for (const Shortcut& one : shortcuts) {
        out.write(wxString(one.keys), {.bold = true});
        out.write("  " + wxGetTranslation(one.what) + "\n");
    }
}

}  // namespace

HelpPage::HelpPage(wxWindow* parent, std::function<void()> go_back) : wxPanel(parent) {
    Bind(wxEVT_CHAR_HOOK, [go_back](wxKeyEvent& event) {
        event.GetKeyCode() == WXK_ESCAPE ? go_back() : event.Skip();
    });
    auto* column = new wxBoxSizer(wxVERTICAL);
    text_ = new ui::StyledText(this, _("Help"), wxBORDER_NONE);
    column->Add(text_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(ui::margin)));
    ui::add_button(*column, this, _("&Back"), std::move(go_back),
                   wxSizerFlags().Border(wxLEFT | wxBOTTOM, FromDIP(ui::margin)));
    SetSizer(column);
}

void HelpPage::show_help(ui::PanelBus* bus) {
    write_all(ui::Json::object());
    text_->SetFocus();
    if (bus != nullptr)
        bus->call(
            "app.info", ui::Json::object(), [this](const ui::Json& info) { write_all(info); },
            [](const ui::BusError&) {});
}

void HelpPage::write_all(const ui::Json& info) {
    text_->fill([&](ui::StyledText& out) {
        out.write(_("Help") + "\n", {.heading = 1});
        out.write(_("Everything here can be done with the keyboard alone, and everything can also "
                    "be done without a window "
                    "by szctl, even while "
                    "this window is open.") +
                  "\n");
        write_section(out, _("Anywhere"), anywhere);
        write_section(out, _("In the library"), library);
        write_section(out, _("On a sheet"), sheet);
        out.write("\n" + _("This program") + "\n", {.heading = 3});
        out.write(wxString::Format("SessionZero %s\n", SZ_VERSION));
        if (const wxString profile = ui::label_of(info, "profile"); !profile.empty())
            out.write(wxString::Format(_("Your packs and campaigns are in %s"), profile) + "\n");
        for (const ui::Json& notice : ui::list_of(info, "notices"))
            out.write(ui::label_of(notice, "message") + " " + ui::label_of(notice, "hint") + "\n",
                      {.bold = true});
    });
}

}  // namespace sz::desktop
