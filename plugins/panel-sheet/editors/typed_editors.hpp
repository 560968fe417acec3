// SPDX-License-Identifier: AGPL-3.0-or-later
// Editors in which a value is typed: a number, a line, JSON. Enter or leaving the control sends,
// Escape takes it back. What a type's text means, the type knows: a field of a sheet sends the text
// itself (Editor::typed_op), and a part of a field asks field.parse while it is being typed, so
// that the value is there when the part is left.
#pragma once

#include <optional>

#include "editors/editor.hpp"

class wxTextCtrl;

namespace sheet {

class TypedEditor : public Editor {
  public:
    using Editor::Editor;

    void show_value(const Json& value) override;
    [[nodiscard]] bool is_dirty() const override;
    [[nodiscard]] wxString typed() const override;
    void commit() override { send_typed(true); }
    void revert() override;
    void refused() override;
    void hold(bool held) override { held_ = held; }
    void become_part() override { is_part_ = true; }
    [[nodiscard]] wxWindow* first_control() override;

  protected:
    // Takes the control that derived classes have made and listens to its keys.
    void adopt(wxTextCtrl* control);
    [[nodiscard]] wxTextCtrl& control() const { return *control_; }

    [[nodiscard]] virtual wxString words_for(const Json& value) const = 0;
    // Where the text is the value, or its notation: nothing that the type would have to read.
    [[nodiscard]] virtual bool reads_itself() const { return false; }
    // Then, what it is; empty: problem() says why. Otherwise what needs no reading, if it is such.
    [[nodiscard]] virtual std::optional<Json> parse(const wxString&) const { return std::nullopt; }
    [[nodiscard]] virtual wxString problem(const wxString&) const { return {}; }
    // The value after what was typed: for a field that stands inside another one.
    [[nodiscard]] virtual Json whole_of(const Json& typed) const { return typed; }
    // True when the key was used.
    [[nodiscard]] virtual bool on_key(const wxKeyEvent&) { return false; }

  private:
    // What the field's type makes of a text; no value and no problem while it has not answered.
    struct Reading {
        wxString typed;
        std::optional<Json> value;
        wxString problem;
    };
    void handle_key(wxKeyEvent& event);
    void send_typed(bool by_enter);
    void send_part(const wxString& typed);
    void send_value(const wxString& typed, const Json& value);
    void complain(const wxString& typed, const wxString& problem);
    void read(const wxString& typed);
    void take(const Reading& reading);

    wxTextCtrl* control_ = nullptr;
    bool is_part_ = false;  // of a group or of a row
    Reading reading_;
    bool send_when_read_ = false;
    wxString shown_;                // the words of value_
    std::optional<wxString> sent_;  // waiting for the answer
    std::optional<wxString> refused_;
    bool held_ = false;
};

class LineEditor : public TypedEditor {
  public:
    LineEditor(wxWindow* parent, EditorServices& services, const Json& definition);

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] bool reads_itself() const override { return true; }
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
};

// Arrow keys and the two buttons add the step: relative operations, which never conflict.
class NumberEditor : public TypedEditor {
  public:
    NumberEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void set_names(const wxString& name, const wxString& help) override;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] bool on_key(const wxKeyEvent& event) override;
    // The operation that adds to what is there.
    [[nodiscard]] virtual const char* relative() const { return "add"; }

  private:
    void add(int steps);

    wxWindow* less_;
    wxWindow* more_;
};

// For types that this shell has no editor for: nothing is hidden, and everything can be changed.
class JsonEditor : public TypedEditor {
  public:
    JsonEditor(wxWindow* parent, EditorServices& services, const Json& definition);

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] bool reads_itself() const override { return true; }
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] wxString problem(const wxString& words) const override;
};

}  // namespace sheet
