// SPDX-License-Identifier: AGPL-3.0-or-later
#include "packs_panel.hpp"

#include <wx/splitter.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

#include "pack_details.hpp"

namespace packs {

using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

PacksPanel::PacksPanel(wxWindow* parent, const sz_panel_host& host) : Panel(parent, host) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    form_ = new ImportForm(this, bus());
    column->Add(form_, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap)));
    split_ = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                  wxSP_LIVE_UPDATE | wxSP_NOBORDER);
    split_->SetMinimumPaneSize(FromDIP(160));
    wxPanel* left = make_list(split_);
    details_ = new sz::ui::StyledText(split_, _("The chosen pack"), wxBORDER_THEME);
    split_->SplitVertically(left, details_, FromDIP(430));
    column->Add(split_, wxSizerFlags(3).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    findings_ = new FindingsList(this);
    column->Add(findings_,
                wxSizerFlags(2).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    SetSizer(column);

    add_pane(form_->field());
    add_pane(list_);
    add_pane(details_);
    add_pane(findings_->list());
    form_->on_begin = [this] {
        findings_->clear();
        Layout();
    };
    form_->on_result = [this](const Json& result, bool imported) {
        if (imported && !list_of(result, "packs").empty()) {
            const Json& first = list_of(result, "packs").front();
            wanted_ = text_of(first, "id") + "@" + text_of(first, "version");
            reload();
        }
        findings_->show_result(result);
        Layout();
    };
    list_->on_select = [this](int row) { show_pack(row); };
    bus().on_unhandled = [this](const sz::ui::BusError& error) { form_->say(error.sentence()); };
    bus().subscribe("library.changed", [this](const Json&) { reload(); });
    reload();
}

wxPanel* PacksPanel::make_list(wxWindow* parent) {
    auto* box = new wxPanel(parent);
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* label = new wxStaticText(box, wxID_ANY, _("I&nstalled packs"));
    column->Add(label, wxSizerFlags().Border(wxBOTTOM, FromDIP(3)));
    list_ = new sz::ui::RowList(
        box, _("Installed packs"),
        {{_("Name"), 24}, {_("Version"), 9}, {_("Entries"), 8}, {_("Author"), 8}});
    sz::ui::set_label_of(*label, *list_);
    column->Add(list_, wxSizerFlags(1).Expand());
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    remove_ = sz::ui::add_button(*line, box, _("&Remove..."), [this] { ask_removal(); });
    column->Add(line, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    confirmation_ = make_confirmation(box);
    column->Add(confirmation_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    confirmation_->Hide();
    box->SetSizer(column);
    list_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_DELETE) return ask_removal();
        event.Skip();
    });
    return box;
}

// Asked in the panel, not in a box before it: the list stays readable, and nothing blocks.
wxPanel* PacksPanel::make_confirmation(wxWindow* parent) {
    auto* box = new wxPanel(parent);
    auto* column = new wxBoxSizer(wxVERTICAL);
    question_ = new sz::ui::Notice(box);
    column->Add(question_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    keep_ = sz::ui::add_button(
        *line, box, _("&Keep it"), [this] { end_removal(); },
        wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    sz::ui::add_button(*line, box, _("Remo&ve it"), [this] { remove(); });
    column->Add(line);
    box->SetSizer(column);
    return box;
}

void PacksPanel::reload() {
    bus().call("pack.list", Json::object(), [this](const Json& answer) { fill(answer); });
}

void PacksPanel::fill(const Json& answer) {
    const std::string before =
        wanted_.empty() ? reference(list_->selected()) : std::exchange(wanted_, {});
    packs_.clear();
    std::vector<sz::ui::RowList::Row> rows;
    int chosen = 0;
    for (const Json& pack : list_of(answer, "packs")) {
        packs_.push_back(pack);
        if (reference(static_cast<int>(packs_.size()) - 1) == before)
            chosen = static_cast<int>(packs_.size()) - 1;
        rows.push_back(
            {label_of(pack, "name"), label_of(pack, "version"),
             wxString::Format("%lld", static_cast<long long>(number_of(pack, "entries"))),
             label_of(pack, "author")});
    }
    list_->set_rows(std::move(rows));
    remove_->Enable(!packs_.empty());
    end_removal();
    if (packs_.empty())
        details_->fill([](sz::ui::StyledText& text) {
            text.write(_("No pack is installed. Import one above."));
        });
    else
        list_->select(chosen);
}

std::string PacksPanel::reference(int row) const {
    if (row < 0 || row >= static_cast<int>(packs_.size())) return {};
    const Json& pack = packs_[static_cast<std::size_t>(row)];
    return text_of(pack, "id") + "@" + text_of(pack, "version");
}

void PacksPanel::show_pack(int row) {
    ++generation_;
    if (confirmation_->IsShown()) end_removal();
    const Json pack = packs_[static_cast<std::size_t>(row)];
    write_pack(*details_, pack, nullptr);
    bus().call(
        "pack.show", {{"pack", reference(row)}},
        [this, pack, generation = generation_](const Json& more) {
            if (generation == generation_) write_pack(*details_, pack, more);
        },
        [](const sz::ui::BusError&) {});
}

void PacksPanel::ask_removal() {
    const int row = list_->selected();
    if (row < 0) return;
    const Json& pack = packs_[static_cast<std::size_t>(row)];
    confirmation_->Show();
    question_->say(
        wxString::Format(_("Remove %s %s? Campaigns that use it can then not follow its links."),
                         label_of(pack, "name"), label_of(pack, "version")));
    confirmation_->GetParent()->Layout();
    keep_->SetFocus();
}

void PacksPanel::end_removal() {
    if (!confirmation_->IsShown()) return;
    confirmation_->Hide();
    confirmation_->GetParent()->Layout();
    list_->SetFocus();
}

void PacksPanel::remove() {
    const std::string pack = reference(list_->selected());
    end_removal();
    bus().call("pack.remove", {{"pack", pack}}, [this](const Json& answer) {
        const Json& removed = sz::ui::object_of(answer, "removed");
        form_->say(wxString::Format(_("Removed %s %s."), label_of(removed, "id"),
                                    label_of(removed, "version")));
    });
}

bool PacksPanel::show_target(const Json& target) {
    if (text_of(target, "show") != "import") return false;
    form_->field()->SetFocus();
    std::vector<std::string> paths;
    for (const Json& path : list_of(target, "paths"))
        if (path.is_string()) paths.push_back(path.get<std::string>());
    if (paths.empty() && !text_of(target, "path").empty()) paths.push_back(text_of(target, "path"));
    if (paths.empty()) return true;
    if (!form_->is_busy()) form_->set_path(sz::ui::from_utf8(paths.front()));
    form_->import_paths(paths);
    return true;
}

Json PacksPanel::save_state() { return {{"list_width", split_->GetSashPosition()}}; }

void PacksPanel::restore_state(const Json& state) {
    if (const auto width = number_of(state, "list_width"); width > 0 && width < 4000)
        split_->SetSashPosition(static_cast<int>(width));
}

}  // namespace packs
