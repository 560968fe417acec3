// SPDX-License-Identifier: AGPL-3.0-or-later
// A link to an entry: a button that opens it, and a search that chooses another.
#pragma once

#include "editors/editor.hpp"

class wxButton;

namespace sheet {

class LinkPicker;

class LinkEditor : public Editor {
  public:
    LinkEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    [[nodiscard]] wxWindow* first_control() override;
    void set_names(const wxString& name, const wxString& help) override;
    void make_read_only() override;

  private:
    void show_picker(bool shown);
    void open();
    void show_name(const wxString& words, bool there);

    wxString field_name_;
    wxButton* open_;
    wxButton* choose_;
    wxButton* clear_;
    LinkPicker* picker_;
};

}  // namespace sheet
