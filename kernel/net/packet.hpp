// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes through a transport, and the numbers written in it. Inside and at the edge of this
// room.
#pragma once

#include <sz/ext/transport.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace sz::net {

// Milliseconds of a clock that never goes back. Only differences mean anything.
using SteadyMs = std::int64_t;

inline constexpr std::uint32_t channels = SZ_CHANNELS;

// One message of a transport: what its send() takes and its `message` brings.
struct Packet {
    std::uint32_t channel = SZ_CHANNEL_PLAY;
    std::string bytes;
};

// Numbers are written with the most significant byte first.
inline void put_number(std::string& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

// The first eight bytes of `text`, which must be there.
[[nodiscard]] inline std::uint64_t get_number(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(text[i]);
    return number;
}

}  // namespace sz::net
