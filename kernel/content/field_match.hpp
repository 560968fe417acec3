// SPDX-License-Identifier: AGPL-3.0-or-later
// Which field of a sheet a formula's path means (sz/ext/field_type.h, sz_field_resolver): its first
// steps are [section, group, field], else [group, field], else [field], by their ids; of several
// fields the one nearest to the formula.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace sz {

struct FieldMatch {
    std::vector<std::string> paths;  // none, one, or several that are equally near
    std::size_t steps = 0;           // how many of them named the field
};

// The first `count` steps with dots between them.
[[nodiscard]] inline std::string joined_steps(const std::vector<std::string>& steps,
                                              std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count && i < steps.size(); ++i)
        text += (i == 0 ? "" : ".") + steps[i];
    return text;
}

// Is `path` the same as `tail`, or does it end in "." and `tail`?
[[nodiscard]] inline bool is_tail_of(std::string_view path, std::string_view tail) {
    return path == tail || (path.size() > tail.size() && path.ends_with(tail) &&
                            path[path.size() - tail.size() - 1] == '.');
}

// `paths` are "section.group.field", `home` is that of the formula, or empty.
[[nodiscard]] inline FieldMatch match_field(const std::vector<std::string>& paths,
                                            const std::string& home,
                                            const std::vector<std::string>& steps) {
    const auto in_group = [](const std::string& path) { return path.substr(0, path.rfind('.')); };
    const auto in_section = [](const std::string& path) { return path.substr(0, path.find('.')); };
    const auto narrow = [&home](std::vector<std::string>& found, const auto& part) {
        std::vector<std::string> near;
        std::copy_if(found.begin(), found.end(), std::back_inserter(near),
                     [&](const std::string& path) { return part(path) == part(home); });
        if (!near.empty()) found = std::move(near);
    };
    for (std::size_t count = std::min<std::size_t>(3, steps.size()); count > 0; --count) {
        const std::string wanted = joined_steps(steps, count);
        FieldMatch match;
        std::copy_if(paths.begin(), paths.end(), std::back_inserter(match.paths),
                     [&](const std::string& path) { return is_tail_of(path, wanted); });
        if (match.paths.empty()) continue;
        narrow(match.paths, in_section);
        narrow(match.paths, in_group);
        match.steps = count;
        return match;
    }
    return {};
}

}  // namespace sz
