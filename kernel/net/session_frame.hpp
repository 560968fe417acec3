// SPDX-License-Identifier: AGPL-3.0-or-later
// What two sessions say to each other inside a secure channel: one frame a record.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/net/secure_channel.hpp"

namespace sz::net {

using Numbers = std::array<std::uint64_t, channels>;  // one for each channel

enum class FrameKind : char {
    hello = 1,    // who connected: begins a session, or resumes one
    welcome = 2,  // the answer: a new session, or that one
    refusal = 3,  // the answer: no
    piece = 4,    // a piece of a message
    seen = 5,     // the numbers that are expected next: what is before them has come
    over = 6,     // the session ends when the pieces before these numbers have come
};

enum class Refusal : char { identity = 1, unknown = 2, numbers = 3, proof = 4, over = 5, full = 6 };

struct Frame {
    FrameKind kind = FrameKind::piece;
    bool is_resumed = false;   // hello: the session is to exist; welcome: it does
    std::string session;       // hello, welcome: 16 bytes
    std::string proof;         // hello, welcome: 32 bytes that only the two can make
    Numbers next{};            // hello, welcome, seen, over; piece, when has_seen
    std::uint64_t number = 0;  // piece
    bool is_last = false;      // piece: the message is whole with it
    bool has_seen = false;     // piece: `next` is there
    Refusal refusal{};         // refusal
    std::string_view content;  // piece: the bytes; over: the reason. Borrowed
};

inline constexpr std::size_t session_id_bytes = 16;
inline constexpr std::size_t piece_more_bytes = 1 + 1 + 8 + 8 * channels;

// Bytes of a message in one piece.
[[nodiscard]] constexpr std::size_t piece_content_max(std::uint32_t channel) {
    return record_content_max(channel) - piece_more_bytes;
}

[[nodiscard]] std::string write_frame(const Frame& frame);
// Borrows from `text`. SZ-NET-043: it is none.
[[nodiscard]] Result<Frame> read_frame(std::string_view text);

// The other side says what no session says.
[[nodiscard]] tl::unexpected<Error> no_frame(const std::string& what);
// Why a session cannot begin or go on, as it is said at both ends: SZ-NET-040 … 042, 048, 049, 052.
[[nodiscard]] Error refusal_error(Refusal refusal);

}  // namespace sz::net
