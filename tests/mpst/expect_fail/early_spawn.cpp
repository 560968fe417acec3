// SPDX-License-Identifier: AGPL-3.0-or-later
// Spawns what does not come to its end.
// g++: emplace\(.*Client::AwaitAnswer|_to_its_end<.*Client::SendId, .*Client::AwaitAnswer
// clang++: emplace|_to_its_end<.*Client::SendId, .*Client::AwaitAnswer
#include <sz/mpst/asio.hpp>

#include <boost/asio/any_io_executor.hpp>

#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

mpst::task<Client::AwaitAnswer> play(Client::SendId state);
void play_all(Client::SendId state, boost::asio::any_io_executor executor) {
    mpst::spawn(executor, std::move(state), play, [](std::exception_ptr, mpst::Outcome) {});
}
