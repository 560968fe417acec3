// SPDX-License-Identifier: AGPL-3.0-or-later
// The window's menus, and how what they ask for finds the panel that can do it.
#include <wx/menu.h>
#include <wx/notebook.h>
#include <wx/simplebook.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <nlohmann/json.hpp>

#include "ui/desktop/bottom_strip.hpp"
#include "ui/desktop/frame.hpp"
#include "ui/desktop/help_page.hpp"
#include "ui/desktop/panel_page.hpp"

namespace sz::desktop {

using ui::text_of;

wxMenuItem* Frame::add_item(wxMenu* menu, const wxString& label, std::function<void()> work,
                            int id) {
    wxMenuItem* item = menu->Append(id == -1 ? wxWindow::NewControlId() : id, label);
    Bind(
        wxEVT_MENU, [work = std::move(work)](wxCommandEvent&) { work(); }, item->GetId());
    return item;
}

void Frame::build_menus() {
    const auto show = [this](const char* kind) {
        return [this, kind] { open_target({{"show", kind}}); };
    };
    auto* file = new wxMenu;
    add_item(file, _("&New campaign...\tCtrl+N"), show("new-campaign"), wxID_NEW);
    add_item(file, _("New c&haracter...\tCtrl+Shift+N"), show("new-character"));
    add_item(file, _("&Import a pack...\tCtrl+I"), show("import"));
    file->AppendSeparator();
    unlock_item_ = add_item(file, _("&Unlock identity..."), show("unlock"));
    unlock_item_->Enable(false);
    file->AppendSeparator();
    add_item(
        file, _("&Quit\tCtrl+Q"), [this] { Close(); }, wxID_EXIT);
    auto* edit = new wxMenu;
    add_item(
        edit, _("&Undo\tCtrl+Z"),
        [this] {
            tell_current({{"show", "undo"}});
        },
        wxID_UNDO);
    add_item(
        edit, _("&Redo\tCtrl+Shift+Z"),
        [this] {
            tell_current({{"show", "redo"}});
        },
        wxID_REDO);
    add_item(edit, _("Who sees and &changes this...\tCtrl+Shift+P"), [this] {
        tell_current({{"show", "access"}});
    });
    add_item(edit, _("&Search the library\tCtrl+F"), show("search"), wxID_FIND);
    view_menu_ = new wxMenu;
    add_item(view_menu_, _("&Next part\tF6"), [this] {
        tell_current({{"show", "next-pane"}, {"back", false}});
    });
    add_item(view_menu_, _("&Previous part\tShift+F6"), [this] {
        tell_current({{"show", "next-pane"}, {"back", true}});
    });
    auto* help = new wxMenu;
    add_item(
        help, _("&Help and shortcuts\tF1"), [this] { show_help(); }, wxID_HELP);
    add_item(help, _("&Start here"), show("start"));
    auto* bar = new wxMenuBar;
    bar->Append(file, _("&File"));
    bar->Append(edit, _("&Edit"));
    bar->Append(view_menu_, _("&View"));
    bar->Append(help, _("&Help"));
    SetMenuBar(bar);
    take_keys_first();
}

// The menus' keys, for every control: GTK's lists would keep some, such as Ctrl+N, for themselves.
void Frame::take_keys_first() {
    std::vector<wxAcceleratorEntry> keys;
    for (std::size_t m = 0; m < GetMenuBar()->GetMenuCount(); ++m) {
        for (const wxMenuItem* item : GetMenuBar()->GetMenu(m)->GetMenuItems()) {
            const std::unique_ptr<wxAcceleratorEntry> key(item->GetAccel());
            if (key) keys.emplace_back(key->GetFlags(), key->GetKeyCode(), item->GetId());
        }
    }
    keys.emplace_back(wxACCEL_CTRL, 'Y', wxID_REDO);  // the other custom
    SetAcceleratorTable(wxAcceleratorTable(static_cast<int>(keys.size()), keys.data()));
}

void Frame::add_panel_menu_items() {
    if (panels_.empty()) return;
    view_menu_->AppendSeparator();
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        wxString label = wxControl::EscapeMnemonics(pages_->GetPageText(i));
        if (i < 9) label += wxString::Format("\tCtrl+%d", static_cast<int>(i) + 1);
        add_item(view_menu_, label, [this, i] { choose_page(i); });
    }
    take_keys_first();
}

PanelPage* Frame::current() const {
    return stack_->GetSelection() == panels_page ? chosen() : nullptr;
}

PanelPage* Frame::chosen() const {
    const int at = pages_->GetSelection();
    return at < 0 || at >= static_cast<int>(panels_.size()) ? nullptr
                                                            : panels_[static_cast<std::size_t>(at)];
}

void Frame::choose_page(std::size_t page) {
    if (state_ != State::open || !started_ || page >= panels_.size()) return;
    stack_->SetSelection(panels_page);
    pages_->SetSelection(page);
    panels_[page]->focus();
}

void Frame::tell_current(const Json& target) {
    if (PanelPage* page = current()) static_cast<void>(page->show(target));
}

// The first panel that shows this kind of thing gets it.
void Frame::open_target(const Json& target) {
    if (state_ != State::open || !started_) return;
    const std::string kind = text_of(target, "show");
    if (kind == "unlock") return unlock_->offer();
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        if (kind == "panel" && panels_[i]->id() == text_of(target, "id")) return choose_page(i);
        if (kind == "panel" || !panels_[i]->shows(kind)) continue;
        const int before = pages_->GetSelection();
        stack_->SetSelection(panels_page);
        pages_->SetSelection(i);
        if (panels_[i]->show(target)) return;
        pages_->SetSelection(static_cast<std::size_t>(before));
    }
    strip_->say(_(
        "No panel can show that. Perhaps its plugin is not running; szctl plugin list says why."));
}

void Frame::import_files(const std::vector<std::string>& paths) {
    if (!paths.empty())
        open_target({{"show", "import"}, {"path", paths.front()}, {"paths", paths}});
}

// In front of whatever is shown: there is help before the panels are there, and when they never
// come.
void Frame::show_help() {
    if (stack_->GetSelection() == help_page) return leave_help();
    before_help_ = wxWindow::FindFocus();
    stack_->SetSelection(help_page);
    help_->show_help(bus_.get());
}

void Frame::leave_help() {
    if (stack_->GetSelection() != help_page) return;
    stack_->SetSelection(started_ && !panels_.empty() ? panels_page : message_page);
    if (before_help_ && before_help_->IsShownOnScreen()) return before_help_->SetFocus();
    focus_shown();
}

void Frame::focus_shown() {
    if (PanelPage* page = current()) return page->focus();
    stack_->GetCurrentPage()->SetFocus();
}

}  // namespace sz::desktop
