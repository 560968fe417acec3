// SPDX-License-Identifier: AGPL-3.0-or-later
// The sheet of a character or a campaign: a page for each section, and the history. Edits are sent
// one after the other, each against the revision at which its field was read; what others change is
// shown at once, around what is being typed.
#pragma once

#include <wx/panel.h>
#include <wx/weakref.h>

#include <deque>
#include <string>
#include <vector>

#include "editors/editor.hpp"

class wxNotebook;
class wxStaticText;

namespace sheet {

class AccessForm;
class FieldRow;
class HistoryPage;
class SectionPage;
class SeeAs;
class SheetHeader;
class SnapshotsPage;

class SheetView : public wxPanel {
  public:
    SheetView(wxWindow* parent, EditorServices& services);

    // A character's id, or a campaign's own id for its session sheet.
    void show_sheet(const std::string& id, bool focus);
    [[nodiscard]] const std::string& shown() const { return id_; }
    [[nodiscard]] const std::string& campaign() const { return campaign_; }

    void on_campaign_changed(const Json& message);  // topic campaign.changed
    void undo();
    void redo();
    void decide_access();  // asks who sees and who changes the field that has the keyboard
    void commit();         // what is being typed
    void focus_first();
    [[nodiscard]] wxWindow* pages();
    [[nodiscard]] int page() const;
    void choose_page(int page);

    std::function<void()> on_gone;  // the sheet does not exist any more
    // Why something that was typed is not in the sheet, when its field is not on the screen to say
    // so.
    std::function<void(const wxString& words)> on_lost;
    std::function<void(const wxString& words)> on_news;  // what was done, when the sheet has gone

  private:
    struct Waiting {
        unsigned number;
        std::string path;
        Edit edit;
        std::int64_t base;  // the revision at which the field was read
        bool is_sent = false;
    };
    void build();
    void load();
    void ask_members();
    void see_as(const std::string& client_id);
    void show_decided();
    void close_access();
    void add_history();
    void reload_history();
    void go_in_history(const char* method);
    void show_answer(const Json& answer);
    void show_error(const sz::ui::BusError& error);
    void rebuild(const Json& answer);
    void update(const Json& answer);
    void on_key(wxKeyEvent& event);
    void lay_out();
    void leave();
    void queue(const std::string& path, const Edit& edit);
    void send_next();
    void send(Waiting& edit);
    void settle_waiting(const std::string& path);
    [[nodiscard]] FieldRow* row(const std::string& path);
    [[nodiscard]] FieldRow* focused_row();

    EditorServices& services_;
    std::string id_, campaign_;
    std::string shape_;  // sections, groups and definitions; another shape is built anew
    std::int64_t revision_ = 0;
    Json sheet_;  // the last answer
    SheetHeader* header_;
    SeeAs* see_as_;
    AccessForm* access_;
    wxWeakRef<wxWindow> before_access_;  // where the keyboard was
    wxNotebook* pages_;
    std::vector<SectionPage*> sections_;
    HistoryPage* history_ = nullptr;  // null with the next: a member does not see them
    SnapshotsPage* snapshots_ = nullptr;
    std::deque<Waiting> waiting_;  // no answer yet; those that are sent stand first
    unsigned last_number_ = 0;
    bool loading_ = false, stale_ = false, focus_when_shown_ = false;
    int page_when_shown_ = -1;
    unsigned generation_ = 0;
};

}  // namespace sheet
