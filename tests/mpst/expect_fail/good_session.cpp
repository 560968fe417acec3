// SPDX-License-Identifier: AGPL-3.0-or-later
// Connects the roles and performs one.
#include "tests/mpst/expect_fail/protocol.hpp"

using namespace visit;

Gate::End play(Gate::Start state);
mpst::Outcome play_all() {
    auto [client, server, gate] = mpst::connect<Client, Server, Gate>();
    return mpst::perform(std::move(gate), play);
}
mpst::Outcome play_lambda(Gate::SendEntry state) {
    return mpst::perform(std::move(state),
                         [](Gate::SendEntry last) { return std::move(last).send<Entry>(); });
}
