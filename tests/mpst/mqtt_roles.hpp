// SPDX-License-Identifier: AGPL-3.0-or-later
// How the paper's roles are played through a broker, and a stream of numbers in one direction.
#pragma once

#include <sz/mpst/mqtt.hpp>
#include <sz/mpst/operations.hpp>

#include <future>

#include "mosquitto.hpp"
#include "video.hpp"

namespace video {

// Watches until `sees` says that it was the last.
template <class Sees>
Client::End watch_until(Client::Start start, const Sees& sees) {
    auto [answer, first] = std::move(start).send<Id>(41).receive();
    if (answer.value != 42) throw std::runtime_error("another answer");
    auto state = std::move(first);
    for (std::int64_t i = 0;; ++i) {
        auto [film, next] = std::move(state).send<Request>(i).receive();
        if (film.bytes != std::to_string(i)) throw std::runtime_error("another film");
        state = std::move(next);
        if (sees(i)) return std::move(state).send<Close>();
    }
}

}  // namespace video

namespace numbers {

struct Number {
    std::int64_t value;
    std::string text;
};
struct Done {};
struct Sink;
struct Source {
    struct SendNumberOrDone;
    using Start = SendNumberOrDone;
    using End = mpst::end<Source>;
    using peers = mpst::roles<Sink>;
    using states = mpst::states<SendNumberOrDone>;
};
struct Source::SendNumberOrDone
    : mpst::sends<SendNumberOrDone, Source, Sink, mpst::to<Number, SendNumberOrDone>,
                  mpst::to<Done, End>> {};
struct Sink {
    struct AwaitNumberOrDone;
    using Start = AwaitNumberOrDone;
    using End = mpst::end<Sink>;
    using peers = mpst::roles<Source>;
    using states = mpst::states<AwaitNumberOrDone>;
};
struct Sink::AwaitNumberOrDone
    : mpst::receives<AwaitNumberOrDone, Sink, Source, mpst::to<Number, AwaitNumberOrDone>,
                     mpst::to<Done, End>> {};

// What a number's text is: its length tells whether it is whole.
inline std::string text_of(std::int64_t value) {
    return std::string(static_cast<std::size_t>(value % 97), static_cast<char>('a' + value % 26));
}
inline Source::End count_to(Source::Start state, std::int64_t end) {
    for (std::int64_t i = 0; i < end; ++i) state = std::move(state).send(Number{i, text_of(i)});
    return std::move(state).send(Done{});
}
// Calls `sees` for each.
template <class Sees>
Sink::End collect(Sink::Start start, const Sees& sees) {
    return mpst::loop(std::move(start), [&sees](Sink::Start state) {
        return std::move(state).receive(
            [&sees](Number number, Sink::Start next) {
                sees(number);
                return next;
            },
            [](Done, Sink::End end) { return end; });
    });
}

}  // namespace numbers

namespace mpst_test {

// A role in a thread of its own, from joining to its outcome.
template <class Role, class Body>
std::future<mpst::Outcome> play(mpst::mqtt::Options options, Body body) {
    return std::async(std::launch::async, [options, body]() -> mpst::Outcome {
        try {
            return mpst::perform(mpst::mqtt::join<Role>(options), body);
        } catch (const mpst::SessionFailed& stopped) {
            return stopped.failure();
        }
    });
}
inline std::string sentence(const mpst::Outcome& outcome) {
    return outcome ? outcome->sentence() : "to the end";
}
inline std::string sentence(std::future<mpst::Outcome>& played) { return sentence(played.get()); }

inline mpst::mqtt::Options options_at(const Mosquitto& broker, std::string session = "matinee") {
    mpst::mqtt::Options options;
    options.broker = broker.uri();
    options.session = std::move(session);
    options.patience = std::chrono::seconds(20);
    return options;
}

}  // namespace mpst_test
