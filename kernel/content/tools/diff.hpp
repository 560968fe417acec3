// SPDX-License-Identifier: AGPL-3.0-or-later
// What changed between two packs, and by how much the version must rise for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/base/json.hpp"
#include "kernel/content/pack_check.hpp"

namespace sz::tools {

// What a change asks of the version number. Major: what others link to or have filled in is gone or
// of another kind. Minor: there is more, or a rule changed. Patch: words and pictures.
enum class Weight : std::uint8_t { none, patch, minor, major };

[[nodiscard]] const char* weight_name(Weight weight) noexcept;

// One of the two. Borrows both.
struct DiffSide {
    const CheckedPack& pack;
    const PackFiles& files;
};

// Returns {"changes": […], "counts": {"added","removed","changed","renamed"}, "left_out", "advice":
// {"part","version","is_enough"}}, as schemas/bus/pack.diff.json describes. A rename is told as one
// only when the content is the same and nothing else can be meant. Findings: SZ-DIFF-001 the
// content differs and the version does not, 002 the version rises too little, 003 the second is
// older, 004 the ids differ, 006 more than limits::changes_listed_max changes. [any-thread]
[[nodiscard]] Json diff_packs(const DiffSide& before, const DiffSide& after, Findings& findings);

// The lowest version that may follow `version` after changes of that weight. Below 1.0.0 the minor
// number counts as the major one, as in ranges; a prerelease may be followed by its release.
[[nodiscard]] std::string next_version(std::string_view version, Weight weight);

}  // namespace sz::tools
