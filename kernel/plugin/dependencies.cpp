// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/dependencies.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace sz {

namespace {

using Numbers = std::array<unsigned, 3>;

// "1.2.3" of "1.2.3-rc.1": a plugin's dependency does not look at what follows.
std::optional<Numbers> numbers_of(const std::string& version) {
    Numbers numbers{};
    const char* at = version.data();
    const char* end = at + version.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc{}) return std::nullopt;
        at = next;
    }
    return numbers;
}

}  // namespace

bool plugin_version_fits(const std::string& version, const std::string& wanted) {
    if (wanted.empty() || wanted.front() != '^') return version == wanted;
    const auto have = numbers_of(version);
    const auto least = numbers_of(wanted.substr(1));
    if (!have || !least || (*have)[0] != (*least)[0]) return false;
    if ((*least)[0] == 0 && (*have)[1] != (*least)[1]) return false;
    return *have >= *least;
}

StartOrder start_order(const std::vector<const Manifest*>& granted) {
    StartOrder result;
    std::map<std::string, const Manifest*> by_id;
    for (const Manifest* manifest : granted) by_id.emplace(manifest->id, manifest);
    std::set<std::string> started;
    std::vector<const Manifest*> waiting = granted;
    for (bool is_moving = true; is_moving;) {
        is_moving = false;
        std::vector<const Manifest*> still;
        for (const Manifest* manifest : waiting) {
            std::string why;
            for (const Dependency& dependency : manifest->dependencies) {
                const auto found = by_id.find(dependency.id);
                if (found == by_id.end())
                    why = "It needs the plugin " + dependency.id + " " + dependency.version +
                          ", which is not here or not enabled.";
                else if (!plugin_version_fits(found->second->version, dependency.version))
                    why = "It needs version " + dependency.version + " of the plugin " +
                          dependency.id + "; version " + found->second->version + " is here.";
                else if (!started.contains(dependency.id))
                    why = "It needs the plugin " + dependency.id + ", which cannot start either.";
                if (!why.empty()) break;
            }
            if (why.empty()) {
                result.order.push_back(manifest);
                result.missing.erase(manifest);
                started.insert(manifest->id);
                is_moving = true;
            } else {
                result.missing.insert_or_assign(manifest, std::move(why));
                still.push_back(manifest);
            }
        }
        waiting = std::move(still);
    }
    return result;
}

}  // namespace sz
