// SPDX-License-Identifier: AGPL-3.0-or-later
// A table: rows of cells, in an order that can be changed.
#pragma once

#include "editors/rows_editor.hpp"

namespace sheet {

class TableEditor : public RowsEditor {
  public:
    TableEditor(wxWindow* parent, EditorServices& services, const Json& definition, int depth);
    void show_value(const Json& value) override;
    void refused() override;
    bool explain(const Edit& edit, const wxString& words) override;

  private:
    [[nodiscard]] const Json& rows() const override { return value_; }
    [[nodiscard]] const Json& parts_of(int row) const override;
    void add() override;
    void move(int step);
    void enable_buttons() override;

    wxButton *up_ = nullptr, *down_ = nullptr;
    bool choose_last_ = false;  // a row was added
};

}  // namespace sheet
