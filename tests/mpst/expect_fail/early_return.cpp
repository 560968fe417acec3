// SPDX-License-Identifier: AGPL-3.0-or-later
// Returns before the end.
// g++: could not convert .* from '.*Client::AwaitAnswer' to '.*(Client::End|end<)
// clang++: no viable conversion .*Client::AwaitAnswer' to .*Client::End'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::SendId state) { return std::move(state).send(Id{7}); }
