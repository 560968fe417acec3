// SPDX-License-Identifier: AGPL-3.0-or-later
#include "access_rule.hpp"

#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>
#include <utility>

#include "access_words.hpp"

namespace sheet {

AccessRule::AccessRule(wxWindow* parent, EditorServices& services, const wxString& question,
                       const char* key, std::vector<std::string> labels)
    : wxPanel(parent),
      services_(services),
      key_(key),
      question_(question),
      labels_(std::move(labels)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] { on_resize(); });
    auto* label = new wxStaticText(this, wxID_ANY, question);
    line->Add(label, wxSizerFlags().CentreVertical());
    choice_ = new wxChoice(this, wxID_ANY);
    choice_->Append(_("As the template says"));
    for (const std::string& one : labels_) choice_->Append(people_words(services, one));
    choice_->Append(_("these members:"));
    sz::ui::fit_choice(*choice_);
    sz::ui::set_label_of(*label, *choice_);
    line->Add(choice_, wxSizerFlags(1));
    column->Add(line, wxSizerFlags().Expand());
    members_ = new wxPanel(this);
    members_->SetSizer(
        new sz::ui::FlowSizer(members_, FromDIP(sz::ui::gap), [this] { on_resize(); }));
    members_->Hide();
    column->Add(members_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { chosen(); });
}

wxWindow* AccessRule::first_control() { return choice_; }

// Game masters and assistants need no naming: they may everything.
void AccessRule::show_members() {
    std::vector<std::string> ids;
    for (const Member& member : services_.members)
        if (!member.may_all) ids.push_back(member.id);
    if (ids == ids_) return;
    ids_ = std::move(ids);
    boxes_.clear();
    members_->GetSizer()->Clear(true);
    for (const Member& member : services_.members) {
        if (member.may_all) continue;
        auto* box = new wxCheckBox(members_, wxID_ANY, wxControl::EscapeMnemonics(member.name));
        sz::ui::set_accessible_name(*box, question_ + ": " + member.name);
        box->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) { named(); });
        members_->GetSizer()->Add(box, wxSizerFlags().Border(wxRIGHT, FromDIP(sz::ui::gap)));
        boxes_.push_back(box);
    }
    if (boxes_.empty())
        members_->GetSizer()->Add(new wxStaticText(
            members_, wxID_ANY, _("Nobody but game masters is a member of this campaign yet.")));
    members_->Layout();
    if (members_->IsShown()) on_resize();
}

void AccessRule::show_rule(const Json& rule) {
    const auto label = rule.is_string()
                           ? std::find(labels_.begin(), labels_.end(), rule.get<std::string>())
                           : labels_.end();
    const auto named = static_cast<int>(labels_.size()) + 1;
    choice_->SetSelection(label != labels_.end() ? static_cast<int>(label - labels_.begin()) + 1
                          : rule.is_array()      ? named
                                                 : 0);
    // Who is named and has no box, an assistant for now, stays named.
    others_ = Json::array();
    for (const Json& id : rule.is_array() ? rule : Json::array()) {
        const bool has_box = id.is_string() && std::find(ids_.begin(), ids_.end(),
                                                         id.get<std::string>()) != ids_.end();
        if (!has_box) others_.push_back(id);
    }
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        boxes_[i]->SetValue(rule.is_array() &&
                            std::find(rule.begin(), rule.end(), Json(ids_[i])) != rule.end());
    show_boxes(rule.is_array());
}

void AccessRule::show_boxes(bool shown) {
    if (members_->IsShown() == shown) return;
    members_->Show(shown);
    on_resize();
}

void AccessRule::chosen() {
    const int at = choice_->GetSelection();
    const bool by_name = at > static_cast<int>(labels_.size());
    show_boxes(by_name);
    if (by_name) return;  // decided with the first name
    if (at <= 0) return on_choose(nullptr);
    on_choose({{key_, labels_[static_cast<std::size_t>(at) - 1]}});
}

void AccessRule::named() {
    Json ids = others_;
    for (std::size_t i = 0; i < boxes_.size(); ++i)
        if (boxes_[i]->GetValue()) ids.push_back(ids_[i]);
    if (ids.empty()) return on_choose({{key_, "gm"}});
    on_choose({{key_, "named"}, {"named", ids}});
}

}  // namespace sheet
