// SPDX-License-Identifier: AGPL-3.0-or-later
// The window: it is there at once, opens the profile behind itself, and shows the panels of the
// plugins as pages.
#pragma once

#include <wx/frame.h>
#include <wx/timer.h>
#include <wx/weakref.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kernel/app/profile.hpp"
#include "ui/desktop/opening.hpp"
#include "ui/desktop/options.hpp"

class wxMenuItem;
class wxNotebook;
class wxSimplebook;

namespace sz::ui {
class StyledText;
}

namespace sz::desktop {

class BottomStrip;
class NoticeBar;
class HelpPage;
class PanelPage;
class UnlockForm;

class Frame : public wxFrame {
  public:
    Frame(Executor& ui, CommandLine line);
    ~Frame() override;

    std::function<void(int)> on_exit_code;  // said before the window goes, when it is not 0
    void say(const wxString& words);        // in the status bar

  private:
    // The way a window goes: opening → open → closing; or opening → broken → closing.
    enum class State { opening, open, broken, closing };
    enum Shown { message_page, panels_page, help_page };  // pages of stack_

    void build();
    void build_unlock_form();
    void open_profile();
    void opened(Opened result);
    void show_waiting();
    void show_failure(const Error& error, bool is_served);
    void add_panels();
    [[nodiscard]] PanelShell shell_of_panels();
    void restore_layout();
    void restore_window(const Json& state);
    void finish_start();
    void follow_identity();

    void build_menus();
    void add_panel_menu_items();
    void take_keys_first();
    wxMenuItem* add_item(wxMenu* menu, const wxString& label, std::function<void()> work,
                         int id = -1);
    void open_target(const Json& target);
    void import_files(const std::vector<std::string>& paths);
    void tell_current(const Json& target);
    void choose_page(std::size_t page);
    void show_help();  // and goes back from it
    void leave_help();
    void focus_shown();
    [[nodiscard]] PanelPage* chosen() const;   // the page that is, or will be, among the panels
    [[nodiscard]] PanelPage* current() const;  // the same, if a person sees it

    void on_close(wxCloseEvent& event);
    [[nodiscard]] bool is_panel_busy() const;
    void close_without_dialogs();
    void close_when_free(wxIdleEvent& event);
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
    wxSimplebook* stack_;  // what is said while opening; the panels; help, in front of either
    ui::StyledText* message_;
    wxNotebook* pages_;
    NoticeBar* notices_;
    BottomStrip* strip_;
    UnlockForm* unlock_;
    wxMenu* view_menu_ = nullptr;
    wxMenuItem* unlock_item_ = nullptr;
    HelpPage* help_;
    wxWeakRef<wxWindow> before_help_;  // had the keyboard
    std::vector<PanelPage*> panels_;
    std::size_t restoring_ = 0, saving_ = 0;  // states that have not been answered yet
    // Keys of states that are known. Others are not saved: what is remembered would be overwritten
    // with what nobody chose.
    std::set<std::string> restored_;
    bool is_leaving_ = false;  // closes as soon as no panel is busy
    bool started_ = false;     // everything is restored, the panels can be seen
    wxTimer patience_;         // a window that is to close does so, answered or not
};

}  // namespace sz::desktop
