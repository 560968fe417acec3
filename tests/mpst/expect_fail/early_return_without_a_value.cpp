// SPDX-License-Identifier: AGPL-3.0-or-later
// Forgets to return the end.
// g++: no return statement .*-Werror=return-type
// clang++: does not return a value
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::SendId state) { auto next = std::move(state).send(Id{7}); }
