// SPDX-License-Identifier: AGPL-3.0-or-later
// The campaigns with their characters, as a tree; choosing one shows its sheet.
#pragma once

#include <wx/dataview.h>
#include <wx/timer.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sheet {

using sz::ui::Json;

struct CampaignItem {
    std::string id;
    wxString name, problem;  // problem: why it cannot be opened
    std::vector<std::pair<std::string, wxString>> characters;
    bool operator==(const CampaignItem&) const = default;
};

class CampaignTree : public wxDataViewTreeCtrl {
  public:
    CampaignTree(wxWindow* parent, sz::ui::PanelBus& bus);

    // Soon; several requests become one. on_loaded is told when something has changed, or `tell` is
    // set.
    void reload(bool tell = false);
    // Chooses what has this id, now or when it has been loaded. Tells on_choose.
    void choose(const std::string& id);
    [[nodiscard]] std::string chosen() const;
    [[nodiscard]] std::string chosen_campaign() const;
    [[nodiscard]] const std::vector<CampaignItem>& campaigns() const { return shown_; }

    // `by_person`: in the tree, not by the program.
    std::function<void(const std::string& id, bool by_person)> on_choose;
    std::function<void(const std::string& id)> on_activate;  // Enter
    std::function<void()> on_loaded;
    std::function<void(const wxString&)> on_problem;

  private:
    class Data;
    void ask();
    void ask_characters();
    void rebuild();
    void on_key(wxKeyEvent& event);

    sz::ui::PanelBus& bus_;
    wxTimer timer_;
    std::vector<CampaignItem> shown_, coming_;
    std::size_t missing_ = 0;  // answers that `coming_` still waits for
    std::string wanted_;
    std::map<std::string, wxDataViewItem> items_;
    unsigned generation_ = 0;
    bool quiet_ = false, tell_ = true;
};

}  // namespace sheet
