// SPDX-License-Identifier: AGPL-3.0-or-later
// Are all names known, and used as what they are? For every protocol, auxiliary ones too.
#pragma once

#include <algorithm>
#include <vector>

#include "finding.hpp"
#include "syntax.hpp"

namespace mpst::core {

class NamesCheck {
  public:
    constexpr NamesCheck(const File& file, std::vector<Finding>& findings)
        : file_(file), findings_(findings) {}

    constexpr void run() {
        by_name_.assign(file_.names.size(), none);
        for (std::uint32_t i = 0; i < file_.protocols.size(); ++i) {
            const Use name = file_.protocols[i].name;
            if (by_name_[name.name] == none) {
                by_name_[name.name] = i;
            } else {
                fault(Fault::protocol_twice, name, file_.protocols[by_name_[name.name]].name.at);
            }
        }
        role_of_.assign(file_.names.size(), none);
        loops_of_.assign(file_.names.size(), 0);
        for (const Protocol& protocol : file_.protocols) check(protocol);
    }

  private:
    // A block to be read, or, when it is none, the end of a loop's.
    struct Pending {
        std::uint32_t node = none;
        Name ends = none;
    };

    constexpr Finding& fault(Fault what, Use use) {
        Finding finding;
        finding.what = what;
        finding.at = use.at;
        if (use.name != none) finding.words[0] = file_.text(use.name);
        findings_.push_back(std::move(finding));
        return findings_.back();
    }
    constexpr Finding& fault(Fault what, Use use, Place other) {
        Finding& made = fault(what, use);
        made.has_other = true;
        made.other = other;
        return made;
    }

    constexpr void check(const Protocol& protocol) {
        for (std::uint32_t i = 0; i < protocol.roles.size(); ++i) {
            const RoleDeclaration& role = protocol.roles[i];
            if (role_of_[role.inside.name] == none) {
                role_of_[role.inside.name] = i;
            } else {
                fault(Fault::role_twice, role.inside,
                      protocol.roles[role_of_[role.inside.name]].inside.at);
            }
        }
        if (protocol.roles.size() < 2) fault(Fault::too_few_roles, protocol.name);
        if (protocol.block != none) steps(protocol);
        for (const RoleDeclaration& role : protocol.roles) role_of_[role.inside.name] = none;
    }

    constexpr void steps(const Protocol& protocol) {
        std::vector<Pending> pending{{file_.blocks[protocol.block].first, none}};
        while (!pending.empty()) {
            const Pending at = pending.back();
            pending.pop_back();
            if (at.ends != none) --loops_of_[at.ends];
            if (at.node == none) continue;
            const Node& node = file_.nodes[at.node];
            pending.push_back({node.next, none});
            step(node, pending);
        }
    }

    constexpr void step(const Node& node, std::vector<Pending>& pending) {
        switch (node.step) {
            case Step::message: return message(node);
            case Step::choice:
                known(node.who);
                // The first branch on top: findings come in the order of the text.
                branches_.clear();
                for (auto b = node.block; b != none; b = file_.blocks[b].next_branch)
                    branches_.push_back(b);
                for (auto b = branches_.rbegin(); b != branches_.rend(); ++b)
                    pending.push_back({file_.blocks[*b].first, none});
                return;
            case Step::loop:
                ++loops_of_[node.head.name];
                pending.push_back({none, node.head.name});
                pending.push_back({file_.blocks[node.block].first, none});
                return;
            case Step::jump:
                if (loops_of_[node.head.name] == 0) fault(Fault::unbound_continue, node.head);
                if (node.next != none)
                    fault(Fault::unreachable, {none, file_.nodes[node.next].at}, node.at);
                return;
            case Step::call: return call(node);
        }
    }

    constexpr bool known(Use role) {
        if (role_of_[role.name] != none) return true;
        fault(Fault::unknown_role, role);
        return false;
    }
    constexpr void message(const Node& node) {
        known(node.who);
        for (std::uint32_t i = 0; i < node.uses; ++i) {
            const Use receiver = file_.uses[node.first_use + i];
            if (known(receiver) && receiver.name == node.who.name)
                fault(Fault::message_to_self, receiver, node.who.at);
        }
    }
    constexpr void call(const Node& node) {
        for (std::uint32_t i = 0; i < node.uses; ++i) {
            const Use role = file_.uses[node.first_use + i];
            known(role);
            for (std::uint32_t j = 0; j < i; ++j) {
                const Use before = file_.uses[node.first_use + j];
                if (before.name != role.name) continue;
                fault(Fault::role_argument_twice, role, before.at);
                break;
            }
        }
        const std::uint32_t called = by_name_[node.head.name];
        if (called == none) {
            fault(Fault::unknown_protocol, node.head);
        } else if (file_.protocols[called].roles.size() != node.uses) {
            fault(Fault::wrong_arity, node.head, file_.protocols[called].name.at);
        }
    }

    const File& file_;
    std::vector<Finding>& findings_;
    std::vector<std::uint32_t> by_name_;   // protocol, by its name
    std::vector<std::uint32_t> role_of_;   // of the protocol that is checked, by its name
    std::vector<std::uint32_t> loops_of_;  // open ones, by their name
    std::vector<std::uint32_t> branches_;
};

}  // namespace mpst::core
