// SPDX-License-Identifier: AGPL-3.0-or-later
// Shows what a formula comes to; there is nothing to type.
#pragma once

#include "editors/editor.hpp"

class wxTextCtrl;

namespace sheet {

class FormulaEditor : public Editor {
  public:
    FormulaEditor(wxWindow* parent, EditorServices& services, const Json& definition);

    void show_value(const Json& text) override;  // the text, not the value
    [[nodiscard]] wxWindow* first_control() override;

  private:
    wxTextCtrl* shown_;
};

}  // namespace sheet
