// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sheet_panel.hpp"

#include <wx/simplebook.h>
#include <wx/splitter.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::gap;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

SheetPanel::SheetPanel(wxWindow* parent, const sz_panel_host& host)
    : Panel(parent, host), services_{bus(), {}, [this](const Json& target) { open(target); },
                                     {},    {}, {}} {
    build();
    add_pane(tree_);
    add_pane(view_->pages());
    bus().on_unhandled = [this](const sz::ui::BusError& error) { notice_->warn(error.sentence()); };
    bus().subscribe("campaign.changed", [this](const Json& message) {
        tree_->reload();
        view_->on_campaign_changed(message);
    });
    bus().subscribe("library.changed", [this](const Json&) { reload_templates(); });
    reload_templates();
    // At the first start the sample packs are installed behind the window.
    const auto ready = [this] {
        samples_ready_ = true;
        reload_templates();
    };
    bus().call(
        "app.ready", Json::object(), [ready](const Json&) { ready(); },
        [ready](const sz::ui::BusError&) { ready(); }, 600'000);
    ask_types();
    tree_->reload();
}

void SheetPanel::build() {
    split_ = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                  wxSP_LIVE_UPDATE | wxSP_NOBORDER);
    split_->SetMinimumPaneSize(FromDIP(140));
    wxPanel* left = build_left();
    book_ = new wxSimplebook(split_);
    start_ = add_creation(CreationPage::Makes::both);
    new_campaign_ = add_creation(CreationPage::Makes::campaign);
    new_character_ = add_creation(CreationPage::Makes::character);
    start_->on_cancel = {};
    view_ = new SheetView(book_, services_);
    book_->AddPage(view_, {});
    book_->AddPage(new wxPanel(book_), {});
    view_->on_lost = [this](const wxString& words) { notice_->warn(words); };
    view_->on_news = [this](const wxString& words) { notice_->say(words); };
    view_->on_gone = [this] {
        show_page(waiting_page);
        tree_->reload(true);
    };
    book_->SetSelection(waiting_page);
    split_->SplitVertically(left, book_, FromDIP(240));
    auto* all = new wxBoxSizer(wxVERTICAL);
    all->Add(split_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap)));
    SetSizer(all);
}

wxPanel* SheetPanel::build_left() {
    auto* left = new wxPanel(split_);
    auto* column = new wxBoxSizer(wxVERTICAL);
    tree_ = new CampaignTree(left, bus());
    column->Add(tree_, wxSizerFlags(1).Expand());
    notice_ = new sz::ui::Notice(left);
    column->Add(notice_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    const auto below = wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap));
    sz::ui::add_button(
        *column, left, _("New c&ampaign..."), [this] { begin_creation(campaign_page); }, below);
    sz::ui::add_button(
        *column, left, _("New charac&ter..."), [this] { begin_creation(character_page); }, below);
    left->SetSizer(column);
    tree_->on_choose = [this](const std::string& id, bool by_person) {
        // Given the keyboard early, the tree chooses its first row by itself.
        if (!is_ready()) return;
        show_page(sheet_page);
        if (by_person && id != view_->shown()) notice_->clear();
        view_->show_sheet(id, false);
    };
    tree_->on_activate = [this](const std::string& id) {
        show_page(sheet_page);
        view_->show_sheet(id, true);
    };
    tree_->on_loaded = [this] {
        tree_known_ = true;
        loaded();
    };
    tree_->on_problem = [this](const wxString& words) {
        tree_failed_ = true;
        notice_->warn(words);
    };
    return left;
}

CreationPage* SheetPanel::add_creation(CreationPage::Makes makes) {
    auto* page = new CreationPage(book_, bus(), makes);
    page->on_made = [this](const std::string& id) { made(id); };
    page->on_cancel = [this] {
        go_home();
        tree_->SetFocus();
    };
    book_->AddPage(page, {});
    return page;
}

