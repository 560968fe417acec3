// SPDX-License-Identifier: AGPL-3.0-or-later
// Editors in which a value is typed: a number, a line, JSON. Enter or leaving the control sends,
// Escape takes it back.
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
    [[nodiscard]] wxWindow* first_control() override;

  protected:
    // Takes the control that derived classes have made and listens to its keys.
    void adopt(wxTextCtrl* control);
    [[nodiscard]] wxTextCtrl& control() const { return *control_; }

    [[nodiscard]] virtual wxString words_for(const Json& value) const = 0;
    [[nodiscard]] virtual std::optional<Json> parse(
        const wxString& words) const = 0;  // empty: problem() says why
    [[nodiscard]] virtual wxString problem(const wxString& words) const = 0;
    // The value after what was typed: for a field that stands inside another one.
    [[nodiscard]] virtual Json whole_of(const Json& typed) const { return typed; }
    // True when the key was used.
    [[nodiscard]] virtual bool on_key(const wxKeyEvent&) { return false; }

  private:
    void handle_key(wxKeyEvent& event);
    void send_typed(bool by_enter);

    wxTextCtrl* control_ = nullptr;
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
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] wxString problem(const wxString& words) const override;
};

// Arrow keys and the two buttons add the step: relative operations, which never conflict.
class NumberEditor : public TypedEditor {
  public:
    NumberEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void set_names(const wxString& name, const wxString& help) override;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] wxString problem(const wxString& words) const override;
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
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] wxString problem(const wxString& words) const override;
};

}  // namespace sheet
