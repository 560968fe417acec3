// SPDX-License-Identifier: AGPL-3.0-or-later
// Squares of the first numbers, through a kernel.
#include <sz/mpst/session.hpp>

#include <DoubleBuffering/Kernel.hpp>
#include <DoubleBuffering/Sink.hpp>
#include <DoubleBuffering/Source.hpp>
#include <iostream>
#include <thread>

using namespace DoubleBuffering;

namespace {

Kernel::End work(Kernel::Start state) {
    for (int i = 0; i < 5; ++i) {
        auto [in, give] = std::move(state).send<ready>().receive();
        auto [asked, next] = std::move(give).send<value>(in.value * in.value).receive();
        state = std::move(next);
    }
    return std::move(state).send<stop>().send<stop>();
}

Source::End produce(Source::Start start) {
    std::int64_t next_value = 1;
    return mpst::loop(std::move(start), [&](Source::Start state) {
        return std::move(state).receive(
            [&](ready, auto next) { return std::move(next).template send<value>(next_value++); },
            [](stop, Source::End end) { return end; });
    });
}

Sink::End print(Sink::Start start) {
    return mpst::loop(std::move(start), [](Sink::Start state) {
        return std::move(state).receive(
            [](value squared, auto next) {
                std::cout << squared.value << '\n';
                return std::move(next).template send<ready>();
            },
            [](stop, Sink::End end) { return end; });
    });
}

}  // namespace

int main() {
    auto [kernel, source, sink] = mpst::connect<Kernel, Source, Sink>();
    mpst::Outcome outcomes[3];
    std::jthread first([&, start = std::move(source)]() mutable {
        outcomes[1] = mpst::perform(std::move(start), produce);
    });
    std::jthread second([&, start = std::move(sink)]() mutable {
        outcomes[2] = mpst::perform(std::move(start), print);
    });
    outcomes[0] = mpst::perform(std::move(kernel), work);
    first.join();
    second.join();
    return outcomes[0] || outcomes[1] || outcomes[2] ? 1 : 0;
}
