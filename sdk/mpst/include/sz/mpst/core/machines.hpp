// SPDX-License-Identifier: AGPL-3.0-or-later
// The automata of several roles side by side, made ready to be run together over a queue for each
// ordered pair.
#pragma once

#include <span>
#include <vector>

#include "project.hpp"

namespace mpst::core {

// A state that cannot be run; `edge` of its automaton is where it shows.
struct Misshapen {
    Fault what{};
    Role role = none;
    std::uint32_t state = none;
    std::uint32_t edge = none;
    std::uint32_t other = none;  // the edge it does not agree with
};

// Adds the states of a role's automaton that do not send only, or receive from one peer only, each
// label once: a label says where it leads and what comes with it. Every edge is a message that
// `role` sends or receives.
class ShapeOfStates {
  public:
    constexpr ShapeOfStates(const Graph& graph, Role role, std::vector<Misshapen>& found)
        : graph_(graph), role_(role), found_(found) {}

    constexpr void run() {
        for (std::uint32_t state = 0; state < graph_.size(); ++state) {
            here_.clear();
            for (auto e = graph_.first[state]; e != none; e = graph_.edges[e].next)
                here_.push_back(e);
            if (here_.empty()) continue;
            directions(state);
            labels(state);
        }
    }

  private:
    constexpr void directions(std::uint32_t state) {
        const Edge& first = graph_.edges[here_.front()];
        for (const std::uint32_t e : here_) {
            const Edge& edge = graph_.edges[e];
            const bool agrees = (edge.sender == role_) == (first.sender == role_);
            if (agrees && (edge.sender == role_ || edge.sender == first.sender)) continue;
            found_.push_back({agrees ? Fault::several_peers : Fault::sends_and_receives, role_,
                              state, e, here_.front()});
            return;
        }
    }
    constexpr void labels(std::uint32_t state) {
        std::sort(here_.begin(), here_.end(), [this](std::uint32_t x, std::uint32_t y) {
            const Edge& a = graph_.edges[x];
            const Edge& b = graph_.edges[y];
            if (a.sender != b.sender) return a.sender < b.sender;
            if (a.receiver != b.receiver) return a.receiver < b.receiver;
            if (a.label != b.label) return a.label < b.label;
            return a.at.begin != b.at.begin ? a.at.begin < b.at.begin : x < y;
        });
        for (std::size_t i = 1; i < here_.size(); ++i) {
            const Edge& one = graph_.edges[here_[i - 1]];
            const Edge& two = graph_.edges[here_[i]];
            if (one.sender != two.sender || one.receiver != two.receiver || one.label != two.label)
                continue;
            if (one.payload != two.payload || one.to != two.to)
                found_.push_back({Fault::label_twice, role_, state, here_[i], here_[i - 1]});
        }
    }

    const Graph& graph_;
    Role role_;
    std::vector<Misshapen>& found_;
    std::vector<std::uint32_t> here_;
};

// `locals[r]` is the automaton of role r.
constexpr std::vector<Misshapen> misshapen(std::span<const Local> locals) {
    std::vector<Misshapen> found;
    for (Role role = 0; role < locals.size(); ++role)
        ShapeOfStates(locals[role].graph, role, found).run();
    return found;
}

// Flat tables of what each state can do. Nothing in `locals` may be misshapen, and each has a
// state.
class Machines {
  public:
    struct Move {
        std::uint32_t channel, message, to, edge;
    };
    struct Channel {
        Role sender, receiver;
    };
    enum class Kind : std::uint8_t { end, send, receive };

    constexpr explicit Machines(std::span<const Local> locals) : locals_(locals) {
        for (Role role = 0; role < locals.size(); ++role) {
            const Graph& graph = locals[role].graph;
            base_.push_back(static_cast<std::uint32_t>(first_.size()));
            channel_of_.emplace_back(graph.edges.size(), none);
            for (std::uint32_t state = 0; state < graph.size(); ++state) {
                first_.push_back(static_cast<std::uint32_t>(moves_.size()));
                for (auto e = graph.first[state]; e != none; e = graph.edges[e].next)
                    add(role, graph.edges[e], e);
            }
        }
        first_.push_back(static_cast<std::uint32_t>(moves_.size()));
    }

