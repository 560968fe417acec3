// SPDX-License-Identifier: AGPL-3.0-or-later
// What makes a verdict about automata right, by brute force: every order of every act, step by
// step.
#pragma once

#include <sz/mpst/core/compatible.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace mpst::test {

// Automata in short: {"A", "0 B!x 1, 1 B?y 0"}; state 0 is the beginning.
struct System {
    std::vector<std::string> roles;
    std::map<std::string, core::Name> labels;
    std::vector<core::Local> locals;

    System() = default;
    explicit System(const std::vector<std::pair<std::string, std::string>>& automata) {
        for (const auto& [role, text] : automata) roles.push_back(role);
        for (core::Role role = 0; role < roles.size(); ++role) {
            locals.emplace_back().graph.add_state();
            std::istringstream in(automata[role].second);
            std::string from, act, to;
            while (in >> from >> act >> to) add(role, std::stoul(from), act, std::stoul(to));
        }
    }

  private:
    void add(core::Role role, std::size_t from, const std::string& act, std::size_t to) {
        core::Graph& graph = locals[role].graph;
        while (graph.size() <= std::max(from, to)) graph.add_state();
        const auto mark = act.find_first_of("!?");
        const auto peer = static_cast<core::Role>(
            std::find(roles.begin(), roles.end(), act.substr(0, mark)) - roles.begin());
        core::Edge edge;
        edge.sender = act[mark] == '!' ? role : peer;
        edge.receiver = act[mark] == '!' ? peer : role;
        const auto fresh = static_cast<core::Name>(labels.size());
        edge.label = labels.emplace(act.substr(mark + 1), fresh).first->second;
        edge.payload = 0;
        edge.to = static_cast<std::uint32_t>(to);
        graph.add(static_cast<std::uint32_t>(from), edge);
    }
};

inline core::Compatibility together(const std::vector<core::Local>& locals, bool is_fair = false,
                                    std::uint32_t bound = 8) {
    core::CompatibilityOptions options;
    options.bound = bound;
    options.is_fair = is_fair;
    return core::compatible(locals, options);
}

using Pair = std::pair<core::Role, core::Role>;

// Where all roles are, and what is in the queues.
struct Scene {
    std::vector<std::uint32_t> at;
    std::map<Pair, std::vector<Pair>> queues;  // {label, payload}; none is empty

    friend bool operator==(const Scene& a, const Scene& b) {
        return a.at == b.at && a.queues == b.queues;
    }
    friend bool operator<(const Scene& a, const Scene& b) {
        return a.at != b.at ? a.at < b.at : a.queues < b.queues;
    }
    [[nodiscard]] std::size_t queued(const core::Edge& edge) const {
        const auto found = queues.find({edge.sender, edge.receiver});
        return found == queues.end() ? 0 : found->second.size();
    }
};

class Stage {
  public:
    explicit Stage(const std::vector<core::Local>& locals) : locals_(locals) {}

