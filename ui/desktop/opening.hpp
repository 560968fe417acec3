// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens and closes the profile away from the windows' thread, so that the window is there at once
// and never hangs.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "kernel/app/profile.hpp"
#include "ui/desktop/options.hpp"

namespace sz::desktop {

class Opening {
  public:
    explicit Opening(Executor& ui) : ui_(ui) {}
    ~Opening();
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;

    // `done` comes on the ui thread.
    void open(const CommandLine& line, std::function<void(Result<std::unique_ptr<Profile>>)> done);
    void close(std::unique_ptr<Profile> profile, std::function<void()> done);
    [[nodiscard]] bool is_under_way() const noexcept { return under_way_; }

  private:
    void run(std::function<std::function<void()>()> work);

    Executor& ui_;
    std::thread thread_;
    bool under_way_ = false;
};

}  // namespace sz::desktop
