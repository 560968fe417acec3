// SPDX-License-Identifier: AGPL-3.0-or-later
// A choice among the templates of all installed packs, with what the chosen one says about itself.
#pragma once

#include <sz/wx/bus.hpp>

#include <functional>
#include <string>
#include <vector>

class wxChoice;
class wxSizer;
class wxWindow;
namespace sz::ui {
class Notice;
}

namespace sheet {

using sz::ui::Json;

class TemplateChoice {
  public:
    // Adds a label, the choice and its description to `grid` (two columns). `kind`:
    // "session-template", "character-template".
    TemplateChoice(wxSizer& grid, wxWindow* parent, sz::ui::PanelBus& bus, std::string kind,
                   const wxString& label);

    void reload(bool waiting);                    // waiting: the first packs are still on their way
    [[nodiscard]] std::string reference() const;  // "PACK@VERSION/TEMPLATE", "" when there is none
    [[nodiscard]] std::string pack() const;       // id of its pack
    void prefer_pack(const std::string& pack);    // chooses the first of this pack
    [[nodiscard]] wxWindow* control();
    void show(bool shown);

    std::function<void()> on_change;

  private:
    void fill(const Json& answer);
    void changed();
    [[nodiscard]] const Json& chosen() const;

    sz::ui::PanelBus& bus_;
    std::string kind_;
    wxWindow* label_;
    wxChoice* choice_;
    sz::ui::Notice* about_;
    std::vector<Json> templates_;  // of the items
    std::string preferred_;
    bool waiting_ = false;
};

}  // namespace sheet
