// SPDX-License-Identifier: AGPL-3.0-or-later
#include "udp_carrier.hpp"

#include <utility>

#include "caller.hpp"
#include "udp_connection.hpp"
#include "udp_listener.hpp"

namespace direct::udp {

UdpCarrier::UdpCarrier() : share_(std::make_shared<BulkShare>()) {}
UdpCarrier::~UdpCarrier() = default;

std::shared_ptr<End> UdpCarrier::listener(Ends& all, std::shared_ptr<Line> line,
                                          const Address& where, const Options& options) {
    return std::make_shared<UdpListener>(all, std::move(line), where, options, share_);
}

std::shared_ptr<End> UdpCarrier::connection(Ends& all, std::shared_ptr<Line> line,
                                            const Address& where, const Options& options) {
    auto made = std::make_shared<UdpConnection>(all.io(), std::move(line), share_);
    made->calls(std::make_shared<Caller>(all.io(), where), options.patience);
    return made;
}

}  // namespace direct::udp
