// SPDX-License-Identifier: AGPL-3.0-or-later
#include "access_form.hpp"

#include <wx/choice.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include "access_rule.hpp"
#include "access_words.hpp"

namespace sheet {

using sz::ui::list_of;
using sz::ui::member_of;
using sz::ui::text_of;

AccessForm::AccessForm(wxWindow* parent, EditorServices& services)
    : wxPanel(parent), services_(services) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    const auto below = wxSizerFlags().Expand().Border(wxTOP, FromDIP(sz::ui::gap));
    const auto again = [this] { on_resize(); };
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), again);
    auto* label = new wxStaticText(this, wxID_ANY, _("Decide for"));
    line->Add(label, wxSizerFlags().CentreVertical());
    place_ = new wxChoice(this, wxID_ANY);
    sz::ui::fit_choice(*place_);
    sz::ui::set_label_of(*label, *place_);
    line->Add(place_, wxSizerFlags(1));
    column->Add(line, wxSizerFlags().Expand());
    seen_ = new AccessRule(this, services, _("Seen by"), "visibility",
                           {"everyone", "players", "owner", "gm"});
    changed_ =
        new AccessRule(this, services, _("Changed by"), "editableBy", {"everyone", "owner", "gm"});
    for (AccessRule* rule : {seen_, changed_}) {
        rule->on_resize = again;
        column->Add(rule, below);
    }
    auto* buttons = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), again);
    back_ = sz::ui::add_small_button(*buttons, this, _("Back to the template's word"), [this] {
        for (const char* method : {"character.visibility", "character.editability"})
            decide(method, nullptr);
    });
    sz::ui::add_small_button(*buttons, this, _("Close"), [this] { on_close(); });
    column->Add(buttons, below);
    notice_ = new sz::ui::Notice(this);
    notice_->on_resize = again;
    column->Add(notice_, below);
    SetSizer(column);

    seen_->on_choose = [this](const Json& to) { decide("character.visibility", to); };
    changed_->on_choose = [this](const Json& to) { decide("character.editability", to); };
    place_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { show_place(); });
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_ESCAPE) return on_close();
        event.Skip();
    });
}

std::vector<AccessForm::Place> AccessForm::places_around(const Json& sheet,
                                                         const std::string& path) {
    std::vector<Place> places;
    for (const Json& section : list_of(sheet, "sections")) {
        const std::string id = text_of(section, "id");
        if (path != id && !path.starts_with(id + ".")) continue;
        places.push_back({id, wxString::Format(_("The section %s"), name_of(section))});
        for (const Json& group : list_of(section, "groups")) {
            const std::string inner = id + "." + text_of(group, "id");
            if (!path.starts_with(inner + ".")) continue;
            places.push_back({inner, wxString::Format(_("The group %s"), name_of(group))});
            for (const Json& field : list_of(group, "fields"))
                if (text_of(field, "path") == path)
                    places.push_back({path, wxString::Format(_("The field %s"), name_of(field))});
        }
    }
    places.insert(places.begin(), {{}, _("The whole sheet")});
    return {places.rbegin(), places.rend()};
}

void AccessForm::begin(const Json& sheet, const std::string& path) {
    places_ = places_around(sheet, path);
    place_->Clear();
    for (const Place& place : places_) place_->Append(place.name);
    sz::ui::fit_choice(*place_);
    place_->SetSelection(0);
    show_sheet(sheet);
    place_->SetFocus();
}

void AccessForm::show_sheet(const Json& sheet) {
    decided_ = member_of(sheet, "decided");
    seen_->show_members();
    changed_->show_members();
    show_place();
}

const std::string& AccessForm::path() const {
    static const std::string whole;
    const int at = place_->GetSelection();
    return at < 0 ? whole : places_[static_cast<std::size_t>(at)].path;
}

void AccessForm::show_place() {
    const Json& seen = member_of(member_of(decided_, "visibility"), path().c_str());
    const Json& changed = member_of(member_of(decided_, "editability"), path().c_str());
    seen_->show_rule(seen);
    changed_->show_rule(changed);
    back_->Enable(!seen.is_null() || !changed.is_null());
    notice_->say(decided_words(services_, decided_, path()));
}

// The sheet is read again when it is done; what was refused goes back to what holds.
void AccessForm::decide(const char* method, const Json& to) {
    const char* key = method == std::string("character.visibility") ? "visibility" : "editability";
    if (to.is_null() && member_of(member_of(decided_, key), path().c_str()).is_null()) return;
    services_.bus.call(
        method, {{"id", services_.sheet}, {"path", path()}, {"to", to}}, [](const Json&) {},
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (!weak) return;
            show_place();
            notice_->warn(error.sentence());
        });
}

}  // namespace sheet
