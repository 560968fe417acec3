// SPDX-License-Identifier: AGPL-3.0-or-later
// A table to roll on: its dice, its rows in a list, the chosen row as a form below it.
#pragma once

#include <sz/wx/row_list.hpp>

#include <optional>
#include <string>

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class FieldGrid;

class RandomTableEditor : public Editor {
  public:
    RandomTableEditor(wxWindow* parent, EditorServices& services, const Json& definition,
                      int depth);
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
    void build_buttons(wxSizer& column);
    void choose_row();
    void add();
    void remove();
    void change(const std::string& part, const Json& value);
    void resolve_links();
    void enable_buttons();
    [[nodiscard]] const Json& rows() const;
    [[nodiscard]] std::string row_id(int row) const;

    FieldGrid* dice_;
    sz::ui::RowList* list_;
    FieldGrid* form_;
    wxButton *add_, *remove_;
    std::string form_row_;               // id of the row that the form shows
    std::string sent_part_;              // of the form: what the last change was of
    std::optional<std::int64_t> added_;  // the first result of the row that was added
};

}  // namespace sheet
