// SPDX-License-Identifier: AGPL-3.0-or-later
// One run of szctl: the profile's bus, opened when first needed, and long work with progress on
// standard error.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "kernel/app/profile.hpp"
#include "kernel/base/json.hpp"

namespace sz::cli {

class Session {
  public:
    Session(Profile::Options options, bool json) : options_(std::move(options)), json_(json) {}

    [[nodiscard]] bool json() const noexcept { return json_; }
    [[nodiscard]] const Profile::Options& options() const noexcept { return options_; }

    [[nodiscard]] Result<Json> call(const std::string& method, const Json& params);

    // Calls a method that starts a task and waits for the task's result. Ctrl+C cancels the task.
    [[nodiscard]] Result<Json> run_task(const std::string& method, const Json& params);

    // Asks on the terminal without showing what is typed. SZ-CLI-005 when there is no terminal.
    [[nodiscard]] static Result<std::string> ask_secret(const std::string& question);

    // A line on standard error, for a person.
    static void say(const std::string& text);

  private:
    [[nodiscard]] Status open();
    void watch(const std::string& task);  // "": none
    void show_progress(const Json& message);

    Profile::Options options_;
    bool json_;
    std::mutex mutex_;     // guards the next two: progress comes on a thread of the bus
    std::string watched_;  // the task whose progress is shown
    bool line_shown_ = false;
    std::unique_ptr<BusClient> bus_;  // last: it ends before what its callbacks use
};

// Paths go to the kernel absolute: it may be another process with another folder.
[[nodiscard]] std::string absolute_path(const std::string& path);

}  // namespace sz::cli
