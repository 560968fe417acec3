// SPDX-License-Identifier: AGPL-3.0-or-later
// One run of szctl: the profile's bus, opened when first needed, and long work with progress on
// standard error.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kernel/app/profile.hpp"
#include "kernel/base/json.hpp"

namespace sz::cli {

class Session {
  public:
    // `passphrase_file`: where the passphrase of a protected identity stands; empty: it is asked
    // for.
    Session(Profile::Options options, bool json, std::string passphrase_file = {})
        : options_(std::move(options)), json_(json), passphrase_file_(std::move(passphrase_file)) {}

    [[nodiscard]] bool json() const noexcept { return json_; }
    [[nodiscard]] const Profile::Options& options() const noexcept { return options_; }

    // Names that stand for ids are looked up (names.hpp). What needs the locked active identity
    // unlocks it, by the passphrase, and is tried once more.
    [[nodiscard]] Result<Json> call(const std::string& method, const Json& params);
    // The same with the parameters as they stand.
    [[nodiscard]] Result<Json> send(const std::string& method, const Json& params);

    // Calls a method that starts a task and waits for the task's result. Ctrl+C cancels the task.
    [[nodiscard]] Result<Json> run_task(const std::string& method, const Json& params);

    // For a command that stays: other programs may use the profile meanwhile, as beside a window.
    // Before the first call.
    void serve_others() { options_.serve_socket = true; }

    // What is told of the steps of network tasks, on topic net.step, as they come. Before the first
    // call.
    void on_step(std::function<void(const Json& step)> fn) { on_step_ = std::move(fn); }

    // The result of a task that has been started.
    [[nodiscard]] Result<Json> wait_for(const std::string& task);

    [[nodiscard]] bool has_passphrase_file() const noexcept { return !passphrase_file_.empty(); }
    // From the file, or asked for under the name `question`.
    [[nodiscard]] Result<std::string> passphrase(const std::string& question);

    // A line on standard error, for a person.
    static void say(const std::string& text);

  private:
    [[nodiscard]] Status open();
    [[nodiscard]] Json in_language(const std::string& method, const Json& params) const;
    // One call on the open bus.
    [[nodiscard]] Result<Json> ask(const std::string& method, const Json& params);
    void watch(const std::string& task);  // "": none
    void show_progress(const Json& message);
    static void show_notices(const Json& info);

    [[nodiscard]] Status unlock();

    Profile::Options options_;
    bool json_;
    std::string passphrase_file_;
    std::function<void(const Json&)> on_step_;
    std::string watched_;  // the task whose progress is shown
    bool line_shown_ = false;
    std::unique_ptr<BusClient> bus_;  // last: it ends before what its callbacks use
};

// Paths go to the kernel absolute: it may be another process with another folder.
[[nodiscard]] std::string absolute_path(const std::string& path);

// A JSON object that was typed. SZ-CLI-006: “The options are not a JSON object.”; the hint shows
// `example`, one that would do here.
[[nodiscard]] Result<Json> json_object(const std::string& typed, const std::string& what,
                                       const std::string& example);

}  // namespace sz::cli
