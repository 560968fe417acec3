// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens and closes the profile away from the windows' thread, so that the window is there at once
// and never hangs.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "kernel/app/profile.hpp"
#include "ui/desktop/options.hpp"

namespace sz::desktop {

// What came of opening. When another program has the profile (SZ-PROFILE-010), `is_served` tells a
// window, which can be talked to, from a program that does one thing and goes.
struct Opened {
    Result<std::unique_ptr<Profile>> profile;
    bool is_served = false;
};

class Opening {
  public:
    explicit Opening(Executor& ui) : ui_(ui) {}
    ~Opening();
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

    // `waiting` and `done` come on the ui thread. `waiting` comes when another program is finishing
    // its work with the profile; it is given some seconds.
    void open(const CommandLine& line, std::function<void()> waiting,
              std::function<void(Opened)> done);
    void give_up() noexcept { given_up_ = true; }  // waits for no other program any more
    void close(std::unique_ptr<Profile> profile, std::function<void()> done);
    [[nodiscard]] bool is_under_way() const noexcept { return under_way_; }

  private:
    void run(std::function<std::function<void()>()> work);
    [[nodiscard]] Opened open_patiently(const Profile::Options& options,
                                        const std::function<void()>& waiting);

    Executor& ui_;
    std::thread thread_;
    bool under_way_ = false;
    std::atomic<bool> given_up_ = false;
};

}  // namespace sz::desktop
