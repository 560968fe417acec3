// SPDX-License-Identifier: AGPL-3.0-or-later
// The place of one panel in the window: makes it through the C table of its plugin, gives it a bus,
// and stands in with an explanation when it cannot be made.
#pragma once

#include <sz/ext/panel.h>
#include <wx/panel.h>

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "kernel/app/profile.hpp"
#include "kernel/plugin/panel_bus.hpp"

namespace sz::desktop {

// What a page may ask of the window around it.
struct PanelSurroundings {
    std::function<void(const Json& target)> open;
    std::function<void(const wxString& text)> status;
};

class PanelPage : public wxPanel {
  public:
    PanelPage(wxWindow* parent, const Profile::PanelOf& panel, Bus& bus, Executor& ui,
              const PanelSurroundings& surroundings);
    ~PanelPage() override;

    [[nodiscard]] const std::string& plugin() const { return plugin_; }
    [[nodiscard]] std::string id() const;
    [[nodiscard]] std::string settings_key() const;  // "desktop.panel.PLUGIN.ID"
    [[nodiscard]] bool shows(const std::string& kind) const;

    void focus();
    [[nodiscard]] bool show(const Json& target);  // false: it does not show that
    [[nodiscard]] Json save();                    // null when there is nothing to remember
    void restore(const Json& state);
    void end();  // the panel's life ends; the page stays, empty, until the window goes

  private:
    [[nodiscard]] wxString why_not() const;  // why this panel cannot be made here; empty if it can
    void make();
    void explain(const wxString& words);

    std::string plugin_;
    const sz_panel* panel_;
    PanelSurroundings surroundings_;
    std::unique_ptr<PanelBus> bus_;
    sz_panel_host host_{};
    const sz_panel_instance* instance_ = nullptr;
};

}  // namespace sz::desktop
