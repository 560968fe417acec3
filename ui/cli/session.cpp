// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/session.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kernel/base/files.hpp"
#include "ui/cli/print.hpp"

namespace sz::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

// While it lives, Ctrl+C asks to stop instead of ending the program; a second one ends it.
class InterruptGuard {
  public:
    InterruptGuard() {
        struct sigaction action {};
        action.sa_handler = [](int) { interrupted = 1; };
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        ::sigaction(SIGINT, &action, &before_);
    }
    ~InterruptGuard() { ::sigaction(SIGINT, &before_, nullptr); }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

  private:
    struct sigaction before_ {};
};

constexpr std::chrono::milliseconds wait_slice{300};
constexpr std::chrono::milliseconds call_deadline{120'000};

}  // namespace

Status Session::open() {
    if (bus_) return {};
    auto opened = BusClient::open(options_);
    if (!opened) return fail(opened.error());
    bus_ = std::move(*opened);
    bus_->on_topic("task.progress",
                   [this](const std::string&, const Json& message) { show_progress(message); });
    show_notices();
    return {};
}

// What a person should know about this profile, though everything goes on.
void Session::show_notices() {
    const auto info = bus_->call("app.info", Json::object(), call_deadline);
    if (!info) return;
    for (const Json& notice : items(*info, "notices"))
        print_error(std::cerr, {ErrorKind::environment,
                                string_or(notice, "code"),
                                "Note: " + string_or(notice, "message"),
                                string_or(notice, "hint"),
                                {}});
}

// One line that is written over while work goes on; nothing when standard error is not a terminal.
void Session::show_progress(const Json& message) {
    if (::isatty(STDERR_FILENO) == 0 || string_or(message, "task") != watched_) return;
    if (string_or(message, "state") != "running") return;
    std::string text = string_or(message, "title") + ": " + string_or(message, "what");
    const auto total = message.value("total", std::uint64_t{0});
    if (total > 0)
        text +=
            " (" + std::to_string(message.value("done", std::uint64_t{0}) * 100 / total) + " %)";
    std::cerr << "\r\033[K" << text.substr(0, 100) << std::flush;
    line_shown_ = true;
}

void Session::watch(const std::string& task) {
    watched_ = task;
    if (line_shown_) std::cerr << "\r\033[K" << std::flush;
    line_shown_ = false;
}

Result<Json> Session::call(const std::string& method, const Json& params) {
    SZ_TRY(open());
    auto result = bus_->call(method, params, call_deadline);
    if (result || result.error().code != "SZ-IDENTITY-003" || method.rfind("identity.", 0) == 0)
        return result;
    SZ_TRY(unlock());
    return bus_->call(method, params, call_deadline);
}

Status Session::unlock() {
    SZ_ASSIGN(const Json active, bus_->call("identity.show", Json::object(), call_deadline));
    SZ_ASSIGN(const std::string secret,
              passphrase("Passphrase of \"" + string_or(active, "name") + "\""));
    SZ_TRY(bus_->call("identity.unlock",
                      Json{{"client_id", string_or(active, "client_id")}, {"passphrase", secret}},
                      call_deadline));
    return {};
}

Result<Json> Session::run_task(const std::string& method, const Json& params) {
    SZ_TRY(open());
    SZ_ASSIGN(const Json started, bus_->call(method, params, call_deadline));
    return wait_for(string_or(started, "task"));
}

Result<Json> Session::wait_for(const std::string& task) {
    watch(task);
    const InterruptGuard guard;
    bool cancelled = false;
    for (;;) {
        auto result = bus_->call("task.wait", Json{{"task", task}}, wait_slice);
        const bool still_running = !result && result.error().code == "SZ-BUS-003";
        if (!still_running) {
            watch("");
            return result;
        }
        if (interrupted != 0 && !cancelled) {
            cancelled = true;
            say("Stopping …");
            SZ_TRY(bus_->call("task.cancel", Json{{"task", task}}, call_deadline));
        }
    }
}

Result<std::string> Session::passphrase(const std::string& question) {
    return has_passphrase_file() ? secret_in_file(passphrase_file_) : ask_secret(question);
}

Result<std::string> Session::ask_secret(const std::string& question, const std::string& option) {
    std::FILE* terminal = std::fopen("/dev/tty", "r+");
    if (terminal == nullptr) {
        return fail(ErrorKind::environment, "SZ-CLI-005",
                    "There is no terminal to ask on: " + question + ".",
                    "Give it in a file: " + option + " FILE.");
    }
    const InterruptGuard guard;  // ended by Ctrl+C, the program would leave the terminal mute
    const int descriptor = ::fileno(terminal);
    termios before{};
    ::tcgetattr(descriptor, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(descriptor, TCSAFLUSH, &silent);
    std::fputs((question + ": ").c_str(), terminal);
    std::fflush(terminal);
    std::string answer;
    for (int c = std::fgetc(terminal); c != EOF && c != '\n'; c = std::fgetc(terminal))
        answer.push_back(static_cast<char>(c));
    ::tcsetattr(descriptor, TCSAFLUSH, &before);
    std::fputs("\n", terminal);
    std::fclose(terminal);
    if (interrupted != 0)
        return fail(ErrorKind::cancelled, "SZ-CLI-010", "Nothing was entered, and nothing done.");
    return answer;
}

void Session::say(const std::string& text) { std::cerr << text << std::endl; }

Result<std::string> secret_in_file(const std::string& path) {
    SZ_ASSIGN(std::string text, read_file(path, 4096));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

std::string absolute_path(const std::string& path) {
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    return failed ? path : absolute.lexically_normal().string();
}

}  // namespace sz::cli
