// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/frame.hpp"

#include <wx/app.h>
#include <wx/dcclient.h>
#include <wx/dialog.h>
#include <wx/display.h>
#include <wx/dnd.h>
#include <wx/menu.h>
#include <wx/notebook.h>
#include <wx/simplebook.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>
#include <sz/wx/styled_text.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ui/desktop/bottom_strip.hpp"
#include "ui/desktop/help_page.hpp"
#include "ui/desktop/notice_bar.hpp"
#include "ui/desktop/panel_page.hpp"
#include "ui/desktop/start_report.hpp"
#include "ui/desktop/unlock_form.hpp"

namespace sz::desktop {

using ui::from_utf8;
using ui::number_of;
using ui::text_of;

namespace {

constexpr int environment_exit = 3;
constexpr int patience_ms = 2000;
constexpr const char* window_key = "desktop.window";

class FileDrop final : public wxFileDropTarget {
  public:
    explicit FileDrop(std::function<void(const std::vector<std::string>&)> taken)
        : taken_(std::move(taken)) {}
    bool OnDropFiles(wxCoord, wxCoord, const wxArrayString& files) override {
        std::vector<std::string> paths;
        for (const wxString& file : files) paths.push_back(ui::to_utf8(file));
        taken_(paths);
        return true;
    }

  private:
    std::function<void(const std::vector<std::string>&)> taken_;
};

}  // namespace

Frame::Frame(Executor& ui, CommandLine line)
    : wxFrame(nullptr, wxID_ANY, "SessionZero"),
      executor_(ui),
      line_(std::move(line)),
      opening_(ui),
      patience_(this) {
    wxSize size = FromDIP(wxSize(1100, 720));
    size.DecTo(wxDisplay().GetClientArea().GetSize());  // a small screen has a small window
    SetSize(size);
    SetMinSize(FromDIP(wxSize(640, 420)));
    if (line_.safe_mode) SetTitle(_("SessionZero (safe mode)"));
    build();
    build_menus();
    Centre();
    SetDropTarget(
        new FileDrop([this](const std::vector<std::string>& paths) { import_files(paths); }));
    Bind(wxEVT_CLOSE_WINDOW, &Frame::on_close, this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { end_panels(); });
}

Frame::~Frame() = default;

void Frame::build() {
    auto* column = new wxBoxSizer(wxVERTICAL);
    unlock_ = new UnlockForm(this);
    column->Add(unlock_, wxSizerFlags().Expand());
    stack_ = new wxSimplebook(this);
    auto* waiting = new wxPanel(stack_);
    auto* inside = new wxBoxSizer(wxVERTICAL);
    message_ = new ui::StyledText(waiting, _("What is happening"), wxBORDER_NONE);
    message_->write(_("Opening your packs and campaigns..."));
    inside->Add(message_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(ui::margin)));
    waiting->SetSizer(inside);
    stack_->AddPage(waiting, {});
    pages_ = new wxNotebook(stack_, wxID_ANY);
    ui::set_accessible_name(*pages_, _("Panels"));
    stack_->AddPage(pages_, {});
    help_ = new HelpPage(stack_, [this] { leave_help(); });
    stack_->AddPage(help_, {});
    notices_ = new NoticeBar(this);
    column->Add(notices_, wxSizerFlags().Expand());
    column->Add(stack_, wxSizerFlags(1).Expand());
    strip_ = new BottomStrip(this);
    column->Add(strip_, wxSizerFlags().Expand());
    SetSizer(column);
    build_unlock_form();
    message_->SetFocus();
    // The first thing is a window that can be seen; everything else begins after it has been drawn.
    waiting->Bind(wxEVT_PAINT, [this, waiting, begun = false](wxPaintEvent&) mutable {
        const wxPaintDC dc(waiting);
        if (std::exchange(begun, true)) return;
        if (start_is_reported()) report_first_paint();
        CallAfter(&Frame::open_profile);
    });
    pages_->Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
        event.Skip();
        if (event.GetEventObject() == pages_) strip_->say({});
    });
}

void Frame::build_unlock_form() {
    unlock_->on_known = [this](bool locked) { unlock_item_->Enable(locked); };
    unlock_->on_resize = [this] { Layout(); };
    unlock_->on_left = [this] { focus_shown(); };
    unlock_->on_done = [this](const wxString& words) { strip_->say(words); };
}

// ---- opening ----

void Frame::open_profile() {
    opening_.open(
        line_, [this] { show_waiting(); }, [this](Opened result) { opened(std::move(result)); });
}

