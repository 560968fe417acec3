// SPDX-License-Identifier: AGPL-3.0-or-later
// Returns nothing for the end.
// g++: could not convert .* to '.*(Client::End|end<)
// clang++: no matching constructor .*'Client::End'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::SendId state) {
    auto next = std::move(state).send(Id{7});
    return {};
}
