// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/opening.hpp"

#include <chrono>
#include <utility>

namespace sz::desktop {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto other_program_patience = 10s;  // as szctl has (kernel/app/bus_client.cpp)
constexpr auto say_so_after = 300ms;          // a window that is just starting is served by then
constexpr auto look_again_after = 50ms;

}  // namespace

Opening::~Opening() {
    if (thread_.joinable()) thread_.join();
}

// `work` runs on a thread of its own and returns what is to be done on the ui thread afterwards.
void Opening::run(std::function<std::function<void()>()> work) {
    if (thread_.joinable()) thread_.join();
    under_way_ = true;
    thread_ = std::thread([this, work = std::move(work)] {
        auto after = work();
        ui_.post([this, after = std::move(after)] {
            under_way_ = false;
            after();
        });
    });
}

Opened Opening::open_patiently(const Profile::Options& options,
                               const std::function<void()>& waiting) {
    const auto begun = Clock::now();
    for (bool told = false;;) {
        auto profile = Profile::open(options);
        if (profile || profile.error().code != "SZ-PROFILE-010") return {std::move(profile)};
        if (BusClient::is_served(options.folder)) return {std::move(profile), true};
        const auto waited = Clock::now() - begun;
        if (given_up_ || waited >= other_program_patience) return {std::move(profile)};
        if (waited >= say_so_after && !std::exchange(told, true)) ui_.post(waiting);
        std::this_thread::sleep_for(look_again_after);
    }
}

void Opening::open(const CommandLine& line, std::function<void()> waiting,
                   std::function<void(Opened)> done) {
    Profile::Options options;
    options.folder = line.profile;
    options.safe_mode = line.safe_mode;
    options.panels = true;
    run([this, options = std::move(options), waiting = std::move(waiting),
         done = std::move(done)]() -> std::function<void()> {
        // Held by a pointer because a std::function must be copyable.
        auto opened = std::make_shared<Opened>(open_patiently(options, waiting));
        return [opened, done] { done(std::move(*opened)); };
    });
}

void Opening::close(std::unique_ptr<Profile> profile, std::function<void()> done) {
    std::shared_ptr<Profile> last = std::move(profile);
    run([last = std::move(last), done = std::move(done)]() mutable -> std::function<void()> {
        last.reset();
        return done;
    });
}

}  // namespace sz::desktop
