// SPDX-License-Identifier: AGPL-3.0-or-later
#include "faults.hpp"

#include <algorithm>
#include <iterator>

namespace csv {

Lines::Lines(std::string_view text) : begins_{0} {
    for (auto at = text.find_first_of("\r\n"); at != std::string_view::npos;
         at = text.find_first_of("\r\n", at + 1)) {
        if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
        begins_.push_back(at + 1);
    }
}

Place Lines::place(std::size_t offset) const {
    const auto next = std::upper_bound(begins_.begin(), begins_.end(), offset);
    if (next == begins_.begin()) return {1, static_cast<std::uint32_t>(offset + 1)};
    return {static_cast<std::uint32_t>(next - begins_.begin()),
            static_cast<std::uint32_t>(offset - *std::prev(next) + 1)};
}

}  // namespace csv
