// SPDX-License-Identifier: AGPL-3.0-or-later
// The place of one panel in the window: makes it as its child, and stands in with an explanation
// when it cannot be made or has failed.
#pragma once

#include <wx/panel.h>

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

#include "kernel/app/profile.hpp"

class wxIdleEvent;

namespace sz::ui {
class StyledText;
}

namespace sz::desktop {

class PanelPage final : public wxPanel {
  public:
    // The page whose panel `window` belongs to, as a dialog belongs to the panel that opened it;
    // null for the shell's own windows, and the page is one of these.
    [[nodiscard]] static PanelPage* above(const wxWindow* window);

    // Empty until make(), so that the window knows the page before the panel's code runs.
    PanelPage(wxWindow* parent, std::unique_ptr<Panel> panel);
    ~PanelPage() override;
    void make();

    [[nodiscard]] const std::string& id() const { return info_.id; }
    [[nodiscard]] std::string settings_key() const;  // "desktop.panel.PLUGIN.ID"
    [[nodiscard]] wxString title() const;
    [[nodiscard]] bool shows(const std::string& kind) const;

    void focus();
    [[nodiscard]] bool show(const Json& target);  // false: it does not show that
    [[nodiscard]] Json save();                    // null when there is nothing to remember
    void restore(const Json& state);
    // Whether the panel's code is running on this thread, as while a dialog of it waits.
    [[nodiscard]] bool is_busy() const { return panel_ != nullptr && panel_->is_busy(); }
    void end();  // the panel's life ends; the page stays, empty, until the window goes

    // Runs what the toolkit calls in one of the panel's windows. A panel that throws gives way to
    // an explanation when none of its code runs any more.
    template <class Work>
    void run(const char* call, Work&& work) {
        if (panel_ == nullptr) return work();
        panel_->run(call, std::forward<Work>(work));
        give_way_soon_if_failed();
    }

  private:
    [[nodiscard]] wxString why_not() const;  // why this panel cannot be made here; empty if it can
    void give_way_soon_if_failed();
    void give_way_when_free(wxIdleEvent& event);
    void explain(const wxString& heading, const wxString& words, const wxString& code);
    void explain_failure(const wxString& heading, const Error& why);

    PanelInfo info_;
    std::unique_ptr<Panel> panel_;
    ui::StyledText* explanation_ = nullptr;
    bool is_giving_way_ = false;
};

}  // namespace sz::desktop