    [[nodiscard]] Scene begin() const {
        return {std::vector<std::uint32_t>(locals_.size(), 0), {}};
    }
    [[nodiscard]] std::vector<std::uint32_t> edges(core::Role role, std::uint32_t state) const {
        std::vector<std::uint32_t> all;
        const auto& graph = locals_[role].graph;
        for (auto e = graph.first[state]; e != core::none; e = graph.edges[e].next)
            all.push_back(e);
        return all;
    }
    [[nodiscard]] const core::Edge& edge(core::Role role, std::uint32_t e) const {
        return locals_[role].graph.edges[e];
    }
    // Whether the role is where it could do it, and, to receive, whether the message is first.
    [[nodiscard]] bool can(const Scene& scene, core::Role role, std::uint32_t e) const {
        const auto all = edges(role, scene.at[role]);
        if (std::find(all.begin(), all.end(), e) == all.end()) return false;
        const core::Edge& done = edge(role, e);
        if (done.sender == role) return true;
        return scene.queued(done) > 0 && scene.queues.at({done.sender, done.receiver}).front() ==
                                             Pair{done.label, done.payload};
    }
    void act(Scene& scene, core::Role role, std::uint32_t e) const {
        const core::Edge& done = edge(role, e);
        auto& queue = scene.queues[{done.sender, done.receiver}];
        if (done.sender == role) {
            queue.emplace_back(done.label, done.payload);
        } else {
            queue.erase(queue.begin());
        }
        if (queue.empty()) scene.queues.erase({done.sender, done.receiver});
        scene.at[role] = done.to;
    }
    // Whether the role's automaton alone can come to where it sends, or receives, between the two.
    [[nodiscard]] bool may_come_to(core::Role role, std::uint32_t state, Pair pair) const {
        std::set<std::uint32_t> seen{state};
        std::vector<std::uint32_t> pending{state};
        while (!pending.empty()) {
            const auto at = pending.back();
            pending.pop_back();
            for (const std::uint32_t e : edges(role, at)) {
                const core::Edge& one = edge(role, e);
                if (Pair{one.sender, one.receiver} == pair) return true;
                if (seen.insert(one.to).second) pending.push_back(one.to);
            }
        }
        return false;
    }
    // "" when `found` is a fault that its run leads to.
    [[nodiscard]] std::string shows(const core::Compatibility& found) const {
        Scene scene = begin();
        const std::size_t prefix = found.run.size() - found.round;
        for (std::size_t i = 0; i < prefix; ++i) {
            if (!can(scene, found.run[i].role, found.run[i].edge)) return "no run";
            act(scene, found.run[i].role, found.run[i].edge);
        }
        if (scene.at[found.role] != found.state) return "the role is in another state";
        const Pair pair{found.peer, found.role};
        const bool waits =
            !edges(found.role, found.state).empty() && awaits(scene, found.role) &&
            edge(found.role, edges(found.role, found.state).front()).sender == found.peer;
        const bool is_queued = scene.queues.count(pair) > 0;
        if (is_queued && scene.queues.at(pair).front() != Pair{found.label, found.payload})
            return "another message is first";
        switch (found.what) {
            case core::Fault::wrong_message:
                for (const std::uint32_t e : edges(found.role, found.state)) {
                    if (edge(found.role, e).sender != found.peer) return "it does not receive";
                    if (can(scene, found.role, e)) return "it can receive";
                }
                return is_queued ? "" : "no message";
            case core::Fault::message_never_taken:
                if (may_come_to(found.role, found.state, pair)) return "it may take it";
                return is_queued ? "" : "no message";
            case core::Fault::deadlock: return is_circle(scene, found) ? "" : "no circle";
            case core::Fault::message_never_comes:
                if (may_come_to(found.peer, scene.at[found.peer], pair)) return "it may come";
                return waits ? "" : "it does not wait";
            case core::Fault::waits_for_others:
            case core::Fault::message_left_by_others: break;
            default: return "no fault";
        }
        return round(scene, found, waits, is_queued);
    }

    // Waits at a queue that is empty.
    [[nodiscard]] bool awaits(const Scene& scene, core::Role role) const {
        const auto all = edges(role, scene.at[role]);
        return !all.empty() && edge(role, all.front()).sender != role &&
               scene.queued(edge(role, all.front())) == 0;
    }

  private:
    [[nodiscard]] bool is_circle(const Scene& scene, const core::Compatibility& found) const {
        for (std::size_t i = 0; i < found.circle.size(); ++i) {
            const core::Role role = found.circle[i];
            if (!awaits(scene, role)) return false;
            if (edge(role, edges(role, scene.at[role]).front()).sender !=
                found.circle[(i + 1) % found.circle.size()])
                return false;
        }
        return found.circle.size() >= 2;
    }
    // The same again afterwards, with the peer or the role itself acting, and nothing for the role.
    [[nodiscard]] std::string round(const Scene& before, const core::Compatibility& found,
                                    bool waits, bool is_queued) const {
        const bool is_wait = found.what == core::Fault::waits_for_others;
        if (is_wait ? !waits : !is_queued) return "nothing is left over";
        Scene scene = before;
        bool mover_acts = false;
        for (std::size_t i = found.run.size() - found.round; i < found.run.size(); ++i) {
            const core::Act& one = found.run[i];
            if (!can(scene, one.role, one.edge)) return "no round";
            act(scene, one.role, one.edge);
            mover_acts = mover_acts || one.role == (is_wait ? found.peer : found.role);
            const core::Edge& done = edge(one.role, one.edge);
            if (one.role == found.role && done.sender == found.peer) return "it receives";
            if (one.role == found.role && is_wait) return "it acts";
        }
        if (!mover_acts) return "nobody goes round";
        return scene == before ? "" : "the round does not come round";
    }

