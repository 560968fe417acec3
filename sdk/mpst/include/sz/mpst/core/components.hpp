// SPDX-License-Identifier: AGPL-3.0-or-later
// The strongly connected parts of what automata can come to.
#pragma once

#include <algorithm>
#include <vector>

#include "configurations.hpp"

namespace mpst::core {

// Tarjan: Depth-first search and linear graph algorithms (1972), with a stack of its own.
class Components {
  public:
    constexpr explicit Components(const Configurations& graph) : graph_(graph) {
        of_.assign(graph.size(), none);
        low_.assign(graph.size(), none);
        number_.assign(graph.size(), none);
        visit(0);  // all others are reached from it
        begins_.push_back(static_cast<std::uint32_t>(members_.size()));
    }

    [[nodiscard]] constexpr std::uint32_t size() const {
        return static_cast<std::uint32_t>(begins_.size() - 1);
    }
    [[nodiscard]] constexpr std::uint32_t of(std::uint32_t node) const { return of_[node]; }
    [[nodiscard]] constexpr std::span<const std::uint32_t> members(std::uint32_t component) const {
        return std::span<const std::uint32_t>(members_).subspan(
            begins_[component], begins_[component + 1] - begins_[component]);
    }
    // Whether one can go round in it.
    [[nodiscard]] constexpr bool has_round(std::uint32_t component) const {
        const auto all = members(component);
        if (all.size() > 1) return true;
        const auto next = graph_.successors(all.front());
        return std::find(next.begin(), next.end(), all.front()) != next.end();
    }
    // Whether nothing leads out of it.
    [[nodiscard]] constexpr bool is_final(std::uint32_t component) const {
        for (const std::uint32_t node : members(component)) {
            for (const std::uint32_t next : graph_.successors(node)) {
                if (of_[next] != component) return false;
            }
        }
        return true;
    }

  private:
    constexpr void visit(std::uint32_t root) {
        struct Visit {
            std::uint32_t node, next;
        };
        std::vector<Visit> path;
        std::vector<std::uint32_t> open;
        std::uint32_t count = 0;
        const auto enter = [&](std::uint32_t node) {
            number_[node] = low_[node] = count++;
            path.push_back({node, 0});
            open.push_back(node);
        };
        enter(root);
        while (!path.empty()) {
            const std::uint32_t node = path.back().node;
            const auto next = graph_.successors(node);
            if (path.back().next < next.size()) {
                const std::uint32_t to = next[path.back().next++];
                if (number_[to] == none) {
                    enter(to);
                } else if (of_[to] == none) {
                    low_[node] = std::min(low_[node], number_[to]);
                }
                continue;
            }
            path.pop_back();
            if (!path.empty()) {
                std::uint32_t& above = low_[path.back().node];
                above = std::min(above, low_[node]);
            }
            if (low_[node] != number_[node]) continue;
            begins_.push_back(static_cast<std::uint32_t>(members_.size()));
            std::uint32_t member = none;
            do {
                member = open.back();
                open.pop_back();
                of_[member] = static_cast<std::uint32_t>(begins_.size() - 1);
                members_.push_back(member);
            } while (member != node);
        }
    }

    const Configurations& graph_;
    std::vector<std::uint32_t> of_, low_, number_;  // by node
    std::vector<std::uint32_t> members_, begins_;
};

// A cycle of the given nodes; empty when there is none.
class RoundSearch {
  public:
    constexpr explicit RoundSearch(const Configurations& graph) : graph_(graph) {
        mark_.assign(graph.size(), outside);
    }

    constexpr std::vector<std::uint32_t> among(std::span<const std::uint32_t> nodes) {
        for (const std::uint32_t node : nodes) mark_[node] = fresh;
        std::vector<std::uint32_t> round;
        for (const std::uint32_t node : nodes) {
            if (round.empty() && mark_[node] == fresh) round = visit(node);
        }
        for (const std::uint32_t node : nodes) mark_[node] = outside;
        return round;
    }

  private:
    enum : std::uint8_t { outside, fresh, open, done };
    struct Visit {
        std::uint32_t node, next;
    };

    constexpr std::vector<std::uint32_t> visit(std::uint32_t root) {
        std::vector<Visit> path{{root, 0}};
        mark_[root] = open;
        while (!path.empty()) {
            const std::uint32_t node = path.back().node;
            const auto next = graph_.successors(node);
            if (path.back().next == next.size()) {
                mark_[node] = done;
                path.pop_back();
                continue;
            }
            const std::uint32_t to = next[path.back().next++];
            if (mark_[to] == fresh) {
                mark_[to] = open;
                path.push_back({to, 0});
            } else if (mark_[to] == open) {
                std::size_t begin = path.size();
                while (path[--begin].node != to) {
                }
                std::vector<std::uint32_t> round;
                for (; begin < path.size(); ++begin) round.push_back(path[begin].node);
                // The one that is come to first, in front.
                std::rotate(round.begin(), std::min_element(round.begin(), round.end()),
                            round.end());
                return round;
            }
        }
        return {};
    }

    const Configurations& graph_;
    Flags mark_;
};

}  // namespace mpst::core
