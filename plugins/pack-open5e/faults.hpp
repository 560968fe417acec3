// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with a source, on its way to whoever asked. Codes are listed in README.md.
#pragma once

#include <sz/cpp/import_faults.hpp>

namespace open5e {

using sz::plugin::importing::Fault;
using sz::plugin::importing::Faults;
using sz::plugin::importing::Lines;
using sz::plugin::importing::offset_of_pointer;
using sz::plugin::importing::Place;
using sz::plugin::importing::place_of_byte;
using sz::plugin::importing::place_of_pointer;
using sz::plugin::importing::Severity;

}  // namespace open5e
