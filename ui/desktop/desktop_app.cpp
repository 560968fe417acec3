// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/desktop_app.hpp"

#include <wx/app.h>
#include <wx/image.h>
#include <wx/init.h>
#include <wx/log.h>
#include <wx/menu.h>
#include <wx/modalhook.h>
#include <wx/timer.h>
#include <wx/translation.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <vector>

#include "kernel/base/log.hpp"
#include "ui/desktop/frame.hpp"
#include "ui/desktop/panel_page.hpp"
#include "ui/desktop/ui_executor.hpp"

#ifdef __WXGTK__
#include <glib-unix.h>

#include <csignal>
#endif

namespace sz::desktop {

namespace {

class DesktopApp final : public wxApp {
  public:
    explicit DesktopApp(CommandLine line) : line_(std::move(line)) {}

    bool OnInit() override {
        SetAppName("sessionzero");
        SetAppDisplayName("SessionZero");
        SetClassName("sessionzero");
        wxInitAllImageHandlers();
        // Message boxes that nobody asked for block the window; what the toolkit complains of goes
        // to standard error.
        delete wxLog::SetActiveTarget(new wxLogStderr);
        wxSetAssertHandler(&DesktopApp::complain);
        waits_.Register();
        frame_ = new Frame(ui_, line_);
        frame_->on_exit_code = [this](int code) { code_ = code; };
        frame_->Show();
        end_gently_on_signals();
        return true;
    }

    // Every handler of an event comes through here. Those of a panel's windows are the panel's
    // code.
    void CallEventHandler(wxEvtHandler* handler, wxEventFunctor& functor,
                          wxEvent& event) const override {
        auto call = [&] { wxApp::CallEventHandler(handler, functor, event); };
        PanelPage* page = handler == this ? nullptr : PanelPage::above(window_of(handler, event));
        page == nullptr ? call() : page->run("panel.event", call);
    }

    // But for CallAfter, which has no handler.
    int FilterEvent(wxEvent& event) override {
        if (event.GetEventType() != wxEVT_ASYNC_METHOD_CALL) return Event_Skip;
        PanelPage* page = PanelPage::above(dynamic_cast<wxWindow*>(event.GetEventObject()));
        if (page == nullptr) return Event_Skip;
        page->run("panel.call-after",
                  [&] { static_cast<wxAsyncMethodCallEvent&>(event).Execute(); });
        return Event_Processed;
    }

    // What is thrown in the window's own code must not take the evening's work off the screen.
    bool OnExceptionInMainLoop() override {
        try {
            throw;
        } catch (const std::exception& wrong) {
            log::error("desktop", std::string("The window failed in an event: ") + wrong.what());
        } catch (...) {
            log::error("desktop", "The window failed in an event.");
        }
        if (auto* frame = dynamic_cast<Frame*>(GetTopWindow()))
            frame->say(_("Something went wrong in the window; the log says what."));
        return true;
    }

    int OnRun() override {
        const int code = wxApp::OnRun();
        return code == 0 ? code_ : code;
    }

  private:
    // The window that an event is about: the handler itself, or who owns it.
    static const wxWindow* window_of(const wxEvtHandler* handler, const wxEvent& event) {
        if (const auto* window = dynamic_cast<const wxWindow*>(handler)) return window;
        if (const auto* menu = dynamic_cast<const wxMenu*>(handler)) return menu->GetWindow();
        if (const auto* timer = dynamic_cast<const wxTimer*>(handler))
            return dynamic_cast<const wxWindow*>(timer->GetOwner());
        return dynamic_cast<const wxWindow*>(event.GetEventObject());
    }

    // An assertion of the toolkit is our defect, not a question to the person at the table.
    static void complain(const wxString& file, int line, const wxString& function,
                         const wxString& condition, const wxString& message) {
        std::fprintf(stderr, "sessionzero: toolkit: %s:%d %s: %s %s\n",
                     static_cast<const char*>(file.utf8_str()), line,
                     static_cast<const char*>(function.utf8_str()),
                     static_cast<const char*>(condition.utf8_str()),
                     static_cast<const char*>(message.utf8_str()));
    }

    // The end of a desktop session asks politely first: everything is saved as with File, Quit.
    void end_gently_on_signals() {
#ifdef __WXGTK__
        const auto close = [](gpointer self) -> gboolean {
            auto* app = static_cast<DesktopApp*>(self);
            if (app->GetTopWindow() != nullptr) app->GetTopWindow()->Close();
            return G_SOURCE_CONTINUE;
        };
        for (const int signal : {SIGTERM, SIGINT, SIGHUP}) g_unix_signal_add(signal, close, this);
#endif
    }

    // A dialog waits for the person, not for the panel that opened it.
    class Waits final : public wxModalDialogHook {
        int Enter(wxDialog*) override {
            waiting_.push_back(std::make_unique<WaitForPerson>());
            return wxID_NONE;
        }
        void Exit(wxDialog*) override { waiting_.pop_back(); }
        std::vector<std::unique_ptr<WaitForPerson>> waiting_;
    };

    Waits waits_;
    CommandLine line_;
    UiExecutor ui_;
    Frame* frame_ = nullptr;
    int code_ = 0;
};

}  // namespace

int run(const CommandLine& line, char* program) {
    wxDISABLE_ASSERTS_IN_RELEASE_BUILD();
    wxApp::SetInstance(new DesktopApp(line));
    // Our own options are read already; the toolkit sees the program's name only.
    int count = 1;
    char* words[] = {program, nullptr};
    return wxEntry(count, words);
}

}  // namespace sz::desktop
