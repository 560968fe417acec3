// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history_page.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include "difference_text.hpp"
#include "time_words.hpp"

namespace sheet {

using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {

constexpr int page_events = 100;

}  // namespace

HistoryPage::HistoryPage(wxWindow* parent, sz::ui::PanelBus& bus) : wxPanel(parent), bus_(bus) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    list_ =
        new sz::ui::RowList(this, _("History"), {{_("When"), 17}, {_("Who"), 12}, {_("What"), 40}});
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap)));
    auto* line = new sz::ui::FlowSizer(this, FromDIP(gap), [this] { Layout(); });
    undo_ = sz::ui::add_button(*line, this, _("&Take back this event"), [this] { undo(); });
    since_ =
        sz::ui::add_button(*line, this, _("What has changed &since"), [this] { tell_since(); });
    older_ = sz::ui::add_button(*line, this, _("&Older events"),
                                [this] { ask(events_.empty() ? 0 : events_.back()); });
    column->Add(line, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    difference_ = new DifferenceText(this, bus);
    difference_->on_resize = [this] { Layout(); };
    difference_->on_close = [this] { since_->SetFocus(); };
    column->Add(difference_,
                wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    notice_ = new sz::ui::Notice(this);
    column->Add(notice_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    SetSizer(column);
    enable_buttons();
    list_->on_select = [this](int) { enable_buttons(); };
    // The page goes whenever another sheet is shown; the bus stays.
    bus_.call(
        "identity.list", Json::object(),
        [this, weak = wxWeakRef<wxWindow>(this)](const Json& answer) {
            if (!weak) return;
            for (const Json& identity : list_of(answer, "identities"))
                names_[text_of(identity, "client_id")] = label_of(identity, "name");
            reload();
        },
        [](const sz::ui::BusError&) {});
}

void HistoryPage::show_campaign(const std::string& campaign) {
    if (campaign == campaign_) return;
    campaign_ = campaign;
    list_->set_rows({});
    events_.clear();
    notice_->clear();
    difference_->close();
    reload();
}

void HistoryPage::reload() {
    stale_ = true;
    if (!IsShownOnScreen() || campaign_.empty()) return;
    stale_ = false;
    ask(0);
}

void HistoryPage::ask(std::int64_t before) {
    Json params{{"id", campaign_}, {"limit", page_events}};
    if (before > 0) params["before"] = before;
    bus_.call(
        "campaign.log", params,
        [this, before, generation = ++generation_,
         weak = wxWeakRef<wxWindow>(this)](const Json& answer) {
            if (weak && generation == generation_) fill(answer, before > 0);
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) notice_->warn(error.sentence());
        });
}

void HistoryPage::fill(const Json& answer, bool more) {
    const int chosen = list_->selected();
    const std::int64_t event = chosen < 0 ? -1 : events_[static_cast<std::size_t>(chosen)];
    std::vector<sz::ui::RowList::Row> rows;
    if (!more) events_.clear();
    int select = -1;
    for (const Json& item : list_of(answer, "events")) {
        if (number_of(item, "index") == event) select = static_cast<int>(events_.size());
        events_.push_back(number_of(item, "index"));
        const auto known = names_.find(text_of(item, "author"));
        const wxString who =
            known != names_.end() ? known->second : label_of(item, "author").Left(10);
        rows.push_back({time_words(text_of(item, "at")), who, label_of(item, "summary")});
    }
    more ? list_->append_rows(std::move(rows)) : list_->set_rows(std::move(rows), select);
    older_->Enable(number_of(answer, "total") > static_cast<std::int64_t>(events_.size()));
    enable_buttons();
}

void HistoryPage::enable_buttons() {
    undo_->Enable(list_->selected() >= 0);
    since_->Enable(list_->selected() >= 0);
}

void HistoryPage::tell_since() {
    const int row = list_->selected();
    if (row < 0) return;
    difference_->tell_since(campaign_, std::to_string(events_[static_cast<std::size_t>(row)]),
                            [this](const wxString& words) { notice_->warn(words); });
}

void HistoryPage::undo() {
    const int row = list_->selected();
    if (row < 0) return;
    bus_.call(
        "campaign.undo", {{"id", campaign_}, {"event", events_[static_cast<std::size_t>(row)]}},
        [this, weak = wxWeakRef<wxWindow>(this)](const Json&) {
            if (weak) notice_->say(_("Taken back. This, too, is an event and can be taken back."));
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) notice_->warn(error.sentence());
        });
}

}  // namespace sheet
