// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/random_table_editor.hpp"

#include <wx/translation.h>
#include <wx/weakref.h>
#include <sz/wx/forms.hpp>

#include <utility>

#include "editors/group_editor.hpp"

namespace sheet {

using sz::ui::list_of;
using sz::ui::member_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {

Json field(const char* id, const wxString& name, const char* type) {
    return {{"id", id}, {"name", sz::ui::to_utf8(name)}, {"type", type}};
}

// "3", or "3 to 5".
wxString range_words(const Json& row) {
    const auto from = static_cast<long long>(number_of(row, "from"));
    const auto to = static_cast<long long>(number_of(row, "to", from));
    return from == to ? wxString::Format("%lld", from)
                      : wxString::Format(_("%lld to %lld"), from, to);
}

// What the result means: its words, and the entry that it leads to.
wxString result_words(const Json& row, const wxString& entry) {
    const wxString text = sz::ui::label_of(row, "text");
    if (entry.empty()) return text;
    return text.empty() ? entry : text + " (" + entry + ")";
}

}  // namespace

RandomTableEditor::RandomTableEditor(wxWindow* parent, EditorServices& services,
                                     const Json& definition, int depth)
    : Editor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    dice_ = new FieldGrid(this, services, Json::array({field("dice", _("Dice"), "Dice")}), depth);
    column->Add(dice_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(3)));
    list_ = new sz::ui::RowList(this, name_of(definition), {{_("Result"), 10}, {_("Meaning"), 30}});
    list_->SetMinSize(FromDIP(wxSize(200, 150)));
    column->Add(list_, wxSizerFlags(1).Expand());
    build_buttons(*column);
    form_ = new FieldGrid(
        this, services,
        Json::array({field("from", _("From"), "Number"), field("to", _("To"), "Number"),
                     field("text", _("Meaning"), "Text")}),
        depth);
    form_->Hide();
    column->Add(form_, wxSizerFlags().Expand().Border(wxLEFT, FromDIP(sz::ui::margin)));
    SetSizer(column);

    list_->on_select = [this](int) { choose_row(); };
    list_->on_activate = [this](int) { form_->first_control()->SetFocus(); };
    list_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        if (event.GetKeyCode() == WXK_DELETE) return remove();
        if (event.GetKeyCode() == WXK_INSERT) return add();
        event.Skip();
    });
    for (FieldGrid* grid : {dice_, form_}) grid->on_mended = [this] { say({}); };
    dice_->on_edit = [this](const std::string&, const Edit& edit) {
        const Json table{{"dice", edit.whole}, {"rows", rows()}};
        send("set", Json::array({table}), table);
    };
    form_->on_edit = [this](const std::string& part, const Edit& edit) {
        change(part, edit.whole);
    };
    enable_buttons();
}

void RandomTableEditor::build_buttons(wxSizer& column) {
    auto* line = new sz::ui::FlowSizer(this, FromDIP(3), [this] { resized(); });
    add_ = sz::ui::add_small_button(*line, this, _("Add row"), [this] { add(); });
    remove_ = sz::ui::add_small_button(*line, this, _("Remove"), [this] { remove(); });
    column.Add(line, wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM, FromDIP(3)));
}

void RandomTableEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    dice_->set_names(name);
    form_->set_names(name);
    for (wxButton* button : {add_, remove_})
        sz::ui::set_accessible_name(*button, name + ": " + button->GetLabelText());
}

const Json& RandomTableEditor::rows() const { return list_of(value_, "rows"); }

std::string RandomTableEditor::row_id(int row) const {
    if (row < 0 || row >= static_cast<int>(rows().size())) return {};
    return text_of(rows()[static_cast<std::size_t>(row)], "id");
}

