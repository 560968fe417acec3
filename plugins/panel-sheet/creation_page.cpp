// SPDX-License-Identifier: AGPL-3.0-or-later
#include "creation_page.hpp"

#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::gap;
using sz::ui::margin;
using sz::ui::text_of;
using sz::ui::to_utf8;

CreationPage::CreationPage(wxWindow* parent, sz::ui::PanelBus& bus, Makes makes)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxVSCROLL | wxTAB_TRAVERSAL),
      bus_(bus),
      makes_(makes) {
    SetScrollRate(0, FromDIP(16));
    build(makes);
}

void CreationPage::build(Makes makes) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    const auto around = wxSizerFlags().Expand().Border(wxALL, FromDIP(margin));
    const wxString heading = makes == Makes::both       ? _("Start here")
                             : makes == Makes::campaign ? _("New campaign")
                                                        : _("New character");
    column->Add(sz::ui::make_heading(this, heading), around);
    auto* words = new sz::ui::Notice(this);
    column->Add(words,
                wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(margin)));
    if (makes == Makes::both)
        words->say(_(
            "A campaign is a game that you play over time; it keeps its characters and everything "
            "that happens to them. Choose what you play, give the campaign and your first "
            "character a name, and the character's sheet opens. You can change or remove both "
            "later. Every change in a campaign can be undone, and the file of a campaign that "
            "you remove is kept."));
    notice_ = new sz::ui::Notice(this);
    column->Add(notice_,
                wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(margin)));
    auto* grid = new wxFlexGridSizer(2, FromDIP(wxSize(margin, margin)));
    grid->AddGrowableCol(1);
    if (makes != Makes::character) {
        session_ =
            std::make_unique<TemplateChoice>(*grid, this, bus_, "session-template", _("&Game"));
        campaign_name_ = add_name(*grid, _("&Campaign's name"), _("For example: The Lantern Road"));
    } else {
        auto* label = new wxStaticText(this, wxID_ANY, _("&Campaign"));
        campaign_ = new wxChoice(this, wxID_ANY);
        sz::ui::fit_choice(*campaign_);
        sz::ui::set_label_of(*label, *campaign_);
        grid->Add(label, wxSizerFlags().CentreVertical());
        grid->Add(campaign_, wxSizerFlags().Expand());
    }
    if (makes != Makes::campaign) {
        character_ = std::make_unique<TemplateChoice>(*grid, this, bus_, "character-template",
                                                      _("Character &sheet"));
        character_name_ = add_name(*grid, _("C&haracter's name"), _("For example: Mira"));
    }
    column->Add(grid, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(margin)));
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    create_ = sz::ui::add_button(
        *line, this, makes == Makes::both ? _("Create &both and open the sheet") : _("C&reate"),
        [this] { create(); }, wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    if (makes != Makes::both)
        sz::ui::add_button(*line, this, _("&Not now"), [this] { on_cancel(); });
    column->Add(line, wxSizerFlags().Border(wxALL, FromDIP(margin)));
    SetSizer(column);
    // The character's sheet follows the game until the person chooses another.
    if (session_ && character_)
        session_->on_change = [this] { character_->prefer_pack(session_->pack()); };
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_ESCAPE && on_cancel) return on_cancel();
        event.Skip();
    });
}

CreationPage::Name CreationPage::add_name(wxSizer& grid, const wxString& label,
                                          const wxString& hint) {
    auto* words = new wxStaticText(this, wxID_ANY, label);
    auto* text =
        new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    sz::ui::set_label_of(*words, *text);
    text->SetHint(hint);
    sz::ui::fit_line(*text);
    text->SetMaxLength(200);
    text->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { create(); });
    auto* notice = new sz::ui::Notice(this, text);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(text, wxSizerFlags().Expand());
    column->Add(notice, wxSizerFlags().Expand());
    grid.Add(words, wxSizerFlags().Border(wxTOP, FromDIP(7)));
    grid.Add(column, wxSizerFlags().Expand());
    return {text, notice};
}

