// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes several messages for one.
// g++: cannot decompose .*Client::AwaitAnswer
// clang++: cannot decompose|Client::AwaitAnswer.*decompose
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::AwaitAnswer state) {
    auto [answer, next] = std::move(state).receive();
    return std::move(next);
}
