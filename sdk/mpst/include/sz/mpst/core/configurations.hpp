// SPDX-License-Identifier: AGPL-3.0-or-later
// What automata can come to when each of their queues holds at most `bound` messages.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "machines.hpp"

namespace mpst::core {

// A role does one of its edges.
struct Act {
    Role role = none;
    std::uint32_t edge = none;
};

// How a role stands in a configuration.
enum class Stand : std::uint8_t {
    ended,
    ready,    // it can act, and can until it does
    awaits,   // the queue it receives from is empty
    refuses,  // what is first in that queue is not for this state, nor for any later one
    full      // a queue it may send into is full
};

// A configuration laid open. Its code: the roles' states, then each queue that holds something, as
// {channel, length, messages …} by channel.
class Configuration {
  public:
    constexpr Configuration(const Machines& machines, std::uint32_t bound)
        : machines_(machines), bound_(bound) {
        queue_.assign(machines.channels().size(), {});
    }

    constexpr void load(std::span<const std::uint32_t> code) {
        for (const std::uint32_t channel : held_) queue_[channel] = {};
        held_.clear();
        code_.assign(code.begin(), code.end());
        for (std::uint32_t at = machines_.roles(); at < code_.size(); at += 2 + code_[at + 1]) {
            held_.push_back(code_[at]);
            queue_[code_[at]] = {at + 2, code_[at + 1]};
        }
    }

    [[nodiscard]] constexpr std::uint32_t state(Role role) const { return code_[role]; }
    [[nodiscard]] constexpr Machines::Kind kind(Role role) const {
        return machines_.kind(role, state(role));
    }
    [[nodiscard]] constexpr std::span<const Machines::Move> moves(Role role) const {
        return machines_.moves(role, state(role));
    }
    // Channels whose queue holds something.
    [[nodiscard]] constexpr std::span<const std::uint32_t> held() const { return held_; }
    [[nodiscard]] constexpr std::span<const std::uint32_t> queue(std::uint32_t channel) const {
        return std::span<const std::uint32_t>(code_).subspan(queue_[channel].at,
                                                             queue_[channel].length);
    }
    // Of a role that receives: the channel.
    [[nodiscard]] constexpr std::uint32_t source(Role role) const {
        return moves(role).front().channel;
    }
    // Of a role that is ready to receive: what it does; else none.
    [[nodiscard]] constexpr const Machines::Move* reception(Role role) const {
        const auto waiting = queue(source(role));
        if (waiting.empty()) return nullptr;
        for (const Machines::Move& move : moves(role)) {
            if (move.message == waiting.front()) return &move;
        }
        return nullptr;
    }
    [[nodiscard]] constexpr bool is_full(std::uint32_t channel) const {
        return queue_[channel].length >= bound_;
    }
    // Which way a sender goes must not depend on the bound: it waits until all are open to it.
    [[nodiscard]] constexpr Stand stand(Role role) const {
        switch (kind(role)) {
            case Machines::Kind::end: return Stand::ended;
            case Machines::Kind::receive:
                if (queue(source(role)).empty()) return Stand::awaits;
                return reception(role) != nullptr ? Stand::ready : Stand::refuses;
            default: break;
        }
        for (const Machines::Move& move : moves(role)) {
            if (is_full(move.channel)) return Stand::full;
        }
        return Stand::ready;
    }

  private:
    struct Queue {
        std::uint32_t at = 0, length = 0;
    };
    const Machines& machines_;
    std::uint32_t bound_;
    std::vector<std::uint32_t> code_;
    std::vector<std::uint32_t> held_;
    std::vector<Queue> queue_;  // by channel
};

// The configurations that are come to when in each step every role that is ready acts: one
// successor for each way in which those that send can choose.
//
// These schedules are enough. A role that is ready stays so until it acts, and what different roles
// do commutes (a queue has one sender and one receiver), so that any other run can be brought into
// this order: it says no more than what each sender chose. A run in this order lets no role that
// can act wait for ever, which is what is asked of a scheduler: threads run, networks deliver.
class Configurations {
  public:
    constexpr Configurations(const Machines& machines, std::uint32_t bound, Budget& budget)
        : machines_(machines), budget_(budget), here_(machines, bound) {
        next_.assign(machines.roles(), 0);
        pushed_.assign(machines.channels().size(), none);
        popped_.assign(machines.channels().size(), false);
        first_edge_.push_back(0);
        add(next_, {});
    }

