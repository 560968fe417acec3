// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries as the bus shows them.
#pragma once

#include "kernel/base/json.hpp"
#include "kernel/content/library/catalogue.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

// A whole entry, each field with its value and with text for a person, in which links say the names
// of what they lead to.
[[nodiscard]] Result<Json> view_entry(const Catalogue& catalogue, const FieldTypes& fields,
                                      const PackRow& pack, const ObjectRow& dataset,
                                      const EntryRow& entry);

}  // namespace sz::library
