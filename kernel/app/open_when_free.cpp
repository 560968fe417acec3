// SPDX-License-Identifier: AGPL-3.0-or-later
#include <thread>
#include <utility>

#include "kernel/app/profile.hpp"

namespace sz {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// How long a kernel that has the profile may take to serve its socket, or to go.
constexpr auto patience = 10s;
// Waiting in the lock itself (flock) could not be given up when the person or the patience says so.
constexpr auto look_again_after = 20ms;

}  // namespace

Result<std::unique_ptr<Profile>> Profile::open_when_free(const Options& options,
                                                         const WaitsOn& waits_on) {
    auto begun = Clock::now();
    std::string owner;
    while (true) {
        auto opened = open(options);
        if (opened || opened.error().code != "SZ-PROFILE-010") return opened;
        // One after the other may have it for a moment; each gets the whole patience.
        if (std::exchange(owner, opened.error().where) != opened.error().where)
            begun = Clock::now();
        const auto waited =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        if (waited >= patience || !waits_on(waited)) return opened;
        std::this_thread::sleep_for(look_again_after);
    }
}

}  // namespace sz
