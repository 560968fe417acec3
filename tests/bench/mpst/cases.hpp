// SPDX-License-Identifier: AGPL-3.0-or-later
// An exchange, with session types and by hand. Each runs `rounds` rounds and gives a sum that both
// must agree on.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sessions {

using Run = std::int64_t (*)(int rounds);

struct Way {
    std::string_view name;  // "blocking, one thread"
    Run typed, by_hand;
    bool is_awaiting = false;
    bool is_one_thread = false;
};

struct Case {
    std::string_view name;
    int messages;  // of a round
    std::span<const Way> ways;
    std::string_view other_queue = {};  // a queue against this one, instead of types against hand
};

extern const Case video_streaming, ring, all_to_all, stream, double_buffering, queue;

}  // namespace sessions
