// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/choice_editors.hpp"

#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>

namespace sheet {

std::vector<Option> options_of(const Json& definition) {
    std::vector<Option> options;
    for (const Json& option : sz::ui::list_of(definition, "options")) {
        const std::string id =
            option.is_string() ? option.get<std::string>() : sz::ui::text_of(option, "id");
        options.push_back({id, option.is_string() ? sz::ui::from_utf8(id) : name_of(option)});
    }
    return options;
}

CheckEditor::CheckEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    box_ = new wxCheckBox(this, wxID_ANY, wxControl::EscapeMnemonics(name_of(definition)));
    row->Add(box_, wxSizerFlags().CentreVertical());
    SetSizer(row);
    box_->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) {
        send("set", Json::array({box_->GetValue()}), box_->GetValue());
    });
}

wxWindow* CheckEditor::first_control() { return box_; }

void CheckEditor::show_value(const Json& value) {
    value_ = value;
    box_->SetValue(value.is_boolean() && value.get<bool>());
}

ChoiceEditor::ChoiceEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition), options_(options_of(definition)) {
    auto* row = new sz::ui::FlowSizer(this, 0, [this] { resized(); });
    choice_ = new wxChoice(this, wxID_ANY);
    choice_->Append(_("(none)"));
    for (const Option& option : options_) choice_->Append(option.name);
    sz::ui::fit_choice(*choice_);
    row->Add(choice_);
    SetSizer(row);
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) {
        const int at = choice_->GetSelection();
        const Json value =
            at <= 0 ? Json(nullptr) : Json(options_[static_cast<std::size_t>(at) - 1].id);
        send("set", Json::array({value}), value);
    });
}

wxWindow* ChoiceEditor::first_control() { return choice_; }

void ChoiceEditor::show_value(const Json& value) {
    value_ = value;
    const auto found = std::find_if(options_.begin(), options_.end(),
                                    [&](const Option& option) { return value == Json(option.id); });
    choice_->SetSelection(found == options_.end() ? 0
                                                  : static_cast<int>(found - options_.begin()) + 1);
}

ManyChoiceEditor::ManyChoiceEditor(wxWindow* parent, EditorServices& services,
                                   const Json& definition)
    : Editor(parent, services, definition), options_(options_of(definition)) {
    auto* wrap = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] { resized(); });
    for (const Option& option : options_) {
        auto* box = new wxCheckBox(this, wxID_ANY, wxControl::EscapeMnemonics(option.name));
        box->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) { toggled(); });
        wrap->Add(box, wxSizerFlags().Border(wxRIGHT, FromDIP(sz::ui::gap)));
        boxes_.push_back(box);
    }
    SetSizer(wrap);
}

wxWindow* ManyChoiceEditor::first_control() {
    return boxes_.empty() ? static_cast<wxWindow*>(this) : boxes_.front();
}

void ManyChoiceEditor::set_names(const wxString& name, const wxString& help) {
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        sz::ui::set_accessible_name(*boxes_[i], name + ": " + options_[i].name);
    if (!help.empty()) SetToolTip(help);
}

void ManyChoiceEditor::show_value(const Json& value) {
    value_ = value;
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        boxes_[i]->SetValue(value.is_array() && std::find(value.begin(), value.end(),
                                                          Json(options_[i].id)) != value.end());
}

void ManyChoiceEditor::toggled() {
    Json chosen = Json::array();
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        if (boxes_[i]->GetValue()) chosen.push_back(options_[i].id);
    send("set", Json::array({chosen}), chosen);
}

}  // namespace sheet
