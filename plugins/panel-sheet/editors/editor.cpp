// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/editor.hpp"

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/translation.h>
#include <sz/wx/accessible.hpp>

#include <algorithm>
#include <utility>

#include "editors/choice_editors.hpp"
#include "editors/formula_editor.hpp"
#include "editors/group_editor.hpp"
#include "editors/image_editor.hpp"
#include "editors/instance_editor.hpp"
#include "editors/link_editor.hpp"
#include "editors/list_editor.hpp"
#include "editors/play_editors.hpp"
#include "editors/random_table_editor.hpp"
#include "editors/table_editor.hpp"
#include "editors/text_editor.hpp"
#include "editors/typed_editors.hpp"

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::list_of;
using sz::ui::text_of;

namespace {
constexpr int depth_max = 4;  // of editors in editors; a screen has no room for more

std::string hint_of(const EditorServices& services, const Json& definition) {
    const auto found = services.hints.find(text_of(definition, "type"));
    return found == services.hints.end() ? std::string() : found->second;
}

}  // namespace

Editor::Editor(wxWindow* parent, EditorServices& services, Json definition)
    : wxPanel(parent), services_(services), definition_(std::move(definition)) {}

void Editor::set_names(const wxString& name, const wxString& help) {
    sz::ui::set_accessible_name(*first_control(), name);
    if (help.empty()) return;
    sz::ui::set_accessible_description(*first_control(), help);
    first_control()->SetToolTip(help);
}

namespace {
void make_all_read_only(wxWindow& window) {
    for (wxWindow* child : window.GetChildren()) {
        if (auto* text = dynamic_cast<wxTextCtrl*>(child))
            text->SetEditable(false);
        else if (dynamic_cast<wxButton*>(child) != nullptr ||
                 dynamic_cast<wxChoice*>(child) != nullptr ||
                 dynamic_cast<wxCheckBox*>(child) != nullptr)
            child->Disable();
        else
            make_all_read_only(*child);
    }
}
}  // namespace

void Editor::make_read_only() { make_all_read_only(*this); }

void Editor::send(std::string op, Json args, Json whole) {
    if (on_edit && !services_.read_only)
        on_edit(Edit{std::move(op), std::move(args), std::move(whole)});
}

void Editor::say(const wxString& problem) const {
    if (on_problem) on_problem(problem);
}

void Editor::resized() const {
    if (services_.resized) services_.resized();
}

bool labels_itself(const EditorServices& services, const Json& definition) {
    return hint_of(services, definition) == "check";
}

Editor* make_editor(wxWindow* parent, EditorServices& services, const Json& definition, int depth) {
    const std::string hint = depth > depth_max ? std::string() : hint_of(services, definition);
    if (hint == "number") return new NumberEditor(parent, services, definition);
    if (hint == "line") return new LineEditor(parent, services, definition);
    if (hint == "text") return new TextEditor(parent, services, definition);
    if (hint == "check") return new CheckEditor(parent, services, definition);
    if (hint == "choice" && sz::ui::flag_of(definition, "multiple"))
        return new ManyChoiceEditor(parent, services, definition);
    if (hint == "choice") return new ChoiceEditor(parent, services, definition);
    if (hint == "image") return new ImageEditor(parent, services, definition);
    if (hint == "link") return new LinkEditor(parent, services, definition);
    if (hint == "list") return new ListEditor(parent, services, definition);
    if (hint == "group" && !list_of(definition, "fields").empty())
        return new GroupEditor(parent, services, definition, depth);
    if (hint == "table" && !list_of(definition, "columns").empty())
        return new TableEditor(parent, services, definition, depth);
    if (hint == "resource") return new ResourceEditor(parent, services, definition);
    if (hint == "track") return new TrackEditor(parent, services, definition);
    if (hint == "tags") return new TagsEditor(parent, services, definition);
    if (hint == "date") return new DateEditor(parent, services, definition);
    if (hint == "formula") return new FormulaEditor(parent, services, definition);
    if (hint == "instance") return new InstanceEditor(parent, services, definition);
    if (hint == "random-table") return new RandomTableEditor(parent, services, definition, depth);
    if (hint == "dice" || hint == "color") return new WordEditor(parent, services, definition);
    return new JsonEditor(parent, services, definition);
}

wxStaticText* make_label(wxWindow* parent, const wxString& name) {
    constexpr int width_lines = 9;  // so many times the height of a line
    auto* label = new wxStaticText(parent, wxID_ANY, wxControl::EscapeMnemonics(name));
    label->Wrap(width_lines * label->GetCharHeight());
    sz::ui::set_accessible_name(*label, name);
    return label;
}

int label_drop(const wxStaticText& label, Editor& editor) {
    const wxWindow& control = *editor.first_control();
    const int line = std::min(control.GetBestSize().y, control.FromDIP(34));
    return std::max(0, (line - label.GetCharHeight()) / 2);
}

wxString name_of(const Json& definition) {
    const std::string name = text_of(definition, "name");
    return from_utf8(name.empty() ? text_of(definition, "id") : name);
}

wxString cell_words(const Json& value, const Json& definition) {
    if (value.is_null()) return {};
    if (value.is_boolean()) return value.get<bool>() ? _("yes") : _("no");
    if (value.is_string()) {
        for (const Json& option : list_of(definition, "options"))
            if (text_of(option, "id") == value.get<std::string>()) return name_of(option);
        return from_utf8(value.get<std::string>());
    }
    if (const std::string entry = text_of(value, "entryId"); !entry.empty())
        return from_utf8(entry);
    return from_utf8(sz::ui::dump(value));
}

}  // namespace sheet
