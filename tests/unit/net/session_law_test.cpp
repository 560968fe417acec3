// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever happens to the connections: what one sends the other gets, in order, once.
#include <rapidcheck.h>

#include "tests/support/catch.hpp"
#include "tests/unit/net/evening.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;

namespace {

// Some are empty, some have several pieces.
std::string message_of(int number) {
    const int kind = *rc::gen::inRange(0, 8);
    const std::size_t size = kind == 0   ? 0
                             : kind == 1 ? *rc::gen::inRange<std::size_t>(4000, 20000)
                                         : 5;
    return std::string(size, static_cast<char>('a' + number % 26)) +
           (kind == 0 ? "" : std::to_string(number));
}

void flip_a_byte(std::string& bytes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ *rc::gen::inRange(1, 256));
}

// One thing that may happen to an evening.
void happen(Evening& evening, int number) {
    Person& one = *rc::gen::arbitrary<bool>() ? evening.player : evening.host;
    const auto channel = *rc::gen::inRange<std::uint32_t>(0, 2);
    switch (*rc::gen::weightedElement<int>(
        {{6, 0}, {8, 1}, {8, 2}, {3, 3}, {1, 4}, {1, 5}, {1, 6}, {2, 7}, {1, 8}})) {
        case 0:
            // Before it is up a host has nobody to talk to.
            if (one.session && (&one == &evening.player || one.session->was_up()))
                (void)one.send(channel, message_of(number));
            break;
        case 1: evening.pull(one, channel); break;
        case 2: evening.deliver(one, channel); break;
        case 3: evening.run(); break;
        case 4: evening.cut(); break;
        case 5: evening.connect(); break;  // the host has not noticed yet
        case 6:                            // only one has noticed
            evening.cut_wire();
            evening.notice(one);
            break;
        case 7: evening.wait(*rc::gen::inRange(0, 80)); break;
        default:
            if (!one.coming[channel].empty()) {
                flip_a_byte(one.coming[channel].front());
                const std::size_t before = one.codes.size();
                evening.deliver(one, channel);
                // Without a session that listens nobody says that it was wrong.
                RC_ASSERT(one.codes.size() == before + 1 || !one.session ||
                          one.session->connection() == nullptr);
            }
    }
}

}  // namespace

TEST_CASE("what one sends the other gets, in order and once, over all losses and changes") {
    const bool is_true = rc::check("sessions over connections that fail", [] {
        SessionOptions options;
        options.seen_pieces = *rc::gen::inRange<std::uint64_t>(1, 5);
        options.unacknowledged_bytes_max = 40'000;
        Evening evening(options);
        evening.connect();
        const int steps = *rc::gen::inRange(0, 120);
        for (int i = 0; i < steps; ++i) happen(evening, i);
        evening.cut();
        evening.connect();
        for (int i = 0; i < 3; ++i) {
            evening.run();
            evening.wait(100);
        }
        RC_ASSERT(evening.player.session->state() == Session::State::up);
        RC_ASSERT(evening.host.session->state() == Session::State::up);
        for (const std::uint32_t channel : {play, bulk}) {
            RC_ASSERT(evening.host.got[channel] == evening.player.sent[channel]);
            RC_ASSERT(evening.player.got[channel] == evening.host.sent[channel]);
        }
    });
    CHECK(is_true);
}
