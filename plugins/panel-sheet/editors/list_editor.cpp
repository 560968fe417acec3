// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/list_editor.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include "editors/link_picker.hpp"

namespace sheet {

using sz::ui::gap;
using sz::ui::object_of;
using sz::ui::text_of;

namespace {

bool is_link_list(const Json& definition) {
    return definition.contains("datasetLink") ||
           text_of(object_of(definition, "itemType"), "type") == "DatasetLink";
}

// What the list itself knows of an item's field.
Json item_definition(const Json& definition) {
    Json item = object_of(definition, "itemType");
    if (!item.contains("type")) item["type"] = "Text";
    if (!item.contains("name")) item["name"] = sz::ui::to_utf8(_("Item"));
    return item;
}

}  // namespace

ListEditor::ListEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : Editor(parent, services, definition),
      links_(is_link_list(definition)),
      item_definition_(item_definition(definition)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    list_ = new sz::ui::RowList(this, name_of(definition), {{_("Item"), 30}}, wxDV_NO_HEADER);
    list_->SetMinSize(FromDIP(wxSize(160, 112)));
    column->Add(list_, wxSizerFlags(1).Expand());
    build_item_editor(*column);
    build_buttons(*column);
    SetSizer(column);
    list_->on_select = [this](int) { choose_row(); };
    list_->on_activate = [this](int) { links_ ? open() : item_->first_control()->SetFocus(); };
    list_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_DELETE) return remove();
        if (event.AltDown() && event.GetKeyCode() == WXK_UP) return move(-1);
        if (event.AltDown() && event.GetKeyCode() == WXK_DOWN) return move(1);
        event.Skip();
    });
    enable_buttons();
}

