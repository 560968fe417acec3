// SPDX-License-Identifier: AGPL-3.0-or-later
// Double buffering as it is meant to be: the kernel asks for the next value before it has passed on
// the last one. No global protocol says that, since the question overtakes the value; so the types
// are written by hand, and the compiler decides that they are safe and live together.
//   bottom_up         runs it
//   bottom_up --json  prints the automata, for szmpst compatible
#include <sz/mpst/compatible.hpp>
#include <sz/mpst/session.hpp>

#include <cstdint>
#include <cstring>
#include <iostream>
#include <thread>

namespace {

struct Ready {};
struct Value {
    std::int64_t number;
};
struct Done {};

struct Source;
struct Sink;

// Two questions are on their way from the beginning.
struct Kernel {
    struct AskFirst;
    struct AskSecond;
    struct Take;
    struct Pass;
    struct AskAgain;
    struct TellDone;
    using Start = AskFirst;
    using End = mpst::end<Kernel>;
    using peers = mpst::roles<Source, Sink>;
    using states = mpst::states<AskFirst, AskSecond, Take, Pass, AskAgain, TellDone>;

    struct AskFirst : mpst::sends<AskFirst, Kernel, Source, mpst::to<Ready, AskSecond>> {};
    struct AskSecond : mpst::sends<AskSecond, Kernel, Source, mpst::to<Ready, Take>> {};
    struct Take : mpst::receives<Take, Kernel, Source, mpst::to<Value, AskAgain>,
                                 mpst::to<Done, TellDone>> {};
    struct AskAgain : mpst::sends<AskAgain, Kernel, Source, mpst::to<Ready, Pass>> {};
    struct Pass : mpst::sends<Pass, Kernel, Sink, mpst::to<Value, Take>> {};
    struct TellDone : mpst::sends<TellDone, Kernel, Sink, mpst::to<Done, End>> {};
};

// At its end it takes the one question that is still on its way.
struct Source {
    struct Wait;
    struct Give;
    struct WaitLast;
    using Start = Wait;
    using End = mpst::end<Source>;
    using peers = mpst::roles<Kernel>;
    using states = mpst::states<Wait, Give, WaitLast>;

    struct Wait : mpst::receives<Wait, Source, Kernel, mpst::to<Ready, Give>> {};
    struct Give
        : mpst::sends<Give, Source, Kernel, mpst::to<Value, Wait>, mpst::to<Done, WaitLast>> {};
    struct WaitLast : mpst::receives<WaitLast, Source, Kernel, mpst::to<Ready, End>> {};
};

struct Sink {
    struct Take;
    using Start = Take;
    using End = mpst::end<Sink>;
    using peers = mpst::roles<Kernel>;
    using states = mpst::states<Take>;

    struct Take : mpst::receives<Take, Sink, Kernel, mpst::to<Value, Take>, mpst::to<Done, End>> {};
};

// The kernel gets Done only after it has asked twice more often than it got values: one question
// is left for the source to take. Without WaitLast this line would not compile.
static_assert(mpst::compatible_v<Kernel, Source, Sink>);

Kernel::End work(Kernel::Start start) {
    auto first = std::move(start).send<Ready>().send<Ready>();
    return mpst::loop(std::move(first), [](Kernel::Take state) {
        return std::move(state).receive(
            [](Value value, Kernel::AskAgain next) {
                return std::move(next).send<Ready>().send<Value>(value.number * value.number);
            },
            [](Done done, Kernel::TellDone next) { return std::move(next).send(done); });
    });
}

Source::End produce(Source::Start wait) {
    for (std::int64_t i = 1; i <= 5; ++i) {
        auto [asked, give] = std::move(wait).receive();
        wait = std::move(give).send<Value>(i);
    }
    auto [asked, give] = std::move(wait).receive();
    auto [last, end] = std::move(give).send<Done>().receive();
    return std::move(end);
}

Sink::End print(Sink::Start start) {
    return mpst::loop(std::move(start), [](Sink::Take state) {
        return std::move(state).receive(
            [](Value value, Sink::Take next) {
                std::cout << value.number << '\n';
                return next;
            },
            [](Done, Sink::End end) { return end; });
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "--json") == 0) {
        std::cout << '[' << mpst::automaton_json<Kernel>() << ',' << mpst::automaton_json<Source>()
                  << ',' << mpst::automaton_json<Sink>() << "]\n";
        return 0;
    }
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
