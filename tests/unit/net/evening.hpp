// SPDX-License-Identifier: AGPL-3.0-or-later
// A player and a host in one session, over connections that a test makes, fills, delays and cuts.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/greeting.hpp"
#include "kernel/net/session.hpp"
#include "tests/unit/net/pair.hpp"

namespace sz::test {

struct Person {
    std::optional<net::Session> session;
    std::array<std::vector<std::string>, 2> got, sent;
    std::array<std::deque<std::string>, 2> coming;  // under way to it
    std::vector<net::SessionEvent> events;          // all but messages
    std::vector<std::string> codes;                 // of receive()

    void read_events() {
        if (!session) return;
        for (net::SessionEvent& event : session->take_events()) {
            if (event.kind == net::SessionEvent::Kind::message) {
                got[event.channel].push_back(std::move(event.bytes));
            } else {
                events.push_back(std::move(event));
            }
        }
    }
    [[nodiscard]] std::vector<net::SessionEvent::Kind> kinds() const {
        std::vector<net::SessionEvent::Kind> all;
        for (const auto& event : events) all.push_back(event.kind);
        return all;
    }
    Status send(std::uint32_t channel, const std::string& text) {
        const Status status = session->send(channel, text);
        if (status) sent[channel].push_back(text);
        return status;
    }
};

class Evening {
  public:
    explicit Evening(net::SessionOptions options = {}) : options_(options) {}

    Person player, host;
    std::optional<net::Greeting> greeting;  // of the host, while it does not know which session
    std::optional<Error> refused;           // by the host
    net::SteadyMs now = 0;
    std::uint8_t player_seed = 11;

    Person& other(const Person& one) { return &one == &player ? host : player; }

    // Two that have proven who they are. What was under way before is gone.
    void connect() {
        cut_wire();
        PairOptions pair;
        pair.seed = ++connections_;
        pair.player = player_seed;
        pair.channel.records_per_key = 5;
        Met met = meet(pair);
        greeting.emplace(std::move(*met.host), now);
        if (!player.session) {
            player.session.emplace(
                net::Session::open(std::move(*met.player), options_, now).value());
        } else {
            reconnected = player.session->reconnect(std::move(*met.player), now);
        }
        player.read_events();
    }
    Status reconnected;

    // Packets that are there go on their way; whether there was one.
    bool pull(Person& from, std::uint32_t channel) {
        auto packet = from.session ? from.session->next_packet(channel) : std::nullopt;
        if (packet) other(from).coming[packet->channel].push_back(std::move(packet->bytes));
        from.read_events();
        return packet.has_value();
    }
    bool deliver(Person& to, std::uint32_t channel) {
        if (to.coming[channel].empty()) return false;
        const std::string bytes = std::move(to.coming[channel].front());
        to.coming[channel].pop_front();
        if (&to == &host && greeting) {
            greet(channel, bytes);
        } else if (to.session) {
            take(to, channel, bytes);
        }
        return true;
    }
    // All that can move moves.
    void run() {
        for (bool is_moving = true; is_moving;) {
            is_moving = false;
            for (Person* one : {&player, &host}) {
                for (const std::uint32_t channel : {play, bulk}) {
                    while (pull(*one, channel)) is_moving = true;
                    while (deliver(*one, channel)) is_moving = true;
                }
            }
        }
    }
    // Time goes on, and what is due happens.
    void wait(net::SteadyMs ms) {
        now += ms;
        for (Person* one : {&player, &host}) {
            if (one->session) one->session->tick(now);
            one->read_events();
        }
    }
    // The connection is gone, with everything under way; both notice.
    void cut() {
        cut_wire();
        for (Person* one : {&player, &host}) notice(*one);
    }
    void cut_wire() {
        greeting.reset();
        for (Person* one : {&player, &host}) {
            for (auto& queue : one->coming) queue.clear();
        }
    }
    void notice(Person& one) {
        if (one.session) one.session->lost(now);
        one.read_events();
    }

  private:
    void take(Person& to, std::uint32_t channel, const std::string& bytes) {
        const Status status = to.session->receive(channel, bytes, now);
        if (!status) to.codes.push_back(status.error().code);
        to.read_events();
        if (!status) cut();
    }
    // As an owner does it that keeps its sessions by their ids.
    void greet(std::uint32_t channel, const std::string& bytes) {
        const Status status = greeting->receive(channel, bytes);
        if (!status) {
            host.codes.push_back(status.error().code);
            return cut();
        }
        if (host.session && host.session->id() == greeting->session()) {
            settle(host.session->resume(*greeting, now));
        } else {
            auto begun = net::Session::accept(*greeting, options_, now);
            if (begun) host.session.emplace(std::move(*begun));
            settle(begun ? Status() : Status(fail(begun.error())));
        }
        host.read_events();
    }
    void settle(const Status& status) {
        if (!status) {
            refused = status.error();
            for (const net::Packet& packet : greeting->refuse(*refused))
                player.coming[packet.channel].push_back(packet.bytes);
        }
        greeting.reset();
    }

    net::SessionOptions options_;
    std::uint8_t connections_ = 0;
};

}  // namespace sz::test
