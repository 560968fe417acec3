// SPDX-License-Identifier: AGPL-3.0-or-later
// szpack.json of a rules package.
#pragma once

#include <string>

#include "source.hpp"

namespace datasworn {

// `ruleset`: of an expansion, null if it is not at hand.
[[nodiscard]] Json manifest_of(const Package& package, const Package* ruleset,
                               const std::string& version);

// "https://creativecommons.org/licenses/by/4.0" → "CC-BY-4.0".
[[nodiscard]] std::string licence_of(const Json& package);

}  // namespace datasworn
