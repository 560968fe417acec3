// SPDX-License-Identifier: AGPL-3.0-or-later
// The smallest automaton that does the same, for small ones: Moore's refinement (1956), quadratic
// and a constant expression. The compiler's minimise.hpp is the same for large ones.
#pragma once

#include <algorithm>
#include <vector>

#include "graph.hpp"

namespace mpst::core {

class Smallest {
  public:
    constexpr explicit Smallest(const Graph& graph) : graph_(graph) {}

    // State 0 stays state 0; the others in the order in which they are reached.
    constexpr Graph run() {
        refine();
        number_.assign(count_, none);
        visit(0);
        Graph made;
        for (std::size_t i = 0; i < members_.size(); ++i) {
            made.add_state();
            edges_.clear();
            for (auto e = graph_.first[members_[i]]; e != none; e = graph_.edges[e].next) {
                Edge edge = graph_.edges[e];
                edge.to = visit(edge.to);
                edges_.push_back(edge);
            }
            std::reverse(edges_.begin(), edges_.end());  // a chain begins with the last
            for (const Edge& edge : edges_) made.add(static_cast<std::uint32_t>(i), edge);
        }
        return made;
    }

  private:
    // Blocks of states that cannot be told apart by any run of messages.
    constexpr void refine() {
        block_.assign(graph_.size(), 0);
        count_ = 1;
        for (;;) {
            Lists kinds;
            std::vector<std::uint32_t> next(graph_.size(), 0);
            for (std::uint32_t state = 0; state < graph_.size(); ++state)
                next[state] = kinds(kind_of(state));
            const bool is_done = kinds.size() == count_;
            count_ = static_cast<std::uint32_t>(kinds.size());
            block_.swap(next);
            if (is_done) return;
        }
    }
    constexpr std::vector<std::uint32_t> kind_of(std::uint32_t state) {
        std::vector<std::uint32_t> parts;
        edges_.clear();
        for (auto e = graph_.first[state]; e != none; e = graph_.edges[e].next)
            edges_.push_back(graph_.edges[e]);
        std::sort(edges_.begin(), edges_.end(), stands_before);
        parts.push_back(block_[state]);
        for (const Edge& edge : edges_) {
            parts.push_back(edge.sender);
            parts.push_back(edge.receiver);
            parts.push_back(edge.label);
            parts.push_back(edge.payload);
            parts.push_back(block_[edge.to]);
        }
        return parts;
    }
    constexpr std::uint32_t visit(std::uint32_t state) {
        std::uint32_t& number = number_[block_[state]];
        if (number == none) {
            number = static_cast<std::uint32_t>(members_.size());
            members_.push_back(state);
        }
        return number;
    }

    const Graph& graph_;
    std::vector<std::uint32_t> block_, number_, members_;
    std::uint32_t count_ = 0;
    std::vector<Edge> edges_;
};

}  // namespace mpst::core
