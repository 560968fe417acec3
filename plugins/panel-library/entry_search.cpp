// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entry_search.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace library {

using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;
using sz::ui::to_utf8;

namespace {
constexpr int debounce_ms = 40;
constexpr int hits_max = 200;
constexpr int page_entries = 500;
}  // namespace

EntrySearch::EntrySearch(wxWindow* parent, sz::ui::PanelBus& bus)
    : wxPanel(parent), bus_(bus), timer_(this) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    auto* label = new wxStaticText(this, wxID_ANY, _("&Search"));
    field_ = new wxTextCtrl(this, wxID_ANY);
    field_->SetMaxLength(200);
    sz::ui::fit_line(*field_);
    field_->SetHint(_("Words of a name or a text"));
    sz::ui::set_label_of(*label, *field_);
    line->Add(label, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(sz::ui::gap)));
    line->Add(field_, wxSizerFlags(1));
    column->Add(line, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(sz::ui::gap)));
    summary_ = new wxStaticText(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                                wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    sz::ui::set_accessible_status(*summary_);
    column->Add(summary_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(sz::ui::gap)));
    list_ = new sz::ui::RowList(this, _("Entries"), {{_("Name"), 20}, {_("Found in"), 8}});
    column->Add(list_, wxSizerFlags(1).Expand());
    SetSizer(column);

    field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { timer_.StartOnce(debounce_ms); });
    field_->Bind(wxEVT_KEY_DOWN, &EntrySearch::on_field_key, this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { search(); });
    list_->on_select = [this](int row) {
        if (on_choose) on_choose(keys_[static_cast<std::size_t>(row)]);
    };
    list_->on_activate = [this](int row) {
        if (on_activate) on_activate(keys_[static_cast<std::size_t>(row)]);
    };
}

wxWindow* EntrySearch::field() { return field_; }
wxString EntrySearch::text() const { return field_->GetValue().Trim().Trim(false); }

void EntrySearch::focus_field() {
    field_->SetFocus();
    field_->SelectAll();
}

void EntrySearch::set_text(const wxString& text) {
    field_->ChangeValue(text);
    search();
}

void EntrySearch::set_scope(const Scope& scope) {
    scope_ = scope;
    search();
}

void EntrySearch::refresh() { search(); }

// Down leads into the list, Enter to the first hit.
void EntrySearch::on_field_key(wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if ((key == WXK_DOWN || key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && list_->count() > 0) {
        if (list_->selected() < 0) list_->select(0);
        list_->SetFocus();
        return;
    }
    if (key == WXK_ESCAPE && !field_->IsEmpty()) return set_text({});
    event.Skip();
}

void EntrySearch::say(const wxString& summary) {
    summary_->SetLabelText(summary);
    summary_->SetToolTip(summary);
}

void EntrySearch::search() {
    timer_.Stop();
    ++generation_;
    bus_.cancel(running_);
    running_ = 0;
    if (text().empty()) {
        if (!scope_.dataset.empty()) return list_dataset(0);
        keys_.clear();
        list_->set_rows({});
        return say(_("Type to search, or choose a dataset."));
    }
    Json params{{"text", to_utf8(text())}, {"limit", hits_max}};
    if (!scope_.pack.empty()) params["pack"] = scope_.pack_reference();
    if (!scope_.dataset.empty()) params["dataset"] = scope_.dataset;
    running_ = bus_.call(
        "library.search", params,
        [this, generation = generation_](const Json& answer) {
            if (generation == generation_) show_hits(answer);
        },
        [this, generation = generation_](const sz::ui::BusError& error) {
            if (generation == generation_ && !error.is_cancelled()) say(error.sentence());
        });
}

void EntrySearch::show_hits(const Json& answer) {
    running_ = 0;
    std::vector<sz::ui::RowList::Row> rows;
    keys_.clear();
    for (const Json& hit : list_of(answer, "hits")) {
        keys_.push_back(EntryKey::from(hit));
        rows.push_back({label_of(hit, "name"), label_of(hit, "dataset_name")});
    }
    const auto total =
        static_cast<long long>(number_of(answer, "total", static_cast<std::int64_t>(rows.size())));
    const auto shown = static_cast<long long>(rows.size());
    list_->set_rows(std::move(rows));
    if (total == 0)
        say(wxString::Format(_("Nothing found in %s."), scope_.name));
    else if (sz::ui::flag_of(answer, "more"))
        say(wxString::Format(_("More than %lld found in %s; the best %lld are listed."), total,
                             scope_.name, shown));
    else if (total > shown)
        say(wxString::Format(_("%lld found in %s; the best %lld are listed."), total, scope_.name,
                             shown));
    else
        say(wxString::Format(_("%lld found in %s."), total, scope_.name));
}

void EntrySearch::list_dataset(std::int64_t offset) {
    const Json params{{"pack", scope_.pack_reference()},
                      {"dataset", scope_.dataset},
                      {"offset", offset},
                      {"limit", page_entries}};
    running_ = bus_.call(
        "library.entries", params,
        [this, offset, generation = generation_](const Json& answer) {
            if (generation == generation_) show_entries(answer, offset);
        },
        [this, generation = generation_](const sz::ui::BusError& error) {
            if (generation == generation_ && !error.is_cancelled()) say(error.sentence());
        });
}

void EntrySearch::show_entries(const Json& answer, std::int64_t offset) {
    running_ = 0;
    std::vector<sz::ui::RowList::Row> rows;
    if (offset == 0) keys_.clear();
    const Json& entries = list_of(answer, "entries");
    for (const Json& entry : entries) {
        keys_.push_back({scope_.pack, scope_.version, scope_.dataset, text_of(entry, "id")});
        rows.push_back({label_of(entry, "name"), scope_.name});
    }
    offset == 0 ? list_->set_rows(std::move(rows)) : list_->append_rows(std::move(rows));
    const std::int64_t total = number_of(answer, "total");
    say(wxString::Format(
        wxPLURAL("%lld entry in %s.", "%lld entries in %s.", static_cast<unsigned>(total)),
        static_cast<long long>(total), scope_.name));
    const auto next = offset + static_cast<std::int64_t>(entries.size());
    if (!entries.empty() && next < total) list_dataset(next);
}

}  // namespace library
