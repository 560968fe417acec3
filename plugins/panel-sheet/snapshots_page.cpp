// SPDX-License-Identifier: AGPL-3.0-or-later
#include "snapshots_page.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include "difference_text.hpp"
#include "time_words.hpp"

namespace sheet {

using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::text_of;

namespace {

constexpr unsigned note_letters_max = 250;  // of at most four bytes each: the bus takes 1000

wxString reason_words(const std::string& kind) {
    if (kind == "hand") return _("by hand");
    if (kind == "time") return _("by time");
    if (kind == "upgrade") return _("before an upgrade");
    if (kind == "restore") return _("before going back");
    return sz::ui::from_utf8(kind);
}

}  // namespace

SnapshotsPage::SnapshotsPage(wxWindow* parent, sz::ui::PanelBus& bus)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxVSCROLL | wxTAB_TRAVERSAL),
      bus_(bus) {
    SetScrollRate(0, FromDIP(16));
    auto* column = new wxBoxSizer(wxVERTICAL);
    const auto around = wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP, FromDIP(gap));
    build_taking(*column);
    notice_ = new sz::ui::Notice(this);
    column->Add(notice_, around);
    list_ = new sz::ui::RowList(this, _("Snapshots"),
                                {{_("State of"), 17}, {_("Why"), 16}, {_("Note"), 20}});
    list_->SetMinSize(FromDIP(wxSize(200, 150)));
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxTOP, FromDIP(gap)));
    auto* line = new sz::ui::FlowSizer(this, FromDIP(gap), [this] { lay_out(); });
    compare_ = sz::ui::add_small_button(*line, this, _("Compare with now"), [this] { compare(); });
    return_ =
        sz::ui::add_small_button(*line, this, _("Go back to it..."), [this] { ask_return(true); });
    remove_ = sz::ui::add_small_button(*line, this, _("Remove snapshot"), [this] { remove(); });
    column->Add(line, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap)));
    build_question(*column);
    difference_ = new DifferenceText(this, bus);
    difference_->on_resize = [this] { lay_out(); };
    difference_->on_close = [this] { compare_->SetFocus(); };
    column->Add(difference_,
                wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    SetSizer(column);
    list_->on_select = [this](int) { choose_row(); };
    list_->on_activate = [this](int) { compare(); };
    choose_row();
}

void SnapshotsPage::build_taking(wxSizer& column) {
    auto* line = new sz::ui::FlowSizer(this, FromDIP(gap), [this] { lay_out(); });
    auto* label = new wxStaticText(this, wxID_ANY, _("Note"));
    line->Add(label, wxSizerFlags().CentreVertical());
    note_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(160, -1)),
                           wxTE_PROCESS_ENTER);
    note_->SetMaxLength(note_letters_max);
    note_->SetHint(_("For example: Before the bridge"));
    sz::ui::fit_line(*note_);
    sz::ui::set_label_of(*label, *note_);
    note_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { take(); });
    line->Add(note_, wxSizerFlags(1));
    sz::ui::add_small_button(*line, this, _("Take a snapshot"), [this] { take(); });
    column.Add(line, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP, FromDIP(gap)));
}

