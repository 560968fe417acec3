// SPDX-License-Identifier: AGPL-3.0-or-later
// Performs what does not come to its end.
// g++: _from_its_first_state_to_its_end<.*Client::SendId, .*Client::AwaitAnswer>
// clang++: _from_its_first_state_to_its_end<.*Client::SendId, .*Client::AwaitAnswer>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::Outcome play(Client::SendId state) {
    return mpst::perform(std::move(state),
                         [](Client::SendId first) { return std::move(first).send(Id{7}); });
}
