// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the bus wants an id, a person may type the name of the thing, if only one has it.
#pragma once

#include <string>

#include "kernel/base/json.hpp"
#include "kernel/base/result.hpp"

namespace sz::cli {

class Session;

// The parameters with ids in the place of the names of campaigns, of a character's owner-to-be and
// of identities. Ids are left as they are, and nothing is asked of the bus for them.
// SZ-CLI-020: nothing has that name. SZ-CLI-021: several have it; the hint lists their ids.
[[nodiscard]] Result<Json> with_ids(Session& session, const std::string& method,
                                    const Json& params);

}  // namespace sz::cli
