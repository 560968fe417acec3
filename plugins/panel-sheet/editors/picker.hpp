// SPDX-License-Identifier: AGPL-3.0-or-later
// Chooses one of many by a part of its name: a field to type in, and the list of those that have
// it. Enter takes what fits the words, also when the list is not there yet.
#pragma once

#include <sz/wx/row_list.hpp>

#include <functional>
#include <vector>

#include "editors/editor.hpp"

class wxTextCtrl;

namespace sheet {

class Picker : public wxPanel {
  public:
    void set_names(const wxString& field_name);
    void begin();  // with the keyboard in the empty field

    std::function<void()> on_close;  // Escape, Close

  protected:
    // What a screen reader says of the field and of the list, with %s for the field's name.
    Picker(wxWindow* parent, EditorServices& services, wxString field_words, wxString list_words);

    // Answers, now or later, with show_rows. Called with each letter.
    virtual void find() = 0;
    virtual void pick(std::size_t row) = 0;

    [[nodiscard]] wxString typed() const;
    void show_rows(std::vector<sz::ui::RowList::Row> rows);

    EditorServices& services_;

  private:
    void on_key(wxKeyEvent& event);
    void look();
    void take();

    wxString field_words_, list_words_;
    wxTextCtrl* field_;
    sz::ui::RowList* list_;
    bool is_looking_ = false;  // the list is of other words
    bool take_when_found_ = false;
};

}  // namespace sheet
