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
    : RowsEditor(parent, services, definition) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    dice_ = new FieldGrid(this, services, Json::array({field("dice", _("Dice"), "Dice")}), depth);
    column->Add(dice_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(3)));
    add_list(*column, {{_("Result"), 10}, {_("Meaning"), 30}});
    add_buttons(*column);
    add_form(*column,
             Json::array({field("from", _("From"), "Number"), field("to", _("To"), "Number"),
                          field("text", _("Meaning"), "Text")}),
             depth);
    SetSizer(column);

    dice_->on_mended = [this] { say({}); };
    dice_->on_edit = [this](const std::string&, const Edit& edit) { change_dice(edit.whole); };
    form().on_edit = [this](const std::string& part, const Edit& edit) { change(part, edit); };
    enable_buttons();
}

void RandomTableEditor::set_names(const wxString& name, const wxString& help) {
    RowsEditor::set_names(name, help);
    dice_->set_names(name);
}

const Json& RandomTableEditor::rows() const { return list_of(value_, "rows"); }

const Json& RandomTableEditor::parts_of(int row) const {
    const auto sent = sent_.find(row_id(row));
    return sent != sent_.end() ? sent->second : rows()[static_cast<std::size_t>(row)];
}

void RandomTableEditor::show_value(const Json& value) {
    if (unanswered_ > 0) --unanswered_;
    if (unanswered_ == 0) sent_.clear();
    value_ = value;
    dice_->show_values({{"dice", member_of(value, "dice")}});
    std::vector<sz::ui::RowList::Row> shown;
    int added = -1;
    for (const Json& row : rows()) {
        if (added_ && number_of(row, "from") == *added_) added = static_cast<int>(shown.size());
        const std::string entry = text_of(member_of(row, "link"), "entryId");
        shown.push_back({range_words(row), result_words(row, sz::ui::from_utf8(entry))});
    }
    if (added >= 0) added_.reset();
    show_rows(std::move(shown), added);
    resolve_links();
}

// An answer is of a row: others may stand in its place when it comes.
void RandomTableEditor::resolve_links() {
    for (int at = 0; at < list().count(); ++at) {
        const Json& row = rows()[static_cast<std::size_t>(at)];
        if (!member_of(row, "link").is_object()) continue;
        const auto say_meaning = [this, weak = wxWeakRef<wxWindow>(this), at,
                                  row](const wxString& words) {
            const auto index = static_cast<std::size_t>(at);
            if (weak && index < rows().size() && rows()[index] == row)
                list().set_cell(at, 1, words);
        };
        services().bus.call(
            "library.resolve", {{"link", row["link"]}},
            [say_meaning, row](const Json& found) {
                say_meaning(result_words(row, sz::ui::label_of(found, "name")));
            },
            [say_meaning, words = list().row(at)[1]](const sz::ui::BusError&) {
                say_meaning(words + " " + _("(not installed)"));
            });
    }
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

// Where one end of the range is put past the other, the other goes with it.
void RandomTableEditor::change(const std::string& part, const Edit& edit) {
    const std::string id = chosen_id();
    if (id.empty()) return;
    Json row = parts_of(list().selected());
    const bool is_step = edit.op == "add";
    const Json value = is_step
                           ? Json(number_of(row, part.c_str()) + edit.args[0].get<std::int64_t>())
                           : edit.whole;
    row[part] = value;
    if (value.is_number() && number_of(row, "to") < number_of(row, "from"))
        row[part == "from" ? "to" : "from"] = value;
    sent_part_ = part;
    sent_[id] = row;
    ++unanswered_;
    send("replace", Json::array({row}), nullptr);
}

void RandomTableEditor::change_dice(const Json& dice) {
    Json table{{"dice", dice}, {"rows", rows()}};
    for (Json& row : table["rows"])
        if (const auto sent = sent_.find(text_of(row, "id")); sent != sent_.end())
            row = sent->second;
    ++unanswered_;
    send("set", Json::array({table}), table);
}

void RandomTableEditor::refused() {
    unanswered_ = std::max(0, unanswered_ - 1);
    sent_.clear();
    added_.reset();
    dice_->refused();
    form().refused();
}

bool RandomTableEditor::explain(const Edit& edit, const wxString& words) {
    const Edit of_part{"set", Json::array(), {}};
    if (edit.op == "set") return dice_->explain("dice", of_part, words);
    const bool is_shown =
        edit.op == "replace" && edit.args.size() == 1 && is_in_form(member_of(edit.args[0], "id"));
    return is_shown && form().explain(sent_part_, of_part, words);
}

void RandomTableEditor::settle() {
    dice_->settle();
    RowsEditor::settle();
}
bool RandomTableEditor::is_dirty() const { return dice_->is_dirty() || RowsEditor::is_dirty(); }
void RandomTableEditor::commit() {
    dice_->commit();
    RowsEditor::commit();
}
void RandomTableEditor::revert() {
    dice_->revert();
    RowsEditor::revert();
}

}  // namespace sheet
