// SPDX-License-Identifier: AGPL-3.0-or-later
// A list of texts, of links, or of other fields: rows with buttons to add, change, remove and move
// them. Every change is an operation on one item, so that two people can change a list at the same
// time.
#pragma once

#include <sz/wx/row_list.hpp>

#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class LinkPicker;

class ListEditor : public Editor {
  public:
    ListEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override { return list_; }
    void set_names(const wxString& name, const wxString& help) override;
    [[nodiscard]] bool is_dirty() const override {
        return item_ != nullptr && item_->is_dirty() && list_->selected() >= 0;
    }
    void commit() override;

  private:
    void build_buttons(wxSizer& column);
    void build_item_editor(wxSizer& column);
    void add();
    void change_item(const Json& value);
    void remove();
    void move(int step);
    void open();
    void choose_row();
    void resolve_names();
    void enable_buttons();
    void show_picker(bool shown);
    [[nodiscard]] std::string item_id(int row) const;

    bool links_;  // of links; else of `item_definition_`
    Json item_definition_;
    sz::ui::RowList* list_;
    LinkPicker* picker_ = nullptr;  // lists of links
    Editor* item_ = nullptr;  // lists of anything else: edits the chosen item, or the next new one
    wxButton *add_ = nullptr, *remove_ = nullptr, *up_ = nullptr, *down_ = nullptr,
             *open_ = nullptr;
    Json fresh_;          // what the item editor holds while no row is chosen
    std::string follow_;  // id of the item to keep chosen
};

}  // namespace sheet
