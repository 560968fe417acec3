// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sheet_view.hpp"

#include <wx/notebook.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>

#include "access_form.hpp"
#include "access_words.hpp"
#include "history_page.hpp"
#include "section_page.hpp"
#include "see_as.hpp"
#include "sheet_header.hpp"
#include "snapshots_page.hpp"

namespace sheet {

using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {

// Everything of a sheet but its values.
std::string shape_of(const Json& answer) {
    Json shape = list_of(answer, "sections");
    for (Json& section : shape)
        for (Json& group : section["groups"])
            for (Json& field : group["fields"])
                for (const char* key : {"value", "text", "visible_to", "computed", "problem"})
                    field.erase(key);
    return text_of(answer, "id") + sz::ui::dump(shape);
}

// "Wanderer (Window Test 1.0.0)"
wxString template_words(const Json& made_from) {
    const std::string name = text_of(made_from, "name"), pack = text_of(made_from, "pack");
    return sz::ui::from_utf8((name.empty() ? text_of(made_from, "templateId") : name) + " (" +
                             (pack.empty() ? text_of(made_from, "datapackId") : pack) + " " +
                             text_of(made_from, "version") + ")");
}

}  // namespace

SheetView::SheetView(wxWindow* parent, EditorServices& services)
    : wxPanel(parent), services_(services) {
    build();
    header_->on_lost = [this](const wxString& words) { on_lost(words); };
    header_->on_undo = [this] { undo(); };
    header_->on_redo = [this] { redo(); };
    header_->on_resize = [this] { Layout(); };
    header_->on_removed = [this](const wxString& words) { on_news(words); };
    see_as_->on_choose = [this](const std::string& client_id) { see_as(client_id); };
    see_as_->on_resize = [this] { Layout(); };
    access_->on_close = [this] { close_access(); };
    access_->on_resize = [this] { Layout(); };
    services_.resized = [this] { lay_out(); };
    Bind(wxEVT_CHAR_HOOK, &SheetView::on_key, this);
    pages_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
        event.Skip();
        if (event.GetEventObject() == pages_) CallAfter(&SheetView::reload_history);
    });
}

void SheetView::build() {
    auto* column = new wxBoxSizer(wxVERTICAL);
    header_ = new SheetHeader(this, services_.bus);
    column->Add(header_, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap)));
    const auto below = wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap));
    see_as_ = new SeeAs(this, services_);
    column->Add(see_as_, below);
    access_ = new AccessForm(this, services_);
    access_->Hide();
    column->Add(access_, below);
    pages_ = new wxNotebook(this, wxID_ANY);
    sz::ui::set_accessible_name(*pages_, _("Sections of the sheet"));
    column->Add(pages_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap)));
    SetSizer(column);
}

// These keys go from section to section from everywhere in the sheet; otherwise whatever notebook
// is nearest around the keyboard takes them, which above the sections is that of the window.
void SheetView::on_key(wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if (!event.ControlDown() || (key != WXK_PAGEUP && key != WXK_PAGEDOWN)) return event.Skip();
    const bool inside = pages_->IsDescendant(wxWindow::FindFocus());
    const int count = static_cast<int>(pages_->GetPageCount());
    if (count == 0) return;
    const int to = (page() + (key == WXK_PAGEDOWN ? 1 : count - 1)) % count;
    const bool on_tabs = pages_->HasFocus();
    sz::ui::select_page_quietly(*pages_, to);
    if (inside) on_tabs ? pages_->SetFocus() : focus_first();
    reload_history();
}

void SheetView::reload_history() {
    if (history_ == nullptr) return;
    history_->reload();
    snapshots_->reload();
}

wxWindow* SheetView::pages() { return pages_; }
int SheetView::page() const { return pages_->GetSelection(); }

void SheetView::choose_page(int page) {
    page_when_shown_ = page;
    sz::ui::select_page_quietly(*pages_, page);
}

// What was typed is sent. What stands against somebody else's change is not: nobody has decided.
void SheetView::leave() {
    for (SectionPage* section : sections_)
        for (const auto& field : section->rows())
            if (field->is_undecided()) on_lost(field->undecided_words());
    commit();
    waiting_.clear();
    ++generation_;
    loading_ = false;
}

