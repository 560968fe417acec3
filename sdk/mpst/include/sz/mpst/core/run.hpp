// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a run matters.
#pragma once

#include <vector>

#include "configurations.hpp"

namespace mpst::core {

// A run goes wrong by what a few roles have done and what led them to it. What others did beside
// that can be left out: what remains is a run of the same automata, because nobody's past is torn.
class RunCut {
  public:
    constexpr RunCut(const Machines& machines, std::vector<Act> run)
        : machines_(machines), run_(std::move(run)) {
        is_kept_.assign(run_.size(), false);
        is_wanted_.assign(machines.roles(), false);
        sends_.resize(machines.channels().size());
        taken_.assign(machines.channels().size(), 0);
        for (std::uint32_t i = 0; i < run_.size(); ++i) {
            const std::uint32_t channel = machines.channel_of(run_[i].role, run_[i].edge);
            if (is_send(run_[i])) {
                sends_[channel].push_back(i);
                source_.push_back(none);
            } else {
                source_.push_back(sends_[channel][taken_[channel]++]);
            }
        }
    }

    constexpr void keep_role(Role role) { is_wanted_[role] = true; }
    // What is first in its queue at the end of the run.
    constexpr void keep_first_of(std::uint32_t channel) {
        is_kept_[sends_[channel][taken_[channel]]] = true;
    }
    constexpr std::vector<Act> run() {
        for (std::size_t i = run_.size(); i-- > 0;) {
            if (!is_kept_[i] && !is_wanted_[run_[i].role]) continue;
            is_kept_[i] = true;
            is_wanted_[run_[i].role] = true;
            if (source_[i] != none) is_kept_[source_[i]] = true;
        }
        std::vector<Act> kept;
        for (std::size_t i = 0; i < run_.size(); ++i) {
            if (is_kept_[i]) kept.push_back(run_[i]);
        }
        return kept;
    }

    // Of a round: what `role` does and all with whom it has to do, who are wanted from then on.
    constexpr std::vector<Act> part_of(const std::vector<Act>& round, Role role) {
        Flags is_part(machines_.roles(), false);
        is_part[role] = true;
        for (bool grows = true; grows;) {
            grows = false;
            for (const Act& act : round) {
                const Edge& edge = machines_.edge(act.role, act.edge);
                if (is_part[edge.sender] == is_part[edge.receiver]) continue;
                is_part[edge.sender] = is_part[edge.receiver] = true;
                grows = true;
            }
        }
        std::vector<Act> kept;
        for (const Act& act : round) {
            if (!is_part[act.role]) continue;
            kept.push_back(act);
            keep_role(act.role);
        }
        return kept;
    }

  private:
    [[nodiscard]] constexpr bool is_send(const Act& act) const {
        return machines_.edge(act.role, act.edge).sender == act.role;
    }

    const Machines& machines_;
    std::vector<Act> run_;
    Flags is_kept_;                                  // by act
    Flags is_wanted_;                                // by role: all that it did before
    std::vector<std::vector<std::uint32_t>> sends_;  // by channel: acts
    std::vector<std::uint32_t> taken_;               // by channel: how many
    std::vector<std::uint32_t> source_;              // by act: of a reception, the send
};

}  // namespace mpst::core
