// SPDX-License-Identifier: AGPL-3.0-or-later
// The protocols that the doctor speaks.
#pragma once

#include <string>

#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/join.hpp"
#include "kernel/net/protocols/transfer.hpp"

namespace sz::net {

[[nodiscard]] inline Shapes doctor_shapes() {
    return {{std::string(doctor_protocol), Doctor::Guest::protocol_hash},
            {std::string(transfer_protocol), Transfer::Taker::protocol_hash}};
}

}  // namespace sz::net
