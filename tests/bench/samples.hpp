// SPDX-License-Identifier: AGPL-3.0-or-later
// What many measurements of the same come to.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace sz::bench {

// share 0…1
[[nodiscard]] inline double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(std::llround(place))];
}
[[nodiscard]] inline double median(std::vector<double> values) {
    return percentile(std::move(values), 0.5);
}

}  // namespace sz::bench
