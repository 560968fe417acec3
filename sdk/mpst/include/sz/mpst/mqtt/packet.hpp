// SPDX-License-Identifier: AGPL-3.0-or-later
// What the programs of a session say to each other through a broker. Numbers are written with the
// low byte first, a text as its length in 4 bytes and its bytes.
//
//   3 bytes  "SZM"
//   1        version, 1
//   1        kind
//   8        from: the nonce of the program that says it
//   8        to: the nonce of the program that is meant; 0 is everybody
//   8        received: the last of that program's messages that has come, as a sequence number
//   8        room: the last of them there is room for
// and then, by kind,
//   1 hello    8 protocol, 4 longest message in bytes, 4 messages that may wait; to everybody
//   2 ready    the same, to one whose hello was heard, and after a connection was lost
//   3 message  8 sequence number, from 1; label; the rest is the payload
//   4 ack      1: 0, or 1 where what comes after `received` was lost, or 2 where an ack is wanted
//   5 cancel   8 sequence number, behind the last message; by, at, why
//   6 bye      nothing: the role has come to its end
//   7 gone     nothing: the last will, which the broker says for a program that vanished
//   8 refused  why
// A topic says from which role to which: PREFIX/SESSION/FROM/TO, or PREFIX/SESSION/FROM to all.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "../channel.hpp"
#include "../codec.hpp"

namespace mpst::mqtt::detail {

enum class Kind : std::uint8_t { hello = 1, ready, message, ack, cancel, bye, gone, refused };

inline constexpr std::uint8_t wire_version = 1;
inline constexpr std::size_t label_bytes_max = 256;
inline constexpr std::size_t text_bytes_max = 2000;  // of by, at and why
// What a message may be long besides its payload.
inline constexpr std::size_t message_head_bytes_max = 128 + label_bytes_max;

struct Packet {
    std::uint8_t version = wire_version;
    Kind kind{};
    std::uint64_t from = 0, to = 0, received = 0, room = 0;
    std::uint64_t protocol = 0;
    std::uint32_t message_bytes_max = 0, waiting_max = 0;
    std::uint64_t sequence = 0;
    enum : std::uint8_t { nothing, again, answer } wants = nothing;
    Frame frame;
    Notice notice;  // of refused: only why
    // What was read is less than what its kind wants, or more.
    bool is_torn = false;
};

namespace wire {

inline constexpr std::array<std::byte, 3> magic{std::byte{'S'}, std::byte{'Z'}, std::byte{'M'}};

template <class T>
void put(Bytes& out, const T& value) {
    Codec<T>::write(out, value);
}
template <class T>
void get(Reader& in, T& value) {
    Codec<T>::read(in, value);
}
inline void put_text(Bytes& out, const std::string& text) {
    put(out, text.substr(0, text_bytes_max));
}
inline void get_text(Reader& in, std::string& text, std::size_t bytes_max) {
    get(in, text);
    if (text.size() > bytes_max) in.fail();
}

inline void get_body(Reader& in, Packet& packet) {
    switch (packet.kind) {
        case Kind::hello:
        case Kind::ready:
            get(in, packet.protocol);
            get(in, packet.message_bytes_max);
            get(in, packet.waiting_max);
            break;
        case Kind::message: {
            get(in, packet.sequence);
            get_text(in, packet.frame.label, label_bytes_max);
            const auto payload = in.take(in.left());
            packet.frame.payload.assign(payload.begin(), payload.end());
            break;
        }
        case Kind::ack: get(in, packet.wants); break;
        case Kind::cancel:
            get(in, packet.sequence);
            get_text(in, packet.notice.by, text_bytes_max);
            get_text(in, packet.notice.at, text_bytes_max);
            get_text(in, packet.notice.why, text_bytes_max);
            break;
        case Kind::refused: get_text(in, packet.notice.why, text_bytes_max); break;
        case Kind::bye:
        case Kind::gone: break;
        default: in.fail();
    }
}

}  // namespace wire

inline Bytes write(const Packet& packet) {
    using namespace wire;
    Bytes out(magic.begin(), magic.end());
    out.reserve(128 + packet.frame.label.size() + packet.frame.payload.size());
    put(out, packet.version);
    put(out, packet.kind);
    for (const std::uint64_t number : {packet.from, packet.to, packet.received, packet.room})
        put(out, number);
    switch (packet.kind) {
        case Kind::hello:
        case Kind::ready:
            put(out, packet.protocol);
            put(out, packet.message_bytes_max);
            put(out, packet.waiting_max);
            break;
        case Kind::message:
            put(out, packet.sequence);
            put(out, packet.frame.label);
            out.insert(out.end(), packet.frame.payload.begin(), packet.frame.payload.end());
            break;
        case Kind::ack: put(out, packet.wants); break;
        case Kind::cancel:
            put(out, packet.sequence);
            put_text(out, packet.notice.by);
            put_text(out, packet.notice.at);
            put_text(out, packet.notice.why);
            break;
        case Kind::refused: put_text(out, packet.notice.why); break;
        case Kind::bye:
        case Kind::gone: break;
    }
    return out;
}

// Who says it to whom, and the kind; nothing where these are no bytes of ours. The rest is read
// with read_body, when it is known that they come from a member.
inline std::optional<Packet> read_head(Reader& in) {
    using namespace wire;
    Packet packet;
    const auto begin = in.take(magic.size());
    if (begin.empty() || !std::equal(magic.begin(), magic.end(), begin.begin()))
        return std::nullopt;
    get(in, packet.version);
    get(in, packet.kind);
    for (std::uint64_t* number : {&packet.from, &packet.to, &packet.received, &packet.room})
        get(in, *number);
    if (!in.is_good() || packet.from == 0) return std::nullopt;
    return packet;
}
inline void read_body(Reader& in, Packet& packet) {
    wire::get_body(in, packet);
    packet.is_torn = !in.is_at_end();
}

}  // namespace mpst::mqtt::detail
