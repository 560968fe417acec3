// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/group_editor.hpp"

#include <sz/wx/forms.hpp>

#include <algorithm>

namespace sheet {

using sz::ui::list_of;
using sz::ui::text_of;

FieldGrid::FieldGrid(wxWindow* parent, EditorServices& services, const Json& definitions, int depth)
    : wxPanel(parent) {
    auto* grid = new wxFlexGridSizer(2, FromDIP(wxSize(sz::ui::gap, sz::ui::gap)));
    grid->AddGrowableCol(1);
    for (const Json& definition : definitions) {
        if (labels_itself(services, definition))
            grid->AddSpacer(0);
        else
            grid->Add(
                new wxStaticText(this, wxID_ANY, wxControl::EscapeMnemonics(name_of(definition))),
                wxSizerFlags().CentreVertical());
        Editor* editor = make_editor(this, services, definition, depth + 1);
        const std::string id = text_of(definition, "id");
        editor->on_edit = [this, id](const Edit& edit) {
            if (on_edit) on_edit(id, edit);
        };
        editor->on_problem = [this](const wxString& words) {
            if (on_problem) on_problem(words);
        };
        grid->Add(editor, editor->is_wide() ? wxSizerFlags().Expand() : wxSizerFlags());
        parts_.push_back({id, editor});
    }
    SetSizer(grid);
    set_names({});
}

void FieldGrid::set_names(const wxString& around) {
    for (const Part& part : parts_) {
        const wxString own = name_of(part.editor->definition());
        part.editor->set_names(around.empty() ? own : around + ": " + own,
                               sz::ui::label_of(part.editor->definition(), "help"));
    }
}

void FieldGrid::show_values(const Json& values) {
    for (const Part& part : parts_)
        part.editor->show_value(values.is_object() && values.contains(part.id) ? values[part.id]
                                                                               : Json(nullptr));
}

void FieldGrid::refused() {
    for (const Part& part : parts_) part.editor->refused();
}

bool FieldGrid::is_dirty() const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [](const Part& part) { return part.editor->is_dirty(); });
}

void FieldGrid::commit() {
    for (const Part& part : parts_)
        if (part.editor->is_dirty()) part.editor->commit();
}

void FieldGrid::revert() {
    for (const Part& part : parts_)
        if (part.editor->is_dirty()) part.editor->revert();
}

wxWindow* FieldGrid::first_control() {
    return parts_.empty() ? static_cast<wxWindow*>(this) : parts_.front().editor->first_control();
}

GroupEditor::GroupEditor(wxWindow* parent, EditorServices& services, const Json& definition,
                         int depth)
    : Editor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    grid_ = new FieldGrid(this, services, list_of(definition, "fields"), depth);
    column->Add(grid_, wxSizerFlags().Expand());
    SetSizer(column);
    grid_->on_problem = [this](const wxString& words) { say(words); };
    grid_->on_edit = [this](const std::string& field, const Edit& edit) {
        Json whole = value_.is_object() ? value_ : Json::object();
        whole[field] = edit.whole;
        if (edit.op == "set" && edit.args.size() == 1)
            send("set", Json::array({field, edit.args[0]}), whole);
        else
            send("apply", Json::array({field, edit.op, edit.args}), whole);
    };
}

void GroupEditor::show_value(const Json& value) {
    value_ = value;
    grid_->show_values(value);
}

}  // namespace sheet
