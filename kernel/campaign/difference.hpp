// SPDX-License-Identifier: AGPL-3.0-or-later
// Two moments of a campaign compared as somebody saw them: their view then against their view now.
// What neither view holds is in no difference, not even as a number.
#pragma once

#include "kernel/campaign/computed.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// A state as somebody sees it.
struct SeenState {
    const State& state;
    Viewer viewer;
};

// {"members":[{"client_id","name","change":"joined"|"left"|"changed","sentence"}],
//  "sheets":[{"id","name","change":"new"|"gone"|"changed","sentences",
//             "fields":[{"path","name","change":"changed"|"shown"|"hidden","from","to",
//                        "from_text","to_text"}]}]}
// in the order of the viewer's lists and of the sheet. Only what is another one counts: what was
// changed and changed back is not there. "from" and "to" are null where the field was not seen.
// [kernel-thread]
[[nodiscard]] Json difference(const SeenState& before, const SeenState& after,
                              const Computer::Services& services);

}  // namespace sz::campaign