void SheetView::show_sheet(const std::string& id, bool focus) {
    focus_when_shown_ = focus;
    if (id == id_ && loading_) return;
    if (id == id_ && shape_.starts_with(id)) {
        if (std::exchange(focus_when_shown_, false)) focus_first();
        return;
    }
    leave();
    close_access();
    services_.as.clear();
    services_.read_only = false;
    id_ = id;
    load();
}

void SheetView::load() {
    if (id_.empty()) return;
    stale_ = loading_;
    if (loading_) return;  // asked again when the answer is here
    loading_ = true;
    Json params{{"id", id_}};
    if (!services_.as.empty()) params["as"] = services_.as;
    services_.bus.call(
        "character.show", params,
        [this, generation = generation_](const Json& answer) {
            if (generation != generation_) return;
            loading_ = false;
            show_answer(answer);
            if (stale_) load();
        },
        [this, generation = generation_](const sz::ui::BusError& error) {
            if (generation != generation_) return;
            loading_ = false;
            show_error(error);
        });
}

void SheetView::show_error(const sz::ui::BusError& error) {
    if (error.status == SZ_ERR_NOT_FOUND && !services_.as.empty()) {
        rebuild(Json::object());
        shape_.clear();
        return see_as_->show_chosen(false);
    }
    if (error.status == SZ_ERR_NOT_FOUND && on_gone) {
        id_.clear();
        return on_gone();
    }
    header_->warn(error.sentence());
}

void SheetView::show_answer(const Json& answer) {
    campaign_ = text_of(answer, "campaign").empty() ? id_ : text_of(answer, "campaign");
    revision_ = number_of(answer, "revision");
    const bool is_campaign = campaign_ == id_;
    const wxString about =
        wxString::Format(is_campaign ? _("Campaign, made from %s") : _("Character, made from %s"),
                         template_words(sz::ui::object_of(answer, "template")));
    sheet_ = answer;
    header_->show_sheet(id_, is_campaign, label_of(answer, "name"), about);
    if (const std::string shape = shape_of(answer); shape != shape_) {
        shape_ = shape;
        rebuild(answer);
    }
    update(answer);
    show_decided();
    see_as_->show_chosen(true);
    ask_members();
    if (history_ != nullptr) {
        history_->show_campaign(campaign_);
        snapshots_->show_campaign(campaign_);
        reload_history();
    }
    if (std::exchange(focus_when_shown_, false)) focus_first();
}

void SheetView::rebuild(const Json& answer) {
    const int before = page_when_shown_ >= 0 ? page_when_shown_ : page();
    page_when_shown_ = -1;
    const Json& made_from = sz::ui::object_of(answer, "template");
    header_->set_read_only(services_.read_only);
    services_.sheet = id_;
    services_.campaign = campaign_;
    services_.pack = text_of(made_from, "datapackId") + "@" + text_of(made_from, "version");
    const sz::ui::KeepFocus keep;
    // Nothing is frozen here: multi-line text controls made in a frozen window crash on GTK.
    // The pages are forgotten before they go: while they do, the notebook tells that others are
    // chosen, and fields tell that the keyboard has left them.
    history_ = nullptr;
    snapshots_ = nullptr;
    sections_.clear();
    pages_->DeleteAllPages();
    for (const Json& section : list_of(answer, "sections")) {
        auto* made = new SectionPage(pages_, services_, section);
        for (const auto& field : made->rows()) {
            field->editor().on_edit = [this, path = field->path()](const Edit& edit) {
                queue(path, edit);
            };
            if (services_.read_only) field->editor().make_read_only();
        }
        pages_->AddPage(made, wxControl::EscapeMnemonics(name_of(section)));
        sections_.push_back(made);
    }
    if (services_.as.empty()) add_history();
    sz::ui::select_page_quietly(*pages_, before);
    Layout();
}

void SheetView::add_history() {
    history_ = new HistoryPage(pages_, services_.bus);
    pages_->AddPage(history_, _("History"));
    snapshots_ = new SnapshotsPage(pages_, services_.bus);
    pages_->AddPage(snapshots_, _("Snapshots"));
}

void SheetView::update(const Json& answer) {
    for (const Json& section : list_of(answer, "sections"))
        for (const Json& group : list_of(section, "groups"))
            for (const Json& field : list_of(group, "fields"))
                if (FieldRow* found = row(text_of(field, "path"))) found->show(field, revision_);
}

void SheetView::lay_out() {
    for (SectionPage* section : sections_) section->lay_out();
}

