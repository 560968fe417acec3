// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes to a side of a handshake, and honest handshakes in which one message is changed.
#include "kernel/net/handshake.hpp"

#include "target.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using mpst::fuzz::must;
using Step = Result<std::optional<Packet>>;

namespace {

Handshake side_of(noise::Role role) { return test::handshake_of(role, {}); }

void must_be_refused(Handshake& side, const Step& step) {
    must(step.error().code.starts_with("SZ-") && !step.error().message.empty(),
         "what is refused has a code and a sentence");
    must(!side.is_done() && side.peer_client_id().empty(), "nobody is known after a refusal");
    const auto again = side.receive(SZ_CHANNEL_PLAY, "SZH", 2);
    must(!again && again.error().code == step.error().code, "a refusal is for good");
    must(!side.finish(), "what was refused gives no channel");
}

// Messages, each after its length in two bytes.
void feed(Handshake side, std::string_view bytes) {
    if (auto first = side.start(); first && *first)
        must((*first)->bytes.size() == 36, "the first message is as long as it says");
    while (bytes.size() >= 3) {
        const std::size_t size =
            static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1]);
        const auto channel = static_cast<std::uint32_t>(bytes[2]) % 3;
        bytes.remove_prefix(3);
        const auto step = side.receive(channel, bytes.substr(0, size), 1);
        if (!step) return must_be_refused(side, step);
        must(!side.is_done(), "nobody proves anything by chance");
        bytes.remove_prefix(std::min(size, bytes.size()));
    }
}

std::string changed(std::string message, std::string_view how) {
    const auto number = [&](std::size_t at) {
        return at < how.size() ? unsigned{static_cast<unsigned char>(how[at])} : 0u;
    };
    const std::size_t place = (number(1) + 256 * number(2)) % (message.size() + 1);
    switch (number(0) % 3) {
        case 0: message.resize(place); break;
        case 1: message.insert(place, how.substr(std::min<std::size_t>(3, how.size()))); break;
        default:
            for (std::size_t i = 3; i < how.size() && place + i - 3 < message.size(); ++i)
                message[place + i - 3] = static_cast<char>(message[place + i - 3] ^ how[i]);
    }
    return message;
}

// The message of the number is changed on its way.
void attack(unsigned which, std::string_view how) {
    Handshake player = side_of(noise::Role::initiator), host = side_of(noise::Role::responder);
    Step next = player.start();
    bool is_changed = false;
    for (unsigned number = 0; next && *next; ++number) {
        std::string bytes = (*next)->bytes;
        if (number == which) bytes = changed(bytes, how);
        is_changed = is_changed || bytes != (*next)->bytes;
        Handshake& to = number % 2 == 0 ? host : player;
        next = to.receive(SZ_CHANNEL_PLAY, bytes, 1);
        if (!next) must_be_refused(to, next);
    }
    must(player.is_done() == !is_changed, "what is changed on its way is noticed");
    must(host.is_done() == (!is_changed || which == 3), "the host has the first three for itself");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.empty()) return 0;
    switch (data[0] % 6) {
        case 0: feed(side_of(noise::Role::responder), bytes.substr(1)); break;
        case 1: feed(side_of(noise::Role::initiator), bytes.substr(1)); break;
        default: attack(data[0] % 6 - 2, bytes.substr(1));
    }
    return 0;
}
