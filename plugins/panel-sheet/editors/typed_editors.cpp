// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/typed_editors.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::to_utf8;

// ---- what is typed ----

void TypedEditor::adopt(wxTextCtrl* control) {
    control_ = control;
    if (!control_->IsMultiLine()) sz::ui::fit_line(*control_);
    control_->Bind(wxEVT_KEY_DOWN, &TypedEditor::handle_key, this);
    control_->Bind(wxEVT_TEXT, [this](wxCommandEvent& event) {
        event.Skip();
        if (is_part_ && !reads_itself()) read(control_->GetValue());
    });
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
    send_when_read_ = false;
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
    if (!reads_itself() && is_part_) return send_part(typed);
    if (!reads_itself()) {
        sent_ = typed;
        return send(typed_op, Json::array({to_utf8(typed)}), nullptr);
    }
    if (const std::optional<Json> value = parse(typed)) return send_value(typed, *value);
    complain(typed, problem(typed));
}

void TypedEditor::send_value(const wxString& typed, const Json& value) {
    sent_ = typed;
    send("set", Json::array({value}), whole_of(value));
}

void TypedEditor::complain(const wxString& typed, const wxString& problem) {
    refused_ = typed;
    say(problem);
}

// ---- what the field's type reads ----

void TypedEditor::send_part(const wxString& typed) {
    if (reading_.typed != typed) read(typed);
    if (reading_.value || !reading_.problem.empty()) return take(reading_);
    // The row that this is a part of, or the window, may be about to go.
    if (const std::optional<Json> plain = parse(typed)) return send_value(typed, *plain);
    send_when_read_ = true;
}

void TypedEditor::take(const Reading& reading) {
    reading.value ? send_value(reading.typed, *reading.value)
                  : complain(reading.typed, reading.problem);
}

void TypedEditor::read(const wxString& typed) {
    reading_ = {typed, std::nullopt, {}};
    send_when_read_ = false;
    const auto read = [this, weak = wxWeakRef<wxWindow>(this)](const Reading& answer) {
        if (!weak || reading_.typed != answer.typed) return;
        reading_ = answer;
        if (std::exchange(send_when_read_, false) && is_dirty()) take(reading_);
    };
    services().bus.call(
        "field.parse", {{"definition", definition()}, {"text", to_utf8(typed)}},
        [read, typed](const Json& answer) {
            read({typed, sz::ui::member_of(answer, "value"), {}});
        },
        [read, typed](const sz::ui::BusError& error) {
            read({typed, std::nullopt, error.sentence()});
        });
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
    const Json number = Json::parse(to_utf8(words), nullptr, false);
    return number.is_number() ? std::optional<Json>(number) : std::nullopt;
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
