// SPDX-License-Identifier: AGPL-3.0-or-later
// Ignores how a role ended.
// g++: ignoring return.*Client::SendId
// clang++: ignoring return.*nodiscard
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::Start state);
void play_all(Client::Start state) { mpst::perform(std::move(state), play); }
