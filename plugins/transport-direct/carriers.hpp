// SPDX-License-Identifier: AGPL-3.0-or-later
// Every carrier, by the schemes of its URLs. A new one is a line in each of the two.
#pragma once

#include <memory>

#include "direct_transport.hpp"
#include "memory/memory_carrier.hpp"
#include "udp/udp_carrier.hpp"
#include "web/web_carrier.hpp"

namespace direct {

inline constexpr sz::plugin::Transport::Info info{"direct", "UDP, and WebSocket for tunnels",
                                                  "udp ws wss memory"};

[[nodiscard]] inline DirectTransport::Carriers all_carriers() {
    return {{"udp", std::make_shared<udp::UdpCarrier>()},
            {"ws", std::make_shared<web::WebCarrier>(false)},
            {"wss", std::make_shared<web::WebCarrier>(true)},
            {"memory", std::make_shared<memory::MemoryCarrier>()}};
}

}  // namespace direct