void RandomTableEditor::show_value(const Json& value) {
    const std::string chosen = row_id(list_->selected());
    const int chosen_row = list_->selected();
    value_ = value;
    dice_->show_values({{"dice", member_of(value, "dice")}});
    std::vector<sz::ui::RowList::Row> shown;
    int select = -1;
    bool is_new = false;
    for (const Json& row : rows()) {
        const int at = static_cast<int>(shown.size());
        if (!is_new && !chosen.empty() && text_of(row, "id") == chosen) select = at;
        if (added_ && number_of(row, "from") == *added_) select = at, is_new = true;
        const std::string entry = text_of(member_of(row, "link"), "entryId");
        shown.push_back({range_words(row), result_words(row, sz::ui::from_utf8(entry))});
    }
    // Where a row was taken out, the one that follows is next.
    if (select < 0 && chosen_row >= 0 && !shown.empty())
        select = std::min(chosen_row, static_cast<int>(shown.size()) - 1);
    list_->set_rows(std::move(shown), select);
    choose_row();
    resolve_links();
    if (is_new) {
        added_.reset();
        form_->first_control()->SetFocus();
    }
}

void RandomTableEditor::resolve_links() {
    const wxWeakRef<wxWindow> weak(this);
    for (int at = 0; at < list_->count(); ++at) {
        const Json& row = rows()[static_cast<std::size_t>(at)];
        if (!member_of(row, "link").is_object()) continue;
        services().bus.call(
            "library.resolve", {{"link", row["link"]}},
            [this, weak, at, row](const Json& found) {
                if (!weak || row_id(at) != text_of(row, "id")) return;
                list_->set_cell(at, 1, result_words(row, sz::ui::label_of(found, "name")));
            },
            [this, weak, at, row](const sz::ui::BusError&) {
                if (!weak || row_id(at) != text_of(row, "id")) return;
                list_->set_cell(at, 1, list_->row(at)[1] + " " + _("(not installed)"));
            });
    }
}

void RandomTableEditor::choose_row() {
    enable_buttons();
    const int row = list_->selected();
    const bool appears = form_->IsShown() != (row >= 0);
    form_->Show(row >= 0);
    if (form_row_ != row_id(row)) {  // what was typed for another row, and refused, is not for this
        form_row_ = row_id(row);
        form_->revert();
        form_->settle();
    }
    if (row >= 0) form_->show_values(rows()[static_cast<std::size_t>(row)]);
    if (appears) resized();
}

void RandomTableEditor::enable_buttons() {
    add_->Enable(!services().read_only);
    remove_->Enable(!services().read_only && list_->selected() >= 0);
}

// The first result that has no row yet; rows stand in order.
void RandomTableEditor::add() {
    std::int64_t from = 1;
    for (const Json& row : rows()) {
        if (number_of(row, "from") > from) break;
        from = std::max(from, number_of(row, "to") + 1);
    }
    added_ = from;
    send("insert", Json::array({Json{{"from", from}, {"to", from}, {"text", ""}}}), nullptr);
}

void RandomTableEditor::remove() {
    if (const std::string id = row_id(list_->selected()); !id.empty())
        send("remove", Json::array({id}), nullptr);
}

// Where one end of the range is put past the other, the other goes with it.
void RandomTableEditor::change(const std::string& part, const Json& value) {
    const int at = list_->selected();
    if (row_id(at).empty()) return;
    Json row = rows()[static_cast<std::size_t>(at)];
    row[part] = value;
    if (value.is_number() && number_of(row, "to") < number_of(row, "from"))
        row[part == "from" ? "to" : "from"] = value;
    sent_part_ = part;
    send("replace", Json::array({row}), nullptr);
}

void RandomTableEditor::refused() {
    added_.reset();
    dice_->refused();
    form_->refused();
}

bool RandomTableEditor::explain(const Edit& edit, const wxString& words) {
    if (edit.op == "set") return dice_->explain("dice", {"set", Json::array(), {}}, words);
    const bool is_shown = edit.op == "replace" && edit.args.size() == 1 &&
                          text_of(edit.args[0], "id") == form_row_ && form_->IsShown();
    return is_shown && form_->explain(sent_part_, {"set", Json::array(), {}}, words);
}

void RandomTableEditor::settle() {
    dice_->settle();
    form_->settle();
}
bool RandomTableEditor::is_dirty() const {
    return dice_->is_dirty() || (form_->IsShown() && form_->is_dirty());
}
void RandomTableEditor::commit() {
    dice_->commit();
    form_->commit();
}
void RandomTableEditor::revert() {
    dice_->revert();
    form_->revert();
}

}  // namespace sheet
