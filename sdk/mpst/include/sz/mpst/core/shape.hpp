// SPDX-License-Identifier: AGPL-3.0-or-later
// Is each loop guarded, each step reached, each branch begun by the role that chooses?
#pragma once

#include <vector>

#include "expand.hpp"

namespace mpst::core {

class Shape {
  public:
    constexpr Shape(const File& file, const Protocol& protocol, const Expanded& expanded,
                    std::vector<Finding>& findings)
        : file_(file),
          protocol_(protocol),
          graph_(expanded.graph),
          expanded_(expanded),
          findings_(findings) {}

    // For a protocol that is only a part of others, only what holds wherever it is used.
    constexpr void run() {
        mark_reached();
        unreachable();
        if (!guarded() || protocol_.is_auxiliary) return;
        choices();
        unused_roles();
    }

  private:
    // What a state's silent steps lead to: two messages of different senders say enough.
    struct First {
        std::uint32_t message = none;  // edges
        std::uint32_t by_another = none;
        bool is_end = false;
    };

    constexpr Finding& fault(Fault what, Place at) {
        Finding finding;
        finding.what = what;
        finding.at = at;
        findings_.push_back(std::move(finding));
        return findings_.back();
    }
    constexpr void refer(Place other) {
        findings_.back().has_other = true;
        findings_.back().other = other;
    }
    [[nodiscard]] constexpr std::string_view role(Role role) const {
        return file_.text(protocol_.roles[role].inside.name);
    }

    constexpr void mark_reached() {
        is_reached_.assign(graph_.size(), false);
        std::vector<std::uint32_t> pending{expanded_.start};
        is_reached_[expanded_.start] = true;
        while (!pending.empty()) {
            const std::uint32_t state = pending.back();
            pending.pop_back();
            for (auto e = graph_.first[state]; e != none; e = graph_.edges[e].next) {
                const std::uint32_t to = graph_.edges[e].to;
                if (is_reached_[to]) continue;
                is_reached_[to] = true;
                pending.push_back(to);
            }
        }
    }

    constexpr void unreachable() {
        Flags is_said(file_.nodes.size(), false);
        for (const auto& follow : expanded_.follows) {
            if (!is_reached_[follow.from] || is_reached_[follow.state]) continue;
            if (is_said[follow.node]) continue;
            is_said[follow.node] = true;
            fault(Fault::unreachable, file_.nodes[follow.node].at);
            refer(file_.nodes[follow.before].at);
        }
    }

    // Depth first over the silent steps: one that leads back closes a loop without a message. What
    // a state's silent steps lead to is put together on the way back.
    constexpr bool guarded() {
        struct Visit {
            std::uint32_t state, edge;
        };
        enum : std::uint8_t { fresh, open, done };
        std::vector<std::uint8_t> mark(graph_.size(), fresh);
        first_.assign(graph_.size(), First{});
        first_[expanded_.end].is_end = true;
        bool is_good = true;
        std::vector<Visit> path;
        for (std::uint32_t root = 0; root < graph_.size(); ++root) {
            if (!is_reached_[root] || mark[root] != fresh) continue;
            path.push_back({root, graph_.first[root]});
            mark[root] = open;
            while (!path.empty()) {
                const std::uint32_t state = path.back().state;
                const std::uint32_t e = path.back().edge;
                if (e == none) {
                    mark[state] = done;
                    path.pop_back();
                    if (!path.empty()) join(path.back().state, first_[state]);
                    continue;
                }
                const Edge& edge = graph_.edges[e];
                path.back().edge = edge.next;
                if (!edge.is_silent()) {
                    add(first_[state], e);
                } else if (mark[edge.to] == fresh) {
                    mark[edge.to] = open;
                    path.push_back({edge.to, graph_.first[edge.to]});
                } else if (mark[edge.to] == done) {
                    join(state, first_[edge.to]);
                } else {
                    is_good = false;
                    if (!is_said(Fault::unguarded, edge.at)) fault(Fault::unguarded, edge.at);
                }
            }
        }
        return is_good;
    }
    [[nodiscard]] constexpr bool is_said(Fault what, Place at) const {
        for (const Finding& finding : findings_) {
            if (finding.what == what && finding.at == at) return true;
        }
        return false;
    }

    constexpr void add(First& first, std::uint32_t edge) {
        if (edge == none) return;
        if (first.message == none) {
            first.message = edge;
        } else if (graph_.edges[edge].sender != graph_.edges[first.message].sender) {
            first.by_another = edge;
        }
    }
    constexpr void join(std::uint32_t state, const First& more) {
        First& first = first_[state];
        add(first, more.message);
        add(first, more.by_another);
        first.is_end = first.is_end || more.is_end;
    }

    constexpr void choices() {
        for (const auto& branch : expanded_.branches) {
            if (!is_reached_[branch.state]) continue;
            const First& first = first_[branch.state];
            std::uint32_t wrong = first.message;
            if (wrong != none && graph_.edges[wrong].sender == branch.chooser)
                wrong = first.by_another;
            if (wrong != none) {
                const Edge& edge = graph_.edges[wrong];
                if (is_said(Fault::choice_begins_elsewhere, edge.at)) continue;
                Finding& made = fault(Fault::choice_begins_elsewhere, edge.at);
                made.words = {role(branch.chooser), role(edge.sender), {}, {}};
                refer(file_.nodes[branch.node].at);
            } else if (first.is_end || first.message == none) {
                const Place at = file_.blocks[branch.branch].at;
                if (is_said(Fault::branch_without_message, at)) continue;
                fault(Fault::branch_without_message, at).words[0] = role(branch.chooser);
                refer(file_.nodes[branch.node].at);
            }
        }
    }

    constexpr void unused_roles() {
        Flags is_used(protocol_.roles.size(), false);
        for (std::uint32_t state = 0; state < graph_.size(); ++state) {
            if (!is_reached_[state]) continue;
            for (auto e = graph_.first[state]; e != none; e = graph_.edges[e].next) {
                const Edge& edge = graph_.edges[e];
                if (edge.is_silent()) continue;
                is_used[edge.sender] = true;
                is_used[edge.receiver] = true;
            }
        }
        for (std::size_t i = 0; i < is_used.size(); ++i) {
            if (is_used[i]) continue;
            const RoleDeclaration& declared = protocol_.roles[i];
            fault(Fault::unused_role, declared.declared.at).words[0] =
                file_.text(declared.inside.name);
        }
    }

    const File& file_;
    const Protocol& protocol_;
    const Graph& graph_;
    const Expanded& expanded_;
    std::vector<Finding>& findings_;
    Flags is_reached_;
    std::vector<First> first_;
};

}  // namespace mpst::core
