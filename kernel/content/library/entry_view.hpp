// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries as the bus shows them.
#pragma once

#include "kernel/base/json.hpp"
#include "kernel/content/library/catalogue.hpp"
#include "kernel/content/library/languages.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::library {

// A whole entry in a language (as Languages::reading takes it), each field with its value and with
// text for a person, in which links say the names of what they lead to.
[[nodiscard]] Result<Json> view_entry(const Catalogue& catalogue, const Languages& languages,
                                      const FieldTypes& fields, const PackRow& pack,
                                      ObjectRow dataset, EntryRow entry,
                                      const std::string& language);

}  // namespace sz::library
