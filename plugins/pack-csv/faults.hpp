// SPDX-License-Identifier: AGPL-3.0-or-later
// What there is to say about a table, on its way to whoever asked. Codes are listed in README.md.
#pragma once

#include <sz/cpp/import_faults.hpp>

namespace csv {

using sz::plugin::importing::Fault;
using sz::plugin::importing::Faults;
using sz::plugin::importing::Lines;
using sz::plugin::importing::Place;
using sz::plugin::importing::Severity;

}  // namespace csv
