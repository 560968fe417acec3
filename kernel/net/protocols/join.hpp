// SPDX-License-Identifier: AGPL-3.0-or-later
// The first words: the roles of schemas/protocols/join.scr.
#pragma once

#include <sz/mpst/task.hpp>

#include <Join/Host.hpp>
#include <Join/Player.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"

namespace sz::net {

using Shapes = std::vector<ProtocolShape>;

struct Speaker {
    std::string program, version;  // "SessionZero", "0.1.0"
    Shapes protocols;
};

// What both know in the same shape, in the order of `ours`.
[[nodiscard]] Shapes common(const Shapes& ours, const Shapes& theirs);

// `decide`: who said hello is refused with this error, or let in. What the player said was cut to
// limits and is of one line, but chosen by them.
using DecideJoin = std::function<Status(const Speaker& player)>;

// Give to mpst::spawn; the arguments outlive the role.
[[nodiscard]] mpst::task<Join::Host::End> play_join_host(Join::Host::Start start,
                                                         const Speaker& own,
                                                         const DecideJoin& decide,
                                                         std::optional<Speaker>& player);
// `outcome`: who the host is, or SZ-NET-130 that it refused, with its own words.
[[nodiscard]] mpst::task<Join::Player::End> play_join_player(
    Join::Player::Start start, const Speaker& own, std::optional<Result<Speaker>>& outcome);

inline constexpr std::string_view join_protocol = "Join";

}  // namespace sz::net
