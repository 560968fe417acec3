// SPDX-License-Identifier: AGPL-3.0-or-later
#include "minimise.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mpst::compiler {

namespace {

// A partition of 0 … n-1 whose sets are refined by marking some of their elements and splitting.
class Partition {
  public:
    explicit Partition(std::uint32_t size) : place_(size), set_(size, 0), elements_(size) {
        std::iota(elements_.begin(), elements_.end(), 0U);
        std::iota(place_.begin(), place_.end(), 0U);
        if (size > 0) sets_.push_back({0, size, 0});
    }

    [[nodiscard]] std::uint32_t sets() const { return static_cast<std::uint32_t>(sets_.size()); }
    [[nodiscard]] std::uint32_t set_of(std::uint32_t element) const { return set_[element]; }
    [[nodiscard]] std::vector<std::uint32_t> elements_of(std::uint32_t set) const {
        return {elements_.begin() + sets_[set].first, elements_.begin() + sets_[set].past};
    }

    void mark(std::uint32_t element) {
        Set& set = sets_[set_[element]];
        const std::uint32_t to = set.first + set.marked;
        if (place_[element] < to) return;  // it is marked
        if (set.marked++ == 0) touched_.push_back(set_[element]);
        swap(place_[element], to);
    }

    // Each set becomes its marked and its other elements; the smaller part gets the new number.
    void split() {
        for (const std::uint32_t index : touched_) {
            Set& set = sets_[index];
            const std::uint32_t marked = std::exchange(set.marked, 0);
            const std::uint32_t middle = set.first + marked;
            if (middle == set.past) continue;
            Set part =
                marked <= set.past - middle ? Set{set.first, middle, 0} : Set{middle, set.past, 0};
            (part.first == set.first ? set.first : set.past) = middle;
            const std::uint32_t fresh = sets();
            for (std::uint32_t i = part.first; i < part.past; ++i) set_[elements_[i]] = fresh;
            sets_.push_back(part);
        }
        touched_.clear();
    }

  private:
    struct Set {
        std::uint32_t first, past, marked;
    };
    void swap(std::uint32_t a, std::uint32_t b) {
        std::swap(elements_[a], elements_[b]);
        place_[elements_[a]] = a;
        place_[elements_[b]] = b;
    }
    std::vector<std::uint32_t> place_, set_, elements_;
    std::vector<Set> sets_;
    std::vector<std::uint32_t> touched_;
};

// The arrows that lead to each state.
class Incoming {
  public:
    Incoming(std::uint32_t states, const std::vector<Arrow>& arrows)
        : first_(states + 1, 0), arrows_(arrows.size()) {
        for (const Arrow& arrow : arrows) ++first_[arrow.to + 1];
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        auto at = first_;
        for (std::uint32_t i = 0; i < arrows.size(); ++i) arrows_[at[arrows[i].to]++] = i;
    }
    template <class Fn>
    void each(std::uint32_t state, const Fn& fn) const {
        for (std::uint32_t i = first_[state]; i < first_[state + 1]; ++i) fn(arrows_[i]);
    }

  private:
    std::vector<std::uint32_t> first_, arrows_;
};

Partition by_letter(const std::vector<Arrow>& arrows) {
    Partition made(static_cast<std::uint32_t>(arrows.size()));
    std::vector<std::uint32_t> order(arrows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return arrows[a].letter < arrows[b].letter;
    });
    for (std::size_t i = 0; i < order.size();) {
        const std::uint32_t letter = arrows[order[i]].letter;
        for (; i < order.size() && arrows[order[i]].letter == letter; ++i) made.mark(order[i]);
        made.split();
    }
    return made;
}

}  // namespace

std::vector<std::uint32_t> coarsest_partition(std::uint32_t states,
                                              const std::vector<Arrow>& arrows) {
    Partition blocks(states);
    Partition bundles = by_letter(arrows);
    const Incoming incoming(states, arrows);
    std::uint32_t block = 1;  // the other side of what a block was split from says the same
    for (std::uint32_t bundle = 0; bundle < bundles.sets(); ++bundle) {
        for (const std::uint32_t arrow : bundles.elements_of(bundle))
            blocks.mark(arrows[arrow].from);
        blocks.split();
        for (; block < blocks.sets(); ++block) {
            for (const std::uint32_t state : blocks.elements_of(block))
                incoming.each(state, [&](std::uint32_t arrow) { bundles.mark(arrow); });
            bundles.split();
        }
    }
    std::vector<std::uint32_t> found(states);
    for (std::uint32_t state = 0; state < states; ++state) found[state] = blocks.set_of(state);
    return found;
}

}  // namespace mpst::compiler