    const std::vector<core::Local>& locals_;
};

// All scenes with at most `bound` messages in a queue, by every order of acts; a role that sends
// waits until all queues it may send into have room.
class Everything {
  public:
    Everything(const std::vector<core::Local>& locals, std::size_t bound, std::size_t scenes_max)
        : stage_(locals), bound_(bound) {
        number(stage_.begin());
        for (std::size_t i = 0; i < scenes_.size() && scenes_.size() <= scenes_max; ++i) {
            next_.emplace_back();
            for (core::Role role = 0; role < locals.size(); ++role) {
                for (const std::uint32_t e : ready(i, role)) {
                    Scene scene = *scenes_[i];
                    stage_.act(scene, role, e);
                    next_[i].push_back({role, e, number(scene)});
                }
            }
        }
        is_whole_ = next_.size() == scenes_.size();
    }

    [[nodiscard]] bool is_whole() const { return is_whole_; }

    // Whoever would send can do so after acts of others.
    [[nodiscard]] bool is_exhaustive() const {
        for (core::Role role = 0; role < roles(); ++role) {
            std::set<std::size_t> good;
            for (std::size_t i = 0; i < scenes_.size(); ++i) {
                if (!is_full(i, role)) good.insert(i);
            }
            if (!all_reach(good, [&](const Next& next) { return next.role != role; })) return false;
        }
        return true;
    }
    // From everywhere each message can be taken, and each role that waits can go on.
    [[nodiscard]] bool is_safe() const {
        for (const Pair& pair : pairs()) {
            std::set<std::size_t> good;
            for (std::size_t i = 0; i < scenes_.size(); ++i) {
                if (!is_owed(i, pair) || is_taken_next(i, pair)) good.insert(i);
            }
            if (!all_reach(good, [](const Next&) { return true; })) return false;
        }
        return true;
    }
    // No run in which each role that can act for ever does so leaves a message or a wait for ever.
    [[nodiscard]] bool is_live() const {
        for (const Pair& pair : pairs()) {
            for (std::size_t i = 0; i < scenes_.size(); ++i) {
                if (is_owed(i, pair) && next_[i].empty()) return false;
            }
            if (has_fair_round_without(pair)) return false;
        }
        return true;
    }

  private:
    struct Next {
        core::Role role;
        std::uint32_t edge;
        std::size_t to;
    };

