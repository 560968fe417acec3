// SPDX-License-Identifier: AGPL-3.0-or-later
// From an entry of a dataset to an instance: the third goblin of one in the bestiary.
#pragma once

#include "kernel/campaign/instance.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// `found` is what Templates::find_entry gives. The instance has one section, named as the entry,
// with a group for the entry's own fields and one for each of its groups; each field has the
// entry's type, options and value. It keeps no tie to the entry but the link. `wanted` as for
// instance_from_template. SZ-CAMPAIGN-033: a field's type or value cannot be used. [any-thread]
[[nodiscard]] Result<Instance> instance_from_entry(const Json& found, Instance wanted,
                                                   const FieldTypes& fields);

// Gives the fields of an instance that was just made from a template the values of the entry's
// fields that have their names (or ids, upper and lower case alike), and its link. What only one of
// the two has stays as it is. SZ-CAMPAIGN-033: a value does not fit its field.
[[nodiscard]] Status fill_from_entry(const Json& found, Instance& instance,
                                     const FieldTypes& fields);

}  // namespace sz::campaign
