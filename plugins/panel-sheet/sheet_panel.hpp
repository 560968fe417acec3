// SPDX-License-Identifier: AGPL-3.0-or-later
// Campaigns at the left; at the right the chosen sheet, or the page that makes a new one.
#pragma once

#include <sz/wx/panel.hpp>

#include "campaign_tree.hpp"
#include "creation_page.hpp"
#include "sheet_view.hpp"

class wxSimplebook;
class wxSplitterWindow;
namespace sz::ui {
class Notice;
}

namespace sheet {

class SheetPanel : public sz::ui::Panel {
  public:
    SheetPanel(wxWindow* parent, const sz_panel_host& host);

    void focus_first() override;
    [[nodiscard]] bool show_target(const Json& target) override;
    [[nodiscard]] Json save_state() override;
    void restore_state(const Json& state) override;

  private:
    enum Page { start_page, campaign_page, character_page, sheet_page, waiting_page };
    void build();
    wxPanel* build_left();
    CreationPage* add_creation(CreationPage::Makes makes);
    void reload_templates();
    void ask_types();
    [[nodiscard]] bool is_ready() const;  // what there is, and what was shown last, is known
    void loaded();
    [[nodiscard]] bool may_take_keyboard();
    void show_page(Page page);
    void begin_creation(Page page);
    void made(const std::string& id);
    void go_home();  // the chosen sheet, or the start

    EditorServices services_;
    wxSplitterWindow* split_;
    CampaignTree* tree_;
    sz::ui::Notice* notice_;
    wxSimplebook* book_;
    CreationPage *start_, *new_campaign_, *new_character_;
    SheetView* view_;
    std::string first_wanted_;  // what was shown when the program ended
    bool tree_failed_ = false;  // the notice says so
    bool types_known_ = false, tree_known_ = false, restored_ = false, focus_when_ready_ = false,
         samples_ready_ = false;
};

}  // namespace sheet
