// SPDX-License-Identifier: AGPL-3.0-or-later
// Calls a part of a role without std::move.
// g++: use of deleted function .*Client::SendTicket::SendTicket\(const
// clang++: deleted copy constructor of '.*Client::SendTicket'
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Client::End play(Client::SendTicket state);
Client::End play_all(Client::SendTicket state) { return play(state); }
