// SPDX-License-Identifier: AGPL-3.0-or-later
// An event: an accepted action with its effects, taken apart by who may see them, and the hash
// chain over it (README.md).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernel/campaign/action.hpp"
#include "kernel/campaign/record.hpp"

namespace sz::campaign {

// What one set of people may see of an event, with the salt that keeps others from guessing it.
struct Part {
    std::string kind;      // "action" (always the first part, exactly one) or "effects"
    std::string audience;  // Audience::text()
    std::string salt;      // 16 random bytes
    std::string content;   // action: 64 bytes of signature, then the signed bytes; effects:
                           // canonical JSON [record, …]
};

struct Event {
    EventIndex index = 0;
    UnixMs at = 0;  // the host's clock, never before the event before it
    std::vector<Part> parts;
    Digest head{};
};

[[nodiscard]] Digest genesis_head(std::string_view campaign, std::string_view host);
[[nodiscard]] Digest sub_leaf(const Part& part);
[[nodiscard]] Digest chain_head(const Digest& previous, EventIndex index, UnixMs at,
                                const std::vector<Digest>& sub_leaves);
[[nodiscard]] Digest event_head(const Digest& previous, const Event& event);

using SaltFn = std::function<std::string()>;  // 16 bytes, new each time

// Puts an event together. Who may see the action is who may see every one of its effects. Effects
// are stored and applied part by part, the widest audience first, each in the order given: effects
// of one place have one audience, and of different places they commute, so nothing need be numbered
// (numbers would tell how much is hidden).
[[nodiscard]] Event make_event(EventIndex index, UnixMs at, const Digest& previous,
                               const SignedAction& action,
                               const std::vector<WrittenRecord>& records, const SaltFn& salt);

// What an event says, read strictly. SZ-CAMPAIGN-043 when a part is not what it should be.
[[nodiscard]] Result<SignedAction> action_of(const Part& part);
[[nodiscard]] Result<std::vector<SeenRecord>> records_of(
    const std::vector<Part>& parts);  // in the order to apply them

}  // namespace sz::campaign
