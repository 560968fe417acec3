// SPDX-License-Identifier: AGPL-3.0-or-later
// What a protocol is for one of its roles.
//
// A role's automaton is the protocol's with the messages of others as silent steps, made
// deterministic (Li, Stutz, Wies, Zufferey: Complete Multiparty Session Type Projection with
// Automata, CAV 2023). This is full merging with loops unfolded as far as is needed: a set of the
// protocol's states is what the role may take to be the case. It can be followed when, whichever of
// them is the case, the role
//  - sends, and may send the same; or receives, from one peer; but not both,
//  - has ended in all of them or in none,
//  - and the others cannot go on for ever without it (unless choices are taken to be fair).
// Then the first message in that peer's queue is always one that the role expects, so that the
// roles together do what the protocol says and nothing else.
#pragma once

#include <algorithm>
#include <vector>

#include "global.hpp"

namespace mpst::core {

// State 0 is the beginning; a state without edges is the end.
struct Local {
    Graph graph;
};

// Global's edges backwards.
class Backwards {
  public:
    constexpr explicit Backwards(const Graph& graph) {
        first_.assign(graph.size() + 1, 0);
        for (const Edge& edge : graph.edges) ++first_[edge.to + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        from_.assign(graph.edges.size(), 0);
        std::vector<std::uint32_t> at(first_.begin(), first_.end() - 1);
        for (std::uint32_t state = 0; state < graph.size(); ++state) {
            for (auto e = graph.first[state]; e != none; e = graph.edges[e].next)
                from_[at[graph.edges[e].to]++] = state;
        }
    }
    [[nodiscard]] constexpr std::span<const std::uint32_t> of(std::uint32_t state) const {
        return std::span<const std::uint32_t>(from_).subspan(first_[state],
                                                             first_[state + 1] - first_[state]);
    }

  private:
    std::vector<std::uint32_t> first_, from_;
};

class Projection {
  public:
    struct Context {
        const File& file;
        const Protocol& protocol;
        const Global& global;
        const Backwards& backwards;
        bool is_fair;
    };

    constexpr Projection(const Context& context, Role role, Budget& budget,
                         std::vector<Finding>& findings)
        : in_(context),
          graph_(context.global.graph),
          role_(role),
          budget_(budget),
          findings_(findings) {}

    // False when a limit was reached. With findings, `to` is not complete.
    constexpr bool run(Local& to) {
        to_ = &to.graph;
        mark_part_ahead();
        if (!in_.is_fair) waits_for_ever();
        seen_.assign(graph_.size(), 0);
        targets_.assign(1, 0);
        state_of();
        for (std::uint32_t state = 0; state < to_->size(); ++state) {
            follow(state);
            if (budget_.is_spent() || !budget_.holds(to_->size()) ||
                !budget_.holds(sets_.items() / 8))
                return false;
        }
        return true;
    }

  private:
    [[nodiscard]] constexpr bool is_ours(const Edge& edge) const {
        return edge.sender == role_ || edge.receiver == role_;
    }
    [[nodiscard]] constexpr std::string_view name(Role role) const {
        return in_.file.text(in_.protocol.roles[role].inside.name);
    }

    // ---- findings

    constexpr void add_run(Finding& finding, std::span<const std::uint32_t> edges) const {
        for (const std::uint32_t e : edges) {
            const Edge& edge = graph_.edges[e];
            finding.run.push_back(
                {in_.file.text(edge.label), name(edge.sender), name(edge.receiver)});
        }
    }
    // Nothing when the same was said of this role.
    constexpr Finding* fault(Fault what, Place at, Place other) {
        for (const Finding& said : findings_) {
            if (said.what == what && said.at == at && said.other == other &&
                said.words[0] == name(role_))
                return nullptr;
        }
        Finding finding;
        finding.what = what;
        finding.at = at;
        finding.words[0] = name(role_);
        finding.has_other = true;
        finding.other = other;
        findings_.push_back(std::move(finding));
        return &findings_.back();
    }

    // ---- does the role have a part, and does it come

