// SPDX-License-Identifier: AGPL-3.0-or-later
// The laws of ext/transport.h: each has a transport to itself and throws Broken.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "transport_bench.hpp"

namespace check {

struct Law {
    std::string name, rule;
    std::function<void(Bench&)> holds;
};

[[nodiscard]] std::vector<Law> opening_laws();  // what is asked for, and who may come
[[nodiscard]] std::vector<Law> message_laws();  // what is sent
[[nodiscard]] std::vector<Law> closing_laws();  // how it ends

}  // namespace check