void Frame::show_waiting() {
    if (state_ != State::opening) return;
    const wxString words = _("Another program is finishing its work...");
    message_->fill([&](ui::StyledText& text) {
        text.write(words + "\n\n");
        text.write(_("Your packs and campaigns are opened as soon as it has ended."));
    });
    strip_->say(words);
}

void Frame::opened(Opened result) {
    if (result.profile) profile_ = std::move(*result.profile);
    if (state_ == State::closing) return save_and_go();
    strip_->say({});
    if (!result.profile) return show_failure(result.profile.error(), result.is_served);
    state_ = State::open;
    shell_bus_ = profile_->window_bus(executor_, "org.sessionzero.desktop");
    bus_ = std::make_unique<ui::PanelBus>(shell_bus_->table());
    bus_->on_unhandled = [this](const ui::BusError& error) { strip_->say(error.sentence()); };
    strip_->follow_tasks(*bus_);
    const ui::KeepFocus keep;  // whoever reads the help already stays there
    add_panels();
    add_panel_menu_items();
    restore_layout();
}

// Another program that has the profile may be a window (it is served) or anything else.
void Frame::show_failure(const Error& error, bool is_served) {
    state_ = State::broken;
    if (on_exit_code) on_exit_code(environment_exit);
    message_->fill([&](ui::StyledText& text) {
        const bool is_taken = error.code == "SZ-PROFILE-010";
        text.write((!is_taken   ? _("Your packs and campaigns could not be opened")
                    : is_served ? _("SessionZero is open already")
                                : _("Another program has your packs and campaigns open")) +
                       "\n\n",
                   {.heading = 2});
        text.write(from_utf8(error.message) + "\n");
        if (!error.hint.empty() && (is_served || !is_taken))
            text.write(from_utf8(error.hint) + "\n");
        if (is_taken && !is_served)
            text.write(_("It has not ended by itself; perhaps szctl is in the midst of a long "
                         "import. Start SessionZero again when it has ended, or start with "
                         "another profile: sessionzero --profile DIR.") +
                       "\n");
        if (is_served)
            text.write("\n" +
                       _("Go to the window that is open, or close this one and start again with "
                         "another profile: sessionzero "
                         "--profile DIR. On a command line, szctl works beside the open window.") +
                       "\n");
        text.write("\n" + from_utf8(error.code + (error.where.empty() ? "" : " " + error.where)),
                   {.muted = true});
    });
    stack_->SetSelection(message_page);  // it matters more than help
    message_->SetFocus();
    if (start_is_reported()) Close();
}

void Frame::add_panels() {
    for (const PanelInfo& one : profile_->panels().list()) {
        auto* page =
            new PanelPage(pages_, profile_->panels().make(one, shell_of_panels(), executor_));
        panels_.push_back(page);
        page->make();
        pages_->AddPage(page, wxControl::EscapeMnemonics(page->title()));
    }
    if (panels_.empty())
        message_->fill([](ui::StyledText& text) {
            text.write(_("There are no panels") + "\n\n", {.heading = 2});
            text.write(
                _("No plugin with a panel is running. szctl plugin list says why; --safe-mode "
                  "starts with SessionZero's own "
                  "plugins."));
        });
}

// What a panel may ask of the window around it.
PanelShell Frame::shell_of_panels() {
    return {[this](const Json& target) { open_target(target); },
            [this](const std::string& text) { say(from_utf8(text)); },
            [](const std::string& text) { return ui::to_utf8(wxGetTranslation(from_utf8(text))); }};
}

void Frame::say(const wxString& words) { strip_->say(words); }

// The last window's size and place, and what each panel wants to remember.
void Frame::restore_layout() {
    restoring_ = panels_.size() + 1;
    const auto answered = [this] {
        if (--restoring_ == 0) finish_start();
    };
    for (PanelPage* page : panels_)
        bus_->call(
            "settings.get", {{"key", page->settings_key()}},
            [this, page, answered](const Json& answer) {
                if (state_ != State::open) return;
                page->restore(ui::member_of(answer, "value"));
                restored_.insert(page->settings_key());
                answered();
            },
            [this, page, answered](const ui::BusError&) {
                if (state_ != State::open) return;
                page->restore(Json::object());
                answered();
            });
    bus_->call(
        "settings.get", {{"key", window_key}},
        [this, answered](const Json& answer) {
            if (state_ != State::open) return;
            restore_window(ui::object_of(answer, "value"));
            restored_.insert(window_key);
            answered();
        },
        [answered](const ui::BusError&) { answered(); });
}

