// SPDX-License-Identifier: AGPL-3.0-or-later
// One question of the access form, who sees or who changes: a choice, and below it the members to
// name.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxCheckBox;
class wxChoice;
class wxSizer;

namespace sheet {

class AccessRule : public wxPanel {
  public:
    // `labels` are the words of the bus, such as "owner"; `key` is what they stand under in a rule.
    AccessRule(wxWindow* parent, EditorServices& services, const wxString& question,
               const char* key, std::vector<std::string> labels);

    void show_members();
    // What was decided, a label or a list of Client IDs; null: nothing.
    void show_rule(const Json& rule);
    [[nodiscard]] wxWindow* first_control();

    std::function<void(const Json& to)> on_choose;  // as character.visibility takes it
    std::function<void()> on_resize;

  private:
    void chosen();
    void named();
    void show_boxes(bool shown);

    EditorServices& services_;
    const char* key_;
    wxString question_;
    std::vector<std::string> labels_;
    wxChoice* choice_;
    wxPanel* members_;
    std::vector<wxCheckBox*> boxes_;
    std::vector<std::string> ids_;  // of the boxes
    Json others_ = Json::array();   // named, without a box
};

}  // namespace sheet
