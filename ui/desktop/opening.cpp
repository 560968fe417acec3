// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/opening.hpp"

#include <utility>

namespace sz::desktop {

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

void Opening::open(const CommandLine& line,
                   std::function<void(Result<std::unique_ptr<Profile>>)> done) {
    Profile::Options options;
    options.folder = line.profile;
    options.safe_mode = line.safe_mode;
    options.panels = true;
    run([options = std::move(options), done = std::move(done)]() -> std::function<void()> {
        // Held by a pointer because a std::function must be copyable.
        auto opened = std::make_shared<Result<std::unique_ptr<Profile>>>(Profile::open(options));
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