    constexpr void mark_part_ahead() {
        has_part_.assign(graph_.size(), false);
        std::vector<std::uint32_t> pending;
        const auto mark = [&](std::uint32_t state) {
            if (has_part_[state]) return;
            has_part_[state] = true;
            pending.push_back(state);
        };
        for (std::uint32_t state = 0; state < graph_.size(); ++state) {
            for (auto e = graph_.first[state]; e != none; e = graph_.edges[e].next) {
                if (is_ours(graph_.edges[e])) mark(state);
            }
        }
        while (!pending.empty()) {
            const std::uint32_t state = pending.back();
            pending.pop_back();
            for (const std::uint32_t from : in_.backwards.of(state)) mark(from);
        }
        budget_.spend(graph_.edges.size());
    }

    // A round of messages of others, from which the role's part could still be reached.
    constexpr void waits_for_ever() {
        enum : std::uint8_t { fresh, open, done };
        struct Visit {
            std::uint32_t state, edge, taken;
        };
        std::vector<std::uint8_t> mark(graph_.size(), fresh);
        std::vector<Visit> path;
        for (std::uint32_t root = 0; root < graph_.size(); ++root) {
            if (!has_part_[root] || mark[root] != fresh) continue;
            path.push_back({root, graph_.first[root], none});
            mark[root] = open;
            while (!path.empty()) {
                const std::uint32_t e = path.back().edge;
                if (e == none) {
                    mark[path.back().state] = done;
                    path.pop_back();
                    continue;
                }
                const Edge& edge = graph_.edges[e];
                path.back().edge = edge.next;
                path.back().taken = e;
                if (is_ours(edge) || !has_part_[edge.to]) continue;
                if (mark[edge.to] == fresh) {
                    mark[edge.to] = open;
                    path.push_back({edge.to, graph_.first[edge.to], none});
                } else if (mark[edge.to] == open) {
                    std::size_t begin = path.size();
                    while (path[--begin].state != edge.to) {
                    }
                    std::vector<std::uint32_t> round;
                    for (; begin < path.size(); ++begin) round.push_back(path[begin].taken);
                    say_waiting(edge.to, round);
                    return;
                }
            }
        }
        budget_.spend(graph_.edges.size());
    }
    constexpr void say_waiting(std::uint32_t state, std::span<const std::uint32_t> round) {
        const Edge& begin = graph_.edges[round.front()];
        Finding* made = fault(Fault::waits_for_ever, next_part(state).at, begin.at);
        if (made == nullptr) return;
        add_run(*made, in_.global.run_to(state));
        add_run(*made, round);
    }
    // The first message of this role that can come after `state`.
    [[nodiscard]] constexpr Edge next_part(std::uint32_t state) const {
        Flags is_seen(graph_.size(), false);
        std::vector<std::uint32_t> queue{state};
        is_seen[state] = true;
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (auto e = graph_.first[queue[i]]; e != none; e = graph_.edges[e].next) {
                const Edge& edge = graph_.edges[e];
                if (is_ours(edge)) return edge;
                if (is_seen[edge.to]) continue;
                is_seen[edge.to] = true;
                queue.push_back(edge.to);
            }
        }
        return {};
    }

    // ---- the role's states

    constexpr std::uint32_t state_of() {
        std::sort(targets_.begin(), targets_.end());
        targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
        const std::uint32_t state = sets_(targets_);
        if (state == to_->size()) to_->add_state();
        return state;
    }

    struct Ours {
        std::uint32_t edge, state;  // of the protocol
    };

    constexpr void follow(std::uint32_t state) {
        std::uint32_t ended = none;
        gather(state, ended);
        if (found_.empty() || !can_be_followed(ended)) return;
        std::sort(found_.begin(), found_.end(), [this](const Ours& x, const Ours& y) {
            return stands_before(graph_.edges[x.edge], graph_.edges[y.edge]);
        });
        std::vector<Edge> edges;
        for (std::size_t i = 0; i < found_.size();) {
            Edge edge = graph_.edges[found_[i].edge];
            targets_.clear();
            for (; i < found_.size() && graph_.edges[found_[i].edge].is_same_message(edge); ++i)
                targets_.push_back(graph_.edges[found_[i].edge].to);
            edge.to = state_of();
            edges.push_back(edge);
        }
        sort_for_adding(edges);
        for (const Edge& edge : edges) to_->add(state, edge);
    }

