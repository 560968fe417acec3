// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether two roles fit, as far as their messages with each other go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/names.hpp"
#include "local.hpp"

namespace mpst {

namespace detail {

// One side of a pair, made deterministic as far as it is asked.
class OneSide {
  public:
    constexpr OneSide(std::span<const Step> steps, unsigned states, Tag peer)
        : steps_(steps), peer_(peer), first_(states + 2, 0), seen_(states + 1, 0) {
        for (const Step& step : steps) ++first_[step.from + 1];
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    }
    struct Letter {
        bool is_send = false;
        Tag message = 0;
        friend constexpr bool operator==(const Letter&, const Letter&) = default;
        friend constexpr bool operator<(const Letter& a, const Letter& b) {
            return a.is_send != b.is_send ? a.is_send < b.is_send : a.message < b.message;
        }
    };
    struct Arrow {
        Letter letter;
        std::uint32_t to = 0;  // a set of states
    };

    constexpr std::uint32_t set_of(unsigned state) {
        const std::uint32_t one[] = {state};
        return sets_(one);
    }
    // What the pair may do next, sorted. `is_mirrored`: as the peer sees it.
    constexpr std::vector<Arrow> arrows(std::uint32_t set, bool is_mirrored) {
        std::vector<std::pair<Letter, std::uint32_t>> found;
        for (const std::uint32_t state : reached_from(set)) {
            for (unsigned s = first_[state]; s < first_[state + 1]; ++s) {
                const Step& step = steps_[s];
                if (step.peer == peer_)
                    found.push_back({{step.is_send != is_mirrored, step.message}, step.to});
            }
        }
        std::sort(found.begin(), found.end());
        std::vector<Arrow> all;
        std::vector<std::uint32_t> targets;
        for (std::size_t i = 0; i < found.size();) {
            const Letter letter = found[i].first;
            targets.clear();
            for (; i < found.size() && found[i].first == letter; ++i) {
                if (targets.empty() || targets.back() != found[i].second)
                    targets.push_back(found[i].second);
            }
            all.push_back({letter, sets_(targets)});
        }
        return all;
    }

    // Whether the role may be at its end there, or go on with others only.
    constexpr bool may_end(std::uint32_t set) {
        for (const std::uint32_t state : reached_from(set)) {
            bool is_ours = false;
            for (unsigned s = first_[state]; s < first_[state + 1]; ++s)
                is_ours = is_ours || steps_[s].peer == peer_;
            if (!is_ours) return true;
        }
        return false;
    }

  private:
    // By silent steps.
    constexpr std::vector<std::uint32_t> reached_from(std::uint32_t set) {
        std::vector<std::uint32_t> reached(sets_[set].begin(), sets_[set].end());
        ++stamp_;
        for (const std::uint32_t state : reached) seen_[state] = stamp_;
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (unsigned s = first_[reached[i]]; s < first_[reached[i] + 1]; ++s) {
                const Step& step = steps_[s];
                if (step.peer == peer_ || seen_[step.to] == stamp_) continue;
                seen_[step.to] = stamp_;
                reached.push_back(step.to);
            }
        }
        return reached;
    }

    std::span<const Step> steps_;
    Tag peer_;
    std::vector<unsigned> first_;  // by state
    std::vector<std::uint32_t> seen_;
    std::uint32_t stamp_ = 0;
    core::Lists sets_;
};

constexpr bool is_dual(OneSide a, std::uint32_t start_a, OneSide b, std::uint32_t start_b) {
    core::Lists known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pending{
        {a.set_of(start_a), b.set_of(start_b)}};
    while (!pending.empty()) {
        const auto [at_a, at_b] = pending.back();
        pending.pop_back();
        const auto ours = a.arrows(at_a, false);
        const auto theirs = b.arrows(at_b, true);
        if (ours.size() != theirs.size()) return false;
        for (std::size_t i = 0; i < ours.size(); ++i) {
            if (ours[i].letter != theirs[i].letter) return false;
            const std::uint32_t both[] = {ours[i].to, theirs[i].to};
            const std::size_t before = known.size();
            if (known(both) == before) pending.emplace_back(ours[i].to, theirs[i].to);
        }
    }
    return true;
}

// The same with a queue for each direction: what is sent may be taken later, after own messages. A
// pair that lets more than `queued_max` messages wait, or has too many configurations, does not
// fit by this measure.
class PairOverQueues {
  public:
    constexpr PairOverQueues(const OneSide& a, const OneSide& b) : a_(a), b_(b) {}

