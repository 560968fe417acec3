// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/formula_editor.hpp"

#include <wx/textctrl.h>
#include <sz/wx/forms.hpp>

namespace sheet {

FormulaEditor::FormulaEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    // A control that takes the keyboard, so that who goes from field to field hears it too.
    shown_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_READONLY);
    sz::ui::fit_line(*shown_);
    row->Add(shown_, wxSizerFlags(1).CentreVertical());
    SetSizer(row);
}

wxWindow* FormulaEditor::first_control() { return shown_; }

void FormulaEditor::show_value(const Json& text) {
    value_ = text;
    const wxString words =
        text.is_string() ? sz::ui::from_utf8(text.get<std::string>()) : wxString();
    if (shown_->GetValue() != words) shown_->ChangeValue(words);
}

}  // namespace sheet
