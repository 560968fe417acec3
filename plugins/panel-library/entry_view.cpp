// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entry_view.hpp"

#include <wx/translation.h>
#include <wx/utils.h>
#include <sz/wx/forms.hpp>

namespace library {

using sz::ui::gap;
using sz::ui::text_of;

namespace {
constexpr int picture_box = 128;
constexpr std::size_t history_max = 100;
}  // namespace

EntryView::EntryView(wxWindow* parent, sz::ui::PanelBus& bus) : wxPanel(parent), bus_(bus) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    back_ = sz::ui::add_button(
        *line, this, _("&Back"), [this] { go(-1); }, wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    forward_ = sz::ui::add_button(*line, this, _("For&ward"), [this] { go(1); });
    column->Add(line, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    picture_ = new sz::ui::Picture(this, picture_box);
    column->Add(picture_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    text_ = new sz::ui::StyledText(this, _("Entry"), wxBORDER_THEME);
    column->Add(text_, wxSizerFlags(3).Expand());
    links_label_ = new wxStaticText(this, wxID_ANY, _("&Links in this entry"));
    column->Add(links_label_, wxSizerFlags().Border(wxTOP, FromDIP(gap)));
    links_ = new sz::ui::RowList(this, _("Links in this entry"),
                                 {{_("Leads to"), 26}, {_("Stands in"), 8}}, wxDV_NO_HEADER);
    links_->SetMinSize(FromDIP(wxSize(100, 90)));
    sz::ui::set_label_of(*links_label_, *links_);
    column->Add(links_, wxSizerFlags(1).Expand());
    SetSizer(column);
    links_->on_activate = [this](int row) { follow(static_cast<std::size_t>(row)); };
    text_->Bind(wxEVT_LEFT_UP, &EntryView::follow_click, this);
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (follow_key(event)) return;
        if (event.AltDown() && event.GetKeyCode() == WXK_LEFT) return go(-1);
        if (event.AltDown() && event.GetKeyCode() == WXK_RIGHT) return go(1);
        event.Skip();
    });
    show_links({});
    update_buttons();
}

void EntryView::show_words(const wxString& heading, const wxString& words) {
    ++generation_;
    current_ = {};
    picture_->Hide();
    text_->fill([&](sz::ui::StyledText& text) {
        text.write(heading + "\n\n", {.heading = 2});
        text.write(words);
    });
    show_links({});
    Layout();
}

void EntryView::show_entry(const EntryKey& key, bool remember) {
    if (key.empty() || key == current_) return;
    if (remember && !current_.empty()) {
        behind_.push_back(current_);
        if (behind_.size() > history_max) behind_.erase(behind_.begin());
        ahead_.clear();
    }
    load(key);
}

void EntryView::go(int step) {
    auto& from = step < 0 ? behind_ : ahead_;
    auto& onto = step < 0 ? ahead_ : behind_;
    if (from.empty()) return;
    const EntryKey key = from.back();
    from.pop_back();
    if (!current_.empty()) onto.push_back(current_);
    load(key);
}

void EntryView::show_again() {
    if (!current_.empty()) load(EntryKey(current_));
}

void EntryView::load(const EntryKey& key) {
    current_ = key;
    ++generation_;
    update_buttons();
    bus_.call(
        "library.entry",
        {{"pack", key.pack_reference()}, {"dataset", key.dataset}, {"entry", key.entry}},
        [this, generation = generation_](const Json& answer) {
            if (generation == generation_) show_answer(answer);
        },
        [this, generation = generation_](const sz::ui::BusError& error) {
            if (generation == generation_) show_error(error);
        });
}

void EntryView::show_error(const sz::ui::BusError& error) {
    picture_->Hide();
    text_->fill([&](sz::ui::StyledText& text) {
        text.write(_("This entry cannot be shown") + "\n\n", {.heading = 2});
        text.write(error.sentence());
    });
    show_links({});
    Layout();
}

void EntryView::show_answer(const Json& answer) {
    show_links(write_entry(*text_, answer));
    const wxString name = sz::ui::label_of(answer, "name");
    const std::string icon = text_of(answer, "icon");
    if (icon.empty()) {
        picture_->show_file({}, name);
        return Layout(), void();
    }
    const auto shown = [this, name, generation = generation_](const wxString& file) {
        if (generation != generation_) return;
        picture_->show_file(file, wxString::Format(_("Picture of %s"), name));
        Layout();
    };
    bus_.call(
        "library.image", {{"pack", current_.pack_reference()}, {"path", icon}},
        [shown](const Json& image) { shown(sz::ui::label_of(image, "file")); },
        [shown](const sz::ui::BusError&) {
            shown({});
        });  // a missing picture was a warning at import
}

void EntryView::show_links(EntryLinks found) {
    targets_ = std::move(found.links);
    places_ = std::move(found.places);
    std::vector<sz::ui::RowList::Row> rows;
    for (const EntryLink& link : targets_)
        rows.push_back(
            {sz::ui::from_utf8(link.url.empty() ? text_of(link.link, "entryId") : link.url),
             link.label});
    links_->set_rows(rows);
    links_label_->Show(!targets_.empty());
    links_->Show(!targets_.empty());
    Layout();
    for (std::size_t i = 0; i < targets_.size(); ++i) {
        if (!targets_[i].url.empty()) continue;
        bus_.call(
            "library.resolve", question(targets_[i]),
            [this, i, rows, generation = generation_](const Json& found_entry) {
                if (generation == generation_)
                    links_->set_cell(static_cast<int>(i), 0, sz::ui::label_of(found_entry, "name"));
            },
            [this, i, generation = generation_](const sz::ui::BusError&) {
                const auto row = static_cast<int>(i);
                if (generation == generation_)
                    links_->set_cell(row, 0, links_->row(row)[0] + " " + _("(not installed)"));
            });
    }
}

Json EntryView::question(const EntryLink& link) const {
    Json question{{"link", link.link}};
    if (!link.from.empty()) question["from"] = link.from;
    return question;
}

void EntryView::follow(std::size_t index) {
    if (index >= targets_.size()) return;
    const EntryLink& link = targets_[index];
    if (!link.url.empty()) return wxLaunchDefaultBrowser(sz::ui::from_utf8(link.url)), void();
    bus_.call(
        "library.resolve", question(link),
        [this](const Json& found) {
            show_entry(EntryKey::from(found), true);
            text_->SetFocus();
        },
        [this](const sz::ui::BusError& error) {
            behind_.push_back(current_);
            current_ = {};
            update_buttons();
            show_error(error);
        });
}

void EntryView::follow_at(long position) {
    for (const LinkPlace& place : places_)
        if (place.from <= position && position < place.to) return follow(place.link);
}

// A click, not the end of a selection.
void EntryView::follow_click(wxMouseEvent& event) {
    event.Skip();
    long begin = 0, end = 0, position = 0;
    text_->GetSelection(&begin, &end);
    if (begin == end && text_->HitTest(event.GetPosition(), &position) == wxTE_HT_ON_TEXT)
        CallAfter([this, position] { follow_at(position); });
}

// Enter, where the caret stands in a link.
bool EntryView::follow_key(const wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if ((key != WXK_RETURN && key != WXK_NUMPAD_ENTER) || event.HasAnyModifiers()) return false;
    if (wxWindow::FindFocus() != text_) return false;
    follow_at(text_->GetInsertionPoint());
    return true;
}

void EntryView::update_buttons() {
    back_->Enable(!behind_.empty());
    forward_->Enable(!ahead_.empty());
}

}  // namespace library
