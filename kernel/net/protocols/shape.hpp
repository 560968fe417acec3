// SPDX-License-Identifier: AGPL-3.0-or-later
// A protocol as one program tells another that it knows it: by name, and by the hash that szmpst
// makes of what all roles may do.
#pragma once

#include <cstdint>
#include <string>

namespace sz::net {

struct ProtocolShape {
    std::string name;
    std::uint64_t hash = 0;
    friend bool operator==(const ProtocolShape&, const ProtocolShape&) = default;
};

}  // namespace sz::net
