// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign that came from elsewhere, proven, and the question whether it may stand where another
// copy of the same campaign stands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "kernel/base/files.hpp"
#include "kernel/campaign/files/backups.hpp"
#include "kernel/campaign/files/rebuild.hpp"

namespace sz::campaign {

// What an import has made, in a folder of its own inside the profile.
struct Incoming {
    std::shared_ptr<TempFolder> folder;
    std::filesystem::path file;  // ID.sqlite in it
    Rebuilt ledger;
    bool is_sealed = false;  // by its host
};

// How the file here and the one that came relate.
enum class Relation : std::uint8_t {
    none_here,
    same,        // equal to the last event
    continues,   // the one that came goes on where this one ends
    is_behind,   // the one here goes on where that one ends
    forks,       // they part after some event
    other_host,  // one id, two hosts: not one campaign
    damaged,     // the one here cannot be opened
};
struct Compared {
    Relation relation = Relation::none_here;
    EventIndex here = 0;    // events
    EventIndex common = 0;  // as far as both have the same
};

// [store-thread], nobody has the file open for writing
[[nodiscard]] Result<Compared> compare(const std::filesystem::path& here, const Incoming& incoming);

// Whether it may take the place. SZ-CAMPAIGN-063 it is behind, 064 it forks, 065 it goes on but its
// host did not seal it, 066 it is another host's.
[[nodiscard]] Status may_take_place(const Compared& compared, const Incoming& incoming, bool force);

struct Placed {
    std::string state;           // "new", "same", "continued", "replaced", "repaired"
    std::filesystem::path kept;  // where the file that was here is now
    Summary summary;
};

// Decides and does it: the old file goes to the backups first, then the new one comes by one
// rename. Nothing is changed on failure. [store-thread]
[[nodiscard]] Result<Placed> place(const std::filesystem::path& here, const Incoming& incoming,
                                   const Backups& backups, UnixMs now, bool force);

}  // namespace sz::campaign
