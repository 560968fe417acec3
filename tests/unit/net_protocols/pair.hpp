// SPDX-License-Identifier: AGPL-3.0-or-later
// Two muxes with a queue each way between them, on one executor; the test can look into what goes
// over, and put something of its own there.
#pragma once

#include <sz/mpst/asio.hpp>

#include <sz/ext/transport.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/protocols/protocol_mux.hpp"

namespace sz::net::testing {

class Pair {
  public:
    struct Side {
        std::vector<std::string> deviations;
        std::size_t room = 1'000'000;  // messages on their way from here
        std::size_t on_way = 0;
        std::size_t most_on_way = 0;
        std::function<void(std::string&)> tamper;  // with what is sent from here
        int refusals = 0;  // of what is sent next: no room, though there seemed to be
        std::vector<std::string> sent;
        std::unique_ptr<ProtocolMux> mux;
    };
    boost::asio::io_context io;
    Side caller, host;

    Pair() {
        make(caller, host, true);
        make(host, caller, false);
    }
    ~Pair() {
        caller.mux.reset();
        host.mux.reset();
        io.restart();
        io.poll();
    }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    // Plays a role; what stopped it, when it has ended.
    template <class Start, class Body>
    void play(Start start, Body body, std::optional<mpst::Outcome>& outcome) {
        mpst::spawn(io.get_executor(), std::move(start), std::move(body),
                    [&outcome](std::exception_ptr thrown, mpst::Outcome how) {
                        if (thrown != nullptr) {
                            mpst::Failure failure;
                            failure.why = "thrown";
                            how = failure;
                        }
                        outcome = std::move(how);
                    });
    }
    // Until nothing is left to do, but for timers.
    void run() {
        io.restart();
        io.poll();
    }
    void run_until(const std::function<bool()>& is_done) {
        io.restart();
        while (!is_done() && io.run_one() > 0) {
        }
    }

  private:
    void make(Side& from, Side& to, bool is_caller) {
        ProtocolMux::Carrier carrier;
        carrier.has_room = [&from](std::uint32_t) { return from.on_way < from.room; };
        carrier.send = [this, &from, &to](std::uint32_t channel, std::string message) -> Status {
            if (from.refusals > 0) {
                --from.refusals;
                return fail(ErrorKind::limit, "SZ-NET-044", "Too much waits.");
            }
            if (from.tamper) from.tamper(message);
            from.sent.push_back(message);
            from.most_on_way = std::max(from.most_on_way, ++from.on_way);
            boost::asio::post(io, [&from, &to, channel, message] {
                --from.on_way;
                if (to.mux != nullptr) to.mux->receive(channel, message);
                if (from.mux != nullptr) from.mux->writable();
            });
            return {};
        };
        carrier.deviated = [&from](const Error& error) { from.deviations.push_back(error.code); };
        from.mux = std::make_unique<ProtocolMux>(std::move(carrier), is_caller);
    }
};

}  // namespace sz::net::testing
