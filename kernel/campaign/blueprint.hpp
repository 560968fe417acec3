// SPDX-License-Identifier: AGPL-3.0-or-later
// From a template to an instance, and to the effects that make it.
#pragma once

#include <string>

#include "kernel/campaign/instance.hpp"
#include "kernel/campaign/record.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// The instance that a template describes, with every field at its canonical default. `wanted` has
// id, kind, name, owner and visibility. SZ-CAMPAIGN-033: the template cannot be used; says which
// field and why. [any-thread]
[[nodiscard]] Result<Instance> instance_from_template(const Json& template_object, Instance wanted,
                                                      const FieldTypes& fields);

// Who sees what of it: for each audience its part of the sheet (sheet_part), the widest, which is
// the instance's own, first.
struct SheetPart {
    Audience audience;
    Json sections;
};
[[nodiscard]] std::vector<SheetPart> parts_by_audience(const Instance& instance);

// What makes this instance when it is applied: one "create" for those who may see it, and one
// "reveal" for each narrower audience of its fields, the widest first.
[[nodiscard]] std::vector<SeenRecord> creation_records(const Instance& instance);

}  // namespace sz::campaign
