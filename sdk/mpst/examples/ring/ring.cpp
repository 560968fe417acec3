// SPDX-License-Identifier: AGPL-3.0-or-later
// A ring of N roles, which no protocol with a fixed list of roles says for every N: the types are
// written by hand, once for all, and each pair is checked when they are connected.
#include <sz/mpst/session.hpp>

#include <cstdint>
#include <iostream>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace {

struct Token {
    std::int64_t passed;
};

template <int I, int N>
struct Node {
    struct Take;
    struct Give;
    using Before = Node<(I + N - 1) % N, N>;
    using Behind = Node<(I + 1) % N, N>;
    using Start = Take;
    using End = mpst::end<Node>;
    using peers = mpst::roles<Before, Behind>;
    using states = mpst::states<Take, Give>;
    struct Take : mpst::receives<Take, Node, Before, mpst::to<Token, Give>> {};
    struct Give : mpst::sends<Give, Node, Behind, mpst::to<Token, End>> {};
};
// The first one begins.
template <int N>
struct Node<0, N> {
    struct Give;
    struct Take;
    using Before = Node<N - 1, N>;
    using Behind = Node<1, N>;
    using Start = Give;
    using End = mpst::end<Node>;
    using peers = mpst::roles<Before, Behind>;
    using states = mpst::states<Give, Take>;
    struct Give : mpst::sends<Give, Node, Behind, mpst::to<Token, Take>> {};
    struct Take : mpst::receives<Take, Node, Before, mpst::to<Token, End>> {};
};

template <int I, int N>
mpst::Outcome pass_on(typename Node<I, N>::Start start) {
    return mpst::perform(std::move(start), [](typename Node<I, N>::Start state) {
        auto [token, give] = std::move(state).receive();
        return std::move(give).send(Token{token.passed + 1});
    });
}

template <int N, int... I>
bool run(std::integer_sequence<int, I...>) {
    auto starts = mpst::connect<Node<0, N>, Node<I + 1, N>...>();
    std::vector<mpst::Outcome> outcomes(N);
    std::vector<std::jthread> threads;
    (threads.emplace_back([&, start = std::move(std::get<I + 1>(starts))]() mutable {
        outcomes[I + 1] = pass_on<I + 1, N>(std::move(start));
    }),
     ...);
    outcomes[0] =
        mpst::perform(std::move(std::get<0>(starts)), [](typename Node<0, N>::Start start) {
            auto [token, end] = std::move(start).send(Token{1}).receive();
            std::cout << "The token went through " << token.passed << " roles.\n";
            return std::move(end);
        });
    threads.clear();
    for (const mpst::Outcome& outcome : outcomes) {
        if (outcome) return false;
    }
    return true;
}
template <int N>
bool run() {
    return run<N>(std::make_integer_sequence<int, N - 1>{});
}

}  // namespace

int main() { return run<3>() && run<5>() && run<12>() ? 0 : 1; }
