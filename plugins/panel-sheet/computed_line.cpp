// SPDX-License-Identifier: AGPL-3.0-or-later
#include "computed_line.hpp"

#include <wx/stattext.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::text_of;

namespace {

wxString amount_words(const Json& value) {
    return value.is_string() ? from_utf8(value.get<std::string>()) : from_utf8(sz::ui::dump(value));
}

wxString sign_words(const std::string& op) {
    if (op == "add") return "+";
    if (op == "subtract") return wxString::FromUTF8("−");
    if (op == "multiply") return wxString::FromUTF8("×");
    if (op == "atMost") return _("at most");
    if (op == "atLeast") return _("at least");
    return op == "round" ? _("rounded to") : wxString("=");
}

// What a term is, if that is not its number again.
wxString source_words(const Json& term) {
    wxString words;
    for (const Json& input : list_of(term, "inputs")) {
        if (text_of(input, "name") == text_of(term, "text")) continue;  // a thing's own effect
        const wxString of = label_of(input, "of");
        const wxString name =
            of.empty() ? label_of(input, "name") : of + ", " + label_of(input, "name");
        words += (words.empty() ? "" : ", ") + name + " " + amount_words(input["value"]);
    }
    const wxString text = label_of(term, "text");
    if (words.empty() && text != amount_words(term["value"])) words = text;
    return words;
}

}  // namespace

wxString explanation_words(const Json& answer) {
    if (const wxString problem = label_of(answer, "problem"); !problem.empty()) return problem;
    // The terms of a resource are those of its maximum.
    const Json& most = sz::ui::member_of(sz::ui::member_of(answer, "value"), "maximum");
    wxString words = (most.is_null() ? label_of(answer, "text") : amount_words(most)) + " =";
    bool is_first = true;
    for (const Json& term : list_of(answer, "terms")) {
        const std::string op = text_of(term, "op");
        if (!is_first || op != "add") words += " " + sign_words(op);
        is_first = false;
        words += " " + amount_words(term["value"]);
        if (const wxString source = source_words(term); !source.empty())
            words += " (" + source + ")";
    }
    if (is_first) words = _("Only the game master knows how this comes about.");
    for (const Json& failure : list_of(answer, "failures"))
        words += ". " + wxString::Format(_("Left out: %s"), amount_words(failure));
    return words;
}

ComputedLine::ComputedLine(wxWindow* parent, EditorServices& services, std::string path,
                           const wxString& name)
    : wxPanel(parent), services_(services), path_(std::move(path)) {
    auto* row = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] {
        if (services_.resized) services_.resized();
    });
    words_ = new wxStaticText(this, wxID_ANY, {});
    row->Add(words_, wxSizerFlags().CentreVertical());
    why_ = sz::ui::add_small_button(*row, this, _("Why?"), [this] { ask_why(); });
    sz::ui::set_accessible_name(*why_, wxString::Format(_("Why is %s so?"), name));
    SetSizer(row);
    Hide();
}

void ComputedLine::show(const Json& field) {
    const std::string hint = services_.hints[text_of(field, "type")];
    const bool is_computed = field.contains("computed");
    const wxString problem = label_of(field, "problem");
    // Their editors show what is computed; a formula's also why it cannot be.
    const bool is_shown = hint == "formula" || (hint == "resource" && problem.empty());
    const wxString words = is_shown ? wxString()
                           : problem.empty()
                               ? wxString::Format(_("With effects: %s"), label_of(field, "text"))
                               : problem;
    if (words_->GetLabelText() != words) words_->SetLabelText(words);
    words_->Show(!words.empty());
    if (IsShown() == is_computed) return;
    Show(is_computed);
    if (services_.resized) services_.resized();
}

void ComputedLine::ask_why() {
    Json params{{"id", services_.sheet}, {"path", path_}};
    if (!services_.as.empty()) params["as"] = services_.as;
    services_.bus.call("character.explain", params,
                       [this, alive = std::weak_ptr<bool>(alive_)](const Json& answer) {
                           if (!alive.expired() && on_explained)
                               on_explained(explanation_words(answer));
                       });
}

}  // namespace sheet
