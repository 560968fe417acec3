// SPDX-License-Identifier: AGPL-3.0-or-later
// Below a field whose value is computed: what it comes to, and a button that says how.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class ComputedLine : public wxPanel {
  public:
    // `name` is the field's.
    ComputedLine(wxWindow* parent, EditorServices& services, std::string path,
                 const wxString& name);

    // An item of character.show's sections. Hidden while nothing is computed.
    void show(const Json& field);

    std::function<void(const wxString&)> on_explained;

  private:
    void ask_why();

    EditorServices& services_;
    std::string path_;
    wxStaticText* words_;
    wxButton* why_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

// "15 = 10 + 3 (Wit 3) + 2 (Shield)", from the answer of character.explain.
[[nodiscard]] wxString explanation_words(const Json& answer);

}  // namespace sheet
