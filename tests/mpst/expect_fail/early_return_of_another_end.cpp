// SPDX-License-Identifier: AGPL-3.0-or-later
// Returns the end of another role.
// g++: could not convert .*end<.*Server>' to '.*end<.*Client>'
// clang++: no viable conversion .*end<.*Server>' to .*end<.*Client>'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::SendId, Server::End end) { return end; }
