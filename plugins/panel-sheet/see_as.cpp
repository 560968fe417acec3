// SPDX-License-Identifier: AGPL-3.0-or-later
#include "see_as.hpp"

#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

SeeAs::SeeAs(wxWindow* parent, EditorServices& services) : wxPanel(parent), services_(services) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] { on_resize(); });
    auto* label = new wxStaticText(this, wxID_ANY, _("See as"));
    line->Add(label, wxSizerFlags().CentreVertical());
    choice_ = new wxChoice(this, wxID_ANY);
    sz::ui::fit_choice(*choice_);
    sz::ui::set_label_of(*label, *choice_);
    line->Add(choice_, wxSizerFlags(1));
    column->Add(line, wxSizerFlags().Expand());
    notice_ = new sz::ui::Notice(this);
    notice_->on_resize = [this] { on_resize(); };
    column->Add(notice_, wxSizerFlags().Expand());
    SetSizer(column);
    Hide();
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) {
        const int at = choice_->GetSelection();
        on_choose(at <= 0 ? std::string() : members_[static_cast<std::size_t>(at) - 1].id);
    });
}

// Game masters and assistants see what the person who looks sees.
void SeeAs::show_members() {
    std::vector<Member> others;
    for (const Member& member : services_.members)
        if (!member.may_all) others.push_back(member);
    if (others == members_) return;
    members_ = std::move(others);
    choice_->Clear();
    choice_->Append(_("the game master"));
    for (const Member& member : members_) choice_->Append(member.name);
    sz::ui::fit_choice(*choice_);
    show_chosen(true);
    Show(!members_.empty());
    on_resize();
}

void SeeAs::show_chosen(bool sees_sheet) {
    int select = 0;
    for (std::size_t i = 0; i < members_.size(); ++i)
        if (members_[i].id == services_.as) select = static_cast<int>(i) + 1;
    choice_->SetSelection(select);
    if (select == 0) return notice_->clear();
    const wxString name = members_[static_cast<std::size_t>(select) - 1].name;
    notice_->say(wxString::Format(
        sees_sheet ? _("This is what %s sees, and all of it. Nothing can be changed meanwhile.")
                   : _("%s does not see this sheet, nor its name."),
        name));
}

}  // namespace sheet
