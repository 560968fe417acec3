// SPDX-License-Identifier: AGPL-3.0-or-later
// One entry: its picture, its text, its links, and the way back to what was shown before.
#pragma once

#include <wx/panel.h>
#include <sz/wx/picture.hpp>
#include <sz/wx/row_list.hpp>
#include <sz/wx/styled_text.hpp>

#include <vector>

#include "entry_key.hpp"
#include "entry_text.hpp"

class wxButton;

namespace library {

class EntryView : public wxPanel {
  public:
    EntryView(wxWindow* parent, sz::ui::PanelBus& bus);

    // `remember`: the entry shown now can be gone back to (a link was followed); else it is
    // replaced (a list is walked through).
    void show_entry(const EntryKey& key, bool remember);
    void show_words(const wxString& heading, const wxString& words);
    void show_again();  // the library changed
    void go(int step);  // -1 back, 1 forward
    [[nodiscard]] const EntryKey& shown() const { return current_; }
    [[nodiscard]] wxWindow* text() { return text_; }
    [[nodiscard]] wxWindow* links() { return links_; }

  private:
    void load(const EntryKey& key);
    void show_answer(const Json& answer);
    void show_error(const sz::ui::BusError& error);
    void show_links(EntryLinks found);
    void follow(std::size_t index);
    [[nodiscard]] Json question(const EntryLink& link) const;  // for library.resolve
    // The link that the text has there, or none.
    void follow_at(long position);
    void follow_click(wxMouseEvent& event);
    bool follow_key(const wxKeyEvent& event);
    void update_buttons();

    sz::ui::PanelBus& bus_;
    wxButton* back_;
    wxButton* forward_;
    sz::ui::Picture* picture_;
    sz::ui::StyledText* text_;
    wxStaticText* links_label_;
    sz::ui::RowList* links_;
    std::vector<EntryLink> targets_;  // of the rows of links_
    std::vector<LinkPlace> places_;   // of links in text_
    EntryKey current_;
    std::vector<EntryKey> behind_, ahead_;
    unsigned generation_ = 0;
};

}  // namespace library
