// SPDX-License-Identifier: AGPL-3.0-or-later
// Editors that send with one press: a check box, one of several, some of several.
#pragma once

#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxCheckBox;
class wxChoice;

namespace sheet {

// An option of a Select field: {"id","name"}, or a text that is both.
struct Option {
    std::string id;
    wxString name;
};
[[nodiscard]] std::vector<Option> options_of(const Json& definition);

class CheckEditor : public Editor {
  public:
    CheckEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override;

  private:
    wxCheckBox* box_;
};

class ChoiceEditor : public Editor {
  public:
    ChoiceEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override;

  private:
    std::vector<Option> options_;
    wxChoice* choice_;
};

class ManyChoiceEditor : public Editor {
  public:
    ManyChoiceEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override;
    void set_names(const wxString& name, const wxString& help) override;

  private:
    void toggled();
    std::vector<Option> options_;
    std::vector<wxCheckBox*> boxes_;
};

}  // namespace sheet
