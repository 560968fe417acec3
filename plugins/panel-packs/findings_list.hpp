// SPDX-License-Identifier: AGPL-3.0-or-later
// What a check or an import found: every finding with its place and the way out, and for a foreign
// format the account of what was read, written and left out.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>
#include <sz/wx/row_list.hpp>
#include <sz/wx/styled_text.hpp>

#include <vector>

namespace packs {

using sz::ui::Json;

class FindingsList : public wxPanel {
  public:
    explicit FindingsList(wxWindow* parent);

    // `result` is that of pack.import or pack.validate, or an error's JSON with findings.
    void show_result(const Json& result);
    void clear();
    [[nodiscard]] bool empty() const { return list_->count() == 0; }
    [[nodiscard]] wxWindow* list() { return list_; }

  private:
    void show_one(int row);

    wxStaticText* heading_;
    sz::ui::RowList* list_;
    sz::ui::StyledText* detail_;
    std::vector<Json> findings_;  // of the rows; an account's lines are kept in the same form
};

}  // namespace packs
