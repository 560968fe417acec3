// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sheet_header.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::gap;
using sz::ui::to_utf8;

namespace {

// A name that leaves room for the sentence around it.
wxString short_name(const wxString& name) {
    constexpr std::size_t letters_max = 60;
    return name.length() <= letters_max ? name : name.Left(letters_max - 3).Trim() + "...";
}

wxString restore_words(const std::string& campaign) {
    return wxString::Format(_("Its file is kept in the profile's folder campaigns/removed, and "
                              "\"szctl campaign restore %s\" brings it back."),
                            sz::ui::from_utf8(campaign));
}

}  // namespace

SheetHeader::SheetHeader(wxWindow* parent, sz::ui::PanelBus& bus) : wxPanel(parent), bus_(bus) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(gap), [this] { resized(); });
    build_name(*line);
    undo_ = sz::ui::add_button(*line, this, _("&Undo"), [this] { on_undo(); });
    undo_->SetToolTip(_("Takes back the last change of this campaign (Ctrl+Z)"));
    redo_ = sz::ui::add_button(*line, this, _("R&edo"), [this] { on_redo(); });
    redo_->SetToolTip(_("Does again what was taken back last (Ctrl+Shift+Z)"));
    remove_ = sz::ui::add_button(*line, this, _("&Remove..."), [this] { ask_removal(true); });
    column->Add(line, wxSizerFlags().Expand());
    about_ = new wxStaticText(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                              wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    about_->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
    column->Add(about_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
    decided_ = new sz::ui::Notice(this);
    decided_->on_resize = [this] { resized(); };
    column->Add(decided_, wxSizerFlags().Expand());
    build_removal(*column);
    notice_ = new sz::ui::Notice(this);
    column->Add(notice_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
}

void SheetHeader::build_name(wxSizer& line) {
    auto* both = new wxBoxSizer(wxHORIZONTAL);
    auto* label = new wxStaticText(this, wxID_ANY, _("&Name"));
    both->Add(label, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    name_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(160, -1)),
                           wxTE_PROCESS_ENTER);
    name_->SetMaxLength(200);
    wxFont font = name_->GetFont();
    font.SetWeight(wxFONTWEIGHT_BOLD);
    name_->SetFont(font);
    sz::ui::fit_line(*name_);
    sz::ui::set_label_of(*label, *name_);
    both->Add(name_, wxSizerFlags(1).CentreVertical());
    line.Add(both, wxSizerFlags(1));

    name_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { rename(); });
    name_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
        event.Skip();
        if (!IsBeingDeleted()) rename();
    });
    name_->Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_ESCAPE) name_->ChangeValue(shown_);
        event.Skip();
    });
}

void SheetHeader::show_decided(const wxString& words) { decided_->say(words); }

void SheetHeader::set_read_only(bool read_only) {
    name_->SetEditable(!read_only);
    for (wxButton* button : {undo_, redo_, remove_}) button->Enable(!read_only);
}

void SheetHeader::build_removal(wxSizer& column) {
    removal_ = new wxPanel(this);
    auto* inside = new wxBoxSizer(wxVERTICAL);
    question_ = new sz::ui::Notice(removal_);
    question_->on_resize = [this] { resized(); };
    inside->Add(question_, wxSizerFlags().Expand());
    auto* answers = new sz::ui::FlowSizer(removal_, FromDIP(gap), [this] { resized(); });
    keep_ = sz::ui::add_button(*answers, removal_, _("&Keep it"), [this] { ask_removal(false); });
    sz::ui::add_button(*answers, removal_, _("Remo&ve it"), [this] { remove(); });
    inside->Add(answers, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    removal_->SetSizer(inside);
    removal_->Hide();
    column.Add(removal_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
}

void SheetHeader::show_sheet(const std::string& id, bool is_campaign, const wxString& name,
                             const wxString& about) {
    const bool typing = id == id_ && name_->GetValue() != shown_ && name_->HasFocus();
    if (id != id_) {
        ask_removal(false);
        notice_->clear();
    }
    id_ = id;
    is_campaign_ = is_campaign;
    shown_ = name;
    if (!typing && name_->GetValue() != name) name_->ChangeValue(name);
    about_->SetLabelText(about);
    question_->say(removal_words());
    Layout();
}

wxString SheetHeader::removal_words() const {
    const wxString name = short_name(shown_);
    if (!is_campaign_)
        return wxString::Format(_("Remove %s? Undo in the campaign brings it back."), name);
    return wxString::Format(_("Remove the campaign %s with all of its characters?"), name) + " " +
           restore_words(id_);
}

void SheetHeader::resized() {
    Layout();
    if (on_resize) on_resize();
}

void SheetHeader::warn(const wxString& words) { notice_->warn(words); }
void SheetHeader::commit() { rename(); }

void SheetHeader::rename() {
    const wxString name = name_->GetValue().Trim().Trim(false);
    if (id_.empty() || name == shown_) return;
    if (name.empty()) return name_->ChangeValue(shown_);
    shown_ = name;
    bus_.call(
        is_campaign_ ? "campaign.rename" : "character.rename",
        {{"id", id_}, {"name", to_utf8(name)}}, [this](const Json&) { notice_->clear(); },
        [this, id = id_](const sz::ui::BusError& error) {
            id == id_ ? warn(error.sentence()) : on_lost(error.sentence());
        });
}

void SheetHeader::ask_removal(bool ask) {
    if (removal_->IsShown() == ask) return;
    removal_->Show(ask);
    resized();
    (ask ? keep_ : remove_)->SetFocus();
}

void SheetHeader::remove() {
    const wxString words =
        is_campaign_
            ? wxString::Format(_("%s was removed."), short_name(shown_)) + " " + restore_words(id_)
            : wxString();
    bus_.call(
        is_campaign_ ? "campaign.remove" : "character.remove", {{"id", id_}},
        [this, words](const Json&) {
            if (!words.empty()) on_removed(words);
        },
        [this](const sz::ui::BusError& error) { warn(error.sentence()); });
    ask_removal(false);
}

}  // namespace sheet
