// SPDX-License-Identifier: AGPL-3.0-or-later
// The three roles. They do not know whether the others are threads or programs.
#pragma once

#include <VideoStreaming/Authenticator.hpp>
#include <VideoStreaming/Client.hpp>
#include <VideoStreaming/Server.hpp>
#include <iostream>

namespace video_streaming {

using namespace VideoStreaming;

// Watches `videos` of them.
inline Client::End watch(Client::Start start, int videos) {
    auto [answer, state] = std::move(start).send<Id>(7).receive();
    std::cout << "Client: I am number " << answer.value << ".\n";
    for (int i = 1; i <= videos; ++i) {
        auto [video, next] = std::move(state).send<RequestVideo>(i).receive();
        std::cout << "Client: video " << i << " has " << video.value << " frames.\n";
        state = std::move(next);
    }
    return std::move(state).send<Close>();
}

inline Authenticator::End authenticate(Authenticator::Start start) {
    auto [id, answer] = std::move(start).receive();
    auto first = std::move(answer).send<Answer>(id.value + 1000);
    return mpst::loop(std::move(first), [](auto state) {
        return std::move(state).receive(
            [](RequestVideo request, auto forward) {
                auto [video, back] = std::move(forward).send(request).receive();
                return std::move(back).send(video);
            },
            [](Close close, auto forward) { return std::move(forward).send(close); });
    });
}

inline Server::End serve(Server::Start start) {
    return mpst::loop(std::move(start), [](Server::Start state) {
        return std::move(state).receive(
            [](RequestVideo request, auto reply) {
                return std::move(reply).template send<Video>(request.value * 24);
            },
            [](Close, Server::End end) { return end; });
    });
}

}  // namespace video_streaming
