// SPDX-License-Identifier: AGPL-3.0-or-later
// A list of rows of text that stays quick with a hundred thousand of them: a wxDataViewCtrl over a
// virtual model. Its cells and its selection are seen by screen readers; the name is ours.
// [ui-thread]
#pragma once

#include <wx/dataview.h>
#include <wx/timer.h>

#include <functional>
#include <utility>
#include <vector>

#include "accessible.hpp"

namespace sz::ui {

// Puts the keyboard's cursor on the selected row. Selecting alone leaves it nowhere, and the
// control then goes back to its first row as soon as it gets the keyboard.
inline void put_cursor_on_selection(wxDataViewCtrl& control) {
#ifdef __WXGTK__
    GtkTreeView* view = GTK_TREE_VIEW(control.GtkGetTreeView());
    GList* rows = gtk_tree_selection_get_selected_rows(gtk_tree_view_get_selection(view), nullptr);
    if (rows != nullptr)
        gtk_tree_view_set_cursor(view, static_cast<GtkTreePath*>(rows->data), nullptr, FALSE);
    g_list_free_full(rows,
                     [](gpointer path) { gtk_tree_path_free(static_cast<GtkTreePath*>(path)); });
#else
    (void)control;
#endif
}

class RowList : public wxDataViewCtrl {
  public:
    using Row = std::vector<wxString>;
    struct Column {
        wxString title;
        int width;  // in characters; the last one takes the rest
    };

    RowList(wxWindow* parent, const wxString& name, const std::vector<Column>& columns,
            long more_style = 0)
        : wxDataViewCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_SINGLE | wxBORDER_THEME | more_style),
          model_(new Model(columns.size())) {
        AssociateModel(model_.get());
        unsigned index = 0;
        for (const Column& column : columns) {
            auto* renderer = new wxDataViewTextRenderer("string", wxDATAVIEW_CELL_INERT);
            renderer->EnableEllipsize(wxELLIPSIZE_END);
            AppendColumn(new wxDataViewColumn(column.title, renderer, index++,
                                              column.width * GetCharWidth(), wxALIGN_LEFT,
                                              wxDATAVIEW_COL_RESIZABLE));
        }
        set_accessible_name(*this, name);
        Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
            if (!quiet_ && on_select && selected() >= 0) on_select(selected());
        });
        Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) {
            if (on_activate && selected() >= 0) on_activate(selected());
        });
        // GTK goes on telling a screen reader what a cell said before it was drawn first.
        settling_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { set_rows(model_->rows, selected()); });
    }

    // Replaces the rows and keeps the row number `select` chosen (-1: none) without telling
    // anybody.
    void set_rows(std::vector<Row> rows, int select = -1) {
        quiet_ = true;
        model_->rows = std::move(rows);
        model_->Reset(static_cast<unsigned>(model_->rows.size()));
        if (select >= 0 && select < count()) choose(select);
        quiet_ = false;
    }
    void append_rows(std::vector<Row> rows) {
        for (Row& row : rows) {
            model_->rows.push_back(std::move(row));
            model_->RowAppended();
        }
    }

    void set_cell(int row, unsigned column, const wxString& text) {
        if (row < 0 || row >= count()) return;
        model_->rows[static_cast<std::size_t>(row)][column] = text;
        model_->RowValueChanged(static_cast<unsigned>(row), column);
        settling_.StartOnce(settle_ms);
    }

    [[nodiscard]] int count() const { return static_cast<int>(model_->rows.size()); }
    [[nodiscard]] int selected() const {
        const wxDataViewItem item = GetSelection();
        return item.IsOk() ? static_cast<int>(model_->GetRow(item)) : -1;
    }
    // Chooses a row as the keyboard would, and tells on_select unless `quietly`.
    void select(int row, bool quietly = false) {
        if (row < 0 || row >= count()) return;
        const bool was_quiet = std::exchange(quiet_, true);
        choose(row);
        quiet_ = was_quiet;
        if (!quietly && on_select) on_select(row);
    }
    [[nodiscard]] const Row& row(int index) const {
        return model_->rows[static_cast<std::size_t>(index)];
    }

    std::function<void(int)> on_select;    // another row was chosen
    std::function<void(int)> on_activate;  // Enter, or a double click

  private:
    static constexpr int settle_ms = 100;

    struct Model : wxDataViewVirtualListModel {
        explicit Model(std::size_t column_count) : columns(column_count) {}
        void GetValueByRow(wxVariant& value, unsigned row, unsigned column) const override {
            value = row < rows.size() && column < rows[row].size() ? rows[row][column] : wxString();
        }
        bool SetValueByRow(const wxVariant&, unsigned, unsigned) override { return false; }
        [[nodiscard]] unsigned GetColumnCount() const override {
            return static_cast<unsigned>(columns);
        }
        [[nodiscard]] wxString GetColumnType(unsigned) const override { return "string"; }
        std::size_t columns;
        std::vector<Row> rows;
    };

    void choose(int row) {
        const wxDataViewItem item = model_->GetItem(static_cast<unsigned>(row));
        UnselectAll();
        Select(item);
        put_cursor_on_selection(*this);
        EnsureVisible(item);
    }

    wxObjectDataPtr<Model> model_;
    wxTimer settling_;
    bool quiet_ = false;
};

}  // namespace sz::ui