    // The role's messages that may come next, and a state in which it has no part any more.
    constexpr void gather(std::uint32_t state, std::uint32_t& ended) {
        found_.clear();
        ++stamp_;
        pending_.clear();
        for (const std::uint32_t member : sets_[state]) visit(member);
        for (std::size_t i = 0; i < pending_.size(); ++i) {
            const std::uint32_t member = pending_[i];
            if (in_.global.may_end[member] || !has_part_[member]) ended = member;
            for (auto e = graph_.first[member]; e != none; e = graph_.edges[e].next) {
                budget_.spend();
                if (is_ours(graph_.edges[e])) {
                    found_.push_back({e, member});
                } else {
                    visit(graph_.edges[e].to);
                }
            }
        }
    }
    constexpr void visit(std::uint32_t member) {
        if (seen_[member] == stamp_) return;
        seen_[member] = stamp_;
        pending_.push_back(member);
    }

    constexpr bool can_be_followed(std::uint32_t ended) {
        const Ours first = found_.front();
        const Edge& known = graph_.edges[first.edge];
        const bool sends = known.sender == role_;
        bool is_good = true;
        if (ended != none) {
            is_good = false;
            if (Finding* made = fault(Fault::ends_or_goes_on, known.at, known.at)) {
                made->has_other = false;
                add_run(*made, in_.global.run_to(ended));
            }
        }
        for (const Ours& ours : found_) {
            const Edge& edge = graph_.edges[ours.edge];
            if (sends != (edge.sender == role_)) {
                say(Fault::sends_or_receives, edge, known, ours.state);
                return false;
            }
            if (!sends && edge.sender != known.sender) {
                if (Finding* made = say(Fault::receives_from_several, edge, known, ours.state)) {
                    made->words[1] = name(known.sender);
                    made->words[2] = name(edge.sender);
                }
                return false;
            }
        }
        return (sends ? sends_agree() : payloads_agree()) && is_good;
    }
    constexpr Finding* say(Fault what, const Edge& at, const Edge& other, std::uint32_t state) {
        Finding* made = fault(what, at.at, other.at);
        if (made != nullptr) add_run(*made, in_.global.run_to(state));
        return made;
    }

    // Each state in which the role sends offers every one of the messages. A state's edges have one
    // sender, so that found_ has them together.
    constexpr bool sends_agree() {
        for (std::size_t i = 0; i < found_.size();) {
            const std::uint32_t state = found_[i].state;
            for (const Ours& wanted : found_) {
                budget_.spend();
                const Edge& edge = graph_.edges[wanted.edge];
                bool is_there = false;
                for (std::size_t j = i; j < found_.size() && found_[j].state == state; ++j) {
                    budget_.spend();
                    is_there = is_there || graph_.edges[found_[j].edge].is_same_message(edge);
                }
                if (is_there) continue;
                if (Finding* made =
                        say(Fault::sends_differ, edge, graph_.edges[found_[i].edge], state))
                    made->words[1] = in_.file.text(edge.label);
                return false;
            }
            while (i < found_.size() && found_[i].state == state) ++i;
        }
        return true;
    }

    // A label says what comes with it.
    constexpr bool payloads_agree() {
        for (const Ours& one : found_) {
            const Edge& a = graph_.edges[one.edge];
            for (const Ours& two : found_) {
                if (!budget_.spend()) return true;
                const Edge& b = graph_.edges[two.edge];
                if (a.label != b.label || a.payload == b.payload) continue;
                if (Finding* made = say(Fault::payload_differs, b, a, two.state))
                    made->words[1] = in_.file.text(a.label);
                return false;
            }
        }
        return true;
    }

    const Context& in_;
    const Graph& graph_;
    Role role_;
    Budget& budget_;
    std::vector<Finding>& findings_;
    Graph* to_ = nullptr;
    Flags has_part_;  // by the protocol's states: a message of the role can still come
    Lists sets_;
    std::vector<std::uint32_t> seen_;
    std::uint32_t stamp_ = 0;
    std::vector<std::uint32_t> pending_, targets_;
    std::vector<Ours> found_;
};

}  // namespace mpst::core
