// SPDX-License-Identifier: AGPL-3.0-or-later
// Spawns a role with the state of another.
// g++: (from .*Server::AwaitId.* to .*Client|_to_its_end<.*Server::AwaitId)
// clang++: (from .*Server::AwaitId.* to .*Client|_to_its_end<.*Server::AwaitId)
#include <sz/mpst/asio.hpp>

#include <boost/asio/any_io_executor.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::End> play(Client::Start state);
void play_all(Server::Start state, boost::asio::any_io_executor executor) {
    mpst::spawn(executor, std::move(state), play, [](std::exception_ptr, mpst::Outcome) {});
}
