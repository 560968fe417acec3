// SPDX-License-Identifier: AGPL-3.0-or-later
// Nobody in the middle: a whole conversation, handshake and records of both channels with renewed
// keys and an end, in which somebody changes, drops, repeats, moves, cuts, lengthens, replays or
// reflects one message, at every place.
#include <algorithm>
#include <deque>
#include <functional>

#include "tests/support/catch.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;

namespace {

struct Sent {
    bool is_from_player;
    Packet packet;
};
using Taken = std::vector<std::string>;  // messages of one channel

struct Side {
    std::optional<Handshake> handshake;
    std::optional<SecureChannel> channel;
    std::array<Taken, 2> got;
    std::optional<std::string> end;
    std::vector<Error> errors;

    std::optional<Packet> take(const Packet& packet) {
        if (!channel) return take_of_handshake(packet);
        auto arrival = channel->receive(packet.channel, packet.bytes);
        if (!arrival) return wrong(arrival.error());
        if (arrival->kind == Arrival::Kind::message)
            got[packet.channel].push_back(std::move(arrival->bytes));
        if (arrival->end) end = arrival->end;
        return arrival->reply;
    }
    std::optional<Packet> take_of_handshake(const Packet& packet) {
        auto step = handshake->receive(packet.channel, packet.bytes, 1);
        if (!step) return wrong(step.error());
        if (handshake->is_done()) channel.emplace(handshake->finish().value());
        return *step;
    }
    std::nullopt_t wrong(const Error& error) {
        errors.push_back(error);
        return std::nullopt;
    }
    void transport_closed() {
        const Status status = channel ? channel->transport_closed() : handshake->transport_closed();
        if (!status) errors.push_back(status.error());
    }
};

// What the middle delivers for the n-th message of the conversation, in this order.
struct Delivery {
    bool is_to_player;
    Packet packet;
};
using Middle = std::function<std::vector<Delivery>(std::size_t, const Sent&)>;

struct Talk {
    Side player, host;
    std::vector<Sent> said;
    std::vector<std::size_t> got_before;  // messages that both had when the n-th was said

    explicit Talk(std::uint8_t seed) {
        PairOptions options;
        options.seed = seed;
        options.channel = {3, 24};
        player.handshake.emplace(handshake_of(noise::Role::initiator, options));
        host.handshake.emplace(handshake_of(noise::Role::responder, options));
    }
    Side& side(bool is_player) { return is_player ? player : host; }
    bool is_wrong() const { return !player.errors.empty() || !host.errors.empty(); }
    std::size_t got() const {
        return player.got[0].size() + player.got[1].size() + host.got[0].size() +
               host.got[1].size();
    }

    void pump(std::deque<Sent> queue, const Middle& middle) {
        while (!queue.empty() && !is_wrong()) {
            const Sent sent = std::move(queue.front());
            queue.pop_front();
            got_before.push_back(got());
            said.push_back(sent);
            for (const Delivery& one : middle(said.size() - 1, sent)) {
                auto reply = side(one.is_to_player).take(one.packet);
                if (reply) queue.push_back({one.is_to_player, std::move(*reply)});
                if (is_wrong()) return;
            }
        }
    }
    void say(bool is_player, Result<std::vector<Packet>> packets, const Middle& middle) {
        if (!packets) return;
        std::deque<Sent> queue;
        for (Packet& packet : *packets) queue.push_back({is_player, std::move(packet)});
        pump(std::move(queue), middle);
    }
    void say(bool is_player, Result<Packet> packet, const Middle& middle) {
        if (packet) pump({{is_player, std::move(*packet)}}, middle);
    }
};

Talk run(const Middle& middle, std::uint8_t seed = 1) {
    Talk talk(seed);
    Side &player = talk.player, &host = talk.host;
    talk.pump({{true, player.handshake->start().value().value()}}, middle);
    const std::vector<std::function<void()>> lines{
        [&] { talk.say(true, player.channel->send(play, "hello"), middle); },
        [&] { talk.say(false, host.channel->send(play, "welcome"), middle); },
        [&] { talk.say(true, player.channel->send(bulk, std::string(60, 'b')), middle); },
        [&] { talk.say(false, host.channel->send(bulk, std::string(50, 'c')), middle); },
        [&] { talk.say(true, player.channel->send(play, std::string(70, 'p')), middle); },
        [&] { talk.say(true, player.channel->send(play, ""), middle); },
        [&] { talk.say(false, host.channel->ping(7), middle); },
        [&] { talk.say(true, player.channel->send(bulk, "the last of it"), middle); },
        [&] { talk.say(true, player.channel->close("good night"), middle); },
        [&] { talk.say(false, host.channel->close("and you"), middle); },
    };
    for (const auto& line : lines) {
        if (talk.is_wrong() || !player.channel || !host.channel) break;
        line();
    }
    player.transport_closed();
    host.transport_closed();
    return talk;
}

std::vector<Delivery> honest(std::size_t, const Sent& sent) {
    return {{!sent.is_from_player, sent.packet}};
}

const Talk& honest_talk() {
    static const Talk talk = run(honest);
    return talk;
}

bool begins_with(const Taken& all, const Taken& beginning) {
    return beginning.size() <= all.size() &&
           std::equal(beginning.begin(), beginning.end(), all.begin());
}

// One message, the n-th, is treated so; all others arrive.
Middle at(std::size_t place, std::function<std::vector<Delivery>(const Sent&)> treat) {
    return [place, treat = std::move(treat)](std::size_t number, const Sent& sent) {
        return number == place ? treat(sent) : honest(number, sent);
    };
}
Middle change_at(std::size_t place, std::function<void(Packet&)> change) {
    return at(place, [change = std::move(change)](const Sent& sent) {
        Packet changed = sent.packet;
        change(changed);
        return std::vector<Delivery>{{!sent.is_from_player, std::move(changed)}};
    });
}

// It was refused with a code and a sentence, nothing that was not said was heard, and what had been
// said before was heard.
void check_refused(const Talk& talk, std::size_t place) {
    const Talk& all = honest_talk();
    bool is_good = talk.is_wrong() && talk.got() >= all.got_before[place];
    for (const Side* side : {&talk.player, &talk.host}) {
        for (const Error& error : side->errors)
            is_good = is_good && error.code.starts_with("SZ-NET-") && !error.message.empty();
    }
    for (const std::uint32_t channel : {play, bulk}) {
        is_good = is_good && begins_with(all.player.got[channel], talk.player.got[channel]) &&
                  begins_with(all.host.got[channel], talk.host.got[channel]);
    }
    if (place < 4) is_good = is_good && talk.got() == 0;  // the handshake
    if (is_good) return;
    CAPTURE(place, talk.is_wrong(), talk.got(), all.got_before[place]);
    FAIL_CHECK("a message that was tampered with was not refused");
}

}  // namespace

