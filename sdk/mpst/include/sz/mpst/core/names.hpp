// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers for texts and lists, so that the rest compares numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace mpst::core {

inline constexpr std::uint32_t none = 0xFFFFFFFFU;

// One yes or no for each of many: std::vector<bool> is no constant expression for clang 14.
using Flags = std::vector<std::uint8_t>;

// FNV-1a (Fowler, Noll, Vo).
constexpr std::uint64_t hash_begin = 14695981039346656037ULL;
constexpr std::uint64_t hash_on(std::uint64_t hash, std::uint64_t value) {
    return (hash ^ value) * 1099511628211ULL;
}

// An open-addressing table of indices into what its owner keeps.
class IndexTable {
  public:
    // The index whose item `equals`, or `fresh`, which then stands in the table.
    template <class Equals>
    constexpr std::uint32_t find_or_add(std::uint64_t hash, std::uint32_t fresh,
                                        const Equals& equals) {
        if ((used_ + 1) * 2 > slots_.size()) grow();
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = spread(hash) & mask;
        while (slots_[at].index != none) {
            if (slots_[at].hash == hash && equals(slots_[at].index)) return slots_[at].index;
            at = (at + 1) & mask;
        }
        slots_[at] = {hash, fresh};
        ++used_;
        return fresh;
    }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t index = none;
    };
    static constexpr std::size_t spread(std::uint64_t hash) {
        return static_cast<std::size_t>(hash ^ (hash >> 29U));
    }
    constexpr void grow() {
        std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2);
        old.swap(slots_);
        const std::size_t mask = slots_.size() - 1;
        for (const Slot& slot : old) {
            if (slot.index == none) continue;
            std::size_t at = spread(slot.hash) & mask;
            while (slots_[at].index != none) at = (at + 1) & mask;
            slots_[at] = slot;
        }
    }
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

using Name = std::uint32_t;

// Texts by number, in the order of their first mention. Views: the source text outlives them.
class Names {
  public:
    constexpr Name operator()(std::string_view text) {
        std::uint64_t hash = hash_begin;
        for (const char c : text) hash = hash_on(hash, static_cast<unsigned char>(c));
        const auto fresh = static_cast<std::uint32_t>(texts_.size());
        const auto found = table_.find_or_add(
            hash, fresh, [&](std::uint32_t index) { return texts_[index] == text; });
        if (found == fresh) texts_.push_back(text);
        return found;
    }
    [[nodiscard]] constexpr std::string_view text(Name name) const { return texts_[name]; }
    [[nodiscard]] constexpr std::size_t size() const { return texts_.size(); }

  private:
    std::vector<std::string_view> texts_;
    IndexTable table_;
};

// Lists of numbers by number: payloads, role arguments, sets of states.
class Lists {
  public:
    constexpr std::uint32_t operator()(std::span<const std::uint32_t> list) {
        std::uint64_t hash = hash_begin;
        for (const std::uint32_t item : list) hash = hash_on(hash, item);
        const auto fresh = static_cast<std::uint32_t>(begins_.size());
        const auto found = table_.find_or_add(hash, fresh, [&](std::uint32_t index) {
            const auto known = (*this)[index];
            if (known.size() != list.size()) return false;
            for (std::size_t i = 0; i < list.size(); ++i) {
                if (known[i] != list[i]) return false;
            }
            return true;
        });
        if (found == fresh) {
            begins_.push_back(items_.size());
            items_.insert(items_.end(), list.begin(), list.end());
        }
        return found;
    }
    // Valid until the next list is added.
    [[nodiscard]] constexpr std::span<const std::uint32_t> operator[](std::uint32_t index) const {
        const std::size_t begin = begins_[index];
        const std::size_t end = index + 1 < begins_.size() ? begins_[index + 1] : items_.size();
        return std::span<const std::uint32_t>(items_).subspan(begin, end - begin);
    }
    [[nodiscard]] constexpr std::size_t size() const { return begins_.size(); }
    [[nodiscard]] constexpr std::size_t items() const { return items_.size(); }

  private:
    std::vector<std::uint32_t> items_;
    std::vector<std::size_t> begins_;
    IndexTable table_;
};

}  // namespace mpst::core
