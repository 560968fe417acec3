// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/rows_editor.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>
#include <utility>

#include "editors/group_editor.hpp"

namespace sheet {

void RowsEditor::add_list(wxSizer& column, const std::vector<sz::ui::RowList::Column>& columns) {
    list_ = new sz::ui::RowList(this, name_of(definition()), columns);
    list_->SetMinSize(FromDIP(wxSize(200, 150)));
    column.Add(list_, wxSizerFlags(1).Expand());
    list_->on_select = [this](int) { choose_row(); };
    list_->on_activate = [this](int) { form_->first_control()->SetFocus(); };
    list_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_DELETE) return remove();
        if (event.GetKeyCode() == WXK_INSERT) return add();
        event.Skip();
    });
}

wxSizer& RowsEditor::add_buttons(wxSizer& column) {
    auto* line = new sz::ui::FlowSizer(this, FromDIP(3), [this] { resized(); });
    add_ = sz::ui::add_small_button(*line, this, _("Add row"), [this] { add(); });
    remove_ = sz::ui::add_small_button(*line, this, _("Remove"), [this] { remove(); });
    column.Add(line, wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM, FromDIP(3)));
    return *line;
}

void RowsEditor::add_form(wxSizer& column, const Json& parts, int depth) {
    form_ = new FieldGrid(this, services(), parts, depth);
    form_->Hide();
    form_->on_mended = [this] { say({}); };
    column.Add(form_, wxSizerFlags().Expand().Border(wxLEFT, FromDIP(sz::ui::margin)));
}

void RowsEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    form_->set_names(name);
    for (wxWindow* child : GetChildren())
        if (auto* button = dynamic_cast<wxButton*>(child))
            sz::ui::set_accessible_name(*button, name + ": " + button->GetLabelText());
}

std::string RowsEditor::row_id(int row) const {
    if (row < 0 || row >= static_cast<int>(rows().size())) return {};
    return sz::ui::text_of(rows()[static_cast<std::size_t>(row)], "id");
}

bool RowsEditor::is_in_form(const Json& id) const { return form_->IsShown() && id == form_row_; }

void RowsEditor::show_rows(std::vector<sz::ui::RowList::Row> shown, int added) {
    const int count = static_cast<int>(shown.size());
    int select = std::min(list_->selected(), count - 1);
    for (int row = 0; row < count; ++row)
        if (!form_row_.empty() && row_id(row) == form_row_) select = row;
    list_->set_rows(std::move(shown), added < 0 ? select : added);
    choose_row();
    if (added >= 0 && form_->IsShown()) form_->first_control()->SetFocus();
}

void RowsEditor::choose_row() {
    enable_buttons();
    const int row = list_->selected();
    const bool appears = form_->IsShown() != (row >= 0);
    form_->Show(row >= 0);
    if (form_row_ != row_id(row)) {  // what was typed for another row, and refused, is not for this
        form_row_ = row_id(row);
        form_->revert();
        form_->settle();
    }
    if (row >= 0) form_->show_values(parts_of(row));
    if (appears) resized();
}

void RowsEditor::enable_buttons() {
    add_->Enable(!services().read_only);
    remove_->Enable(!services().read_only && list_->selected() >= 0);
}

void RowsEditor::remove() {
    if (const std::string id = chosen_id(); !id.empty()) send("remove", Json::array({id}), nullptr);
}

void RowsEditor::settle() { form_->settle(); }
bool RowsEditor::is_dirty() const { return form_->IsShown() && form_->is_dirty(); }
void RowsEditor::commit() { form_->commit(); }
void RowsEditor::revert() { form_->revert(); }

}  // namespace sheet
