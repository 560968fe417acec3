// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member gets of an event, and the proof that it belongs to the one ledger that everybody
// has. It is for the table (issues 5 and 6), where events travel; until then only tests call it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "kernel/campaign/event.hpp"

namespace sz::campaign {

// A part in full, or only its sub-leaf when the member may not see it.
using ReceivedPart = std::variant<Part, Digest>;

struct ReceivedEvent {
    EventIndex index = 0;
    UnixMs at = 0;
    std::vector<ReceivedPart> parts;
};

// [host's side]
[[nodiscard]] ReceivedEvent redact(const Event& event, const Viewer& viewer);

// {"index","at","parts":[{"kind","audience","salt","content"} | {"leaf"}]}; salt, leaf and an
// action's signature in hex, an action's content as {"bytes","signature"}.
[[nodiscard]] Json received_json(const ReceivedEvent& event);
[[nodiscard]] Result<ReceivedEvent> received_from_json(const Json& value);  // SZ-CAMPAIGN-043

// [member's side] The head after `event`, if it follows `previous` (the event before it) and every
// part that can be seen holds: a signed action of this campaign and host, records that can be read.
// SZ-CAMPAIGN-046 says what does not.
[[nodiscard]] Result<Digest> check_received(const ReceivedEvent& event, EventIndex previous_index,
                                            const Digest& previous, std::string_view campaign,
                                            std::string_view host);

}  // namespace sz::campaign