FieldRow* SheetView::row(const std::string& path) {
    for (SectionPage* section : sections_)
        for (const auto& field : section->rows())
            if (field->path() == path) return field.get();
    return nullptr;
}

FieldRow* SheetView::focused_row() {
    wxWindow* focused = wxWindow::FindFocus();
    for (SectionPage* section : sections_)
        for (const auto& field : section->rows())
            if (focused != nullptr && field->editor().IsDescendant(focused)) return field.get();
    return nullptr;
}

// ---- edits ----

void SheetView::queue(const std::string& path, const Edit& edit) {
    const FieldRow* field = row(path);
    waiting_.push_back({++last_number_, path, edit, field == nullptr ? revision_ : field->base()});
    settle_waiting(path);
    send_next();
}

void SheetView::settle_waiting(const std::string& path) {
    const auto same = std::count_if(waiting_.begin(), waiting_.end(),
                                    [&](const Waiting& one) { return one.path == path; });
    if (FieldRow* field = row(path)) field->set_waiting(static_cast<int>(same));
}

void SheetView::send_next() {
    if (!waiting_.empty() && !waiting_.front().is_sent) send(waiting_.front());
}

void SheetView::send(Waiting& edit) {
    edit.is_sent = true;
    // False when nobody sees the field any more.
    const auto answered = [this, generation = generation_, number = edit.number,
                           path = edit.path](auto tell) {
        if (generation != generation_) return false;
        std::erase_if(waiting_, [&](const Waiting& one) { return one.number == number; });
        settle_waiting(path);
        FieldRow* it = row(path);
        if (it != nullptr) tell(*it);
        send_next();
        return it != nullptr;
    };
    const bool is_typed = edit.edit.op == typed_op;
    Json params{{"id", id_}, {"path", edit.path}, {"base", edit.base}};
    params.update(is_typed ? Json{{"text", edit.edit.args[0]}}
                           : Json{{"op", edit.edit.op}, {"args", edit.edit.args}});
    services_.bus.call(
        is_typed ? "character.type" : "character.do", params,
        [this, answered](const Json& answer) {
            answered([&](FieldRow& it) {
                revision_ = number_of(answer, "revision", revision_);
                it.accepted(sz::ui::member_of(answer, "value"), revision_);
            });
        },
        [this, answered, sent = edit.edit](const sz::ui::BusError& error) {
            if (!answered([&](FieldRow& it) { it.refused(sent, error); }))
                return on_lost(error.sentence());
            if (error.is_conflict()) load();
        });
}

void SheetView::on_campaign_changed(const Json& message) {
    if (text_of(message, "campaign") != campaign_ || id_.empty()) return;
    const Json& instances = list_of(message, "instances");
    const auto is_of = [&instances](const std::string& id) {
        return std::find(instances.begin(), instances.end(), Json(id)) != instances.end();
    };
    if (instances.empty() || is_of(id_) || text_of(message, "kind") == "removed")
        load();
    else if (is_of(campaign_))
        ask_members();  // who plays is an event of the campaign's own sheet
    reload_history();
}

void SheetView::commit() {
    header_->commit();
    for (SectionPage* section : sections_)
        for (const auto& field : section->rows())
            if (field->editor().is_dirty() && !field->is_undecided()) field->editor().commit();
    // The window may be about to close: nothing waits for the answer to what was sent before.
    for (Waiting& edit : waiting_)
        if (!edit.is_sent) send(edit);
}

void SheetView::undo() {
    if (FieldRow* field = focused_row(); field != nullptr && field->editor().is_dirty())
        return field->editor().revert();
    go_in_history("campaign.undo");
}

void SheetView::redo() { go_in_history("campaign.redo"); }

void SheetView::go_in_history(const char* method) {
    if (campaign_.empty() || services_.read_only) return;
    services_.bus.call(
        method, {{"id", campaign_}}, [this](const Json&) { header_->warn({}); },
        [this](const sz::ui::BusError& error) { header_->warn(error.sentence()); });
}

void SheetView::focus_first() {
    const int at = page();
    if (at >= 0 && at < static_cast<int>(sections_.size()))
        sections_[static_cast<std::size_t>(at)]->focus_first();
    else if (history_ != nullptr && at == static_cast<int>(sections_.size()))
        history_->list()->SetFocus();
    else if (snapshots_ != nullptr && at >= 0)
        snapshots_->focus_first();
    else
        pages_->SetFocus();
}

}  // namespace sheet
