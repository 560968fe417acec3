// SPDX-License-Identifier: AGPL-3.0-or-later
// A JSON text with the place of each value, so that what is wrong in it can be pointed at.
#pragma once

#include <sz/mpst/core/names.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mpst::compiler {

class JsonTree {
  public:
    using Index = std::uint32_t;
    enum class Kind : std::uint8_t { object, list, text, number, other };

    static constexpr std::size_t depth_max = 64;
    static constexpr std::size_t values_max = 2'000'000;

    // Why there is no tree.
    struct Failure {
        std::uint32_t byte = 0;
        std::string_view limit;  // the one that was reached; empty when this is not JSON
    };

    [[nodiscard]] std::optional<Failure> read(std::string_view text);

    static constexpr Index root = 0;
    [[nodiscard]] Kind kind(Index value) const { return values_[value].kind; }
    [[nodiscard]] std::uint32_t byte(Index value) const { return values_[value].byte; }
    // Of a text. Views stay good as long as the tree.
    [[nodiscard]] std::string_view text(Index value) const { return texts_[values_[value].data]; }
    // Of a number: a whole one below core::none.
    [[nodiscard]] std::uint32_t number(Index value) const { return values_[value].data; }
    // Of a member of an object.
    [[nodiscard]] std::string_view key(Index value) const { return texts_[values_[value].key]; }
    // What an object or a list holds: first, next, … none.
    [[nodiscard]] Index first(Index value) const { return values_[value].first; }
    [[nodiscard]] Index next(Index value) const { return values_[value].next; }
    // RFC 6901: "/0/states/2"
    [[nodiscard]] std::string pointer(Index value) const;

  private:
    friend class JsonTreeBuilder;
    struct Value {
        Kind kind = Kind::other;
        std::uint32_t byte = 0;
        Index parent = core::none, first = core::none, next = core::none;
        std::uint32_t key = core::none;   // in texts_; of a list's item: its number
        std::uint32_t data = core::none;  // in texts_, or the number
    };
    std::vector<Value> values_;
    std::deque<std::string> texts_;
};

}  // namespace mpst::compiler
