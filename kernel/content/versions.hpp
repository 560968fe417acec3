// SPDX-License-Identifier: AGPL-3.0-or-later
// Versions as in semver 2.0, taken apart: what ranges are made of. Others ask pack_check.hpp.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sz {

// Lives no longer than the text it was read from. What stands behind '+' is of no account.
struct Version {
    std::array<std::uint64_t, 3> numbers{};
    std::string_view prerelease;  // "beta.2", empty for a release

    [[nodiscard]] bool same_numbers(const Version& other) const { return numbers == other.numbers; }
};

[[nodiscard]] std::optional<Version> parse_version(std::string_view text);
[[nodiscard]] std::strong_ordering compare_versions(const Version& a, const Version& b);

// Takes a number without leading zeros off the front.
[[nodiscard]] std::optional<std::uint64_t> take_number(std::string_view& text);

}  // namespace sz
