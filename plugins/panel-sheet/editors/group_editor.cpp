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
    for (const Json& definition : definitions) add_part(*grid, services, definition, depth);
    SetSizer(grid);
    set_names({});
}

void FieldGrid::add_part(wxSizer& grid, EditorServices& services, const Json& definition,
                         int depth) {
    wxStaticText* label = nullptr;
    if (!labels_itself(services, definition)) label = make_label(this, name_of(definition));
    Editor* editor = make_editor(this, services, definition, depth + 1);
    editor->become_part();
    auto* notice = new sz::ui::Notice(this, editor);
    notice->on_resize = [&services] {
        if (services.resized) services.resized();
    };
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(editor, wxSizerFlags().Expand());
    column->Add(notice, wxSizerFlags().Expand());
    if (label != nullptr)
        grid.Add(label, wxSizerFlags().Border(wxTOP, label_drop(*label, *editor)));
    else
        grid.AddSpacer(0);
    grid.Add(column, wxSizerFlags().Expand());
    const std::string id = text_of(definition, "id");
    editor->on_edit = [this, id](const Edit& edit) {
        if (on_edit) on_edit(id, edit);
    };
    editor->on_problem = [this, at = parts_.size()](const wxString& words) {
        complain(parts_[at], words);
        if (words.empty() && on_mended) on_mended();
    };
    parts_.push_back({id, editor, notice});
}

void FieldGrid::complain(const Part& part, const wxString& words) {
    part.notice->warn(words);
    if (!words.empty()) sz::ui::reveal(*part.notice);
}

bool FieldGrid::explain(const std::string& field, const Edit& edit, const wxString& words) {
    const auto part = std::find_if(parts_.begin(), parts_.end(),
                                   [&](const Part& one) { return one.id == field; });
    if (part == parts_.end()) return false;
    if (!part->editor->explain(edit, words)) complain(*part, words);
    return true;
}

void FieldGrid::settle() {
    for (const Part& part : parts_) {
        part.editor->settle();
        if (!part.editor->is_dirty()) part.notice->clear();
    }
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
    grid_->on_mended = [this] { say({}); };
    grid_->on_edit = [this](const std::string& field, const Edit& edit) {
        Json whole = value_.is_object() ? value_ : Json::object();
        whole[field] = edit.whole;
        if (edit.op == "set" && edit.args.size() == 1)
            send("set", Json::array({field, edit.args[0]}), whole);
        else
            send("apply", Json::array({field, edit.op, edit.args}), whole);
    };
}

// The opposite of what on_edit makes.
bool GroupEditor::explain(const Edit& edit, const wxString& words) {
    if (!edit.args.is_array() || edit.args.size() < 2 || !edit.args[0].is_string()) return false;
    const std::string field = edit.args[0].get<std::string>();
    if (edit.op == "set")
        return grid_->explain(field, {"set", Json::array({edit.args[1]}), {}}, words);
    if (edit.op != "apply" || edit.args.size() != 3 || !edit.args[1].is_string()) return false;
    return grid_->explain(field, {edit.args[1].get<std::string>(), edit.args[2], {}}, words);
}

void GroupEditor::show_value(const Json& value) {
    value_ = value;
    grid_->show_values(value);
}

}  // namespace sheet