void ListEditor::build_item_editor(wxSizer& column) {
    if (links_) {
        const Json& own = object_of(definition(), "datasetLink");
        picker_ = new LinkPicker(this, services(),
                                 own.empty() ? object_of(item_definition_, "datasetLink") : own);
        picker_->Hide();
        picker_->on_close = [this] { show_picker(false); };
        picker_->on_pick = [this](const Json& link) {
            send("insert", Json::array({link}), nullptr);
            picker_->begin();
        };
        column.Add(picker_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
        return;
    }
    item_ = make_editor(this, services(), item_definition_, 2);
    item_->become_part();
    item_->on_edit = [this](const Edit& edit) { change_item(edit.whole); };
    item_->on_problem = [this](const wxString& words) { say(words); };
    item_->show_value(nullptr);
    column.Add(item_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
}

void ListEditor::build_buttons(wxSizer& column) {
    auto* line = new sz::ui::FlowSizer(this, FromDIP(3), [this] { resized(); });
    if (links_) open_ = sz::ui::add_small_button(*line, this, _("Open"), [this] { open(); });
    add_ =
        sz::ui::add_small_button(*line, this, links_ ? _("Add...") : _("New"), [this] { add(); });
    remove_ = sz::ui::add_small_button(*line, this, _("Remove"), [this] { remove(); });
    up_ = sz::ui::add_small_button(*line, this, _("Up"), [this] { move(-1); });
    down_ = sz::ui::add_small_button(*line, this, _("Down"), [this] { move(1); });
    column.Add(line, wxSizerFlags().Expand().Border(wxTOP, FromDIP(3)));
}

void ListEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    if (item_ != nullptr)
        item_->set_names(wxString::Format(_("%s: the chosen or a new item"), name), help);
    if (picker_ != nullptr) picker_->set_names(name);
    for (wxButton* button : {open_, add_, remove_, up_, down_})
        if (button != nullptr)
            sz::ui::set_accessible_name(*button, name + ": " + button->GetLabelText());
}

void ListEditor::commit() {
    if (item_ != nullptr) item_->commit();
}

std::string ListEditor::item_id(int row) const {
    if (row < 0 || !value_.is_array() || row >= static_cast<int>(value_.size())) return {};
    return text_of(value_[static_cast<std::size_t>(row)], "id");
}

void ListEditor::show_value(const Json& value) {
    const std::string chosen = follow_.empty() ? item_id(list_->selected()) : follow_;
    const int chosen_row = list_->selected();
    follow_.clear();
    value_ = value.is_array() ? value : Json::array();
    std::vector<sz::ui::RowList::Row> rows;
    int select = -1;
    for (const Json& item : value_) {
        if (!chosen.empty() && text_of(item, "id") == chosen)
            select = static_cast<int>(rows.size());
        rows.push_back({cell_words(
            item.is_object() && item.contains("value") ? item["value"] : item, item_definition_)});
    }
    if (select < 0 && chosen_row >= 0 && !rows.empty())
        select = std::min(chosen_row, static_cast<int>(rows.size()) - 1);
    list_->set_rows(std::move(rows), select);
    choose_row();
    if (links_) resolve_names();
}

void ListEditor::resolve_names() {
    for (int row = 0; row < list_->count(); ++row) {
        const Json& item = value_[static_cast<std::size_t>(row)];
        if (!item.contains("value") || !item["value"].is_object()) continue;
        const auto say_name = [this, weak = wxWeakRef<wxWindow>(this), row,
                               item](const wxString& name) {
            const auto at = static_cast<std::size_t>(row);
            if (weak && at < value_.size() && value_[at] == item) list_->set_cell(row, 0, name);
        };
        services().bus.call(
            "library.resolve", {{"link", item["value"]}},
            [say_name](const Json& found) { say_name(sz::ui::label_of(found, "name")); },
            [say_name, words = list_->row(row)[0]](const sz::ui::BusError&) {
                say_name(words + " " + _("(not installed)"));
            });
    }
}

void ListEditor::choose_row() {
    enable_buttons();
    if (item_ == nullptr) return;
    const int row = list_->selected();
    item_->show_value(row < 0 ? Json(nullptr)
                              : sz::ui::member_of(value_[static_cast<std::size_t>(row)], "value"));
}

void ListEditor::enable_buttons() {
    const int row = list_->selected();
    const bool may = !services().read_only;
    if (open_ != nullptr) open_->Enable(row >= 0);
    remove_->Enable(may && row >= 0);
    up_->Enable(may && row > 0);
    down_->Enable(may && row >= 0 && row + 1 < list_->count());
    add_->Enable(may);
}

void ListEditor::add() {
    if (links_) return show_picker(!picker_->IsShown());
    list_->UnselectAll();
    choose_row();
    item_->first_control()->SetFocus();
}

void ListEditor::change_item(const Json& value) {
    const std::string id = item_id(list_->selected());
    if (!id.empty()) return send("set", Json::array({id, value}), nullptr);
    if (!value.is_null() && value != Json("")) send("insert", Json::array({value}), nullptr);
}

void ListEditor::remove() {
    const std::string id = item_id(list_->selected());
    if (!id.empty()) send("remove", Json::array({id}), nullptr);
}

void ListEditor::move(int step) {
    const int row = list_->selected(), to = row + step;
    if (row < 0 || to < 0 || to >= list_->count()) return;
    follow_ = item_id(row);
    send("move", Json::array({follow_, to}), nullptr);
}

void ListEditor::open() {
    const int row = list_->selected();
    if (row < 0) return;
    const Json link = sz::ui::member_of(value_[static_cast<std::size_t>(row)], "value");
    services().bus.call(
        "library.resolve", {{"link", link}},
        [open = services().open](const Json& found) {
            Json target = found;
            target["show"] = "entry";
            open(target);
        },
        [this, weak = wxWeakRef<wxWindow>(this)](const sz::ui::BusError& error) {
            if (weak) say(error.sentence());
        });
}

void ListEditor::show_picker(bool shown) {
    picker_->Show(shown);
    resized();
    shown ? picker_->begin() : add_->SetFocus();
}

}  // namespace sheet