    // False when a limit was reached.
    constexpr bool look_ahead(const Budget& budget) {
        std::size_t size = 0;
        for (const Channel& channel : channels_) {
            size += locals_[channel.sender].graph.size() + locals_[channel.receiver].graph.size();
            if (!budget.holds(size / 32)) return false;
        }
        std::vector<std::vector<std::uint32_t>> of_role(locals_.size());
        for (std::uint32_t channel = 0; channel < channels_.size(); ++channel) {
            of_role[channels_[channel].sender].push_back(channel);
            of_role[channels_[channel].receiver].push_back(channel);
        }
        may_send_.resize(channels_.size());
        may_receive_.resize(channels_.size());
        for (Role role = 0; role < locals_.size(); ++role) {
            const Backwards backwards(locals_[role].graph);
            for (const std::uint32_t channel : of_role[role]) {
                auto& ahead = channels_[channel].sender == role ? may_send_ : may_receive_;
                ahead[channel] = mark_ahead(role, channel, backwards);
            }
        }
        return true;
    }

    [[nodiscard]] constexpr std::uint32_t roles() const {
        return static_cast<std::uint32_t>(locals_.size());
    }
    [[nodiscard]] constexpr std::span<const Move> moves(Role role, std::uint32_t state) const {
        const std::uint32_t at = base_[role] + state;
        return std::span<const Move>(moves_).subspan(first_[at], first_[at + 1] - first_[at]);
    }
    [[nodiscard]] constexpr Kind kind(Role role, std::uint32_t state) const {
        const auto all = moves(role, state);
        if (all.empty()) return Kind::end;
        return channels_[all.front().channel].sender == role ? Kind::send : Kind::receive;
    }
    [[nodiscard]] constexpr std::span<const Channel> channels() const { return channels_; }
    [[nodiscard]] constexpr std::uint32_t channel_of(Role role, std::uint32_t edge) const {
        return channel_of_[role][edge];
    }
    [[nodiscard]] constexpr const Edge& edge(Role role, std::uint32_t edge) const {
        return locals_[role].graph.edges[edge];
    }
    // {label, payload}
    [[nodiscard]] constexpr std::span<const std::uint32_t> message(std::uint32_t message) const {
        return messages_[message];
    }
    // Whether the channel's sender, or its receiver, can come from `state` to where it uses it.
    [[nodiscard]] constexpr bool may_send(std::uint32_t channel, std::uint32_t state) const {
        return may_send_[channel][state] != 0;
    }
    [[nodiscard]] constexpr bool may_receive(std::uint32_t channel, std::uint32_t state) const {
        return may_receive_[channel][state] != 0;
    }

  private:
    constexpr void add(Role role, const Edge& edge, std::uint32_t index) {
        const std::uint32_t pair[2] = {edge.sender, edge.receiver};
        const std::uint32_t channel = pairs_(pair);
        if (channel == channels_.size()) channels_.push_back({edge.sender, edge.receiver});
        channel_of_[role][index] = channel;
        const std::uint32_t message[2] = {edge.label, edge.payload};
        moves_.push_back({channel, messages_(message), edge.to, index});
    }
    [[nodiscard]] constexpr Flags mark_ahead(Role role, std::uint32_t channel,
                                             const Backwards& backwards) const {
        const std::uint32_t states = locals_[role].graph.size();
        Flags is_ahead(states, false);
        std::vector<std::uint32_t> pending;
        for (std::uint32_t state = 0; state < states; ++state) {
            for (const Move& one : moves(role, state)) {
                if (one.channel != channel || is_ahead[state]) continue;
                is_ahead[state] = true;
                pending.push_back(state);
            }
        }
        while (!pending.empty()) {
            const std::uint32_t state = pending.back();
            pending.pop_back();
            for (const std::uint32_t from : backwards.of(state)) {
                if (is_ahead[from]) continue;
                is_ahead[from] = true;
                pending.push_back(from);
            }
        }
        return is_ahead;
    }

    std::span<const Local> locals_;
    std::vector<std::uint32_t> base_;   // of a role's states in first_
    std::vector<std::uint32_t> first_;  // move, by state
    std::vector<Move> moves_;
    Lists pairs_, messages_;
    std::vector<Channel> channels_;
    std::vector<std::vector<std::uint32_t>> channel_of_;  // by role, by edge
    std::vector<Flags> may_send_, may_receive_;           // by channel, by state
};

}  // namespace mpst::core
