// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/desktop_app.hpp"

#include <wx/app.h>
#include <wx/image.h>
#include <wx/init.h>
#include <wx/log.h>

#include <cstdio>

#include "ui/desktop/frame.hpp"
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
        frame_ = new Frame(ui_, line_);
        frame_->on_exit_code = [this](int code) { code_ = code; };
        frame_->Show();
        end_gently_on_signals();
        return true;
    }

    int OnRun() override {
        const int code = wxApp::OnRun();
        return code == 0 ? code_ : code;
    }

  private:
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
