// SPDX-License-Identifier: AGPL-3.0-or-later
#include "difference_text.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include "time_words.hpp"

namespace sheet {

using sz::ui::Json;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::text_of;

DifferenceText::DifferenceText(wxWindow* parent, sz::ui::PanelBus& bus)
    : wxPanel(parent), bus_(bus) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    text_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(160, 120)),
                           wxTE_MULTILINE | wxTE_READONLY);
    sz::ui::set_accessible_name(*text_, _("What has changed"));
    column->Add(text_, wxSizerFlags(1).Expand());
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    sz::ui::add_small_button(*line, this, _("Close"), [this] { close(); });
    column->Add(line, wxSizerFlags().Border(wxTOP, FromDIP(3)));
    SetSizer(column);
    Hide();
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_ESCAPE) return close();
        event.Skip();
    });
}

void DifferenceText::tell_since(const std::string& campaign, const std::string& moment,
                                const Failed& failed) {
    ask("campaign.recap", {{"id", campaign}, {"since", moment}}, failed);
}

void DifferenceText::compare(const std::string& campaign, const std::string& moment,
                             const Failed& failed) {
    ask("campaign.diff", {{"id", campaign}, {"from", moment}}, failed);
}

void DifferenceText::ask(const char* method, Json params, const Failed& failed) {
    bus_.call(
        method, params,
        [this, generation = ++generation_, weak = wxWeakRef<wxWindow>(this)](const Json& answer) {
            if (!weak || generation != generation_) return;
            const std::string since = text_of(answer, "since");
            const Json& from = sz::ui::object_of(answer, "from");
            fill(since.empty()
                     ? wxString::Format(_("From %s to now:"), time_words(text_of(from, "at")))
                     : wxString::Format(_("Previously, since %s:"), time_words(since)),
                 answer);
        },
        [failed, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) failed(error.sentence());
        });
}

void DifferenceText::fill(const wxString& title, const Json& answer) {
    wxString words = title + "\n";
    for (const Json& member : list_of(answer, "members"))
        words += label_of(member, "sentence") + "\n";
    for (const Json& sheet : list_of(answer, "sheets")) {
        words += "\n" + label_of(sheet, "name") + "\n";
        for (const Json& sentence : list_of(sheet, "sentences"))
            if (sentence.is_string())
                words += "  " + sz::ui::from_utf8(sentence.get<std::string>()) + "\n";
    }
    if (list_of(answer, "members").empty() && list_of(answer, "sheets").empty())
        words += _("Nothing has changed.") + "\n";
    Show();
    text_->ChangeValue(words);
    text_->SetInsertionPoint(0);
    on_resize();
    text_->SetFocus();
    sz::ui::reveal(*this);
}

void DifferenceText::close() {
    ++generation_;
    if (!IsShown()) return;
    const bool had_keyboard = IsDescendant(wxWindow::FindFocus());
    Hide();
    on_resize();
    if (had_keyboard) on_close();
}

}  // namespace sheet
