// SPDX-License-Identifier: AGPL-3.0-or-later
#include "template_choice.hpp"

#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::label_of;
using sz::ui::object_of;
using sz::ui::text_of;

TemplateChoice::TemplateChoice(wxSizer& grid, wxWindow* parent, sz::ui::PanelBus& bus,
                               std::string kind, const wxString& label)
    : bus_(bus), kind_(std::move(kind)) {
    auto* words = new wxStaticText(parent, wxID_ANY, label);
    label_ = words;
    choice_ = new wxChoice(parent, wxID_ANY);
    about_ = new sz::ui::Notice(parent, choice_);
    sz::ui::set_label_of(*words, *choice_);
    grid.Add(words, wxSizerFlags().Border(wxTOP, parent->FromDIP(7)));
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(choice_, wxSizerFlags().Expand());
    column->Add(about_, wxSizerFlags().Expand().Border(wxTOP, parent->FromDIP(3)));
    grid.Add(column, wxSizerFlags().Expand());
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { changed(); });
}

wxWindow* TemplateChoice::control() { return choice_; }

void TemplateChoice::show(bool shown) {
    label_->Show(shown);
    choice_->Show(shown);
    about_->Show(shown && !about_->words().empty());
}

void TemplateChoice::reload(bool waiting) {
    waiting_ = waiting;
    bus_.call(
        "library.templates", {{"kind", kind_}}, [this](const Json& answer) { fill(answer); },
        [this](const sz::ui::BusError& error) { about_->warn(error.sentence()); });
}

void TemplateChoice::fill(const Json& answer) {
    const std::string before = reference();
    templates_.clear();
    choice_->Clear();
    int select = 0;
    for (const Json& one : sz::ui::list_of(answer, "templates")) {
        if (!before.empty() && text_of(one, "reference") == before)
            select = static_cast<int>(templates_.size());
        templates_.push_back(one);
        const Json& pack = object_of(one, "pack");
        choice_->Append(wxString::Format(_("%s (%s %s)"), label_of(one, "name"),
                                         label_of(pack, "name"), label_of(pack, "version")));
    }
    sz::ui::fit_choice(*choice_);
    choice_->Enable(!templates_.empty());
    if (templates_.empty())
        return about_->say(
            waiting_
                ? _("One moment: the packs that come with SessionZero are being installed.")
                : _("No installed pack brings such a template. Import a pack first (Ctrl+I)."));
    choice_->SetSelection(select);
    if (before.empty() && !preferred_.empty()) prefer_pack(preferred_);
    changed();
}

const Json& TemplateChoice::chosen() const {
    static const Json none = Json::object();
    const int at = choice_->GetSelection();
    return at < 0 || at >= static_cast<int>(templates_.size())
               ? none
               : templates_[static_cast<std::size_t>(at)];
}

std::string TemplateChoice::reference() const { return text_of(chosen(), "reference"); }
std::string TemplateChoice::pack() const { return text_of(object_of(chosen(), "pack"), "id"); }

void TemplateChoice::prefer_pack(const std::string& pack) {
    preferred_ = pack;
    for (std::size_t i = 0; i < templates_.size(); ++i) {
        if (text_of(object_of(templates_[i], "pack"), "id") != pack) continue;
        choice_->SetSelection(static_cast<int>(i));
        return changed();
    }
}

void TemplateChoice::changed() {
    if (choice_->IsShown()) about_->say(label_of(chosen(), "description"));
    if (on_change) on_change();
}

}  // namespace sheet
