// SPDX-License-Identifier: AGPL-3.0-or-later
// The language in which a person reads packs.
#pragma once

#include <string>

#include "kernel/app/settings.hpp"

namespace sz {

// A language tag: what this run was started with, else the setting “language”, else what the
// environment says (LC_ALL, LC_MESSAGES, LANG). Empty: packs in their own words. [kernel-thread]
[[nodiscard]] std::string language_of_person(const std::string& wanted, const Settings& settings);

}  // namespace sz
