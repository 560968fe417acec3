// SPDX-License-Identifier: AGPL-3.0-or-later
// What two programs say to each other about protocols, as bytes: numbers are little-endian.
//
//   open     0  talk(4)  hash(8)  name              begin this protocol, of this shape
//   message  1  talk(4)  length(1) label  payload   for its next state
//   cancel   2  talk(4)  by, at, why                each behind a length of 2 bytes
//
// Talks that the caller opens have odd numbers, those of the other side even ones.
#pragma once

#include <sz/mpst/channel.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "kernel/base/result.hpp"

namespace sz::net {

struct OpenTalk {
    std::uint32_t talk = 0;
    std::uint64_t hash = 0;
    std::string protocol;
};
struct TalkMessage {
    std::uint32_t talk = 0;
    mpst::Frame frame;
};
struct CancelTalk {
    std::uint32_t talk = 0;
    mpst::Notice notice;
};
using MuxFrame = std::variant<OpenTalk, TalkMessage, CancelTalk>;

[[nodiscard]] std::string write_mux(const OpenTalk& open);
// The label has 255 bytes at most: a generated one is far shorter.
[[nodiscard]] std::string write_mux(std::uint32_t talk, const mpst::Frame& frame);
[[nodiscard]] std::string write_mux(const CancelTalk& cancel);

// SZ-NET-120: no such frame.
[[nodiscard]] Result<MuxFrame> read_mux(std::string_view bytes);

}  // namespace sz::net
