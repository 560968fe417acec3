// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper's example with a thread for each role.
#include <sz/mpst/session.hpp>

#include <thread>

#include "roles.hpp"

int main() {
    using namespace video_streaming;
    auto [client, authenticator, server] = mpst::connect<Client, Authenticator, Server>();
    mpst::Outcome outcomes[3];
    std::jthread first([&, start = std::move(authenticator)]() mutable {
        outcomes[0] = mpst::perform(std::move(start), authenticate);
    });
    std::jthread second([&, start = std::move(server)]() mutable {
        outcomes[1] = mpst::perform(std::move(start), serve);
    });
    outcomes[2] = mpst::perform(std::move(client),
                                [](Client::Start start) { return watch(std::move(start), 3); });
    first.join();
    second.join();
    for (const mpst::Outcome& outcome : outcomes) {
        if (!outcome) continue;
        std::cerr << outcome->sentence() << '\n';
        return 1;
    }
}
