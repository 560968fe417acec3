// SPDX-License-Identifier: AGPL-3.0-or-later
// A conversation over what szmpst wrote while building, from accept/story_video_streaming.scr.
#include <sz/mpst/session.hpp>

#include <VideoStreaming/A.hpp>
#include <VideoStreaming/C.hpp>
#include <VideoStreaming/S.hpp>

#include <thread>

#include "tests/support/catch.hpp"

using namespace VideoStreaming;

namespace {

A::End authenticate(A::Start start) {
    auto [id, answering] = std::move(start).receive();
    return mpst::loop(
        std::move(answering).send<Answer>(id.value + 1), [](A::AwaitRequestOrClose waiting) {
            return std::move(waiting).receive(
                [](Request request, A::SendRequest asking) {
                    auto [video, forwarding] = std::move(asking).send(request).receive();
                    return std::move(forwarding).send(video);
                },
                [](Close close, A::SendClose closing) { return std::move(closing).send(close); });
        });
}

S::End serve(S::Start start) {
    return mpst::loop(std::move(start), [](S::Start waiting) {
        return std::move(waiting).receive(
            [](Request request, S::SendVideo next) {
                return std::move(next).send<Video>(10 * request.value);
            },
            [](Close, S::End end) { return end; });
    });
}

}  // namespace

TEST_CASE("a generated protocol is played by its three roles", "[generated]") {
    auto [a, c, s] = mpst::connect<A, C, S>();
    mpst::Outcome of_a, of_s;
    std::vector<std::int64_t> seen;
    std::thread thread_a([&, begin = std::move(a)]() mutable {
        of_a = mpst::perform(std::move(begin), authenticate);
    });
    std::thread thread_s(
        [&, begin = std::move(s)]() mutable { of_s = mpst::perform(std::move(begin), serve); });
    const mpst::Outcome of_c = mpst::perform(std::move(c), [&](C::Start start) {
        auto [answer, next] = std::move(start).send<Id>(41).receive();
        seen.push_back(answer.value);
        for (const std::int64_t wanted : {1, 2, 3}) {
            auto [video, again] = std::move(next).send<Request>(wanted).receive();
            seen.push_back(video.value);
            next = std::move(again);
        }
        return std::move(next).send<Close>();
    });
    thread_a.join();
    thread_s.join();
    CHECK_FALSE(of_a);
    CHECK_FALSE(of_c);
    CHECK_FALSE(of_s);
    CHECK(seen == std::vector<std::int64_t>{42, 10, 20, 30});
}