    [[nodiscard]] std::size_t roles() const { return scenes_.front()->at.size(); }
    std::size_t number(const Scene& scene) {
        const auto [known, is_new] = number_.emplace(scene, scenes_.size());
        if (is_new) scenes_.push_back(&known->first);
        return known->second;
    }
    [[nodiscard]] bool is_full(std::size_t i, core::Role role) const {
        for (const std::uint32_t e : stage_.edges(role, scenes_[i]->at[role])) {
            const core::Edge& one = stage_.edge(role, e);
            if (one.sender == role && scenes_[i]->queued(one) >= bound_) return true;
        }
        return false;
    }
    [[nodiscard]] std::vector<std::uint32_t> ready(std::size_t i, core::Role role) const {
        std::vector<std::uint32_t> all;
        if (is_full(i, role)) return all;
        for (const std::uint32_t e : stage_.edges(role, scenes_[i]->at[role])) {
            if (stage_.can(*scenes_[i], role, e)) all.push_back(e);
        }
        return all;
    }
    [[nodiscard]] std::vector<Pair> pairs() const {
        std::vector<Pair> all;
        for (core::Role a = 0; a < roles(); ++a) {
            for (core::Role b = 0; b < roles(); ++b) {
                if (a != b) all.emplace_back(a, b);
            }
        }
        return all;
    }
    [[nodiscard]] bool receives(std::size_t i, const Pair& pair) const {
        const auto all = stage_.edges(pair.second, scenes_[i]->at[pair.second]);
        return !all.empty() && stage_.edge(pair.second, all.front()).sender == pair.first;
    }
    [[nodiscard]] bool is_owed(std::size_t i, const Pair& pair) const {
        return scenes_[i]->queues.count(pair) > 0 || receives(i, pair);
    }
    [[nodiscard]] bool takes(const Next& next, const Pair& pair) const {
        const core::Edge& done = stage_.edge(next.role, next.edge);
        return next.role == pair.second && done.sender == pair.first;
    }
    [[nodiscard]] bool is_taken_next(std::size_t i, const Pair& pair) const {
        return std::any_of(next_[i].begin(), next_[i].end(),
                           [&](const Next& next) { return takes(next, pair); });
    }
    template <class Allowed>
    [[nodiscard]] bool all_reach(std::set<std::size_t> good, const Allowed& allowed) const {
        for (bool grows = true; grows;) {
            grows = false;
            for (std::size_t i = scenes_.size(); i-- > 0;) {
                if (good.count(i) > 0) continue;
                for (const Next& next : next_[i]) {
                    if (!allowed(next) || good.count(next.to) == 0) continue;
                    grows = good.insert(i).second;
                    break;
                }
            }
        }
        return good.size() == scenes_.size();
    }

    // Of the scenes that owe something to the pair, by acts that do not take it: a strongly
    // connected part in which each role acts or is once unable to.
    [[nodiscard]] bool has_fair_round_without(const Pair& pair) const {
        std::vector<std::vector<std::size_t>> forward(scenes_.size()), back(scenes_.size());
        for (std::size_t i = 0; i < scenes_.size(); ++i) {
            for (const Next& next : next_[i]) {
                if (!is_owed(i, pair) || !is_owed(next.to, pair) || takes(next, pair)) continue;
                forward[i].push_back(next.to);
                back[next.to].push_back(i);
            }
        }
        std::set<std::size_t> done;
        for (std::size_t i = 0; i < scenes_.size(); ++i) {
            if (done.count(i) > 0) continue;
            const auto after = reached(i, forward), before = reached(i, back);
            std::set<std::size_t> part;
            std::set_intersection(after.begin(), after.end(), before.begin(), before.end(),
                                  std::inserter(part, part.end()));
            done.insert(part.begin(), part.end());
            if (is_fair_round(part, pair)) return true;
        }
        return false;
    }
    static std::set<std::size_t> reached(std::size_t from,
                                         const std::vector<std::vector<std::size_t>>& edges) {
        std::set<std::size_t> seen{from};
        std::vector<std::size_t> pending{from};
        while (!pending.empty()) {
            const std::size_t at = pending.back();
            pending.pop_back();
            for (const std::size_t to : edges[at]) {
                if (seen.insert(to).second) pending.push_back(to);
            }
        }
        return seen;
    }
    [[nodiscard]] bool is_fair_round(const std::set<std::size_t>& part, const Pair& pair) const {
        std::set<core::Role> content;
        bool is_round = false;
        for (const std::size_t i : part) {
            for (core::Role role = 0; role < roles(); ++role) {
                if (ready(i, role).empty()) content.insert(role);
            }
            for (const Next& next : next_[i]) {
                if (takes(next, pair) || part.count(next.to) == 0) continue;
                content.insert(next.role);
                is_round = true;
            }
        }
        return is_round && content.size() == roles();
    }

    Stage stage_;
    std::size_t bound_;
    bool is_whole_ = false;
    std::map<Scene, std::size_t> number_;
    std::vector<const Scene*> scenes_;
    std::vector<std::vector<Next>> next_;
};

}  // namespace mpst::test
