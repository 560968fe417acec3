// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/opening.hpp"

#include <chrono>
#include <utility>

namespace sz::desktop {

namespace {

using namespace std::chrono_literals;

constexpr auto say_so_after = 300ms;  // a window that is just starting is served by then

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
    bool is_told = false;
    bool is_served = false;
    auto profile = Profile::open_when_free(options, [&](std::chrono::milliseconds waited) {
        is_served = BusClient::is_served(options.folder);
        if (is_served || given_up_) return false;
        if (waited >= say_so_after && !std::exchange(is_told, true)) ui_.post(waiting);
        return true;
    });
    return {std::move(profile), is_served};
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
