// SPDX-License-Identifier: AGPL-3.0-or-later
// The library: packs at the left, what a search or a dataset holds in the middle, one entry at the
// right.
#pragma once

#include <sz/wx/panel.hpp>

#include "entry_search.hpp"
#include "entry_view.hpp"
#include "pack_tree.hpp"

class wxSplitterWindow;

namespace library {

class LibraryPanel : public sz::ui::Panel {
  public:
    LibraryPanel(wxWindow* parent, const sz_panel_host& host);

    void focus_first() override { search_->focus_field(); }
    [[nodiscard]] bool show_target(const Json& target) override;
    [[nodiscard]] Json save_state() override;
    void restore_state(const Json& state) override;

  private:
    void welcome(bool any_pack);

    wxSplitterWindow* outer_;
    wxSplitterWindow* inner_;
    PackTree* tree_;
    EntrySearch* search_;
    EntryView* view_;
};

}  // namespace library
