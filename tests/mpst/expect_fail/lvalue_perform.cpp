// SPDX-License-Identifier: AGPL-3.0-or-later
// Performs a role without std::move.
// g++: use of deleted function .*Client::SendId::SendId\(const
// clang++: deleted copy constructor of '.*Client::SendId'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::Start state);
mpst::Outcome play_all(Client::Start state) { return mpst::perform(state, play); }