TEST_CASE("the conversation that is attacked is whole when it is not") {
    const Talk& talk = honest_talk();
    CHECK(talk.player.errors.empty());
    CHECK(talk.host.errors.empty());
    CHECK(talk.host.got[play] == Taken{"hello", std::string(70, 'p'), ""});
    CHECK(talk.host.got[bulk] == Taken{std::string(60, 'b'), "the last of it"});
    CHECK(talk.player.got[play] == Taken{"welcome"});
    CHECK(talk.player.got[bulk] == Taken{std::string(50, 'c')});
    CHECK(talk.host.end == "good night");
    CHECK(talk.player.end == "and you");
    CHECK(talk.said.size() == 4 + 1 + 1 + 3 + 3 + 3 + 1 + 2 + 1 + 1 + 1);
    const Talk again = run(honest);  // the same seeds, the same bytes: places mean something
    for (std::size_t i = 0; i < talk.said.size(); ++i)
        CHECK(again.said[i].packet.bytes == talk.said[i].packet.bytes);
}

TEST_CASE("every byte of every message, changed by a bit or by all of them, is refused") {
    const Talk& all = honest_talk();
    for (std::size_t place = 0; place < all.said.size(); ++place) {
        for (std::size_t byte = 0; byte < all.said[place].packet.bytes.size(); ++byte) {
            for (const int flip : {1 << (byte % 8), 0xff}) {
                const Talk talk = run(change_at(place, [&](Packet& packet) {
                    packet.bytes[byte] = static_cast<char>(packet.bytes[byte] ^ flip);
                }));
                check_refused(talk, place);
            }
        }
    }
}

TEST_CASE("a message that is dropped, repeated, cut, lengthened or emptied is noticed") {
    for (std::size_t place = 0; place < honest_talk().said.size(); ++place) {
        CAPTURE(place);
        check_refused(run(at(place, [](const Sent&) { return std::vector<Delivery>{}; })), place);
        check_refused(run(at(place,
                             [](const Sent& sent) {
                                 const Delivery one{!sent.is_from_player, sent.packet};
                                 return std::vector<Delivery>{one, one};
                             })),
                      place);
        const std::size_t size = honest_talk().said[place].packet.bytes.size();
        for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, size / 2, size - 1})
            check_refused(run(change_at(place, [&](Packet& p) { p.bytes.resize(cut); })), place);
        for (const std::size_t more : {1u, 16u, 20'000u})
            check_refused(run(change_at(place, [&](Packet& p) { p.bytes.append(more, '\0'); })),
                          place);
    }
}

TEST_CASE("a message that is sent back to its sender, or on the other channel, is refused") {
    for (std::size_t place = 0; place < honest_talk().said.size(); ++place) {
        CAPTURE(place);
        check_refused(run(at(place,
                             [](const Sent& sent) {
                                 return std::vector<Delivery>{{sent.is_from_player, sent.packet}};
                             })),
                      place);
        check_refused(run(change_at(place, [](Packet& p) { p.channel = 1 - p.channel; })), place);
        check_refused(run(change_at(place, [](Packet& p) { p.channel = 2; })), place);
    }
}

TEST_CASE("a message of another connection of the same two is refused") {
    const Talk& all = honest_talk();
    for (std::size_t place = 0; place < all.said.size(); ++place) {
        CAPTURE(place);
        const auto replay = change_at(place, [&](Packet& p) { p = all.said[place].packet; });
        check_refused(run(replay, 2), place);
    }
}

TEST_CASE("two messages of one channel that change places are refused; of two channels they may") {
    const Talk& all = honest_talk();
    int moved = 0, free = 0;
    for (std::size_t place = 0; place + 1 < all.said.size(); ++place) {
        const Sent &first = all.said[place], &second = all.said[place + 1];
        if (first.is_from_player != second.is_from_player) continue;
        std::optional<Packet> held;
        const Talk talk = run([&](std::size_t number, const Sent& sent) {
            std::vector<Delivery> deliveries = honest(number, sent);
            if (number == place) {
                held = sent.packet;
                return std::vector<Delivery>{};
            }
            if (number == place + 1) deliveries.push_back({!sent.is_from_player, *held});
            return deliveries;
        });
        CAPTURE(place);
        if (first.packet.channel == second.packet.channel) {
            check_refused(talk, place);
            ++moved;
        } else {
            CHECK_FALSE(talk.is_wrong());
            CHECK(talk.got() == all.got());
            ++free;
        }
    }
    CHECK(moved >= 6);
    CHECK(free >= 2);
}
