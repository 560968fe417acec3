// SPDX-License-Identifier: AGPL-3.0-or-later
// A section of a sheet: its groups as boxes, in two columns of the same width where every control
// fits, one below the other where not.
#pragma once

#include <wx/scrolwin.h>

#include <memory>
#include <vector>

#include "field_row.hpp"

class wxBoxSizer;
class wxStaticBoxSizer;

namespace sheet {

class SectionPage : public wxScrolledWindow {
  public:
    // `section` is an item of character.show's sections.
    SectionPage(wxWindow* parent, EditorServices& services, const Json& section);

    [[nodiscard]] const std::vector<std::unique_ptr<FieldRow>>& rows() const { return rows_; }
    void lay_out();  // a row has become taller or shorter
    void focus_first();
    [[nodiscard]] const std::string& id() const { return id_; }
    void show_decided(const Json& decided);  // marks what was decided besides the template

  private:
    void add_group(EditorServices& services, const Json& group);
    [[nodiscard]] bool fits_side_by_side() const;
    void arrange(bool side_by_side);
    void redraw_boxes();

    struct Mark {
        std::string path;
        sz::ui::Notice* words;
    };
    EditorServices& services_;
    std::string id_;
    std::vector<Mark> marks_;  // of the section and its groups
    wxBoxSizer* both_;
    wxBoxSizer* columns_[2];
    std::vector<wxStaticBoxSizer*> groups_;
    std::vector<std::unique_ptr<FieldRow>> rows_;
    bool side_by_side_ = false;
};

}  // namespace sheet
