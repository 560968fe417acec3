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

namespace {

// What a plugin lacks while it cannot start.
struct Lack {
    StartOrder::Reason reason;
    const Manifest* on = nullptr;  // one that is here, and has not started itself
};

struct Candidates {
    std::map<std::string, const Manifest*> by_id;
    std::set<const Manifest*> started;

    // Nothing: it can start.
    [[nodiscard]] std::optional<Lack> lack_of(const Manifest& manifest) const;
};

std::optional<Lack> Candidates::lack_of(const Manifest& manifest) const {
    for (const auto& [id, version] : manifest.dependencies) {
        const auto found = by_id.find(id);
        if (found == by_id.end())
            return Lack{{"It needs the plugin " + id + " " + version +
                             ", which is not here or not enabled.",
                         "Install it, trust it or enable it."}};
        if (!plugin_version_fits(found->second->version, version))
            return Lack{{"It needs version " + version + " of the plugin " + id + "; version " +
                             found->second->version + " is here.",
                         "Install a version that fits."}};
        if (!started.contains(found->second))
            return Lack{{"It needs the plugin " + id + ", which cannot start either.",
                         "Mend that one first."},
                        found->second};
    }
    return std::nullopt;
}

using Lacks = std::map<const Manifest*, Lack>;

// "a → b → a" when what `manifest` waits for waits for it in the end; else empty.
std::string circle_through(const Manifest* manifest, const Lacks& lacks) {
    std::string way = manifest->id;
    std::set<const Manifest*> passed;
    for (const Manifest* at = manifest; passed.insert(at).second;) {
        at = lacks.at(at).on;
        if (at == nullptr) return {};
        way += " → " + at->id;
        if (at == manifest) return way;
    }
    return {};  // a circle further on, of which it is no part
}

}  // namespace

StartOrder start_order(const std::vector<const Manifest*>& granted) {
    StartOrder result;
    Candidates candidates;
    for (const Manifest* manifest : granted) candidates.by_id.emplace(manifest->id, manifest);
    Lacks lacks;
    std::vector<const Manifest*> waiting = granted;
    for (bool is_moving = true; is_moving;) {
        is_moving = false;
        std::vector<const Manifest*> still;
        for (const Manifest* manifest : waiting) {
            if (auto lack = candidates.lack_of(*manifest)) {
                lacks.insert_or_assign(manifest, std::move(*lack));
                still.push_back(manifest);
                continue;
            }
            result.order.push_back(manifest);
            lacks.erase(manifest);
            candidates.started.insert(manifest);
            is_moving = true;
        }
        waiting = std::move(still);
    }
    for (const auto& [manifest, lack] : lacks) {
        StartOrder::Reason reason = lack.reason;
        if (const std::string circle = circle_through(manifest, lacks); !circle.empty())
            reason = {"It waits for itself: " + circle + ".",
                      "None of them can start before the other. Tell their authors, or disable one "
                      "that you do not need."};
        result.missing.emplace(manifest, std::move(reason));
    }
    return result;
}

}  // namespace sz