void SheetPanel::reload_templates() {
    for (CreationPage* page : {start_, new_campaign_, new_character_})
        page->reload_templates(!samples_ready_);
}

// The editors need to know what each field type wants; nothing is shown before.
void SheetPanel::ask_types() {
    bus().call("field.types", Json::object(), [this](const Json& answer) {
        for (const Json& type : list_of(answer, "types"))
            services_.hints[text_of(type, "name")] = text_of(type, "editor");
        types_known_ = true;
        loaded();
    });
}

bool SheetPanel::is_ready() const { return types_known_ && tree_known_ && restored_; }

void SheetPanel::loaded() {
    if (!is_ready()) return;
    const bool first = book_->GetSelection() == waiting_page;
    if (std::exchange(tree_failed_, false)) notice_->clear();
    if (!first) {
        const bool left_without = view_->shown().empty() || tree_->campaigns().empty();
        if (book_->GetSelection() == sheet_page && left_without) go_home();
        return;
    }
    if (!first_wanted_.empty()) tree_->choose(std::exchange(first_wanted_, {}));
    if (book_->GetSelection() == waiting_page) go_home();
    if (std::exchange(focus_when_ready_, false) && may_take_keyboard()) focus_first();
}

// The keyboard was promised while all was still to come; meanwhile somebody may have gone to the
// help, or a question may have been asked.
bool SheetPanel::may_take_keyboard() {
    wxWindow* focused = wxWindow::FindFocus();
    const bool is_free = focused == nullptr || IsDescendant(focused) || focused->IsDescendant(this);
    return is_free && IsShownOnScreen();
}

void SheetPanel::go_home() {
    if (tree_->campaigns().empty()) {
        start_->begin({}, {});
        return show_page(start_page);
    }
    const std::string chosen = tree_->chosen();
    tree_->choose(chosen.empty() ? tree_->campaigns().front().id : chosen);
}

void SheetPanel::show_page(Page page) { sz::ui::select_page_quietly(*book_, page); }

void SheetPanel::begin_creation(Page page) {
    view_->commit();
    CreationPage* form = page == start_page      ? start_
                         : page == campaign_page ? new_campaign_
                                                 : new_character_;
    form->begin(tree_->campaigns(), tree_->chosen_campaign());
    show_page(page);
    form->focus_first();
}

void SheetPanel::made(const std::string& id) {
    tree_->choose(id);
    tree_->reload();
    show_page(sheet_page);
    view_->show_sheet(id, true);
}

void SheetPanel::focus_first() {
    switch (book_->GetSelection()) {
        case start_page: return start_->focus_first();
        case campaign_page: return new_campaign_->focus_first();
        case character_page: return new_character_->focus_first();
        case sheet_page: return tree_->SetFocus();
        default: focus_when_ready_ = true;
    }
}

bool SheetPanel::show_target(const Json& target) {
    const std::string kind = text_of(target, "show");
    if (kind == "start") return begin_creation(start_page), true;
    if (kind == "new-campaign") return begin_creation(campaign_page), true;
    if (kind == "new-character") return begin_creation(character_page), true;
    if (kind == "undo") return view_->undo(), true;
    if (kind == "redo") return view_->redo(), true;
    if (kind == "access") return view_->decide_access(), true;
    if (kind != "character" && kind != "campaign") return false;
    first_wanted_ = text_of(target, "id");
    tree_->choose(first_wanted_);
    return true;
}

Json SheetPanel::save_state() {
    view_->commit();
    return {{"tree_width", split_->GetSashPosition()},
            {"shown", view_->shown()},
            {"page", view_->page()}};
}

void SheetPanel::restore_state(const Json& state) {
    if (const auto width = number_of(state, "tree_width"); width > 0 && width < 4000)
        split_->SetSashPosition(static_cast<int>(width));
    first_wanted_ = text_of(state, "shown");
    view_->choose_page(static_cast<int>(number_of(state, "page", -1)));
    restored_ = true;
    loaded();
}

}  // namespace sheet
