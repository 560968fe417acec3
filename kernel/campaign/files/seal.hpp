// SPDX-License-Identifier: AGPL-3.0-or-later
// The host's word, signed, for how far a ledger goes. Whoever holds a copy of a ledger could write
// events of their own to its end: only the host decides, and nothing in the events themselves shows
// who decided. So what comes from elsewhere takes the place of a campaign here by itself only when
// its host sealed it.
#pragma once

#include <string>

#include "kernel/campaign/files/rebuild.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

struct Seal {
    std::string bytes;  // canonical JSON {"v":1,"campaign","host","events","head","answers"}
    Signature signature{};
};

// SZ-IDENTITY-0xx when the host's identity cannot sign. [any-thread]
[[nodiscard]] Result<Seal> make_seal(Identity& identity, const Rebuilt& ledger);

// Whether it would sign, before long work: SZ-IDENTITY-003 locked. [any-thread]
[[nodiscard]] Status can_seal(Identity& identity, const std::string& host);

// Is the secret key of this Client ID in the profile? [any-thread]
[[nodiscard]] bool holds_key(const Identity& identity, const std::string& client_id);

// SZ-CAMPAIGN-071: it is not the host's, or it is for another ledger.
[[nodiscard]] Status check_seal(const Seal& seal, const Rebuilt& ledger);

}  // namespace sz::campaign