wxString CreationPage::Name::value() const { return field->GetValue().Trim().Trim(false); }

void CreationPage::clear_notices() {
    for (sz::ui::Notice* notice : {notice_, campaign_name_.notice, character_name_.notice})
        if (notice != nullptr) notice->clear();
}

void CreationPage::reload_templates(bool waiting) {
    if (session_) session_->reload(waiting);
    if (character_) character_->reload(waiting);
}

void CreationPage::begin(const std::vector<CampaignItem>& campaigns, const std::string& campaign) {
    clear_notices();
    create_->Enable();
    for (const Name* name : {&campaign_name_, &character_name_})
        if (name->field != nullptr) name->field->Clear();
    if (campaign_ == nullptr) return;
    campaign_ids_.clear();
    campaign_->Clear();
    for (const CampaignItem& one : campaigns) {
        if (one.id == campaign)
            campaign_->SetSelection(campaign_->Append(one.name));
        else
            campaign_->Append(one.name);
        campaign_ids_.push_back(one.id);
    }
    if (campaign_->GetSelection() < 0 && !campaigns.empty()) campaign_->SetSelection(0);
}

// The first thing that a person has to say.
void CreationPage::focus_first() {
    wxTextCtrl* name =
        campaign_name_.field != nullptr ? campaign_name_.field : character_name_.field;
    // Without a template there is nothing to choose, and what is disabled takes no keyboard.
    wxWindow* choice = session_ ? session_->control() : nullptr;
    (choice != nullptr && choice->IsEnabled() ? choice : name)->SetFocus();
}

bool CreationPage::miss(sz::ui::Notice& notice, const wxString& words, wxWindow* control) {
    if (control->IsEnabled()) control->SetFocus();
    notice.warn(words);
    sz::ui::reveal(notice);
    return false;
}

bool CreationPage::is_complete() {
    clear_notices();
    if (session_ && session_->reference().empty())
        return miss(*notice_, _("Choose a game first."), session_->control());
    if (campaign_name_.field != nullptr && campaign_name_.value().empty())
        return miss(*campaign_name_.notice, _("Give the campaign a name."), campaign_name_.field);
    if (campaign_ != nullptr && campaign_->GetSelection() < 0)
        return miss(*notice_, _("Make a campaign first (Ctrl+N): a character lives in one."),
                    campaign_);
    if (character_ && character_->reference().empty())
        return miss(*notice_, _("Choose a character sheet first."), character_->control());
    if (character_name_.field != nullptr && character_name_.value().empty())
        return miss(*character_name_.notice, _("Give the character a name."),
                    character_name_.field);
    return true;
}

void CreationPage::create() {
    if (!create_->IsEnabled() || !is_complete()) return;
    create_->Disable();  // Enter twice makes one
    if (makes_ == Makes::character)
        return make_character(campaign_ids_[static_cast<std::size_t>(campaign_->GetSelection())]);
    make_campaign();
}

void CreationPage::make_campaign() {
    const Json params{{"template", session_->reference()},
                      {"name", to_utf8(campaign_name_.value())}};
    bus_.call(
        "campaign.new", params,
        [this](const Json& answer) {
            const std::string id = text_of(answer, "id");
            makes_ == Makes::both ? make_character(id) : on_made(id);
        },
        [this](const sz::ui::BusError& error) { failed(error); });
}

void CreationPage::make_character(const std::string& campaign) {
    const Json params{{"campaign", campaign},
                      {"template", character_->reference()},
                      {"name", to_utf8(character_name_.value())}};
    bus_.call(
        "character.new", params, [this](const Json& answer) { on_made(text_of(answer, "id")); },
        [this](const sz::ui::BusError& error) { failed(error); });
}

void CreationPage::failed(const sz::ui::BusError& error) {
    create_->Enable();
    notice_->warn(error.sentence());
    sz::ui::reveal(*notice_);
}

}  // namespace sheet
