// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/typed_editors.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <charconv>
#include <cmath>

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::to_utf8;

// ---- what is typed ----

void TypedEditor::adopt(wxTextCtrl* control) {
    control_ = control;
    if (!control_->IsMultiLine()) sz::ui::fit_line(*control_);
    control_->Bind(wxEVT_KEY_DOWN, &TypedEditor::handle_key, this);
    control_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
        event.Skip();
        if (!IsBeingDeleted()) send_typed(false);
    });
}

wxWindow* TypedEditor::first_control() { return control_; }

wxString TypedEditor::typed() const { return control_->GetValue(); }

bool TypedEditor::is_dirty() const {
    const wxString typed = control_->GetValue();
    return typed != shown_ && (!sent_ || typed != *sent_);
}

void TypedEditor::show_value(const Json& value) {
    const bool keep = is_dirty();
    value_ = value;
    const wxString words = words_for(value);
    sent_.reset();
    if (!keep && control_->GetValue() != words) {
        const long at = control_->GetInsertionPoint();
        control_->ChangeValue(words);
        control_->SetInsertionPoint(std::min(at, control_->GetLastPosition()));
    }
    shown_ = words;
    if (!keep) refused_.reset();
}

void TypedEditor::revert() {
    sent_.reset();
    refused_.reset();
    control_->ChangeValue(shown_);
    control_->SelectAll();
}

void TypedEditor::refused() {
    refused_ = sent_ ? *sent_ : control_->GetValue();
    sent_.reset();
}

void TypedEditor::send_typed(bool by_enter) {
    const wxString typed = control_->GetValue();
    if (!is_dirty()) return;
    // What was refused, or stands against somebody else's change, is sent again only when the
    // person says so.
    if (!by_enter && (held_ || (refused_ && *refused_ == typed))) return;
    const std::optional<Json> value = parse(typed);
    if (!value) {
        refused_ = typed;
        return say(problem(typed));
    }
    sent_ = typed;
    send("set", Json::array({*value}), whole_of(*value));
}

void TypedEditor::handle_key(wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    const bool enter = key == WXK_RETURN || key == WXK_NUMPAD_ENTER;
    if (enter && (!control_->IsMultiLine() || event.ControlDown())) {
        send_typed(true);
        if (!control_->IsMultiLine()) control_->SelectAll();
        return;
    }
    if (key == WXK_ESCAPE && control_->GetValue() != shown_) {
        revert();
        return say({});
    }
    if (!on_key(event)) event.Skip();
}

// ---- a line ----

LineEditor::LineEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : TypedEditor(parent, services, definition) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* text = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(120, -1)),
                                wxTE_PROCESS_ENTER);
    row->Add(text, wxSizerFlags(1).CentreVertical());
    SetSizer(row);
    adopt(text);
}

wxString LineEditor::words_for(const Json& value) const {
    return value.is_string() ? from_utf8(value.get<std::string>())
           : value.is_null() ? wxString()
                             : from_utf8(sz::ui::dump(value));
}
std::optional<Json> LineEditor::parse(const wxString& words) const { return Json(to_utf8(words)); }
wxString LineEditor::problem(const wxString&) const { return {}; }

// ---- a number ----

NumberEditor::NumberEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : TypedEditor(parent, services, definition) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* text = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(72, -1)),
                                wxTE_RIGHT | wxTE_PROCESS_ENTER);
    row->Add(text, wxSizerFlags().CentreVertical());
    const auto make = [&](const wxString& label, int steps) {
        auto* button =
            new wxButton(this, wxID_ANY, label, wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
        button->DisableFocusFromKeyboard();  // the arrow keys do it; Tab goes from field to field
        button->Bind(wxEVT_BUTTON, [this, steps](wxCommandEvent&) { add(steps); });
        row->Add(button, wxSizerFlags().CentreVertical().Border(wxLEFT, FromDIP(2)));
        return button;
    };
    less_ = make("-", -1);
    more_ = make("+", 1);
    if (const std::string unit = sz::ui::text_of(definition, "unit"); !unit.empty())
        row->Add(new wxStaticText(this, wxID_ANY, sz::ui::label_text(unit)),
                 wxSizerFlags().CentreVertical().Border(wxLEFT, FromDIP(sz::ui::gap)));
    SetSizer(row);
    adopt(text);
}

void NumberEditor::set_names(const wxString& name, const wxString& help) {
    Editor::set_names(name, help);
    sz::ui::set_accessible_name(*less_, wxString::Format(_("%s: one less"), name));
    sz::ui::set_accessible_name(*more_, wxString::Format(_("%s: one more"), name));
}

wxString NumberEditor::words_for(const Json& value) const {
    return value.is_number() ? from_utf8(sz::ui::dump(value)) : wxString();
}

std::optional<Json> NumberEditor::parse(const wxString& words) const {
    std::string text = to_utf8(wxString(words).Trim().Trim(false));
    if (text.empty()) return Json(nullptr);
    if (text.front() == '+') text.erase(0, 1);
    for (char& c : text)
        if (c == ',') c = '.';
    const char* const end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, whole);
        error == std::errc() && at == end)
        return Json(whole);
    double number = 0;
    if (const auto [at, error] = std::from_chars(text.data(), end, number);
        error == std::errc() && at == end && std::isfinite(number))
        return Json(number);
    return std::nullopt;
}

wxString NumberEditor::problem(const wxString& words) const {
    return wxString::Format(_("\"%s\" is not a number. Type digits, such as 12 or 3.5; Escape "
                              "brings back what was there."),
                            words);
}

void NumberEditor::add(int steps) {
    if (is_dirty()) commit();
    const Json& own = definition();
    const Json step = own.contains("step") && own["step"].is_number() ? own["step"] : Json(1);
    const Json by = step.is_number_integer() ? Json(step.get<std::int64_t>() * steps)
                                             : Json(step.get<double>() * steps);
    const std::optional<Json> known = parse(words_for(value_));
    const double now = known && known->is_number() ? known->get<double>() : 0;
    send(relative(), Json::array({by}), whole_of(Json(now + by.get<double>())));
}

bool NumberEditor::on_key(const wxKeyEvent& event) {
    if (event.HasAnyModifiers()) return false;
    if (event.GetKeyCode() != WXK_UP && event.GetKeyCode() != WXK_DOWN) return false;
    add(event.GetKeyCode() == WXK_UP ? 1 : -1);
    return true;
}

// ---- anything else ----

JsonEditor::JsonEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : TypedEditor(parent, services, definition) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* text = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(160, 70)),
                                wxTE_MULTILINE);
    row->Add(text, wxSizerFlags(1).Expand());
    SetSizer(row);
    adopt(text);
}

wxString JsonEditor::words_for(const Json& value) const {
    return from_utf8(value.dump(2, ' ', false, Json::error_handler_t::replace));
}

std::optional<Json> JsonEditor::parse(const wxString& words) const {
    Json value = Json::parse(to_utf8(words), nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional<Json>(std::move(value));
}

wxString JsonEditor::problem(const wxString&) const {
    return _(
        "This is not JSON. Mend it and press Ctrl+Enter, or press Escape to bring back what was "
        "there.");
}

}  // namespace sheet
