// SPDX-License-Identifier: AGPL-3.0-or-later
// The packs of the profile: import at the top, what is installed below it, what was found at the
// bottom.
#pragma once

#include <sz/wx/forms.hpp>
#include <sz/wx/panel.hpp>
#include <sz/wx/row_list.hpp>
#include <sz/wx/styled_text.hpp>

#include <string>
#include <vector>

#include "findings_list.hpp"
#include "import_form.hpp"

class wxButton;
class wxSplitterWindow;

namespace packs {

class PacksPanel : public sz::ui::Panel {
  public:
    PacksPanel(wxWindow* parent, const sz_panel_host& host);

    void focus_first() override { form_->field()->SetFocus(); }
    [[nodiscard]] bool show_target(const Json& target) override;
    [[nodiscard]] Json save_state() override;
    void restore_state(const Json& state) override;

  private:
    wxPanel* make_list(wxWindow* parent);
    wxPanel* make_confirmation(wxWindow* parent);
    void reload();
    void fill(const Json& answer);
    void show_pack(int row);
    void ask_removal();
    void remove();
    void end_removal();
    [[nodiscard]] std::string reference(int row) const;  // "ID@VERSION"

    ImportForm* form_;
    wxSplitterWindow* split_;
    sz::ui::RowList* list_;
    sz::ui::StyledText* details_;
    wxButton* remove_;
    wxPanel* confirmation_;
    sz::ui::Notice* question_;
    wxButton* keep_;
    FindingsList* findings_;
    std::vector<Json> packs_;  // of the rows
    std::string wanted_;       // the pack that was just imported, until the list has it
    unsigned generation_ = 0;
};

}  // namespace packs
