// SPDX-License-Identifier: AGPL-3.0-or-later
// What readers are told when it changes who sees what: those who lose something forget it, those
// who have it from now on get it as it is. Game masters have everything all along.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "kernel/campaign/instance.hpp"
#include "kernel/campaign/record.hpp"

namespace sz::campaign {

// `after` is `before` with other overrides, and other values at the paths `changed`. Readers hide
// first, then take what is revealed (README.md, "Effects"): whoever had something and keeps it may
// lose it for that moment, and does so where its value is another one.
[[nodiscard]] std::vector<SeenRecord> disclosure_records(const Instance& before,
                                                         const Instance& after,
                                                         const std::set<std::string>& changed = {});

}  // namespace sz::campaign
