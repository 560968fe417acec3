// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/table_editor.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

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
    : Editor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    list_ = new sz::ui::RowList(this, name_of(definition), columns_of(definition));
    list_->SetMinSize(FromDIP(wxSize(200, 130)));
    column->Add(list_, wxSizerFlags(1).Expand());
    auto* line = new sz::ui::FlowSizer(this, FromDIP(3), [this] { resized(); });
    add_ = sz::ui::add_small_button(*line, this, _("Add row"), [this] { add(); });
    remove_ = sz::ui::add_small_button(*line, this, _("Remove"), [this] { remove(); });
    up_ = sz::ui::add_small_button(*line, this, _("Up"), [this] { move(-1); });
    down_ = sz::ui::add_small_button(*line, this, _("Down"), [this] { move(1); });
    column->Add(line, wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM, FromDIP(3)));
    form_ = new FieldGrid(this, services, list_of(definition, "columns"), depth);
    form_->Hide();
    column->Add(form_, wxSizerFlags().Expand().Border(wxLEFT, FromDIP(sz::ui::margin)));
    SetSizer(column);

    list_->on_select = [this](int) { choose_row(); };
    list_->on_activate = [this](int) { form_->first_control()->SetFocus(); };
    list_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_DELETE) return remove();
        if (event.AltDown() && event.GetKeyCode() == WXK_UP) return move(-1);
        if (event.AltDown() && event.GetKeyCode() == WXK_DOWN) return move(1);
        event.Skip();
    });
    form_->on_mended = [this] { say({}); };
    form_->on_edit = [this](const std::string& field, const Edit& edit) {
        if (const std::string id = row_id(list_->selected()); !id.empty())
            send("set", Json::array({id, field, edit.whole}), nullptr);
    };
    enable_buttons();
}

void TableEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    form_->set_names(name);
    for (wxButton* button : {add_, remove_, up_, down_})
        sz::ui::set_accessible_name(*button, name + ": " + button->GetLabelText());
}

std::string TableEditor::row_id(int row) const {
    if (row < 0 || !value_.is_array() || row >= static_cast<int>(value_.size())) return {};
    return text_of(value_[static_cast<std::size_t>(row)], "id");
}

const Json& TableEditor::cells(int row) const {
    return object_of(value_[static_cast<std::size_t>(row)], "cells");
}

void TableEditor::show_value(const Json& value) {
    const std::string chosen = follow_.empty() ? row_id(list_->selected()) : follow_;
    follow_.clear();
    value_ = value.is_array() ? value : Json::array();
    std::vector<sz::ui::RowList::Row> rows;
    int select = -1;
    for (const Json& item : value_) {
        if (!chosen.empty() && text_of(item, "id") == chosen)
            select = static_cast<int>(rows.size());
        sz::ui::RowList::Row row;
        for (const Json& column : list_of(definition(), "columns"))
            row.push_back(cell_words(
                sz::ui::member_of(object_of(item, "cells"), text_of(column, "id").c_str()),
                column));
        rows.push_back(std::move(row));
    }
    if (choose_last_ && !rows.empty()) select = static_cast<int>(rows.size()) - 1;
    list_->set_rows(std::move(rows), select);
    choose_row();
    if (std::exchange(choose_last_, false) && form_->IsShown()) form_->first_control()->SetFocus();
}

void TableEditor::choose_row() {
    enable_buttons();
    const int row = list_->selected();
    const bool appears = form_->IsShown() != (row >= 0);
    form_->Show(row >= 0);
    if (form_row_ != row_id(row)) {  // what was typed for another row, and refused, is not for this
        form_row_ = row_id(row);
        form_->revert();
        form_->settle();
    }
    if (row >= 0) form_->show_values(cells(row));
    if (appears) resized();
}

void TableEditor::enable_buttons() {
    const int row = list_->selected();
    const bool may = !services().read_only;
    remove_->Enable(may && row >= 0);
    up_->Enable(may && row > 0);
    down_->Enable(may && row >= 0 && row + 1 < list_->count());
    add_->Enable(may);
}

void TableEditor::refused() {
    choose_last_ = false;
    form_->refused();
}
// Only the chosen row has a form that a sentence could stand in.
bool TableEditor::explain(const Edit& edit, const wxString& words) {
    if (edit.op != "set" || edit.args.size() != 3 || edit.args[0] != Json(form_row_) ||
        !edit.args[1].is_string() || !form_->IsShown())
        return false;
    return form_->explain(edit.args[1].get<std::string>(), {"set", Json::array({edit.args[2]}), {}},
                          words);
}
void TableEditor::settle() { form_->settle(); }
bool TableEditor::is_dirty() const { return form_->IsShown() && form_->is_dirty(); }
void TableEditor::commit() { form_->commit(); }
void TableEditor::revert() { form_->revert(); }

void TableEditor::add() {
    choose_last_ = true;
    send("insert", Json::array({Json::object()}), nullptr);
}

void TableEditor::remove() {
    if (const std::string id = row_id(list_->selected()); !id.empty())
        send("remove", Json::array({id}), nullptr);
}

void TableEditor::move(int step) {
    const int row = list_->selected(), to = row + step;
    if (row < 0 || to < 0 || to >= list_->count()) return;
    follow_ = row_id(row);
    send("move", Json::array({follow_, to}), nullptr);
}

}  // namespace sheet