    // The next one that was not looked at yet, in the order in which they are come to; it is
    // `here()` then. None at the end.
    constexpr bool advance() {
        if (expanded() == codes_.size()) return false;
        load(expanded());
        return true;
    }
    // Adds the successors of `here()`. False when a limit was reached.
    constexpr bool expand() {
        const std::uint32_t node = expanded();
        std::uint64_t ways = 1;
        ready_.clear();
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (here_.stand(role) != Stand::ready) continue;
            ready_.push_back(role);
            if (here_.kind(role) == Machines::Kind::send) ways *= here_.moves(role).size();
            if (!budget_.spend(here_.moves(role).size()) || !budget_.holds(ways)) return false;
        }
        for (std::uint32_t way = 0; way < ways && !ready_.empty(); ++way) {
            step(way);
            edges_.push_back(add(next_, {node, way}));
            if (!budget_.spend(next_.size() + 8) || !budget_.holds(codes_.size()) ||
                !budget_.holds(codes_.items() / 16) || !budget_.holds(edges_.size() / 8))
                return false;
        }
        first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
        return true;
    }

    constexpr void load(std::uint32_t node) { here_.load(codes_[node]); }
    [[nodiscard]] constexpr const Configuration& here() const { return here_; }
    [[nodiscard]] constexpr std::uint32_t size() const {
        return static_cast<std::uint32_t>(codes_.size());
    }
    // How many have their successors: all before this one.
    [[nodiscard]] constexpr std::uint32_t expanded() const {
        return static_cast<std::uint32_t>(first_edge_.size() - 1);
    }
    // By the way that was taken.
    [[nodiscard]] constexpr std::span<const std::uint32_t> successors(std::uint32_t node) const {
        return std::span<const std::uint32_t>(edges_).subspan(
            first_edge_[node], first_edge_[node + 1] - first_edge_[node]);
    }

    // Adds what is done when `way` is taken at `node`.
    constexpr void add_acts(std::uint32_t node, std::uint32_t way, std::vector<Act>& run) {
        load(node);
        for (Role role = 0; role < machines_.roles(); ++role) {
            if (here_.stand(role) == Stand::ready) run.push_back({role, chosen(role, way).edge});
        }
    }
    // A shortest run to `node`.
    constexpr std::vector<Act> run_to(std::uint32_t node) {
        std::vector<Origin> steps;
        for (; origin_[node].node != none; node = origin_[node].node)
            steps.push_back(origin_[node]);
        std::vector<Act> run;
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            add_acts(step->node, step->way, run);
        return run;
    }

  private:
    struct Origin {
        std::uint32_t node = none, way = none;
    };

    constexpr std::uint32_t add(std::span<const std::uint32_t> code, Origin origin) {
        const std::uint32_t node = codes_(code);
        if (node == origin_.size()) origin_.push_back(origin);
        return node;
    }

    // What a role that is ready does; the choices of all are digits of `way`.
    constexpr const Machines::Move& chosen(Role role, std::uint32_t& way) const {
        if (here_.kind(role) == Machines::Kind::receive) return *here_.reception(role);
        const auto moves = here_.moves(role);
        const auto ways = static_cast<std::uint32_t>(moves.size());
        const std::uint32_t digit = way % ways;
        way /= ways;
        return moves[digit];
    }

    constexpr void step(std::uint32_t way) {
        next_.clear();
        for (Role role = 0; role < machines_.roles(); ++role) next_.push_back(here_.state(role));
        touched_.assign(here_.held().begin(), here_.held().end());
        for (const Role role : ready_) {
            const bool sends = here_.kind(role) == Machines::Kind::send;
            const Machines::Move& move = chosen(role, way);
            next_[role] = move.to;
            if (!sends) {
                popped_[move.channel] = true;
                continue;
            }
            pushed_[move.channel] = move.message;
            if (here_.queue(move.channel).empty()) touched_.push_back(move.channel);
        }
        std::sort(touched_.begin(), touched_.end());
        for (const std::uint32_t channel : touched_) {
            auto queue = here_.queue(channel);
            if (popped_[channel]) queue = queue.subspan(1);
            const bool more = pushed_[channel] != none;
            const auto length = static_cast<std::uint32_t>(queue.size() + (more ? 1 : 0));
            if (length > 0) {
                next_.push_back(channel);
                next_.push_back(length);
                next_.insert(next_.end(), queue.begin(), queue.end());
                if (more) next_.push_back(pushed_[channel]);
            }
            popped_[channel] = false;
            pushed_[channel] = none;
        }
    }

    const Machines& machines_;
    Budget& budget_;
    Configuration here_;
    Lists codes_;
    std::vector<Origin> origin_;
    std::vector<std::uint32_t> first_edge_, edges_;
    std::vector<Role> ready_;
    std::vector<std::uint32_t> next_, touched_, pushed_;
    Flags popped_;
};

}  // namespace mpst::core
