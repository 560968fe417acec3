// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends, awaiting, without including asio.hpp.
// g++: incomplete type '.*include_sz_mpst_asio_hpp'
// clang++: incomplete type '.*include_sz_mpst_asio_hpp'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).async_send(Id{7}); }
