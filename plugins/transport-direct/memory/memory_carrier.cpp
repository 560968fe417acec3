// SPDX-License-Identifier: AGPL-3.0-or-later
#include "memory_carrier.hpp"

#include <utility>

#include "memory_ends.hpp"

namespace direct::memory {

sz::plugin::Status MemoryCarrier::check(const Address& where, const Options&, Use) const {
    if (!where.host.empty() && where.host != "*" && where.path == "/") return {};
    return sz::plugin::invalid("SZ-TRANSPORT-001", "The address has no name, or more than one.",
                               "It looks like memory://table.");
}

std::shared_ptr<End> MemoryCarrier::listener(Ends& all, std::shared_ptr<Line> line,
                                             const Address& where, const Options& options) {
    return std::make_shared<MemoryListener>(all, std::move(line), where.host,
                                            options.connections_max, names_);
}

std::shared_ptr<End> MemoryCarrier::connection(Ends& all, std::shared_ptr<Line> line,
                                               const Address& where, const Options&) {
    return std::make_shared<MemoryConnection>(all, std::move(line), where.host, names_);
}

}  // namespace direct::memory
