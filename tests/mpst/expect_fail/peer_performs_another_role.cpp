// SPDX-License-Identifier: AGPL-3.0-or-later
// Performs a role with the state of another.
// g++: a_role_is_a_function_from_its_first_state_to_its_end<.*Server::AwaitId, .*Client
// clang++: a_role_is_a_function_from_its_first_state_to_its_end<.*Server::AwaitId, .*Client
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::Start state);
mpst::Outcome play_all(Server::Start state) { return mpst::perform(std::move(state), play); }
