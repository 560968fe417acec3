// SPDX-License-Identifier: AGPL-3.0-or-later
// Says that a listener is open, and where it may be reached.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "line.hpp"

namespace direct {

// `address`: what the socket is bound to. `protocol`: "udp", "tcp".
void announce(const Line& line, std::string_view scheme, const std::string& address,
              std::uint16_t port, std::string_view protocol);

}  // namespace direct
