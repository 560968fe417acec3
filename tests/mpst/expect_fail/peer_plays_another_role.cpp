// SPDX-License-Identifier: AGPL-3.0-or-later
// Gives a role the state of another.
// g++: from .*Server::AwaitId.* to .*Client::SendId
// clang++: no matching function for call to 'play'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::Start state);
Client::End play_all(Server::Start state) { return play(std::move(state)); }
