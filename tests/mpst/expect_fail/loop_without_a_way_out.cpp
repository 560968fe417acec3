// SPDX-License-Identifier: AGPL-3.0-or-later
// Loops over what gives the state itself.
// g++: a_loop_over_this_state_gives_it_or_one_other<.*Client::SendWait, .*Client::SendWait>
// clang++: a_loop_over_this_state_gives_it_or_one_other<.*Client::SendWait, .*Client::SendWait>
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendWait state) {
    return mpst::loop(std::move(state), [](Client::SendWait again) { return again; });
}
