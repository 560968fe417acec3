// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/link_picker.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include <utility>

namespace sheet {

using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {

constexpr int debounce_ms = 40;
constexpr int hits_max = 100;

wxString summary_words(int shown, const Json& answer) {
    const auto total = static_cast<long long>(number_of(answer, "total", shown));
    if (total <= shown)
        return wxString::Format(_("%d entries. Enter takes the chosen one, Escape closes."), shown);
    return wxString::Format(_("The first %d of %lld entries: type more to narrow them down."),
                            shown, total);
}

}  // namespace

LinkPicker::LinkPicker(wxWindow* parent, EditorServices& services, const Json& restriction)
    : Picker(parent, services, _("Find an entry for %s"), _("Entries for %s")),
      restriction_(restriction),
      timer_(this) {
    summary_ = new sz::ui::Notice(this);
    summary_->on_resize = [this] {
        if (services_.resized) services_.resized();
    };
    GetSizer()->Add(summary_, wxSizerFlags().Expand());
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { search(); });
}

void LinkPicker::find() {
    ++generation_;
    timer_.Stop();
    typed().empty() ? search() : static_cast<void>(timer_.StartOnce(debounce_ms));
}

void LinkPicker::search() {
    const std::string words = sz::ui::to_utf8(typed());
    const std::string pack = text_of(restriction_, "datapackId"),
                      dataset = text_of(restriction_, "datasetId");
    if (words.empty() && dataset.empty()) {
        fill(Json::array(), "entry");
        return summary_->say(_("Type a word of what you look for."));
    }
    if (words.empty()) {
        const Json params{{"pack", pack}, {"dataset", dataset}, {"limit", 500}};
        return call("library.entries", params, "entries", "id");
    }
    Json params{{"text", words}, {"limit", hits_max}};
    if (!pack.empty()) params["pack"] = pack;
    if (!dataset.empty()) params["dataset"] = dataset;
    call("library.search", params, "hits", "entry");
}

void LinkPicker::call(const char* method, const Json& params, const char* list_key,
                      const char* id_key) {
    const auto current = [this, weak = wxWeakRef<wxWindow>(this), generation = generation_] {
        return weak && generation == generation_;
    };
    services_.bus.call(
        method, params,
        [this, current, list_key, id_key](const Json& answer) {
            if (!current()) return;
            const Json& rows = list_of(answer, list_key);
            summary_->say(summary_words(static_cast<int>(rows.size()), answer));
            fill(rows, id_key);
        },
        [this, current](const sz::ui::BusError& error) {
            if (!current()) return;
            summary_->say(error.sentence());
            fill(Json::array(), "");
        });
}

Json LinkPicker::link_to(const Json& row, const char* id_key) const {
    const auto or_own = [&](const char* own, const char* restricted) {
        const std::string value = text_of(restriction_, restricted);
        return value.empty() ? text_of(row, own) : value;
    };
    Json link{{"datapackId", or_own("pack", "datapackId")},
              {"datasetId", or_own("dataset", "datasetId")},
              {"entryId", text_of(row, id_key)}};
    if (const std::string version = or_own("version", "version"); !version.empty())
        link["version"] = version;
    return link;
}

void LinkPicker::fill(const Json& rows, const char* id_key) {
    std::vector<sz::ui::RowList::Row> shown;
    links_.clear();
    for (const Json& row : rows) {
        links_.push_back(link_to(row, id_key));
        shown.push_back({sz::ui::label_of(row, "name")});
    }
    show_rows(std::move(shown));
}

}  // namespace sheet
