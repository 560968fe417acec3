// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/cli/session.hpp"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kernel/base/sys/interrupt.hpp"
#include "kernel/base/sys/terminal.hpp"
#include "ui/cli/ask_secret.hpp"
#include "ui/cli/names.hpp"
#include "ui/cli/print.hpp"

namespace sz::cli {

namespace {

constexpr std::chrono::milliseconds wait_slice{300};
constexpr std::chrono::milliseconds call_deadline{120'000};

}  // namespace

Status Session::open() {
    if (bus_) return {};
    auto opened = BusClient::open(options_);
    if (!opened) return fail(opened.error());
    SZ_ASSIGN(const Json info, (*opened)->call("app.info", Json::object(), call_deadline));
    if (options_.safe_mode && !info.value("safe_mode", false)) {
        return fail(ErrorKind::environment, "SZ-CLI-015",
                    "Safe mode is not to be had: a window has this profile open, and loaded its "
                    "plugins without safe mode.",
                    "Close the window, then try again.");
    }
    bus_ = std::move(*opened);
    bus_->on_topic("task.progress",
                   [this](const std::string&, const Json& message) { show_progress(message); });
    bus_->on_topic("net.step", [this](const std::string&, const Json& step) {
        // The first may come before the task's number is known here.
        const bool is_ours = watched_.empty() || string_or(step, "task") == watched_;
        if (on_step_ && is_ours) on_step_(step);
    });
    show_notices(info);
    return {};
}

// What a person should know about this profile, though everything goes on.
void Session::show_notices(const Json& info) {
    for (const Json& notice : items(info, "notices"))
        print_error(std::cerr, {ErrorKind::environment,
                                string_or(notice, "code"),
                                "Note: " + string_or(notice, "message"),
                                string_or(notice, "hint"),
                                {}});
}

// A window that has the profile open reads in its own language, unless it is asked for another.
Json Session::in_language(const std::string& method, const Json& params) const {
    Json wanted = params;
    const bool reads = method.starts_with("library.") && method != "library.image";
    if (reads && !options_.language.empty() && !wanted.contains("language"))
        wanted["language"] = options_.language;
    return wanted;
}

Result<Json> Session::ask(const std::string& method, const Json& given) {
    const Json params = in_language(method, given);
    if (is_utf8(params)) return bus_->call(method, params, call_deadline);
    // What was typed is; left are the folder that a path is relative to, and what stands in files.
    return fail(ErrorKind::usage, "SZ-CLI-014", "A path or a text is not UTF-8.",
                "Rename folders whose names are not UTF-8; write passphrases in UTF-8.");
}

// One line that is written over while work goes on; nothing when standard error is not a terminal.
void Session::show_progress(const Json& message) {
    if (!sys::standard_error_is_terminal() || string_or(message, "task") != watched_) return;
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
    SZ_ASSIGN(const Json known, with_ids(*this, method, params));
    return send(method, known);
}

Result<Json> Session::send(const std::string& method, const Json& params) {
    SZ_TRY(open());
    auto result = ask(method, params);
    if (result || result.error().code != "SZ-IDENTITY-003" || method.rfind("identity.", 0) == 0)
        return result;
    SZ_TRY(unlock());
    return ask(method, params);
}

Status Session::unlock() {
    SZ_ASSIGN(const Json active, ask("identity.show", Json::object()));
    SZ_ASSIGN(const std::string secret,
              passphrase("Passphrase of \"" + string_or(active, "name") + "\""));
    SZ_TRY(ask("identity.unlock",
               Json{{"client_id", string_or(active, "client_id")}, {"passphrase", secret}}));
    return {};
}

Result<Json> Session::run_task(const std::string& method, const Json& params) {
    SZ_TRY(open());
    SZ_ASSIGN(const Json known, with_ids(*this, method, params));
    SZ_ASSIGN(const Json started, ask(method, known));
    return wait_for(string_or(started, "task"));
}

Result<Json> Session::wait_for(const std::string& task) {
    watch(task);
    const sys::Interrupt interrupt;
    bool cancelled = false;
    for (;;) {
        auto result = bus_->call("task.wait", Json{{"task", task}}, wait_slice);
        const bool still_running = !result && result.error().code == "SZ-BUS-003";
        if (!still_running) {
            watch("");
            return result;
        }
        if (interrupt.came() && !cancelled) {
            cancelled = true;
            say("Stopping …");
            SZ_TRY(ask("task.cancel", Json{{"task", task}}));
        }
    }
}

Result<std::string> Session::passphrase(const std::string& question) {
    return has_passphrase_file() ? secret_in_file(passphrase_file_) : ask_secret(question);
}

void Session::say(const std::string& text) { std::cerr << text << std::endl; }

Result<Json> json_object(const std::string& typed, const std::string& what,
                         const std::string& example) {
    auto parsed = parse_json(typed);
    if (parsed && parsed->is_object()) return parsed;
    return fail(
        ErrorKind::usage, "SZ-CLI-006",
        "The " + what + " are not a JSON object" + (parsed ? "." : ": " + parsed.error().message),
        "Write one, quoted for the shell: '" + example + "'.", typed);
}

std::string absolute_path(const std::string& path) {
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    return failed ? path : absolute.lexically_normal().string();
}

}  // namespace sz::cli
