// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/image_editor.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>
#include <sz/wx/picture.hpp>

namespace sheet {

ImageEditor::ImageEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : TypedEditor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* text = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(120, -1)),
                                wxTE_PROCESS_ENTER);
    text->SetHint(_("A picture of the pack, such as heroes/knight.png"));
    column->Add(text, wxSizerFlags().Expand());
    picture_ = new sz::ui::Picture(this, 128);
    column->Add(picture_, wxSizerFlags().Border(wxTOP, FromDIP(sz::ui::gap)));
    SetSizer(column);
    adopt(text);
}

void ImageEditor::show_value(const Json& value) {
    TypedEditor::show_value(value);
    if (pictured_ == value) return;
    pictured_ = value;
    const auto shown = [this, value](const wxString& file) {
        if (pictured_ != value) return;
        picture_->show_file(file, name_of(definition()));
        Layout();
        resized();
    };
    if (!value.is_string()) return shown({});
    services().bus.call(
        "library.image", {{"pack", services().pack}, {"path", value}},
        [shown, weak = wxWeakRef<wxWindow>(this)](const Json& image) {
            if (weak) shown(sz::ui::label_of(image, "file"));
        },
        [this, shown, value, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (!weak || pictured_ != value) return;
            shown({});
            say(error.sentence());  // the name is kept: the picture may come with a later pack
        });
}

wxString ImageEditor::words_for(const Json& value) const {
    return value.is_string() ? sz::ui::from_utf8(value.get<std::string>()) : wxString();
}

}  // namespace sheet
