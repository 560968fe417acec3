// SPDX-License-Identifier: AGPL-3.0-or-later
// From what was written to an automaton: calls become what they call, loops become edges back.
#pragma once

#include <vector>

#include "graph.hpp"

namespace mpst::core {

// The silent and speaking steps of a protocol, and where in it something must hold.
struct Expanded {
    Graph graph;
    std::uint32_t start = 0;
    std::uint32_t end = 0;

    struct Choice {
        std::uint32_t node;    // in File::nodes
        std::uint32_t branch;  // in File::blocks
        std::uint32_t state;   // where the branch begins
        Role chooser;
    };
    std::vector<Choice> branches;

    struct After {
        std::uint32_t before, node;  // in File::nodes: `node` follows `before`
        std::uint32_t from, state;   // where each begins
    };
    std::vector<After> follows;  // a choice, a loop or a call
};

// A `do` that stands on the way to itself with the same roles is a jump to the beginning of what it
// calls, as a `continue` is (Scribble's inlining). A `do` that is the last thing to happen in its
// protocol shares the states of another such with the same roles, so that a web of protocols that
// call each other has as many states as it has places.
class Expansion {
  public:
    constexpr Expansion(const File& file, Budget& budget) : file_(file), budget_(budget) {
        protocol_of_.assign(file.names.size(), none);
        for (std::uint32_t i = 0; i < file.protocols.size(); ++i) {
            if (protocol_of_[file.protocols[i].name.name] == none)
                protocol_of_[file.protocols[i].name.name] = i;
        }
        role_of_.assign(file.names.size(), none);
    }

    // False when a limit was reached. The file's names must have been found good.
    constexpr bool run(std::uint32_t protocol, Expanded& out) {
        out_ = &out;
        out.start = out.graph.add_state();
        out.end = out.graph.add_state();
        std::vector<std::uint32_t> roles;
        for (std::uint32_t i = 0; i < file_.protocols[protocol].roles.size(); ++i)
            roles.push_back(i);
        enter(protocol, role_lists_(roles), out.start, out.end, none, 0);
        groups_ = 1;
        while (!pending_.empty()) {
            const Pending at = pending_.back();
            pending_.pop_back();
            if (!block(at)) return false;
        }
        return true;
    }

  private:
    struct Frame {
        std::uint32_t protocol, roles;
        std::uint32_t entry, exit;
        std::uint32_t caller;  // frame
        std::uint32_t group;   // frames that end where the same call ends
    };
    struct Scope {
        Name loop;
        std::uint32_t state;
        std::uint32_t outer;  // scope
    };
    struct Pending {
        std::uint32_t block, entry, exit, scope, frame;
    };

    constexpr void enter(std::uint32_t protocol, std::uint32_t roles, std::uint32_t entry,
                         std::uint32_t exit, std::uint32_t caller, std::uint32_t group) {
        const auto frame = static_cast<std::uint32_t>(frames_.size());
        frames_.push_back({protocol, roles, entry, exit, caller, group});
        pending_.push_back({file_.protocols[protocol].block, entry, exit, none, frame});
    }

    constexpr void silent(std::uint32_t from, std::uint32_t to, Place at) {
        Edge edge;
        edge.to = to;
        edge.at = at;
        out_->graph.add(from, edge);
    }

    constexpr bool block(const Pending& at) {
        load_roles(frames_[at.frame]);
        std::uint32_t here = at.entry;
        std::uint32_t before = none;
        std::uint32_t before_state = none;
        std::uint32_t index = file_.blocks[at.block].first;
        if (index == none) silent(at.entry, at.exit, file_.blocks[at.block].at);
        while (index != none) {
            if (!budget_.spend() || !budget_.holds(out_->graph.size())) return false;
            const Node& node = file_.nodes[index];
            if (before != none && file_.nodes[before].step != Step::message &&
                file_.nodes[before].step != Step::jump)
                out_->follows.push_back({before, index, before_state, here});
            const std::uint32_t there = node.next == none ? at.exit : out_->graph.add_state();
            step(index, here, there, at);
            before = index;
            before_state = here;
            here = there;
            index = node.next;
        }
        return true;
    }

