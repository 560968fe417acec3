// SPDX-License-Identifier: AGPL-3.0-or-later
// A global protocol as a template argument, checked and projected while the program is compiled.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/check.hpp"
#include "core/smallest.hpp"

namespace mpst {

template <std::size_t N>
struct text {
    char chars[N]{};
    consteval text(const char (&from)[N]) {
        for (std::size_t i = 0; i < N; ++i) chars[i] = from[i];
    }
    consteval explicit text(std::string_view from) {
        for (std::size_t i = 0; i + 1 < N; ++i) chars[i] = from[i];
    }
    [[nodiscard]] constexpr std::string_view view() const { return {chars, N - 1}; }
};

namespace detail {

// A stretch of the protocol's text.
struct Stretch {
    std::size_t begin = 0;
    std::size_t size = 0;
};
struct Move {
    unsigned from = 0;
    unsigned to = 0;
    bool is_send = false;
    unsigned peer = 0;
    Stretch label;
    unsigned first_type = 0;  // of the payload
    unsigned types = 0;
};

struct Sizes {
    unsigned roles = 0;
    unsigned moves = 0;
    unsigned types = 0;
    // When it is at fault, or is not one protocol:
    bool is_good = false;
    core::Fault what{};
    unsigned line = 0;
    unsigned column = 0;
};

template <unsigned Roles, unsigned Moves, unsigned Types>
struct Projected {
    std::array<Stretch, Roles + 1> names{};
    std::array<unsigned, Roles + 1> states{};      // of each role, the ends among them
    std::array<unsigned, Roles + 1> first_move{};  // by role
    std::array<Move, Moves + 1> moves{};           // by role and state, in the order of the text
    std::array<Stretch, Types + 1> types{};
};

constexpr std::uint32_t the_protocol(const core::Check& check) {
    return check.protocols().size() == 1 ? 0 : core::none;
}

constexpr Sizes measure(std::string_view source) {
    core::Check check(source, {});
    check.run();
    Sizes sizes;
    if (!check.findings().empty() || the_protocol(check) == core::none) {
        sizes.what = core::Fault::no_protocol;
        std::size_t at = 0;
        if (!check.findings().empty()) {
            sizes.what = check.findings().front().what;
            at = check.findings().front().at.begin;
        }
        sizes.line = 1;
        sizes.column = 1;
        for (std::size_t i = 0; i < at; ++i) {
            sizes.column = source[i] == '\n' ? 1 : sizes.column + 1;
            sizes.line += source[i] == '\n' ? 1 : 0;
        }
        return sizes;
    }
    sizes.is_good = true;
    const core::Checked& one = check.protocols().front();
    sizes.roles = static_cast<unsigned>(one.locals.size());
    for (const core::Local& local : one.locals) {
        for (const core::Edge& edge : core::Smallest(local.graph).run().edges) {
            ++sizes.moves;
            sizes.types += static_cast<unsigned>(check.file().payloads[edge.payload].size());
        }
    }
    return sizes;
}

template <unsigned Roles, unsigned Moves, unsigned Types>
constexpr auto project_text(std::string_view source) {
    core::Check check(source, {});
    check.run();
    Projected<Roles, Moves, Types> made;
    const core::File& file = check.file();
    const auto stretch = [&](core::Name name) {
        const std::string_view word = file.text(name);
        return Stretch{word.empty() ? 0 : static_cast<std::size_t>(word.data() - source.data()),
                       word.size()};
    };
    const core::Checked& one = check.protocols().front();
    const auto& declared = file.protocols[one.protocol].roles;
    unsigned move = 0, type = 0;
    for (unsigned role = 0; role < Roles; ++role) {
        const core::Graph graph = core::Smallest(one.locals[role].graph).run();
        made.names[role] = stretch(declared[role].inside.name);
        made.states[role] = graph.size();
        made.first_move[role] = move;
        for (std::uint32_t state = 0; state < graph.size(); ++state) {
            for (auto e = graph.first[state]; e != core::none; e = graph.edges[e].next) {
                const core::Edge& edge = graph.edges[e];
                const bool is_send = edge.sender == role;
                const auto types = file.payloads[edge.payload];
                made.moves[move++] = {state,
                                      edge.to,
                                      is_send,
                                      is_send ? edge.receiver : edge.sender,
                                      stretch(edge.label),
                                      type,
                                      static_cast<unsigned>(types.size())};
                for (const std::uint32_t name : types) made.types[type++] = stretch(name);
            }
        }
    }
    made.first_move[Roles] = move;
    return made;
}

template <core::Fault What, unsigned Line, unsigned Column>
struct the_protocol_is_at_fault;

// The automata of all roles; an error of the compiler that names the first fault and its place.
template <text Source>
constexpr auto project_checked() {
    constexpr Sizes sizes = measure(Source.view());
    if constexpr (!sizes.is_good) {
        static_assert(sizeof(the_protocol_is_at_fault<sizes.what, sizes.line, sizes.column>) > 0);
        return Projected<0, 0, 0>{};
    } else {
        return project_text<sizes.roles, sizes.moves, sizes.types>(Source.view());
    }
}
template <text Source>
inline constexpr auto projected = project_checked<Source>();

}  // namespace detail

}  // namespace mpst
