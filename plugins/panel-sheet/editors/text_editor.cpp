// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/text_editor.hpp"

#include <wx/tglbtn.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>
#include <sz/wx/markdown.hpp>

namespace sheet {

TextEditor::TextEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : TypedEditor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    const wxSize size = FromDIP(wxSize(160, 96));
    auto* text = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, size, wxTE_MULTILINE);
    column->Add(text, wxSizerFlags(1).Expand());
    preview_ = new sz::ui::StyledText(this, _("Preview"), wxBORDER_THEME);
    preview_->SetMinSize(size);
    preview_->Hide();
    column->Add(preview_, wxSizerFlags(1).Expand());
    toggle_ = new wxToggleButton(this, wxID_ANY, _("Preview"));
    column->Add(toggle_, wxSizerFlags().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
    adopt(text);
    toggle_->Bind(wxEVT_TOGGLEBUTTON,
                  [this](wxCommandEvent&) { show_preview(toggle_->GetValue()); });
}

void TextEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    sz::ui::set_accessible_name(*preview_, wxString::Format(_("%s as it will look"), name));
    sz::ui::set_accessible_name(*toggle_, wxString::Format(_("%s: preview"), name));
}

void TextEditor::show_value(const Json& value) {
    TypedEditor::show_value(value);
    if (preview_->IsShown()) fill_preview();
}

void TextEditor::fill_preview() {
    preview_->fill([this](sz::ui::StyledText& out) {
        static_cast<void>(
            sz::ui::MarkdownWriter::write(out, sz::ui::to_utf8(control().GetValue())));
    });
}

void TextEditor::show_preview(bool preview) {
    if (preview) fill_preview();
    control().Show(!preview);
    preview_->Show(preview);
    toggle_->SetValue(preview);
    Layout();
    (preview ? static_cast<wxWindow*>(preview_) : static_cast<wxWindow*>(&control()))->SetFocus();
}

bool TextEditor::on_key(const wxKeyEvent& event) {
    if (!event.ControlDown() || event.GetKeyCode() != 'E') return false;
    show_preview(true);
    return true;
}

wxString TextEditor::words_for(const Json& value) const {
    return value.is_string() ? sz::ui::from_utf8(value.get<std::string>()) : wxString();
}
std::optional<Json> TextEditor::parse(const wxString& words) const {
    return Json(sz::ui::to_utf8(words));
}

}  // namespace sheet
