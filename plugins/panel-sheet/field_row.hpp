// SPDX-License-Identifier: AGPL-3.0-or-later
// One field of a sheet: label, editor, and beside it what went wrong with the last edit.
#pragma once

#include <cstdint>
#include <string>

#include "editors/editor.hpp"

class wxFlexGridSizer;
class wxSizer;
namespace sz::ui {
class Notice;
}

namespace sheet {

class ComputedLine;

class FieldRow {
  public:
    // Adds two cells to `grid`, whose controls are children of `parent`. `field` is an item of
    // character.show's sections.
    FieldRow(wxFlexGridSizer& grid, wxWindow* parent, EditorServices& services, const Json& field);

    // What the program holds at `revision`.
    void show(const Json& field, std::int64_t revision);

    // The answer to the edit that was sent last.
    void accepted(const Json& value, std::int64_t revision);
    void refused(const Edit& edit, const sz::ui::BusError& error);

    void show_decided(const wxString& words);  // of who sees and who changes it; "" for nothing

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Editor& editor() { return *editor_; }
    [[nodiscard]] std::int64_t base() const {
        return base_;
    }  // the revision at which the shown value was read
    void set_waiting(int edits) { waiting_ = edits; }  // edits that are on their way
    // Somebody else changed what is being typed over, and nobody has decided which one stays.
    [[nodiscard]] bool is_undecided() const { return held_ && editor_->is_dirty(); }
    [[nodiscard]] wxString undecided_words() const;  // when the sheet is left like that

  private:
    void show_formula(const Json& field);
    void settle();  // nothing is wrong any more
    void complain(const wxString& words);
    void hold(bool held);

    std::string path_;
    wxString name_;
    Editor* editor_;
    EditorServices& services_;
    wxSizer* column_;
    ComputedLine* computed_;
    sz::ui::Notice* notice_;
    sz::ui::Notice* decided_ = nullptr;  // made with the first decision
    bool is_formula_ = false;
    Json value_;
    wxString value_words_;
    std::int64_t base_ = 0;
    int waiting_ = 0;
    bool known_ = false;     // something was shown already
    bool conflict_ = false;  // the person has been told that somebody else changed it
    bool held_ = false;      // only Enter sends
    bool touched_ = false;   // the person has changed it: what is wrong is brought into view
};

}  // namespace sheet
