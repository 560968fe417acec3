// SPDX-License-Identifier: AGPL-3.0-or-later
// Markdown: written in a plain control, read in a styled one, changed with a button or Ctrl+E.
#pragma once

#include "editors/typed_editors.hpp"

class wxToggleButton;
namespace sz::ui {
class StyledText;
}

namespace sheet {

class TextEditor : public TypedEditor {
  public:
    TextEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    void set_names(const wxString& name, const wxString& help) override;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] bool reads_itself() const override { return true; }
    [[nodiscard]] std::optional<Json> parse(const wxString& words) const override;
    [[nodiscard]] bool on_key(const wxKeyEvent& event) override;

  private:
    void show_preview(bool preview);
    void fill_preview();

    wxToggleButton* toggle_;
    sz::ui::StyledText* preview_;
};

}  // namespace sheet
