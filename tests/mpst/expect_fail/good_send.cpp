// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends in every way that there is.
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

auto play(Client::SendId state) { return std::move(state).send(Id{7}); }
auto play_in_place(Client::SendId state) { return std::move(state).send<Id>(7); }
auto play_named(Client::SendId state, Id id) { return std::move(state).send<Id>(id); }
auto play_to(Client::SendId state) { return std::move(state).send_to<Server>(Id{7}); }
Gate::End play_last(Gate::SendEntry state) { return std::move(state).send(Entry{}); }
Server::AwaitId play_one_of_two(Server::SendAnswer state) { return std::move(state).send<No>(); }
