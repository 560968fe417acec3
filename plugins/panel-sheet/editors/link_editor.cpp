// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/link_editor.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include "editors/link_picker.hpp"

namespace sheet {

using sz::ui::text_of;

LinkEditor::LinkEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition), field_name_(name_of(definition)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] { resized(); });
    open_ = sz::ui::add_button(
        *line, this, _("(no entry)"), [this] { open(); }, wxSizerFlags(1));
    auto* others = new wxBoxSizer(wxHORIZONTAL);
    choose_ = sz::ui::add_small_button(*others, this, _("Choose..."),
                                       [this] { show_picker(!picker_->IsShown()); });
    others->AddSpacer(FromDIP(sz::ui::gap));
    clear_ = sz::ui::add_small_button(*others, this, _("Clear"),
                                      [this] { send("clear", Json::array(), nullptr); });
    line->Add(others);
    column->Add(line, wxSizerFlags().Expand());
    picker_ = new LinkPicker(this, services, sz::ui::object_of(definition, "datasetLink"));
    picker_->Hide();
    picker_->on_close = [this] { show_picker(false); };
    picker_->on_pick = [this](const Json& link) {
        show_picker(false);
        send("set", Json::array({link}), link);
    };
    column->Add(picker_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
}

wxWindow* LinkEditor::first_control() { return open_->IsEnabled() ? open_ : choose_; }

void LinkEditor::set_names(const wxString& name, const wxString& help) {
    field_name_ = name;
    if (!help.empty()) open_->SetToolTip(help);
    picker_->set_names(name);
    sz::ui::set_accessible_name(*choose_, wxString::Format(_("%s: choose"), name));
    sz::ui::set_accessible_name(*clear_, wxString::Format(_("%s: clear"), name));
}

void LinkEditor::make_read_only() {
    choose_->Disable();
    clear_->Disable();
}

void LinkEditor::show_value(const Json& value) {
    value_ = value;
    clear_->Enable(!value.is_null() && !services().read_only);
    if (!value.is_object()) return show_name(_("(no entry)"), false);
    show_name(sz::ui::from_utf8(text_of(value, "entryId")), true);
    const wxWeakRef<wxWindow> weak(this);
    services().bus.call(
        "library.resolve", {{"link", value}},
        [this, weak, value](const Json& found) {
            if (weak && value == value_) show_name(sz::ui::label_of(found, "name"), true);
        },
        [this, weak, value](const sz::ui::BusError& error) {
            if (weak && value == value_) open_->SetToolTip(error.sentence());
        });
}

void LinkEditor::show_name(const wxString& words, bool there) {
    sz::ui::set_button_words(*open_, words);
    open_->Enable(there);
    Layout();  // a long name takes a row of its own
    sz::ui::set_accessible_name(*open_, field_name_ + ": " + words);
}

void LinkEditor::show_picker(bool shown) {
    picker_->Show(shown);
    resized();
    shown ? picker_->begin() : choose_->SetFocus();
}

void LinkEditor::open() {
    services().bus.call(
        "library.resolve", {{"link", value_}},
        [open = services().open](const Json& found) {
            Json target = found;
            target["show"] = "entry";
            open(target);
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) say(error.sentence());
        });
}

}  // namespace sheet
