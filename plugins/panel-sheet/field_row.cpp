// SPDX-License-Identifier: AGPL-3.0-or-later
#include "field_row.hpp"

#include <wx/translation.h>

#include <sz/wx/forms.hpp>

#include "computed_line.hpp"

namespace sheet {

using sz::ui::object_of;
using sz::ui::text_of;

namespace {

wxString decide() { return _("Enter keeps what you typed, Escape takes the other."); }

}  // namespace

FieldRow::FieldRow(wxFlexGridSizer& grid, wxWindow* parent, EditorServices& services,
                   const Json& field)
    : path_(text_of(field, "path")), services_(services) {
    Json definition = object_of(field, "definition");
    for (const char* key : {"id", "name", "type"})
        if (field.contains(key) && !definition.contains(key)) definition[key] = field[key];
    name_ = name_of(definition);
    const wxString help = sz::ui::label_of(definition, "help");

    wxStaticText* label = nullptr;
    if (!labels_itself(services, definition)) label = make_label(parent, name_);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column_ = column;
    editor_ = make_editor(parent, services, definition);
    is_formula_ = services.hints[text_of(definition, "type")] == "formula";
    computed_ = new ComputedLine(parent, services, path_, name_);
    notice_ = new sz::ui::Notice(parent, editor_);
    computed_->on_explained = [this](const wxString& words) {
        notice_->say(words);
        sz::ui::reveal(*notice_);
    };
    notice_->on_resize = [&services] {
        if (services.resized) services.resized();
    };
    column->Add(editor_, wxSizerFlags().Expand());
    column->Add(computed_, wxSizerFlags().Expand().Border(wxTOP, parent->FromDIP(3)));
    column->Add(notice_, wxSizerFlags().Expand());
    if (label != nullptr) {
        grid.Add(label, wxSizerFlags().Border(wxTOP, label_drop(*label, *editor_)));
        sz::ui::set_label_of(*label, *editor_->first_control());
        if (!help.empty()) label->SetToolTip(help);
    } else {
        grid.AddSpacer(0);
    }
    grid.Add(column, wxSizerFlags().Expand());
    editor_->set_names(name_, help);
    editor_->on_problem = [this](const wxString& words) {
        words.empty() ? settle() : complain(words);
    };
}

void FieldRow::show_decided(const wxString& words) {
    if (decided_ == nullptr) {
        if (words.empty()) return;
        decided_ = new sz::ui::Notice(editor_->GetParent(), editor_);
        decided_->on_resize = [this] {
            if (services_.resized) services_.resized();
        };
        column_->Add(decided_, wxSizerFlags().Expand());
    }
    decided_->say(words);
}

void FieldRow::show(const Json& field, std::int64_t revision) {
    computed_->show(field);
    if (is_formula_) return show_formula(field);
    const Json& value = sz::ui::member_of(field, "value");
    editor_->show_computed(value, sz::ui::member_of(field, "computed"));
    if (waiting_ > 0) return;  // the answers come in order, and bring their own values
    const bool changed = !known_ || value != value_;
    const bool typing = known_ && editor_->is_dirty();
    if (!changed && field.contains("computed")) editor_->show_value(value);
    value_ = value;
    value_words_ = sz::ui::label_of(field, "text");
    known_ = true;
    if (typing && !changed && !conflict_) return;  // sent against the revision at which it was read
    base_ = revision;
    if (conflict_) {
        editor_->show_value(value);
        conflict_ = editor_->is_dirty();
    } else if (typing) {
        // Both values are on the screen now, and only Enter sends: whoever presses it has decided.
        notice_->say(wxString::Format(_("Changed meanwhile to \"%s\". "), value_words_) + decide());
        hold(true);
        editor_->show_value(value);
        sz::ui::reveal(*notice_);
    } else if (changed) {
        settle();
        editor_->show_value(value);
    }
}

// What it came to before is explained no longer.
void FieldRow::show_formula(const Json& field) {
    const std::string problem = text_of(field, "problem");
    const Json text = problem.empty() ? text_of(field, "text") : problem;
    if (known_ && text == value_) return;
    value_ = text;
    known_ = true;
    notice_->clear();
    editor_->show_value(text);
}

void FieldRow::settle() {
    conflict_ = false;
    notice_->clear();
    editor_->settle();
    hold(false);
}

// A sheet that was just opened stays at its top.
void FieldRow::complain(const wxString& words) {
    notice_->warn(words);
    if (touched_ || editor_->is_dirty()) sz::ui::reveal(*notice_);
}

void FieldRow::hold(bool held) {
    held_ = held;
    editor_->hold(held);
}

wxString FieldRow::undecided_words() const {
    wxString words = wxString::Format(
        _("%s was changed meanwhile to \"%s\"; what you typed was not kept."), name_, value_words_);
    if (const wxString typed = editor_->typed(); !typed.empty())
        words += " " + wxString::Format(_("It was \"%s\"."), typed);
    return words;
}

void FieldRow::accepted(const Json& value, std::int64_t revision) {
    base_ = revision;
    value_ = value;
    touched_ = true;
    editor_->show_value(value);
    settle();
}

void FieldRow::refused(const Edit& edit, const sz::ui::BusError& error) {
    conflict_ = error.is_conflict();
    touched_ = true;
    editor_->refused();
    hold(conflict_);
    const wxString words =
        conflict_ && editor_->is_dirty() ? error.sentence() + " " + decide() : error.sentence();
    if (!editor_->explain(edit, words)) complain(words);
}

}  // namespace sheet
