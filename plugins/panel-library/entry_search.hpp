// SPDX-License-Identifier: AGPL-3.0-or-later
// A search field over the list of what it found; with nothing typed, the list of the chosen
// dataset's entries.
#pragma once

#include <wx/panel.h>
#include <wx/timer.h>
#include <sz/wx/bus.hpp>
#include <sz/wx/row_list.hpp>

#include <functional>
#include <vector>

#include "entry_key.hpp"

class wxTextCtrl;
class wxStaticText;

namespace library {

class EntrySearch : public wxPanel {
  public:
    EntrySearch(wxWindow* parent, sz::ui::PanelBus& bus);

    void set_scope(const Scope& scope);
    void focus_field();
    [[nodiscard]] wxString text() const;
    void set_text(const wxString& text);  // searches at once
    void refresh();                       // the library changed
    [[nodiscard]] wxWindow* list() { return list_; }
    [[nodiscard]] wxWindow* field();

    std::function<void(const EntryKey&)> on_choose;    // moved to a row: show it
    std::function<void(const EntryKey&)> on_activate;  // Enter: go to it

  private:
    void search();
    void show_hits(const Json& answer);
    void list_dataset(std::int64_t offset);
    void show_entries(const Json& answer, std::int64_t offset);
    void on_field_key(wxKeyEvent& event);
    void say(const wxString& summary);

    sz::ui::PanelBus& bus_;
    Scope scope_;
    wxTextCtrl* field_;
    wxStaticText* summary_;
    sz::ui::RowList* list_;
    wxTimer timer_;
    std::vector<EntryKey> keys_;  // of the rows
    unsigned generation_ = 0;     // answers to an older question are dropped
    std::uint64_t running_ = 0;   // the call whose answer is waited for
};

}  // namespace library