    constexpr void load_roles(const Frame& frame) {
        const auto roles = role_lists_[frame.roles];
        const auto& declared = file_.protocols[frame.protocol].roles;
        for (std::size_t i = 0; i < declared.size(); ++i)
            role_of_[declared[i].inside.name] = roles[i];
    }

    constexpr void step(std::uint32_t index, std::uint32_t here, std::uint32_t there,
                        const Pending& at) {
        const Node& node = file_.nodes[index];
        switch (node.step) {
            case Step::message: return message(node, here, there);
            case Step::choice:
                for (auto b = node.block; b != none; b = file_.blocks[b].next_branch) {
                    const std::uint32_t entry = out_->graph.add_state();
                    silent(here, entry, file_.blocks[b].at);
                    out_->branches.push_back({index, b, entry, role_of_[node.who.name]});
                    pending_.push_back({b, entry, there, at.scope, at.frame});
                }
                return;
            case Step::loop: {
                const std::uint32_t entry = out_->graph.add_state();
                silent(here, entry, node.at);
                scopes_.push_back({node.head.name, entry, at.scope});
                const auto scope = static_cast<std::uint32_t>(scopes_.size() - 1);
                pending_.push_back({node.block, entry, there, scope, at.frame});
                return;
            }
            case Step::jump: {
                std::uint32_t scope = at.scope;
                while (scopes_[scope].loop != node.head.name) {
                    budget_.spend();
                    scope = scopes_[scope].outer;
                }
                silent(here, scopes_[scope].state, node.at);
                return;
            }
            case Step::call: return call(node, here, there, at);
        }
    }

    constexpr void message(const Node& node, std::uint32_t here, std::uint32_t there) {
        Edge edge;
        edge.sender = role_of_[node.who.name];
        edge.label = node.head.name;
        edge.payload = node.payload;
        edge.at = node.at;
        for (std::uint32_t i = 0; i < node.uses; ++i) {
            edge.receiver = role_of_[file_.uses[node.first_use + i].name];
            edge.to = i + 1 == node.uses ? there : out_->graph.add_state();
            out_->graph.add(here, edge);
            here = edge.to;
        }
    }

    constexpr void call(const Node& node, std::uint32_t here, std::uint32_t there,
                        const Pending& at) {
        arguments_.clear();
        for (std::uint32_t i = 0; i < node.uses; ++i)
            arguments_.push_back(role_of_[file_.uses[node.first_use + i].name]);
        const std::uint32_t roles = role_lists_(arguments_);
        const std::uint32_t called = protocol_of_[node.head.name];
        const bool is_last = there == frames_[at.frame].exit;
        std::uint32_t group = frames_[at.frame].group;
        std::uint32_t entry = on_the_way(called, roles, at.frame);
        if (entry == none) {
            if (!is_last) group = groups_++;
            const std::uint32_t key[3] = {group, called, roles};
            const auto known = entries_(key);
            if (known < entry_of_.size()) {
                entry = entry_of_[known];
            } else {
                entry = out_->graph.add_state();
                entry_of_.push_back(entry);
                enter(called, roles, entry, there, at.frame, group);
            }
        }
        silent(here, entry, node.at);
    }

    // Where it was entered, if this call stands inside it.
    constexpr std::uint32_t on_the_way(std::uint32_t protocol, std::uint32_t roles,
                                       std::uint32_t frame) {
        for (; frame != none && budget_.spend(); frame = frames_[frame].caller) {
            if (frames_[frame].protocol == protocol && frames_[frame].roles == roles)
                return frames_[frame].entry;
        }
        return none;
    }

    const File& file_;
    Budget& budget_;
    Expanded* out_ = nullptr;
    std::vector<std::uint32_t> protocol_of_;  // by its name
    std::vector<Role> role_of_;               // of the frame that is read, by its name in there
    Lists role_lists_;
    Lists entries_;  // {group, protocol, roles}
    std::vector<std::uint32_t> entry_of_;
    std::uint32_t groups_ = 0;
    std::vector<Frame> frames_;
    std::vector<Scope> scopes_;
    std::vector<Pending> pending_;
    std::vector<std::uint32_t> arguments_;
};

}  // namespace mpst::core
