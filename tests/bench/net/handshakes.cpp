// SPDX-License-Identifier: AGPL-3.0-or-later
// How fast two programs get to know each other.
#include <functional>

#include "kernel/net/handshake.hpp"
#include "tests/bench/net/child.hpp"
#include "tests/bench/net/rows.hpp"
#include "tests/bench/net/side.hpp"
#include "tests/bench/net/wait.hpp"
#include "tests/bench/net/ways.hpp"
#include "tests/bench/samples.hpp"

namespace sz::netbench {

using namespace sz::net;

namespace {

constexpr std::size_t at_a_time = 8;

// Calls until `count` were up, `most` at a time; each is dropped when it is. Seconds.
double call_often(Program& program, const std::string& url, std::size_t count, std::size_t most) {
    struct Calls {
        std::size_t begun = 0, up = 0;
        std::function<void()> next;
    } calls;
    const auto begun = Clock::now();
    wait_for<bool>(program, [&](const auto& done) {
        calls.next = [&, done] {
            if (calls.begun == count) return;
            ++calls.begun;
            call_session(program.place, url, [&, done](std::shared_ptr<Way> way) {
                way->ended = nullptr;
                // Not from inside itself.
                program.thread.post([&, done, way = std::move(way)]() mutable {
                    way.reset();
                    if (++calls.up == count) return done(true);
                    calls.next();
                });
            });
        };
        for (std::size_t i = 0; i < most; ++i) calls.next();
    });
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

Handshake side_of(noise::Role role, const test::TestKey& key) {
    HandshakeOptions options;
    options.role = role;
    options.client_id = key.client_id();
    options.sign = [&key](std::string_view message) -> Result<std::string> {
        const Signature signature = key.sign(message);
        return std::string(signature.begin(), signature.end());
    };
    return must(Handshake::create(std::move(options), 0));
}

// Both sides of one, in memory. Seconds.
double shake_hands(const test::TestKey& host, const test::TestKey& player) {
    const auto begun = Clock::now();
    Handshake one = side_of(noise::Role::initiator, player);
    Handshake other = side_of(noise::Role::responder, host);
    auto packet = must(one.start());
    for (bool to_other = true; packet; to_other = !to_other)
        packet = must((to_other ? other : one).receive(packet->channel, packet->bytes, 0));
    if (must(one.finish()).hash() != must(other.finish()).hash())
        stop_with("The two sides of a handshake do not agree.");
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

}  // namespace

Rows measure_handshakes(bool smoke) {
    Child host({"--host"});
    const auto url = host.ready().at("session").get<std::string>();
    Program program(2);
    const test::TestKey host_key(1), player_key(2);
    const std::size_t rounds = smoke ? 1 : 10, calls = smoke ? 2 : 40;
    std::vector<double> alone, together, pure;
    for (std::size_t round = 0; round < rounds; ++round) {
        alone.push_back(1e3 * call_often(program, url, calls / 2, 1) /
                        static_cast<double>(calls / 2));
        together.push_back(static_cast<double>(calls) /
                           call_often(program, url, calls, std::min(calls, at_a_time)));
        for (std::size_t i = 0; i < calls; ++i)
            pure.push_back(1 / shake_hands(host_key, player_key));
    }
    return {{"from dialling to a session that is up, one by one",
             bench::median(alone),
             "ms",
             0,
             {},
             0,
             false,
             {}},
            {"handshakes over udp:// to a session that is up", bench::median(together), "1/s",
             bench::median(pure), "the cryptography of both sides, one thread", 0, true,
             "8 at a time"}};
}

}  // namespace sz::netbench
