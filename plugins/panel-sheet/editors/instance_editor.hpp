// SPDX-License-Identifier: AGPL-3.0-or-later
// A link to another character of the campaign: a button with the name, which shows its sheet, and a
// choice of another.
#pragma once

#include <functional>
#include <vector>

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class InstancePicker;
struct Choosable;

class InstanceEditor : public Editor {
  public:
    InstanceEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override;
    void set_names(const wxString& name, const wxString& help) override;
    void make_read_only() override;

  private:
    using Listed = std::function<void(std::vector<Choosable>)>;
    void list_characters(const Listed& listed);
    void show_picker(bool shown);
    void show_name(const wxString& words, bool there);

    wxString field_name_;
    wxButton* open_;
    wxButton* choose_;
    InstancePicker* picker_;
};

}  // namespace sheet
