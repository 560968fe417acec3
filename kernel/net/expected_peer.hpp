// SPDX-License-Identifier: AGPL-3.0-or-later
// Who somebody who connects wants to meet, and what is said when another answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/net/host_mark.hpp"

namespace sz::net {

struct ExpectedPeer {
    enum class From : std::uint8_t {
        address,  // the address names its host
        memory,   // the host of this campaign is remembered from the last time
    };
    HostMark mark;
    From from = From::address;
};

// SZ-NET-010 another than the address names, SZ-NET-011 another than is remembered. [any-thread]
[[nodiscard]] Status check_expected(const std::vector<ExpectedPeer>& expected,
                                    std::string_view client_id);

}  // namespace sz::net
