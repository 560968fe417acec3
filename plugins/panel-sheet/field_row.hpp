// SPDX-License-Identifier: AGPL-3.0-or-later
// One field of a sheet: label, editor, and beside it what went wrong with the last edit.
#pragma once

#include <cstdint>
#include <string>

#include "editors/editor.hpp"

class wxFlexGridSizer;
namespace sz::ui {
class Notice;
}

namespace sheet {

class FieldRow {
  public:
    // Adds two cells to `grid`, whose controls are children of `parent`. `field` is an item of
    // character.show's sections.
    FieldRow(wxFlexGridSizer& grid, wxWindow* parent, EditorServices& services, const Json& field);

    // What the program holds at `revision`.
    void show(const Json& field, std::int64_t revision);

    // The answer to the edit that was sent last.
    void accepted(const Json& value, std::int64_t revision);
    void refused(const sz::ui::BusError& error);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Editor& editor() { return *editor_; }
    [[nodiscard]] std::int64_t base() const {
        return base_;
    }  // the revision at which the shown value was read
    void set_waiting(int edits) { waiting_ = edits; }  // edits that are on their way

  private:
    void settle();  // nothing is wrong any more

    std::string path_;
    Editor* editor_;
    sz::ui::Notice* notice_;
    Json value_;
    std::int64_t base_ = 0;
    int waiting_ = 0;
    bool known_ = false;     // something was shown already
    bool conflict_ = false;  // the person has been told that somebody else changed it
};

}  // namespace sheet
