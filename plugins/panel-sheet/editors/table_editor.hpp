// SPDX-License-Identifier: AGPL-3.0-or-later
// A table: its rows in a list, the chosen row as a form below it.
#pragma once

#include <sz/wx/row_list.hpp>

#include <string>

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class FieldGrid;

class TableEditor : public Editor {
  public:
    TableEditor(wxWindow* parent, EditorServices& services, const Json& definition, int depth);
    void show_value(const Json& value) override;
    void refused() override;
    bool explain(const Edit& edit, const wxString& words) override;
    void settle() override;
    [[nodiscard]] bool is_dirty() const override;
    void commit() override;
    void revert() override;
    [[nodiscard]] wxWindow* first_control() override { return list_; }
    void set_names(const wxString& name, const wxString& help) override;

  private:
    void choose_row();
    void add();
    void remove();
    void move(int step);
    void enable_buttons();
    [[nodiscard]] std::string row_id(int row) const;
    [[nodiscard]] const Json& cells(int row) const;

    sz::ui::RowList* list_;
    FieldGrid* form_;
    wxButton *add_, *remove_, *up_, *down_;
    std::string form_row_;      // id of the row that the form shows
    std::string follow_;        // id of the row to keep chosen
    bool choose_last_ = false;  // a row was added
};

}  // namespace sheet
