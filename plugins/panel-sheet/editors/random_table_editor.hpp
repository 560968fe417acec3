// SPDX-License-Identifier: AGPL-3.0-or-later
// A table to roll on: its dice, and rows of results.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "editors/rows_editor.hpp"

namespace sheet {

class RandomTableEditor : public RowsEditor {
  public:
    RandomTableEditor(wxWindow* parent, EditorServices& services, const Json& definition,
                      int depth);
    void show_value(const Json& value) override;
    void refused() override;
    bool explain(const Edit& edit, const wxString& words) override;
    void settle() override;
    [[nodiscard]] bool is_dirty() const override;
    void commit() override;
    void revert() override;
    void set_names(const wxString& name, const wxString& help) override;

  private:
    [[nodiscard]] const Json& rows() const override;
    [[nodiscard]] const Json& parts_of(int row) const override;
    void add() override;
    void change(const std::string& part, const Edit& edit);
    void change_dice(const Json& dice);
    void resolve_links();

    FieldGrid* dice_;
    std::string sent_part_;              // of the form: what the last change was of
    std::optional<std::int64_t> added_;  // the first result of the row that was added
    // Changed rows by their ids, until the last answer: a row is sent whole, and what is changed
    // next in it is added to what was sent.
    std::map<std::string, Json> sent_;
    int unanswered_ = 0;
};

}  // namespace sheet