void Frame::restore_window(const Json& state) {
    const wxRect place(
        static_cast<int>(number_of(state, "x")), static_cast<int>(number_of(state, "y")),
        static_cast<int>(number_of(state, "width")), static_cast<int>(number_of(state, "height")));
    // A place on a screen that is no longer there is not a place.
    if (place.width >= 200 && place.height >= 200 &&
        wxDisplay::GetFromPoint(place.GetTopLeft()) != wxNOT_FOUND)
        SetSize(place);
    if (ui::flag_of(state, "maximized")) Maximize();
    for (std::size_t i = 0; i < panels_.size(); ++i)
        if (panels_[i]->settings_key() == text_of(state, "panel") ||
            (state.empty() && panels_[i]->shows("start")))
            ui::select_page_quietly(*pages_, static_cast<int>(i));
}

void Frame::finish_start() {
    if (state_ != State::open) return;
    started_ = true;
    if (!panels_.empty() && stack_->GetSelection() == message_page)
        stack_->SetSelection(panels_page);
    follow_identity();
    notices_->ask(*bus_);
    if (!start_is_reported()) return;
    CallAfter([this] {
        report_ready();
        Close();
    });
}

// The keyboard goes to where something must be typed first, if anywhere.
void Frame::follow_identity() {
    unlock_->follow(*bus_, [this](bool offered) {
        if (!offered) focus_shown();
    });
}

// ---- closing ----

Json Frame::window_state() const {
    Json state{{"maximized", IsMaximized()},
               {"panel", chosen() == nullptr ? std::string() : chosen()->settings_key()}};
    const wxRect place = GetRect();
    state.update(
        {{"x", place.x}, {"y", place.y}, {"width", place.width}, {"height", place.height}});
    return state;
}

// Nothing is asked: what was typed is sent, what panels remember is stored, then the profile is
// closed behind the hidden window.
void Frame::on_close(wxCloseEvent& event) {
    if (event.CanVeto()) event.Veto();
    if (state_ == State::closing) return;
    if (is_panel_busy()) return close_without_dialogs();
    const State before = std::exchange(state_, State::closing);
    if (before == State::open) return save_and_go();
    Hide();
    opening_.give_up();
    if (!opening_.is_under_way()) save_and_go();  // else `opened` goes on here
}

bool Frame::is_panel_busy() const {
    return std::any_of(panels_.begin(), panels_.end(),
                       [](const PanelPage* page) { return page->is_busy(); });
}

// A panel cannot end in the midst of its own code, as where a dialog of it waits for an answer: the
// end of the desktop session is answer enough.
void Frame::close_without_dialogs() {
    for (wxWindow* window : wxTopLevelWindows)
        if (auto* dialog = dynamic_cast<wxDialog*>(window); dialog != nullptr && dialog->IsModal())
            dialog->EndModal(wxID_CANCEL);
    if (!std::exchange(is_leaving_, true)) Bind(wxEVT_IDLE, &Frame::close_when_free, this);
    wxWakeUpIdle();
}

void Frame::close_when_free(wxIdleEvent& event) {
    event.Skip();
    if (is_panel_busy()) return;
    Unbind(wxEVT_IDLE, &Frame::close_when_free, this);
    is_leaving_ = false;
    Close();
}

void Frame::save_and_go() {
    if (bus_ == nullptr) return end_panels();
    std::vector<std::pair<std::string, Json>> states{{window_key, window_state()}};
    for (PanelPage* page : panels_)  // sends what was typed, too
        if (Json state = page->save(); state.is_object())
            states.emplace_back(page->settings_key(), std::move(state));
    std::erase_if(states, [this](const auto& one) { return !restored_.contains(one.first); });
    Hide();
    if (states.empty()) return end_panels();
    saving_ = states.size();
    const auto answered = [this] {
        if (--saving_ == 0) end_panels();
    };
    for (const auto& [key, value] : states)
        bus_->call(
            "settings.set", {{"key", key}, {"value", value}},
            [answered](const Json&) { answered(); },
            [answered](const ui::BusError&) { answered(); });
    patience_.StartOnce(patience_ms);
}

void Frame::end_panels() {
    patience_.Stop();
    for (PanelPage* page : panels_) page->end();
    panels_.clear();
    bus_.reset();
    shell_bus_.reset();
    if (profile_ == nullptr) {
        Destroy();
        return;
    }
    opening_.close(std::move(profile_), [this] { Destroy(); });
}

}  // namespace sz::desktop
