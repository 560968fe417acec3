// SPDX-License-Identifier: AGPL-3.0-or-later
#include "library_panel.hpp"

#include <wx/splitter.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace library {

using sz::ui::text_of;

LibraryPanel::LibraryPanel(wxWindow* parent, const sz_panel_host& host) : Panel(parent, host) {
    const long style = wxSP_LIVE_UPDATE | wxSP_NOBORDER;
    outer_ = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, style);
    tree_ = new PackTree(outer_, bus());
    inner_ = new wxSplitterWindow(outer_, wxID_ANY, wxDefaultPosition, wxDefaultSize, style);
    search_ = new EntrySearch(inner_, bus());
    view_ = new EntryView(inner_, bus());
    outer_->SetMinimumPaneSize(FromDIP(120));
    inner_->SetMinimumPaneSize(FromDIP(160));
    outer_->SplitVertically(tree_, inner_, FromDIP(240));
    inner_->SplitVertically(search_, view_, FromDIP(310));
    auto* all = new wxBoxSizer(wxVERTICAL);
    all->Add(outer_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(sz::ui::gap)));
    SetSizer(all);

    search_->on_choose = [this](const EntryKey& key) { view_->show_entry(key, false); };
    search_->on_activate = [this](const EntryKey& key) {
        view_->show_entry(key, false);
        view_->text()->SetFocus();
    };
    tree_->on_scope = [this](const Scope& scope) { search_->set_scope(scope); };
    tree_->on_loaded = [this](bool any) { welcome(any); };
    add_pane(search_->field());
    add_pane(search_->list());
    add_pane(view_->text());
    add_pane(view_->links());
    add_pane(tree_);

    bus().on_unhandled = [this](const sz::ui::BusError& error) { set_status(error.sentence()); };
    bus().subscribe("library.changed", [this](const Json&) {
        tree_->reload();
        view_->show_again();
    });
    tree_->reload();
}

void LibraryPanel::welcome(bool any_pack) {
    if (!view_->shown().empty()) return;
    if (any_pack)
        view_->show_words(_("Your library"), _("Type a word into the search field, or choose a "
                                               "dataset at the left. Enter opens an entry; its "
                                               "links stand below it."));
    else
        view_->show_words(_("Your library is empty"),
                          _("Import a pack first: press Ctrl+I, or drop a file onto this window."));
}

bool LibraryPanel::show_target(const Json& target) {
    const std::string kind = text_of(target, "show");
    if (kind == "search") {
        search_->focus_field();
        return true;
    }
    if (kind != "entry") return false;
    view_->show_entry(EntryKey::from(target), true);
    view_->text()->SetFocus();
    return true;
}

Json LibraryPanel::save_state() {
    const Scope scope = tree_->scope();
    return {
        {"tree_width", outer_->GetSashPosition()},
        {"list_width", inner_->GetSashPosition()},
        {"scope", {{"pack", scope.pack}, {"version", scope.version}, {"dataset", scope.dataset}}},
        {"entry", view_->shown().target()}};
}

void LibraryPanel::restore_state(const Json& state) {
    if (const auto width = sz::ui::number_of(state, "tree_width"); width > 0 && width < 4000)
        outer_->SetSashPosition(static_cast<int>(width));
    if (const auto width = sz::ui::number_of(state, "list_width"); width > 0 && width < 4000)
        inner_->SetSashPosition(static_cast<int>(width));
    const Json& scope = sz::ui::object_of(state, "scope");
    tree_->choose(
        {text_of(scope, "pack"), text_of(scope, "version"), text_of(scope, "dataset"), {}});
    view_->show_entry(EntryKey::from(sz::ui::object_of(state, "entry")), false);
}

}  // namespace library
