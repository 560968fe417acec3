// SPDX-License-Identifier: AGPL-3.0-or-later
// A value of rows that have an "id": all of them in a list, the chosen one as a form below it.
#pragma once

#include <sz/wx/row_list.hpp>

#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxButton;
class wxSizer;

namespace sheet {

class FieldGrid;

class RowsEditor : public Editor {
  public:
    void settle() override;
    [[nodiscard]] bool is_dirty() const override;
    void commit() override;
    void revert() override;
    [[nodiscard]] wxWindow* first_control() override { return list_; }
    void set_names(const wxString& name, const wxString& help) override;

  protected:
    using Editor::Editor;

    // Derived classes put these together, in the order of the Tab key.
    void add_list(wxSizer& column, const std::vector<sz::ui::RowList::Column>& columns);
    wxSizer& add_buttons(wxSizer& column);
    void add_form(wxSizer& column, const Json& parts, int depth);

    [[nodiscard]] virtual const Json& rows() const = 0;             // of the value
    [[nodiscard]] virtual const Json& parts_of(int row) const = 0;  // what the form shows of it
    virtual void add() = 0;
    virtual void enable_buttons();

    // Where the chosen row was taken out, the one that follows is chosen. A row that was `added`
    // (-1: none) is, and its form has the keyboard.
    void show_rows(std::vector<sz::ui::RowList::Row> shown, int added);
    [[nodiscard]] std::string row_id(int row) const;
    [[nodiscard]] std::string chosen_id() const { return row_id(list_->selected()); }
    [[nodiscard]] sz::ui::RowList& list() const { return *list_; }
    [[nodiscard]] FieldGrid& form() const { return *form_; }
    // True when the form is of that row.
    [[nodiscard]] bool is_in_form(const Json& id) const;

  private:
    void choose_row();
    void remove();

    sz::ui::RowList* list_ = nullptr;
    FieldGrid* form_ = nullptr;
    wxButton *add_ = nullptr, *remove_ = nullptr;
    std::string form_row_;  // id of the row that the form shows
};

}  // namespace sheet
