// SPDX-License-Identifier: AGPL-3.0-or-later
// From what a person types to a field's path.
#pragma once

#include <string>
#include <string_view>

#include "kernel/campaign/instance.hpp"

namespace sz::campaign {

// "section.group.field", "group.field" or "field", each part an id or a name (names in any case),
// among the fields that `viewer` may see. A whole path of ids comes first, then ids, then names.
// SZ-CAMPAIGN-005 there is none, 006 several (it lists them).
[[nodiscard]] Result<std::string> resolve_path(const Instance& instance, const Viewer& viewer,
                                               std::string_view typed);

// Could that be typed for this field, by ids or by names?
[[nodiscard]] bool could_mean(std::string_view typed, const LayoutSection& section,
                              const LayoutGroup& group, const Field& field);

// The same for a section, a group or a field, among all there are: "" is the whole instance, then a
// whole path of ids, then a field as above, then the name of a section, or "section.group" by
// names.
[[nodiscard]] Result<std::string> resolve_place(const Instance& instance, const Viewer& viewer,
                                                std::string_view typed);

}  // namespace sz::campaign
