// SPDX-License-Identifier: AGPL-3.0-or-later
// Fields inside a field: each with its own editor, in a frame with the group's name.
#pragma once

#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxSizer;
namespace sz::ui {
class Notice;
}

namespace sheet {

// Labelled editors one below the other, in a grid of two columns. Used by groups and by a table's
// chosen row.
class FieldGrid : public wxPanel {
  public:
    FieldGrid(wxWindow* parent, EditorServices& services, const Json& definitions, int depth);

    void show_values(const Json& values);  // {FIELD: value}
    void set_names(const wxString& around);
    void refused();
    // See Editor; `field` is the part that sent `edit`.
    bool explain(const std::string& field, const Edit& edit, const wxString& words);
    void settle();
    [[nodiscard]] bool is_dirty() const;
    void commit();
    void revert();
    [[nodiscard]] wxWindow* first_control();

    std::function<void(const std::string& field, const Edit&)> on_edit;
    std::function<void()> on_mended;  // the problem of a part, which stood beside it

  private:
    struct Part {
        std::string id;
        Editor* editor;
        sz::ui::Notice* notice;  // what is wrong with it
    };
    void add_part(wxSizer& grid, EditorServices& services, const Json& definition, int depth);
    static void complain(const Part& part, const wxString& words);
    std::vector<Part> parts_;
};

class GroupEditor : public Editor {
  public:
    GroupEditor(wxWindow* parent, EditorServices& services, const Json& definition, int depth);
    void show_value(const Json& value) override;
    void refused() override { grid_->refused(); }
    bool explain(const Edit& edit, const wxString& words) override;
    void settle() override { grid_->settle(); }
    [[nodiscard]] bool is_dirty() const override { return grid_->is_dirty(); }
    void commit() override { grid_->commit(); }
    void revert() override { grid_->revert(); }
    [[nodiscard]] wxWindow* first_control() override { return grid_->first_control(); }
    void set_names(const wxString& name, const wxString&) override { grid_->set_names(name); }

  private:
    FieldGrid* grid_;
};

}  // namespace sheet
