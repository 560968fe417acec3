// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/functions.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace play::formula {

namespace {

constexpr std::size_t name_bytes_max = 20;  // a longer name is no slip of the pen

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return small;
}

// Levenshtein's distance, row by row.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, diagonal + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

const Function* find_function(std::string_view name) {
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [name](const Function& one) { return one.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

const Function* nearest_function(std::string_view name) {
    if (name.size() > name_bytes_max) return nullptr;
    const std::string small = lower(name);
    const Function* nearest = nullptr;
    std::size_t least = 3;
    for (const Function& one : functions) {
        // "ceiling" and "rounded" go on where the function's name ends.
        const std::size_t apart = small.starts_with(one.name) ? 1 : distance(small, one.name);
        if (apart >= least || apart >= one.name.size()) continue;
        least = apart;
        nearest = &one;
    }
    return nearest;
}

}  // namespace play::formula
