// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading a campaign from a file: a session datapack, or a campaign's own file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kernel/campaign/files/place.hpp"
#include "kernel/campaign/files/seal.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// What stands in a file, whichever of the two it is.
struct OpenedFile {
    std::unique_ptr<LedgerSource> source;
    std::optional<Seal> seal;
    // An archive that was read piece by piece: not all of it is here, and whether the ledger ended
    // where it ends here is known or not.
    bool is_torn = false, is_length_known = true;
};

// `folder` is for copies. `mends`: see FileSource; an archive that its format refuses is read piece
// by piece, which the warning SZ-CAMPAIGN-074 says. Findings about an archive are added; then the
// error stands among them too. SZ-FILE-001, SZ-SZP-0xx, SZ-CAMPAIGN-002, 060, 067. [worker-thread]
[[nodiscard]] Result<OpenedFile> open_campaign_file(const std::filesystem::path& path,
                                                    const PackFormats& formats,
                                                    const std::filesystem::path& folder, bool mends,
                                                    const ProgressFn& progress, Findings& findings);

// Makes the campaign's file in a new folder inside `campaigns`; all of it proven: chain,
// signatures, effects, verdicts, seal. SZ-CAMPAIGN-062 it does not hold, 071 the seal is wrong.
// [worker-thread]
[[nodiscard]] Result<Incoming> read_incoming(const std::filesystem::path& path,
                                             const PackFormats& formats,
                                             const std::filesystem::path& campaigns,
                                             const ProgressFn& progress, Findings& findings);

// What interrupted imports left in `campaigns`.
void remove_import_leftovers(const std::filesystem::path& campaigns);

}  // namespace sz::campaign
