// SPDX-License-Identifier: AGPL-3.0-or-later
// What makes a projection right: the roles' automata together, over a queue for each ordered pair,
// do the runs of the protocol and no others, never receive what they do not expect, leave nothing
// behind and never stand still.
#pragma once

#include <sz/mpst/core/check.hpp>

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace mpst::test {

// A choice among `n` things, 0 … n-1.
using Choose = std::function<std::size_t(std::size_t n)>;

class Law {
  public:
    explicit Law(const core::Checked& checked) : global_(checked.global), locals_(checked.locals) {}

    // "" when each run of the protocol, message by message, is one of the roles together, and they
    // have ended where it may end.
    [[nodiscard]] std::string covers_the_protocol() const {
        std::vector<std::uint32_t> begin(locals_.size() + 1,
                                         0);  // the protocol's state, the roles'
        std::set<std::vector<std::uint32_t>> seen{begin};
        std::deque<std::vector<std::uint32_t>> queue{begin};
        while (!queue.empty() && seen.size() < states_max) {
            const auto at = queue.front();
            queue.pop_front();
            const auto& graph = global_.graph;
            const std::uint32_t state = at.back();
            const bool ends = graph.first[state] == core::none;
            if (ends != all_ended(at)) return "the roles and the protocol do not end together";
            for (auto e = graph.first[state]; e != core::none; e = graph.edges[e].next) {
                const core::Edge& edge = graph.edges[e];
                auto next = at;
                next.back() = edge.to;
                for (const core::Role role : {edge.sender, edge.receiver}) {
                    const core::Edge* own = find(role, at[role], edge);
                    if (own == nullptr) return "a role cannot do a message of the protocol";
                    next[role] = own->to;
                }
                if (seen.insert(next).second) queue.push_back(next);
            }
        }
        return "";
    }

    // "" when a run of at most `steps` steps that `choose` drives goes well and is one of the
    // protocol.
    [[nodiscard]] std::string run_is_of_the_protocol(const Choose& choose,
                                                     std::size_t steps) const {
        Run run(locals_.size());
        for (; steps > 0; --steps) {
            std::vector<Move> moves;
            if (std::string wrong = moves_of(run, moves); !wrong.empty()) return wrong;
            if (moves.empty()) break;
            make(run, moves[choose(moves.size())]);
        }
        std::set<std::vector<std::uint32_t>> tried;
        std::vector<std::uint32_t> begin(locals_.size() + 1, 0);
        return explains(run, begin, tried) ? "" : "the roles did what the protocol does not say";
    }

  private:
    static constexpr std::size_t states_max = 20'000;
    static constexpr std::size_t queued_max = 4;

    struct Run {
        explicit Run(std::size_t roles) : at(roles, 0), done(roles) {}
        std::vector<std::uint32_t> at;
        std::vector<std::vector<core::Edge>> done;  // by role
        std::map<std::pair<core::Role, core::Role>, std::deque<core::Edge>> queues;
    };
    struct Move {
        core::Role role;
        core::Edge edge;
    };

    [[nodiscard]] bool all_ended(const std::vector<std::uint32_t>& at) const {
        for (core::Role role = 0; role < locals_.size(); ++role) {
            if (locals_[role].graph.first[at[role]] != core::none) return false;
        }
        return true;
    }
    [[nodiscard]] const core::Edge* find(core::Role role, std::uint32_t state,
                                         const core::Edge& wanted) const {
        const auto& graph = locals_[role].graph;
        for (auto e = graph.first[state]; e != core::none; e = graph.edges[e].next) {
            if (graph.edges[e].is_same_message(wanted)) return &graph.edges[e];
        }
        return nullptr;
    }

    [[nodiscard]] std::string moves_of(Run& run, std::vector<Move>& moves) const {
        for (core::Role role = 0; role < locals_.size(); ++role) {
            const auto& graph = locals_[role].graph;
            for (auto e = graph.first[run.at[role]]; e != core::none; e = graph.edges[e].next) {
                const core::Edge& edge = graph.edges[e];
                const auto& queue = run.queues[{edge.sender, edge.receiver}];
                if (edge.sender == role) {
                    if (queue.size() < queued_max) moves.push_back({role, edge});
                } else if (!queue.empty()) {
                    const core::Edge* own = find(role, run.at[role], queue.front());
                    if (own == nullptr) return "a role received what it did not expect";
                    moves.push_back({role, *own});
                    break;  // one message is first
                }
            }
        }
        if (!moves.empty()) return "";
        if (!all_ended(run.at)) return "the roles stand still";
        for (const auto& [pair, queue] : run.queues) {
            if (!queue.empty()) return "a message was left behind";
        }
        return "";
    }
    static void make(Run& run, const Move& move) {
        auto& queue = run.queues[{move.edge.sender, move.edge.receiver}];
        if (move.edge.sender == move.role) {
            queue.push_back(move.edge);
        } else {
            queue.pop_front();
        }
        run.done[move.role].push_back(move.edge);
        run.at[move.role] = move.edge.to;
    }

    // Is there a run of the protocol of which each role has done a beginning, all that it did?
    // `at`: how many each role has explained, and the protocol's state.
    [[nodiscard]] bool explains(const Run& run, std::vector<std::uint32_t> at,
                                std::set<std::vector<std::uint32_t>>& tried) const {
        std::vector<std::vector<std::uint32_t>> pending{std::move(at)};
        while (!pending.empty()) {
            const auto here = std::move(pending.back());
            pending.pop_back();
            bool is_all = true;
            for (core::Role role = 0; role < locals_.size(); ++role)
                is_all = is_all && here[role] == run.done[role].size();
            if (is_all) return true;
            if (!tried.insert(here).second) continue;
            const auto& graph = global_.graph;
            for (auto e = graph.first[here.back()]; e != core::none; e = graph.edges[e].next) {
                const core::Edge& edge = graph.edges[e];
                auto next = here;
                next.back() = edge.to;
                bool fits = true;
                for (const core::Role role : {edge.sender, edge.receiver}) {
                    if (next[role] == run.done[role].size()) continue;  // it has not come so far
                    fits = fits && run.done[role][next[role]].is_same_message(edge);
                    ++next[role];
                }
                // Nobody receives what was not sent.
                const bool was_sent = here[edge.sender] < run.done[edge.sender].size();
                const bool was_received = here[edge.receiver] < run.done[edge.receiver].size();
                if (fits && (was_sent || !was_received)) pending.push_back(std::move(next));
            }
        }
        return false;
    }

    const core::Global& global_;
    const std::vector<core::Local>& locals_;
};

}  // namespace mpst::test