void SnapshotsPage::build_question(wxSizer& column) {
    question_ = new wxPanel(this);
    auto* inside = new wxBoxSizer(wxVERTICAL);
    question_words_ = new sz::ui::Notice(question_);
    question_words_->on_resize = [this] { lay_out(); };
    inside->Add(question_words_, wxSizerFlags().Expand());
    auto* answers = new sz::ui::FlowSizer(question_, FromDIP(gap), [this] { lay_out(); });
    stay_ = sz::ui::add_button(*answers, question_, _("Leave it as it is"),
                               [this] { ask_return(false); });
    sz::ui::add_button(*answers, question_, _("Go back"), [this] { go_back(); });
    inside->Add(answers, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    question_->SetSizer(inside);
    question_->Hide();
    column.Add(question_,
               wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
}

void SnapshotsPage::lay_out() {
    FitInside();
    Layout();
}

void SnapshotsPage::focus_first() { note_->SetFocus(); }

void SnapshotsPage::show_campaign(const std::string& campaign) {
    if (campaign == campaign_) return;
    campaign_ = campaign;
    list_->set_rows({});
    ids_.clear();
    notice_->clear();
    difference_->close();
    choose_row();
}

void SnapshotsPage::reload() {
    if (!IsShownOnScreen() || campaign_.empty()) return;
    bus_.call(
        "campaign.snapshots", {{"id", campaign_}},
        [this, generation = ++generation_, weak = wxWeakRef<wxWindow>(this)](const Json& answer) {
            if (weak && generation == generation_) fill(answer);
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) notice_->warn(error.sentence());
        });
}

void SnapshotsPage::fill(const Json& answer) {
    const std::string before = chosen();
    ids_.clear();
    std::vector<sz::ui::RowList::Row> rows;
    int select = -1;
    for (const Json& one : list_of(answer, "snapshots")) {
        if (text_of(one, "snapshot") == before) select = static_cast<int>(ids_.size());
        ids_.push_back(text_of(one, "snapshot"));
        rows.push_back({time_words(text_of(one, "event_at")), reason_words(text_of(one, "kind")),
                        label_of(one, "note")});
    }
    list_->set_rows(std::move(rows), select);
    choose_row();
}

std::string SnapshotsPage::chosen() const {
    const int row = list_->selected();
    return row < 0 || row >= static_cast<int>(ids_.size()) ? std::string()
                                                           : ids_[static_cast<std::size_t>(row)];
}

void SnapshotsPage::choose_row() {
    const bool is_chosen = !chosen().empty();
    for (wxButton* button : {compare_, return_, remove_}) button->Enable(is_chosen);
    if (question_->IsShown() && !question_->IsDescendant(wxWindow::FindFocus())) ask_return(false);
}

void SnapshotsPage::call(const char* method, const Json& params, const wxString& done) {
    bus_.call(
        method, params,
        [this, done, is_taken = params.contains("note"),
         weak = wxWeakRef<wxWindow>(this)](const Json&) {
            if (!weak) return;
            if (is_taken) note_->Clear();
            notice_->say(done);
            reload();
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) notice_->warn(error.sentence());
        });
}

void SnapshotsPage::take() {
    Json params{{"id", campaign_}};
    if (const wxString note = note_->GetValue().Trim().Trim(false); !note.empty())
        params["note"] = sz::ui::to_utf8(note);
    call("campaign.snapshot", params, _("The campaign is kept as it is now."));
}

void SnapshotsPage::compare() {
    if (chosen().empty()) return;
    difference_->compare(campaign_, chosen(),
                         [this](const wxString& words) { notice_->warn(words); });
}

void SnapshotsPage::remove() {
    if (chosen().empty()) return;
    call("campaign.remove-snapshot", {{"id", campaign_}, {"snapshot", chosen()}},
         _("The snapshot is removed. The history still has its moment."));
    list_->SetFocus();
}

void SnapshotsPage::ask_return(bool ask) {
    if (ask && chosen().empty()) return;
    if (ask)
        question_words_->say(wxString::Format(
            _("Take the whole campaign, with all of its characters, back to how it was at %s? What "
              "has happened since stays in the history, how it is now is kept as a snapshot, and "
              "Undo brings it back."),
            list_->row(list_->selected())[0]));
    if (question_->IsShown() == ask) return;
    question_->Show(ask);
    lay_out();
    if (ask) sz::ui::reveal(*question_);
    (ask ? static_cast<wxWindow*>(stay_) : static_cast<wxWindow*>(list_))->SetFocus();
}

void SnapshotsPage::go_back() {
    if (!chosen().empty())
        call("campaign.restore-snapshot", {{"id", campaign_}, {"to", chosen()}},
             _("The campaign is as it was then. Undo brings back how it was before."));
    ask_return(false);
}

}  // namespace sheet