    constexpr bool fits(std::uint32_t start_a, std::uint32_t start_b) {
        std::vector<std::uint32_t> none;
        visit(a_.set_of(start_a), b_.set_of(start_b), none, none);
        for (std::uint32_t i = 0; i < known_.size(); ++i) {
            if (known_.size() > configurations_max) return false;
            read(i);
            if (!follow(a_, set_a_, to_a_, to_b_, true) ||
                !follow(b_, set_b_, to_b_, to_a_, false) || is_stuck())
                return false;
        }
        return true;
    }

  private:
    static constexpr std::size_t queued_max = 8, configurations_max = 500;

    // A configuration as a list: the sides' sets, how many messages are on their way to a, they,
    // and those to b.
    constexpr void visit(std::uint32_t set_a, std::uint32_t set_b,
                         const std::vector<std::uint32_t>& to_a,
                         const std::vector<std::uint32_t>& to_b) {
        list_.clear();
        list_.push_back(set_a);
        list_.push_back(set_b);
        list_.push_back(static_cast<std::uint32_t>(to_a.size()));
        for (const std::uint32_t message : to_a) list_.push_back(message);
        for (const std::uint32_t message : to_b) list_.push_back(message);
        known_(list_);
    }
    constexpr void read(std::uint32_t index) {
        const auto list = known_[index];
        set_a_ = list[0];
        set_b_ = list[1];
        const std::size_t to_b = 3 + list[2];
        to_a_.clear();
        to_b_.clear();
        for (std::size_t i = 3; i < list.size(); ++i) (i < to_b ? to_a_ : to_b_).push_back(list[i]);
    }

    // False when a message has come that is not expected, or one too many waits.
    constexpr bool follow(OneSide& side, std::uint32_t set, const std::vector<std::uint32_t>& come,
                          const std::vector<std::uint32_t>& gone, bool is_a) {
        bool goes_on = come.empty();
        std::vector<std::uint32_t> queue;
        for (const OneSide::Arrow& arrow : side.arrows(set, false)) {
            if (arrow.letter.is_send) {
                if (gone.size() == queued_max) return false;
                queue = gone;
                queue.push_back(arrow.letter.message);
                is_a ? visit(arrow.to, set_b_, come, queue) : visit(set_a_, arrow.to, queue, come);
            } else if (!come.empty() && come.front() == arrow.letter.message) {
                queue.assign(come.begin() + 1, come.end());
                is_a ? visit(arrow.to, set_b_, queue, gone) : visit(set_a_, arrow.to, gone, queue);
            } else {
                continue;
            }
            goes_on = true;
        }
        return goes_on;
    }
    // Both wait for the other.
    constexpr bool is_stuck() {
        return to_a_.empty() && to_b_.empty() && only_takes(a_, set_a_) && only_takes(b_, set_b_);
    }
    static constexpr bool only_takes(OneSide& side, std::uint32_t set) {
        bool takes = false;
        for (const OneSide::Arrow& arrow : side.arrows(set, false)) {
            if (arrow.letter.is_send) return false;
            takes = true;
        }
        return takes && !side.may_end(set);
    }

    OneSide a_, b_;
    core::Lists known_;
    std::vector<std::uint32_t> list_;
    // The configuration that is looked at:
    std::uint32_t set_a_ = 0, set_b_ = 0;
    std::vector<std::uint32_t> to_a_, to_b_;
};

// Whether the same number is the same message on both sides.
constexpr bool have_same_messages(std::span<const Step> a, std::span<const Step> b) {
    std::vector<std::pair<Tag, const void*>> all;
    all.reserve(a.size() + b.size());
    for (const Step& step : a) all.push_back({step.message, step.type});
    for (const Step& step : b) all.push_back({step.message, step.type});
    std::sort(all.begin(), all.end(),
              [](const auto& x, const auto& y) { return x.first < y.first; });
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].first == all[i - 1].first && all[i].second != all[i - 1].second) return false;
    }
    return true;
}

constexpr bool do_fit(const OneSide& a, std::uint32_t start_a, const OneSide& b,
                      std::uint32_t start_b) {
    return is_dual(a, start_a, b, start_b) || PairOverQueues(a, b).fits(start_a, start_b);
}

}  // namespace detail

}  // namespace mpst
