// SPDX-License-Identifier: AGPL-3.0-or-later
// In which order plugins start, and which cannot.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/plugin/manifest.hpp"

namespace sz {

struct StartOrder {
    // What a plugin needs stands before it; else in the given order.
    std::vector<const Manifest*> order;
    struct Reason {
        std::string why, hint;
    };
    std::map<const Manifest*, Reason> missing;  // why the others cannot start
};

// Each id stands once among `granted`.
[[nodiscard]] StartOrder start_order(const std::vector<const Manifest*>& granted);

// Does `version` fit `wanted`: "1.2.0" exactly, "^1.2.0" the same major (for 0.x: the same minor)
// and not older?
[[nodiscard]] bool plugin_version_fits(const std::string& version, const std::string& wanted);

}  // namespace sz
