// SPDX-License-Identifier: AGPL-3.0-or-later
// The window: it is there at once, opens the profile behind itself, and shows the panels of the
// plugins as pages.
#pragma once

#include <wx/frame.h>
#include <wx/timer.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/app/profile.hpp"
#include "kernel/plugin/panel_bus.hpp"
#include "ui/desktop/opening.hpp"
#include "ui/desktop/options.hpp"

class wxNotebook;
class wxSimplebook;

namespace sz::ui {
class StyledText;
}

namespace sz::desktop {

class BottomStrip;
class PanelPage;

class Frame : public wxFrame {
  public:
    Frame(Executor& ui, CommandLine line);
    ~Frame() override;

    std::function<void(int)> on_exit_code;  // said before the window goes, when it is not 0

  private:
    // The way a window goes: opening → open → closing; or opening → broken → closing.
    enum class State { opening, open, broken, closing };

    void build();
    void open_profile();
    void opened(Result<std::unique_ptr<Profile>> result);
    void show_failure(const Error& error);
    void add_panels();
    void restore_layout();
    void show_notices();
    void finish_start();

    void build_menus();
    void add_panel_menu_items();
    void add_item(wxMenu* menu, const wxString& label, std::function<void()> work, int id = -1);
    void open_target(const Json& target);
    void import_files(const std::vector<std::string>& paths);
    void tell_current(const Json& target);
    void choose_page(std::size_t page);
    void show_help();
    [[nodiscard]] PanelPage* current() const;

    void on_close(wxCloseEvent& event);
    void save_and_go();
    void end_panels();
    [[nodiscard]] Json window_state() const;

    Executor& executor_;
    CommandLine line_;
    State state_ = State::opening;
    Opening opening_;
    std::unique_ptr<Profile> profile_;
    std::unique_ptr<PanelBus> shell_bus_;  // the shell is on the bus like any panel
    std::unique_ptr<ui::PanelBus> bus_;
    wxSimplebook* stack_;  // what is said while opening; the panels
    ui::StyledText* message_;
    wxNotebook* pages_;
    BottomStrip* strip_;
    wxMenu* view_menu_ = nullptr;
    wxWindow* help_ = nullptr;
    std::vector<PanelPage*> panels_;
    std::size_t unanswered_ = 0;  // states that are being saved or restored
    wxTimer patience_;            // a window that is to close does so, answered or not
};

}  // namespace sz::desktop
