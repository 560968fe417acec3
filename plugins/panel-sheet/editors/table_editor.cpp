// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/table_editor.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

#include "editors/group_editor.hpp"

namespace sheet {

using sz::ui::list_of;
using sz::ui::object_of;
using sz::ui::text_of;

namespace {

std::vector<sz::ui::RowList::Column> columns_of(const Json& definition) {
    std::vector<sz::ui::RowList::Column> columns;
    for (const Json& column : list_of(definition, "columns"))
        columns.push_back({name_of(column), 14});
    return columns;
}

}  // namespace

TableEditor::TableEditor(wxWindow* parent, EditorServices& services, const Json& definition,
                         int depth)
    : RowsEditor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    add_list(*column, columns_of(definition));
    wxSizer& line = add_buttons(*column);
    up_ = sz::ui::add_small_button(line, this, _("Up"), [this] { move(-1); });
    down_ = sz::ui::add_small_button(line, this, _("Down"), [this] { move(1); });
    add_form(*column, list_of(definition, "columns"), depth);
    SetSizer(column);

    list().Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.AltDown() && event.GetKeyCode() == WXK_UP) return move(-1);
        if (event.AltDown() && event.GetKeyCode() == WXK_DOWN) return move(1);
        event.Skip();
    });
    form().on_edit = [this](const std::string& field, const Edit& edit) {
        const std::string id = chosen_id();
        if (id.empty()) return;
        if (edit.op == "set" && edit.args.size() == 1)
            send("set", Json::array({id, field, edit.args[0]}), nullptr);
        else
            send("apply", Json::array({id, field, edit.op, edit.args}), nullptr);
    };
    enable_buttons();
}

const Json& TableEditor::parts_of(int row) const {
    return object_of(value_[static_cast<std::size_t>(row)], "cells");
}

void TableEditor::show_value(const Json& value) {
    value_ = value.is_array() ? value : Json::array();
    std::vector<sz::ui::RowList::Row> shown;
    for (const Json& item : value_) {
        sz::ui::RowList::Row& row = shown.emplace_back();
        for (const Json& column : list_of(definition(), "columns"))
            row.push_back(cell_words(
                sz::ui::member_of(object_of(item, "cells"), text_of(column, "id").c_str()),
                column));
    }
    const int last = static_cast<int>(shown.size()) - 1;
    show_rows(std::move(shown), std::exchange(choose_last_, false) ? last : -1);
}

void TableEditor::enable_buttons() {
    RowsEditor::enable_buttons();
    const int row = list().selected();
    const bool may = !services().read_only;
    up_->Enable(may && row > 0);
    down_->Enable(may && row >= 0 && row + 1 < list().count());
}

void TableEditor::refused() {
    choose_last_ = false;
    form().refused();
}

// The opposite of what form's on_edit makes. Only the chosen row has a form that a sentence could
// stand in.
bool TableEditor::explain(const Edit& edit, const wxString& words) {
    const bool is_set = edit.op == "set" && edit.args.size() == 3;
    const bool is_apply = edit.op == "apply" && edit.args.size() == 4;
    if ((!is_set && !is_apply) || !is_in_form(edit.args[0])) return false;
    const Edit of_cell = is_set ? Edit{"set", Json::array({edit.args[2]}), {}}
                                : Edit{edit.args[2].get<std::string>(), edit.args[3], {}};
    return form().explain(edit.args[1].get<std::string>(), of_cell, words);
}

void TableEditor::add() {
    choose_last_ = true;
    send("insert", Json::array({Json::object()}), nullptr);
}

void TableEditor::move(int step) {
    const int row = list().selected(), to = row + step;
    if (row >= 0 && to >= 0 && to < list().count())
        send("move", Json::array({row_id(row), to}), nullptr);
}

}  // namespace sheet
