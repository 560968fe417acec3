// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/link_picker.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {
constexpr int debounce_ms = 40;
constexpr int hits_max = 100;
}  // namespace

LinkPicker::LinkPicker(wxWindow* parent, EditorServices& services, const Json& restriction,
                       const wxString& field_name)
    : wxPanel(parent), services_(services), restriction_(restriction), timer_(this) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(gap), [this] {
        if (services_.resized) services_.resized();
    });
    auto* label = new wxStaticText(this, wxID_ANY, _("Find"));
    line->Add(label);
    field_ = new wxTextCtrl(this, wxID_ANY);
    field_->SetMaxLength(200);
    sz::ui::fit_line(*field_);
    sz::ui::set_label_of(*label, *field_);
    sz::ui::set_accessible_name(*field_, wxString::Format(_("Find an entry for %s"), field_name));
    line->Add(field_, wxSizerFlags(1));
    sz::ui::add_small_button(*line, this, _("Take"),
                             [this] { pick(std::max(0, list_->selected())); });
    sz::ui::add_small_button(*line, this, _("Close"), [this] { on_close(); });
    column->Add(line, wxSizerFlags().Expand());
    list_ = new sz::ui::RowList(this, wxString::Format(_("Entries for %s"), field_name),
                                {{_("Name"), 26}}, wxDV_NO_HEADER);
    list_->SetMinSize(FromDIP(wxSize(160, 120)));
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxTOP, FromDIP(3)));
    summary_ = new wxStaticText(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                                wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    sz::ui::set_accessible_status(*summary_);
    column->Add(summary_, wxSizerFlags().Expand());
    SetSizer(column);

    field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { timer_.StartOnce(debounce_ms); });
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { search(); });
    list_->on_activate = [this](int row) { pick(row); };
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        const int key = event.GetKeyCode();
        if (key == WXK_ESCAPE) return on_close();
        if (field_->HasFocus() && key == WXK_RETURN) return pick(std::max(0, list_->selected()));
        if (field_->HasFocus() && key == WXK_DOWN && list_->count() > 0) {
            list_->select(0, true);
            return list_->SetFocus();
        }
        event.Skip();
    });
}

void LinkPicker::begin() {
    field_->ChangeValue({});
    field_->SetFocus();
    search();
}

void LinkPicker::search() {
    ++generation_;
    const std::string words = sz::ui::to_utf8(field_->GetValue().Trim().Trim(false));
    const std::string pack = text_of(restriction_, "datapackId"),
                      dataset = text_of(restriction_, "datasetId");
    const wxWeakRef<wxWindow> weak(this);
    const auto current = [this, weak, generation = generation_] {
        return weak && generation == generation_;
    };
    const auto failed = [this, current](const sz::ui::BusError& error) {
        if (current()) summary_->SetLabelText(error.sentence());
    };
    if (words.empty() && dataset.empty()) {
        fill(Json::array(), "entry", Json::object());
        return summary_->SetLabelText(_("Type a word of what you look for."));
    }
    if (words.empty()) {
        services_.bus.call(
            "library.entries", {{"pack", pack}, {"dataset", dataset}, {"limit", 500}},
            [this, current](const Json& answer) {
                if (current()) fill(list_of(answer, "entries"), "id", answer);
            },
            failed);
        return;
    }
    Json params{{"text", words}, {"limit", hits_max}};
    if (!pack.empty()) params["pack"] = pack;
    if (!dataset.empty()) params["dataset"] = dataset;
    services_.bus.call(
        "library.search", params,
        [this, current](const Json& answer) {
            if (current()) fill(list_of(answer, "hits"), "entry", answer);
        },
        failed);
}

void LinkPicker::fill(const Json& rows, const char* id_key, const Json& answer) {
    std::vector<sz::ui::RowList::Row> shown;
    links_.clear();
    for (const Json& row : rows) {
        const auto or_own = [&](const char* own, const char* restricted) {
            const std::string value = text_of(restriction_, restricted);
            return value.empty() ? text_of(row, own) : value;
        };
        Json link{{"datapackId", or_own("pack", "datapackId")},
                  {"datasetId", or_own("dataset", "datasetId")},
                  {"entryId", text_of(row, id_key)}};
        if (const std::string version = or_own("version", "version"); !version.empty())
            link["version"] = version;
        links_.push_back(std::move(link));
        shown.push_back({label_of(row, "name")});
    }
    list_->set_rows(std::move(shown), rows.empty() ? -1 : 0);
    const auto total = static_cast<long long>(number_of(answer, "total", list_->count()));
    summary_->SetLabelText(
        total > list_->count()
            ? wxString::Format(_("The first %d of %lld entries: type more to narrow them down."),
                               list_->count(), total)
            : wxString::Format(_("%d entries. Enter takes the chosen one, Escape closes."),
                               list_->count()));
}

void LinkPicker::pick(int row) {
    if (row >= 0 && row < static_cast<int>(links_.size()))
        on_pick(links_[static_cast<std::size_t>(row)]);
}

}  // namespace sheet
