// SPDX-License-Identifier: AGPL-3.0-or-later
// The protocol as a deterministic automaton: after any run of messages there is one state. Branches
// that begin with the same messages are one until they differ.
#pragma once

#include <algorithm>
#include <vector>

#include "expand.hpp"

namespace mpst::core {

struct Global {
    Graph graph;  // state 0 is the beginning; edges in the order of the text
    Flags may_end;
    struct Origin {
        std::uint32_t state = none;
        std::uint32_t edge = none;
    };
    std::vector<Origin> origin;  // how each state was first reached, by the shortest run

    [[nodiscard]] constexpr std::vector<std::uint32_t> run_to(std::uint32_t state) const {
        std::vector<std::uint32_t> edges;
        for (; origin[state].state != none; state = origin[state].state)
            edges.push_back(origin[state].edge);
        std::reverse(edges.begin(), edges.end());
        return edges;
    }
};

// Subset construction (Rabin and Scott, 1959).
class Determination {
  public:
    constexpr Determination(const Expanded& from, Budget& budget, Global& to)
        : from_(from), budget_(budget), to_(to) {}

    // False when a limit was reached.
    constexpr bool run() {
        seen_.assign(from_.graph.size(), 0);
        targets_.assign(1, from_.start);
        state_of(targets_, {});
        for (std::uint32_t state = 0; state < to_.graph.size(); ++state) {
            if (!follow(state)) return false;
        }
        return true;
    }

  private:
    constexpr std::uint32_t state_of(std::vector<std::uint32_t>& targets, Global::Origin origin) {
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        const std::uint32_t state = sets_(targets);
        if (state < to_.graph.size()) return state;
        to_.graph.add_state();
        to_.may_end.push_back(false);
        to_.origin.push_back(origin);
        return state;
    }

    constexpr bool follow(std::uint32_t state) {
        gather(state);
        std::sort(found_.begin(), found_.end(), stands_before);
        std::vector<Edge> edges;
        for (std::size_t i = 0; i < found_.size();) {
            Edge edge = found_[i];
            targets_.clear();
            for (; i < found_.size() && found_[i].is_same_message(edge); ++i)
                targets_.push_back(found_[i].to);
            edge.to = state_of(targets_, {state, none});
            edges.push_back(edge);
        }
        sort_for_adding(edges);
        for (const Edge& edge : edges) {
            auto& origin = to_.origin[edge.to];
            if (origin.state == state && origin.edge == none)
                origin.edge = static_cast<std::uint32_t>(to_.graph.edges.size());
            to_.graph.add(state, edge);
        }
        return !budget_.is_spent() && budget_.holds(to_.graph.size()) &&
               budget_.holds(sets_.items() / 8);
    }

    // Every message that the silent steps from the state's set lead to.
    constexpr void gather(std::uint32_t state) {
        found_.clear();
        ++stamp_;
        pending_.clear();
        for (const std::uint32_t member : sets_[state]) visit(member);
        while (!pending_.empty()) {
            const std::uint32_t member = pending_.back();
            pending_.pop_back();
            if (member == from_.end) to_.may_end[state] = true;
            for (auto e = from_.graph.first[member]; e != none; e = from_.graph.edges[e].next) {
                budget_.spend();
                const Edge& edge = from_.graph.edges[e];
                if (edge.is_silent()) {
                    visit(edge.to);
                } else {
                    found_.push_back(edge);
                }
            }
        }
    }
    constexpr void visit(std::uint32_t member) {
        if (seen_[member] == stamp_) return;
        seen_[member] = stamp_;
        pending_.push_back(member);
    }

    const Expanded& from_;
    Budget& budget_;
    Global& to_;
    Lists sets_;
    std::vector<std::uint32_t> seen_;
    std::uint32_t stamp_ = 0;
    std::vector<std::uint32_t> pending_, targets_;
    std::vector<Edge> found_;
};

}  // namespace mpst::core
