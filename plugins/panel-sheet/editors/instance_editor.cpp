// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/instance_editor.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include <algorithm>
#include <utility>

#include "editors/instance_picker.hpp"

namespace sheet {

using sz::ui::text_of;

InstanceEditor::InstanceEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition), field_name_(name_of(definition)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] { resized(); });
    const auto open = [this] { this->services().open({{"show", "character"}, {"id", value_}}); };
    open_ = sz::ui::add_button(*line, this, _("(none)"), open, wxSizerFlags(1));
    choose_ = sz::ui::add_small_button(*line, this, _("Choose..."),
                                       [this] { show_picker(!picker_->IsShown()); });
    column->Add(line, wxSizerFlags().Expand());
    picker_ = new InstancePicker(this, services);
    picker_->Hide();
    picker_->on_close = [this] { show_picker(false); };
    picker_->on_pick = [this](const std::string& id) {
        show_picker(false);
        const Json link = id.empty() ? Json(nullptr) : Json(id);
        send("set", Json::array({link}), link);
    };
    column->Add(picker_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
}

wxWindow* InstanceEditor::first_control() { return open_->IsEnabled() ? open_ : choose_; }

void InstanceEditor::set_names(const wxString& name, const wxString& help) {
    field_name_ = name;
    if (!help.empty()) open_->SetToolTip(help);
    picker_->set_names(name);
    sz::ui::set_accessible_name(*choose_, wxString::Format(_("%s: choose"), name));
}

void InstanceEditor::make_read_only() { choose_->Disable(); }

// Only those whom the viewer may see; not the campaign's own sheet.
void InstanceEditor::list_characters(const Listed& listed) {
    Json params{{"campaign", services().campaign}};
    if (!services().as.empty()) params["as"] = services().as;
    services().bus.call(
        "character.list", params,
        [weak = wxWeakRef<wxWindow>(this), listed](const Json& answer) {
            if (!weak) return;
            std::vector<Choosable> all;
            for (const Json& one : sz::ui::list_of(answer, "characters"))
                all.push_back({text_of(one, "id"), sz::ui::label_of(one, "name")});
            listed(std::move(all));
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) say(error.sentence());
        });
}

void InstanceEditor::show_value(const Json& value) {
    value_ = value;
    if (!value.is_string()) return show_name(_("(none)"), false);
    list_characters([this, value](const std::vector<Choosable>& all) {
        if (value != value_) return;
        const auto found = std::find_if(all.begin(), all.end(), [&value](const Choosable& one) {
            return value == Json(one.id);
        });
        found == all.end() ? show_name(_("(not to be seen here)"), false)
                           : show_name(found->name, true);
    });
}

void InstanceEditor::show_name(const wxString& words, bool there) {
    sz::ui::set_button_words(*open_, words);
    open_->Enable(there);
    Layout();  // a long name takes a row of its own
    sz::ui::set_accessible_name(*open_, field_name_ + ": " + words);
}

void InstanceEditor::show_picker(bool shown) {
    picker_->Show(shown);
    resized();
    if (!shown) return choose_->SetFocus();
    // The keyboard goes there now: when the answer comes it may be elsewhere, and stays.
    picker_->begin();
    list_characters([this](std::vector<Choosable> all) { picker_->show_all(std::move(all)); });
}

}  // namespace sheet
