// SPDX-License-Identifier: AGPL-3.0-or-later
// A protocol as an automaton over its messages.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax.hpp"

namespace mpst::core {

using Role = std::uint32_t;  // its place in the protocol's list of roles

// A message, or a silent step when `sender` is none.
struct Edge {
    std::uint32_t to = none;
    std::uint32_t next = none;  // of the same state
    Role sender = none;
    Role receiver = none;
    Name label = none;
    std::uint32_t payload = none;
    Place at;

    [[nodiscard]] constexpr bool is_silent() const { return sender == none; }
    [[nodiscard]] constexpr bool is_same_message(const Edge& other) const {
        return sender == other.sender && receiver == other.receiver && label == other.label &&
               payload == other.payload;
    }
};

// An order in which the same messages stand together, the first of the text in front.
constexpr bool stands_before(const Edge& a, const Edge& b) {
    if (a.sender != b.sender) return a.sender < b.sender;
    if (a.receiver != b.receiver) return a.receiver < b.receiver;
    if (a.label != b.label) return a.label < b.label;
    if (a.payload != b.payload) return a.payload < b.payload;
    return a.at.begin < b.at.begin;
}

// A state's chain begins with what was added last: added in this order, it is that of the text.
constexpr void sort_for_adding(std::vector<Edge>& edges) {
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.at.begin > b.at.begin; });
}

// States are numbers; each has a chain of edges.
struct Graph {
    std::vector<std::uint32_t> first;  // edge, by state
    std::vector<Edge> edges;

    [[nodiscard]] constexpr std::uint32_t size() const {
        return static_cast<std::uint32_t>(first.size());
    }
    constexpr std::uint32_t add_state() {
        first.push_back(none);
        return size() - 1;
    }
    constexpr void add(std::uint32_t from, Edge edge) {
        edge.next = first[from];
        first[from] = static_cast<std::uint32_t>(edges.size());
        edges.push_back(edge);
    }
};

// What is counted against Limits while one protocol is worked on.
class Budget {
  public:
    constexpr explicit Budget(const Limits& limits) : limits_(limits) {}
    constexpr bool spend(std::uint64_t steps = 1) {
        spent_ += steps;
        return spent_ <= limits_.steps;
    }
    [[nodiscard]] constexpr bool is_spent() const { return spent_ > limits_.steps; }
    [[nodiscard]] constexpr bool holds(std::size_t states) const {
        return states <= limits_.states;
    }

  private:
    const Limits& limits_;
    std::uint64_t spent_ = 0;
};

}  // namespace mpst::core
